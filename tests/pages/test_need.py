"""The need as a form describes it: what is read from its fields, what is wrong with them, how it is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages.asking import NotAnswered
from service.pages.fields import Fields
from service.pages.finding.need import LABELS, Need, need_of
from service.pages.formats import Formats
from service.pages.languages import Language, translations
from service.pages.visit import Visit
from service.pages.words import WORDS


def visit(language: Language = Language.DA, today: str = "2026-11-21") -> Visit:
    texts = translations(language)

    def gettext(text: str, **values: object) -> str:
        return texts.gettext(text) % values if values else texts.gettext(text)

    def word(kind: str, value: str) -> str:
        return texts.gettext(WORDS[kind][value])

    return cast(Visit, SimpleNamespace(gettext=gettext, word=word, formats=Formats(language), today=today))


def need(*pairs: tuple[str, str]) -> Need:
    return need_of(Fields.of(pairs), visit())


def test_everything_that_a_form_can_say() -> None:
    read = need(
        ("age", "34,5"),
        ("home", "municipality:aalborg"),
        ("group", "hjerneskade"),
        ("also", "afasi, angst"),
        ("also", "afasi"),
        ("circumstance", "target-group:misbrug"),
        ("theme-item:samtale", "SEVERE"),
        ("theme-item:spise", ""),
        ("support", "HIGH"),
        ("type", "offer-type:krisecenter"),
        ("section", "legal-basis:sel-107"),
        ("service", "service:traening"),
        ("service", "service:ophold"),
        ("near", "municipality:thisted"),
        ("km", "50"),
        ("price", "66.567"),
        ("unit", "MONTH"),
        ("free", "1"),
        ("from", "1.12.2026"),
        ("unapproved", "1"),
        ("report", "1"),
        ("offer", "offer:x"),
    )
    assert read.fields.faults == {}
    assert read.unit == "MONTH"
    assert read.variables == {
        "age": 34.5,
        "homeMunicipality": "municipality:aalborg",
        "circumstances": ["target-group:misbrug"],
        "levels": [{"item": "theme-item:samtale", "level": "SEVERE"}],
        "supportLevel": "HIGH",
        "offerTypes": ["offer-type:krisecenter"],
        "legalBases": ["legal-basis:sel-107"],
        "services": ["service:traening", "service:ophold"],
        "near": {"municipality": "municipality:thisted", "withinKm": 50},
        "maxPrice": {"amount": "66567", "unit": "MONTH"},
        "freePlaceNeeded": True,
        "neededFrom": "2026-12-01",
        "reportSince": "2025-11-21",
        "words": ["hjerneskade", "afasi", "angst"],
        "requireApproval": False,
    }


def test_nothing_said_is_nothing_asked() -> None:
    read = need(("age", ""), ("home", " "), ("group", " , "), ("unit", "YEAR"), ("offer", "offer:x"), ("first", "40"))
    assert not read.asked
    assert read.variables == {}


def test_an_age_of_nothing_is_an_age() -> None:
    assert need(("age", "0")).variables == {"age": 0}


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("age", ["-1", "131", "abc", "nan", "1e9", "3 4"]),
        ("km", ["-1", "1001", "langt", "inf"]),
        ("price", ["-5", "mange", "1e30", "12,3,4"]),
        ("unit", ["WEEK", "day"]),
        ("support", ["LOTS"]),
        ("report", ["3", "et år"]),
        ("from", ["32.1.2026", "i morgen", "2026-02-30", "1.1"]),
        ("theme-item:samtale", ["WORST"]),
        ("group", ["x" * 81, ",".join(map(str, range(21)))]),
        ("also", ["y" * 81]),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(name: str, texts: list[str]) -> None:
    for text in texts:
        read = need((name, text), ("home", "municipality:aalborg"))
        assert list(read.fields.faults) == [name], text
        assert read.fields.faults[name], text
        assert read.fields.text(name) == text, "what was typed stands there again"
        assert read.variables == {"homeMunicipality": "municipality:aalborg"}, text


@pytest.mark.parametrize(
    ("today", "years", "since"),
    [("2026-11-21", "2", "2024-11-21"), ("2028-02-29", "1", "2027-02-28"), ("2029-02-28", "1", "2028-02-28")],
)
def test_a_report_is_so_many_years_old_at_most(today: str, years: str, since: str) -> None:
    assert need_of(Fields.of([("report", years)]), visit(today=today)).variables == {"reportSince": since}


def test_a_distance_is_from_somewhere() -> None:
    assert list(need(("km", "30")).fields.faults) == ["km"]
    assert need(("km", "30"), ("near", "municipality:rebild")).fields.faults == {}


@given(st.dictionaries(st.sampled_from([*LABELS, "unit", "theme-item:spise", "first"]), st.text(max_size=40)))
def test_no_text_breaks_it(texts: dict[str, str]) -> None:
    read = need(*texts.items())
    if not read.fields.faults:
        said = read.told({}, visit())
        assert all(label and value for label, value in said)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("need", "age"), "age"),
        (("need", "homeMunicipality"), "home"),
        (("need", "offerTypes", 0), "type"),
        (("need", "legalBases", 0), "section"),
        (("need", "services", 2), "service"),
        (("need", "circumstances", 0), "circumstance"),
        (("need", "near", "withinKm"), "km"),
        (("need", "near", "municipality"), "near"),
        (("need", "maxPrice", "amount"), "price"),
        (("need", "neededFrom"), "from"),
        (("need", "reportSince"), "report"),
        (("need", "levels", 0, "item"), "theme-item:hukommelse"),
        (("need", "words"), "also"),
    ],
)
def test_what_the_api_refuses_is_said_at_its_field(path: tuple[str | int, ...], name: str) -> None:
    read = need(("theme-item:hukommelse", "MILD"))
    read.refused(NotAnswered("BAD_USER_INPUT", "", path), visit())
    assert list(read.fields.faults) == [name]


def test_what_is_about_no_field_is_raised() -> None:
    with pytest.raises(NotAnswered):
        need(("age", "3")).refused(NotAnswered("RATE_LIMITED", ""), visit())


def notice(word: str | None, read_as: dict[str, str] | None = None) -> dict[str, Any]:
    return {"code": "ANY", "word": word, "message": f"om {word}", "readAs": read_as}


def test_words_are_heard_where_they_were_typed() -> None:
    read = need(("group", "adhd"), ("also", "xyzzy, angst"))
    others = read.heard(
        [
            notice("angst", {"id": "target-group:angst", "name": "Angst"}),
            notice("xyzzy"),
            notice("adhd", {"id": "target-group:opmaerksomhedsforstyrrelse", "name": "Opmærksomhedsforstyrrelse"}),
            notice(None),
        ]
    )
    assert others == [notice(None)]
    assert {name: [hint["word"] for hint in hints] for name, hints in read.hints.items()} == {
        "group": ["adhd"],
        "also": ["angst"],
    }
    assert read.fields.faults == {"also": "om xyzzy"}
    assert not read.lost


def test_what_was_asked_is_told_in_words() -> None:
    answer: dict[str, Any] = {
        "anything": {"nodes": [{"id": "municipality:aalborg", "name": "Aalborg Kommune"}]},
        "offerTypes": [{"id": "offer-type:x", "name": "Midlertidigt botilbud", "legalBases": []}],
        "themes": [{"name": "Kommunikation", "items": [{"id": "theme-item:samtale", "name": "Samtale"}]}],
        "legalBases": [{"id": "legal-basis:sel-107", "code": "SEL § 107", "title": "Midlertidigt ophold"}],
    }
    read = need(
        ("age", "34"),
        ("home", "municipality:aalborg"),
        ("group", "hjerneskade"),
        ("type", "offer-type:x"),
        ("section", "legal-basis:sel-107"),
        ("theme-item:samtale", "SEVERE"),
        ("price", "66.567"),
        ("unit", "MONTH"),
        ("from", "2026-12-01"),
    )
    assert read.told(answer, visit()) == [
        ("Alder", "34 år"),
        ("Hjemkommune", "Aalborg Kommune"),
        ("Primær målgruppe", "hjerneskade"),
        ("Slags tilbud", "Midlertidigt botilbud"),
        ("Paragraf", "SEL § 107"),
        ("Højeste pris", "66.567 kr. pr. måned"),
        ("Pladsen skal bruges fra", "1. december 2026"),
        ("Samtale", "Svær begrænsning"),
    ]
    assert read.told(answer, visit(Language.EN))[0] == ("Age", "34 years")
