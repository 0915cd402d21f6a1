from __future__ import annotations

from graph.catalogue.columns import SUPPORT_LEVELS
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, judged
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


class SupportLevel(Rule[str | None]):
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

    def facts(self, case: Case, shown: Shown) -> list[str | None]:
        return [offer.support_level for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[str | None]:
        danish, wanted = in_danish(language), _level(case)
        need = say(language, *_NAMES[wanted])

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

        return sentence


def _level(case: Case) -> str:
    assert case.need.support_level is not None, "the criterion does not apply"
    return case.need.support_level
