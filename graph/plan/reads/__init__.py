"""How a field is read. Each read is a small class that writes its part of the statement and of the finisher."""

from graph.plan.reads.catalogued import CataloguePage, CataloguePagesBy
from graph.plan.reads.computed import Computed, ComputedAt, Unpacked
from graph.plan.reads.found import All, Find, FindNode, FindNodes, Sole, Told
from graph.plan.reads.pages import Pages
from graph.plan.reads.properties import ByKind, Constant, Derived, Embedded, Listed, Localized, Property, TypeName
from graph.plan.reads.read import Read
from graph.plan.reads.relations import (
    AllValidOn,
    EdgeEnd,
    Edges,
    Related,
    RelatedList,
    Until,
    ValidOn,
    WithItsEnd,
)
from graph.plan.reads.seats import SeatStanding
from graph.plan.reads.subjects import SubjectNode
from graph.plan.reads.values import Attribute, Referred

__all__ = [
    "All",
    "AllValidOn",
    "Attribute",
    "ByKind",
    "CataloguePage",
    "CataloguePagesBy",
    "Computed",
    "ComputedAt",
    "Constant",
    "Derived",
    "EdgeEnd",
    "Edges",
    "Embedded",
    "Find",
    "FindNode",
    "FindNodes",
    "Listed",
    "Localized",
    "Pages",
    "Property",
    "Read",
    "Referred",
    "Related",
    "RelatedList",
    "SeatStanding",
    "Sole",
    "SubjectNode",
    "Told",
    "TypeName",
    "Unpacked",
    "Until",
    "ValidOn",
    "WithItsEnd",
]
