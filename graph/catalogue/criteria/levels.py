from __future__ import annotations

import numpy as np

from graph.catalogue.columns import LEVELS
from graph.catalogue.criteria.rule import Case, Explainer, Judgement, Rule, Shown, count, shared
from graph.catalogue.need import Criterion
from graph.phrases import in_danish, listing, say

_NAMES = {
    "NONE": ("ingen", "none"),
    "MILD": ("let", "mild"),
    "MODERATE": ("moderat", "moderate"),
    "SEVERE": ("svært", "severe"),
    "COMPLETE": ("fuldstændigt", "complete"),
}
"""The levels of reduced function (funktionsevneniveau) in a sentence."""


class Levels(Rule[tuple[int, ...]]):
    """The share of the theme items of the need whose level the offer supports; an item not mentioned counts 0."""

    criterion = Criterion.LEVELS
    weight = 2.0

    def applies(self, case: Case) -> bool:
        return bool(case.need.levels)

    def required(self, case: Case) -> bool:
        return False

    def judge(self, case: Case) -> Judgement:
        supports, wanted = case.arrays.supports[_numbers(case)], _wanted(case)
        unmentioned = np.maximum.reduce(supports) < 0
        return shared(count(supports >= wanted[:, None]), len(wanted), unmentioned)

    def facts(self, case: Case, shown: Shown) -> list[tuple[int, ...]]:
        return shown.of(case.arrays.supports, _numbers(case))

    def explainer(self, case: Case, language: str) -> Explainer[tuple[int, ...]]:
        danish, wanted = in_danish(language), _wanted(case).tolist()
        items = [
            f"{case.name(level.item, language)} ({say(language, *_NAMES[level.level])})" for level in case.need.levels
        ]

        def sentence(supported: tuple[int, ...]) -> str:
            enough: list[str] = []
            less: list[str] = []
            silent: list[str] = []
            for item, level, most in zip(items, wanted, supported, strict=True):
                (silent if most < 0 else enough if most >= level else less).append(item)
            parts = [
                (enough, "støttes: ", "supported: "),
                (less, "støttes ikke så vidt: ", "not supported that far: "),
                (silent, "ikke oplyst: ", "not stated: "),
            ]
            text = "; ".join(say(language, da, en) + listing(names, language) for names, da, en in parts if names)
            return f"Funktionsevneniveau – {text}." if danish else f"Functional level – {text}."

        return sentence


def _wanted(case: Case) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    return np.array([LEVELS[level.level] for level in case.need.levels], np.int8)


def _numbers(case: Case) -> list[int]:
    numbers = case.columns.reference.numbers["theme-item"]
    return [numbers[level.item] for level in case.need.levels]
