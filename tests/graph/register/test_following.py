"""The register follows the ledger: after any changes it is the register that would be made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.commands import Commands, NewRepresentative
from graph.database import Database
from graph.keyset import PageRequest
from graph.ledger import Action, Change, Ledger
from graph.reading import RecordSource
from graph.record import Edge, Record
from graph.recorded import moment
from graph.register.filters import SeatFilter
from graph.register.register import Register
from tests.calls import TESTS
from tests.graph.register import drawn
from tests.graph.register.drawn import AGREEMENT, BOARDS, MUNICIPALITIES, PEOPLE

TODAY = date(2026, 3, 1)
CLOCK = FixedClock.on(TODAY)
ALL = PageRequest(first=200)


class Directory:
    """Records that change, and a register that follows them."""

    def __init__(self, records: list[Record]) -> None:
        self.source = RecordSource(records)
        self.register = Register(self.source, CLOCK, 0)
        self._position = 0

    def put(self, *records: Record) -> None:
        self.source.records.update({record.id: record for record in records})

    async def follow(self, *subjects: str, action: Action = Action.UPDATED) -> None:
        start = self._position + 1
        self._position += len(subjects)
        await self.register.follow(
            [
                Change(start + n, "2026-03-01T12:00:00Z", "test", action, id.partition(":")[0], id, ())
                for n, id in enumerate(subjects)
            ]
        )
        assert self.register.position == self._position

    def assert_as_made_anew(self) -> None:
        anew = Register.from_records(self.source.records.values(), CLOCK)
        assert self.register.equals(anew)
        for register in (self.register, anew):
            assert len(register.boards(None, ALL, total=True).ids) == len(register)
        for board in BOARDS:
            found, expected = (register.composition(board, None) for register in (self.register, anew))
            assert found == expected
            if found and expected:
                told = [[(c.rule, c.outcome, c.explain()) for c in one.checks] for one in (found, expected)]
                assert told[0] == told[1]
        for filter in (None, SeatFilter(statuses=("VACANT",)), SeatFilter(municipalities=MUNICIPALITIES[:1])):
            assert self.register.seats(filter, ALL, total=True).ids == anew.seats(filter, ALL, total=True).ids
        assert list(self.register.held_on(TODAY)) == list(anew.held_on(TODAY))


steps = st.lists(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4), max_size=6)


def change(directory: Directory, random: Random) -> list[str]:
    """Change something at random, whether or not the rest fits it by now; the ids that have changed."""
    records = directory.source.records
    kind = random.choice(("board", "seat", "tenure", "representative", "municipality", "agreement"))
    some = [id for id in records if id.startswith(f"{kind}:")]
    if some and kind in ("board", "seat", "tenure", "representative") and random.random() < 0.3:
        gone = random.choice(some)
        del records[gone]
        return [gone]
    match kind:
        case "board":
            new = [drawn.board(random.choice(BOARDS), random)]
        case "seat":
            new = drawn.seat(f"seat:{random.randrange(6)}", random)
        case "tenure":
            id, seat = f"tenure:{random.randrange(6)}-{random.randrange(3)}", f"seat:{random.randrange(6)}"
            since, role = drawn.day(random), random.choice(("MEMBER", "SUBSTITUTE", "OBSERVER"))
            new = [drawn.tenure(id, seat, random.choice(PEOPLE), role, since, random.choice((None, since, TODAY)))]
        case "representative":
            new = [drawn.person(random.choice(PEOPLE), random)]
        case "municipality":
            code = {"name": random.choice(drawn.NAMES), "code": "1", **drawn.SOURCED}
            new = [Record(random.choice(MUNICIPALITIES), code)]
        case _:
            parties = tuple(Edge("HAS_PARTY", id) for id in random.sample(MUNICIPALITIES, 2))
            new = [Record(AGREEMENT, {"name": random.choice(drawn.NAMES), **drawn.SOURCED}, parties)]
    directory.put(*new)
    return [record.id for record in new]


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**32 - 1), steps)
async def test_following_is_making_anew(seed: int, batches: list[list[int]]) -> None:
    directory = Directory(drawn.directory(Random(seed)))
    await directory.register.rebuild()
    directory.assert_as_made_anew()
    for batch in batches:
        changed = [id for step in batch for id in change(directory, Random(step))]
        await directory.follow(*changed)
        directory.assert_as_made_anew()


async def test_an_import_is_read_as_a_whole() -> None:
    directory = Directory(drawn.directory(Random(1)))
    await directory.follow("import:1", action=Action.IMPORTED)
    directory.assert_as_made_anew()
    assert len(directory.register) == len(BOARDS)


async def test_what_is_no_part_of_it_only_moves_the_position() -> None:
    directory = Directory(drawn.directory(Random(1)))
    await directory.register.rebuild()
    directory.put(Record("board:0", {"name": "Ikke læst", "kind": "BOARD", **drawn.SOURCED}))
    await directory.follow("offer:a", "knowledge:b")
    assert not directory.register.equals(Register.from_records(directory.source.records.values(), CLOCK))
    await directory.register.follow([])


async def test_what_was_answered_stays_as_it_was() -> None:
    directory = Directory(drawn.directory(Random(3)))
    await directory.register.rebuild()
    page, composition = (
        directory.register.boards(None, ALL, total=True),
        directory.register.composition("board:0", None),
    )
    assert composition is not None
    before = [list(page.ids), page.total, composition.seats, [check.explain() for check in composition.checks]]
    for id in (*BOARDS, *(id for id in directory.source.records if id.startswith("seat:"))):
        del directory.source.records[id]
    await directory.follow("import:1", action=Action.IMPORTED)
    assert [list(page.ids), page.total, composition.seats, [c.explain() for c in composition.checks]] == before
    assert directory.register.composition("board:0", None) is None


async def test_the_graph_gives_the_same_register_as_its_records(database: Database) -> None:
    records = drawn.directory(Random(7))
    ledger = Ledger(database, CLOCK)
    commands = Commands(database, ledger, CLOCK)
    imported = await commands.import_records(TESTS, records, label="test")
    register = await Register.load(database, CLOCK, imported.position)
    marked = [replace(r, properties={**r.properties, "recordedAt": moment(CLOCK.now())}) for r in records]
    assert register.equals(Register.from_records(marked, CLOCK))

    await commands.save(TESTS, [Record("board:ny", {"name": "Ny", "kind": "PANEL", **drawn.SOURCED})])
    seat = {"label": "Sæde 1", "order": 1, "termRule": "CALENDAR_TERM", **drawn.SOURCED}
    edges = (Edge("SEAT_OF", "board:ny"), Edge("APPOINTED_BY", "board:0"))
    await commands.save(TESTS, [Record("seat:ny", seat, edges)])
    new = NewRepresentative("Øjvind", "MAN", None, MUNICIPALITIES[0])
    receipt = await commands.appoint(TESTS, seat="seat:ny", new_representative=new, valid_from=date(2022, 1, 1))
    tenure = receipt.ids["tenure"]
    changes = await ledger.since(imported.position)
    await register.follow(changes)
    assert register.position == changes[-1].position
    assert register.equals(await Register.load(database, CLOCK, register.position))
    assert register.holder("seat:ny", None) == tenure
    assert register.status("seat:ny", None) == "CARRY_OVER"

    await commands.end_tenure(TESTS, tenure=tenure, on=TODAY)
    await register.follow(await ledger.since(register.position))
    assert register.status("seat:ny", None) == "VACANT"
    await commands.delete(TESTS, [tenure, "seat:ny"])
    await register.follow(await ledger.since(register.position))
    assert register.equals(await Register.load(database, CLOCK, register.position))
    assert register.status("seat:ny", None) is None
