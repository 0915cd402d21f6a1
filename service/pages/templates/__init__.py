"""The templates of the pages, and what is at hand in them: texts in the page's language, forms of values, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from service.pages import words
from service.pages.addresses import address
from service.pages.drawing import outline
from service.pages.formats import Formats
from service.pages.languages import Language, translations

FOLDER = Path(__file__).parent
STATIC = FOLDER.parents[1] / "static" / "pages"


class Pages(Environment):
    """Templates of one language. What they name in an answer is its data, before any method of a dict."""

    said: Callable[[str], str]
    """What a text is in the language."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Said().visit(super()._parse(source, name, filename))
        return parsed

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Said(NodeTransformer):
    """Translates texts without gaps when a template is compiled, once, and not each time that it says them."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        match node:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=str(text))], kwargs=[], dyn_kwargs=None
            ):
                # A text with no gap is a format string too: as Jinja has it, and so that %% is one.
                said = Markup(cast(Pages, node.environment).said(text) % {})
                return nodes.Const(said, lineno=node.lineno, environment=node.environment)
        return node


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
    made.said = texts.gettext
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
