from __future__ import annotations

import math

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, judged
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, plain, say

Ages = tuple[float | None, float | None]
"""The first and the last that an offer takes, None for an open bound."""


class Age(Rule[Ages]):
    """Whether the age is within the offer's: one is 17 until the day one turns 18. A null bound is open."""

    criterion = Criterion.AGE

    def applies(self, case: Case) -> bool:
        return case.need.age is not None

    def judge(self, case: Case) -> Judgement:
        age, first, last = _age(case), case.arrays.age_from, case.arrays.age_to
        unknown = case.arrays.no_ages
        return judged((first <= age) & (math.floor(age) <= last) & ~unknown, unknown)

    def facts(self, case: Case, shown: Shown) -> list[Ages]:
        return [(offer.age_from, offer.age_to) for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[Ages]:
        danish, age = in_danish(language), _age(case)
        years = plain(age, language)

        def sentence(ages: Ages) -> str:
            first, last = ages
            if first is None and last is None:
                return say(language, "Tilbuddets aldersgruppe er ikke oplyst.", "The offer's age group is not stated.")
            within = (first is None or first <= age) and (last is None or math.floor(age) <= last)
            group = _group(first, last, language)
            return (
                f"Alderen {years} år er {'inden' if within else 'uden'} for tilbuddets aldersgruppe, {group} år."
                if danish
                else f"The age of {years} is {'within' if within else 'outside'} the offer's age group, {group}."
            )

        return sentence


def _age(case: Case) -> float:
    assert case.need.age is not None, "the criterion does not apply"
    return case.need.age


def _group(first: float | None, last: float | None, language: str) -> str:
    if first is None and last is not None:
        return f"{say(language, 'til og med', 'up to')} {plain(last, language)}"
    if last is None and first is not None:
        return f"{say(language, 'fra', 'from')} {plain(first, language)}"
    assert first is not None and last is not None
    return f"{plain(first, language)}–{plain(last, language)}"
