from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, outcomes
from graph.catalogue.need import Criterion
from graph.catalogue.rows import OfferRow
from graph.phrases import age, day, in_danish, say


class SupervisionReport(Rule[int | None]):
    """Whether the latest report on the approval that holds on the day is from the wanted day or later."""

    criterion = Criterion.SUPERVISION_REPORT

    def applies(self, case: Case) -> bool:
        return case.need.report_since is not None

    def judge(self, case: Case) -> Judgement:
        reported = case.approval.dated
        return Judgement(outcomes(reported >= _since(case), unknown=np.isnan(reported)))

    def facts(self, case: Case, shown: Shown) -> list[int | None]:
        def reported(offer: OfferRow, nth: int) -> int | None:
            return offer.approvals[nth].reported_on if nth >= 0 else None

        return list(map(reported, shown.offers, case.approval.nth[shown.rows].tolist()))

    def explainer(self, case: Case, language: str) -> Explainer[int | None]:
        danish, since = in_danish(language), _since(case)
        wanted = day(since, language)

        def sentence(reported: int | None) -> str:
            if reported is None:
                return say(
                    language,
                    "Det er ikke oplyst, hvornår den seneste tilsynsrapport er fra.",
                    "The date of the latest supervision report is not stated.",
                )
            when, ago = day(reported, language), age(case.today - reported, language)
            if reported < since:
                return (
                    f"Den seneste tilsynsrapport er fra {when} ({ago}), altså fra før {wanted}."
                    if danish
                    else f"The latest supervision report is from {when} ({ago}), which is before {wanted}."
                )
            return (
                f"Den seneste tilsynsrapport er fra {when} ({ago})."
                if danish
                else f"The latest supervision report is from {when} ({ago})."
            )

        return sentence


def _since(case: Case) -> int:
    assert case.need.report_since is not None, "the criterion does not apply"
    return case.need.report_since.toordinal()
