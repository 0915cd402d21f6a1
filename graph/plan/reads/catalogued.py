"""Connections whose pages the catalogue knows: it finds the ids, the graph supplies what is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from graph.plan.binding import Arguments, Binding
from graph.plan.compiler import Compiler, Part, Scope, call
from graph.plan.connection import Connection, Page, Rows
from graph.plan.finisher import ID, Finish
from graph.plan.reads.read import Read
from graph.plan.selection import Field


@dataclass(frozen=True, slots=True)
class CataloguePage(Read):
    """A page of nodes of `label` at the root. `find(arguments, with total, binding)` gives it."""

    label: str
    find: Callable[[Arguments, bool, Binding], Page]

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        connection = Connection(item)
        slot, arguments, find = compiler.slot(), item.arguments, self.find
        wants_total = connection.wants_total

        def prepare(binding: Binding) -> None:
            binding.memo[slot] = find(arguments(binding), wants_total, binding)

        def ids(binding: Binding) -> list[str]:
            return list(binding.memo[slot].ids)

        compiler.collect(prepare)
        key = compiler.parameter(ids)
        calls, nodes = _rows(Scope("", ids=ids), self.label, key, slot, connection, compiler)

        def page(raw: Any, binding: Binding) -> Rows:
            return _page(binding.memo[slot], raw if calls else None)

        return Part(slot if calls else None, calls, connection.finish(nodes, page))


@dataclass(frozen=True, slots=True)
class CataloguePagesBy(Read):
    """A page of nodes of `label` for each node at hand.

    `find(arguments, with total, parents, binding)` gives the pages by parent id, of all parents where they
    are not known beforehand. So nested pages, too, are found before the one statement runs.
    """

    label: str
    find: Callable[[Arguments, bool, Collection[str] | None, Binding], Mapping[str, Page]]
    via: str | None = None
    """For pages that belong to the one node at the other end of this edge."""

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        connection = Connection(item)
        slot, arguments, find = compiler.slot(), item.arguments, self.find
        known = None if self.via else scope.ids
        wants_total = connection.wants_total

        def prepare(binding: Binding) -> None:
            parents = known(binding) if known else None
            binding.memo[slot] = find(arguments(binding), wants_total, parents, binding)

        def by_parent(binding: Binding) -> dict[str, list[str]]:
            return {parent: list(page.ids) for parent, page in binding.memo[slot].items() if page.ids}

        def ids(binding: Binding) -> list[str]:
            return list(dict.fromkeys(id for page in binding.memo[slot].values() for id in page.ids))

        compiler.collect(prepare)
        key = compiler.parameter(by_parent)
        parent = f"{scope.variable}.id"
        if self.via:
            above = compiler.variable()
            parent = f"head([({scope.variable})-[:{self.via}]->({above}) | {above}.id])"
        found = Scope(scope.variable, ids=ids)
        calls, nodes = _rows(found, self.label, f"{key}[{parent}]", slot, connection, compiler)

        def page(raw: Any, binding: Binding) -> Rows:
            return _page(binding.memo[slot].get(raw["parent"]), raw.get("rows"))

        rows = f", rows: {slot}" if calls else ""
        return Part(f"{scope.variable} {{parent: {parent}{rows}}}", calls, connection.finish(nodes, page))


def _rows(
    found: Scope, label: str, ids: str, slot: str, connection: Connection, compiler: Compiler
) -> tuple[list[str], list[Finish]]:
    """The subquery that reads the nodes `ids` for the variable of `found`, and how they are finished."""
    if not connection.has_nodes:
        return [], []
    node, id = compiler.variable(), compiler.variable()
    scope = Scope(node, ids=found.ids)
    shape, nodes = connection.shape(compiler, scope, {ID: f"{node}.id"} if connection.wants_cursors else {})
    body = call(
        found.variable,
        f"UNWIND {ids} AS {id}",
        f"MATCH ({node}:{label} {{id: {id}}})",
        shape.before(f"RETURN collect({shape.expression}) AS {slot}"),
    )
    return [body], nodes


def _page(page: Page | None, rows: list[Any] | None) -> Rows:
    """The catalogue's page with the graph's rows. One deleted since it was found is in neither."""
    if page is None:
        return Rows(rows or [], (), has_next=False, has_previous=False, total=0)
    cursors = page.cursors
    if rows is None:
        rows = [None] * len(page.ids)
    elif len(rows) != len(page.ids) and rows and ID in rows[0]:
        by_id = dict(zip(page.ids, page.cursors, strict=True))
        cursors = [by_id[row[ID]] for row in rows]
    return Rows(rows, cursors, page.has_next, page.has_previous, page.total)
