"""What one operation may ask for, and what it counts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from graphql import OperationDefinitionNode, get_introspection_query
from graphql.execution.values import VariableValues
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.actor import ANYONE
from graph.deadline import Deadline
from graph.errors import Unavailable
from graph.plan.binding import Binding
from schema.directory import Directory
from schema.limits.budget import Budget
from schema.limits.exceeded import LimitExceeded
from schema.limits.limits import Limits
from schema.variables import coerced
from tests.schema.compiled import directory_without_engine
from tests.schema.corpus import CORPUS, Written
from tests.schema.generated import Operations
from tests.schema.test_documented import DOCUMENTED
from tests.schema.world import World

QUESTIONS = sorted((Path(__file__).parents[2] / "docs" / "questions").glob("*.graphql"))
INTROSPECTION = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
)


def refusal(text: str, **limits: int) -> dict[str, Any] | None:
    """The limit that a document's text breaks; None where it breaks none."""
    directory = directory_without_engine(limits=Limits(**limits))
    errors = directory.documents.get(text).errors
    if not errors:
        return None
    [error] = errors
    assert error.extensions is not None, error
    assert error.extensions["code"] == "LIMIT_EXCEEDED"
    limit: dict[str, Any] = error.extensions["limit"]
    assert str(limit["name"]) in error.message
    return limit


DEEP = "query { region { ...A } } fragment A on Region { ...B } fragment B on Region { boards { nodes { id } } }"
TWICE = "{ region { ...A x: id } y: region { ...A } } fragment A on Region { a: id b: name }"
DIRECTED = "query ($a: Boolean!) { region { ...A @skip(if: $a) ...A } } fragment A on Region { id @include(if: $a) }"
REPEATING = (
    "{ region { id boards { nodes { id } } } region { id ...A } } fragment A on Region { boards { nodes { id } } }"
)


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        (DEEP, "max_depth", 4),
        (TWICE, "max_aliases", 6),
        (DIRECTED, "max_directives", 3),
        (DEEP, "max_fields", 4),
        (TWICE, "max_fields", 7),
        (REPEATING, "max_repeats", 5),
        ("{ region { id } } # not a token", "max_tokens", 6),
    ],
)
def test_a_document_may_ask_for_just_so_much(text: str, name: str, asked: int) -> None:
    assert refusal(text, **{name: asked}) is None
    limit = refusal(text, **{name: asked - 1})
    # The parser does not read on to count them all.
    told = None if name == "max_tokens" else asked
    assert limit == {"name": name.upper(), "allowed": asked - 1, "asked": told}


def bomb(levels: int) -> str:
    """A few hundred bytes that are `2 ** levels` fields."""
    fragments = "".join(
        f"fragment F{n} on Region {{ a{n}: __typename ...F{n + 1} ...F{n + 1} }} " for n in range(levels)
    )
    return f"{{ region {{ ...F0 }} }} {fragments} fragment F{levels} on Region {{ id }}"


@pytest.mark.parametrize("levels", [20, 100])
def test_nested_fragments_are_counted_and_not_spread(levels: int) -> None:
    began = time.perf_counter()
    limit = refusal(bomb(levels))
    assert time.perf_counter() - began < 10, "it would take years to spread them"
    assert limit is not None
    assert limit["name"] == "MAX_FIELDS"
    # What is no exact number for a client is not told.
    assert limit["asked"] == (None if levels == 100 else 2 ** (levels + 1))


@pytest.mark.parametrize(
    "text",
    [
        "{ region { ...A } } fragment A on Region { id ...A }",
        "{ region { ...A } } fragment A on Region { boards { nodes { ...B } } } "
        "fragment B on Board { organisation { ...A } }",
        "{ region { id } } fragment A on Region { ...A ...A }",
        "{ region { ...Unknown ...Unknown } }",
    ],
)
def test_what_cannot_be_counted_is_not_valid(text: str) -> None:
    errors = directory_without_engine().documents.get(text).errors
    assert errors
    assert not any((error.extensions or {}).get("limit") for error in errors)


@pytest.mark.parametrize(
    "text",
    [
        "{" + "__typename " * 1900 + "}",
        "{" + "region { id } " * 450 + "}",
        "{" + "region { offers { nodes { id } } } " * 180 + "}",
        "{ region {"
        + " ".join(f"...F{n}" for n in range(220))
        + "} }"
        + "".join(f"fragment F{n} on Region {{ id }}" for n in range(220)),
        " ".join(f"query Q{n} {{ region {{ ...F }} }}" for n in range(200))
        + "fragment F on Region {"
        + "id " * 900
        + "}",
        "#\n" * 100_000 + "{ __typename }",
    ],
    ids=["one name", "one object", "one tree", "fragments", "operations", "comments"],
)
def test_no_text_takes_long_to_refuse(text: str) -> None:
    directory = directory_without_engine()
    began = time.perf_counter()
    errors = directory.documents.get(text).errors
    assert errors
    assert time.perf_counter() - began < 10


