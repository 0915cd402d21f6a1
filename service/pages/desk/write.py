"""A write that a form asks for: one mutation, carried out once, and what it refused told at the form's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from secrets import token_urlsafe
from typing import Any

from service.pages.asking import NotAnswered
from service.pages.fields import Fields
from service.pages.languages import N_
from service.pages.visit import Visit

_STATUS = {
    "FORBIDDEN": HTTPStatus.FORBIDDEN,
    "CONFLICT": HTTPStatus.CONFLICT,
    "DUPLICATE": HTTPStatus.CONFLICT,
    "NOT_FOUND": HTTPStatus.NOT_FOUND,
}
_OURS = {
    "DUPLICATE": N_("Formularen er allerede sendt én gang med andre oplysninger. Se efter, og gem igen."),
    "CONFLICT": N_("En anden har ændret tilbuddet imens. Se det igennem, og gem igen, hvis du stadig vil."),
}
"""What people are told otherwise than programs."""
_UNREADABLE = N_("Det kan ikke gemmes sådan.")


def once() -> str:
    """A name for what a form will ask for, so that a form that is sent twice is carried out once."""
    return token_urlsafe(12)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that writes. `operation` is the mutation; `names` are the fields that are called otherwise in its input.

    `id` is that of the form's section on the page, where a refusal stands that is about no field.
    """

    id: str
    operation: str
    fields: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def place(self, path: Iterable[str | int]) -> str:
        """The field that a path of the input leads to, else the section."""
        by_input = {self.names.get(name, name): name for name in self.fields}
        found = (by_input[step] for step in reversed(list(path)) if isinstance(step, str) and step in by_input)
        return next(found, self.id)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a write: the payload, or the code and status of its refusal."""

    payload: Mapping[str, Any]
    code: str | None = None

    @property
    def status(self) -> int:
        return HTTPStatus.OK if self.code is None else _STATUS.get(self.code, HTTPStatus.BAD_REQUEST)

    @property
    def position(self) -> int:
        return int(self.payload.get("position") or 0)


INVALID = Written({}, "INVALID")


async def write(visit: Visit, form: Form, fields: Fields, input: Mapping[str, Any]) -> Written:
    """Asks for what `fields` say, unless there are faults in them already; puts the faults that are found there."""
    if fields.faults:
        return INVALID
    key = fields.text("once") or None
    try:
        data = await visit.ask(form.operation, input={**input, "clientMutationId": key})
    except NotAnswered as refused:
        if refused.code != "BAD_USER_INPUT":
            raise
        fields.faults[form.place(refused.path)] = visit.gettext(_UNREADABLE)
        return INVALID
    payload = data["written"]
    if not payload["errors"]:
        return Written(payload)
    for error in payload["errors"]:
        ours = _OURS.get(error["code"])
        said = visit.gettext(ours) if ours else error["message"]
        fields.faults.setdefault(form.place(error["path"]), said)
    return Written(payload, payload["errors"][0]["code"])
