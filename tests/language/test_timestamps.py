"""The timestamp rows of every language table, and how a table is compiled."""

import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clock import outgrows
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from artclean.errors import TableError
from artclean.labels.timestamp import find_timestamp
from artclean.language.templates import Row
from artclean.language.timestamps import TimestampGrammar, parse_timestamps
from artclean.language.tokens import tokens

ROOT = Path(__file__).parents[2]
TABLES = {
    path.name: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "src/artclean/language").glob("*.toml"))
}
GRAMMARS = {name: parse_timestamps(table, name) for name, table in TABLES.items()}
ROWS = [
    pytest.param(grammar, row, id=f"{name}:{row.name}")
    for name, grammar in GRAMMARS.items()
    for row in grammar.rows
]
NOW = datetime(2024, 6, 3, 10, 5)


def test_there_are_tables() -> None:
    assert set(TABLES) == {"vi.toml", "en.toml"}
    assert len(ROWS) > 30


@pytest.mark.parametrize(("grammar", "row"), ROWS)
def test_a_row_reads_its_own_example(grammar: TimestampGrammar, row: Row) -> None:
    stamp = find_timestamp(row.example, grammar, NOW)
    assert stamp is not None
    assert stamp.rule == row.name
    assert stamp.value is not None
    assert stamp.value.startswith("2024-06-0")
    assert not stamp.before + stamp.after


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_vietnamese_is_reached_by_a_case(name: str) -> None:
    grammar = GRAMMARS[name]
    path = ROOT / "tests/cases" / f"timestamps_{name}"
    cases = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [line for block in cases["same"] for line in block["lines"].split("\n")]
    lines += [case["line"] for case in cases["case"]] + [row.example for row in grammar.rows]
    stamps = [find_timestamp(line, grammar, NOW) for line in lines]
    assert {stamp.rule for stamp in stamps if stamp} == {row.name for row in grammar.rows}


@pytest.mark.parametrize("name", TABLES)
def test_names_and_examples_are_unique(name: str) -> None:
    rows = GRAMMARS[name].rows
    assert len({row.name for row in rows}) == len({row.example for row in rows}) == len(rows)


@given(st.datetimes(min_value=datetime(1975, 6, 14), max_value=datetime(2100, 1, 1)))
def test_the_offset_of_the_home_zone_is_that_of_the_zone(moment: datetime) -> None:
    for grammar in GRAMMARS.values():
        zone = tz.gettz(grammar.home_zone)
        assert zone is not None
        offset = moment.replace(tzinfo=zone).isoformat()[-6:]
        assert offset == grammar.home_offset


@pytest.mark.parametrize("name", TABLES)
def test_every_named_zone_is_known(name: str) -> None:
    for zone in TABLES[name]["timestamp_words"]["zone"]:
        assert tz.gettz(zone) is not None, zone


@pytest.mark.parametrize("name", TABLES)
def test_words_stand_once_in_a_list_and_units_have_a_meaning(name: str) -> None:
    for meaning, values in TABLES[name]["timestamp_words"].items():
        lists = values.values() if isinstance(values, dict) else [values]
        words = [word for many in lists for word in many]
        assert len(words) == len(set(words)), meaning
        assert all(word == word.strip() and tokens(word).words for word in words)
    for unit in TABLES[name]["timestamp_words"]["unit"]:
        assert timedelta if unit in ("months", "years") else timedelta(**{unit: 1})


# ---------------------------------------------------------------- a table of one's own


def table(*templates: str, **words: Any) -> dict[str, Any]:
    rows = [
        {"name": f"row-{i}", "template": template, "example": "", "seen_in": ""}
        for i, template in enumerate(templates)
    ]
    return {"timestamp": rows, "timestamp_words": words, "home_offset": "+07:00"}


