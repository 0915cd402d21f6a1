"""Plans without an engine: compiling one needs no more than to know which engine it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from graphql import ExecutableDefinitionNode, parse, print_ast
from graphql.execution.values import VariableValues, get_variable_values
from graphql.utilities import separate_operations

from graph.actor import ANYONE, Actor
from graph.clock import FixedClock
from graph.database import Database
from graph.dialect import ArcadeDialect, Dialect
from graph.memory import Memory
from graph.plan.binding import Binding
from graph.plan.plan import Plan
from graph.record import Record
from schema.directory import Directory
from tests.schema.corpus import Written
from tests.schema.world import TODAY


@dataclass(frozen=True)
class NoDatabase:
    """Stands in for a database that is never asked."""

    dialect: Dialect


def directory_without_engine(
    dialect: Dialect | None = None, records: Iterable[Record] = (), **options: Any
) -> Directory:
    """A directory that answers whatever the graph need not be asked for."""
    clock = FixedClock.on(TODAY)
    database = cast(Database, NoDatabase(dialect or ArcadeDialect()))
    return Directory(database, Memory.from_records(records, clock), clock, **options)


def plan_of(
    directory: Directory,
    text: str,
    name: str | None = None,
    actor: Actor = ANYONE,
    variables: dict[str, Any] | None = None,
) -> Plan:
    """The plan of a valid operation."""
    document = directory.documents.get(text)
    assert not document.errors, document.errors
    operation = document.operation(name)
    assert not isinstance(operation, Exception), operation
    values = get_variable_values(directory.core, operation.variable_definitions or (), variables or {})
    assert isinstance(values, VariableValues), values
    binding = Binding(values, directory.memory, directory.clock.today(), actor.view)
    return directory.plan(document, operation, values, actor, binding)


def alone(written: Written) -> str:
    """The operation with the fragments that it uses and nothing else, laid out evenly."""
    document = separate_operations(parse(written.text, no_location=True))[written.name]
    definitions = sorted(document.definitions, key=lambda d: d.kind == "fragment_definition")
    return "\n\n".join(print_ast(cast(ExecutableDefinitionNode, definition)) for definition in definitions)
