"""How two things are connected, and whom that may make partial."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from graph.paths.impartiality import flags
from graph.plan.binding import Arguments, Binding
from graph.plan.reads import Computed, Referred
from schema.declare import Weight, as_of, asked_day, attribute, field, told
from schema.nodes import Node
from schema.seats import Representative


@strawberry.type(description="One step from a thing to the next.")
class PathStep:
    from_: Node = field(Referred(None, lambda step: step.source), "Where the step begins.", name="from")
    relation: str = attribute("relation", "What connects the two, for programs, such as OPERATED_BY.")
    label: str = told("label", "What connects the two, as words between their names.")
    to: Node = field(Referred(None, lambda step: step.target), "Where the step ends.")


@strawberry.type(description="How two things are connected in the graph.")
class Path:
    length: int = attribute("length", "How many steps.")
    steps: list[PathStep] = attribute("steps", "The steps, in order.")


@strawberry.type(
    description="Someone whose seats may raise a question of impartiality (habilitet). "
    "A pointer to look, never a finding."
)
class ImpartialityFlag:
    representative: Representative = field(Referred("Representative", lambda flag: flag.representative), "Who.")
    path: Path = attribute("path", "From the person over the board to the municipality: what raises the question.")
    explanation: str = told("explain", "What there is to look at, in a sentence.")


LONGEST, FIRST = 6, 3
"""How long paths may be and how many there are, where nothing else is asked for."""


def path_arguments(
    source: Annotated[strawberry.ID, strawberry.argument(name="from", description="The id of the one thing.")],
    target: Annotated[strawberry.ID, strawberry.argument(name="to", description="The id of the other.")],
    max_length: Annotated[int | None, strawberry.argument(description="How many steps at most: 1 to 8.")] = LONGEST,
    first: Annotated[int | None, strawberry.argument(description="How many paths at most: 1 to 10.")] = FIRST,
) -> None:
    """The arguments of the paths between two things."""


def _between(arguments: Arguments, binding: Binding) -> Any:
    longest, first = arguments.get("maxLength"), arguments.get("first")
    return binding.services.paths.between(
        arguments["from"], arguments["to"], LONGEST if longest is None else longest, FIRST if first is None else first
    )


def paths_between() -> Any:
    """The ways from one thing to another, as a field of the root."""
    return field(
        Computed(_between),
        "How two things are connected, shortest first; empty where they are not, or one of them is not there. "
        "A classification that both share does not connect them.",
        arguments=path_arguments,
        weight=Weight(work=500),
    )


def _flags(arguments: Arguments, binding: Binding) -> Any:
    services = binding.services
    return flags(services.register, services.catalogue, asked_day(arguments, binding))


def impartiality_flags() -> Any:
    """Whose seats may raise a question, as a field of the root."""
    return field(
        Computed(_flags),
        "Persons in a board of an institution whose offers their own municipality buys from, or runs. "
        "Pointers to look (habilitet), never findings.",
        arguments=as_of,
        weight=Weight(items=30, work=200),
    )
