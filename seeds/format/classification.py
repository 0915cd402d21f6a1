"""The terms that offers are described by: target groups, services, laws, types of offers, themes."""

from __future__ import annotations

from typing import Annotated

from seeds import values as v
from seeds.format.parts import Dated, Entry, Named


class TargetGroup(Named):
    """A target group and, inside it, those that it is broader than. They share its source where they give none."""

    definition: v.Text | None = None
    synonyms: Annotated[list[v.Text], v.Unlike] = []
    narrower: list[TargetGroup] = []


class Service(Named):
    """A service and, inside it, its kinds."""

    synonyms: Annotated[list[v.Text], v.Unlike] = []
    narrower: list[Service] = []


class LegalBasis(Dated, Entry):
    """A section of a law. Its slug is made of its code: `SEL § 107` is `sel-107`."""

    source: v.SourceRef | None = None
    code: v.Text
    title: v.Text
    law: v.Text


class OfferType(Named):
    """`needsApproval`: by the socialtilsyn, before it may be used."""

    residential: bool
    needsApproval: bool
    legalBases: Annotated[list[v.LegalBasisRef], v.Unlike] = []


class ThemeItem(Entry):
    name: v.Text
    nameEn: v.Text | None = None


class Theme(Named):
    """One of the eleven themes. `hasLevels`: its items carry a functional level."""

    hasLevels: bool
    items: list[ThemeItem]
