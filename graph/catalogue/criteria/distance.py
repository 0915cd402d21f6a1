from __future__ import annotations

import math

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, outcomes
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, number, plain, say

FAR = 200
"""Kilometres from which on nearness counts nothing."""

Way = tuple[float, bool]
"""Kilometres, NaN where not known, and whether the address is protected."""


class Distance(Rule[Way]):
    """How far it is from the place of search, as the crow flies."""

    criterion = Criterion.DISTANCE

    def applies(self, case: Case) -> bool:
        return case.place is not None

    def required(self, case: Case) -> bool:
        return _limit(case) is not None

    def judge(self, case: Case) -> Judgement:
        km, limit = case.distance, _limit(case)
        unknown = np.isnan(km)
        met = ~unknown if limit is None else km <= limit
        # Of a number and NaN, the number.
        return Judgement(outcomes(met, unknown=unknown), lambda rows: np.fmax(0.0, 1 - km[rows] / FAR))

    def facts(self, case: Case, shown: Shown) -> list[Way]:
        return list(zip(case.distance[shown.rows].tolist(), case.arrays.protected[shown.rows].tolist(), strict=True))

    def explainer(self, case: Case, language: str) -> Explainer[Way]:
        assert case.place is not None, "the criterion does not apply"
        danish, limit = in_danish(language), _limit(case)
        place = case.place.name or say(language, "det angivne sted", "the place given")
        away = f"km i luftlinje fra {place}" if danish else f"km as the crow flies from {place}"
        within = beyond = ""
        if limit is not None:
            bound = plain(limit, language)
            within = f"; det er inden for {bound} km" if danish else f"; that is within {bound} km"
            beyond = f"; det er mere end {bound} km" if danish else f"; that is more than {bound} km"
        near, far = f"{away}{within}.", f"{away}{beyond}."

        def sentence(way: Way) -> str:
            km, protected = way
            if math.isnan(km):
                return say(
                    language,
                    "Afstanden kendes ikke, fordi tilbuddets sted ikke er oplyst.",
                    "The distance is not known, because the place of the offer is not stated.",
                )
            coarse = protected and not case.sees_protected
            about = say(language, "Ca. ", "About ") if coarse else ""
            # A decimal where whole kilometres would hide which side of the limit it is.
            length = number(km, language, 1 if limit is not None and abs(km - limit) < 1 and not coarse else 0)
            return f"{about}{length} {far if limit is not None and km > limit else near}"

        return sentence


def _limit(case: Case) -> float | None:
    return case.need.near.within_km if case.need.near else None
