from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.catalogue.rows import Excludes
from graph.phrases import in_danish, say


class Exclusion(Rule):
    """Whether the offer excludes one of the groups and circumstances of the need, or a broader one."""

    criterion = Criterion.EXCLUSION

    def applies(self, case: Case) -> bool:
        return bool(_given(case))

    def judge(self, case: Case) -> Judgement:
        tree = case.columns.reference.vocabulary.target_groups
        return judged(~np.any(case.arrays.excludes[[tree.index(id) for id in _given(case)]], axis=0))

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, rows, tree = in_danish(language), case.columns.rows, case.columns.reference.vocabulary.target_groups
        covered: dict[str, str] = {}  # which group of the need an edge to a group excludes: of several the first
        for id in reversed(_given(case)):
            covered |= {id: id} | {tree.ids[n]: id for n in tree.broader[tree.index(id)]}
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

        def explain(row: int) -> str:
            return " ".join([sentence(edge) for edge in rows[row].excludes if edge.group in covered]) or none

        return explain


def _given(case: Case) -> tuple[str, ...]:
    need = case.need
    primary = (need.primary_target_group,) if need.primary_target_group else ()
    return (*primary, *need.secondary_target_groups, *need.circumstances)
