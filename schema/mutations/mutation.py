"""The root of what can be written."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from schema.declare import field
from schema.mutations import inputs, payloads
from schema.mutations.carried import carried


def _takes(type: Any) -> Any:
    """A function with the one argument `input` of such a type: the arguments of a field."""

    def arguments(input: Any) -> None: ...

    described = strawberry.argument(description="What is to be written.")
    arguments.__annotations__ = {"input": Annotated[type, described], "return": None}
    return arguments


def _mutation(command: str, input: Any, description: str) -> Any:
    return field(carried(command), description, arguments=_takes(input))


@strawberry.type(
    description="What can be written. What a caller did wrong stands in the payload's `errors`, and then nothing was "
    "written. The fields of one operation are carried out one after the other, each for itself."
)
class Mutation:
    create_offer: payloads.OfferPayload = _mutation("create_offer", inputs.CreateOfferInput, "Adds an offer.")
    update_offer: payloads.OfferPayload = _mutation(
        "update_offer", inputs.UpdateOfferInput, "Changes what is known of an offer."
    )
    close_offer: payloads.OfferPayload = _mutation(
        "close_offer", inputs.CloseOfferInput, "Closes an offer from a day on. It stays in the directory."
    )
    record_capacity: payloads.OfferPayload = _mutation(
        "record_capacity", inputs.RecordCapacityInput, "Records how many places there are. Earlier counts stay."
    )
    record_price: payloads.OfferPayload = _mutation(
        "record_price", inputs.RecordPriceInput, "Records a price. Earlier prices stay."
    )
    record_approval: payloads.OfferPayload = _mutation(
        "record_approval", inputs.RecordApprovalInput, "Records what the authority decided. Earlier decisions stay."
    )
    appoint: payloads.SeatPayload = _mutation(
        "appoint", inputs.AppointInput, "Gives a seat to someone. Refused while someone else holds it."
    )
    end_tenure: payloads.SeatPayload = _mutation(
        "end_tenure", inputs.EndTenureInput, "Ends someone's time in a seat. An end that is known may be moved."
    )
    record_decision: payloads.AgreementPayload = _mutation(
        "record_decision", inputs.RecordDecisionInput, "Records what a body decided about an agreement."
    )
    publish_knowledge: payloads.KnowledgePayload = _mutation(
        "publish_knowledge", inputs.PublishKnowledgeInput, "Shares something learnt."
    )
    confirm: payloads.ConfirmPayload = _mutation(
        "confirm", inputs.ConfirmInput, '"Still correct": sets `verifiedOn` to today and changes nothing else.'
    )
