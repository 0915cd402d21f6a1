from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import MET, NOT_MET, UNKNOWN, Case, Judgement, Rule
from graph.catalogue.need import Criterion, MaxPrice
from graph.catalogue.phrases import money, say
from graph.catalogue.rows import per_day


class Price(Rule):
    """Whether the price that holds on the day is within the highest accepted, both per day."""

    criterion = Criterion.PRICE

    def applies(self, case: Case) -> bool:
        return case.need.max_price is not None

    def judge(self, case: Case) -> Judgement:
        price, most = case.price.value, _most(case)
        limit = per_day(most.amount, most.unit)
        outcomes = np.where(price <= limit, np.int8(MET), np.int8(NOT_MET))
        outcomes[np.isnan(price)] = UNKNOWN
        within = 1 - 0.5 * price / limit if limit else np.ones(len(price))
        return Judgement(outcomes, np.where(outcomes == MET, within, 0.0))

    def explain(self, case: Case, row: int, language: str) -> str:
        nth = int(case.price.nth[row])
        if nth < 0:
            return say(language, "Taksten er ikke oplyst.", "The price is not stated.")
        fact, most = case.columns.rows[row].prices[nth], _most(case)
        price, limit = fact.per_day, per_day(most.amount, most.unit)
        text, ceiling = money(float(fact.amount), fact.unit, language), money(float(most.amount), most.unit, language)
        if fact.unit != most.unit:
            text += f" ({money(price, 'DAY', language)})" if fact.unit != "DAY" else ""
            ceiling += f" ({money(limit, 'DAY', language)})" if most.unit != "DAY" else ""
        if price > limit:
            return say(
                language,
                f"Takst {text} er over loftet på {ceiling}.",
                f"The price of {text} is above the limit of {ceiling}.",
            )
        if price == limit:
            return say(
                language,
                f"Takst {text} svarer til loftet på {ceiling}.",
                f"The price of {text} equals the limit of {ceiling}.",
            )
        return say(
            language,
            f"Takst {text} er under loftet på {ceiling}.",
            f"The price of {text} is below the limit of {ceiling}.",
        )


def _most(case: Case) -> MaxPrice:
    assert case.need.max_price is not None, "the criterion does not apply"
    return case.need.max_price
