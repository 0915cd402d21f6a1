"""Mutations as clients meet them: what is answered, by whom what may be written, and that nothing else is."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph.actor import ANYONE, Actor, Role
from graph.model import KINDS
from schema.contract import build, core
from schema.directory import Directory
from tests.schema.desk import ADMIN, Desk
from tests.schema.samples import OFFER, sample

MUTATIONS = core(build()).mutation_type
assert MUTATIONS is not None

CAPACITY = """mutation Count($input: RecordCapacityInput!) {
  recordCapacity(input: $input) {
    offer { id capacity { places free countedOn } history(first: 1) { nodes { actor fields { name before after } } } }
    errors { code message en: message(language: EN) path }
    position
    clientMutationId
  }
}"""


def counted(**given: Any) -> dict[str, Any]:
    return {"input": {"offer": OFFER, "places": 20, "free": 3, "countedOn": "2026-11-20", **given}}


async def test_a_payload_shows_what_was_written(desk: Desk) -> None:
    before = await desk.ledger.position()
    payload = (await desk.data(CAPACITY, counted(free=4, clientMutationId="shown")))["recordCapacity"]
    assert payload["offer"]["capacity"] == {"places": 20, "free": 4, "countedOn": "2026-11-20"}
    assert (payload["errors"], payload["clientMutationId"]) == ([], "shown")
    assert int(payload["position"]) == before + 1
    (change,) = payload["offer"]["history"]["nodes"]
    assert change["actor"] == "leder"
    assert {"name": "capacity.free", "after": "4"}.items() <= next(
        field for field in change["fields"] if field["name"] == "capacity.free"
    ).items()


async def test_what_is_found_knows_it_too(desk: Desk) -> None:
    """The catalogue has taken it in before the answer is given."""
    await desk.data(CAPACITY, counted(free=17))
    found = await desk.data("{ offers(filter: {freePlacesAtLeast: 17}) { nodes { id } } }")
    assert OFFER in [node["id"] for node in found["offers"]["nodes"]]


async def test_what_is_sent_twice_is_done_once(desk: Desk) -> None:
    given = counted(free=5, clientMutationId="twice")
    first, second = await asyncio.gather(desk.data(CAPACITY, given), desk.data(CAPACITY, given))
    assert first == second
    later = await desk.data(CAPACITY, given)
    assert later["recordCapacity"]["position"] == first["recordCapacity"]["position"]
    other = (await desk.data(CAPACITY, counted(free=6, clientMutationId="twice")))["recordCapacity"]
    assert [(e["code"], e["path"]) for e in other["errors"]] == [("DUPLICATE", ["input", "clientMutationId"])]
    assert other["offer"] is None


async def test_input_that_cannot_be_meant_is_named(desk: Desk) -> None:
    before = await desk.ledger.position()
    payload = (await desk.data(CAPACITY, counted(free=21)))["recordCapacity"]
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("INVALID", ["input", "free"])
    assert "21" in error["message"] and "21" in error["en"] and error["message"] != error["en"]
    assert (payload["offer"], payload["position"]) == (None, None)
    assert await desk.ledger.position() == before


async def test_an_offer_from_its_making_to_its_end(desk: Desk) -> None:
    create = """mutation($input: CreateOfferInput!) { createOffer(input: $input) {
      offer { id version name ageFrom operator { id } location { address town protected }
              targetGroups { targetGroup { id } approved coversNarrower } contact { phone } services { id } }
      errors { code path message } } }"""
    group = (await desk.data("{ targetGroups(first: 1) { nodes { id } } }"))["targetGroups"]["nodes"][0]["id"]
    service = (await desk.data("{ services { id } }"))["services"][0]["id"]
    given = {
        "name": "Prøvehuset",
        "operator": "municipality:aalborg",
        "ageFrom": 18,
        "targetGroups": [{"targetGroup": group, "approved": True}],
        "services": [service],
        "location": {"address": "Prøvevej 1", "town": "Aalborg", "protected": True},
        "contact": {"phone": "12 34 56 78"},
    }
    made = (await desk.data(create, {"input": {"offer": given}}))["createOffer"]
    assert made["errors"] == []
    offer = made["offer"]
    assert offer == {
        "id": offer["id"],
        "version": 1,
        "name": "Prøvehuset",
        "ageFrom": 18.0,
        "operator": {"id": "municipality:aalborg"},
        "location": {"address": "Prøvevej 1", "town": "Aalborg", "protected": True},
        "targetGroups": [{"targetGroup": {"id": group}, "approved": True, "coversNarrower": False}],
        "contact": {"phone": "12 34 56 78"},
        "services": [{"id": service}],
    }
    update = """mutation($input: UpdateOfferInput!) { updateOffer(input: $input) {
      offer { version name ageFrom contact { phone } } errors { code path } } }"""
    changed = {"id": offer["id"], "expectedVersion": 1, "offer": {"name": "Prøvegården", "ageFrom": None}}
    payload = (await desk.data(update, {"input": changed}))["updateOffer"]
    kept = {"version": 2, "name": "Prøvegården", "ageFrom": None, "contact": {"phone": "12 34 56 78"}}
    assert payload == {"offer": kept, "errors": []}
    stale = (await desk.data(update, {"input": changed}))["updateOffer"]
    assert stale == {"offer": None, "errors": [{"code": "CONFLICT", "path": ["input", "expectedVersion"]}]}
    close = """mutation($input: CloseOfferInput!) { closeOffer(input: $input) {
      offer { closedOn version } errors { code } } }"""
    ended = {"id": offer["id"], "closedOn": "2026-12-31", "expectedVersion": 2}
    payload = (await desk.data(close, {"input": ended}))["closeOffer"]
    assert payload == {"offer": {"closedOn": "2026-12-31", "version": 3}, "errors": []}


async def test_a_seat_is_given_and_given_up(desk: Desk) -> None:
    vacant = "{ seats(filter: {statuses: [VACANT]}, first: 1) { nodes { id } } }"
    seat = (await desk.data(vacant))["seats"]["nodes"][0]["id"]
    appoint = """mutation($input: AppointInput!) { appoint(input: $input) {
      seat { id status board { composition { filled carryOver vacant seats } } }
      tenure { id role representative { name gender } } errors { code path message } } }"""
    someone = {"name": "Repræsentant Ny (fiktiv)", "gender": "WOMAN", "municipality": "municipality:aalborg"}
    given = {"seat": seat, "newRepresentative": someone, "validFrom": "2026-11-01"}
    payload = (await desk.data(appoint, {"input": given}))["appoint"]
    assert payload["errors"] == []
    assert payload["seat"]["status"] != "VACANT"
    counts = payload["seat"]["board"]["composition"]
    assert counts["filled"] + counts["carryOver"] + counts["vacant"] == counts["seats"]
    assert payload["tenure"]["representative"] == {"name": "Repræsentant Ny (fiktiv)", "gender": "WOMAN"}
    again = (await desk.data(appoint, {"input": given}))["appoint"]
    assert [error["code"] for error in again["errors"]] == ["INVALID"] and again["seat"] is None
    end = """mutation($input: EndTenureInput!) { endTenure(input: $input) {
      seat { id status } tenure { validTo endReason } errors { code path } } }"""
    given = {"tenure": payload["tenure"]["id"], "on": "2026-11-15", "reason": "Flyttet"}
    ended = (await desk.data(end, {"input": given}))["endTenure"]
    assert ended["tenure"] == {"validTo": "2026-11-15", "endReason": "Flyttet"}
    assert ended["seat"] == {"id": seat, "status": "VACANT"}


async def test_decisions_and_knowledge(desk: Desk) -> None:
    ids = await desk.data("{ agreements(first: 1) { nodes { id } } boards(first: 1) { nodes { id } } }")
    agreement, board = ids["agreements"]["nodes"][0]["id"], ids["boards"]["nodes"][0]["id"]
    decide = """mutation($input: RecordDecisionInput!) { recordDecision(input: $input) {
      agreement { id approvals { board { id } decision decidedOn } } errors { code path message } } }"""
    given = {"agreement": agreement, "board": board, "decision": "APPROVED", "decidedOn": "2026-11-20"}
    payload = (await desk.data(decide, {"input": given}))["recordDecision"]
    assert payload["errors"] == []
    assert {"board": {"id": board}, "decision": "APPROVED", "decidedOn": "2026-11-20"} in payload["agreement"][
        "approvals"
    ]
    publish = """mutation($input: PublishKnowledgeInput!) { publishKnowledge(input: $input) {
      knowledge { id title kind offers { nodes { id } } } errors { code path message } } }"""
    given = {"title": "Hvad vi lærte", "kind": "FINDING", "offers": [OFFER]}
    payload = (await desk.data(publish, {"input": given}))["publishKnowledge"]
    assert payload["errors"] == []
    assert (payload["knowledge"]["title"], payload["knowledge"]["offers"]) == (
        "Hvad vi lærte",
        {"nodes": [{"id": OFFER}]},
    )
    found = await desk.data('{ search(text: "lærte") { edges { node { __typename } } } }')
    assert {"node": {"__typename": "Knowledge"}} in found["search"]["edges"]


async def test_what_is_no_node_can_be_confirmed_too(desk: Desk) -> None:
    """Every kind that can be verified: what is recorded about an offer has no type of its own to show."""
    await desk.data(CAPACITY, counted())
    ids = []
    for kind in KINDS.values():
        if "verifiedOn" in kind.properties:
            statement = f"MATCH (n:{kind.label}) RETURN min(n.id) AS id"
            ids += [row["id"] for row in await desk.directory.database.read(statement, timeout=60) if row["id"]]
    assert {"capacity", "offer", "board", "tenure"} <= {id.partition(":")[0] for id in ids}
    text = "mutation($ids: [ID!]!) { confirm(input: {ids: $ids}) { nodes { id __typename } errors { code message } } }"
    payload = (await desk.data(text, {"ids": ids}))["confirm"]
    assert payload["errors"] == []
    shown = [node["id"] for node in payload["nodes"]]
    assert shown == [id for id in ids if id.partition(":")[0] not in ("capacity", "price", "approval")]


async def test_a_payload_that_cannot_be_meant_leaves_everything_as_it_was(desk: Desk) -> None:
    """What is asked of a payload is looked at before anything is written."""
    before = await desk.ledger.position()
    for asked in ("history(first: 1000) { totalCount }", 'history(after: "?") { totalCount }'):
        answer = await desk.ask(
            f'mutation {{ confirm(input: {{ids: ["{OFFER}"]}}) {{ nodes {{ ... on Offer {{ {asked} }} }} }} }}'
        )
        (error,) = answer.errors
        assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert await desk.ledger.position() == before


async def test_fields_are_carried_out_in_turn_and_each_for_itself(desk: Desk) -> None:
    text = """mutation($a: RecordCapacityInput!, $b: RecordCapacityInput!, $c: RecordCapacityInput!) {
      first: recordCapacity(input: $a) { offer { capacity { free } } }
      __typename
      second: recordCapacity(input: $b) { errors { code } }
      third: recordCapacity(input: $c) { offer { capacity { free } } }
    }"""
    given = {name: counted(free=free)["input"] for name, free in (("a", 1), ("b", 99), ("c", 2))}
    data = await desk.data(text, given)
    assert data == {
        "first": {"offer": {"capacity": {"free": 1}}},
        "__typename": "Mutation",
        "second": {"errors": [{"code": "INVALID"}]},
        "third": {"offer": {"capacity": {"free": 2}}},
    }
    assert list(data) == ["first", "__typename", "second", "third"]


async def test_directives_and_fragments(desk: Desk) -> None:
    text = """mutation($no: Boolean!) {
        ...it
        recordCapacity(input: {offer: "x", countedOn: "2026-01-01"}) @include(if: $no) { position }
      }
      fragment it on Mutation { confirm(input: {ids: []}) { nodes { id } errors { code } } }"""
    data = await desk.data(text, {"no": False})
    assert set(data) == {"confirm"}


@pytest.mark.parametrize("name", MUTATIONS.fields)
@pytest.mark.parametrize("actor", [ANYONE, Actor.of("sagsbehandler", [Role.CASEWORKER])], ids=["anyone", "caseworker"])
async def test_nobody_without_a_role_writes(desk: Desk, name: str, actor: Actor) -> None:
    """Every mutation that there is, also one that is added later."""
    assert MUTATIONS is not None
    input = MUTATIONS.fields[name].args["input"].type
    before = await desk.ledger.position()
    text = f"mutation($input: {input}) {{ {name}(input: $input) {{ errors {{ code path message }} position }} }}"
    payload = (await desk.data(text, {"input": sample(input)}, actor))[name]
    assert [error["code"] for error in payload["errors"]] == ["FORBIDDEN"]
    assert payload["position"] is None
    assert await desk.ledger.position() == before


WRITING = (Path(__file__).parents[2] / "docs" / "writing.md").read_text(encoding="utf-8")


async def test_what_is_documented(desk: Desk) -> None:
    """Each mutation of docs/writing.md, with its variables, has the answer that stands there but for the position."""
    blocks = re.findall(r"```graphql\n(mutation.*?)```\n\n```json\n(.*?)```\n\n```json\n(.*?)```", WRITING, re.DOTALL)
    assert len(blocks) == WRITING.count("```graphql\nmutation")
    for text, variables, answer in blocks:
        given = json.loads(variables)
        if "expectedVersion" in given["input"]:
            found = await desk.data(f'{{ offer(id: "{given["input"]["id"]}") {{ version }} }}')
            moved = found["offer"]["version"] - given["input"]["expectedVersion"]
            given["input"]["expectedVersion"] += moved
        else:
            moved = 0
        data, wanted = await desk.data(text, given), json.loads(answer)
        for name, payload in wanted.items():
            if "position" in payload:
                payload["position"] = data[name]["position"]
            if "version" in payload["offer"]:
                payload["offer"]["version"] += moved
        assert data == wanted
    (subscription,) = re.findall(r"```graphql\n(subscription.*?)```", WRITING, re.DOTALL)
    assert not desk.directory.documents.get(subscription).errors


async def test_a_directory_without_commands_writes_nothing(desk: Desk) -> None:
    directory = desk.directory
    alone = Directory(directory.database, directory.memory, directory.clock)
    answer = await alone.execute(CAPACITY, counted(), None, ADMIN)
    assert answer.data is None
    assert [(error.extensions or {})["code"] for error in answer.errors or ()] == ["BAD_REQUEST"]
