from __future__ import annotations

import numpy as np

from graph.catalogue.columns import above
from graph.catalogue.criteria.rule import Case, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import say


class Exclusion(Rule):
    """Whether the offer excludes one of the groups and circumstances of the need, or a broader one."""

    criterion = Criterion.EXCLUSION

    def applies(self, case: Case) -> bool:
        return bool(_given(case))

    def judge(self, case: Case) -> Judgement:
        tree = case.columns.reference.vocabulary.target_groups
        return judged(~np.any(case.arrays.excludes[[tree.index(id) for id in _given(case)]], axis=0))

    def explain(self, case: Case, row: int, language: str) -> str:
        tree = case.columns.reference.vocabulary.target_groups
        sentences = []
        for edge in case.columns.rows[row].excludes:
            met = [id for id in _given(case) if edge.group == id or above(tree, edge.group, id)]
            if not met:
                continue
            excluded, given = case.name(edge.group, language), case.name(met[0], language)
            note = f": {edge.note[:1].lower()}{edge.note[1:].rstrip('.')}" if edge.note else ""
            covers = "" if met[0] == edge.group else say(language, f", som omfatter {given}", f", which covers {given}")
            sentences.append(
                say(
                    language,
                    f"Tilbuddet tager ikke imod {excluded}{covers}{note}.",
                    f"The offer does not take {excluded}{covers}{note}.",
                )
            )
        return " ".join(sentences) or say(
            language,
            "Tilbuddet udelukker ingen af de angivne målgrupper og forhold.",
            "The offer excludes none of the target groups and circumstances given.",
        )


def _given(case: Case) -> tuple[str, ...]:
    need = case.need
    primary = (need.primary_target_group,) if need.primary_target_group else ()
    return (*primary, *need.secondary_target_groups, *need.circumstances)
