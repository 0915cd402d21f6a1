"""Sources, places, and the organisations there: municipalities, authorities, associations, institutions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from seeds import values as v
from seeds.format.parts import Entry, Part, Sourced


class Source(Entry):
    title: v.Text
    publisher: v.Text | None = None
    url: v.Url | None = None
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
    """A public authority. `aliases`: what it is, or was, called elsewhere."""

    name: v.Text
    aliases: Annotated[list[v.Text], v.Unlike] = []
    source: v.SourceRef | None = None


class Contact(Part):
    name: v.Text | None = None
    address: v.Text | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None = None
    phone: Annotated[str, Field(pattern=r"^(\+45 )?[0-9]{2}( ?[0-9]{2}){3}$")] | None = None
    url: v.Url | None = None


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
