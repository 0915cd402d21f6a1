from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import MET, NOT_MET, UNKNOWN, Case, Judgement, Rule
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import number, plain, say

FAR = 200
"""Kilometres from which on nearness counts nothing."""


class Distance(Rule):
    """How far it is from the place of search, as the crow flies."""

    criterion = Criterion.DISTANCE

    def applies(self, case: Case) -> bool:
        return case.place is not None

    def required(self, case: Case) -> bool:
        return _limit(case) is not None

    def judge(self, case: Case) -> Judgement:
        km, limit = case.distance, _limit(case)
        unknown = np.isnan(km)
        outcomes = np.full(len(km), MET, np.int8)
        if limit is not None:
            outcomes[km > limit] = NOT_MET
        outcomes[unknown] = UNKNOWN
        return Judgement(outcomes, np.where(unknown, 0.0, np.maximum(0.0, 1 - km / FAR)))

    def explain(self, case: Case, row: int, language: str) -> str:
        km, limit = float(case.distance[row]), _limit(case)
        if np.isnan(km):
            return say(
                language,
                "Afstanden kendes ikke, fordi tilbuddets sted ikke er oplyst.",
                "The distance is not known, because the place of the offer is not stated.",
            )
        coarse = bool(case.arrays.protected[row]) and not case.sees_protected
        # A decimal where whole kilometres would hide which side of the limit it is.
        length = number(km, language, 1 if limit is not None and abs(km - limit) < 1 and not coarse else 0)
        about = say(language, "Ca. ", "About ") if coarse else ""
        assert case.place is not None, "the criterion does not apply"
        place = case.place.name or say(language, "det angivne sted", "the place given")
        text = say(
            language,
            f"{about}{length} km i luftlinje fra {place}",
            f"{about}{length} km as the crow flies from {place}",
        )
        if limit is None:
            return f"{text}."
        bound = plain(limit, language)
        if km > limit:
            return text + say(language, f"; det er mere end {bound} km.", f"; that is more than {bound} km.")
        return text + say(language, f"; det er inden for {bound} km.", f"; that is within {bound} km.")


def _limit(case: Case) -> float | None:
    return case.need.near.within_km if case.need.near else None
