"""What is refused changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import pytest

from graph.errors import BadInput, GraphError
from graph.ledger import Ledger


async def refused(ledger: Ledger, command: Awaitable[object], kind: type[GraphError] = BadInput) -> Any:
    """The error that `command` is refused with; nothing has changed."""
    before = await ledger.position()
    with pytest.raises(kind) as raised:
        await command
    assert await ledger.position() == before
    return raised.value
