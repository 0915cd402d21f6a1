"""The text index: what is found, in which order, and that it follows its documents."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.danish import fold, stem
from graph.search.index import Document, TextIndex

DOCUMENTS = [
    Document(
        "Neurocenter Østerskoven",
        related=("Region Nordjylland", "Hobro"),
        terms=("Erhvervet hjerneskade", "senhjerneskade", "Midlertidigt botilbud"),
        texts=("Rehabilitering af voksne.",),
    ),
    Document("Hjerneskadecenter Nord", related=("Aalborg Kommune", "Aalborg"), terms=("Erhvervet hjerneskade",)),
    Document("Nord", related=("Aalborg Kommune", "Nørresundby"), terms=("Stofmisbrug", "stoffer")),
    Document(
        "Herberg Nord",
        related=("Hjørring Kommune", "Hjørring"),
        texts=("Nord for byen. Nord, nord og atter nord.",),
    ),
]


def made(*documents: Document) -> TextIndex:
    return TextIndex.of((str(n), document) for n, document in enumerate(documents))


INDEX = made(*DOCUMENTS)


def found(index: TextIndex, text: str) -> list[int]:
    """The documents that answer `text`, best first."""
    hits = index.find(text)
    return [int(index.ids[row]) for row in hits.rows[np.argsort(-hits.scores, kind="stable")]]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Østerskoven", [0]),
        ("oesterskoven", [0]),
        ("Österskoven", [0]),
        ("O\u0308sterskoven", [0]),
        ("hjerneskader", [1, 0]),
        ("hjernes", [1, 0]),
        ("senhjernesk", [0]),
        ("hobro rehabilitering", [0]),
        ("hobro stoffer", []),
        ("aalborg kommune nørre", [2]),
        ("aalborg kommune noerre", [2]),
        ("ålborg", [1, 2]),
        ('NEAR(" AND -hobro~ [', []),
        ('"hobro"*', [0]),
        ("***", []),
        ("", []),
        ("Привет", []),
        ("skov", []),
    ],
)
def test_every_word_must_be_found_in_some_field(text: str, documents: list[int]) -> None:
    assert found(INDEX, text) == documents


def test_an_exact_name_comes_first_then_names_that_begin_so() -> None:
    assert found(INDEX, "nord") == [2, 3, 1, 0]
    index = made(*DOCUMENTS, Document("Nordlys ved byen"))
    assert found(index, "nord")[:2] == [2, 4]


def test_a_name_is_known_in_another_inflection() -> None:
    index = made(
        Document("Fax", terms=("Hjerneskader", "Hjerneskader")), Document("Hjerneskade"), Document("Hjerneskade i byen")
    )
    assert found(index, "hjerneskaderne")[0] == 1
    assert index.scores("hjerneskaderne")[1] > 100 > index.scores("hjerneskaderne")[2]


def test_only_the_last_word_may_be_unfinished() -> None:
    assert found(INDEX, "kommune aal") == [1, 2]
    assert found(INDEX, "aal kommune") == []


@pytest.mark.parametrize(
    ("text", "found_there"),
    [
        ("hjerneskade", True),
        ("hjernesk", True),
        ("hjerneskaden ramt", True),
        ("skade", True),
        ("senhjerne ramt", True),
        ("sen", True),
        ("enhjerneskade", False),
        ("enhje ramt", False),
        ("hjer ramt", False),
    ],
)
def test_words_of_five_letters_are_found_inside_compounds(text: str, found_there: bool) -> None:
    assert found(made(Document("Senhjerneskade ramt")), text) == [0] * found_there


def test_a_word_by_itself_comes_before_the_word_inside_a_compound() -> None:
    assert found(made(Document("Center for senhjerneskade"), Document("Center for hjerneskade")), "hjerneskade") == [
        1,
        0,
    ]


@pytest.mark.parametrize("typed", ["botilbud", "botilbudd", "botilbudde", "botilbuddet", "botilbuddets"])
def test_nothing_goes_while_a_longer_form_is_typed(typed: str) -> None:
    assert found(made(Document("Et botilbud"), Document("Botilbuddet")), typed) != []
    assert set(found(made(Document("Et botilbud"), Document("Botilbuddets hus")), typed)) == {0, 1}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Document("Gran", aliases=("Birk",)), Document("Gran", related=("Birk",))),
        (Document("Gran fax", related=("Birk",)), Document("Gran fax", terms=("Birk",))),
        (Document("Gran fax", terms=("Birk",)), Document("Gran fax", texts=("Birk",))),
        (Document("Fax birk"), Document("Fax gran", related=("Birk",))),
    ],
)
def test_a_word_counts_for_more_where_it_stands_more_prominently(better: Document, worse: Document) -> None:
    assert found(made(worse, better), "birk") == [1, 0]


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    index = made(Document("Fax eg ask"), *[Document("Fax eg birk")] * 8)
    assert index.scores("ask")[0] > index.scores("eg")[0]


WORDS = st.sampled_from(
    [
        *("Botilbud", "botilbuddet", "Ærø", "aeroe", "Nord", "nordlys", "Polarnordlys", "skov", "skove", "§ 107", "a"),
        *(
            "igs",
            "igst",
            "Hjerneskade",
            "senhjerneskaden",
            "hjernen",
            "Hjerneskadecenter",
            "uegnet",
            "egnet",
            "Østerskoven",
        ),
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TYPED = TEXTS.flatmap(lambda text: st.integers(1, len(text)).map(lambda end: text[:end]))
MANY = st.lists(TEXTS, max_size=2).map(tuple)
ANY = st.builds(Document, TEXTS, MANY, MANY, MANY, MANY)
CORPUS = st.dictionaries(st.sampled_from("abcdefgh"), ANY, max_size=8)


def plainly(corpus: Mapping[str, Document], text: str) -> dict[str, float]:
    """The rules, read one document and one word at a time: what is found, with its score."""
    typed = fold(text).split()
    counts = {id: _counts(document) for id, document in corpus.items()}
    known = {word for count in counts.values() for word in count}
    lengths = {id: sum(count.values()) for id, count in counts.items()}
    found: dict[str, float] = dict.fromkeys(corpus if typed else (), 0.0)
    for word in dict.fromkeys(typed):
        begun = {other for other in known if word == typed[-1] and other.startswith(word)}
        stems = {stem(word), *map(stem, begun)}
        part = stem(word) if len(stem(word)) >= 5 else word

        def times(other: str, begun: set[str] = begun, stems: set[str] = stems, part: str = part) -> float:
            if other in begun or stem(other) in stems:
                return 1.0
            return 0.5 if len(part) >= 5 and part.isalpha() and (other.startswith(part) or part in other[3:]) else 0.0

        answers = {id: sum(n * times(other) for other, n in count.items()) for id, count in counts.items()}
        having = sum(answer > 0 for answer in answers.values())
        rarity = math.log(1 + (len(corpus) - having + 0.5) / (having + 0.5))
        mean = sum(lengths.values()) / len(corpus) if corpus else 1.0
        found = {
            id: score + rarity * answers[id] * 2.2 / (answers[id] + 1.2 * (0.25 + 0.75 * lengths[id] / mean))
            for id, score in found.items()
            if answers[id]
        }
    for id in found:
        name = fold(corpus[id].name)
        *head, last = name.split()
        inflected = head == typed[:-1] and stem(last) == stem(typed[-1])
        near = inflected or name.startswith(" ".join(typed))
        found[id] += len(typed) * (200 if name == fold(text) else 100 if near else 0)
    return found


def _counts(document: Document) -> dict[str, float]:
    counts: dict[str, float] = {}
    for weight, text in document.fields():
        for word in fold(text).split():
            counts[word] = counts.get(word, 0.0) + weight
    return counts


@given(CORPUS, TYPED | TEXTS)
def test_what_is_found_and_how_it_scores_is_what_the_rules_say(corpus: dict[str, Document], text: str) -> None:
    index = TextIndex.of(corpus.items())
    hits = index.find(text)
    answered = dict(zip(index.id_array[hits.rows].tolist(), hits.scores.tolist(), strict=True))
    assert answered == pytest.approx(plainly(corpus, text), rel=1e-9)
    dense = {id: score for id, score in zip(index.ids, index.scores(text).tolist(), strict=True) if score == score}
    assert dense == (answered if fold(text) else dict.fromkeys(corpus, 0.0))


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | ANY, max_size=4), max_size=6), TYPED)
def test_an_index_that_followed_its_documents_equals_one_made_anew(
    edits: list[dict[str, Document | None]], text: str
) -> None:
    followed = TextIndex.of({})
    standing: dict[str, Document] = {}
    for edit in edits:
        new = {id: document for id, document in edit.items() if document is not None}
        followed = followed.replaced(edit.keys() - new.keys(), new.items())
        standing = {id: document for id, document in standing.items() if id not in edit} | new
        anew = TextIndex.of(standing.items())
        assert followed.same(anew)
        np.testing.assert_array_equal(followed.scores(text), anew.scores(text))
    assert len(followed) == len(standing)


@given(
    st.text("abdefghiklmnoprstuvy", max_size=9),
    st.sampled_from(["", "ernes", "heden", "erede", "loest", "igst", "elig", "ler"]),
)
def test_a_word_begins_with_its_stem_of_two_letters_at_least(head: str, ending: str) -> None:
    word = head + ending
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(2, len(word))


@given(st.text())
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    assert INDEX.scores(text).shape == (4,)


def test_ten_thousand_documents_answer_while_one_types() -> None:
    index = made(
        *(
            Document(
                f"Botilbud {n}",
                related=(f"Institution {n % 70}", "Aalborg"),
                terms=("hjerneskade", "ophold"),
                texts=(f"Hus {n % 900}",),
            )
            for n in range(10_000)
        )
    ).prepare()
    begun = sum(any(str(number).startswith("77") for number in (n, n % 70, n % 900)) for n in range(10_000))
    took = []
    for _ in range(5):
        start = time.process_time()
        hits = index.find("aalborg hus 77")
        took.append(time.process_time() - start)
        assert len(hits.rows) == begun
    assert min(took) < 0.02  # twenty times what it takes, for a busy machine
