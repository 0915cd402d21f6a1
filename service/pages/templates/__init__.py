"""The templates of the pages, and what is at hand in them: texts in the page's language, forms of values, links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from service.pages import words
from service.pages.addresses import address
from service.pages.drawing import outline
from service.pages.formats import Formats
from service.pages.languages import Language, translations

FOLDER = Path(__file__).parent
STATIC = FOLDER.parents[1] / "static" / "pages"


class Pages(Environment):
    """What templates name in an answer is its data, before any method of a dict, and is found at once."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def environment(language: Language, reload: bool = False) -> Environment:
    """Templates in a language. What a template names and nobody gave is an error, not an empty place."""
    made = Pages(
        loader=FileSystemLoader(FOLDER),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=reload,
    )
    made.policies["ext.i18n.trimmed"] = True
    texts = translations(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]
        texts.gettext, texts.ngettext, newstyle=True, pgettext=texts.pgettext, npgettext=texts.npgettext
    )
    formats = Formats(language)
    made.filters |= {
        "day": formats.day,
        "last": formats.last,
        "month": formats.month,
        "moment": formats.moment,
        "number": formats.number,
        "money": formats.money,
        "percent": formats.percent,
        "word": lambda value, kind: texts.gettext(words.WORDS[kind][value]),
        "address": address,
    }
    made.globals |= {"lang": language.tag, "href": language.href, "static": _static, "outline": outline}
    return made


def rendered(language: Language, name: str, context: Mapping[str, Any], reload: bool = False) -> str:
    template: Template = environment(language, reload).get_template(name)
    return template.render(context)


@cache
def _static(name: str) -> str:
    """The address of a file in static/pages, which changes when the file does."""
    return f"/static/pages/{name}?{sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"
