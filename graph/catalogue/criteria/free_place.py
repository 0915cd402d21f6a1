from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import MET, NOT_MET, PARTLY, UNKNOWN, Case, Explainer, Judgement, Rule, Shown
from graph.catalogue.need import Criterion
from graph.catalogue.rows import OfferRow
from graph.phrases import age, counted, day, in_danish, say

RECENT = 30
"""Days for which a count of free places is taken at its word."""

Counted = tuple[int | None, int | None]
"""Free places, and the day number of their count."""


class FreePlace(Rule[Counted]):
    """A free place by the capacity that holds on the day; how old the count is goes by today."""

    criterion = Criterion.FREE_PLACE
    weight = 2.0
    by_day = True

    def required(self, case: Case) -> bool:
        return bool(case.need.free_place_needed)

    def judge(self, case: Case) -> Judgement:
        free = case.capacity.value
        recent = case.capacity.dated >= case.today - RECENT
        outcomes = np.where(free >= 1, np.where(recent, MET, PARTLY), NOT_MET).astype(np.int8)
        outcomes[np.isnan(free)] = UNKNOWN
        return Judgement(outcomes)

    def facts(self, case: Case, shown: Shown) -> list[Counted]:
        def stated(offer: OfferRow, nth: int) -> Counted:
            if nth < 0:
                return None, None
            fact = offer.capacities[nth]
            return fact.free, fact.counted_on

        return list(map(stated, shown.offers, case.capacity.nth[shown.rows].tolist()))

    def explainer(self, case: Case, language: str) -> Explainer[Counted]:
        danish = in_danish(language)

        def sentence(stated: Counted) -> str:
            free, counted_on = stated
            if free is None:
                return say(language, "Ledige pladser er ikke oplyst.", "Free places are not stated.")
            if free:
                one, many = ("ledig plads", "ledige pladser") if danish else ("free place", "free places")
                places = counted(free, one, many)
            else:
                places = say(language, "Ingen ledige pladser", "No free places")
            if counted_on is None:
                return (
                    f"{places}; det er ikke oplyst, hvornår de er optalt."
                    if danish
                    else f"{places}; when they were counted is not stated."
                )
            days = case.today - counted_on
            when, ago = day(counted_on, language), age(days, language)
            old = say(language, "; tallet er mere end 30 dage gammelt", "; the count is more than 30 days old")
            text = f"{places}, optalt {when} ({ago})" if danish else f"{places}, counted on {when} ({ago})"
            return f"{text}{old if days > RECENT else ''}."

        return sentence
