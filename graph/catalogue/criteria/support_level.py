from __future__ import annotations

from graph.catalogue.columns import SUPPORT_LEVELS
from graph.catalogue.criteria.rule import Case, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import say

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

    def explain(self, case: Case, row: int, language: str) -> str:
        stated, wanted = case.columns.rows[row].support_level, _level(case)
        if stated is None:
            return say(
                language,
                "Det er ikke oplyst, hvor højt et støttebehov tilbuddet kan dække.",
                "How high a need of support the offer meets is not stated.",
            )
        up_to, need = say(language, *_NAMES[stated]), say(language, *_NAMES[wanted])
        if SUPPORT_LEVELS[stated] >= SUPPORT_LEVELS[wanted]:
            return say(
                language,
                f"Tilbuddet dækker støttebehov til og med {up_to}; behovet er {need}.",
                f"The offer meets needs of support up to {up_to}; the need is {need}.",
            )
        return say(
            language,
            f"Tilbuddet dækker kun støttebehov til og med {up_to}; behovet er {need}.",
            f"The offer meets needs of support only up to {up_to}; the need is {need}.",
        )


def _level(case: Case) -> str:
    assert case.need.support_level is not None, "the criterion does not apply"
    return case.need.support_level
