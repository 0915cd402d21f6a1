"""The catalogue alone: every offer judged by every criterion, the first 20 ranked, nothing explained."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator

from graphql.utilities import coerce_input_value

from graph.catalogue.catalogue import Catalogue
from graph.clock import SystemClock
from graph.keyset import PageRequest
from schema.contract import build, core
from schema.matching import need_of
from tests.benchmarks.loaded import records_of
from tests.benchmarks.questions import NEED
from tests.benchmarks.result import Result
from tests.benchmarks.setting import Setting, in_turn


async def run(setting: Setting) -> AsyncIterator[Result]:
    need = need_of(coerce_input_value(NEED, core(build()).type_map["NeedInput"]))
    for times, at_most in ((1, 2.0), (10, None)):
        offers = times * setting.loaded.offers
        catalogue = Catalogue.from_records(records_of(offers), SystemClock())
        gc.collect()

        async def rank(catalogue: Catalogue = catalogue) -> object:
            return catalogue.match(need, sees_protected=False).fits(PageRequest(first=20))

        took = await in_turn(10 * setting.rounds, {"rank": rank})
        yield Result(f"ranking of {offers} offers by all criteria", took["rank"], "ms", at_most=at_most)