def test_an_interface_within_an_interface_is_not_lowered_without_end() -> None:
    """Each stands for several types, so that a dozen levels would be millions of fields to compile."""
    text = "{ region { boards { nodes { organisation {" + "boards { nodes { organisation {" * 3 + "id __typename name"
    text += "}}}" * 3 + "}}}}}"
    limits = Limits(max_fields=1000)
    directory = directory_without_engine(limits=limits)
    assert not directory.documents.get(text).errors
    with pytest.raises(LimitExceeded):
        cost(directory, text)
    assert cost(directory_without_engine(), text) > 0


# -- cost


def cost(directory: Directory, text: str, variables: dict[str, Any] | None = None) -> int:
    """What an operation counts."""
    document = directory.documents.get(text)
    operation = document.operation(None)
    assert isinstance(operation, OperationDefinitionNode), operation
    values = coerced(directory.core, operation, variables or {})
    assert isinstance(values, VariableValues), values
    binding = Binding(values, directory.memory, directory.clock.today())
    return directory.plan(document, operation, values, ANYONE, binding).cost(binding)


COSTS = {
    "{ __typename }": 1,
    '{ offer(id: "offer:x") { id name summary } }': 2,
    '{ offer(id: "offer:x") { services { id } legalBases { id } } }': 2 + 10 + 10,
    '{ offer(id: "offer:x") { supports { item { theme { name } } } } }': 2 + 30 * 3,
    "{ offers { nodes { id } } }": 2 + 50,
    "{ offers(first: 7) { nodes { id operator { name } } pageInfo { hasNextPage } } }": 2 + 7 * 2 + 1,
    "{ offers(last: 7) { edges { cursor node { id } } } }": 2 + 7 * 2,
    "{ offers(first: 7) { totalCount } }": 2 + 10,
    "{ offers(first: 0) { nodes { id } } }": 2,
    "{ boards(first: 3) { nodes { seats(first: 5) { nodes { holder { representative { name } } } } } } }": 2
    + 3 * (1 + 1 + 5 * 3),
    "{ boards(first: 3) { nodes { seats(first: 200) { nodes { id } } } } }": 2 + 3 * (1 + 1 + 40),
    '{ nodes(ids: ["offer:a", "board:b", "offer:c"]) { id ... on Offer { type { name } } } }': 1 + 3 * 2,
    "{ matchOffers(need: {}) { fits(first: 4) { nodes { offer { name } criteria { explanation } } } } }": 1
    + 101
    + 1
    + 4 * (1 + 1 + 16),
    '{ agreement(id: "agreement:x") { development(from: 2021, to: 2023, by: TARGET_GROUP) { year } } }': 2 + 50 + 60,
    "{ __schema { types { fields { type { ofType { ofType { name } } } } } } }": 1 + 1 + 250 * (1 + 8 * 2),
}


@pytest.mark.parametrize("text", COSTS)
def test_what_an_operation_counts(text: str) -> None:
    assert cost(directory_without_engine(), text) == COSTS[text]


def test_the_dearest_of_several_types_counts() -> None:
    directory = directory_without_engine()
    text = (
        '{ search(text: "x", first: 10) { edges { node { ... on Offer { services { id } } ... on Board { name } } } } }'
    )
    assert cost(directory, text) == 1 + 101 + 10 * (1 + 1 + 10)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, 2 + 50 + 1),
        ({"first": 3}, 2 + 3 + 1),
        ({"first": None}, 2 + 50 + 1),
        ({"first": 100_000}, 2 + 200 + 1),  # refused when it is read, by the argument's name
        ({"first": -1}, 2 + 1),
        ({"ids": ["offer:a"] * 9}, 2 + 50 + 1 + 8),
    ],
)
def test_variables_count(variables: dict[str, Any], expected: int) -> None:
    text = """query ($first: Int, $ids: [ID!]! = ["offer:a"]) {
        offers(first: $first) { nodes { id } } nodes(ids: $ids) { id }
    }"""
    assert cost(directory_without_engine(), text, variables) == expected


@pytest.mark.parametrize(
    "text", [*DOCUMENTED, *[pytest.param(p.read_text(), id=p.stem) for p in QUESTIONS], INTROSPECTION]
)
def test_what_is_documented_may_be_asked(text: str) -> None:
    assert not directory_without_engine().documents.get(text).errors


