"""A hard wrap is undone; verse, lists and tables keep their lines."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.labels.unwrap import NARROWEST, WIDEST, unwrap, wrap_width
from artclean.pipeline import clean
from labels.dumps import FIRST, SECOND, THIRD, TITLE

STORY = [
    FIRST,
    f"{SECOND} {THIRD}",
    f"{THIRD} {FIRST} {SECOND}",
    f"{SECOND} {FIRST} {THIRD} {FIRST}",
]


def shown(lines: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The lines that are not blank; whether blank ones stand among them is nobody's business."""
    return [line for line in lines if line[2]]


def wrapped(width: int) -> list[str]:
    """A dump as a mail program or a terminal would leave it."""
    lines = [TITLE, ""]
    for paragraph in STORY:
        lines += [*textwrap.wrap(paragraph, width), ""]
    return lines


@pytest.mark.parametrize("width", [48, 60, 72, 80, 100, 120])
def test_a_hard_wrap_is_undone(width: int) -> None:
    lines = unwrap(wrapped(width))
    assert [text for _, _, text in lines if text] == [TITLE, *STORY]
    assert clean("\n".join(wrapped(width))).text.split("\n\n") == STORY


def test_the_lines_of_a_paragraph_are_told() -> None:
    dump = wrapped(72)
    for first, last, text in unwrap(dump):
        assert text == " ".join(dump[first - 1 : last]).strip()


VERSE = [
    *("À ơi, con ngủ cho say", "Mẹ đi đăng lưới ba ngày mẹ lên", "Thuyền về, thuyền đậu bến bên"),
    *("À ơi thuyền về, à ơi thuyền về.", "À ơi, con ngủ cho ngoan", "Cha đi biển động gió ngàn xô"),
    *("Thuyền về, thuyền đậu bến bờ", "Đèn ai thấp thoáng bên bờ sông quê nhà mình đêm nay"),
]
LIST = [f"- Thôn {name}: hai mươi hộ được cấp nước trong đợt một" for name in "ABCDEFGH"]
TABLE = [f"Tổ máy {n}\t3.000 m3\tchạy từ tháng {n}, nghỉ tháng {n + 6}" for n in range(1, 9)]
NOT_WRAPPED = {
    "verse": VERSE,
    "a list": LIST,
    "a table": TABLE,
    "paragraphs": [TITLE, "", *STORY],
    "short lines": ["Một", "Hai", "Ba"] * 5,
    "nothing": [],
    "blank lines": [""] * 9,
    "one line": [TITLE],
}


@pytest.mark.parametrize("lines", NOT_WRAPPED.values(), ids=NOT_WRAPPED)
def test_what_is_not_wrapped_stays(lines: list[str]) -> None:
    assert wrap_width(lines) is None
    assert shown(unwrap(lines)) == [(n, n, text) for n, text in enumerate(lines, 1) if text]


def test_a_list_in_a_wrapped_dump_keeps_its_items() -> None:
    lines = [*wrapped(72), *LIST[:3], "", TITLE]
    assert [text for _, _, text in unwrap(lines) if text.startswith("- ")] == LIST[:3]


def test_a_paragraph_ends_where_its_line_ends_early() -> None:
    lines = [line for line in wrapped(72) if line]
    texts = [text for _, _, text in unwrap(lines)]
    assert len(texts) < len(lines) / 2
    assert " ".join(texts) == " ".join([TITLE, *STORY])


@given(st.lists(st.text(alphabet="ab cdả.-", max_size=WIDEST + 10), max_size=40))
def test_no_word_is_lost_and_every_line_is_in_one(texts: list[str]) -> None:
    stripped = [text.strip() for text in texts]
    lines = unwrap(stripped)
    assert " ".join(text for _, _, text in lines).split() == " ".join(stripped).split()
    numbers = [n for first, last, _ in shown(lines) for n in range(first, last + 1)]
    assert numbers == [n for n, text in enumerate(stripped, 1) if text]


@given(st.integers(NARROWEST + 5, WIDEST - 5))
def test_any_width_is_found(width: int) -> None:
    found = wrap_width(wrapped(width))
    longest = max(map(len, wrapped(width)))
    assert found in (longest, None)
    assert found or width > 100
