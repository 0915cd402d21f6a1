from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import MET, NOT_MET, PARTLY, UNKNOWN, Case, Judgement, Rule
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import age, counted, day, say

RECENT = 30
"""Days for which a count of free places is taken at its word."""


class FreePlace(Rule):
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
        return Judgement(outcomes, (outcomes == MET) + 0.5 * (outcomes == PARTLY))

    def explain(self, case: Case, row: int, language: str) -> str:
        nth = int(case.capacity.nth[row])
        fact = case.columns.rows[row].capacities[nth] if nth >= 0 else None
        if fact is None or fact.free is None:
            return say(language, "Ledige pladser er ikke oplyst.", "Free places are not stated.")
        places = (
            say(
                language,
                counted(fact.free, "ledig plads", "ledige pladser"),
                counted(fact.free, "free place", "free places"),
            )
            if fact.free
            else say(language, "Ingen ledige pladser", "No free places")
        )
        if fact.counted_on is None:
            return say(
                language,
                f"{places}; det er ikke oplyst, hvornår de er optalt.",
                f"{places}; when they were counted is not stated.",
            )
        days = case.today - fact.counted_on
        when, ago = day(fact.counted_on, language), age(days, language)
        old = say(language, "; tallet er mere end 30 dage gammelt", "; the count is more than 30 days old")
        return say(language, f"{places}, optalt {when} ({ago})", f"{places}, counted on {when} ({ago})") + (
            f"{old}." if days > RECENT else "."
        )
