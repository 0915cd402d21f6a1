"""The words of governance: sorts of bodies, how seats stand, roles and terms."""

from enum import Enum

import strawberry


@strawberry.enum(description="What sort of body it is.")
class BoardKind(Enum):
    COUNCIL = strawberry.enum_value("COUNCIL", description="Council: a byråd, or the regionsråd.")
    COMMITTEE = strawberry.enum_value("COMMITTEE", description="Committee of a council (udvalg).")
    BOARD = strawberry.enum_value("BOARD", description="Board of an institution (bestyrelse, skolebestyrelse).")
    FORUM = strawberry.enum_value("FORUM", description="Forum for talk across bodies, such as KKR Nordjylland.")
    STEERING_GROUP = strawberry.enum_value("STEERING_GROUP", description="Administrative steering group.")
    PANEL = strawberry.enum_value("PANEL", description="Panel of experts.")
    CHAIR_GROUP = strawberry.enum_value("CHAIR_GROUP", description="The chair group of another body (formandskab).")


@strawberry.enum(description="How a seat stands on a day.")
class SeatStatus(Enum):
    FILLED = strawberry.enum_value("FILLED", description="Someone holds it.")
    ENDING = strawberry.enum_value("ENDING", description="Someone holds it whose time ends within the days asked for.")
    CARRY_OVER = strawberry.enum_value(
        "CARRY_OVER", description="Someone still holds it whose time ran out, until a successor is found."
    )
    VACANT = strawberry.enum_value("VACANT", description="Nobody holds it; a substitute does not fill it.")
    NOT_YET = strawberry.enum_value("NOT_YET", description="The seat does not exist yet.")
    ABOLISHED = strawberry.enum_value("ABOLISHED", description="The seat no longer exists.")


@strawberry.enum(description="By what rule a holder's time runs out, where the tenure itself has no last day.")
class TermRule(Enum):
    CALENDAR_TERM = strawberry.enum_value(
        "CALENDAR_TERM", description="With the municipal term: 1 January 2022, 2026 and so on."
    )
    MONTH_OF_ELECTION = strawberry.enum_value(
        "MONTH_OF_ELECTION", description="With the month of the election: 1 December 2021, 2025 and so on."
    )
    SCHOOL_YEAR = strawberry.enum_value("SCHOOL_YEAR", description="With the school year: 1 August.")
    OFFICE = strawberry.enum_value("OFFICE", description="With the office that the seat comes with, such as mayor.")
    OPEN = strawberry.enum_value("OPEN", description="Without an end that is known beforehand.")


@strawberry.enum(description="As what someone sits in a seat. Substitutes and observers never fill it.")
class TenureRole(Enum):
    MEMBER = strawberry.enum_value("MEMBER", description="Medlem.")
    CHAIR = strawberry.enum_value("CHAIR", description="Formand.")
    VICE_CHAIR = strawberry.enum_value("VICE_CHAIR", description="Næstformand.")
    SUBSTITUTE = strawberry.enum_value("SUBSTITUTE", description="Suppleant, stedfortræder.")
    OBSERVER = strawberry.enum_value("OBSERVER", description="Observatør, tilforordnet: without a vote.")


@strawberry.enum(description="A person's gender, as it is counted for the balance of boards.")
class Gender(Enum):
    WOMAN = strawberry.enum_value("WOMAN", description="Kvinde.")
    MAN = strawberry.enum_value("MAN", description="Mand.")
    OTHER = strawberry.enum_value("OTHER", description="Andet.")
