"""Outcomes of what is checked."""

from enum import Enum

import strawberry


@strawberry.enum(description="How something stands to a criterion or a rule.")
class Outcome(Enum):
    MET = strawberry.enum_value("MET", description="It fits.")
    PARTLY = strawberry.enum_value("PARTLY", description="It fits in part, or with a reservation.")
    NOT_MET = strawberry.enum_value("NOT_MET", description="It does not fit.")
    UNKNOWN = strawberry.enum_value("UNKNOWN", description="The directory does not hold what it would take to say.")
