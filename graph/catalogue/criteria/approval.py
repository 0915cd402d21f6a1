from __future__ import annotations

import numpy as np

from graph.catalogue.columns import APPROVALS
from graph.catalogue.criteria.rule import MET, NOT_MET, PARTLY, UNKNOWN, Case, Explainer, Judgement, Rule, Shown
from graph.catalogue.need import Criterion
from graph.catalogue.rows import OfferRow
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

EXEMPT = "EXEMPT"
"""Of an offer whose type needs no approval, in place of a status."""
_SENTENCES = {
    "APPROVED": ("Tilbuddet er godkendt.", "The offer is approved."),
    "APPROVED_WITH_CONDITIONS": ("Tilbuddet er godkendt på vilkår.", "The offer is approved with conditions."),
    "INTENSIFIED_SUPERVISION": ("Tilbuddet er under skærpet tilsyn.", "The offer is under intensified supervision."),
    "NOT_APPROVED": ("Tilbuddet er ikke godkendt.", "The offer is not approved."),
    "ENDED": ("Tilbuddets godkendelse er ophørt.", "The offer's approval has ended."),
    EXEMPT: (
        "Tilbudstypen skal ikke godkendes af socialtilsynet; kommunen fører tilsynet.",
        "Offers of this type need no approval by the social supervision; the municipality supervises.",
    ),
}


class Approval(Rule[str | None]):
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

    def facts(self, case: Case, shown: Shown) -> list[str | None]:
        def status(offer: OfferRow, needed: bool, nth: int) -> str | None:
            if not needed:
                return EXEMPT
            return offer.approvals[nth].status if nth >= 0 else None

        needed, nth = case.arrays.needs_approval[shown.rows].tolist(), case.approval.nth[shown.rows].tolist()
        return list(map(status, shown.offers, needed, nth))

    def explainer(self, case: Case, language: str) -> Explainer[str | None]:
        def sentence(status: str | None) -> str:
            if status is None:
                return say(language, "Tilbuddets godkendelse er ikke oplyst.", "The offer's approval is not stated.")
            return say(language, *_SENTENCES[status])

        return sentence


def statuses(case: Case) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """The status on the day as a number in `APPROVALS`, -1 for none on record. Shape (offers,)."""
    status = case.approval.value
    return np.where(np.isnan(status), -1, status).astype(np.int8)
