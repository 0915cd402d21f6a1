"""Reading the files: YAML into plain values, remembering on which line each stands.

The YAML is kept plain, so that a file means what it looks like: `no`, `on` and dates are text, numbers are
decimal, a key may stand once, and there are no anchors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer

from graph.errors import GraphError

Place = tuple[str | int, ...]
"""Where in a file: keys and positions, outermost first, such as `("offers", 3, "ageTo")`."""


@dataclass(frozen=True, slots=True, order=True)
class SeedFault:
    """One thing wrong with a file: where (the field as a path, such as `offers[3].ageTo`) and what."""

    file: str
    line: int
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field + ': ' if self.field else ''}{self.what}"


class SeedFaults(GraphError):
    """Everything that is wrong with the files of a folder. Nothing of it was loaded."""

    code = "BAD_USER_INPUT"

    def __init__(self, faults: Sequence[SeedFault]) -> None:
        self.faults = tuple(sorted(faults))
        count = f"{len(self.faults)} fault{'s' if len(self.faults) != 1 else ''}"
        super().__init__("\n".join([f"{count} in the files, nothing was loaded:", *map(str, self.faults)]))


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its plain values, and the line of each."""

    file: str
    content: Any
    lines: Mapping[Place, int]

    def fault(self, path: Place, what: str) -> SeedFault:
        """`what` is wrong at `path`, or inside the nearest thing around it that is there."""
        known = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in self.lines or n == 0)
        return SeedFault(self.file, self.lines.get(known, 1), field_name(path), what)


def field_name(path: Place) -> str:
    """`path` as it is shown: `offers[3].ageTo`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def documents(folder: Path) -> tuple[list[Document], list[SeedFault]]:
    """Every YAML file under `folder`, in the order of its path, and what could not be read."""
    read: list[Document] = []
    faults: list[SeedFault] = []
    if not folder.is_dir():
        return [], [SeedFault(str(folder), 1, "", "is no folder")]
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        file = path.relative_to(folder).as_posix()
        try:
            if path.suffix == ".yaml":
                document, wrong = parse(file, path.read_bytes())
                read.append(document)
                faults.extend(wrong)
            elif path.suffix != ".md":
                faults.append(SeedFault(file, 1, "", "would be passed over: content is .yaml, words about it are .md"))
        except OSError as error:
            faults.append(SeedFault(file, 1, "", f"cannot be read: {error.strerror}"))
    return read, faults if read or faults else [SeedFault(str(folder), 1, "", "holds no .yaml file")]


def parse(file: str, data: bytes) -> tuple[Document, list[SeedFault]]:
    """The document in `data`, without what could not be read of it, and the faults."""
    reading = _Reading(file)
    try:
        node = yaml.compose(data.decode("utf-8"), Loader=_PlainLoader)
        content = reading.value(node, ()) if node else {}
    except UnicodeDecodeError as error:
        return Document(file, {}, {}), [SeedFault(file, data[: error.start].count(b"\n") + 1, "", "is not UTF-8")]
    except yaml.MarkedYAMLError as error:
        last = data.count(b"\n") + 1  # what the end of the file lacks is told of the line after it
        line = min(error.problem_mark.line + 1, last) if error.problem_mark else 1
        return Document(file, {}, {}), [SeedFault(file, line, "", f"is no YAML: {error.problem or error.context}")]
    except yaml.YAMLError as error:
        return Document(file, {}, {}), [SeedFault(file, 1, "", f"is no YAML: {str(error).splitlines()[0]}")]
    except RecursionError:
        return Document(file, {}, {}), [SeedFault(file, 1, "", "is nested too deeply")]
    return Document(file, content, reading.lines), reading.faults


class _PlainLoader(Composer, yaml.CSafeLoader):
    """Knows null, true and false, and decimal numbers; everything else is text.

    It reads with libyaml, which PyYAML's wheels bring along: ten times as fast as without.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent) and (alias := self.peek_event()):
            mark: Any = alias.start_mark  # libyaml's own sort of mark, with a line like any other
            raise yaml.composer.ComposerError(problem="an alias (*name) is not used here", problem_mark=mark)
        return super().compose_node(parent, index)


_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)$"), ["n", "~", ""])
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), ["t", "f"])
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789")
)
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]+$"), list("-0123456789")
)


class _Reading:
    """One walk through a composed document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.faults: list[SeedFault] = []

    def value(self, node: yaml.Node, path: Place) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        match node:
            case yaml.MappingNode():
                return dict(self._pairs(node, path))
            case yaml.SequenceNode():
                return [self.value(item, (*path, n)) for n, item in enumerate(node.value)]
            case _:
                return self._scalar(node, path)

    def _pairs(self, node: yaml.MappingNode, path: Place) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key, item in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, path, "a key must be a word")
            elif key.value in first:
                self._fault(key, (*path, key.value), f"stands twice, first on line {first[key.value]}")
            else:
                first[key.value] = self.lines[(*path, key.value)] = line
                yield key.value, self.value(item, (*path, key.value))

    def _scalar(self, node: yaml.Node, path: Place) -> Any:
        text: str = node.value
        match node.tag.removeprefix("tag:yaml.org,2002:"):
            case "null" if text in ("null", "~", ""):
                return None
            case "bool" if text in ("true", "false"):
                return text == "true"
            case "int" if re.fullmatch(r"-?[0-9]{1,18}", text):
                return int(text)
            case "float" if re.fullmatch(r"-?[0-9]{1,18}\.[0-9]+", text) and math.isfinite(number := float(text)):
                return number
            case "str":
                return text
        self._fault(node, path, f"the tag {node.tag} is not used here")
        return None

    def _fault(self, node: yaml.Node, path: Place, what: str) -> None:
        self.faults.append(SeedFault(self.file, node.start_mark.line + 1, field_name(path), what))