async def test_introspection_may_be_asked_and_its_bombs_not() -> None:
    directory = directory_without_engine()
    answer = await directory.execute(INTROSPECTION)
    assert answer.errors is None
    limit = directory.limits.max_cost
    counted = answer.extensions["cost"]["requested"]
    assert counted <= limit / 2
    assert objects(answer.data) <= 2 * counted
    circles = "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
    assert (await directory.execute(circles)).errors
    wide = (
        "{ __schema { types { "
        + " ".join(f"a{n}: fields {{ args {{ type {{ name }} }} }}" for n in range(20))
        + " } } }"
    )
    [error] = (await directory.execute(wide)).errors or ()
    assert error.extensions is not None
    assert error.extensions["limit"]["name"] == "MAX_COST"


def objects(data: Any) -> int:
    if isinstance(data, dict):
        return 1 + sum(map(objects, data.values()))
    return sum(map(objects, data)) if isinstance(data, list) else 0


@pytest.mark.engines("embedded")
@pytest.mark.parametrize("written", CORPUS, ids=str)
async def test_written_operations_may_be_asked(world: World, written: Written) -> None:
    answer = await world.directory.execute(written.text, None, written.name)
    assert answer.errors is None
    cost = answer.extensions["cost"]
    assert cost["limit"] == Limits().max_cost
    assert objects(answer.data) <= cost["requested"]


@pytest.mark.engines("embedded")
async def test_cost_predicts_what_is_answered(world: World) -> None:
    """The ranks of costs and of sizes go together: what counts more gives more."""
    pairs = []
    for written in CORPUS:
        answer = await world.directory.execute(written.text, None, written.name)
        pairs.append((answer.extensions["cost"]["requested"], objects(answer.data)))
    costs, sizes = np.array(pairs).T.argsort().argsort()
    assert np.corrcoef(costs, sizes)[0, 1] > 0.7


@pytest.mark.engines("embedded")
@settings(
    max_examples=150,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(data=st.data())
async def test_no_answer_holds_more_objects_than_were_counted(world: World, data: st.DataObject) -> None:
    text = data.draw(Operations(world.directory.core, world.ids).operations())
    answer = await world.directory.execute(text)
    codes = [(error.extensions or {})["code"] for error in answer.errors or ()]
    if codes == ["LIMIT_EXCEEDED"]:
        assert answer.data is None
    elif "BAD_USER_INPUT" not in codes:
        assert objects(answer.data) <= answer.extensions["cost"]["requested"]


# -- the budget of a request


@pytest.mark.engines("embedded")
async def test_what_costs_too_much_is_not_asked_of_the_engine(world: World) -> None:
    text = "{ offers(first: 7) { nodes { id } } }"
    world.database.asked.clear()
    refused = await world.directory.execute(text, budget=Budget(8))
    [error] = refused.errors or ()
    assert refused.data is None
    assert error.path is None
    assert error.extensions == {
        "code": "LIMIT_EXCEEDED",
        "limit": {"name": "MAX_COST", "allowed": 8, "asked": 9},
    }
    assert world.database.asked == []
    answered = await world.directory.execute(text, budget=Budget(9))
    assert answered.errors is None
    assert answered.extensions["cost"] == {"requested": 9, "limit": 9}


@pytest.mark.engines("embedded")
async def test_the_cost_is_spent_once_and_first(world: World) -> None:
    spent: list[int] = []
    await world.directory.execute("{ offers(first: 7) { nodes { id } } }", budget=Budget(100, spent.append))
    assert spent == [9]

    class Enough(Exception):
        pass

    def refuse(cost: int) -> None:
        raise Enough

    world.database.asked.clear()
    with pytest.raises(Enough):
        await world.directory.execute("{ offers { totalCount } }", budget=Budget(100, refuse))
    assert world.database.asked == []


@pytest.mark.engines("embedded")
async def test_what_is_left_of_the_time_goes_with_the_statement(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Deadline | None] = []
    read = world.database.read

    async def listened(*args: Any, until: Deadline | None = None) -> Any:
        given.append(until)
        return await read(*args, until=until)

    monkeypatch.setattr(world.database, "read", listened)
    text = "{ offers(first: 1) { nodes { operator { name } } } }"
    deadline = Deadline.within(30)
    assert (await world.directory.execute(text, budget=Budget(100, deadline=deadline))).errors is None
    assert given == [deadline]
    late = await world.directory.execute(text, budget=Budget(100, deadline=Deadline.within(0)))
    [error] = late.errors or ()
    assert isinstance(error.original_error, Unavailable)
