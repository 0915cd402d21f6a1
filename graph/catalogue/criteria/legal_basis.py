from __future__ import annotations

from functools import cache

import numpy as np

from graph.catalogue.criteria.offer_type import admission
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.phrases import either, in_danish, listing, say


class LegalBasis(Rule):
    """Whether the offer itself states one of the legal bases wanted; what its type usually has does not count."""

    criterion = Criterion.LEGAL_BASIS

    def applies(self, case: Case) -> bool:
        return bool(case.need.legal_bases)

    def judge(self, case: Case) -> Judgement:
        numbers, bases = case.columns.reference.numbers["legal-basis"], case.arrays.legal_bases
        return judged(
            np.any(bases[[numbers[id] for id in case.need.legal_bases]], axis=0), ~case.arrays.states_legal_basis
        )

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, rows, wanted = in_danish(language), case.columns.rows, case.need.legal_bases

        @cache
        def sentence(stated: tuple[str, ...]) -> str:
            common = [id for id in stated if id in wanted]
            names = listing(case.names(common or stated, language), language)
            if common:
                return f"Tilbuddet gives efter {names}." if danish else f"The offer is given under {names}."
            others = either(case.names(wanted, language), language)
            return (
                f"Tilbuddet gives efter {names}, ikke efter {others}."
                if danish
                else f"The offer is given under {names}, not under {others}."
            )

        def explain(row: int) -> str:
            offer = rows[row]
            if not offer.legal_bases:
                return say(language, "Tilbuddets lovgrundlag er ikke oplyst.", "The offer's legal basis is not stated.")
            return sentence(offer.legal_bases) + admission(offer, language)

        return explain
