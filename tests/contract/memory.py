"""A service that can be asked what its own memory holds of a need, apart from whoever sent it.

    DATA_DIR=… PORT=… python -m tests.contract.memory [planted]

serves as `tilbudsvifte serve` does, prints after a line on its input what it found, and ends. With `planted`, it keeps
something on purpose.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

from service import logs
from service.server import serve
from service.settings import Settings
from tests.contract import canary, traces

KEPT: list[Any] = []


def main(*planted: str) -> None:
    settings = Settings.read(os.environ)
    logs.configure(settings.log_level, settings.log_format)
    threading.Thread(target=search, args=(planted,), daemon=True).start()
    serve(settings)


def search(planted: tuple[str, ...]) -> None:
    sys.stdin.readline()
    if planted:
        KEPT.append({"need": canary.word()})
    print(json.dumps(traces.in_memory()), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(*sys.argv[1:])
