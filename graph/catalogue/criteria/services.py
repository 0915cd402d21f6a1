from __future__ import annotations

from functools import cache

from graph.catalogue.criteria.rule import Case, Explainer, Flags, Judgement, Rule, count, shared
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, listing, say


class Services(Rule):
    """The share of the services wanted that the offer gives: the service itself, or a narrower one."""

    criterion = Criterion.SERVICES
    weight = 3.0

    def applies(self, case: Case) -> bool:
        return bool(case.need.services)

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        given = given_services(case)
        return shared(count(given), len(given), ~case.arrays.gives_any)

    def explainer(self, case: Case, language: str) -> Explainer:
        danish, gives_any, gives = in_danish(language), case.arrays.gives_any, given_services(case)
        names = case.names(case.need.services, language)

        @cache
        def sentence(flags: tuple[bool, ...]) -> str:
            given = [name for name, flag in zip(names, flags, strict=True) if flag]
            missing = [name for name, flag in zip(names, flags, strict=True) if not flag]
            if not given:
                wanted = listing(missing, language)
                return (
                    f"Ingen af de ønskede ydelser gives: {wanted}."
                    if danish
                    else f"None of the services wanted is given: {wanted}."
                )
            having = listing(given, language)
            if missing:
                lacks = listing(missing, language)
                return (
                    f"{len(given)} af {len(names)} ønskede ydelser gives: {having}; mangler: {lacks}."
                    if danish
                    else f"{len(given)} of {len(names)} services wanted are given: {having}; missing: {lacks}."
                )
            if len(given) == 1:
                return f"Den ønskede ydelse gives: {having}." if danish else f"The service wanted is given: {having}."
            return (
                f"Alle {len(given)} ønskede ydelser gives: {having}."
                if danish
                else f"All {len(given)} services wanted are given: {having}."
            )

        def explain(row: int) -> str:
            if not gives_any.item(row):
                return say(language, "Tilbuddets ydelser er ikke oplyst.", "The offer's services are not stated.")
            return sentence(tuple(gives[:, row].tolist()))

        return explain


def given_services(case: Case) -> Flags:
    """Which of the services wanted each offer gives. Shape (wanted, offers)."""
    tree = case.columns.reference.vocabulary.services
    return case.arrays.gives[[tree.index(id) for id in case.need.services]]
