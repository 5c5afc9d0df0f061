"""Every pass is linear: no text makes the stage slow."""

from collections.abc import Callable

import pytest
from clock import outgrows

from artclean.text.repair import repair, repair_report

PUMPS = (
    "a", "ế", "\xa0", "Ã", "Ã\xa0", "á»‡", "Ã¡Â»", "&", "&am", "&amp;", "&#x", "&#38;", "%3", "a%3b",
    "a \u0300", "e\u0301\u0302", "\u0301", "\u200b", "م\u200f", "a\u200e", "\ud800", "\ufffd", "Ð",
    "a\u0441", "\u0441", "ı", "đı ", "ﬁ", "\r", "\n", "\u2028", "\x85", "\x00", "C¸c b¹n ", "§", "\xad",
    "Coâng ty ", "öô", "ø", "« a » ", "√©", "漢\u3000", "\u3000", "ᄀ\u1161", "😀\u200d", "T.H", "đ®\n",
    "®a\n", "HÐND đ ", "hoà ", "\ufeff", "\u0300\u0301",
)  # fmt: skip
EVERYDAY = ("a", "Ã\xa0", "&", "a%3b", "a \u0300", "\u200b", "C¸c b¹n ", "đ®\n", "\u3000")


def assert_linear(run: Callable[[str], object], pump: str, length: int) -> None:
    """Sixteen times the text: at most 2.3 times as long a doubling (and a tick of the clock)."""
    small, large = ((pump * (size // len(pump) + 1))[:size] for size in (length, 16 * length))
    assert not outgrows(lambda: run(small), lambda: run(large), 2.3**4, 0.03)


@pytest.mark.parametrize("pump", EVERYDAY, ids=ascii)
def test_growth(pump: str) -> None:
    assert_linear(repair, pump, 2_000)


@pytest.mark.slow
@pytest.mark.parametrize("pump", PUMPS, ids=ascii)
def test_growth_to_a_million_characters(pump: str) -> None:
    assert_linear(repair, pump, 1_000)
    assert_linear(repair, pump, 62_500)


@pytest.mark.slow
@pytest.mark.parametrize("pump", PUMPS, ids=ascii)
def test_growth_of_receipts(pump: str) -> None:
    assert_linear(repair_report, pump, 5_000)
