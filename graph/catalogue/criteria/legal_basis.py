from __future__ import annotations

import numpy as np

from graph.catalogue.criteria.offer_type import admission
from graph.catalogue.criteria.rule import Case, Judgement, Rule, judged
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import either, listing, say


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

    def explain(self, case: Case, row: int, language: str) -> str:
        stated = case.columns.rows[row].legal_bases
        if not stated:
            return say(language, "Tilbuddets lovgrundlag er ikke oplyst.", "The offer's legal basis is not stated.")
        common = [id for id in stated if id in case.need.legal_bases]
        names = listing(case.names(common or stated, language), language)
        if common:
            sentence = say(language, f"Tilbuddet gives efter {names}.", f"The offer is given under {names}.")
        else:
            wanted = either(case.names(case.need.legal_bases, language), language)
            sentence = say(
                language,
                f"Tilbuddet gives efter {names}, ikke efter {wanted}.",
                f"The offer is given under {names}, not under {wanted}.",
            )
        return sentence + admission(case, row, language)
