"""The format of the files: every field that one may write, with its meaning.

A file is a mapping of sections (`offers:`, `boards:` …); every section may stand in any file. Fields are named as in
the API. What is not known is left out. A thing's id is its kind and its slug, and the slug is made of its name where
none is given; things inside others (departments, seats, tenures, prices) are numbered or named after what they stand
in, so new ones go last.
"""

from __future__ import annotations

from seeds.format.agreements import Agreement, Knowledge
from seeds.format.boards import Board, Representative
from seeds.format.classification import LegalBasis, OfferType, Service, TargetGroup, Theme
from seeds.format.offers import Offer
from seeds.format.parts import Part
from seeds.format.places import Association, Authority, Institution, Municipality, Region, Source, Town

__all__ = ["File"]


class File(Part):
    """A file."""

    sources: list[Source] = []
    towns: list[Town] = []
    regions: list[Region] = []
    municipalities: list[Municipality] = []
    associations: list[Association] = []
    authorities: list[Authority] = []
    institutions: list[Institution] = []
    targetGroups: list[TargetGroup] = []
    services: list[Service] = []
    legalBases: list[LegalBasis] = []
    offerTypes: list[OfferType] = []
    themes: list[Theme] = []
    agreements: list[Agreement] = []
    knowledge: list[Knowledge] = []
    boards: list[Board] = []
    representatives: list[Representative] = []
    offers: list[Offer] = []
