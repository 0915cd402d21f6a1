"""The format of the files: every field that one may write, with its meaning.

A file is a mapping of sections (`offers:`, `targetGroups:` …); every section may stand in any file. Fields are
named as in the API. What is not known is left out. A thing's id is its kind and its slug, and the slug is made of
its name where none is given; things inside others (departments, capacities, prices, approvals) are numbered or
named after what they stand in, so new ones go last.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from seeds import values as v


class Part(BaseModel):
    """Anything written as a mapping. Unknown fields and loose types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Entry(Part):
    """Something that becomes a node. `id` is given by the reader, never written."""

    id: str
    slug: v.Text | None = None


class Named(Entry):
    """A term of a classification, with the source that it is taken from."""

    name: v.Text
    nameEn: v.Text | None = None
    source: v.SourceRef | None = None


class Sourced(Part):
    """A statement with its standing: SOURCED needs a source, ILLUSTRATIVE may use relative dates."""

    dataStatus: Annotated[str, v.one_of("dataStatus")]
    source: v.SourceRef | None = Field(default=None, validate_default=True)
    verifiedOn: v.Day | None = None

    @field_validator("source", mode="after")
    @classmethod
    def _stated(cls, source: str | None, info: ValidationInfo) -> str | None:
        if source is None and info.data.get("dataStatus") == "SOURCED":
            raise ValueError("is required for what is SOURCED")
        return source


class Dated(Part):
    """Valid from its first day, inclusive, to its last, exclusive."""

    validFrom: v.Day | None = None
    validTo: Annotated[v.Day, v.after("validFrom")] | None = None


class Source(Entry):
    title: v.Text
    publisher: v.Text | None = None
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None
    publishedOn: v.Day | None = None


class Town(Part):
    """Where a place lies (WGS84), so that offers need only name it."""

    name: v.Text
    latitude: v.Latitude
    longitude: v.Longitude


class Region(Sourced, Entry):
    name: v.Text
    code: v.Text


class Municipality(Sourced, Entry):
    name: v.Text
    code: Annotated[str, Field(pattern=r"^[0-9]{3}$")]
    mainTown: v.Text
    latitude: v.Latitude
    longitude: v.Longitude
    population: Annotated[int, Field(ge=0)] | None = None
    region: v.RegionRef


class Association(Entry):
    name: v.Text
    source: v.SourceRef | None = None


class Authority(Entry):
    name: v.Text
    source: v.SourceRef | None = None


class Contact(Part):
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    phone: Annotated[str, Field(pattern=r"^(\+45 )?[0-9]{2}( ?[0-9]{2}){3}$")] | None = None
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None


class Location(Part):
    """A place. Its point is the town's, where none is given; `protected`: not to be shown to the public."""

    protected: bool = False
    address: v.Text | None = None
    municipality: v.MunicipalityRef | None = None
    latitude: v.Latitude | None = None
    longitude: v.Longitude | None = Field(default=None, validate_default=True)
    town: v.Text | None = None

    @field_validator("longitude", mode="after")
    @classmethod
    def _both(cls, longitude: float | None, info: ValidationInfo) -> float | None:
        if "latitude" in info.data and (longitude is None) != (info.data["latitude"] is None):
            raise ValueError("latitude and longitude go together")
        return longitude

    @field_validator("town", mode="after")
    @classmethod
    def _known(cls, town: str | None, info: ValidationInfo) -> str | None:
        if town and info.data.get("latitude") is None and not v.context(info).names.knows_town(town):
            raise ValueError(f"{town!r} is none of the towns: add it there, or write latitude and longitude")
        return town


class Institution(Sourced, Entry):
    name: v.Text
    ownership: Annotated[str, v.one_of("ownership")] | None = None
    operator: v.OrganisationRef | None = None
    location: Location | None = None
    contact: Contact | None = None


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


class FocusArea(Sourced, Entry):
    name: v.Text
    rationale: v.Text | None = None
    targetGroups: Annotated[list[v.TargetGroupRef], v.Unlike] = []


class Agreement(Dated, Sourced, Entry):
    name: v.Text
    purpose: v.Text | None = None
    visions: list[v.Text] = []
    succeeds: v.AgreementRef | None = None
    parties: Annotated[list[v.OrganisationRef], v.Unlike] = []
    focusAreas: list[FocusArea] = []


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
    reportUrl: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None


class Offer(Sourced, Entry):
    """An offer. A department has its offer's institution, operator, location and contact where it gives none."""

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
    capacities: list[Capacity] = []
    prices: list[Price] = []
    approvals: list[Approval] = []
    departments: list[Offer] = []


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
    offers: list[Offer] = []
