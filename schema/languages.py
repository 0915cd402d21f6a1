"""The languages of texts."""

from enum import Enum

import strawberry


@strawberry.enum(description="The language of a text.")
class Language(Enum):
    DA = strawberry.enum_value("DA", description="Danish, in which everything is held.")
    EN = strawberry.enum_value("EN", description="English.")
