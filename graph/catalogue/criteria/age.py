from __future__ import annotations

import math

import numpy as np

from graph.catalogue.criteria.rule import Case, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import plain, say


class Age(Rule):
    """Whether the age is within the offer's: one is 17 until the day one turns 18. A null bound is open."""

    criterion = Criterion.AGE

    def applies(self, case: Case) -> bool:
        return case.need.age is not None

    def judge(self, case: Case) -> Judgement:
        age, first, last = _age(case), case.arrays.age_from, case.arrays.age_to
        return judged((first <= age) & (math.floor(age) <= last), (first == -np.inf) & (last == np.inf))

    def explain(self, case: Case, row: int, language: str) -> str:
        age, offer = _age(case), case.columns.rows[row]
        if offer.age_from is None and offer.age_to is None:
            return say(language, "Tilbuddets aldersgruppe er ikke oplyst.", "The offer's age group is not stated.")
        within = (offer.age_from is None or offer.age_from <= age) and (
            offer.age_to is None or math.floor(age) <= offer.age_to
        )
        years, group = plain(age, language), _group(offer.age_from, offer.age_to, language)
        return say(
            language,
            f"Alderen {years} år er {'inden' if within else 'uden'} for tilbuddets aldersgruppe, {group} år.",
            f"The age of {years} is {'within' if within else 'outside'} the offer's age group, {group}.",
        )


def _age(case: Case) -> float:
    assert case.need.age is not None, "the criterion does not apply"
    return case.need.age


def _group(first: float | None, last: float | None, language: str) -> str:
    if first is None and last is not None:
        return say(language, f"til og med {plain(last, language)}", f"up to {plain(last, language)}")
    if last is None and first is not None:
        return say(language, f"fra {plain(first, language)}", f"from {plain(first, language)}")
    assert first is not None and last is not None
    return f"{plain(first, language)}–{plain(last, language)}"
