"""Timestamp lines and their near-misses, from the tables of cases; and laws over random text."""

import json
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.labels.moment import FIRST_YEAR, NO_REFERENCE
from artclean.labels.timestamp import LONGEST, find_timestamp
from artclean.language.timestamps import TimestampGrammar, parse_timestamps

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
NOW = datetime(2019, 8, 2, 15, 34, tzinfo=timezone(timedelta(hours=7)))


def grammar(code: str) -> TimestampGrammar:
    path = ROOT / "src/artclean/language" / f"{code}.toml"
    return parse_timestamps(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


GRAMMARS = {code: grammar(code) for code in ("vi", "en")}
VI = GRAMMARS["vi"]
CASES = {
    code: tomllib.loads((ROOT / f"tests/cases/timestamps_{code}.toml").read_text(encoding="utf-8"))
    for code in GRAMMARS
}
SAME = [
    pytest.param(code, line, block.get("value"), id=f"{code}:{line}")
    for code, table in CASES.items()
    for block in table["same"]
    for line in block["lines"].split("\n")
]
SINGLE = [
    pytest.param(code, case, id=f"{code}:{case['line']}")
    for code, table in CASES.items()
    for case in table["case"]
]


@pytest.mark.parametrize(("code", "line", "value"), SAME)
def test_a_line_says_when_or_nothing(code: str, line: str, value: str | None) -> None:
    stamp = find_timestamp(line, GRAMMARS[code])
    assert (stamp.value if stamp else None) == value


@pytest.mark.parametrize(("code", "case"), SINGLE)
def test_what_stands_beside_and_what_the_line_says_of_itself(
    code: str, case: dict[str, Any]
) -> None:
    stamp = find_timestamp(case["line"], GRAMMARS[code], NOW if case.get("relative") else None)
    assert stamp is not None
    said: dict[str, Any] = {
        **stamp._asdict(),
        "warnings": list(stamp.warnings),
        "second": stamp.second and stamp.second.value,
        "line": case["line"],
        "relative": case.get("relative"),
    }
    assert {key: said[key] for key in case} == case


@pytest.mark.parametrize("case", [case for case in CASES["vi"]["case"] if case.get("relative")])
def test_a_relative_time_without_a_reference_is_null_and_says_so(case: dict[str, Any]) -> None:
    stamp = find_timestamp(case["line"], VI)
    assert stamp is not None
    assert stamp.value is None
    assert NO_REFERENCE in stamp.warnings
    assert not stamp.strong


def test_a_reference_counts_in_the_home_zone() -> None:
    elsewhere = find_timestamp("3 giờ trước", VI, NOW.astimezone(UTC))
    naive = find_timestamp("3 giờ trước", VI, NOW.replace(tzinfo=None))
    assert elsewhere == naive == find_timestamp("3 giờ trước", VI, NOW)


def test_a_date_older_than_the_web_is_history() -> None:
    assert find_timestamp(f"02/09/{FIRST_YEAR}", VI)
    assert find_timestamp(f"02/09/{FIRST_YEAR - 1}", VI) is None


def test_a_long_line_is_a_story() -> None:
    line = "Thứ sáu, 2/8/2019, 15:34 (GMT+7) " + "X" * LONGEST
    assert find_timestamp(line, VI) is None


MOMENTS = st.datetimes(min_value=datetime(FIRST_YEAR, 1, 1), max_value=datetime(2068, 12, 31))
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
WRITTEN = (
    "{weekday}, {d}/{m}/{yyyy}, {HH}:{MM} (GMT+7)",
    "Cập nhật lúc {HH}:{MM}, {weekday}, {dd}/{mm}/{yyyy} (GMT+7)",
    "{dd}-{mm}-{yyyy} {HH}:{MM}",
    "{HH}:{MM} {d}/{m}/{yy}",
    "{HH}h{MM} ngày {d} tháng {m} năm {yyyy}",
    "{weekday}, {d} Tháng {m}, {yyyy} - {HH}:{MM}",
    "{yyyy}-{mm}-{dd}T{HH}:{MM}:{SS}+07:00",
    "{yyyy}{mm}{dd}T{HH}{MM}{SS}+0700",
)


@given(MOMENTS, st.sampled_from(WRITTEN))
def test_every_moment_is_read_as_it_was_written(moment: datetime, form: str) -> None:
    line = form.format(
        weekday=WEEKDAYS[moment.weekday()],
        d=moment.day,
        m=moment.month,
        dd=f"{moment.day:02}",
        mm=f"{moment.month:02}",
        yyyy=moment.year,
        yy=f"{moment.year % 100:02}",
        HH=f"{moment.hour:02}",
        MM=f"{moment.minute:02}",
        SS=f"{moment.second:02}",
    )
    stamp = find_timestamp(line, VI)
    assert stamp is not None
    assert stamp.value is not None
    assert stamp.value[:16] == moment.isoformat()[:16]
    assert stamp.value.endswith("+07:00")


@given(
    st.integers(0, 99), st.integers(0, 99), st.integers(1990, 2099), st.integers(0, 99),
    st.integers(0, 99),
)  # fmt: skip
def test_an_impossible_moment_is_none(d: int, m: int, y: int, hour: int, minute: int) -> None:
    line = f"{hour:02}:{minute:02} {d:02}/{m:02}/{y}"
    day, month = (m, d) if m > 12 >= d else (d, m)
    try:
        expected = f"{datetime(y, month, day, hour, minute).isoformat()}+07:00"
    except ValueError:
        assert find_timestamp(line, VI) is None
    else:
        stamp = find_timestamp(line, VI)
        assert stamp is not None
        assert stamp.value == expected


PIECES = st.sampled_from(
    [
        *"0123456789/-.,:|()[]\"'•> ²½٣ßİ~\u00a0",
        *("2019", "15:34", "02/08/2019", "GMT+7", "GMT+99", "+07:00", "giờ", "trước", "tháng"),
        *("Thứ sáu", "cập nhật", "ngày", "lúc", "hôm qua", "h", "SA", "20190802T153400", "999999"),
    ]
)


@given(st.lists(PIECES, max_size=16).map("".join), st.sampled_from(list(GRAMMARS)))
def test_no_text_raises_and_every_value_is_iso(text: str, code: str) -> None:
    stamp = find_timestamp(text, GRAMMARS[code], NOW)
    if stamp is not None and stamp.value is not None:
        moment = datetime.fromisoformat(stamp.value)
        assert (moment.tzinfo is None) == (len(stamp.value) == 10)


@given(st.text(max_size=60))
def test_what_stands_beside_stands_on_the_line(text: str) -> None:
    stamp = find_timestamp(f"{text} 15:34, 02/08/2019 (GMT+7)", VI)
    if stamp is not None:
        assert stamp.before in text


def rows_of(name: str) -> list[dict[str, Any]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the bench beside the repository is not there")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_bench_of_lines() -> None:
    asked = right = 0
    for row in rows_of("facts/lines.jsonl"):
        stamp = find_timestamp(row["text"], VI)
        if row["kind"] != "timestamp":
            assert stamp is None, row["text"]
        elif expected := row["expected"].get("datetime"):
            asked += 1
            right += stamp is not None and (stamp.value or "")[:16] == expected[:16]
    assert right >= 0.97 * asked


@pytest.mark.parametrize("name", ["bench/dev.jsonl", "bench/provincial.jsonl"])
def test_the_bench_of_dumps(name: str) -> None:
    for row in rows_of(name):
        for line, label in zip(row["raw"].split("\n"), row["labels"], strict=True):
            stamp = find_timestamp(line, VI)
            if label == "timestamp":
                assert stamp is not None, line
                assert stamp.strong
                assert stamp.value in (row["gold"]["published"], row["gold"]["updated"])
            else:
                assert stamp is None, line
