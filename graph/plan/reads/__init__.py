"""How a field is read. Each read is a small class that writes its part of the statement and of the finisher."""

from graph.plan.reads.catalogued import CataloguePage, CataloguePagesBy
from graph.plan.reads.computed import Attribute, Computed, Referred, Unpacked
from graph.plan.reads.found import All, Find, FindNode, FindNodes, Sole
from graph.plan.reads.pages import Pages
from graph.plan.reads.properties import ByKind, Constant, Derived, Embedded, Listed, Localized, Property, TypeName
from graph.plan.reads.read import Read
from graph.plan.reads.relations import EdgeEnd, Edges, Related, RelatedList, ValidOn
from graph.plan.reads.subjects import SubjectNode

__all__ = [
    "All",
    "Attribute",
    "ByKind",
    "CataloguePage",
    "CataloguePagesBy",
    "Computed",
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
    "Sole",
    "SubjectNode",
    "TypeName",
    "Unpacked",
    "ValidOn",
]
