from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.offer_type import Admission, admitting
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, judged
from graph.catalogue.need import Criterion
from graph.phrases import either, in_danish, listing, say

Stated = tuple[tuple[str, ...], Admission]
"""The legal bases, and what the offer says of its admission."""


class LegalBasis(Rule[Stated]):
    """Whether the offer itself states one of the legal bases wanted; what its type usually has does not count."""

    criterion = Criterion.LEGAL_BASIS

    def applies(self, case: Case) -> bool:
        return bool(case.need.legal_bases)

    def judge(self, case: Case) -> Judgement:
        numbers, bases = case.columns.reference.numbers["legal-basis"], case.arrays.legal_bases
        wanted = [numbers[id] for id in case.need.legal_bases]
        return judged(np.logical_or.reduce(bases[wanted]), case.arrays.no_legal_bases)

    def facts(self, case: Case, shown: Shown) -> list[Stated]:
        return [(offer.legal_bases, (offer.admission, offer.admission_en)) for offer in shown.offers]

    def explainer(self, case: Case, language: str) -> Explainer[Stated]:
        danish, wanted = in_danish(language), case.need.legal_bases

        def sentence(stated: Stated) -> str:
            bases, admission = stated
            if not bases:
                return say(language, "Tilbuddets lovgrundlag er ikke oplyst.", "The offer's legal basis is not stated.")
            common = [id for id in bases if id in wanted]
            names = listing(case.names(common or bases, language), language)
            text = f"Tilbuddet gives efter {names}" if danish else f"The offer is given under {names}"
            if not common:
                others = either(case.names(wanted, language), language)
                text += f", ikke efter {others}" if danish else f", not under {others}"
            return f"{text}.{admitting(admission, language)}"

        return sentence
