from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, judged
from graph.catalogue.need import Criterion
from graph.catalogue.rows import Excludes
from graph.phrases import in_danish, say


class Exclusion(Rule[tuple[Excludes, ...]]):
    """Whether the offer excludes one of the groups and circumstances of the need, or a broader one."""

    criterion = Criterion.EXCLUSION

    def applies(self, case: Case) -> bool:
        return bool(_given(case))

    def judge(self, case: Case) -> Judgement:
        tree = case.columns.reference.vocabulary.target_groups
        return judged(~np.logical_or.reduce(case.arrays.excludes[[tree.index(id) for id in _given(case)]]))

    def facts(self, case: Case, shown: Shown) -> list[tuple[Excludes, ...]]:
        covered = _covered(case)
        return [tuple([edge for edge in offer.excludes if edge.group in covered]) for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[tuple[Excludes, ...]]:
        danish, covered = in_danish(language), _covered(case)
        none = say(
            language,
            "Tilbuddet udelukker ingen af de angivne målgrupper og forhold.",
            "The offer excludes none of the target groups and circumstances given.",
        )

        def sentence(edge: Excludes) -> str:
            excluded, given = case.name(edge.group, language), case.name(covered[edge.group], language)
            note = f": {edge.note[:1].lower()}{edge.note[1:].rstrip('.')}" if edge.note else ""
            covers = ""
            if covered[edge.group] != edge.group:
                covers = f", som omfatter {given}" if danish else f", which covers {given}"
            return (
                f"Tilbuddet tager ikke imod {excluded}{covers}{note}."
                if danish
                else f"The offer does not take {excluded}{covers}{note}."
            )

        def sentences(excludes: tuple[Excludes, ...]) -> str:
            return " ".join([sentence(edge) for edge in excludes]) or none

        return sentences


def _covered(case: Case) -> dict[str, str]:
    """Which group of the need an edge to a group excludes: of several the first."""
    tree, covered = case.columns.reference.vocabulary.target_groups, dict[str, str]()
    for id in reversed(_given(case)):
        covered |= {id: id} | {tree.ids[n]: id for n in tree.broader[tree.index(id)]}
    return covered


def _given(case: Case) -> tuple[str, ...]:
    need = case.need
    primary = (need.primary_target_group,) if need.primary_target_group else ()
    return (*primary, *need.secondary_target_groups, *need.circumstances)
