"""The search: what leads to what, in which order, page by page."""

from __future__ import annotations

import base64
import threading
from collections.abc import Sequence

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.garbage import uncollected
from graph.record import Record
from graph.search.documents import SEARCHED, entries
from graph.search.search import LONGEST_TEXT, Content, Search
from tests.graph.search.example import CLOCK, PUBLIC, RECORDS, SECRET, record, search

SEARCH = search()


def ids(text: str, kinds: Sequence[str] | None = None, of: Search = SEARCH) -> list[str]:
    return [hit.id for hit in of.find(text, kinds, 200, None).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("østerskov", "offer:oesterskoven"),
        ("oesterskoven", "offer:oesterskoven"),
        ("Krisecenter Ærø", "offer:krise"),
        ("krisecenter aeroe", "offer:krise"),
        ("ålborg", "municipality:aalborg"),
        ("851", "municipality:aalborg"),
        ("adhd", "target-group:adhd"),
        ("opmaerksomhedsforstyrrelser", "target-group:adhd"),
        ("hjerneskader", "target-group:hjerneskade"),
        ("apopleksi", "target-group:erhvervet"),
        ("bosteder", "service:ophold"),
        ("neurocenter", "institution:neuro"),
        ("NeuroRåd", "board:bestyrelsen"),
        ("pårørende", "board:bestyrelsen"),
        ("anna oestergaard", "representative:anna"),
        ("østergaard", "representative:anna"),
        ("fællesskab", "agreement:socialaftale"),
        ("venter", "focus-area:hjerne"),
        ("neuropædagogik", "knowledge:guide"),
        ("§ 107", "legal-basis:sel-107"),
        ("brain injury", "target-group:hjerneskade"),
    ],
)
def test_what_people_type_leads_first_to_what_they_mean(text: str, first: str) -> None:
    assert ids(text)[0] == first


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("apopleksi", ["OFFER"], ["offer:oesterskoven"]),  # a synonym of a group that it serves
        ("damp", ["OFFER"], ["offer:krise"]),
        ("bosted", ["OFFER"], ["offer:oesterskoven"]),  # a synonym of a service that it gives
        ("hjerneskadet", ["OFFER"], ["offer:oesterskoven"]),
        ("brain", ["OFFER"], []),  # the English name of what is above the group that it serves
        ("107 hobro", ["OFFER"], ["offer:oesterskoven"]),
        ("apopleksi", ["KNOWLEDGE"], ["knowledge:guide"]),
        ("damp", ["FOCUS_AREA", "TARGET_GROUP"], ["target-group:adhd", "focus-area:hjerne"]),
        ("nordjylland", ["INSTITUTION", "OFFER"], ["institution:neuro", "offer:oesterskoven"]),
        ("nordjylland", ["BOARD"], []),
    ],
)
def test_synonyms_lead_to_what_is_one_step_away(text: str, kinds: list[str], found: list[str]) -> None:
    assert ids(text, kinds) == found


def test_kinds_choose_among_what_is_found() -> None:
    everything = ids("n")
    assert {id.partition(":")[0] for id in everything} > {"offer", "board", "institution"}
    for name, kind in SEARCHED.items():
        assert ids("n", [name]) == [id for id in everything if id.startswith(f"{kind}:")]
    assert ids("n", list(SEARCHED)) == everything == ids("n", [])
    assert SEARCH.texts("n", "knowledge").keys() == set(ids("n", ["KNOWLEDGE"]))


def test_every_kind_of_the_contract_is_found_by_its_name() -> None:
    for kind in SEARCHED.values():
        some = next(r for r in RECORDS if r.id.startswith(f"{kind}:"))
        name = some.properties.get("name") or some.properties.get("title") or some.properties["code"]
        assert ids(name)[0] == some.id


