"""Agreements: what they lay down, share and go through; and the knowledge that comes of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from seeds import values as v
from seeds.format.parts import Dated, Entry, Part, Sourced
from seeds.format.places import Contact


class Laboratory(Sourced, Entry):
    """A laboratory of a focus area. Numbered after the area, since most have no name that a source states."""

    name: v.Text | None = None


class FocusArea(Sourced, Entry):
    name: v.Text
    rationale: v.Text | None = None
    targetGroups: Annotated[list[v.TargetGroupRef], v.Unlike] = []
    laboratories: list[Laboratory] = []


class Principle(Part):
    """What the part on steering (Styringsaftalen) lays down on one subject."""

    kind: Annotated[str, v.one_of("principle.kind")]
    text: v.Text
    source: v.SourceRef | None = None


class Document(Part):
    title: v.Text
    url: v.Url | None = None
    publishedOn: v.Day | None = None
    source: v.SourceRef | None = None


class Step(Part):
    """A step of a process. `timeText` and `forum` are the source's words; the days are what they mean, so precisely.

    `board` is the forum where it is one body, `sentTo` the authority that the step ends at, `doneOn` the day on which
    it was done: never the plan's.
    """

    action: v.Text
    forum: v.Text | None = None
    board: v.BoardRef | None = None
    sentTo: v.AuthorityRef | None = None
    timeText: v.Text
    precision: Annotated[str, v.one_of("precision")]
    validFrom: v.Day
    validTo: Annotated[v.Day, v.after("validFrom")]
    doneOn: v.Day | None = None


class Process(Sourced):
    name: v.Text
    steps: list[Step]


class Decisions(Part):
    """What bodies say on an agreement, each of `boards` the same, in the source's `wording`.

    UNKNOWN where no source says what they decided; PENDING is for those known not to have done so.
    """

    boards: Annotated[list[v.BoardRef], Field(min_length=1), v.Unlike]
    decision: Annotated[str, v.one_of("decision")]
    decidedOn: v.Day | None = None
    wording: v.Text | None = None
    source: v.SourceRef | None = None


class Agreement(Dated, Sourced, Entry):
    """`contact`: whom to ask, such as the administration whose page tells of the agreement."""

    name: v.Text
    purpose: v.Text | None = None
    visions: list[v.Text] = []
    succeeds: v.AgreementRef | None = None
    parties: Annotated[list[v.OrganisationRef], v.Unlike] = []
    contact: Contact | None = None
    focusAreas: list[FocusArea] = []
    principles: list[Principle] = []
    documents: list[Document] = []
    process: Process | None = None
    decisions: list[Decisions] = []


class Knowledge(Sourced, Entry):
    """Knowledge that is shared: a method, a finding, a guide. `laboratory` made it, `offers` use it."""

    title: v.Text
    kind: Annotated[str, v.one_of("knowledge.kind")]
    summary: v.Text | None = None
    body: v.Prose | None = None
    publishedOn: v.Day | None = None
    focusAreas: Annotated[list[v.FocusAreaRef], v.Unlike] = []
    laboratory: v.LaboratoryRef | None = None
    targetGroups: Annotated[list[v.TargetGroupRef], v.Unlike] = []
    offers: Annotated[list[v.OfferRef], v.Unlike] = []
