"""Pages of the register: walked either way they give the list, whatever comes and goes meanwhile."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from random import Random

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.clock import FixedClock
from graph.errors import BadInput
from graph.keyset import PageRequest
from graph.record import Edge, Record
from graph.register.filters import BoardFilter, SeatFilter
from graph.register.listing import Listed
from graph.register.register import Register
from tests.graph.register import drawn
from tests.graph.register.drawn import BOARDS

CLOCK = FixedClock.on(date(2026, 3, 1))
LISTS: dict[str, Callable[[Register, PageRequest], Listed]] = {  # type: ignore[type-arg]
    "boards": lambda register, page: register.boards(None, page, total=True),
    "seats": lambda register, page: register.seats(None, page, total=True),
    "representatives": lambda register, page: register.representatives(None, None, None, page, total=True),
    "a board's seats": lambda register, page: first(
        register.seats_by("board", None, page, total=True, only=BOARDS[:1])
    ),
}
EMPTY = Register.from_records([], CLOCK)


def first(pages: dict[str, Listed]) -> Listed:  # type: ignore[type-arg]
    return next(iter(pages.values()), EMPTY.boards(None, PageRequest(), total=True))


def register(seed: int) -> Register:
    random = Random(seed)
    seats = [record for n in range(9) for record in drawn.seat(f"seat:{n}", random)]
    return Register.from_records([*drawn.directory(random), *seats], CLOCK)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(list(LISTS)), st.integers(1, 4))
def test_walking_either_way_gives_the_list(seed: int, name: str, size: int) -> None:
    there, pages = register(seed), LISTS[name]
    whole = pages(there, PageRequest(first=200))
    assert (whole.has_next, whole.has_previous, whole.total) == (False, False, len(whole.ids))
    forward, after = [], None
    for n in range(len(whole.ids) + 1):
        page = pages(there, PageRequest(first=size, after=after))
        assert page.has_previous == (n > 0)
        assert page.total == whole.total
        forward += page.ids
        if not page.has_next:
            break
        after = page.cursors[-1]
    backward: list[str] = []
    before = None
    for n in range(len(whole.ids) + 1):
        page = pages(there, PageRequest(last=size, before=before))
        assert page.has_next == (n > 0)
        backward = page.ids + backward
        if not page.has_previous:
            break
        before = page.cursors[0]
    assert forward == backward == whole.ids


def test_a_page_goes_on_where_it_ended_though_its_last_row_has_gone() -> None:
    records = [*drawn.reference(), *(Record(f"board:{n}", {"name": f"Råd {n}", "kind": "BOARD"}) for n in range(5))]
    page = Register.from_records(records, CLOCK).boards(None, PageRequest(first=2), total=True)
    later = Register.from_records([r for r in records if r.id not in ("board:0", "board:1")], CLOCK)
    rest = later.boards(None, PageRequest(first=2, after=page.cursors[-1]), total=True)
    assert rest.ids == ["board:2", "board:3"]
    assert (rest.has_next, rest.has_previous, rest.total) == (True, False, 3)


def test_a_size_of_nothing() -> None:
    page = register(1).boards(None, PageRequest(first=0), total=False)
    assert (page.ids, page.cursors, page.has_next, page.has_previous, page.total) == ([], [], True, False, None)


@pytest.mark.parametrize("name", LISTS)
def test_cursors_of_other_lists_are_refused(name: str) -> None:
    person, board = ("representative:0", {"name": "Bo"}), ("board:0", {"name": "Råd", "kind": "BOARD"})
    seat = Record("seat:0", {"label": "1", "order": 1}, (Edge("SEAT_OF", "board:0"),))
    tenure = drawn.tenure("tenure:0", "seat:0", "representative:0", "MEMBER", date(2026, 1, 1), None)
    there = Register.from_records([Record(*person), Record(*board), seat, tenure], CLOCK)
    foreign = [pages(there, PageRequest()).cursors[0] for key, pages in LISTS.items() if key != name]
    (own,) = LISTS[name](there, PageRequest()).cursors
    kind, *key = orjson.loads(base64.urlsafe_b64decode(own + "=="))
    forged = [["x", *key], [kind], [kind, *key, "x"], [kind, *map(bool, key)], {}, kind]
    for cursor in ("", "?", "æ", *foreign, *(base64.urlsafe_b64encode(orjson.dumps(one)).decode() for one in forged)):
        for argument in ("after", "before"):
            with pytest.raises(BadInput) as raised:
                LISTS[name](there, PageRequest(**{argument: cursor}))
            assert raised.value.path == (argument,)
    assert LISTS[name](there, PageRequest(after=own)).ids == []


def test_the_danish_alphabet() -> None:
    names = ["Zoneudvalget", "Ærø Råd", "Østerråd", "Aalborg Råd", "anlæg", "Ådal"]
    records = [Record(f"board:{n}", {"name": name, "kind": "BOARD"}) for n, name in enumerate(names)]
    found = Register.from_records(records, CLOCK).boards(None, PageRequest(), total=False)
    assert [names[int(id[-1])] for id in found.ids] == [
        "anlæg",
        "Zoneudvalget",
        "Ærø Råd",
        "Østerråd",
        "Ådal",
        "Aalborg Råd",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bestyrelsen", ["board:0"]),
        ("best hør", ["board:0"]),
        ("hoer BEST", ["board:0"]),
        ("Hørelse", ["board:0"]),
        ("styrelsen", []),
        ("aa", ["board:1"]),
        ("å", ["board:1"]),
        ("Å raad", ["board:1"]),
        ("s", ["board:0"]),
        ("syn-og", ["board:0"]),
        ("  ", ["board:0", "board:1"]),
        ("syn aalborg", []),
    ],
)
def test_words_begin_words_of_the_name(text: str, found: list[str]) -> None:
    names = ("Bestyrelsen for Institut for Syn og Hørelse", "Aalborg Råd")
    boards = [Record(f"board:{n}", {"name": name, "kind": "BOARD"}) for n, name in enumerate(names)]
    people = [Record(f"representative:{n}", {"name": name}) for n, name in enumerate(names)]
    there = Register.from_records([*boards, *people], CLOCK)
    assert there.boards(BoardFilter(text=text), PageRequest(), total=False).ids == found
    people_found = there.representatives(text, None, None, PageRequest(), total=False).ids
    assert [id.replace("representative", "board") for id in people_found] == found


def test_a_board_is_found_by_its_other_names() -> None:
    given = {"name": "Socialudvalget", "kind": "COMMITTEE", "aliases": ["Fagudvalg", "politiske udvalg"]}
    there = Register.from_records([Record("board:0", given)], CLOCK)
    for text, found in (("fag", ["board:0"]), ("udvalg social", ["board:0"]), ("sund", [])):
        assert there.boards(BoardFilter(text=text), PageRequest(), total=False).ids == found


@pytest.mark.parametrize(
    ("filter", "path"),
    [
        (BoardFilter(kinds=("BOARD", "KLUB")), ("filter", "kinds", 1)),
        (BoardFilter(organisations=("board:0",)), ("filter", "organisations", 0)),
        (BoardFilter(appointers=("board:none",)), ("filter", "appointers", 0)),
        (BoardFilter(kinds=("BOARD",) * 101), ("filter", "kinds")),
        (SeatFilter(statuses=("EMPTY",)), ("filter", "statuses", 0)),
        (SeatFilter(kinds=("COMMITTEE", "COMMITEE")), ("filter", "kinds", 1)),
        (SeatFilter(boards=("board:0", "board:none")), ("filter", "boards", 1)),
        (SeatFilter(appointers=("municipality:0",)), ("filter", "appointers", 0)),
        (SeatFilter(municipalities=("municipality:none",)), ("filter", "municipalities", 0)),
        (SeatFilter(municipalities=("board:0",)), ("filter", "municipalities", 0)),
    ],
)
def test_what_cannot_be_asked_for_is_named(filter: BoardFilter | SeatFilter, path: tuple[str | int, ...]) -> None:
    there = register(1)
    with pytest.raises(BadInput) as raised:
        if isinstance(filter, BoardFilter):
            there.boards(filter, PageRequest(), total=False)
        else:
            there.seats(filter, PageRequest(), total=False)
    assert raised.value.path == path
    with pytest.raises(BadInput) as raised:
        if isinstance(filter, BoardFilter):
            there.boards_by("organisation", filter, PageRequest(), total=False)
        else:
            there.seats_by("board", filter, PageRequest(), total=False)
    assert raised.value.path == path


def test_impossible_numbers() -> None:
    there = register(1)
    with pytest.raises(BadInput) as raised:
        there.representatives(None, -1, None, PageRequest(), total=False)
    assert raised.value.path == ("holdingAtLeast",)
    with pytest.raises(BadInput) as raised:
        there.status("seat:0", None, -1)
    assert raised.value.path == ("endingWithinDays",)
    with pytest.raises(ValueError):
        there.seats_by("organisation", None, PageRequest(), total=False)


def test_what_is_not_here() -> None:
    assert EMPTY.status("seat:0", None) is None
    assert EMPTY.ends_on("seat:0", None) is None
    assert EMPTY.holder("seat:0", None) is None
    assert EMPTY.substitutes("seat:0", None) == []
    assert EMPTY.composition("board:0", None) is None


def test_the_ends_of_the_calendar() -> None:
    seat = Record("seat:0", {"label": "1", "order": 1, "termRule": "CALENDAR_TERM"}, (Edge("SEAT_OF", "board:0"),))
    tenure = drawn.tenure("tenure:0", "seat:0", "representative:0", "MEMBER", date(9998, 1, 1), None)
    there = Register.from_records([seat, tenure], CLOCK)
    assert there.status("seat:0", date.max, 10**12) == "FILLED"
    assert there.status("seat:0", date.min, 0) == "VACANT"
