from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, judged
from graph.catalogue.need import Criterion
from graph.phrases import either, in_danish, say

Admission = tuple[str | None, str | None]
"""Who decides who is admitted, in Danish and in English; None where that is the municipality."""
Stated = tuple[str | None, Admission]
"""The type, and what the offer says of its admission."""


class OfferType(Rule[Stated]):
    """Whether the offer is of one of the types wanted."""

    criterion = Criterion.OFFER_TYPE

    def applies(self, case: Case) -> bool:
        return bool(case.need.offer_types)

    def judge(self, case: Case) -> Judgement:
        numbers, arrays = case.columns.reference.numbers["offer-type"], case.arrays
        wanted = [numbers[id] for id in case.need.offer_types]
        return judged(np.logical_or.reduce(arrays.of_type[wanted]), arrays.type < 0)

    def facts(self, case: Case, shown: Shown) -> list[Stated]:
        return [(offer.type, (offer.admission, offer.admission_en)) for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[Stated]:
        danish, wanted = in_danish(language), case.need.offer_types

        def sentence(stated: Stated) -> str:
            type, admission = stated
            if type is None:
                return say(language, "Tilbudstypen er ikke oplyst.", "The offer's type is not stated.")
            name = case.name(type, language)
            text = f"Tilbudstypen er {name}" if danish else f"The offer's type is {name}"
            if type not in wanted:
                others = either(case.names(wanted, language), language)
                text += f", ikke {others}" if danish else f", not {others}"
            return f"{text}.{admitting(admission, language)}"

        return sentence


def admitting(admission: Admission, language: str) -> str:
    """Who decides who is admitted: one more sentence, or none."""
    danish, english = admission
    text = say(language, danish or "", english or danish or "")
    return f" {text.rstrip('.')}." if text else ""