def test_an_exact_name_comes_first_then_names_that_begin_so_then_the_rest() -> None:
    records = [
        record("offer:a", name="Huset ved Fjorden", summary="Fjord, fjord og atter fjord."),
        record("offer:b", name="Fjordhuset"),
        record("offer:c", name="Fjord"),
        record("offer:d", name="Huset ved Fjord fjord fjord"),
        record("target-group:e", name="Ved vandet", synonyms=["fjord"]),
    ]
    found = ids("fjord", of=Search.from_records(records, CLOCK))
    assert found[:2] == ["offer:c", "offer:b"]
    assert set(found[2:]) == {"offer:a", "offer:d", "target-group:e"}


def test_a_protected_address_is_neither_found_nor_shown() -> None:
    assert ids("hemmelighedsvej") == ids("hemmelighedsvej 7") == ids("krisecenter 9000") == []
    assert "hemmelig" not in repr([SEARCH._made().entries, SEARCH._made().index.postings.words]).casefold()
    assert ids("engvejen 12") == ["institution:neuro", "offer:oesterskoven"]
    unsaid = record("location:neuro", ("IN_MUNICIPALITY", "municipality:mariagerfjord"), address=PUBLIC, town="Hobro")
    assert ids("engvejen", of=search(unsaid)) == []
    assert SECRET.partition(" ")[0].casefold() not in str([h.snippet for h in SEARCH.find("aalborg").hits]).casefold()


def test_the_town_of_a_protected_address_is_public() -> None:
    assert "offer:krise" in ids("krisecenter aalborg")


def test_of_a_person_the_name_alone_is_found() -> None:
    assert ids("fjordlisten") == ids("woman") == []
    assert ids("aalborg", ["REPRESENTATIVE"]) == []


@pytest.mark.parametrize(
    "text", ["", " ", "«»", "***", "\ud800", "\x00", "…", "Привет", "\u0301", "ß" * 250, "a " * 250]
)
def test_text_without_words_finds_nothing_and_nothing_is_an_error(text: str) -> None:
    page = SEARCH.find(text, None, None, None)
    if not any(character.isascii() and character.isalnum() for character in text):
        assert (page.hits, list(page.cursors), page.has_next, page.has_previous) == ([], [], False, False)
        assert SEARCH.texts(text, "knowledge") == {}


@settings(deadline=None)
@given(st.text(max_size=LONGEST_TEXT), st.none() | st.lists(st.sampled_from(list(SEARCHED))))
def test_any_text_may_be_asked_for(text: str, kinds: list[str] | None) -> None:
    for hit in SEARCH.find(text, kinds, 200, None).hits:
        assert hit.score > 0
        assert hit.snippet is None or "«" in hit.snippet


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("x" * (LONGEST_TEXT + 1), None, None, None), ("text",)),
        (("n", ["OFFER", "offer"], None, None), ("kinds", 1)),
        (("n", ["PERSON"], None, None), ("kinds", 0)),
        (("n", None, -1, None), ("first",)),
        (("n", None, 201, None), ("first",)),
        (("n", None, None, "!"), ("after",)),
        (("n", None, None, ""), ("after",)),
        (("n", None, None, "ÆØÅ"), ("after",)),
        (("ingenting", None, None, "W10"), ("after",)),
        (("n", None, None, SEARCH.find("nord").cursors[0]), ("after",)),
        (("n", ["OFFER"], None, SEARCH.find("n").cursors[0]), ("after",)),
    ],
)
def test_what_cannot_be_meant_names_its_argument(
    arguments: tuple[str, list[str] | None, int | None, str | None], path: object
) -> None:
    with pytest.raises(BadInput) as refused:
        SEARCH.find(*arguments)
    assert refused.value.path == path


def test_a_text_too_long_is_refused_by_texts_too() -> None:
    with pytest.raises(BadInput) as refused:
        SEARCH.texts("x" * (LONGEST_TEXT + 1), "knowledge")
    assert refused.value.path == ("text",)


