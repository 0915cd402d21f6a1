"""Who owns an institution."""

from enum import Enum

import strawberry


@strawberry.enum(description="Who owns an institution (ejerform).")
class Ownership(Enum):
    MUNICIPAL = strawberry.enum_value("MUNICIPAL", description="Kommunal.")
    REGIONAL = strawberry.enum_value("REGIONAL", description="Regional.")
    PRIVATE = strawberry.enum_value("PRIVATE", description="Private, self-governing ones included.")
