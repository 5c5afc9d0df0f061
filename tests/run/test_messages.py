"""The one way that foreign text takes to a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.run.messages import excerpt, safe, safe_lines

CONTROLS = [*range(0x20), 0x7F, *range(0x80, 0xA0), 0x061C, 0x200B, 0x200E, 0x200F]
CONTROLS += [*range(0x2028, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xFFF9, 0xE0001, 0xE0041]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_controls_are_shown_as_escapes(code: int) -> None:
    shown = safe(f"tin{chr(code)}tức")
    assert shown.isprintable()
    assert chr(code) not in shown
    assert "\\" in shown


@given(st.text())
def test_what_is_shown_cannot_command_and_is_one_line(text: str) -> None:
    shown = safe(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in shown)
    assert safe_lines(text.replace("\n", "").replace("\t", "")) == safe(
        text.replace("\n", "").replace("\t", "")
    )


@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_letters_stay(text: str) -> None:
    assert safe(text) == text


def test_an_excerpt_is_short() -> None:
    assert len(excerpt("x" * 10_000_000)) < 1000
