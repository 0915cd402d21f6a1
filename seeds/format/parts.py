"""What every entry of the files shares: that it is checked strictly, has a standing, and a time."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

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
