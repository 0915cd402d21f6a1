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

        def ids(binding: Binding) -> list[str]:
            page = binding.memo[slot] = find(arguments(binding), wants_total, binding)
            return list(page.ids)

        key = compiler.parameter(ids)
        calls, nodes = _rows(self.label, "", key, slot, connection, compiler)

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

    def compile(self, item: Field, type: str, scope: Scope, compiler: Compiler) -> Part:
        connection = Connection(item)
        slot, arguments, find, known = compiler.slot(), item.arguments, self.find, scope.ids
        wants_total = connection.wants_total

        def ids(binding: Binding) -> dict[str, list[str]]:
            parents = known(binding) if known else None
            pages = binding.memo[slot] = find(arguments(binding), wants_total, parents, binding)
            return {parent: list(page.ids) for parent, page in pages.items() if page.ids}

        key = compiler.parameter(ids)
        calls, nodes = _rows(self.label, scope.variable, f"{key}[{scope.variable}.id]", slot, connection, compiler)

        def page(raw: Any, binding: Binding) -> Rows:
            return _page(binding.memo[slot].get(raw["parent"]), raw.get("rows"))

        rows = f", rows: {slot}" if calls else ""
        return Part(f"{scope.variable} {{parent: {scope.variable}.id{rows}}}", calls, connection.finish(nodes, page))


def _rows(
    label: str, outer: str, ids: str, slot: str, connection: Connection, compiler: Compiler
) -> tuple[list[str], list[Finish]]:
    if not connection.has_nodes:
        return [], []
    node, id = compiler.variable(), compiler.variable()
    shape, nodes = connection.shape(compiler, Scope(node), {ID: f"{node}.id"} if connection.wants_cursors else {})
    body = call(
        outer,
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
