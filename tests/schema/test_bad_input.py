"""Input that cannot be meant is refused before anything is asked: with a code, the input's path and its value."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, nan
from typing import Any

import orjson
import pytest

from schema.directory import Directory
from seeds.loader import CONTENT, read
from tests.schema.compiled import directory_without_engine, plan_of
from tests.schema.world import HARD, TODAY

Path = list[str | int]
Case = tuple[str, Path, str]

OTHER = "WyJ1bmljb3JuIiwiQVNDIiwiYSIsImIiXQ"
"""["unicorn","ASC","a","b"]: a cursor of no list."""
ALIEN_ORDER = "WyJOQU1FIiwiREVTQyIsImEiLCJvZmZlcjphIl0"
"""["NAME","DESC","a","offer:a"]: of the same list, in the other direction."""
SHORT = "WyJOQU1FIiwiQVNDIiwiYSJd"
"""["NAME","ASC","a"]: one value short."""
NUMBERED = "WyJOQU1FIiwiQVNDIiwxLCJvZmZlcjphIl0"
"""["NAME","ASC",1,"offer:a"]: a number where a name stands."""
NAMED = "WyJuYW1lT3JkZXIiLCJhIl0"
"""["nameOrder","a"]: of a list that the graph pages itself."""


@pytest.fixture(scope="module")
def directory() -> Directory:
    return directory_without_engine(records=[*read(CONTENT, TODAY), *HARD])


def need(fields: str, path: Path, words: str) -> Case:
    return f"{{ matchOffers(need: {{{fields}}}) {{ fits {{ totalCount }} }} }}", ["need", *path], words


def judged(ids: str, path: Path, words: str) -> Case:
    return f"{{ matchOffers(need: {{}}) {{ judged(offers: {ids}) {{ rank }} }} }}", path, words


def filtered(fields: str, path: Path, words: str) -> Case:
    return f"{{ offers(filter: {{{fields}}}) {{ totalCount }} }}", ["filter", *path], words


def page_of(arguments: str, path: Path, words: str) -> list[Case]:
    """The same page of lists of every sort: of the catalogue and of the graph, at the root and below."""
    lists = (
        f"offers({arguments}) {{ nodes {{ id }} }}",
        f"municipalities({arguments}) {{ nodes {{ id }} }}",
        f"targetGroups({arguments}) {{ nodes {{ id }} }}",
        f"changes({arguments}) {{ nodes {{ id }} }}",
        f"matchOffers(need: {{}}) {{ fits({arguments}) {{ nodes {{ rank }} }} }}",
        f"matchOffers(need: {{}}) {{ nearMisses({arguments}) {{ totalCount }} }}",
        f"region {{ municipalities({arguments}) {{ nodes {{ id }} }} }}",
        f"region {{ offers({arguments}) {{ nodes {{ id }} }} }}",
        f'offer(id: "offer:hedebo") {{ history({arguments}) {{ nodes {{ id }} }} }}',
    )
    return [(f"{{ {list} }}", path, words) for list in lists]


CASES: list[Case] = [
    # What a citizen needs.
    need("age: -1", ["age"], "-1"),
    need("age: 130.5", ["age"], "130.5"),
    need("age: 1e300", ["age"], "1e+300"),
    need('homeMunicipality: "municipality:oz"', ["homeMunicipality"], "municipality:oz"),
    judged('["offer:er-her-ikke"]', ["offers", 0], "er-her-ikke"),
    judged('["offer:hedebo", "board:x"]', ["offers", 1], "board:x"),
    judged("[" + '"offer:hedebo", ' * 21 + "]", ["offers"], "20"),
    need('homeMunicipality: "offer:hedebo"', ["homeMunicipality"], "offer:hedebo"),
    need('primaryTargetGroup: "target-group:drager"', ["primaryTargetGroup"], "target-group:drager"),
    need('primaryTargetGroup: ""', ["primaryTargetGroup"], "''"),
    need('secondaryTargetGroups: ["target-group:angst", "nonsens"]', ["secondaryTargetGroups", 1], "nonsens"),
    need(
        'primaryTargetGroup: "target-group:angst", secondaryTargetGroups: ["target-group:angst"]',
        ["secondaryTargetGroups", 0],
        "target-group:angst",
    ),
    need('circumstances: ["target-group:regn"]', ["circumstances", 0], "target-group:regn"),
    need('levels: [{item: "theme-item:flyve", level: MILD}]', ["levels", 0, "item"], "theme-item:flyve"),
    need(
        'levels: [{item: "theme-item:samtale", level: MILD}, {item: "theme-item:syn", level: MILD}]',
        ["levels", 1, "item"],
        "theme-item:syn",
    ),
    need(
        'levels: [{item: "theme-item:samtale", level: MILD}, {item: "theme-item:samtale", level: SEVERE}]',
        ["levels", 1, "item"],
        "theme-item:samtale",
    ),
    need('offerTypes: ["offer-type:slot"]', ["offerTypes", 0], "offer-type:slot"),
    need('legalBases: ["legal-basis:sel-107", "legal-basis:jyske-lov"]', ["legalBases", 1], "legal-basis:jyske-lov"),
    need('services: ["service:trylleri"]', ["services", 0], "service:trylleri"),
    need("near: {withinKm: 20}", ["near", "withinKm"], "place"),
    need('near: {municipality: "municipality:oz"}', ["near", "municipality"], "municipality:oz"),
    need("near: {latitude: 57}", ["near", "longitude"], "both"),
    need("near: {longitude: 9}", ["near", "latitude"], "both"),
    need("near: {latitude: 95, longitude: 9}", ["near", "latitude"], "95"),
    need("near: {latitude: 57, longitude: -190}", ["near", "longitude"], "-190"),
    need('near: {municipality: "municipality:aalborg", latitude: 57, longitude: 9}', ["near"], "not both"),
    need('near: {municipality: "municipality:aalborg", withinKm: -5}', ["near", "withinKm"], "-5"),
    need("maxPrice: {amount: -1, unit: DAY}", ["maxPrice", "amount"], "-1"),
    need('neededFrom: "1492-10-12"', ["neededFrom"], "1492"),
    need('reportSince: "2101-01-01"', ["reportSince"], "2101"),
    need("weights: [{criterion: AGE, factor: 5.5}]", ["weights", 0, "factor"], "5.5"),
    need("weights: [{criterion: AGE, factor: 1}, {criterion: PRICE, factor: -1}]", ["weights", 1, "factor"], "-1"),
    need("weights: [{criterion: AGE, factor: 1}, {criterion: AGE, factor: 2}]", ["weights", 1, "criterion"], "AGE"),
    need(f"words: {orjson.dumps(['x'] * 101).decode()}", ["words"], "101"),
    ("{ matchOffers(need: {}) { combinations(first: -1) { score } } }", ["first"], "-1"),
    ("{ matchOffers(need: {}) { combinations(first: 21) { score } } }", ["first"], "21"),
    # Filters.
    filtered('targetGroups: ["target-group:drager"]', ["targetGroups", 0], "target-group:drager"),
    filtered('services: ["service:traening", "service:trylleri"]', ["services", 1], "service:trylleri"),
    filtered('offerTypes: ["offer-type:slot"]', ["offerTypes", 0], "offer-type:slot"),
    filtered('legalBases: ["sel-107"]', ["legalBases", 0], "sel-107"),
    filtered('municipalities: ["municipality:oz"]', ["municipalities", 0], "municipality:oz"),
    filtered('municipalities: ["region:nordjylland"]', ["municipalities", 0], "region:nordjylland"),
    filtered('operators: ["offer:hedebo"]', ["operators", 0], "offer:hedebo"),
    filtered('agreements: ["agreement:1850"]', ["agreements", 0], "agreement:1850"),
    filtered("age: -0.5", ["age"], "-0.5"),
    filtered("near: {withinKm: 20}", ["near", "withinKm"], "place"),
    filtered('near: {municipality: "municipality:oz"}', ["near", "municipality"], "municipality:oz"),
    filtered("freePlacesAtLeast: -1", ["freePlacesAtLeast"], "-1"),
    filtered('maxPrice: {amount: "-0.01", unit: YEAR}', ["maxPrice", "amount"], "-0.01"),
    filtered('reportSince: "1999-12-31"', ["reportSince"], "1999"),
    filtered("and: [{age: 4}, {age: 400}]", ["and", 1, "age"], "400"),
    filtered('or: [{services: ["service:x"]}]', ["or", 0, "services", 0], "service:x"),
    filtered('not: {not: {agreements: ["x"]}}', ["not", "not", "agreements", 0], "'x'"),
    # Orders.
    ("{ offers(orderBy: {field: DISTANCE}) { totalCount } }", ["orderBy", "field"], "filter.near"),
    ("{ offers(orderBy: {field: RELEVANCE}) { totalCount } }", ["orderBy", "field"], "filter.text"),
    (
        '{ offers(filter: {text: " "}, orderBy: {field: RELEVANCE}) { totalCount } }',
        ["orderBy", "field"],
        "filter.text",
    ),
    (
        "{ offers(filter: {or: [{near: {latitude: 57, longitude: 9}}]}, orderBy: {field: DISTANCE}) { totalCount } }",
        ["orderBy", "field"],
        "filter.near",
    ),
    # Pages.
    *page_of("first: 1, last: 1", ["last"], "not both"),
    *page_of("first: 0, last: 0", ["last"], "not both"),
    *page_of("first: 100000", ["first"], "100000"),
    *page_of("last: 201", ["last"], "201"),
    *page_of("first: -1", ["first"], "-1"),
    *page_of("last: -2147483648", ["last"], "-2147483648"),
    *page_of('after: "æøå"', ["after"], "after"),
    *page_of('before: "!!!"', ["before"], "before"),
    *page_of('after: ""', ["after"], "after"),
    *page_of(f'after: "{OTHER}"', ["after"], "after"),
    *page_of(f'before: "{SHORT}"', ["before"], "before"),
    *page_of('after: "bnVsbA"', ["after"], "after"),
    *page_of('after: "W10"', ["after"], "after"),
    *page_of('after: "12345678901234567890"', ["after"], "after"),
    *page_of('after: "-1"', ["after"], "after"),
    *page_of('after: "²"', ["after"], "after"),
    (f'{{ offers(after: "{ALIEN_ORDER}") {{ nodes {{ id }} }} }}', ["after"], "after"),
    (f'{{ offers(after: "{NUMBERED}") {{ nodes {{ id }} }} }}', ["after"], "after"),
    (f'{{ offers(after: "{NAMED}") {{ nodes {{ id }} }} }}', ["after"], "after"),
    (f'{{ offers(before: "{NAMED}") {{ totalCount }} }}', ["before"], "before"),
    (f'{{ institutions(after: "{ALIEN_ORDER}") {{ totalCount }} }}', ["after"], "after"),
    # Ids.
    ('{ node(id: "") { id } }', ["id"], "''"),
    ('{ node(id: "hedebo") { id } }', ["id"], "hedebo"),
    ('{ node(id: "unicorn:hedebo") { id } }', ["id"], "unicorn:hedebo"),
    ('{ node(id: "offer:") { id } }', ["id"], "offer:"),
    ('{ node(id: "capacity:h1") { id } }', ["id"], "capacity:h1"),
    ("{ node(id: 17) { id } }", ["id"], "17"),
    ('{ nodes(ids: ["offer:hedebo", "hedebo"]) { id } }', ["ids", 1], "hedebo"),
    (f"{{ nodes(ids: {orjson.dumps(['offer:hedebo'] * 201).decode()}) {{ id }} }}", ["ids"], "201"),
    ('{ offer(id: "municipality:aalborg") { id } }', ["id"], "municipality:aalborg"),
    ('{ offer(id: "\'}) DETACH DELETE (n) //") { id } }', ["id"], "DETACH"),
    ('{ agreement(id: "nordjysk") { id } }', ["id"], "nordjysk"),
    ('{ targetGroups(root: "target-group:drager") { totalCount } }', ["root"], "target-group:drager"),
    ('{ targetGroups(root: "offer:hedebo") { totalCount } }', ["root"], "offer:hedebo"),
]


def refusal(answer: Any) -> Mapping[str, Any]:
    """The one error of a request that was refused as a whole."""
    assert answer.data is None
    (error,) = answer.errors
    return error.formatted  # type: ignore[no-any-return]


@pytest.mark.parametrize(("text", "path", "words"), CASES, ids=[text[:120] for text, _, _ in CASES])
async def test_input_that_cannot_be_meant(directory: Directory, text: str, path: Path, words: str) -> None:
    error = refusal(await directory.execute(text))
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "input": path}
    assert words in error["message"]


NEED = "query ($need: NeedInput!) { matchOffers(need: $need) { fits { totalCount } } }"
FILTER = "query ($filter: OfferFilter) { offers(filter: $filter) { totalCount } }"
PAGE = "query ($first: Int, $after: String) { municipalities(first: $first, after: $after) { nodes { id } } }"
ID = "query ($id: ID!) { offer(id: $id) { id } }"
IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
DAY = "query ($day: Date) { legalBases(asOf: $day) { id } }"
GOOD: Mapping[str, dict[str, Any]] = {
    NEED: {"need": {"age": 4, "services": ["service:traening"], "near": {"latitude": 57, "longitude": 9}}},
    FILTER: {"filter": {"age": 4, "services": ["service:traening"], "or": [{"age": 4}]}},
    PAGE: {"first": 3, "after": None},
    ID: {"id": "offer:hedebo"},
    IDS: {"ids": ["offer:hedebo"]},
    DAY: {"day": "2026-11-21"},
}


def nested(depth: int) -> dict[str, Any]:
    filter: dict[str, Any] = {"age": 4}
    for _ in range(depth):
        filter = {"not": filter}
    return filter


VARIABLES: list[tuple[str, dict[str, Any], Path, str]] = [
    # Of the right type and the same shape as good ones, so that the plan is at hand already.
    (NEED, {"need": {**GOOD[NEED]["need"], "age": -4}}, ["need", "age"], "-4"),
    (NEED, {"need": {**GOOD[NEED]["need"], "services": ["service:x"]}}, ["need", "services", 0], "service:x"),
    (
        NEED,
        {"need": {**GOOD[NEED]["need"], "near": {"latitude": 1e9, "longitude": 9}}},
        ["need", "near", "latitude"],
        "1000000000",
    ),
    (FILTER, {"filter": {**GOOD[FILTER]["filter"], "or": [{"age": 131}]}}, ["filter", "or", 0, "age"], "131"),
    (PAGE, {"first": 201, "after": None}, ["first"], "201"),
    (PAGE, {"first": 3, "after": OTHER}, ["after"], "after"),
    (ID, {"id": "offer"}, ["id"], "offer"),
    (ID, {"id": 17}, ["id"], "17"),
    (IDS, {"ids": ["offer:hedebo", "x"]}, ["ids", 1], "x"),
    # Of the wrong type.
    (NEED, {}, ["need"], "need"),
    (NEED, {"need": None}, ["need"], "need"),
    (NEED, {"need": "hjerneskade"}, ["need"], "hjerneskade"),
    (NEED, {"need": []}, ["need"], "need"),
    (NEED, {"need": {"age": "old"}}, ["need", "age"], "old"),
    (NEED, {"need": {"age": nan}}, ["need", "age"], "nan"),
    (NEED, {"need": {"age": inf}}, ["need", "age"], "inf"),
    (NEED, {"need": {"age": True}}, ["need", "age"], "True"),
    (NEED, {"need": {"wishes": 3}}, ["need"], "wishes"),
    (
        NEED,
        {"need": {"primaryTargetGroup": ["target-group:angst", "target-group:depression"]}},
        ["need", "primaryTargetGroup"],
        "target-group:depression",
    ),
    (NEED, {"need": {"levels": [{"item": "theme-item:samtale"}]}}, ["need", "levels", 0], "level"),
    (NEED, {"need": {"levels": [{"item": "x", "level": 3}]}}, ["need", "levels", 0, "level"], "3"),
    (NEED, {"need": {"supportLevel": "SEVERE"}}, ["need", "supportLevel"], "SEVERE"),
    (NEED, {"need": {"weights": [{"criterion": "AGE", "factor": nan}]}}, ["need", "weights", 0, "factor"], "nan"),
    (NEED, {"need": {"weights": [{"criterion": "LUCK", "factor": 1}]}}, ["need", "weights", 0, "criterion"], "LUCK"),
    (NEED, {"need": {"neededFrom": "20261121"}}, ["need", "neededFrom"], "20261121"),
    (NEED, {"need": {"maxPrice": {"amount": "NaN", "unit": "DAY"}}}, ["need", "maxPrice", "amount"], "NaN"),
    (NEED, {"need": {"maxPrice": {"amount": 1}}}, ["need", "maxPrice"], "unit"),
    (FILTER, {"filter": {"and": [{"or": [{"age": "x"}]}]}}, ["filter", "and", 0, "or", 0, "age"], "x"),
    (FILTER, {"filter": {"targetGroups": [None]}}, ["filter", "targetGroups", 0], "None"),
    (FILTER, {"filter": nested(60)}, ["filter", *["not"] * 11], "nested"),
    (FILTER, {"filter": nested(240)}, ["filter"], "nested"),
    (FILTER, {"filter": nested(5000)}, ["filter"], "nested"),
    (PAGE, {"first": 2**40}, ["first"], str(2**40)),
    (PAGE, {"first": 1.5}, ["first"], "1.5"),
    (PAGE, {"first": "1"}, ["first"], "1"),
    (PAGE, {"after": 3}, ["after"], "3"),
    (ID, {"id": {}}, ["id"], "{}"),
    (ID, {"id": True}, ["id"], "True"),
    (IDS, {"ids": [None]}, ["ids", 0], "None"),
    (DAY, {"day": "2026-02-30"}, ["day"], "2026-02-30"),
    (DAY, {"day": "2026-11-21T00:00:00Z"}, ["day"], "2026-11-21T00"),
    (DAY, {"day": 20261121}, ["day"], "20261121"),
]


@pytest.mark.parametrize(
    ("text", "variables", "path", "words"), VARIABLES, ids=[f"{case[2]}-{case[3]}" for case in VARIABLES]
)
async def test_variables_that_cannot_be_meant(
    directory: Directory, text: str, variables: dict[str, Any], path: Path, words: str
) -> None:
    plan_of(directory, text, variables=GOOD[text])
    error = refusal(await directory.execute(text, variables))
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "input": path}
    assert words in error["message"]


async def test_every_wrong_variable_is_named_but_not_without_end(directory: Directory) -> None:
    text = "query ($need: NeedInput!, $first: Int) { matchOffers(need: $need) { fits(first: $first) { totalCount } } }"
    answer = await directory.execute(text, {"need": {"age": "x", "supportLevel": "x"}, "first": "x"})
    inputs = [(error.extensions or {})["input"] for error in answer.errors or ()]
    assert inputs == [["need", "age"], ["need", "supportLevel"], ["first"]]
    answer = await directory.execute(text, {"need": {"services": [None] * 1000}})
    assert len(answer.errors or ()) == 20


@pytest.mark.parametrize(
    ("text", "name", "code", "words"),
    [
        ("", None, "GRAPHQL_PARSE_FAILED", "<EOF>"),
        ("{ offers ", None, "GRAPHQL_PARSE_FAILED", "Name"),
        ('{ offer(id: "æ) { id } }', None, "GRAPHQL_PARSE_FAILED", "string"),
        ('{ offer(id: "\\ud800") { id } }', None, "GRAPHQL_PARSE_FAILED", "Unicode"),
        ("{ a" * 500 + "}" * 500, None, "GRAPHQL_PARSE_FAILED", "deep"),
        ("{ unicorns { id } }", None, "GRAPHQL_VALIDATION_FAILED", "unicorns"),
        ("{ region }", None, "GRAPHQL_VALIDATION_FAILED", "region"),
        ("{ offer { id } }", None, "GRAPHQL_VALIDATION_FAILED", "id"),
        ("{ offers(first: $n) { totalCount } }", None, "GRAPHQL_VALIDATION_FAILED", "$n"),
        ('{ offers(first: "3") { totalCount } }', None, "GRAPHQL_VALIDATION_FAILED", "3"),
        ('{ legalBases(asOf: "i går") { id } }', None, "GRAPHQL_VALIDATION_FAILED", "i går"),
        ("{ matchOffers(need: {age: null, wish: 1}) { position } }", None, "GRAPHQL_VALIDATION_FAILED", "wish"),
        ("{ region { id: name id } }", None, "GRAPHQL_VALIDATION_FAILED", "id"),
        ("{ region { ...R } } fragment R on Region { ...R }", None, "GRAPHQL_VALIDATION_FAILED", "R"),
        ("fragment R on Region { id }", None, "GRAPHQL_VALIDATION_FAILED", "R"),
        ("mutation { unicorn { id } }", None, "GRAPHQL_VALIDATION_FAILED", "unicorn"),
        ("query A { region { id } }", "B", "BAD_REQUEST", '"B"'),
        ("query A { region { id } } query B { region { id } }", None, "BAD_REQUEST", "name"),
    ],
)
async def test_requests_that_cannot_be_read(
    directory: Directory, text: str, name: str | None, code: str, words: str
) -> None:
    error = refusal(await directory.execute(text, None, name))
    assert error["extensions"] == {"code": code}
    assert words in error["message"]
