"""Any edits, one after the other, against a plain dict."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.commands import Commands
from graph.database import Database
from graph.errors import Conflict
from graph.ledger import Ledger
from tests.calls import TESTS
from tests.graph.commands.made import DIRECTORY
from tests.graph.commands.named import NAMED, created, own, version

services = st.lists(st.sampled_from(["service:botraening", "service:praktik"]), unique=True)
places = st.fixed_dictionaries(
    {"protected": st.booleans()}, optional={"town": st.sampled_from(["Skagen", "Aalborg"]), "address": st.just("Vej 1")}
)
edits = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Øen", "Havet"]),
        "summary": st.none() | st.just("Tekst"),
        "ageFrom": st.none() | st.sampled_from([0.0, 18.0]),
        "services": st.none() | services,
        "location": st.none() | places,
        "operator": st.none() | st.sampled_from(["municipality:aalborg", "municipality:hjoerring"]),
    },
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(edits, st.booleans()), min_size=2, max_size=8))
async def test_edits_one_after_the_other_end_in_their_sum(
    database: Database, commands: Commands, ledger: Ledger, story: list[tuple[dict[str, Any], bool]]
) -> None:
    await database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"))
    await commands.import_records(TESTS, [*DIRECTORY, *NAMED], label="test")
    id = await created(commands, name="Begyndelsen")
    model: dict[str, Any] = {"name": "Begyndelsen"}
    now = 1
    for edit, stale in story:
        position = await ledger.position()
        if stale:
            with pytest.raises(Conflict):
                await commands.update_offer(TESTS, id=id, offer=edit, expected_version=now - 1)
            assert await ledger.position() == position
            continue
        wanted = {name: value for name, value in {**model, **edit}.items() if plain(value) not in NOTHING}
        await commands.update_offer(TESTS, id=id, offer=edit, expected_version=now)
        changed = {n: plain(v) for n, v in wanted.items()} != {n: plain(v) for n, v in model.items()}
        assert (await ledger.position() > position) == changed
        now += changed
        model = wanted
        assert await version(database, id) == now
        offer, location, _ = await own(commands, id)
        assert offer.get("summary") == model.get("summary")
        assert offer.get("ageFrom") == (str(model["ageFrom"]) if "ageFrom" in model else None)
        assert set(orjson.loads(offer.get("GIVES", "[]"))) == set(model.get("services", ()))
        assert offer.get("OPERATED_BY") == model.get("operator")
        place = model.get("location", {})
        assert {n: location.get(n) for n in ("town", "address")} == {n: place.get(n) for n in ("town", "address")}
        assert location.get("protected", "false") == str(place.get("protected", False)).lower()
    assert await database.read("MATCH (l:Location) WHERE NOT (l)<--() RETURN l.id AS id") == []


NOTHING = ("", frozenset())


def plain(value: Any) -> Any:
    """What counts as said: no empty list, and no place of which nothing is known."""
    if isinstance(value, list):
        return frozenset(value)
    if isinstance(value, dict):
        return frozenset(value.items()) if any(value.values()) else frozenset()
    return value if value is not None else ""
