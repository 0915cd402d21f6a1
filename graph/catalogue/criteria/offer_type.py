from __future__ import annotations

from graph.catalogue.criteria.rule import Case, Judgement, Rule, among, judged
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import either, say


class OfferType(Rule):
    """Whether the offer is of one of the types wanted."""

    criterion = Criterion.OFFER_TYPE

    def applies(self, case: Case) -> bool:
        return bool(case.need.offer_types)

    def judge(self, case: Case) -> Judgement:
        numbers, types = case.columns.reference.numbers["offer-type"], case.arrays.type
        return judged(among(types, (numbers[id] for id in case.need.offer_types), len(numbers)), types < 0)

    def explain(self, case: Case, row: int, language: str) -> str:
        type = case.columns.rows[row].type
        if type is None:
            return say(language, "Tilbudstypen er ikke oplyst.", "The offer's type is not stated.")
        name = case.name(type, language)
        if type in case.need.offer_types:
            sentence = say(language, f"Tilbudstypen er {name}.", f"The offer's type is {name}.")
        else:
            wanted = either(case.names(case.need.offer_types, language), language)
            sentence = say(
                language, f"Tilbudstypen er {name}, ikke {wanted}.", f"The offer's type is {name}, not {wanted}."
            )
        return sentence + admission(case, row, language)


def admission(case: Case, row: int, language: str) -> str:
    """Who decides who is admitted, where that is not the municipality: one more sentence, or none."""
    offer = case.columns.rows[row]
    text = say(language, offer.admission or "", offer.admission_en or offer.admission or "")
    return f" {text.rstrip('.')}." if text else ""
