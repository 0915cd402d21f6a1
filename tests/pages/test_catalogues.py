"""Everything that pages say can be said in both languages: no text is left out of the catalogues, none is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from jinja2 import nodes

from schema.contract import build, core
from service.pages.languages import Language, catalogues
from service.pages.templates import FOLDER, environment
from service.pages.words import WORDS

SERVICE = FOLDER.parents[1]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
TEMPLATES = sorted(
    path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path.suffix in (".html", ".txt")
)
Id = str | tuple[str, ...]

# What is no sentence, and is the same in every language.
NAMES = {"Tilbudsvifte", "GraphQL", "English", "Dansk", "SVG", "CVR", "km", "kr.", "DKK", "xlsx", "iCalendar"}


@cache
def said() -> dict[Id, set[str]]:
    """Every text that templates and code say, with the files that say it."""
    found: dict[Id, set[str]] = {}
    methods = [
        ("**/templates/**.html", "jinja2.ext:babel_extract"),
        ("**/templates/**.txt", "jinja2.ext:babel_extract"),
        ("pages/**.py", "python"),
    ]
    options = {"**/templates/**.html": {"trimmed": "true"}, "**/templates/**.txt": {"trimmed": "true"}}
    for file, _, message, _, _ in extract_from_dir(str(SERVICE), methods, options, KEYWORDS):
        found.setdefault(tuple(message) if isinstance(message, (list, tuple)) else message, set()).add(file)
    return found


@cache
def translated() -> dict[Id, list[tuple[Path, Id]]]:
    found: dict[Id, list[tuple[Path, Id]]] = {}
    for path, catalogue in catalogues(Language.EN):
        for message in catalogue:
            if message.id:
                found.setdefault(message.id, []).append((path, message.string))
    return found


def test_every_text_is_translated() -> None:
    # Printed as a catalogue has it, so that it can be pasted there.
    missing = {id: files for id, files in said().items() if not _complete(id)}
    assert not missing, "\n\n".join(
        f'# {", ".join(sorted(files))}\nmsgid "{id}"\nmsgstr ""' for id, files in missing.items()
    )


def _complete(id: Id) -> bool:
    strings = [string for _, string in translated().get(id, [])]
    return bool(strings) and all(string and all(string) for string in strings)


def test_no_translation_is_left_over() -> None:
    assert {id: [path.name for path, _ in found] for id, found in translated().items() if id not in said()} == {}


def test_a_text_is_translated_in_one_way() -> None:
    assert {id: found for id, found in translated().items() if len({string for _, string in found}) > 1} == {}


def test_translations_have_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)s", text))

    wrong = []
    for id, found in translated().items():
        for _, string in found:
            ours, theirs = ([one] if isinstance(one, str) else list(one) for one in (id, string))
            if set().union(*map(gaps, ours)) != set().union(*map(gaps, theirs)):
                wrong.append((id, string))
    assert wrong == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_says_anything_in_one_language_only(name: str) -> None:
    assert list(_bare(environment(Language.DA).parse((FOLDER / name).read_text()))) == []


def _bare(tree: nodes.Template) -> Iterator[str]:
    """Words that stand in a template as they are, in its text or in attributes that are read out."""
    html = "".join(f"{data.data}" if isinstance(data, nodes.TemplateData) else "{}" for data in _data(tree))
    html = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    read = re.findall(r'\b(?:title|placeholder|alt|aria-label|aria-description)="([^"]*)"', html)
    read.append(re.sub(r'[\w-]+="[^"]*"', " ", re.sub(r"<[^>]*>", " ", html)))  # macros that make attributes
    for text in read:
        for word in re.findall(r"[A-Za-zÆØÅæøå]{2,}\.?", re.sub(r"&\w+;", " ", text)):
            if word not in NAMES and word.rstrip(".") not in NAMES:
                yield word


def _data(tree: nodes.Template) -> Iterator[nodes.Expr]:
    for output in tree.find_all(nodes.Output):
        yield from output.nodes


def test_every_value_of_an_enumeration_that_pages_name_has_a_name() -> None:
    types = core(build()).type_map
    for kind, words in WORDS.items():
        assert list(words) == list(types[kind].values) or set(words) == set(types[kind].values), kind  # type: ignore[attr-defined]