def test_a_newspaper_that_nobody_has_seen_is_one_row() -> None:
    template = "{yyyy}~{m}~{d} @ {HH}.{MM} kỳ {half}"
    grammar = parse_timestamps(table(template, half={"am": ["sớm"], "pm": ["muộn"]}), "mine.toml")
    stamp = find_timestamp("Bản Lềnh | 2024 6 3 @ 07.05 kỳ muộn", grammar)
    assert stamp is not None
    assert (stamp.value, stamp.before) == ("2024-06-03T19:05:00+07:00", "Bản Lềnh")


def test_the_longest_template_wins_then_the_first() -> None:
    grammar = parse_timestamps(
        table("{d}/{m}/{yyyy}", "{d}/{m}/{yyyy} {HH}:{MM}", "{d}/{m}/{yyyy}[ {HH}:{MM}]"), "mine"
    )
    rules = [find_timestamp(line, grammar) for line in ("3/6/2024", "3/6/2024 07:05")]
    assert [stamp and stamp.rule for stamp in rules] == ["row-0", "row-1"]


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{d}/{mm}/{yyyy}", r"no such field: \{mm\}"),
        ("{d}/{m}/{yyyy} [{HH}:{MM}", "do not match"),
        ("{d}/{m}/{yyyy}] {HH}:{MM}", "do not match"),
        ("{d/{m}/{yyyy}", "do not match"),
        ("hôm nào", "without a field"),
        ("", "without a field"),
    ],
)
def test_a_template_that_does_not_compile_is_named(template: str, reason: str) -> None:
    grammar = parse_timestamps(table("{d}/{m}/{yyyy}", template), "mine.toml")
    with pytest.raises(TableError, match=f"mine.toml: row-1: .*{reason}"):
        find_timestamp("02/08/2019", grammar)


@pytest.mark.parametrize("key", ["name", "template", "example", "seen_in"])
def test_a_row_without_a_key_is_named(key: str) -> None:
    bad = table("{d}/{m}/{yyyy}")
    del bad["timestamp"][0][key]
    with pytest.raises(TableError, match=f"{key} is missing"):
        parse_timestamps(bad, "mine.toml")


def test_a_template_may_spell_out_only_so_many_words() -> None:
    words = ["ka", "ke", "ki", "ko", "ku", "ma", "me", "mi", "mo", "mu", "na", "ne", "ni", "no"]
    grammar = parse_timestamps(
        table(*(f"{word} {{d}}" for word in [*words, "pa", "pe", "pi"])), "m"
    )
    with pytest.raises(TableError, match="too many words"):
        grammar.lex("x")


def test_nothing_is_compiled_before_a_line_needs_it() -> None:
    grammar = parse_timestamps(TABLES["vi.toml"], "vi.toml")
    assert find_timestamp("Xã vùng cao mở thêm hai lớp mầm non cho trẻ trong bản", grammar) is None
    assert not {"tree", "_phrases"} & set(vars(grammar))


# ---------------------------------------------------------------- time grows with the line

PUMPS = ["1", "1 ", "2/8/", "02/08/2019 ", "15:", "15:34 ", "thứ ", "tháng ", "tháng 8 ", "2019",
         "(", "- ", "+07", "GMT", "GMT+", "a", "a ", " ", "\u00a0", "1 giờ ", "trước ", ".", "1a", "2019-"]  # fmt: skip


@pytest.mark.parametrize("pump", PUMPS)
def test_the_gate_and_the_lexer_are_linear(pump: str) -> None:
    grammar = GRAMMARS["vi.toml"]

    def read(size: int) -> None:
        text = pump * (size // len(pump))
        grammar.gate.search(text)
        any(word in text for word in grammar.now_words)
        grammar.lex(text)

    # Four times the text; a quadratic reader would take sixteen times as long.
    assert not outgrows(lambda: read(4_000), lambda: read(16_000), 9, 0.002)


def test_letters_of_shapes() -> None:
    lexed = GRAMMARS["vi.toml"].lex("Cập nhật lúc 15 giờ 34 phút, Thứ Sáu, ngày 02/08/2019 (GMT+7)")
    assert lexed.shape == "x1:1W1/1/4Z"
    assert re.sub("[^b]", "", lexed.letters) == "bb"
