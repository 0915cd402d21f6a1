"""What is withheld changes no answer: two directories that differ in nothing else answer a stranger alike.

That holds of whatever is asked, orders, scores, cursors and funnels included, and so it finds what looking for marks
would not: something that is not shown, but can be told from what is.
"""

from __future__ import annotations

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.actor import ANYONE, Actor, Role
from graph.engines import Engine
from schema.contract import build, core
from seeds.loader import CONTENT, read
from tests.contract.planted import TODAY, Secrets, moved_by_little, plant, records
from tests.schema.generated import Operations

HOW_MANY = 250
NEAR = "{ latitude: 56.9, longitude: 9.8 }"
ASKED_TOO = (
    f'{{ matchOffers(need: {{near: {NEAR}, primaryTargetGroup: "target-group:planted"}}) '
    "{ fits { edges { cursor } nodes { rank score distanceKm offer { id location { protected address point { latitude "
    "longitude } } } criteria { criterion outcome weight explanation } } } nearMisses { nodes { score distanceKm "
    "ruledOutBy } } funnel { criterion remaining removed } combinations { score } notices { message } } }",
    "{ offers(filter: {near: {latitude: 56.95, longitude: 9.7, withinKm: 11}}, orderBy: {field: DISTANCE}) "
    "{ totalCount edges { cursor node { id } } } }",
    "{ changes(first: 200) { nodes { subject fields { name before after } } } }",
    '{ search(text: "plantet") { edges { cursor score snippet } } }',
    '{ board(id: "board:planted") { composition { byGender { gender count } } history { nodes { fields { name before '
    "after } } } } }",
)
"""Beside what is drawn: where a difference would show first."""


STRANGERS = (ANYONE, Actor.of("editor", [Role.EDITOR], ["institution:planted"]))
ADMIN = Actor.of("admin", [Role.ADMIN])


async def answers(engine: Engine, secrets: Secrets, asked: list[tuple[Actor, str]]) -> list[str]:
    """What a directory with these secrets answers."""
    await engine.database.write(lambda w: w.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n"), timeout=60)
    planted = await plant(engine.database, secrets)
    found = []
    for actor, text in asked:
        result = await planted.directory.execute(text, actor=actor)
        errors = [error.formatted for error in result.errors or ()]
        found.append(orjson.dumps([result.data, errors, result.extensions]).decode())
    return found


def drawn() -> list[str]:
    """Operations over the planted directory, the same ones every time."""
    ids: dict[str, list[str]] = {}
    for record in [*records(Secrets()), *read(CONTENT, TODAY)]:
        ids.setdefault(record.kind.name, []).append(record.id)
    operations = Operations(core(build()), {kind: few[:6] for kind, few in ids.items()})
    texts: list[str] = []

    @settings(
        max_examples=HOW_MANY,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def draw(data: st.DataObject) -> None:
        texts.append(data.draw(operations.operations()))

    draw()
    return texts


@pytest.mark.engines("embedded")  # what could be told from it is made of in the process; Neo4j plans such for minutes
async def test_strangers_are_answered_alike_whatever_is_withheld(engine: Engine) -> None:
    texts = [*ASKED_TOO, *drawn()]
    asked = [(actor, text) for actor in STRANGERS for text in texts]
    seen = [(ADMIN, text) for text in ASKED_TOO]
    secrets = Secrets()
    one = await answers(engine, secrets, [*asked, *seen])
    other = await answers(engine, moved_by_little(secrets), [*asked, *seen])
    alike = [(what, a, b) for what, a, b in zip([*asked, *seen], one, other, strict=True) if a != b]
    assert [found for found in alike if found[0][0] in STRANGERS] == []
    # Else the two directories would not differ, or nothing would be answered.
    assert [text for (_, text), _, _ in alike] == list(ASKED_TOO[:3])
    assert sum(answer.startswith("[null") for answer in one) < len(one) / 5
