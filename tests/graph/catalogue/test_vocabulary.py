"""The trees of the vocabulary, their closure, and how everyday words are read."""

from __future__ import annotations

import pytest

from graph.catalogue.vocabulary import SERVICE, TARGET_GROUP, How, Term, Vocabulary
from graph.record import Edge, Record


def group(slug: str, name: str, *synonyms: str, en: str | None = None, under: str | None = None) -> Term:
    broader = f"target-group:{under}" if under else None
    return Term(f"target-group:{slug}", TARGET_GROUP, name, en, synonyms, broader)


VOCABULARY = Vocabulary(
    [
        group("psykisk", "Psykisk funktionsnedsættelse", en="Mental impairment"),
        group("hjerneskade", "Hjerneskade", en="Brain injury", under="psykisk"),
        group("erhvervet", "Erhvervet hjerneskade", "senhjerneskade", under="hjerneskade"),
        group("medfoedt", "Medfødt hjerneskade", under="hjerneskade"),
        group("adhd", "Opmærksomhedsforstyrrelse", "ADHD", "ADD", en="Attention disorder", under="psykisk"),
        group("autisme", "Autismespektrum", "autisme", "Aspergers syndrom", en="Autism", under="psykisk"),
        group("dob-m", "Medfødt døvblindhed", "døvblind"),
        group("dob-e", "Erhvervet døvblindhed", "døvblind"),
        group("stof", "Stofmisbrug", "stoffer"),
        group("angst", "Ångst"),
        Term("service:aflastning", SERVICE, "Aflastning", "Respite care", ("aflastningsophold",)),
        Term("service:ophold", SERVICE, "Ophold"),
        Term("service:akut", SERVICE, "Akut ophold", None, (), "service:ophold"),
    ]
)
GROUPS = VOCABULARY.target_groups


def ids(*slugs: str) -> set[str]:
    return {f"target-group:{slug}" for slug in slugs}


def test_closure_holds_every_broader_and_narrower_group_and_never_the_group_itself() -> None:
    def named(numbers: frozenset[int]) -> set[str]:
        return {GROUPS.ids[n] for n in numbers}

    leaf, middle, top = (GROUPS.index(f"target-group:{s}") for s in ("erhvervet", "hjerneskade", "psykisk"))
    assert named(GROUPS.broader[leaf]) == ids("hjerneskade", "psykisk")
    assert named(GROUPS.narrower[leaf]) == set()
    assert named(GROUPS.narrower[middle]) == ids("erhvervet", "medfoedt")
    assert named(GROUPS.narrower[top]) == ids("hjerneskade", "erhvervet", "medfoedt", "adhd", "autisme")


def test_faulty_edges_end_where_they_lead_nowhere_or_back() -> None:
    tree = Vocabulary(
        [group("a", "A", under="b"), group("b", "B", under="a"), group("c", "C", under="gone")]
    ).target_groups
    a, b, c = (tree.index(f"target-group:{slug}") for slug in "abc")
    assert tree.broader[a] == {b}
    assert tree.broader[c] == set()


@pytest.mark.parametrize(
    ("word", "slug", "how"),
    [
        ("Hjerneskade", "hjerneskade", How.NAME),
        ("  ERHVERVET   hjerneskade! ", "erhvervet", How.NAME),
        ("medfoedt hjerneskade", "medfoedt", How.NAME),
        ("Aangst", "angst", How.NAME),
        ("adhd", "adhd", How.SYNONYM),
        ("brain injury", "hjerneskade", How.ENGLISH),
        ("hjerneskaden", "hjerneskade", How.INFLECTION),
        ("stofmisbruget", "stof", How.INFLECTION),
        ("opmærks", "adhd", How.PREFIX),
        ("senh", "erhvervet", How.PREFIX),
    ],
)
def test_words_are_read_by_the_first_step_that_knows_them(word: str, slug: str, how: How) -> None:
    reading = VOCABULARY.read(word)
    assert reading.term is not None
    assert (reading.term.id, reading.how, reading.ambiguous) == (f"target-group:{slug}", how, False)


def test_a_service_is_read_like_a_target_group() -> None:
    reading = VOCABULARY.read("respite care")
    assert reading.term is not None
    assert (reading.term.kind, reading.term.name) == (SERVICE, "Aflastning")


@pytest.mark.parametrize(
    ("word", "slugs"),
    [("døvblind", ("dob-e", "dob-m")), ("medfødt", ("dob-m", "medfoedt")), ("medf", ("dob-m", "medfoedt"))],
)
def test_what_leads_to_two_nodes_is_ambiguous(word: str, slugs: tuple[str, ...]) -> None:
    reading = VOCABULARY.read(word)
    assert reading.term is None and reading.ambiguous and reading.suggestion is None
    assert {term.id for term in reading.candidates} == ids(*slugs)


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("hjerneskdae", "Hjerneskade"),
        ("autist", "autisme"),
        ("ADHF", "ADHD"),
        ("xyzzy", None),
        ("", None),
        ("?!", None),
    ],
)
def test_what_cannot_be_read_gives_the_nearest_form_if_any_is_near(word: str, suggestion: str | None) -> None:
    reading = VOCABULARY.read(word)
    assert (reading.term, reading.candidates, reading.suggestion) == (None, (), suggestion)


def test_a_prefix_of_three_letters_is_not_read() -> None:
    assert VOCABULARY.read("aut").term is None
    assert VOCABULARY.read("auti").ambiguous is False
    assert VOCABULARY.read("auti").term == VOCABULARY.term("target-group:autisme")


def test_search_lists_whole_forms_before_beginnings_before_beginnings_within() -> None:
    found = [id.split(":")[1] for id in VOCABULARY.search("hjerneskade")]
    assert found == ["hjerneskade", "erhvervet", "medfoedt"]
    assert [id.split(":")[1] for id in VOCABULARY.search("ad")] == ["adhd"]
    assert VOCABULARY.search("skade hjerne") == []
    assert [id.split(":")[1] for id in VOCABULARY.search("hjer erhv")] == ["erhvervet"]
    assert len(VOCABULARY.search(" ")) == len(GROUPS)


def test_terms_come_from_records() -> None:
    records = [
        Record("target-group:a", {"name": "A", "synonyms": ["alfa"]}, (Edge("NARROWER_THAN", "target-group:b"),)),
        Record("target-group:b", {"name": "B", "nameEn": "Bee"}),
        Record("service:c", {"name": "C"}, (Edge("KIND_OF", "service:d"),)),
        Record("source:x", {"title": "X"}),
    ]
    vocabulary = Vocabulary.from_records(records)
    assert vocabulary.term("target-group:a") == group("a", "A", "alfa", under="b")
    assert vocabulary.name("target-group:b", english=True) == "Bee"
    assert vocabulary.name("target-group:a", english=True) == "A"
    assert vocabulary.term("service:c").broader == "service:d"
    assert "source:x" not in vocabulary


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        GROUPS.index("target-group:nowhere")
