from __future__ import annotations

from functools import cache

from graph.catalogue.columns import SUPPORT_LEVELS
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, say

_NAMES = {
    "NONE": ("intet", "no"),
    "MILD": ("let", "mild"),
    "MODERATE": ("moderat", "moderate"),
    "HIGH": ("højt", "high"),
    "COMPLETE": ("fuldstændigt", "complete"),
}
"""The needs of support (støttebehovsniveau) in a sentence."""


class SupportLevel(Rule):
    """Whether the offer meets a need of support as high as the citizen's."""

    criterion = Criterion.SUPPORT_LEVEL
    weight = 2.0

    def applies(self, case: Case) -> bool:
        return case.need.support_level is not None

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        supported = case.arrays.support_level
        return judged(supported >= SUPPORT_LEVELS[_level(case)], supported < 0)

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, rows, wanted = in_danish(language), case.columns.rows, _level(case)
        need = say(language, *_NAMES[wanted])

        @cache
        def sentence(stated: str | None) -> str:
            if stated is None:
                return say(
                    language,
                    "Det er ikke oplyst, hvor højt et støttebehov tilbuddet kan dække.",
                    "How high a need of support the offer meets is not stated.",
                )
            up_to = say(language, *_NAMES[stated])
            if SUPPORT_LEVELS[stated] >= SUPPORT_LEVELS[wanted]:
                return (
                    f"Tilbuddet dækker støttebehov til og med {up_to}; behovet er {need}."
                    if danish
                    else f"The offer meets needs of support up to {up_to}; the need is {need}."
                )
            return (
                f"Tilbuddet dækker kun støttebehov til og med {up_to}; behovet er {need}."
                if danish
                else f"The offer meets needs of support only up to {up_to}; the need is {need}."
            )

        return lambda row: sentence(rows[row].support_level)


def _level(case: Case) -> str:
    assert case.need.support_level is not None, "the criterion does not apply"
    return case.need.support_level
