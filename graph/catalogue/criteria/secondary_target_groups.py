from __future__ import annotations

from functools import cache

import numpy as np

from graph.catalogue.columns import COVERED, NOT_SERVED, NOT_STATED, SAME
from graph.catalogue.criteria.primary_target_group import approved_for
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, outcomes
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, listing, say


class SecondaryTargetGroups(Rule):
    """The mean of how well the offer serves each of the secondary groups."""

    criterion = Criterion.SECONDARY_TARGET_GROUPS
    weight = 2.0

    def applies(self, case: Case) -> bool:
        return bool(case.need.secondary_target_groups)

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        tenths = _tenths(case)
        unknown = tenths[0] == NOT_STATED
        total = np.add.reduce(tenths, axis=0, dtype=np.uint16) * ~unknown
        met = (np.minimum.reduce(tenths, axis=0) >= COVERED) & ~unknown
        partly = (total > 0) & ~met
        whole = SAME * len(tenths)
        return Judgement(outcomes(met, partly=partly, unknown=unknown), lambda rows: total[rows] / whole)

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, serves, taken_by = in_danish(language), _tenths(case), approved_for(case, language)
        names = case.names(case.need.secondary_target_groups, language)

        @cache
        def sentence(tenths: tuple[int, ...], taken: str) -> str:
            if tenths[0] == NOT_STATED:
                return say(
                    language, "Tilbuddets målgrupper er ikke oplyst.", "The offer's target groups are not stated."
                )
            served = [name for name, t in zip(names, tenths, strict=True) if t >= COVERED]
            partly = [name for name, t in zip(names, tenths, strict=True) if NOT_SERVED < t < COVERED]
            missing = [name for name, t in zip(names, tenths, strict=True) if t == NOT_SERVED]
            if not missing and not partly:
                groups = listing(served, language)
                return f"Tilbuddet er også {taken} {groups}." if danish else f"The offer is also {taken} {groups}."
            if not served and not partly:
                groups = listing(missing, language)
                return f"Tilbuddet er ikke {taken} {groups}." if danish else f"The offer is not {taken} {groups}."
            parts = [
                (served, "dækket: ", "covered: "),
                (partly, "delvist dækket: ", "partly covered: "),
                (missing, "ikke dækket: ", "not covered: "),
            ]
            text = "; ".join(say(language, da, en) + listing(group, language) for group, da, en in parts if group)
            return f"Øvrige målgrupper – {text}." if danish else f"Further target groups – {text}."

        return lambda row: sentence(tuple(serves[:, row].tolist()), taken_by(row))


def _tenths(case: Case) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    tree = case.columns.reference.vocabulary.target_groups
    return case.arrays.serves[[tree.index(id) for id in case.need.secondary_target_groups]]
