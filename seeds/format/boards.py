"""Boards with their seats, seats with their tenures, and the representatives who hold them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from seeds import values as v
from seeds.format.parts import Dated, Entry, Sourced


class Held(Sourced):
    """Who sits where. ILLUSTRATIVE where nothing else is written, so that nobody is stated to sit by an omission."""

    dataStatus: Annotated[str, v.one_of("dataStatus")] = "ILLUSTRATIVE"


class Representative(Held, Entry):
    """A person who holds, or held, a seat."""

    name: v.Text
    gender: Annotated[str, v.one_of("gender")] | None = None
    party: v.Text | None = None
    municipality: v.MunicipalityRef | None = None


class Tenure(Dated, Held):
    """One person's time in a seat. Left open, it ends by the seat's term rule; `validTo` says that it did, or will."""

    representative: v.RepresentativeRef
    role: Annotated[str, v.one_of("role")] = "MEMBER"
    validFrom: v.Day
    endReason: v.Text | None = None


class Seat(Dated, Sourced, Entry):
    """A seat, in the order in which the board lists them. Its slug begins with the board's."""

    label: v.Text
    appointedBy: v.BoardRef | None = None
    represents: v.OrganisationRef | None = None
    requirement: v.Text | None = None
    termRule: Annotated[str, v.one_of("termRule")] | None = None
    tenures: list[Tenure] = []


class Board(Sourced, Entry):
    """A body with seats: a board, council, committee or forum.

    `organisation` is what it governs or belongs to; `within` the body that it is part of; `possiblySameAs` one that
    sources may mean by another name; `seatsEveryPartyOf` the agreement whose parties must all be represented.
    `statutorySize` is left out where no source states it.
    """

    name: v.Text
    kind: Annotated[str, v.one_of("board.kind")]
    aliases: Annotated[list[v.Text], v.Unlike] = []
    purpose: v.Text | None = None
    organisation: v.OrganisationRef | None = None
    legalBasis: v.LegalBasisRef | None = None
    within: v.BoardRef | None = None
    possiblySameAs: v.BoardRef | None = None
    meetsWith: Annotated[list[v.BodyRef], v.Unlike] = []
    meetingsPerYear: v.Text | None = None
    statutorySize: Annotated[int, Field(ge=1, le=1000)] | None = None
    compositionRule: v.Text | None = None
    seatsEveryPartyOf: v.AgreementRef | None = None
    seats: list[Seat] = []
