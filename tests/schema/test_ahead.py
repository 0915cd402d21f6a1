"""What is finished while the engine is at work is what would have been finished afterwards."""

from __future__ import annotations

import pytest

from graph.catalogue.matching import CriterionResult
from graph.plan.binding import Binding
from graph.plan.plan import Plan
from tests.schema.world import World

TEXT = """
{
  matchOffers(need: {age: 34, homeMunicipality: "municipality:broenderslev", words: ["demens", "?"]}) {
    fits(first: 3) { edges { node { ...Judged } } nodes { ...Judged } }
    nearMisses(first: 2) { nodes { ...Judged ruledOutBy } }
    notices { message }
  }
}
fragment Judged on OfferMatch {
  offer { name }
  criteria { __typename explanation outcome en: explanation(language: EN) }
  again: criteria { weight }
}
"""

pytestmark = pytest.mark.engines("embedded")


def later(plan: Plan, binding: Binding) -> None:
    """Works nothing ahead."""


async def test_it_is_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = await world.directory.execute(TEXT)
    assert ahead.errors is None
    monkeypatch.setattr(Plan, "work_ahead", later)
    afterwards = await world.directory.execute(TEXT)
    assert ahead.data == afterwards.data
    assert ahead.data is not None
    assert any(ahead.data["matchOffers"][name]["nodes"] for name in ("fits", "nearMisses"))


async def test_it_is_done_ahead(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    explained: list[bool] = []
    working = False
    explain, work = CriterionResult.explain, Plan.work_ahead

    def watched(self: CriterionResult, language: str = "DA") -> str:
        explained.append(working)
        return explain(self, language)

    def ahead(plan: Plan, binding: Binding) -> None:
        nonlocal working
        working = True
        work(plan, binding)
        working = False

    monkeypatch.setattr(CriterionResult, "explain", watched)
    monkeypatch.setattr(Plan, "work_ahead", ahead)
    assert (await world.directory.execute(TEXT)).errors is None
    assert explained
    assert all(explained), "each is told once, and before the engine has answered"


@pytest.mark.parametrize("is_ahead", [True, False])
async def test_a_null_where_none_may_be_is_told_with_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch, is_ahead: bool
) -> None:
    explain = CriterionResult.explain

    def silent(self: CriterionResult, language: str = "DA") -> str | None:
        return None if self.criterion == "AGE" and language == "EN" else explain(self, language)

    monkeypatch.setattr(CriterionResult, "explain", silent)
    if not is_ahead:
        monkeypatch.setattr(Plan, "work_ahead", later)
    answer = await world.directory.execute(TEXT)
    assert answer.data is None, "every place above may hold no null"
    error = (answer.errors or [])[0]
    assert error.path is not None
    assert [part for part in error.path if isinstance(part, str)][-2:] == ["criteria", "en"]
    assert error.message == "Cannot return null for non-nullable field CriterionResult.explanation."
