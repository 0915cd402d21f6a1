"""Each read's plain meaning, in a few lines of Python over the graph in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any

from graph.errors import BadInput
from graph.model import kind_of
from graph.plan import connection, reads
from graph.plan.reads.pages import page_request
from graph.snapshot import SnapshotNode
from schema.plain.recorded import ended_later, there, until
from schema.plain.seats import standing
from schema.plain.values import Ask, Here, PlainPage

# What the orders that reads declare in Cypher mean.
_ORDERS: Mapping[str, Callable[[SnapshotNode], Any]] = {
    "{node}.nameOrder": lambda node: node.properties["nameOrder"],
    "{node}.id": lambda node: node.id,
    "{node}.dateOrder": lambda node: (node.properties["validFrom"], node.id),
    "toString({node}.order) + ' ' + {node}.id": lambda node: (str(node.properties["order"]), node.id),
    "toString(1000 + coalesce({node}.order, 0)) + ' ' + {node}.id": lambda node: (
        node.properties.get("order") or 0,
        node.id,
    ),
    "coalesce({node}.validFrom, '') + ' ' + {node}.id": lambda node: (node.properties.get("validFrom") or "", node.id),
}


@singledispatch
def resolve(read: Any, ask: Ask) -> Any:
    raise TypeError(f"{type(read).__name__} has no plain meaning")


@resolve.register
def _(read: reads.Property, ask: Ask) -> Any:
    if read.personal and not ask.binding.view.personal:
        return None
    if read.guarded and ask.source.get("protected") and not ask.binding.sees_protected:
        return None
    return ask.source.get(read.name)


@resolve.register
def _(read: reads.Listed, ask: Ask) -> Any:
    return ask.source.get(read.name) or []


@resolve.register
def _(read: reads.Localized, ask: Ask) -> Any:
    asked = ask.arguments.get("language")
    english = ask.source.get(read.name + "En") if asked is not None and getattr(asked, "value", asked) == "EN" else None
    return english if english is not None else ask.source.get(read.name)


@resolve.register
def _(read: reads.Derived, ask: Ask) -> Any:
    stored = {name: ask.source.get(name) for name in read.properties}
    raw = stored if len(stored) > 1 else stored[read.properties[0]]
    return None if raw is None else read.derive(raw, ask.arguments, ask.source.above, ask.binding)


@resolve.register
def _(read: reads.Embedded, ask: Ask) -> Any:
    hidden = read.guarded and ask.source.get("protected") and not ask.binding.sees_protected
    known = all(ask.source.get(name) is not None for name in read.needs)
    return Here(ask.source.at, {}) if known and not hidden else None


@resolve.register
def _(read: reads.ByKind, ask: Ask) -> Any:
    return dict(read.values)[ask.source.node.id.partition(":")[0]]


def _ends(node: SnapshotNode, edge: str, *, incoming: bool) -> list[SnapshotNode]:
    return [e.start for e in node.incoming[edge]] if incoming else [e.end for e in node.outgoing[edge]]


@resolve.register
def _(read: reads.Related, ask: Ask) -> Any:
    ends = _ends(ask.source.node, read.edge, incoming=read.incoming)
    return ask.here(ends[0] if ends else None)


@resolve.register
def _(read: reads.RelatedList, ask: Ask) -> Any:
    ends = _ends(ask.source.node, read.edge, incoming=read.incoming)
    return [ask.here(node) for node in sorted(ends, key=_ORDERS[read.order])]


@resolve.register
def _(read: reads.Edges, ask: Ask) -> Any:
    edges = ask.source.node.outgoing[read.edge]
    return [ask.here(edge) for edge in sorted(edges, key=lambda edge: _ORDERS[read.order](edge.end))]


@resolve.register
def _(read: reads.EdgeEnd, ask: Ask) -> Any:
    return ask.here(ask.source.at.end)


@resolve.register
def _(read: reads.AllValidOn, ask: Ask) -> Any:
    role = read.only.rpartition("'")[0].rpartition("'")[2]
    facts = [fact for fact in _valid(ask, read) if fact.properties["role"] == role]
    return [ask.here(fact) for fact in sorted(facts, key=_ORDERS[read.order])]


def _valid(ask: Ask, read: reads.ValidOn | reads.AllValidOn) -> list[SnapshotNode]:
    if read.dated and not ask.holds(ask.source.node):
        return []
    return [fact for fact in _ends(ask.source.node, read.edge, incoming=True) if ask.holds(fact)]


@resolve.register
def _(read: reads.Until, ask: Ask) -> Any:
    return until(ask.source.node, ask.source.above.get("recordedAt"))


@resolve.register
def _(read: reads.WithItsEnd, ask: Ask) -> Any:
    return None if ended_later(ask.source.node, ask.source.above.get("recordedAt")) else ask.source.get(read.name)


@resolve.register
def _(read: reads.ValidOn, ask: Ask) -> Any:
    facts = _valid(ask, read)
    if read.edge == "IN_SEAT":
        holders = [fact for fact in facts if fact.properties["role"] in ("CHAIR", "VICE_CHAIR", "MEMBER")]
        holders.sort(key=lambda fact: fact.id)
        return ask.here(max(holders, key=lambda fact: fact.properties["validFrom"], default=None))
    if read.edge == "PRICE_OF":
        facts = [fact for fact in facts if fact.properties.get("model") != "SUPPLEMENT"]

    def standing(fact: SnapshotNode) -> Any:
        given = fact.properties
        average = read.edge != "PRICE_OF" or given.get("model") in (None, "AVERAGE")
        return average, given.get("validFrom") or "", given.get("countedOn") or "", fact.id

    return ask.here(max(facts, key=standing, default=None))


@resolve.register
def _(read: reads.SeatStanding, ask: Ask) -> Any:
    day, days = ask.arguments.get("asOf") or ask.binding.today, ask.arguments.get("endingWithinDays")
    if days is not None and not 0 <= days <= 3660:
        raise BadInput("endingWithinDays is out of bounds", ("endingWithinDays",))
    return read.show(standing(ask.source.node, day, 90 if days is None else days, ask.arguments.get("recordedAt")))


@resolve.register
def _(read: reads.Pages, ask: Ask) -> Any:
    nodes = (
        ask.snapshot.labelled(str(read.label))
        if read.edge is None
        else _ends(ask.source.node, read.edge, incoming=read.incoming)
    )
    nodes = [node for node in nodes if read.label in (None, node.label)]
    if read.subject is not None:
        touching = _ends(ask.source.node, read.touching, incoming=True) if read.touching else []
        nodes = [node for node in nodes if node in touching or node.properties[read.subject] == ask.source.node.id]
    if read.where is not None:
        nodes = [node for node in nodes if _WHERE[str(read.label)](node, ask)]
    nodes.sort(key=lambda node: node.properties[read.order], reverse=read.descending)
    return _page(ask, nodes, read)


def _change_is_wanted(change: SnapshotNode, ask: Ask) -> bool:
    kinds, subject = ask.arguments.get("kinds"), ask.arguments.get("subject")
    given = change.properties
    return (kinds is None or given["kind"] in kinds) and (subject is None or given["subject"] == subject)


def _tenure_is_wanted(tenure: SnapshotNode, ask: Ask) -> bool:
    return there(tenure, ask.arguments.get("recordedAt")) if ask.arguments.get("anyTime") else ask.holds(tenure)


def _knowledge_is_wanted(knowledge: SnapshotNode, ask: Ask) -> bool:
    text, groups, areas = (ask.arguments.get(name) for name in ("text", "targetGroups", "focusAreas"))
    about = {id for group in _along(knowledge, "ABOUT_GROUP") for id in _upwards(group)}
    shared = _along(knowledge, "SHARED_THROUGH")
    shared += [area for laboratory in _along(knowledge, "MADE_IN") for area in _along(laboratory, "LABORATORY_OF")]
    return (
        (text is None or knowledge.id in ask.binding.services.search.texts(text, "knowledge"))
        and (groups is None or bool(about & set(groups)))
        and (areas is None or bool({area.id for area in shared} & set(areas)))
    )


def _along(node: SnapshotNode, edge: str) -> list[SnapshotNode]:
    return _ends(node, edge, incoming=False)


def _upwards(group: SnapshotNode) -> set[str]:
    return {group.id}.union(*(_upwards(broader) for broader in _along(group, "NARROWER_THAN")))


_WHERE: Mapping[str, Callable[[SnapshotNode, Ask], bool]] = {
    "Change": _change_is_wanted,
    "Tenure": _tenure_is_wanted,
    "Knowledge": _knowledge_is_wanted,
}


def _page(ask: Ask, nodes: list[SnapshotNode], read: reads.Pages) -> PlainPage:
    request = page_request(ask.arguments)
    total = len(nodes)
    for name in ("after", "before"):
        cursor = ask.arguments.get(name)
        if cursor is None:
            continue
        at: Any = read.decode(cursor, name)
        later = (name == "after") != read.descending
        nodes = [n for n in nodes if (n.properties[read.order] > at if later else n.properties[read.order] < at)]
    cut = len(nodes) > request.size
    taken = (nodes[len(nodes) - request.size :] if cut else nodes) if request.backward else nodes[: request.size]
    return PlainPage(
        [ask.here(node) for node in taken],
        [read.encode(n.properties[read.order]) for n in taken],
        has_next=ask.arguments.get("before") is not None if request.backward else cut,
        has_previous=cut if request.backward else ask.arguments.get("after") is not None,
        total=total,
    )


@resolve.register
def _(read: reads.Find, ask: Ask) -> Any:
    wanted = ask.arguments[read.property]
    if read.property == "id":
        _readable(wanted, ask, "id")
    found = [node for node in ask.snapshot.labelled(read.label) if node.properties.get(read.property) == wanted]
    return ask.here(found[0] if found else None)


@resolve.register
def _(read: reads.Sole, ask: Ask) -> Any:
    return ask.here(min(ask.snapshot.labelled(read.label), key=lambda node: node.id, default=None))


@resolve.register
def _(read: reads.FindNode, ask: Ask) -> Any:
    return ask.here(_readable(ask.arguments["id"], ask, "id"))


@resolve.register
def _(read: reads.FindNodes, ask: Ask) -> Any:
    if len(ask.arguments["ids"]) > 200:
        raise BadInput("ids: too many", ("ids",))
    return [ask.here(_readable(id, ask, "ids")) for id in ask.arguments["ids"]]


def _readable(id: str, ask: Ask, argument: str) -> SnapshotNode | None:
    kind = kind_of(id)
    if kind is None or kind.label not in ask.possible:
        raise BadInput(f"{argument}: {id!r} is no id of this directory", (argument,))
    return ask.snapshot.nodes.get(id)


@resolve.register
def _(read: reads.SubjectNode, ask: Ask) -> Any:
    node = ask.snapshot.nodes.get(ask.source.get(read.property))
    return ask.here(node if node is not None and node.label in ask.possible else None)


@resolve.register
def _(read: reads.All, ask: Ask) -> Any:
    nodes = ask.snapshot.labelled(read.label)
    if read.dated:
        nodes = [node for node in nodes if ask.holds(node)]
    return [ask.here(node) for node in sorted(nodes, key=_ORDERS[read.order])]


def _of_catalogue(page: connection.Page | None, ask: Ask) -> PlainPage:
    if page is None:
        return PlainPage([], [], has_next=False, has_previous=False, total=0)
    items = [ask.here(ask.snapshot.nodes[id]) for id in page.ids]
    return PlainPage(items, list(page.cursors), page.has_next, page.has_previous, page.total)


@resolve.register
def _(read: reads.CataloguePage, ask: Ask) -> Any:
    return _of_catalogue(read.find(ask.arguments, True, ask.binding), ask)


@resolve.register
def _(read: reads.CataloguePagesBy, ask: Ask) -> Any:
    above = _along(ask.source.node, read.via) if read.via else [ask.source.node]
    if not above:
        return _of_catalogue(None, ask)
    parent = above[0].id
    return _of_catalogue(read.find(ask.arguments, True, [parent], ask.binding).get(parent), ask)


@resolve.register
def _(read: reads.Computed, ask: Ask) -> Any:
    return read.compute(ask.arguments, ask.binding)


@resolve.register
def _(read: reads.ComputedAt, ask: Ask) -> Any:
    return read.compute(ask.source.node.id, ask.arguments, ask.binding)


@resolve.register
def _(read: reads.Attribute, ask: Ask) -> Any:
    if read.given is not None:
        return getattr(ask.source, str(read.get))(read.given(ask.arguments))
    if isinstance(read.get, str):
        return getattr(ask.source, read.get)
    return read.get(ask.source, ask.arguments, ask.binding)


@resolve.register
def _(read: reads.Referred, ask: Ask) -> Any:
    ids = read.ids(ask.source)
    if isinstance(ids, list | tuple):
        return [ask.here(ask.snapshot.nodes[id]) for id in ids]
    return None if ids is None else ask.here(ask.snapshot.nodes[ids])


@resolve.register
def _(read: reads.Unpacked, ask: Ask) -> Any:
    return read.unpack({name: ask.source.get(name) for name in read.properties})


@resolve.register
def _(read: connection.Marker, ask: Ask) -> Any:
    page = ask.source
    if read == connection.NODES:
        return page.items
    if read == connection.EDGES:
        return list(zip(page.cursors, page.items, strict=True))
    if read in (connection.CURSOR, connection.NODE):
        return page[read == connection.NODE]
    return page if read == connection.PAGE_INFO else getattr(page, "total" if read.name == "totalCount" else read.name)
