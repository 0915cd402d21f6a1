from __future__ import annotations

from graph.catalogue.criteria.rule import Case, Explainer, Flags, Judgement, Rule, Shown, count, shared
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, listing, say


class Services(Rule[tuple[bool, ...] | None]):
    """The share of the services wanted that the offer gives: the service itself, or a narrower one."""

    criterion = Criterion.SERVICES
    weight = 3.0

    def applies(self, case: Case) -> bool:
        return bool(case.need.services)

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        given = given_services(case)
        return shared(count(given), len(given), case.arrays.no_services)

    def facts(self, case: Case, shown: Shown) -> list[tuple[bool, ...] | None]:
        flags = shown.of(case.arrays.gives, _numbers(case))
        return [one if offer.services else None for offer, one in zip(shown.offers, flags, strict=True)]

    def explainer(self, case: Case, language: str) -> Explainer[tuple[bool, ...] | None]:
        danish, names = in_danish(language), case.names(case.need.services, language)

        def sentence(flags: tuple[bool, ...] | None) -> str:
            if flags is None:
                return say(language, "Tilbuddets ydelser er ikke oplyst.", "The offer's services are not stated.")
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

        return sentence


def given_services(case: Case) -> Flags:
    """Which of the services wanted each offer gives. Shape (wanted, offers)."""
    return case.arrays.gives[_numbers(case)]


def _numbers(case: Case) -> list[int]:
    tree = case.columns.reference.vocabulary.services
    return [tree.index(id) for id in case.need.services]
