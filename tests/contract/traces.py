"""A search for what is left of the need that `canary` sends: in bytes, files, processes and memory."""

from __future__ import annotations

import gc
import json
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.contract.canary import day, numbers, reported, word


def forms() -> dict[str, bytes]:
    """How the words and numbers could be written, by a name that says nothing of them."""
    text, stem = word(), word()[:11]
    found = {
        "the word": text.encode(),
        "the word's beginning": stem.encode(),
        "the word's beginning, turned": stem[::-1].encode(),
        "the word in JSON": json.dumps(text)[1:-1].encode(),
        "the word in an address": quote(text).encode(),
        "the word in Latin-1": text.encode("latin-1"),
        "the word in UTF-16": text.encode("utf-16-le"),
        "the word in UTF-16, the other way": text.encode("utf-16-be"),
        "the word in UTF-32": text.encode("utf-32-le"),
        "the day": day().encode(),
        "the day of the report": reported().encode(),
    }
    for name, number in numbers().items():
        found[f"{name} as text"] = repr(number)[:8].encode()
        found[f"{name} in binary"] = binary(number)
        found[f"{name} in binary, the other way"] = struct.pack("<d", number)
    return {name: form.lower() for name, form in found.items()}


def binary(number: float) -> bytes:
    return struct.pack(">d", number)


def in_bytes(data: bytes) -> list[str]:
    """What of the need stands in `data`. Case does not count."""
    lower = data.lower()
    return [name for name, form in forms().items() if form in lower]


def in_files(*folders: Path) -> list[str]:
    """What of the need stands in the files below, and in their names."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            named = in_bytes(str(path.relative_to(folder)).encode())
            held = in_bytes(path.read_bytes()) if path.is_file() else []
            found += [f"{path}: {what}" for what in (*named, *held)]
    return found


def left_by(pids: Iterable[int]) -> list[str]:
    """What of the need stands in what the system shows of processes, and in files they made for all to see."""
    found = []
    for pid in pids:
        for name in ("cmdline", "environ", "comm"):
            found += [f"{name} of {pid}: {what}" for what in in_bytes(Path(f"/proc/{pid}/{name}").read_bytes())]
        for path in Path(tempfile.gettempdir()).glob(f"hsperfdata_*/{pid}"):
            found += [f"{path}: {what}" for what in in_bytes(path.read_bytes())]
    return found


class _Marks:
    """What is looked for in memory."""

    __slots__ = ("binary", "text", "values")

    def __init__(self) -> None:
        self.text = word()[:11]
        self.binary = self.text.encode()
        self.values = frozenset((*numbers().values(), day(), reported()))


def in_memory() -> list[str]:
    """What living objects of this process hold of the need: who holds it, by type.

    Objects that the garbage collector was told to leave alone are searched too, and so are those that it never looks
    at: dicts and tuples of nothing but texts and numbers.
    """
    gc.unfreeze()
    gc.collect()
    marks = _Marks()
    found = []
    for holder in gc.get_objects():
        if holder is marks or holder is marks.values:
            continue
        for held in gc.get_referents(holder):
            if _tells(held, marks):
                found.append(f"{type(holder).__name__}: {getattr(holder, '__wrapped__', holder)!r:.300}")
    return found


def _tells(held: Any, marks: _Marks) -> bool:
    match held:
        case str():
            return marks.text in held.lower() or held in marks.values
        case bytes() | bytearray():
            return marks.binary in bytes(held).lower()
        case float():
            return held in marks.values
        case dict() | tuple() if not gc.is_tracked(held):
            return any(_tells(inner, marks) for inner in gc.get_referents(held))
    return False
