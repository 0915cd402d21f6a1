"""The ledger tells the whole story: replayed from the start it ends in what the graph holds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.commands import Commands
from graph.commands.fields import texts
from graph.database import Database
from graph.errors import GraphError
from graph.ledger import Action, Ledger
from graph.record import Edge, Record
from tests.calls import TESTS
from tests.graph.commands.made import made

SERVICES = [f"service:{letter}" for letter in "abc"]
GROUPS = [f"target-group:{letter}" for letter in "ab"]
OFFERS = [f"offer:{letter}" for letter in "ab"]
IDS = [*SERVICES, *GROUPS, *OFFERS]
names = st.sampled_from(["Øen", "Havvej", 'Æ"blet, \\ [og] pæren'])


@st.composite
def services(draw: st.DrawFn) -> Record:
    above = draw(st.lists(st.sampled_from(SERVICES), max_size=1))
    synonyms = draw(st.lists(names, max_size=2))
    given = {"synonyms": synonyms} if synonyms else {}
    edges = (Edge("KIND_OF", id) for id in above)
    return made(draw(st.sampled_from(SERVICES)), *edges, name=draw(names), **given)


@st.composite
def offers(draw: st.DrawFn) -> Record:
    serves = draw(st.dictionaries(st.sampled_from(GROUPS), st.booleans()))
    gives = draw(st.sets(st.sampled_from(SERVICES)))
    edges = [
        *(Edge("SERVES", id, {"approved": approved}) for id, approved in serves.items()),
        *(Edge("GIVES", id) for id in gives),
        *(Edge("PART_OF", id) for id in draw(st.lists(st.sampled_from(OFFERS), max_size=1))),
    ]
    age = draw(st.none() | st.sampled_from([0.0, 18.0, 18.5]))
    return made(draw(st.sampled_from(OFFERS)), *edges, **({} if age is None else {"ageFrom": age}))


records = services() | offers() | st.sampled_from(GROUPS).map(made)
writes = st.lists(records, min_size=1, max_size=3) | st.lists(st.sampled_from(IDS), min_size=1, max_size=2)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(writes, min_size=3, max_size=12))
async def test_replaying_the_ledger_gives_the_present(
    database: Database, commands: Commands, ledger: Ledger, story: list[list[Record] | list[str]]
) -> None:
    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    await commands.save(TESTS, [made(id) for id in IDS])
    for write in story:
        position = await ledger.position()
        try:
            if isinstance(write[0], Record):
                await commands.save(TESTS, [record for record in write if isinstance(record, Record)])
            else:
                await commands.delete(TESTS, [id for id in write if isinstance(id, str)])
        except GraphError:
            assert await ledger.position() == position  # refused: nothing happened, and the ledger says nothing

    told: dict[str, dict[str, str]] = {}
    for change in await ledger.since(0):
        assert (change.subject in told) == (change.action is not Action.CREATED)
        fields = told.setdefault(change.subject, {})
        for field in change.fields:
            assert fields.pop(field.name, None) == field.before
            if field.after is not None:
                fields[field.name] = field.after
        if change.action is Action.DELETED:
            assert told.pop(change.subject) == {}
    assert told == {id: texts(record) for id, record in (await commands.records(IDS)).items()}
