"""What can go wrong, as a tree:

GraphError
├── BadInput            the caller's input is wrong; names the input
├── NotFound            a command names something that is not there
├── Conflict            a command was made from an older version
└── Unavailable         the engine cannot be reached, or did not answer in time
    └── Busy            it is there, but all connections are taken
"""

from __future__ import annotations


class GraphError(Exception):
    """Something the graph refused or could not do. The message may be shown to the client."""

    code = "INTERNAL_SERVER_ERROR"


class BadInput(GraphError):
    """Input that cannot be meant. `path` names it, outermost first, such as `("need", "age")`."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def under(self, *prefix: str | int) -> BadInput:
        """The same fault, seen from where the input as a whole stands."""
        return BadInput(self.message, (*prefix, *self.path))


class NotFound(GraphError):
    code = "NOT_FOUND"


class Conflict(GraphError):
    code = "CONFLICT"


class Unavailable(GraphError):
    """The engine cannot be reached, or did not answer in time. It may be tried again."""

    code = "SERVICE_UNAVAILABLE"


class Busy(Unavailable):
    """Every connection to the engine is taken."""
