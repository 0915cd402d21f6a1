"""What can go wrong, as a tree:

GraphError
├── Refused             what a caller asked for is not done, and nothing has changed; names the input
│   ├── BadInput        it cannot be meant
│   ├── NotFound        it names something that is not there
│   ├── Conflict        it was made from an older version, or does not go with what is there
│   ├── Forbidden       the caller may not do it
│   └── Duplicate       its key was used before, for something else
└── Unavailable         the engine cannot be reached, or did not answer in time
    ├── Busy            it is there, but it has no place or time for this now
    └── Uncertain       it was asked to commit, and what became of it is not known
"""

from __future__ import annotations

from typing import Self

from graph.told import Told

Path = tuple[str | int, ...]


class GraphError(Exception):
    """Something the graph refused or could not do. `message`, which is English, may be shown to the client."""

    code = "INTERNAL_SERVER_ERROR"

    def __init__(self, message: str | Told) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self._told = message

    def told(self, language: str) -> str:
        """The message in `language`, DA or EN. What a command raises is told in both."""
        return self._told.said(language) if isinstance(self._told, Told) else self._told


class Refused(GraphError):
    """`path` names the input, outermost first, such as `("need", "age")`; empty where it is the whole of it."""

    def __init__(self, message: str | Told, path: Path = ()) -> None:
        super().__init__(message)
        self.path = path

    def under(self, *prefix: str | int) -> Self:
        """The same fault, seen from where the input as a whole stands."""
        moved = self.__class__.__new__(self.__class__, *self.args)
        moved.__dict__.update(self.__dict__)
        moved.path = (*prefix, *self.path)
        return moved


class BadInput(Refused):
    code = "BAD_USER_INPUT"


class NotFound(Refused):
    code = "NOT_FOUND"


class Conflict(Refused):
    code = "CONFLICT"


class Forbidden(Refused):
    code = "FORBIDDEN"


class Duplicate(Refused):
    code = "DUPLICATE"


class Unavailable(GraphError):
    """The engine cannot be reached, or did not answer in time. It may be tried again."""

    code = "SERVICE_UNAVAILABLE"


class Busy(Unavailable):
    """Every connection to the engine is taken, or other writes are not done yet."""


class Uncertain(Unavailable):
    """It may have been done or not."""
