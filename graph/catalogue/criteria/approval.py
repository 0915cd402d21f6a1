from __future__ import annotations

import numpy as np

from graph.catalogue.columns import APPROVALS
from graph.catalogue.criteria.rule import MET, NOT_MET, PARTLY, UNKNOWN, Case, Explainer, Judgement, Rule
from graph.catalogue.need import Criterion
from graph.phrases import say

# One entry a status; the entry at -1, the last, is for an offer with none on record.
OUTCOMES, VALUES = np.full(len(APPROVALS) + 1, UNKNOWN, np.int8), np.zeros(len(APPROVALS) + 1)
for _status, _outcome, _value in (
    ("APPROVED", MET, 1.0),
    ("APPROVED_WITH_CONDITIONS", PARTLY, 0.7),
    ("INTENSIFIED_SUPERVISION", PARTLY, 0.3),
    ("NOT_APPROVED", NOT_MET, 0.0),
    ("ENDED", NOT_MET, 0.0),
):
    OUTCOMES[APPROVALS[_status]], VALUES[APPROVALS[_status]] = _outcome, _value

_SENTENCES = {
    "APPROVED": ("Tilbuddet er godkendt.", "The offer is approved."),
    "APPROVED_WITH_CONDITIONS": ("Tilbuddet er godkendt på vilkår.", "The offer is approved with conditions."),
    "INTENSIFIED_SUPERVISION": ("Tilbuddet er under skærpet tilsyn.", "The offer is under intensified supervision."),
    "NOT_APPROVED": ("Tilbuddet er ikke godkendt.", "The offer is not approved."),
    "ENDED": ("Tilbuddets godkendelse er ophørt.", "The offer's approval has ended."),
}


class Approval(Rule):
    """The approval that holds on the day. Types that the municipality itself supervises need none."""

    criterion = Criterion.APPROVAL
    weight = 2.0
    by_day = True

    def required(self, case: Case) -> bool:
        return case.need.require_approval is not False

    def judge(self, case: Case) -> Judgement:
        status = statuses(case)
        outcomes, values = OUTCOMES[status], VALUES[status]
        exempt = ~case.arrays.needs_approval
        outcomes[exempt], values[exempt] = MET, 1.0
        return Judgement(outcomes, lambda rows: values[rows])

    def explainer(self, case: Case, language: str) -> Explainer:
        rows, needs_approval, current = case.columns.rows, case.arrays.needs_approval, case.approval.nth

        def explain(row: int) -> str:
            if not needs_approval.item(row):
                return say(
                    language,
                    "Tilbudstypen skal ikke godkendes af socialtilsynet; kommunen fører tilsynet.",
                    "Offers of this type need no approval by the social supervision; the municipality supervises.",
                )
            nth = current.item(row)
            if nth < 0:
                return say(language, "Tilbuddets godkendelse er ikke oplyst.", "The offer's approval is not stated.")
            return say(language, *_SENTENCES[rows[row].approvals[nth].status])

        return explain


def statuses(case: Case) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """The status on the day as a number in `APPROVALS`, -1 for none on record. Shape (offers,)."""
    status = case.approval.value
    return np.where(np.isnan(status), -1, status).astype(np.int8)
