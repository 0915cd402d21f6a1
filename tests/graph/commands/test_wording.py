"""Everything that a command refuses with is told in Danish and in English, with the same values in both."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from string import Formatter

import pytest
from graphql import InputObjectTypeDefinitionNode, parse

import graph.commands
from graph import errors, wording
from graph.errors import BadInput, GraphError, Unavailable
from graph.labels import KIND_LABELS, LABELS, label, one_of
from graph.model import KINDS
from graph.told import Told, Wording

WORDINGS = {name: value for name, value in vars(wording).items() if isinstance(value, Wording)}
CONTRACT = Path(__file__).parents[2] / "contract" / "contract.graphql"
INPUTS = {"OfferInput", "OfferTargetGroupInput", "LevelInput", "LocationInput", "ContactInput", "RepresentativeInput"}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", WORDINGS)
def test_both_languages_quote_the_same_values(name: str) -> None:
    said = WORDINGS[name]
    assert said.da.strip()
    assert said.en.strip()
    assert gaps(said.da) == gaps(said.en)
    if name != "FAULT":  # which is made of values alone
        assert said.da != said.en
    # Both are sentences, or both follow a name.
    assert said.da.endswith((".", "!")) == said.en.endswith((".", "!"))


def test_no_refusal_is_worded_where_it_is_raised() -> None:
    """In the commands a message comes from `graph.wording`, which is told in both languages."""
    files = [*Path(inspect.getfile(graph.commands)).parent.glob("*.py"), Path(inspect.getfile(Unavailable))]
    files += [files[0].parents[1] / name for name in ("ledger.py", "record.py", "database.py")]
    refusals = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, GraphError)}
    found = 0
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in refusals or node.func.id == "Fault":
                found += 1
                message = node.args[node.func.id == "Fault"]
                assert not isinstance(message, (ast.Constant, ast.JoinedStr, ast.BinOp)), ast.unparse(node)
    assert found > 30


def test_every_field_of_an_input_has_a_danish_name() -> None:
    inputs = [
        node
        for node in parse(CONTRACT.read_text()).definitions
        if isinstance(node, InputObjectTypeDefinitionNode)
        and (node.name.value in INPUTS or any(field.name.value == "clientMutationId" for field in node.fields))
    ]
    assert len(inputs) >= 17
    names = {field.name.value for node in inputs for field in node.fields}
    assert names <= LABELS.keys()
    assert LABELS.keys() <= names
    assert set(KINDS) == KIND_LABELS.keys()


def test_a_fault_is_told_in_words() -> None:
    told = wording.FAULT(label=label("free"), what=wording.FREE_ABOVE_PLACES(free=12, places=10))
    assert told == Told("Ledige pladser er 12, flere end de 10 pladser.", "free is 12, more than the 10 places.")
    assert one_of(["offer", "focus-area"]) == Told("tilbud eller fokusområde", "offer or focus area")


def test_an_error_is_told_in_the_language_that_is_asked_for() -> None:
    error = BadInput(Told("Nej.", "No."), ("a",))
    assert (str(error), error.message, error.told("EN"), error.told("DA")) == ("No.", "No.", "No.", "Nej.")
    assert BadInput("Only English.").told("DA") == "Only English."
    moved = error.under("input", 0)
    assert (type(moved), moved.path, moved.told("DA"), error.path) == (BadInput, ("input", 0, "a"), "Nej.", ("a",))