@given(st.binary())
def test_a_garbled_cursor_is_refused(rubbish: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        SEARCH.find("n", None, 1, base64.urlsafe_b64encode(rubbish).decode().rstrip("="))
    assert refused.value.path == ("after",)


def test_a_cursor_with_other_values_is_refused() -> None:
    (name, direction, score, id) = _opened(SEARCH.find("n").cursors[0])
    for values in (
        (name, direction, "1", id),
        (name, direction, score, 1),
        (name, direction, score),
        ("X", "Y", score, id),
    ):
        with pytest.raises(BadInput):
            SEARCH.find("n", None, 1, base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("="))


def _opened(cursor: str) -> list[object]:
    return list(orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))))


def paged(of: Search, text: str, size: int, kinds: Sequence[str] | None = None) -> list[str]:
    """All that is found, read page by page."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = of.find(text, kinds, size, after)
        assert page.has_previous is bool(found)
        assert len(page.hits) == len(page.cursors) <= size
        found += page.ids
        if not page.has_next:
            return found
        assert len(page.hits) == size
        after = page.cursors[-1]


@settings(deadline=None)
@given(st.sampled_from(["n", "nord", "a", "hjerneskade", "s", "zz"]), st.integers(1, 7))
def test_paging_meets_every_hit_once(text: str, size: int) -> None:
    assert paged(SEARCH, text, size) == ids(text)


def test_pages_have_fifty_hits_unless_another_size_is_asked_for() -> None:
    many = Search.from_records((record(f"offer:{n}", name=f"Hus {n}") for n in range(60)), CLOCK)
    assert len(many.find("hus", None, None, None).hits) == 50
    nothing = many.find("hus", None, 0, None)
    assert (nothing.hits, nothing.has_next, nothing.has_previous) == ([], True, False)


NAMES = st.lists(st.sampled_from(["fjord", "hus", "birk", "nord"]), min_size=1, max_size=5).map(" ".join)


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 30), NAMES, min_size=2, max_size=12),
    st.dictionaries(st.integers(0, 30), st.none() | NAMES, max_size=4),
    st.data(),
)
def test_a_page_goes_on_where_the_last_ended_though_offers_came_and_went(
    before: dict[int, str], changes: dict[int, str | None], data: st.DataObject
) -> None:
    def made(names: dict[int, str]) -> Search:
        return Search.from_records([record(f"offer:{n:02}", name=name) for n, name in names.items()], CLOCK)

    after = {n: name for n, name in (before | changes).items() if name is not None}
    old, new = made(before), made(after)
    first = old.find("fjord", None, data.draw(st.integers(1, 3)), None)
    assume(first.hits)
    last, rest = first.hits[-1], new.find("fjord", None, 200, first.cursors[-1])
    now = [(-hit.score, hit.id) for hit in new.find("fjord", None, 200, None).hits]
    stands = {id: (score, id) for score, id in now}.get(last.id, (-last.score, last.id))
    assert rest.ids == [id for score, id in now if (score, id) > stands]


async def test_a_question_waits_for_the_index_which_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def of(records: list[Record]) -> Content:
        made.append(len(records))
        with uncollected():
            return original(records)

    original = Content.of
    monkeypatch.setattr(Content, "of", of)
    fresh = search()
    asked = [threading.Thread(target=fresh.find, args=("nord", None, None, None)) for _ in range(4)]
    for thread in asked:
        thread.start()
    await fresh.index()
    for thread in asked:
        thread.join()
    assert made == [len(RECORDS)]
    assert ids("østerskoven", of=fresh) == ["offer:oesterskoven"]


def test_an_empty_search_finds_nothing() -> None:
    assert ids("n", of=Search.from_records([], CLOCK)) == []


def test_an_offer_without_anything_but_a_name_is_found() -> None:
    assert ids(
        "bare", of=Search.from_records([record("offer:x", ("SERVES", "target-group:gone"), name="Bare")], CLOCK)
    ) == ["offer:x"]


def test_only_what_the_contract_can_return_is_found() -> None:
    kinds = {id.partition(":")[0] for id in entries(RECORDS)}
    assert kinds == set(SEARCHED.values())
    assert ids("socialtilsyn") == ids("temporary home", ["SERVICE"]) == []
