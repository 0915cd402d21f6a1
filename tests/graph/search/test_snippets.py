"""Snippets: the text around a hit, as it is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.danish import fold, stem
from graph.search.index import Document, TextIndex
from graph.search.snippets import LONGEST, Snippets

LONG = (
    "Der bor ti. " * 30
    + "Her hjælper vi borgere med erhvervet hjerneskade og deres pårørende. "
    + "Alle er velkomne. " * 30
)


def shown(document: Document, text: str) -> str | None:
    return Snippets(TextIndex.of({"a": document}.items()).find(text).wanted).of(document)


@pytest.mark.parametrize(
    ("text", "snippet"),
    [
        ("hjerneskader", "Voksne med «Hjerneskade», Ærø-modellen"),
        ("hjernes", "Voksne med «Hjerneskade», Ærø-modellen"),
        ("aeroe", "Voksne med Hjerneskade, «Ærø»-modellen"),
        ("ærø voksne", "«Voksne» med Hjerneskade, «Ærø»-modellen"),
    ],
)
def test_the_hit_stands_in_its_own_letters_between_the_marks(text: str, snippet: str) -> None:
    assert shown(Document("Huset", texts=("Voksne med Hjerneskade, Ærø-modellen",)), text) == snippet


def test_where_the_name_alone_says_it_there_is_none() -> None:
    assert shown(Document("Huset", texts=("Ved fjorden",)), "huset") is None
    assert shown(Document("Huset", texts=("Ved fjorden",)), "huset fjord") == "Ved «fjorden»"


def test_the_text_that_says_most_is_shown_running_text_first() -> None:
    document = Document("X", ("birk",), ("Ask By",), ("birk, ask",), ("En birk.", "Intet"))
    assert shown(document, "birk") == "En «birk»."
    assert shown(document, "birk ask") == "«birk», «ask»"
    assert shown(document, "by") == "Ask «By»"


def test_of_a_long_text_the_stretch_around_the_hits_is_shown() -> None:
    snippet = shown(Document("X", texts=(LONG,)), "hjerneskade borger")
    assert snippet is not None
    assert "«borgere» med erhvervet «hjerneskade»" in snippet
    assert len(snippet) <= LONGEST + 4
    assert snippet.replace("«", "").replace("»", "") in LONG


def test_the_stretch_where_most_of_the_words_stand_is_chosen() -> None:
    text = "Birk. " + "Noget helt andet. " * 20 + "Her er birk og ask. " + "Mere. " * 50
    assert "«birk» og «ask»" in (shown(Document("X", texts=(text,)), "ask birk") or "")


def test_marks_that_the_text_itself_has_are_no_hits() -> None:
    assert shown(Document("X", texts=("Kaldet «Birk» af »alle«",)), "alle") == 'Kaldet "Birk" af "«alle»"'


def test_a_single_word_longer_than_a_snippet_is_shown_whole() -> None:
    word = "b" * (LONGEST + 50)
    assert shown(Document("X", texts=(f"{word} {LONG}",)), "bbbbb") == f"«{word}»"


def test_letters_written_with_loose_marks_are_shown_as_one() -> None:
    assert shown(Document("X", texts=(unicodedata.normalize("NFD", "På Ålø"),)), "aaloe") == "På «Ålø»"


PIECES = st.sampled_from(
    ["Ærø", "birk", "Birken", "asketræ", "ask", " ", ", ", "é", "e\u0301", "«", "»", "\n", "™", "ab ", "x" * 90]
)
TEXT = st.lists(PIECES, max_size=60).map("".join)


@given(TEXT, st.sampled_from(["ærø", "birk", "ask", "birk ask", "e", "x", "tm", "ab ærø birk"]))
def test_without_its_marks_a_snippet_is_part_of_the_text_and_each_mark_is_a_hit(text: str, asked: str) -> None:
    snippet = shown(Document("Intet", texts=(text,)), asked)
    if snippet is None:
        return
    written = unicodedata.normalize("NFC", text).replace("«", '"').replace("»", '"')
    assert snippet.replace("«", "").replace("»", "") in written
    marked = [part.partition("»")[0] for part in snippet.split("«")[1:]]
    assert marked
    for hit in marked:
        words = fold(hit).split()
        assert any(
            word.startswith(typed) or stem(word) == stem(typed) or len(word) > 5
            for word in words
            for typed in fold(asked).split()
        ), hit


@given(TEXT, st.text(max_size=20))
def test_there_is_a_snippet_exactly_where_the_text_is_what_was_found(text: str, asked: str) -> None:
    document = Document("zzzz", texts=(text,))
    hits = TextIndex.of({"a": document}.items()).find(asked)
    in_name = all("zzzz".startswith(word) for word in fold(asked).split())
    if len(hits.rows) and not in_name:
        assert "«" in (Snippets(hits.wanted).of(document) or "")
