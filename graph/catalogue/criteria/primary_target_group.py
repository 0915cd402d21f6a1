from __future__ import annotations

import numpy as np

from graph.catalogue.columns import (
    BROADER,
    COVERED,
    NARROWER,
    NOT_APPROVED,
    NOT_SERVED,
    NOT_STATED,
    SAME,
    serving,
)
from graph.catalogue.criteria.rule import MET, NOT_MET, PARTLY, UNKNOWN, Case, Explainer, Judgement, Rule, Shown
from graph.catalogue.need import Criterion
from graph.catalogue.rows import OfferRow
from graph.phrases import in_danish, say

VALUES, OUTCOMES = np.zeros(256), np.full(256, NOT_MET, np.int8)
"""Value and outcome of how a group is served, by the tenths that the columns hold."""
for _tenths, _outcome in (
    (SAME, MET),
    (COVERED, MET),
    (NARROWER, PARTLY),
    (BROADER, PARTLY),
    (NOT_APPROVED, PARTLY),
    (NOT_SERVED, NOT_MET),
):
    VALUES[_tenths], OUTCOMES[_tenths] = _tenths / 10, _outcome
OUTCOMES[NOT_STATED] = UNKNOWN


Served = tuple[int, bool, str]
"""How in tenths, whether the offer needs approval, and the group that it states."""


class PrimaryTargetGroup(Rule[Served]):
    """How well the offer serves the primary target group; of several edges the best."""

    criterion = Criterion.PRIMARY_TARGET_GROUP
    weight = 5.0

    def applies(self, case: Case) -> bool:
        return case.need.primary_target_group is not None

    def judge(self, case: Case) -> Judgement:
        tenths = case.arrays.serves[_number(case, _group(case))].astype(np.intp)  # three times as fast as by bytes
        return Judgement(OUTCOMES[tenths], lambda rows: VALUES[tenths[rows]])

    def facts(self, case: Case, shown: Shown) -> list[Served]:
        group, tree = _group(case), case.columns.reference.vocabulary.target_groups

        def stated(offer: OfferRow, tenths: int) -> str:
            if tenths in (NOT_STATED, NOT_SERVED, SAME):
                return group
            return next(edge.group for edge in offer.serves if serving(edge, group, tree) == tenths)

        tenths = case.arrays.serves[_number(case, group)][shown.rows].tolist()
        needed = case.arrays.needs_approval[shown.rows].tolist()
        return list(zip(tenths, needed, map(stated, shown.offers, tenths), strict=True))

    def explainer(self, case: Case, language: str) -> Explainer[Served]:
        danish, wanted = in_danish(language), case.name(_group(case), language)
        taken_by = approved_for(language)

        def sentence(served: Served) -> str:
            tenths, needed, edge = served
            taken = taken_by[needed]
            if tenths == NOT_STATED:
                return say(
                    language, "Tilbuddets målgrupper er ikke oplyst.", "The offer's target groups are not stated."
                )
            if tenths == NOT_SERVED:
                return (
                    f"Tilbuddet er ikke for målgruppen {wanted}."
                    if danish
                    else f"The offer is not for the target group {wanted}."
                )
            if tenths == SAME:
                return (
                    f"Tilbuddet er {taken} målgruppen {wanted}."
                    if danish
                    else f"The offer is {taken} the target group {wanted}."
                )
            stated = case.name(edge, language)
            if tenths == COVERED:
                return (
                    f"Tilbuddet er {taken} målgruppen {stated}, som også dækker {wanted}."
                    if danish
                    else f"The offer is {taken} the target group {stated}, which also covers {wanted}."
                )
            if tenths == NARROWER:
                return (
                    f"Tilbuddet er {taken} {stated}, som er en del af målgruppen {wanted}."
                    if danish
                    else f"The offer is {taken} {stated}, which is part of the target group {wanted}."
                )
            if tenths == BROADER:
                return (
                    f"Tilbuddet er {taken} den bredere målgruppe {stated}, men {wanted} er ikke nævnt."
                    if danish
                    else f"The offer is {taken} the broader target group {stated}, but {wanted} is not mentioned."
                )
            return (
                f"Tilbuddet oplyser at tage imod målgruppen {stated}, men er ikke godkendt til den."
                if danish
                else f"The offer says it takes the target group {stated}, but is not approved for it."
            )

        return sentence


def approved_for(language: str) -> tuple[str, str]:
    """`godkendt til`, the second; of an offer whose type needs no approval just `for`, the first."""
    return "for", say(language, "godkendt til", "approved for")


def _group(case: Case) -> str:
    group = case.need.primary_target_group
    assert group is not None, "the criterion does not apply"
    return group


def _number(case: Case, group: str) -> int:
    return case.columns.reference.vocabulary.target_groups.index(group)
