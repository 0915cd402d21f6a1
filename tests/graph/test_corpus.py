"""The shapes of Cypher that the house is built from, with answers that every engine must give.

Over a graph of more than a thousand nodes, since some engine faults showed on larger graphs only. Offer n
(1 … 1200) serves the target groups n % 7 and n % 5, the latter approved where n is even; belongs to
municipality n % 11; has n % 3 capacities, dated a year apart, that point at it, with the MARKS of recorded time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.database import Database
from graph.plan.reads.relations import valid_on
from graph.recorded import end_believed, horizon, is_recorded

pytestmark = pytest.mark.every_release

MANY = 1200

LOAD = (
    "UNWIND range(0, 10) AS i CREATE (:Municipality {id: 'municipality:' + i, name: 'Kommune ' + i, order: i})",
    "UNWIND range(0, 6) AS i CREATE (:TargetGroup {id: 'target-group:' + i, name: 'Gruppe ' + i})",
    "UNWIND range(1, 6) AS i MATCH (n:TargetGroup {id: 'target-group:' + i}), (b:TargetGroup {id: 'target-group:' + "
    "toString(i / 2)}) CREATE (n)-[:NARROWER_THAN]->(b)",
    "UNWIND $offers AS o MATCH (m:Municipality {id: o.municipality}) "
    "CREATE (n:Offer {id: o.id}) SET n += o.properties CREATE (n)-[:OPERATED_BY]->(m)",
    "UNWIND $offers AS o MATCH (n:Offer {id: o.id}) UNWIND o.groups AS g MATCH (t:TargetGroup {id: g.id}) "
    "CREATE (n)-[s:SERVES]->(t) SET s += g.properties",
    "UNWIND $offers AS o MATCH (n:Offer {id: o.id}) UNWIND o.capacities AS c "
    "CREATE (k:Capacity) SET k = c CREATE (k)-[:CAPACITY_OF]->(n)",
)


MARKS: tuple[dict[str, Any], ...] = (
    {"validTo": "2025-01-01", "endings": [" ", "2026-01-01T00:00:00.000Z 2025-01-01"]},
    {"recordedAt": "2025-06-01T00:00:00.000Z"},
)
KNOWN = f"{is_recorded('c', '$then')} RETURN c.id AS id, {end_believed('c', '$then')} AS until ORDER BY id"


def offer(n: int) -> dict[str, Any]:
    return {
        "id": f"offer:{n}",
        "municipality": f"municipality:{n % 11}",
        "properties": {"name": f"Tilbud {n:04}", "nameOrder": f"tilbud {n:04} offer:{n}", "ageFrom": n % 4 or None},
        "groups": [
            {"id": f"target-group:{n % 7}", "properties": {"approved": True}},
            {"id": f"target-group:{n % 5}", "properties": {"approved": n % 2 == 0}},
        ],
        "capacities": [
            {"id": f"capacity:{n}-{k}", "validFrom": f"{2024 + k}-01-01", "places": n + k, **MARKS[k]}
            for k in range(n % 3)
        ],
    }


@pytest.fixture(scope="module")
async def graph(shared_database: Database) -> Database:
    offers = {"offers": [offer(n) for n in range(1, MANY + 1)]}
    for statement in LOAD:
        await shared_database.write(
            lambda w, statement=statement: w.run(statement, offers if "$offers" in statement else None), timeout=60
        )
    return shared_database


CASES: dict[str, tuple[str, dict[str, Any], list[dict[str, Any]]]] = {
    "one by id, projected": (
        "MATCH (o:Offer {id: $id}) RETURN o {.id, .name, .summary, from: o.ageFrom} AS offer",
        {"id": "offer:8"},
        [{"offer": {"id": "offer:8", "name": "Tilbud 0008", "summary": None, "from": None}}],
    ),
    "many by id, in the order asked for, missing ones null": (
        "UNWIND $ids AS id OPTIONAL MATCH (o:Offer {id: id}) RETURN o {.id} AS o",
        {"ids": ["offer:3", "offer:none", "offer:1"]},
        [{"o": {"id": "offer:3"}}, {"o": None}, {"o": {"id": "offer:1"}}],
    ),
    "a projection inside a projection": (
        "MATCH (o:Offer {id: 'offer:12'})-[:OPERATED_BY]->(m) RETURN o {.id, by: m {.id, .order}, one: 1} AS o",
        {},
        [{"o": {"id": "offer:12", "by": {"id": "municipality:1", "order": 1}, "one": 1}}],
    ),
    "a subquery per node, ordered inside, with the edge's properties": (
        "MATCH (o:Offer {id: 'offer:9'}) CALL (o) { MATCH (o)-[s:SERVES]->(t) WITH s, t ORDER BY t.id "
        "RETURN collect(s {.approved, group: t {.id}}) AS groups } RETURN o {.id, groups: groups} AS o",
        {},
        [
            {
                "o": {
                    "id": "offer:9",
                    "groups": [
                        {"approved": True, "group": {"id": "target-group:2"}},
                        {"approved": False, "group": {"id": "target-group:4"}},
                    ],
                }
            }
        ],
    ),
    "subqueries inside subqueries, with a limit at each depth": (
        "MATCH (m:Municipality {id: 'municipality:4'}) CALL (m) { MATCH (m)<-[:OPERATED_BY]-(o) "
        "WITH o ORDER BY o.nameOrder LIMIT 2 CALL (o) { MATCH (o)<-[:CAPACITY_OF]-(c) WITH c ORDER BY c.validFrom DESC "
        "LIMIT 1 RETURN collect(c {.places}) AS held } RETURN collect(o {.id, capacities: held}) AS offers } "
        "RETURN m {.id, offers: offers} AS m",
        {},
        [
            {
                "m": {
                    "id": "municipality:4",
                    "offers": [
                        {"id": "offer:4", "capacities": [{"places": 4}]},
                        {"id": "offer:15", "capacities": []},
                    ],
                }
            }
        ],
    ),
    "fields of the root side by side, of plain variables": (
        "CALL () { OPTIONAL MATCH (o:Offer {id: $a}) RETURN head(collect(o {.id})) AS f0 } "
        "CALL () { OPTIONAL MATCH (o:Offer {id: $b}) RETURN head(collect(o {.id})) AS f1 } "
        "CALL () { MATCH (o:Offer) RETURN count(o) AS f2 } RETURN {a: f0, b: f1, n: f2} AS data",
        {"a": "offer:1", "b": "offer:none"},
        [{"data": {"a": {"id": "offer:1"}, "b": None, "n": MANY}}],
    ),
    "a pattern comprehension from the bound node": (
        "MATCH (o:Offer {id: 'offer:7'}) RETURN o {.id, by: [(o)-[:OPERATED_BY]->(m) | m {.id}]} AS o",
        {},
        [{"o": {"id": "offer:7", "by": [{"id": "municipality:7"}]}}],
    ),
    "comprehensions inside comprehensions": (
        "MATCH (c:Capacity {id: 'capacity:5-1'}) "
        "RETURN c {.id, of: [(c)-[:CAPACITY_OF]->(o) | o {.id, by: [(o)-[:OPERATED_BY]->(m) | m.name]}][0]} AS c",
        {},
        [{"c": {"id": "capacity:5-1", "of": {"id": "offer:5", "by": ["Kommune 5"]}}}],
    ),
    "the number of matches": (
        "MATCH (t:TargetGroup {id: 'target-group:6'}) RETURN COUNT { (t)<-[:SERVES]-() } AS all, "
        "COUNT { (t)<-[:SERVES {approved: false}]-() } AS tentative",
        {},
        [{"all": MANY // 7, "tentative": 0}],
    ),
    "those with at least one": (
        "MATCH (o:Offer) WHERE COUNT { (o)<-[:CAPACITY_OF]-() } > 0 RETURN count(o) AS n",
        {},
        [{"n": 800}],
    ),
    "those with none, over the whole graph": (
        "MATCH (o:Offer) WHERE NOT EXISTS { (o)<-[:CAPACITY_OF]-() } RETURN count(o) AS n",
        {},
        [{"n": 400}],
    ),
    "a keyset page": (
        "MATCH (o:Offer) WHERE o.nameOrder > $after WITH o ORDER BY o.nameOrder LIMIT 3 RETURN o.id AS id",
        {"after": "tilbud 0019 offer:19"},
        [{"id": "offer:20"}, {"id": "offer:21"}, {"id": "offer:22"}],
    ),
    "a keyset page backwards": (
        "MATCH (o:Offer) WHERE o.nameOrder < $before WITH o ORDER BY o.nameOrder DESC LIMIT 2 RETURN o.id AS id",
        {"before": "tilbud 0019 offer:19"},
        [{"id": "offer:18"}, {"id": "offer:17"}],
    ),
    "text that starts with": (
        "MATCH (o:Offer) WHERE o.nameOrder STARTS WITH $text RETURN count(o) AS n",
        {"text": "tilbud 11"},
        [{"n": 100}],
    ),
    "the kind of a node by its label": (
        "MATCH (n) WHERE n.id IN $ids RETURN n.id AS id, CASE WHEN n:Offer THEN 'Offer' WHEN n:Municipality THEN "
        "'Municipality' ELSE 'none' END AS type ORDER BY id",
        {"ids": ["offer:1", "municipality:1", "target-group:1"]},
        [
            {"id": "municipality:1", "type": "Municipality"},
            {"id": "offer:1", "type": "Offer"},
            {"id": "target-group:1", "type": "none"},
        ],
    ),
    "any of several labels": (
        "MATCH (n:Municipality|TargetGroup) WHERE n.id ENDS WITH ':3' RETURN n.id AS id ORDER BY id",
        {},
        [{"id": "municipality:3"}, {"id": "target-group:3"}],
    ),
    "facts from a map of parameters, found by id": (
        "UNWIND $ids AS id MATCH (o:Offer {id: id}) RETURN o {.id, score: $by[o.id].score, reasons: $by[o.id].reasons, "
        "none: $by['x'].score} AS o",
        {"ids": ["offer:2", "offer:1"], "by": {"offer:1": {"score": 0.5, "reasons": ["a"]}, "offer:2": {"score": 1.0}}},
        [
            {"o": {"id": "offer:2", "score": 1.0, "reasons": None, "none": None}},
            {"o": {"id": "offer:1", "score": 0.5, "reasons": ["a"], "none": None}},
        ],
    ),
    "facts from a list of maps, in its order": (
        "UNWIND $fits AS fit MATCH (o:Offer {id: fit.id}) RETURN fit.score AS score, o.name AS name",
        {"fits": [{"id": "offer:5", "score": 2}, {"id": "offer:4", "score": 1}]},
        [{"score": 2, "name": "Tilbud 0005"}, {"score": 1, "name": "Tilbud 0004"}],
    ),
    "the tree above a node": (
        "MATCH (t:TargetGroup {id: 'target-group:6'})-[:NARROWER_THAN*0..]->(b) RETURN b.id AS id ORDER BY id",
        {},
        [{"id": "target-group:0"}, {"id": "target-group:1"}, {"id": "target-group:3"}, {"id": "target-group:6"}],
    ),
    "the newest dated fact valid on a day": (
        "MATCH (o:Offer {id: 'offer:5'}) CALL (o) { MATCH (o)<-[:CAPACITY_OF]-(c) WHERE c.validFrom <= $day AND "
        "(c.validTo IS NULL OR c.validTo > $day) RETURN c ORDER BY c.validFrom DESC LIMIT 1 } "
        "RETURN c.places AS places",
        {"day": "2024-06-01"},
        [{"places": 5}],
    ),
    "what was on record, and its end, as an earlier moment knew them": (
        f"MATCH (o:Offer {{id: 'offer:5'}})<-[:CAPACITY_OF]-(c) WHERE {KNOWN}",
        {"then": horizon(datetime(2025, 5, 31, tzinfo=UTC))},
        [{"id": "capacity:5-0", "until": ""}],
    ),
    "the same at the very moment of a recording": (
        f"MATCH (o:Offer {{id: 'offer:5'}})<-[:CAPACITY_OF]-(c) WHERE {KNOWN}",
        {"then": horizon(datetime(2025, 6, 1, tzinfo=UTC))},
        [{"id": "capacity:5-0", "until": ""}, {"id": "capacity:5-1", "until": ""}],
    ),
    "the same when an end was recorded, within a comprehension": (
        "MATCH (o:Offer {id: 'offer:5'}) RETURN "
        f"size([(o)<-[:CAPACITY_OF]-(c) WHERE {valid_on('c', '$day', '$then')} | c.id]) AS before, "
        f"size([(o)<-[:CAPACITY_OF]-(c) WHERE {valid_on('c', '$day', '$now')} | c.id]) AS after",
        {
            "day": "2025-01-01",
            "then": horizon(datetime(2025, 12, 31, 23, 59, 59, 999_999, UTC)),
            "now": horizon(datetime(2026, 1, 1, tzinfo=UTC)),
        },
        [{"before": 2, "after": 1}],
    ),
    "the changes of a node and of what belongs to it, in one order": (
        "MATCH (b:Offer {id: 'offer:5'}) CALL (b) { CALL (b) { MATCH (c:Capacity {id: 'capacity:2-0'}) RETURN c "
        "UNION MATCH (b)<-[:CAPACITY_OF]-(c) RETURN c } WITH c WHERE c.places > 2 "
        "WITH c ORDER BY c.places DESC LIMIT 2 RETURN collect(c {.id}) AS rows } "
        "CALL (b) { CALL (b) { MATCH (c:Capacity {id: 'capacity:2-0'}) RETURN c "
        "UNION MATCH (b)<-[:CAPACITY_OF]-(c) RETURN c } RETURN count(c) AS total } "
        "RETURN b {.id, rows: rows, total: total} AS b",
        {},
        [{"b": {"id": "offer:5", "rows": [{"id": "capacity:5-1"}, {"id": "capacity:5-0"}], "total": 3}}],
    ),
    "a list filtered and transformed": (
        "RETURN [x IN $xs WHERE x IS NOT NULL | x * 2] AS doubled, any(x IN $xs WHERE x = 3) AS has, "
        "reduce(sum = 0, x IN [1, 2, 3] | sum + x) AS total",
        {"xs": [1, None, 3]},
        [{"doubled": [2, 6], "has": True, "total": 6}],
    ),
    "null is unknown": (
        "MATCH (o:Offer) WHERE o.ageFrom <= $age OR o.ageFrom IS NULL RETURN count(o) AS n, count(o.ageFrom) AS known",
        {"age": 1},
        [{"n": 600, "known": 300}],
    ),
    "a page and its total, in one row": (
        "CALL () { MATCH (o:Offer) RETURN count(o) AS total } CALL () { MATCH (o:Offer) WHERE o.nameOrder > '' WITH o "
        "ORDER BY o.nameOrder LIMIT 2 RETURN collect(o {.id}) AS nodes } RETURN {total: total, nodes: nodes} AS data",
        {},
        [{"data": {"total": MANY, "nodes": [{"id": "offer:1"}, {"id": "offer:2"}]}}],
    ),
    "distinct values with their counts": (
        "MATCH (o:Offer)-[:OPERATED_BY]->(m) WITH m, count(o) AS n ORDER BY m.order LIMIT 2 RETURN m.name AS name, n",
        {},
        [{"name": "Kommune 0", "n": 109}, {"name": "Kommune 1", "n": 110}],
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_every_engine_gives_the_same_answer(graph: Database, case: str) -> None:
    statement, parameters, expected = CASES[case]
    assert await graph.read(statement, parameters) == expected
