from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Numbers, Rows, Rule, Shown, outcomes
from graph.catalogue.need import Criterion, MaxPrice
from graph.catalogue.rows import OfferRow, per_day
from graph.phrases import in_danish, money, say

Daily = tuple[float, str, float]
"""DKK for a unit (HOUR, DAY, MONTH, YEAR), that unit, and DKK for a day."""


class Price(Rule[Daily | None]):
    """Whether the price that holds on the day is within the highest accepted, both per day."""

    criterion = Criterion.PRICE

    def applies(self, case: Case) -> bool:
        return case.need.max_price is not None

    def judge(self, case: Case) -> Judgement:
        price, most = case.price.value, _most(case)
        limit = per_day(most.amount, most.unit)
        met = price <= limit

        def values(rows: Rows) -> Numbers:
            within = 1 - 0.5 * price[rows] / limit if limit else 1.0
            return np.where(met[rows], within, 0.0)

        return Judgement(outcomes(met, unknown=np.isnan(price)), values)

    def facts(self, case: Case, shown: Shown) -> list[Daily | None]:
        def daily(offer: OfferRow, nth: int, per_day: float) -> Daily | None:
            if nth < 0:
                return None
            price = offer.prices[nth]
            return float(price.amount), price.unit, per_day

        nth, per_day = case.price.nth[shown.rows].tolist(), case.price.value[shown.rows].tolist()
        return list(map(daily, shown.offers, nth, per_day))

    def explainer(self, case: Case, language: str) -> Explainer[Daily | None]:
        danish, most = in_danish(language), _most(case)
        limit = per_day(most.amount, most.unit)
        alike = other = money(float(most.amount), most.unit, language)
        if most.unit != "DAY":
            other += f" ({money(limit, 'DAY', language)})"

        def sentence(price: Daily | None) -> str:
            if price is None:
                return say(language, "Taksten er ikke oplyst.", "The price is not stated.")
            amount, unit, daily = price
            text = money(amount, unit, language)
            if unit not in (most.unit, "DAY"):
                text += f" ({money(daily, 'DAY', language)})"
            ceiling = alike if unit == most.unit else other
            if daily > limit:
                return (
                    f"Takst {text} er over loftet på {ceiling}."
                    if danish
                    else f"The price of {text} is above the limit of {ceiling}."
                )
            if daily == limit:
                return (
                    f"Takst {text} svarer til loftet på {ceiling}."
                    if danish
                    else f"The price of {text} equals the limit of {ceiling}."
                )
            return (
                f"Takst {text} er under loftet på {ceiling}."
                if danish
                else f"The price of {text} is below the limit of {ceiling}."
            )

        return sentence


def _most(case: Case) -> MaxPrice:
    assert case.need.max_price is not None, "the criterion does not apply"
    return case.need.max_price
