"""What offers name, and offers as the tests of editing make and read them."""

from __future__ import annotations

from typing import Any

from graph.commands import Commands
from graph.commands.fields import texts
from graph.database import Database
from graph.record import Edge
from tests.calls import TESTS
from tests.graph.commands.made import made

NAMED = [
    made("municipality:hjoerring", code="860"),
    made("institution:havet", Edge("RUN_BY", "municipality:hjoerring"), Edge("LOCATED_AT", "location:faelles")),
    made("location:faelles", town="Hjørring"),
    made("offer-type:botilbud"),
    made("legal-basis:sel-107"),
    made("legal-basis:sel-108"),
    made("service:praktik"),
    made("theme:t"),
    made("theme-item:mobilitet", Edge("OF_THEME", "theme:t")),
    made("theme-item:sprog", Edge("OF_THEME", "theme:t")),
    made("agreement:a"),
]


async def created(commands: Commands, **offer: Any) -> str:
    return str((await commands.create_offer(TESTS, offer=offer)).ids["offer"])


async def own(commands: Commands, id: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The offer, its location and its contact, each told as text; what is not there is empty."""
    offer = texts((await commands.records([id]))[id])
    ids = [offer.pop(type, "") for type in ("LOCATED_AT", "HAS_CONTACT")]
    found = await commands.records(ids)
    return offer, *(texts(found[id]) if id in found else {} for id in ids)


async def version(database: Database, id: str) -> int:
    return int((await database.read("MATCH (o:Offer {id: $id}) RETURN o.version AS v", {"id": id}))[0]["v"])
