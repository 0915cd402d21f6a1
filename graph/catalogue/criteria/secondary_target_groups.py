from __future__ import annotations

import numpy as np

from graph.catalogue.columns import COVERED, NOT_SERVED, NOT_STATED, SAME
from graph.catalogue.criteria.primary_target_group import approved_for
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Numbers, Rows, Rule, Shown, outcomes
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, listing, say

Served = tuple[bool, tuple[int, ...]]
"""Whether the offer needs approval, and how it serves each of the groups, in tenths."""


class SecondaryTargetGroups(Rule[Served]):
    """The mean of how well the offer serves each of the secondary groups."""

    criterion = Criterion.SECONDARY_TARGET_GROUPS
    weight = 2.0

    def applies(self, case: Case) -> bool:
        return bool(case.need.secondary_target_groups)

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        tenths = case.arrays.serves[_numbers(case)]
        unknown = tenths[0] == NOT_STATED
        full, some = np.minimum.reduce(tenths) >= COVERED, np.maximum.reduce(tenths) > NOT_SERVED

        def values(rows: Rows) -> Numbers:
            mean: Numbers = np.add.reduce(tenths[:, rows], dtype=np.uint16) / (SAME * len(tenths))
            mean[unknown[rows]] = 0
            return mean

        # What is not known counts as more than covered until it is taken out: ^ is "but not" of what holds it.
        return Judgement(outcomes(full ^ unknown, partly=some ^ full, unknown=unknown), values)

    def facts(self, case: Case, shown: Shown) -> list[Served]:
        tenths = shown.of(case.arrays.serves, _numbers(case))
        return list(zip(case.arrays.needs_approval[shown.rows].tolist(), tenths, strict=True))

    def explainer(self, case: Case, language: str) -> Explainer[Served]:
        danish, names = in_danish(language), case.names(case.need.secondary_target_groups, language)
        taken_by = approved_for(language)

        def sentence(served: Served) -> str:
            needed, tenths = served
            taken = taken_by[needed]
            if tenths[0] == NOT_STATED:
                return say(
                    language, "Tilbuddets målgrupper er ikke oplyst.", "The offer's target groups are not stated."
                )
            full = [name for name, t in zip(names, tenths, strict=True) if t >= COVERED]
            partly = [name for name, t in zip(names, tenths, strict=True) if NOT_SERVED < t < COVERED]
            missing = [name for name, t in zip(names, tenths, strict=True) if t == NOT_SERVED]
            if not missing and not partly:
                groups = listing(full, language)
                return f"Tilbuddet er også {taken} {groups}." if danish else f"The offer is also {taken} {groups}."
            if not full and not partly:
                groups = listing(missing, language)
                return f"Tilbuddet er ikke {taken} {groups}." if danish else f"The offer is not {taken} {groups}."
            parts = [
                (full, "dækket: ", "covered: "),
                (partly, "delvist dækket: ", "partly covered: "),
                (missing, "ikke dækket: ", "not covered: "),
            ]
            text = "; ".join(say(language, da, en) + listing(group, language) for group, da, en in parts if group)
            return f"Øvrige målgrupper – {text}." if danish else f"Further target groups – {text}."

        return sentence


def _numbers(case: Case) -> list[int]:
    tree = case.columns.reference.vocabulary.target_groups
    return [tree.index(id) for id in case.need.secondary_target_groups]
