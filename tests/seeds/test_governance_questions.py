"""The content answers what secretariats ask, on any day of 2018 to 2029, read plainly off the records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from graph.model import HOLDING
from graph.record import Record
from tests.seeds.reading import Content, of_kind, targets

QUARTERS = [f"{year}-{month:02}-{day:02}" for year in range(2018, 2030) for month in (1, 3, 8, 12) for day in (1, 15)]
KKR = "board:kkr-nordjylland"
MARCH = "2025-03-01"


class Plain:
    """Seats and tenures as the records have them, without any rule but that of half-open time."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.tenures: dict[str, list[Record]] = defaultdict(list)
        for tenure in of_kind(content, "tenure"):
            self.tenures[targets(tenure, "IN_SEAT")[0]].append(tenure)

    def seats(self, day: str, appointer: str | None = None) -> Iterator[Record]:
        for seat in of_kind(self.content, "seat"):
            if valid(seat, day) and appointer in (None, *targets(seat, "APPOINTED_BY")):
                yield seat

    def holder(self, seat: Record, day: str) -> Record | None:
        held = [t for t in self.tenures[seat.id] if t.properties["role"] in HOLDING and valid(t, day)]
        assert len(held) <= 1, (seat.id, day)
        return held[0] if held else None

    def others(self, seat: Record, role: str, day: str) -> list[Record]:
        return [t for t in self.tenures[seat.id] if t.properties["role"] == role and valid(t, day)]

    def person(self, tenure: Record) -> Record:
        return self.content[targets(tenure, "HELD_BY")[0]]

    def held(self, day: str, appointer: str | None = None) -> Iterator[tuple[Record, Record]]:
        """Each seat that is held, and by whom."""
        for seat in self.seats(day, appointer):
            if tenure := self.holder(seat, day):
                yield seat, self.person(tenure)

    def home(self, person: Record) -> str | None:
        return next(iter(targets(person, "FROM_MUNICIPALITY")), None)


def valid(record: Record, day: str) -> bool:
    return record.properties.get("validFrom", "") <= day < record.properties.get("validTo", "9999")


@pytest.fixture(scope="module")
def plain(content: Content) -> Plain:
    return Plain(content)


def test_the_seats_that_kkr_fills(plain: Plain) -> None:
    """Two and one by the slides; the chair group, through which it is in the Dialogforum; and made-up ones."""
    by_board = Counter((targets(seat, "SEAT_OF")[0], seat.properties["dataStatus"]) for seat in plain.seats(MARCH, KKR))
    assert {board: count for (board, status), count in by_board.items() if status == "SOURCED"} == {
        "board:skolebestyrelsen-cdh": 2,
        "board:bestyrelsen-for-institut-for-syn-og-hoerelse": 1,
        "board:kkr-formandskabet": 2,
    }
    assert {board for board, status in by_board if status == "ILLUSTRATIVE"} == {
        "board:bestyrelsen-taleinstituttet",
        "board:bestyrelsen-rold-skov",
        "board:bestyrelsen-soedisbakke",
    }


def test_who_sits_where_on_a_day(plain: Plain) -> None:
    seats = list(plain.seats(MARCH))
    vacant = [seat for seat in seats if plain.holder(seat, MARCH) is None]
    assert 3 <= len(vacant) <= 10 and len(seats) > 150
    second = plain.content["seat:skolebestyrelsen-cdh-kommunal-repraesentant-2"]
    assert second in vacant and plain.others(second, "SUBSTITUTE", MARCH)
    assert sum(len(plain.others(seat, "OBSERVER", MARCH)) for seat in seats) >= 1


@pytest.mark.parametrize("day", QUARTERS)
def test_every_day_has_holders_and_a_vacancy_to_ask_about(plain: Plain, day: str) -> None:
    seats = list(plain.seats(day))
    held = [seat for seat, _ in plain.held(day)]
    assert len(held) > 100
    if day >= "2020-07-01":
        assert len(held) < len(seats)


