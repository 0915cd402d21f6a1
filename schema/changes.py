"""The change log: who changed what, when. Deletions are entries too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Annotated, Any

import orjson
import strawberry

from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Derived, Pages, SubjectNode, Unpacked
from graph.plan.reads.pages import Parameter
from schema.declare import Before, First, Last, Weight, attribute, field, stored
from schema.nodes import Node
from schema.withheld import withheld


@strawberry.enum(description="What was done.")
class ChangeAction(Enum):
    CREATED = strawberry.enum_value("CREATED", description="The subject is new.")
    UPDATED = strawberry.enum_value("UPDATED", description="Some of its fields are others, or a dated fact was added.")
    DELETED = strawberry.enum_value("DELETED", description="The subject is gone.")
    IMPORTED = strawberry.enum_value("IMPORTED", description="A batch was loaded; followers read everything anew.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a change to a node of `kind`."""

    kind: str
    name: str
    before: str | None
    after: str | None

    def shown(self, text: str | None, binding: Binding) -> str | None:
        return None if withheld(self.kind, self.name, binding.view) else text


def _unpack(stored: Mapping[str, Any]) -> list[Entry]:
    return [Entry(stored["kind"], **entry) for entry in orjson.loads(stored["fields"])]


@strawberry.type(description="One field of a change, before and after, as text.")
class FieldChange:
    name: str = attribute("name", "The field's name.")
    before: str | None = attribute(
        lambda entry, arguments, binding: entry.shown(entry.before, binding),
        "Null where there was none, and for callers who may not see it: addresses, coordinates, gender.",
    )
    after: str | None = attribute(
        lambda entry, arguments, binding: entry.shown(entry.after, binding),
        "Null where there is none now, and for callers who may not see it.",
    )


@strawberry.type(description="One entry of the change log.")
class Change:
    id: strawberry.ID = stored("id", "Names the entry.")
    position: str = field(
        Derived(("position",), lambda raw, own, above, binding: str(raw)),
        "Its place in the log: positions rise by one, without gaps.",
    )
    at: datetime = stored("at", "When it was committed, UTC.")
    actor: str = stored("actor", "Who did it.")
    action: ChangeAction = stored("action", "What was done.")
    kind: str = stored("kind", "The kind of its subject, such as `offer`.")
    subject: strawberry.ID = stored("subject", "The id of what was changed.")
    node: Node | None = field(SubjectNode("subject"), "What was changed, as it is now; null where it is gone.")
    fields: list[FieldChange] = field(
        Unpacked(("kind", "fields"), _unpack),
        "Which fields are others than before, by name.",
        weight=Weight(items=25),
    )


def change_arguments(
    after: Annotated[
        str | None,
        strawberry.argument(
            description="Return what follows this position, such as an answer's `extensions.position`."
        ),
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    kinds: Annotated[
        list[str] | None, strawberry.argument(description="Only subjects of these kinds, such as `offer`.")
    ] = strawberry.UNSET,
    subject: Annotated[strawberry.ID | None, strawberry.argument(description="Only this subject.")] = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> None:
    """The arguments of the change log."""


def _where(given: Arguments, parameter: Parameter, node: str) -> list[str]:
    conditions = []
    if given.get("kinds") is not None:
        conditions.append(f"{node}.kind IN {parameter(lambda arguments, binding: list(arguments['kinds']))}")
    if given.get("subject") is not None:
        conditions.append(f"{node}.subject = {parameter(lambda arguments, binding: arguments['subject'])}")
    return conditions


HISTORY = Pages("Change", subject="subject", touching="TOUCHES", order="position", descending=True, numbered="change")


def change_log() -> Any:
    """The log itself, oldest first."""
    return field(
        Pages("Change", order="position", numbered="change", where=_where),
        "The change log, oldest first. Read on from `extensions.position` to follow what happens.",
        arguments=change_arguments,
    )
