from __future__ import annotations

from functools import cache

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, among, judged
from graph.catalogue.need import Criterion
from graph.catalogue.rows import OfferRow
from graph.phrases import either, in_danish, say


class OfferType(Rule):
    """Whether the offer is of one of the types wanted."""

    criterion = Criterion.OFFER_TYPE

    def applies(self, case: Case) -> bool:
        return bool(case.need.offer_types)

    def judge(self, case: Case) -> Judgement:
        numbers, types = case.columns.reference.numbers["offer-type"], case.arrays.type
        return judged(among(types, (numbers[id] for id in case.need.offer_types), len(numbers)), types < 0)

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, rows, wanted = in_danish(language), case.columns.rows, case.need.offer_types

        @cache
        def sentence(type: str) -> str:
            name = case.name(type, language)
            if type in wanted:
                return f"Tilbudstypen er {name}." if danish else f"The offer's type is {name}."
            others = either(case.names(wanted, language), language)
            return f"Tilbudstypen er {name}, ikke {others}." if danish else f"The offer's type is {name}, not {others}."

        def explain(row: int) -> str:
            offer = rows[row]
            if offer.type is None:
                return say(language, "Tilbudstypen er ikke oplyst.", "The offer's type is not stated.")
            return sentence(offer.type) + admission(offer, language)

        return explain


def admission(offer: OfferRow, language: str) -> str:
    """Who decides who is admitted, where that is not the municipality: one more sentence, or none."""
    text = say(language, offer.admission or "", offer.admission_en or offer.admission or "")
    return f" {text.rstrip('.')}." if text else ""
