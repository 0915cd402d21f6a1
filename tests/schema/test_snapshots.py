"""GraphQL in, Cypher out: the statements of telling operations, to be read.

`pytest tests/schema --update-snapshots` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.actor import ANYONE, Actor, Role
from graph.dialect import ArcadeDialect, Neo4jDialect
from schema.directory import Directory
from tests.schema.compiled import alone, directory_without_engine, plan_of
from tests.schema.corpus import CORPUS, Written

FOLDER = Path(__file__).parent / "snapshots"
BY_NAME = {written.name: written for written in CORPUS}
CASEWORKER = Actor.of("caseworker", [Role.CASEWORKER])
SHOWN = (
    *("OfferById", "OfferPageAsTheBenchmarkAsks", "OfferProtected", "OfferSupports", "OperatorsOfAllKinds"),
    *("MunicipalitiesWithOffers", "RegionDownAndUp", "PartiesBothWays", "TotalOnly", "NodesAndEdgesApart"),
    *("NodesOfManyKinds", "NodeAsOrganisation", "GroupNames", "LegalBasesOnADay", "DaysSideBySide", "PriceInEveryUnit"),
    *("HistoryBothWays", "ChangesBetween", "ChangesOfAKind", "BrainInjury", "FragmentsMerged", "Included"),
    *("AliasesLikeCypher", "IntrospectionBesideData", "RootTypeName"),
    *("SeatByNode", "SeatsNested", "CompositionLeadsOn", "WhoDecidesAboutAnOffer", "RepresentativesThroughTime"),
    *("KnowledgeByGroup", "KnowledgeByFocusArea", "Process", "Search"),
    *("BelievedByVariable", "BelievedSeat"),
)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return directory_without_engine()


def shown(directory: Directory, written: Written) -> str:
    """The operation with its statement; with both, where a caseworker's is another than the public's."""
    public, caseworker = (plan_of(directory, written.text, written.name, who).statement for who in (ANYONE, CASEWORKER))
    parts = [f"# {written.name}", f"```graphql\n{alone(written)}\n```"]
    if public is None:
        parts.append("Nothing is asked of the graph.")
    else:
        parts.append(f"```cypher\n{public}\n```")
    if caseworker != public:
        parts += ["For one who may see protected addresses:", f"```cypher\n{caseworker}\n```"]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("name", SHOWN)
def test_statement(directory: Directory, name: str, request: pytest.FixtureRequest) -> None:
    path, now = FOLDER / f"{name}.md", shown(directory, BY_NAME[name])
    if request.config.getoption("--update-snapshots", default=False):
        path.write_text(now, encoding="utf-8")
    assert path.exists(), f"{name} has no snapshot; write it with --update-snapshots"
    assert path.read_text(encoding="utf-8") == now


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.md" for name in SHOWN}


def test_both_engines_get_the_same_statement() -> None:
    statements = [
        [plan_of(directory, written.text, written.name).statement for written in CORPUS]
        for directory in (directory_without_engine(ArcadeDialect()), directory_without_engine(Neo4jDialect()))
    ]
    assert statements[0] == statements[1]


def test_no_word_of_an_operation_reaches_its_statement(directory: Directory) -> None:
    """Whatever a client writes goes in as a parameter: text, ids, numbers."""
    text = (
        'query Q($id: ID! = "offer:hedebo") { offer(id: $id) { price(asOf: "2024-02-29", unit: YEAR) { amount } } '
        'offers(filter: {text: "Robert\'); DROP", age: 41.5}, first: 17) { nodes { name } } '
        'changes(after: "123456", first: 13, subject: "offer:unseen", kinds: ["unseen"]) { nodes { id } } }'
    )
    statement = plan_of(directory, text).statement
    assert statement is not None
    for word in ("hedebo", "2024", "Robert", "41.5", "17", "123456", "13", "unseen"):
        assert word not in statement
