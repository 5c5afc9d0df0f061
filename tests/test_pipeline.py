"""The way through, and what its settings do and refuse."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from artclean import ArtcleanError, DecodeError, Label, clean, explain, tidy

DUMP = (
    "Xã Đông Hồ mở hội sen\n3 giờ trước\n\n"
    "Sáng nay, xã Đông Hồ khai hội hoà cùng tiếng trống của bốn thôn.\n\nDuy Tiến\n"
)
NOW = datetime(2019, 8, 2, 18, 34, tzinfo=timezone(timedelta(hours=7)))
FUNCTIONS = pytest.mark.parametrize("function", [clean, explain, tidy])


@FUNCTIONS
def test_an_unknown_language_is_refused(function: Callable[..., object]) -> None:
    with pytest.raises(ArtcleanError, match="'xx'"):
        function(DUMP, language="xx")


@FUNCTIONS
def test_an_unknown_tone_style_is_refused(function: Callable[..., object]) -> None:
    with pytest.raises(ArtcleanError, match="'fancy'"):
        function(DUMP, tone_style="fancy")


@FUNCTIONS
def test_an_unknown_encoding_is_refused(function: Callable[..., object]) -> None:
    with pytest.raises(ArtcleanError, match="klingon"):
        function(DUMP.encode(), encoding="klingon")


@FUNCTIONS
def test_bytes_that_are_no_text_are_refused_with_their_place(
    function: Callable[..., object],
) -> None:
    with pytest.raises(DecodeError) as caught:
        function(b"PK\x03\x04" + bytes(range(256)) * 40)
    assert caught.value.offset >= 0
    assert caught.value.reason


def test_a_relative_time_needs_a_reference() -> None:
    without = clean(DUMP)
    assert without.published is None
    assert any("--reference-time" in warning for warning in without.warnings)
    assert clean(DUMP, reference_time=NOW).published == "2019-08-02T15:34:00+07:00"


def test_a_naive_reference_is_in_the_home_zone() -> None:
    assert clean(DUMP, reference_time=NOW.replace(tzinfo=None)).published == (
        "2019-08-02T15:34:00+07:00"
    )


def test_tones_move_only_on_demand() -> None:
    assert "hoà" in clean(DUMP).text
    assert "hòa" in clean(DUMP, tone_style="old").text


def test_bytes_in_an_old_encoding() -> None:
    raw = "Xã mở hội\n\nSáng nay, xã khai hội với bốn thôn.\n".encode("utf-16")
    article = clean(raw)
    assert (article.title, article.encoding) == ("Xã mở hội", "utf-16")


def test_explain_gives_every_line_of_the_dump() -> None:
    lines = explain(DUMP)
    assert [line.line for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert [line.label for line in lines] == [
        *(Label.TITLE, Label.TIMESTAMP, Label.BLANK, Label.LEAD, Label.BLANK),
        *(Label.BYLINE, Label.BLANK),
    ]


def test_nothing_is_an_empty_article() -> None:
    for nothing in ("", b"", "\n", " \n\u00a0\n", "\ufeff"):
        article = clean(nothing)
        assert (article.title, article.text, article.blocks) == (None, "", ())
        assert all(line.label is Label.BLANK for line in explain(nothing))
