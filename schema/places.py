"""Places and ways to get in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.plan.reads import Embedded, Related
from schema.declare import field, stored

if TYPE_CHECKING:
    from schema.organisations import Municipality


@strawberry.type(description="A point on the map, WGS84.")
class Point:
    latitude: float = stored("latitude", "Degrees north.")
    longitude: float = stored("longitude", "Degrees east.")


@strawberry.type(description="Where something is.")
class Location:
    address: str | None = stored(
        "address", "Street and postcode. Null where protected and the caller may not see it.", guarded=True
    )
    protected: bool = stored(
        "protected", "True for an address that must not be shown to the public, such as a women's crisis centre."
    )
    town: str | None = stored("town", "The town (by).")
    municipality: Annotated[Municipality, strawberry.lazy("schema.organisations")] | None = field(
        Related("IN_MUNICIPALITY"), "The municipality (kommune) in which it lies."
    )
    point: Point | None = field(
        Embedded(("latitude", "longitude"), guarded=True),
        "The point on the map; of the town where no exact one is known. "
        "Null where protected, for callers who may not see it.",
    )


@strawberry.type(description="How to get in touch.")
class Contact:
    name: str | None = stored("name", "Whom one gets in touch with; null where it is the place itself.")
    address: str | None = stored("address", "The postal address; null where not stated.")
    email: str | None = stored("email", "The e-mail address.")
    phone: str | None = stored("phone", "The telephone number, as it is written in Denmark.")
    url: str | None = stored("url", "The web page.")
