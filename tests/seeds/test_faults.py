"""What is wrong with seed files is told with file, line and field, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.record import faults
from seeds.files import SeedFault, SeedFaults
from seeds.loader import read
from tests.seeds.example import EXAMPLE, TODAY, written


def broken(folder: Path, **files: str) -> tuple[SeedFault, ...]:
    with pytest.raises(SeedFaults) as refused:
        read(written(folder, **files), TODAY)
    return refused.value.faults


BREAKS = {case["case"]: case for case in yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text("utf-8"))}


def with_break(case: str, text: str = EXAMPLE) -> str:
    assert BREAKS[case]["replace"] in text
    return text.replace(BREAKS[case]["replace"], BREAKS[case]["by"], 1)


@pytest.mark.parametrize("case", BREAKS)
def test_a_fault_names_file_line_and_field(case: str, tmp_path: Path) -> None:
    text = with_break(case)
    field, what, besides = BREAKS[case]["field"], BREAKS[case]["what"], BREAKS[case].get("besides", 0)
    found = broken(tmp_path, example=text)
    named = [fault for fault in found if fault.field == field and what in fault.what]
    assert len(named) == 1 and len(found) == 1 + besides, found
    assert named[0].file == "example.yaml"
    marked = [n for n, line in enumerate(text.splitlines(), 1) if "#!" in line]
    assert not marked or [named[0].line] == marked


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    text, told = EXAMPLE, []
    for case in ("unknown target group", "wrong enum", "no such date", "free beyond places", "end before start"):
        text = with_break(case, text)
        told.append(BREAKS[case]["field"])
    more = "offers:\n  - name: Et andet\n    dataStatus: WHO KNOWS\n    ageFrom: old\n"
    found = broken(tmp_path, example=text, more=more)
    assert sorted(fault.field for fault in found) == sorted([*told, "offers[0].dataStatus", "offers[0].ageFrom"])
    assert [(fault.file, fault.line) for fault in found if fault.file == "more.yaml"] == [
        ("more.yaml", 3),
        ("more.yaml", 4),
    ]


def test_the_message_is_the_list(tmp_path: Path) -> None:
    with pytest.raises(
        SeedFaults, match=r"(?s)^1 fault in the files, nothing was loaded:\nexample\.yaml:\d+: institutions"
    ):
        read(written(tmp_path, example=EXAMPLE.replace("MUNICIPAL", "KOMMUNAL")), TODAY)


def test_a_file_that_cannot_be_read_hides_no_other_fault_and_makes_none(tmp_path: Path) -> None:
    before, _, offers = EXAMPLE.partition("offers:\n")
    found = broken(tmp_path, groups=before + "x: [", offers="offers:\n" + offers.replace("HIGH", "ENORMOUS"))
    assert [(fault.file, fault.field) for fault in found] == [
        ("groups.yaml", ""),
        ("offers.yaml", "offers[0].supportLevelUpTo"),
    ]


def test_what_would_be_passed_over_is_a_fault(tmp_path: Path) -> None:
    (written(tmp_path, example=EXAMPLE) / "more.yml").write_text("offers: []\n")
    assert [str(fault) for fault in broken(tmp_path)] == [
        "more.yml:1: would be passed over: content is .yaml, words about it are .md"
    ]


def test_words_about_the_content_are_no_content(tmp_path: Path) -> None:
    (written(tmp_path, example=EXAMPLE) / "README.md").write_text("offers: [\n")
    assert read(tmp_path, TODAY)


@pytest.mark.parametrize(
    "files", [{}, {"list": "- a\n"}, {"word": "offers\n"}, {"bytes": "\udcff"}, {"deep": "[" * 5000}]
)
def test_what_is_no_content_at_all(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert broken(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SeedFaults, match="is no folder"):
        read(tmp_path / "nowhere", TODAY)


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read(written(tmp_path, empty="# nothing yet\n"), TODAY) == []


LINES = EXAMPLE.splitlines()
junk = st.sampled_from(
    [
        "",
        "x",
        "- ",
        "  ",
        "{",
        "]",
        ": ",
        "null",
        "12",
        "-1",
        "true",
        "'",
        "*a",
        "&a",
        "§",
        "\t",
        "!!int x",
        "2024-13-01",
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "value", "insert"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                to = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[to] = lines[to], lines[at]
            case "value":
                lines[at] = lines[at].partition(":")[0] + ": " + draw(junk | st.text(max_size=8))
            case "insert":
                column = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:column] + draw(junk | st.text(max_size=3)) + lines[at][column:]
    return "\n".join(lines)


@settings(max_examples=200, deadline=None)
@given(text=mutations())
def test_any_file_loads_or_is_refused_with_its_faults(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("mutated")
    (folder / "example.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        records = read(folder, TODAY)
    except SeedFaults as refused:
        assert refused.faults
        assert all(1 <= fault.line <= text.count("\n") + 1 and fault.what for fault in refused.faults)
    else:
        ids = [record.id for record in records]
        assert len(set(ids)) == len(ids)
        assert not [fault for record in records for fault in faults(record)]