def test_someone_leaves_on_the_day_another_arrives(plain: Plain) -> None:
    moves = 0
    for tenures in plain.tenures.values():
        ends = {t.properties.get("validTo"): targets(t, "HELD_BY") for t in tenures if t.properties["role"] in HOLDING}
        moves += sum(
            ends.get(t.properties["validFrom"], targets(t, "HELD_BY")) != targets(t, "HELD_BY")
            for t in tenures
            if t.properties["role"] in HOLDING and t.properties["validFrom"][5:] != "01-01"
        )
    assert moves >= 5


def test_what_ends_with_the_term_and_who_must_act(plain: Plain) -> None:
    """By appointing body: seats whose holder leaves by 2026, with the month of the election or with the year."""
    ending: dict[str, set[str]] = defaultdict(set)
    for seat in plain.seats("2025-11-30"):
        holder = plain.holder(seat, "2025-11-30")
        if holder and holder.properties.get("validTo", "9999") <= "2026-01-01":
            for appointer in targets(seat, "APPOINTED_BY"):
                ending[appointer].add(seat.properties["termRule"])
    assert {"MONTH_OF_ELECTION", "CALENDAR_TERM"} <= ending[KKR]
    assert len({appointer for appointer in ending if appointer.startswith("board:byraadet-")}) == 11
    waiting = [seat.id for seat in plain.seats("2026-01-15", KKR) if not plain.holder(seat, "2026-01-15")]
    filled = [seat.id for seat in plain.seats("2026-02-01", KKR) if plain.holder(seat, "2026-02-01")]
    assert len(waiting) >= 3 and set(waiting) <= set(filled)


def test_some_stay_on_beyond_their_term(plain: Plain) -> None:
    """Held on, without an end, from before the term's last day: in each of the terms there is one."""
    for day, turn in (("2019-03-01", "2018-01-01"), ("2023-03-01", "2022-01-01"), ("2027-03-01", "2026-01-01")):
        stayed = [
            seat
            for seat, _ in plain.held(day)
            if seat.properties.get("termRule") in ("CALENDAR_TERM", "MONTH_OF_ELECTION", "SCHOOL_YEAR")
            and (tenure := plain.holder(seat, day))
            and tenure.properties["validFrom"] < turn
            and "validTo" not in tenure.properties
        ]
        assert stayed, day


@pytest.mark.parametrize("day", QUARTERS)
def test_the_genders_of_those_whom_kkr_appoints(plain: Plain, day: str) -> None:
    genders = Counter(person.properties.get("gender") for _, person in plain.held(day, KKR))
    assert genders["WOMAN"] and genders["MAN"]


@pytest.mark.parametrize("day", QUARTERS)
def test_municipalities_without_a_seat_among_those_that_kkr_fills(plain: Plain, day: str) -> None:
    homes = {plain.home(person) for _, person in plain.held(day, KKR)}
    assert len(homes) >= 3
    assert not homes & {"municipality:laesoe", "municipality:morsoe"}


@pytest.mark.parametrize("day", QUARTERS)
def test_some_hold_more_than_two_seats_but_nobody_two_of_one_board(plain: Plain, day: str) -> None:
    boards: dict[str, list[str]] = defaultdict(list)
    for seat, person in plain.held(day):
        boards[person.id] += targets(seat, "SEAT_OF")
    assert [person for person, held in boards.items() if len(held) > 2]
    assert [(person, held) for person, held in boards.items() if len(set(held)) < len(held)] == []


