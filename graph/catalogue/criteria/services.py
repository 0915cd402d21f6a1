from __future__ import annotations

from graph.catalogue.criteria.rule import Case, Flags, Judgement, Rule, count, shared
from graph.catalogue.need import Criterion
from graph.catalogue.phrases import listing, say


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

    def explain(self, case: Case, row: int, language: str) -> str:
        if not case.arrays.gives_any[row]:
            return say(language, "Tilbuddets ydelser er ikke oplyst.", "The offer's services are not stated.")
        flags = given_services(case)[:, row].tolist()
        names = case.names(case.need.services, language)
        given = [name for name, flag in zip(names, flags, strict=True) if flag]
        missing = [name for name, flag in zip(names, flags, strict=True) if not flag]
        if not given:
            wanted = listing(missing, language)
            return say(
                language,
                f"Ingen af de ønskede ydelser gives: {wanted}.",
                f"None of the services wanted is given: {wanted}.",
            )
        gives = listing(given, language)
        if not missing:
            if len(given) == 1:
                return say(language, f"Den ønskede ydelse gives: {gives}.", f"The service wanted is given: {gives}.")
            return say(
                language,
                f"Alle {len(given)} ønskede ydelser gives: {gives}.",
                f"All {len(given)} services wanted are given: {gives}.",
            )
        lacks = listing(missing, language)
        return say(
            language,
            f"{len(given)} af {len(names)} ønskede ydelser gives: {gives}; mangler: {lacks}.",
            f"{len(given)} of {len(names)} services wanted are given: {gives}; missing: {lacks}.",
        )


def given_services(case: Case) -> Flags:
    """Which of the services wanted each offer gives. Shape (wanted, offers)."""
    tree = case.columns.reference.vocabulary.services
    return case.arrays.gives[[tree.index(id) for id in case.need.services]]
