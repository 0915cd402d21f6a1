"""Offers, and what is dated about them: places, prices, approvals."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import model_validator

from seeds import values as v
from seeds.format.parts import Dated, Entry, Part, Sourced
from seeds.format.places import Contact, Location


class GroupEdge(Part):
    """A target group with something to say about it; its name alone where there is nothing."""

    group: v.TargetGroupRef

    @property
    def key(self) -> str:
        return self.group

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, value: Any) -> Any:
        return {"group": value} if isinstance(value, str) else value


class Serves(GroupEdge):
    """A group that the offer is for. `approved`: its approval names it; where none is needed, its own description."""

    approved: bool = True
    coversNarrower: bool = False


class Excludes(GroupEdge):
    """A group or circumstance that the offer does not take, and in whose words."""

    note: v.Text | None = None


class Capacity(Dated, Sourced):
    """Places; `free` and `waitingDays` as counted on a day."""

    places: v.Count | None = None
    free: Annotated[v.Count, v.at_most("places")] | None = None
    waitingDays: v.Count | None = None
    countedOn: v.Day | None = None


class Price(Dated, Sourced):
    """A price (takst) in DKK. `text` is the wording that it was given in."""

    amount: v.Amount
    unit: Annotated[str, v.one_of("unit")]
    model: Annotated[str, v.one_of("model")] | None = None
    year: v.Year | None = None
    assumedOccupancyPercent: v.Percent | None = None
    ownPayment: Annotated[v.Amount, v.at_most("amount")] | None = None
    text: v.Text | None = None


class Approval(Dated, Sourced):
    """An approval by an authority. `reportOn`: the day of its latest supervision report."""

    status: Annotated[str, v.one_of("status")]
    authority: v.AuthorityRef | None = None
    conditions: v.Text | None = None
    reportOn: v.Day | None = None
    reportUrl: v.Url | None = None


class Offer(Sourced, Entry):
    """An offer. A department has its offer's institution, operator, location and contact where it gives none.

    `boughtBy`: municipalities that buy places there.
    """

    name: v.Text
    summary: v.Text | None = None
    type: v.OfferTypeRef | None = None
    legalBases: Annotated[list[v.LegalBasisRef], v.Unlike] = []
    institution: v.InstitutionRef | None = None
    operator: v.OrganisationRef | None = None
    targetGroups: Annotated[list[Serves], v.Unlike] = []
    excludes: Annotated[list[Excludes], v.Unlike] = []
    services: Annotated[list[v.ServiceRef], v.Unlike] = []
    supports: Annotated[dict[v.LevelledRef, Annotated[str, v.one_of("upTo")]], v.Levels] = {}
    supportLevelUpTo: Annotated[str, v.one_of("supportLevelUpTo")] | None = None
    ageFrom: v.Age | None = None
    ageTo: Annotated[v.Age, v.at_least("ageFrom")] | None = None
    admission: v.Text | None = None
    admissionEn: v.Text | None = None
    openFrom: v.Day | None = None
    closedOn: Annotated[v.Day, v.after("openFrom")] | None = None
    location: Location | None = None
    contact: Contact | None = None
    coveredBy: Annotated[list[v.AgreementRef], v.Unlike] = []
    boughtBy: Annotated[list[v.MunicipalityRef], v.Unlike] = []
    capacities: list[Capacity] = []
    prices: list[Price] = []
    approvals: list[Approval] = []
    departments: list[Offer] = []
