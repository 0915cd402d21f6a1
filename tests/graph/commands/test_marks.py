"""What nodes keep of when they were written: so that what was believed earlier can be read back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.commands import Commands
from graph.database import Database
from graph.ledger import Ledger
from graph.record import Edge, Record
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY, made

HOUR = timedelta(hours=1)


async def marks(database: Database, id: str) -> dict[str, Any]:
    (row,) = await database.read(
        "MATCH (n {id: $id}) RETURN n.recordedAt AS at, n.validTo AS validTo, n.endings AS endings", {"id": id}
    )
    return row


async def test_a_node_keeps_the_moment_of_its_creation(
    directory: Commands, database: Database, ledger: Ledger, clock: FixedClock
) -> None:
    (imported,) = await ledger.since(0)
    before = await directory.records([record.id for record in DIRECTORY])
    clock.moment += HOUR
    receipt = await directory.create_offer(TESTS, offer={"name": "Ny", "location": {"town": "Skagen"}})
    made_then = await ledger.since(1)
    assert made_then[0].at > imported.at
    clock.moment += HOUR
    await directory.update_offer(TESTS, id=receipt.ids["offer"], offer={"summary": "Mere"}, expected_version=1)
    await directory.confirm(TESTS, ids=["offer:oen"])
    changed = [made(record.id, *record.edges, **{**record.properties, "name": "Andet"}) for record in DIRECTORY[:2]]
    await directory.import_records(TESTS, [changed[1]], label="again")
    for record in DIRECTORY:
        assert await marks(database, record.id) == {"at": imported.at, "validTo": None, "endings": None}
    for change in made_then:
        assert (await marks(database, change.subject))["at"] == change.at
    # They are no part of what a record says.
    after = await directory.records([record.id for record in DIRECTORY])
    assert all(after[id].properties.keys() - {"verifiedOn", "name"} <= before[id].properties.keys() for id in before)


async def test_a_fact_that_another_takes_over_keeps_its_ends(
    directory: Commands, database: Database, ledger: Ledger, clock: FixedClock
) -> None:
    for free in (3, 4):
        clock.moment += HOUR
        await directory.record_capacity(TESTS, offer="offer:oen", free=free, counted_on=date(2026, 3, 1))
    first, second = await ledger.since(1)
    id = next(field.after for field in first.fields if field.name == "capacity.id")
    assert await marks(database, str(id)) == {
        "at": first.at,
        "validTo": "2026-03-01",
        "endings": [f"{first.at} ", f"{second.at} 2026-03-01"],
    }


ends = st.none() | st.sampled_from(["2024-01-01", "2025-01-01", "2026-01-01"])


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(ends, st.lists(st.tuples(st.sampled_from(["save", "import", "end", "name"]), ends), max_size=6))
async def test_the_end_that_was_believed_at_any_moment_can_be_read_back(
    database: Database,
    commands: Commands,
    ledger: Ledger,
    clock: FixedClock,
    first: str | None,
    story: list[tuple[str, str | None]],
) -> None:
    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    tenure = made("tenure:t", Edge("IN_SEAT", "seat:s"), Edge("HELD_BY", "representative:r"), role="OBSERVER")
    seat = made("seat:s", Edge("SEAT_OF", "board:b"))
    await commands.save(TESTS, [made("board:b"), seat, made("representative:r"), until(tenure, first)])
    (created,) = await ledger.since(await ledger.position() - 1)
    believed = [(created.at, first)]
    for how, end in story:
        clock.moment += HOUR
        now = (await commands.records(["tenure:t"]))["tenure:t"]
        if how == "save":
            await commands.save(TESTS, [until(now, end)])
        elif how == "import":
            await commands.import_records(TESTS, [until(now, end)], label="test")
        elif how == "end" and end is not None:
            await commands.end_tenure(TESTS, tenure="tenure:t", on=date.fromisoformat(end))
        else:
            await commands.save(TESTS, [Record(now.id, {**now.properties, "endReason": how}, now.edges)])
        (row,) = await database.read("MATCH (t:Tenure) RETURN t.validTo AS validTo")
        believed.append((str(clock.moment.isoformat(timespec="milliseconds")).replace("+00:00", "Z"), row["validTo"]))
    kept = await marks(database, "tenure:t")
    assert kept["at"] == created.at
    assert (kept["endings"] is None) == (len({end for _, end in believed}) == 1)
    for moment, end in believed:
        told = [entry.partition(" ") for entry in kept["endings"] or [f"{kept['at']} {kept['validTo'] or ''}"]]
        assert [day or None for at, _, day in told if at <= moment][-1] == end


def until(tenure: Record, day: str | None) -> Record:
    properties = {name: value for name, value in tenure.properties.items() if name != "validTo"}
    return Record(tenure.id, properties if day is None else {**properties, "validTo": day}, tenure.edges)
