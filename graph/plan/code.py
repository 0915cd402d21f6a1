"""Code in the making: the Python that finishes one plan's answers, written once and run for every answer.

A page of fifty offers has some five hundred values to look at. Written out for the plan at hand, with every key
in its place, that takes a third of the time that a walk over a description of them would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

DEEPEST = 8
"""Blocks in one function, after which what lies deeper gets a function of its own: Python nests at most twenty."""


class Code:
    """Functions with the constants that they refer to. Names made here are never taken twice."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._space = dict(names)
        self._functions: list[str] = []
        self._lines: list[str] = []
        self._once: dict[str, str] = {}
        self._depth = 1
        self._names = 0

    def name(self) -> str:
        """A name for a value."""
        self._names += 1
        return f"v{self._names}"

    def constant(self, value: Any) -> str:
        """The name under which the code finds `value`."""
        self._names += 1
        name = f"k{self._names}"
        self._space[name] = value
        return name

    def let(self, expression: str) -> str:
        """The name of a new variable that holds the expression's value."""
        name = self.name()
        self.line(f"{name} = {expression}")
        return name

    def once(self, expression: str) -> str:
        """The name of a variable that holds the expression's value, which is found out when it is first needed."""
        if expression not in self._once:
            self._once[expression] = self.name()
        name = self._once[expression]
        self.line(f"if {name} is None: {name} = {expression}")
        return name

    def line(self, text: str) -> None:
        self._lines.append("    " * self._depth + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Lines that stand under `head`."""
        self.line(f"{head}:")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    @property
    def deep(self) -> bool:
        """Whether what comes next should be a function of its own."""
        return self._depth > DEEPEST

    def function(self, parameters: str, body: Callable[[], str]) -> str:
        """The name of a new function whose lines `body` writes; it returns the expression of the result."""
        self._names += 1
        name = f"f{self._names}"
        outer = self._lines, self._once, self._depth
        self._lines, self._once, self._depth = [], {}, 1
        self.line(f"return {body()}")
        awaited = [f"    {name} = None" for name in self._once.values()]
        self._functions.append("\n".join((f"def {name}({parameters}):", *awaited, *self._lines)))
        self._lines, self._once, self._depth = outer
        return name

    @property
    def text(self) -> str:
        return "\n\n".join(self._functions)

    def run(self, name: str) -> Any:
        """The function of that name, ready to be called."""
        exec(compile(self.text, "<finisher>", "exec"), self._space)
        return self._space[name]
