"""The kinds of values that a field of the files may hold, each checked where it stands.

A check sees the day of loading and the names that the files define through the validation's context, and the
fields before its own through `info.data`, so that a fault always has the field's own place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from graph.model import ENUMS, ORGANISATIONS
from seeds import dates
from seeds.names import Names, slug


@dataclass(frozen=True, slots=True)
class Context:
    """What a file is read against."""

    today: date
    names: Names


def context(info: ValidationInfo) -> Context:
    assert isinstance(info.context, Context)
    return info.context


def _day(value: Any, info: ValidationInfo) -> date:
    if isinstance(value, Mapping):
        if info.data.get("dataStatus") != "ILLUSTRATIVE":
            raise ValueError("a relative date is for ILLUSTRATIVE records only: write YYYY-MM-DD")
        return dates.relative(value, context(info).today)
    if isinstance(value, str):
        return dates.absolute(value)
    raise ValueError(f"{value!r} is no date: write YYYY-MM-DD")


def _amount(value: Any) -> Decimal:
    """Whole or with two decimals, as number or as text."""
    text = value if isinstance(value, str) else repr(value)
    if isinstance(value, bool) or not text.replace(".", "", 1).isdecimal() or not text.isascii():
        raise ValueError(f"{value!r} is no amount in kroner: write such as 2190 or 2190.50")
    if len(text.partition(".")[2]) > 2 or len(text) > 15:
        raise ValueError(f"{value!r} is no amount in kroner: two decimals are the most")
    return Decimal(text).quantize(Decimal("0.01"))


def _text(value: str) -> str:
    if value != value.strip() or not value.isprintable():
        raise ValueError(f"{value!r} has spaces around it, or signs that do not print")
    return value


def _prose(value: str) -> str:
    for line in value.split("\n"):
        if line and (line != line.rstrip() or not line.isprintable()):
            raise ValueError(f"{line!r} has spaces after it, or signs that do not print")
    return value.rstrip("\n")


def one_of(name: str) -> AfterValidator:
    """One of the model's values for the enum property `name`."""

    def check(value: str) -> str:
        if value not in ENUMS[name]:
            raise ValueError(f"{value!r} is none of: {', '.join(ENUMS[name])}")
        return value

    return AfterValidator(check)


def refers(*kinds: str) -> AfterValidator:
    """A reference to a thing of one of `kinds`; its value becomes the id."""
    return AfterValidator(lambda value, info: context(info).names.find(value, *kinds))


def after(earlier: str) -> AfterValidator:
    return _compared(earlier, lambda value, other: value > other, "is not after")


def at_least(other: str) -> AfterValidator:
    return _compared(other, lambda value, other: value >= other, "is less than")


def at_most(other: str) -> AfterValidator:
    return _compared(other, lambda value, other: value <= other, "is more than")


def _compared(other: str, holds: Callable[[Any, Any], bool], what: str) -> AfterValidator:
    def check(value: Any, info: ValidationInfo) -> Any:
        bound = info.data.get(other)
        if bound is not None and not holds(value, bound):
            raise ValueError(f"{value} {what} {other}, {bound}")
        return value

    return AfterValidator(check)


def _unlike(values: list[Any]) -> list[Any]:
    """Entries that differ: a list of references may name a thing once."""
    keys = [value if isinstance(value, str) else value.key for value in values]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"names {', '.join(twice)} twice")
    return values


def _levels(values: Any) -> Any:
    """Levels by item, or by theme for all of its items."""
    if isinstance(values, dict) and len({slug(key) for key in values}) < len(values):
        raise ValueError("names an item twice")
    return values


def _levelled(value: str, info: ValidationInfo) -> str:
    names = context(info).names
    id = names.find(value, "theme-item", "theme")
    if id in names.level_free:
        raise ValueError(f"{value!r} carries no level: only themes of activity and participation do")
    return id


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_text)]
Prose = Annotated[str, Field(min_length=1, max_length=20_000), AfterValidator(_prose)]
"""A text of several lines; an empty one parts paragraphs."""
Url = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
Day = Annotated[date, BeforeValidator(_day)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Age = Annotated[float, Field(ge=0, le=120)]
Percent = Annotated[float, Field(gt=0, le=200)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]

SourceRef = Annotated[str, refers("source")]
RegionRef = Annotated[str, refers("region")]
MunicipalityRef = Annotated[str, refers("municipality")]
OrganisationRef = Annotated[str, refers(*ORGANISATIONS)]
InstitutionRef = Annotated[str, refers("institution")]
AuthorityRef = Annotated[str, refers("authority")]
TargetGroupRef = Annotated[str, refers("target-group")]
ServiceRef = Annotated[str, refers("service")]
LegalBasisRef = Annotated[str, refers("legal-basis")]
OfferTypeRef = Annotated[str, refers("offer-type")]
OfferRef = Annotated[str, refers("offer")]
BoardRef = Annotated[str, refers("board")]
BodyRef = Annotated[str, refers(*ORGANISATIONS, "board")]
RepresentativeRef = Annotated[str, refers("representative")]
FocusAreaRef = Annotated[str, refers("focus-area")]
LaboratoryRef = Annotated[str, refers("laboratory")]
AgreementRef = Annotated[str, refers("agreement")]
LevelledRef = Annotated[str, AfterValidator(_levelled)]

Unlike = AfterValidator(_unlike)
Levels = BeforeValidator(_levels)