@pytest.mark.parametrize("day", QUARTERS)
def test_some_sit_over_an_institution_that_their_municipality_buys_from_or_runs(plain: Plain, day: str) -> None:
    buys: dict[str, set[str]] = defaultdict(set)
    runs: dict[str, set[str]] = defaultdict(set)
    for offer in of_kind(plain.content, "offer"):
        for institution in targets(offer, "OF_INSTITUTION"):
            buys[institution].update(targets(offer, "BOUGHT_BY"))
            runs[institution].update(targets(offer, "OPERATED_BY"))
    found = Counter(
        how
        for seat, person in plain.held(day)
        for institution in targets(plain.content[targets(seat, "SEAT_OF")[0]], "BOARD_OF")
        for how, whose in (("buys", buys), ("runs", runs))
        if plain.home(person) in whose[institution]
    )
    assert found["buys"]
    # The council's own seats stand empty from the month of the election until it has chosen.
    if day[:7] not in ("2018-01", "2021-12", "2022-01", "2025-12", "2026-01"):
        assert found["runs"]


def test_seats_that_are_not_yet_or_no_longer(plain: Plain) -> None:
    seats = of_kind(plain.content, "seat")
    assert {s.id for s in seats if s.properties.get("validFrom", "") > "2026-11-01"} == {
        "seat:bestyrelsen-soedisbakke-sundhedsraadet",
        "seat:foelgegruppen-sundhedsraadet",
    }
    assert {s.id for s in seats if "validTo" in s.properties} == {
        "seat:bestyrelsen-rold-skov-medarbejder",
        "seat:foelgegruppen-rammeaftalesekretariatet",
    }


def test_more_holders_than_the_statutes_have_seats(plain: Plain) -> None:
    board = plain.content["board:bestyrelsen-rold-skov"]
    held = {
        day: sum(board.id in targets(seat, "SEAT_OF") for seat, _ in plain.held(day)) for day in ("2023-05-01", MARCH)
    }
    assert held == {"2023-05-01": 6, MARCH: 5} and board.properties["statutorySize"] == 5


def test_a_party_without_a_member_where_each_must_have_one(plain: Plain) -> None:
    board = plain.content["board:foelgegruppen"]
    (agreement,) = targets(board, "SEATS_EVERY_PARTY_OF")
    parties = set(targets(plain.content[agreement], "HAS_PARTY"))

    def missing(day: str) -> set[str]:
        here = (seat for seat, _ in plain.held(day) if targets(seat, "SEAT_OF") == [board.id])
        return parties - {party for seat in here for party in targets(seat, "REPRESENTS")}

    assert len(parties) == 12
    assert missing("2019-03-01") == set()
    assert missing("2023-03-01") == {"municipality:laesoe"}
    assert missing("2026-06-01") == {"municipality:morsoe"}


def test_capacity_and_price_by_year_for_covered_offers(plain: Plain) -> None:
    """For each year that the agreements of 2021 to 2024 run, of one target group or more."""
    covered = {o.id: o for o in of_kind(plain.content, "offer") if targets(o, "COVERED_BY")}
    groups: dict[int, set[str]] = defaultdict(set)
    for price in of_kind(plain.content, "price"):
        offer = targets(price, "PRICE_OF")[0]
        if offer in covered:
            groups[price.properties["year"]].update(targets(covered[offer], "SERVES"))
    assert all(groups[year] for year in (2021, 2022, 2023, 2024))
    counted = [c for c in of_kind(plain.content, "capacity") if targets(c, "CAPACITY_OF")[0] in covered]
    assert {date.fromisoformat(c.properties["validFrom"]).year for c in counted if "validFrom" in c.properties} >= {
        2021,
        2022,
        2023,
        2024,
    }


def test_focus_areas_lead_to_offers_and_one_to_no_group(plain: Plain) -> None:
    def within(group: str, broader: str) -> bool:
        return group == broader or any(within(up, broader) for up in targets(plain.content[group], "NARROWER_THAN"))

    offers = {
        area.properties["name"]: sum(
            any(within(served, group) for served in targets(offer, "SERVES") for group in targets(area, "CONCERNS"))
            for offer in of_kind(plain.content, "offer")
        )
        for area in of_kind(plain.content, "focus-area")
    }
    assert offers["Sammen om en stærk socialpsykiatri"] >= 3 and offers["Den gode alderdom"] >= 3
    assert offers["Effektive og vidensbaserede løsninger"] == 0
