"""How two wordings of a phrase are compared: case and edges go, tones stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.language.fold import EDGE, fold
from artclean.text.repair import repair

SAME = [
    ("TIN LIÊN QUAN:", "Tin liên quan"),
    ("» Tin  liên\u00a0quan «".replace("«", ""), "tin liên quan"),
    ("[Đọc tiếp]", "đọc tiếp"),
    ("“Nước về…”", "nước về"),
    ("STRASSE", "straße"),
]
DIFFERENT = [
    ("Ảnh", "Anh"),
    ("Đông", "Dông"),
    ("Tin liên quan", "Tin, liên quan"),
    ("Kỳ 1", "Kỳ 2"),
    ("12,5", "1,25"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same_phrase(one: str, two: str) -> None:
    assert fold(one) == fold(two)


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_another_phrase(one: str, two: str) -> None:
    assert fold(one) != fold(two)


@given(st.text())
def test_folded_once_is_folded(text: str) -> None:
    folded = fold(repair(text).replace("\n", " "))
    assert fold(folded) == folded
    assert folded == folded.strip(EDGE)
    assert "  " not in folded
    assert "\t" not in folded
