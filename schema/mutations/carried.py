"""How a mutation is declared: the command that carries it out, and how its input is put to that command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.commands import Call, Commands, NewRepresentative
from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Computed
from schema.filters import plain
from schema.mutations.payloads import CODES, Outcome

OUTCOME = "outcome"
"""Where a binding holds what became of the mutation that its plan shows."""


def _outcome(arguments: Arguments, binding: Binding) -> Outcome:
    outcome: Outcome = binding.memo[OUTCOME]
    return outcome


@dataclass(frozen=True, slots=True)
class Carried(Computed):
    """A root field of `Mutation`. `command` names the method of `Commands`; what it did is then read as a value."""

    command: str

    async def carry_out(self, commands: Commands, call: Call, given: Mapping[str, Any]) -> Outcome:
        """Do what `given`, the field's input, asks for. What the caller did wrong is part of the outcome.

        Raises Unavailable, and Uncertain where it is not known whether it was done.
        """
        try:
            receipt = await getattr(commands, self.command)(call, **_arguments(given))
        except tuple(CODES) as error:
            return Outcome(errors=(error,), key=call.key)
        return Outcome(receipt.ids, (), receipt.position, call.key)


def carried(command: str) -> Carried:
    return Carried(_outcome, command)


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """An input as a command takes it. What is null there is left out: in these inputs it says no more than that."""
    found = {_snake(name): _plain(value) for name, value in given.items() if value is not None}
    found.pop("client_mutation_id", None)
    if "new_representative" in found:
        found["new_representative"] = NewRepresentative(**found["new_representative"])
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return plain(value)


_CAPITAL = re.compile(r"(?=[A-Z])")


def _snake(name: str) -> str:
    return _CAPITAL.sub("_", name).lower()
