from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Numbers, Rows, Rule, outcomes
from graph.catalogue.need import Criterion, MaxPrice
from graph.catalogue.rows import per_day
from graph.phrases import in_danish, money, say


class Price(Rule):
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

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, rows, price, most = in_danish(language), case.columns.rows, case.price, _most(case)
        limit = per_day(most.amount, most.unit)
        alike = other = money(float(most.amount), most.unit, language)
        if most.unit != "DAY":
            other += f" ({money(limit, 'DAY', language)})"

        def explain(row: int) -> str:
            nth = price.nth.item(row)
            if nth < 0:
                return say(language, "Taksten er ikke oplyst.", "The price is not stated.")
            fact, daily = rows[row].prices[nth], price.value.item(row)
            text = money(float(fact.amount), fact.unit, language)
            if fact.unit not in (most.unit, "DAY"):
                text += f" ({money(daily, 'DAY', language)})"
            ceiling = alike if fact.unit == most.unit else other
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

        return explain


def _most(case: Case) -> MaxPrice:
    assert case.need.max_price is not None, "the criterion does not apply"
    return case.need.max_price
