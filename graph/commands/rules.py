"""Who may write what: the roles of `graph.actor`, and whose offers an editor's reach to, as the graph says.

An offer belongs to its operator (OPERATED_BY), to its institution (OF_INSTITUTION), and to whoever runs that (RUN_BY).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph import wording
from graph.actor import Actor, Role
from graph.commands.storing import Run
from graph.errors import Forbidden, Path
from graph.record import Record
from graph.told import Told, Wording

_ROLES = {
    Role.CASEWORKER: Told("sagsbehandler", "caseworker"),
    Role.EDITOR: Told("redaktør", "editor"),
    Role.SECRETARIAT: Told("sekretariat", "secretariat"),
    Role.ADMIN: Told("administrator", "admin"),
}


def admit(actor: Actor, roles: Collection[Role], path: Path = ()) -> None:
    """Raise Forbidden, at `path`, unless `actor` has one of `roles`, or is an admin, who may do everything."""
    if not actor.is_any(*roles):
        names = [_ROLES[role] for role in (*roles, Role.ADMIN)]
        either = Told(" eller ".join(role.da for role in names), " or ".join(role.en for role in names))
        raise Forbidden(wording.NO_ROLE(roles=either), path)


async def reaches(run: Run, actor: Actor, offer: Record) -> bool:
    """Whether `actor` may write `offer`: an admin may; an editor where it belongs to an organisation in their scope."""
    if actor.is_any():
        return True
    if Role.EDITOR not in actor.roles:
        return False
    institutions = _named(offer, "OF_INSTITUTION")
    if not actor.organisations.isdisjoint(institutions | _named(offer, "OPERATED_BY")):
        return True
    rows = await run(
        "UNWIND $ids AS id MATCH (:Institution {id: id})-[:RUN_BY]->(o) RETURN o.id AS id", {"ids": [*institutions]}
    )
    return any(row["id"] in actor.organisations for row in rows)


async def must_reach(run: Run, actor: Actor, offer: Record, path: Path, why: Wording | None = None) -> None:
    """Raise Forbidden, at `path`, unless `actor` may write `offer`."""
    if not await reaches(run, actor, offer):
        raise Forbidden((why or wording.OUT_OF_SCOPE)(id=repr(offer.id)), path)


def grants(actor: Actor, authorities: Iterable[str]) -> bool:
    """Whether `actor` records what one of `authorities` decides, on any offer."""
    return Role.EDITOR in actor.roles and not actor.organisations.isdisjoint(authorities)


def _named(record: Record, type: str) -> set[str]:
    return {edge.target for edge in record.edges if edge.type == type}
