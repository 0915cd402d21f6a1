"""Full text means the same on both engines: Danish stems, Danish letters, and no syntax from users."""

from __future__ import annotations

import pytest

from graph.database import Database
from graph.dialect import ArcadeDialect, Neo4jDialect
from graph.model import KINDS

OFFER, GROUP = KINDS["offer"], KINDS["target-group"]

pytestmark = pytest.mark.every_release


async def found(database: Database, text: str, kind: str = "offer") -> set[str]:
    dialect = database.dialect
    statement = f"{dialect.fulltext(KINDS[kind])} RETURN node.id AS id, score ORDER BY score DESC"
    rows = await database.read(statement, {"text": dialect.escape(text)})
    assert all(row["score"] > 0 for row in rows)
    return {row["id"].partition(":")[2] for row in rows}


@pytest.fixture
async def texts(database: Database) -> Database:
    nodes = [
        {"id": "offer:a", "name": "Længerevarende botilbud på Ærø", "summary": "Boliger til børn med hjerneskader"},
        {"id": "offer:b", "name": "Værested", "summary": None},
        {"id": "offer:c", "name": "Beskyttet beskæftigelse", "summary": "Værksteder og AND OR NOT"},
    ]
    await database.write(lambda w: w.run("UNWIND $nodes AS n CREATE (o:Offer {id: n.id}) SET o += n", {"nodes": nodes}))
    group = {"id": "target-group:a", "name": "Hjerneskade", "synonyms": ["senhjerneskadede", "kørestolsbruger"]}
    await database.write(lambda w: w.run("CREATE (t:TargetGroup) SET t = $group", {"group": group}))
    return database


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("botilbuddet", {"a"}),  # another ending of the same stem
        ("bolig", {"a"}),
        ("hjerneskade", {"a"}),
        ("BØRN", {"a"}),
        ("ærø", {"a"}),
        ("værestedet", {"b"}),
        ("værksted boliger", {"a", "c"}),
        ("aero", set()),
        ("til", set()),  # a stop word
    ],
)
async def test_words_are_found_by_their_danish_stems(texts: Database, text: str, offers: set[str]) -> None:
    assert await found(texts, text) == offers


async def test_lists_are_searched_item_by_item(texts: Database) -> None:
    assert await found(texts, "kørestolsbrugere", "target-group") == {"a"}
    assert await found(texts, "hjerneskader", "target-group") == {"a"}


async def test_texts_that_change_or_go_are_followed(texts: Database) -> None:
    await texts.write(lambda w: w.run("MATCH (o:Offer {id: 'offer:a'}) SET o.name = 'Aflastning', o.summary = null"))
    await texts.write(lambda w: w.run("MATCH (o:Offer {id: 'offer:b'}) DETACH DELETE o"))
    assert await found(texts, "aflastningen") == {"a"}
    assert await found(texts, "botilbud hjerneskade værested") == set()


HOSTILE = ['"', "(", "a AND", "NOT", "bolig*", "name:[a TO z]", "\\", "~2^", "{}/\\/", "+-!&&||", "'", "æ\u0000", ""]


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_users_type_is_never_syntax(texts: Database, text: str) -> None:
    escaped = texts.dialect.escape(f"botilbud {text}")
    assert await found(texts, escaped) >= {"a"}
    if alone := texts.dialect.escape(text):
        await found(texts, alone)


@pytest.mark.parametrize("dialect", [Neo4jDialect(), ArcadeDialect()])
def test_escaping_keeps_words_and_nothing_else(dialect: Neo4jDialect | ArcadeDialect) -> None:
    assert dialect.escape('Botilbud (til:børn) AND "unge" § 107') == "botilbud til børn and unge 107"
    assert dialect.escape("?!*") == ""
