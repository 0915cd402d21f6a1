"""The one way to an engine: rows in, errors of our own, bounded in time."""

from __future__ import annotations

from graph.database import Database


async def test_rows_are_plain_dicts(database: Database) -> None:
    rows = await database.read("UNWIND $names AS name RETURN name, {a: [name]} AS inner", {"names": ["Ærø", "Å"]})
    assert rows == [{"name": "Ærø", "inner": {"a": ["Ærø"]}}, {"name": "Å", "inner": {"a": ["Å"]}}]
    assert {type(row) for row in rows} == {dict}
