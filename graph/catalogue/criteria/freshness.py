from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import MET, NOT_MET, PARTLY, UNKNOWN, Case, Explainer, Judgement, Rule, Shown
from graph.catalogue.need import Criterion
from graph.catalogue.rows import EVER
from graph.phrases import age, day, in_danish, say

FRESH, STALE = 90, 365
"""Days since the offer was verified: up to 90 fresh, beyond 365 stale."""


class Freshness(Rule[int | None]):
    """How long ago, today, someone last checked that the offer's data are right."""

    criterion = Criterion.FRESHNESS
    weight = 0.5
    by_day = True

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        verified = case.arrays.verified_on
        days = case.today - verified
        outcomes = np.where(days <= FRESH, MET, np.where(days <= STALE, PARTLY, NOT_MET)).astype(np.int8)
        outcomes[verified == EVER] = UNKNOWN
        return Judgement(outcomes)

    def facts(self, case: Case, shown: Shown) -> list[int | None]:
        return [offer.verified_on for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[int | None]:
        danish = in_danish(language)

        def sentence(verified: int | None) -> str:
            if verified is None:
                return say(
                    language,
                    "Det er ikke oplyst, hvornår oplysningerne sidst er kontrolleret.",
                    "When the data were last verified is not stated.",
                )
            when, ago = day(verified, language), age(case.today - verified, language)
            return (
                f"Oplysningerne er kontrolleret {when} ({ago})."
                if danish
                else f"The data were verified on {when} ({ago})."
            )

        return sentence
