"""The Unicode stage as a whole: rows of texts, receipts, warnings, and its laws."""

import doctest
import re
import tomllib
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.errors import DecodeError, SettingsError
from artclean.model import Edit
from artclean.text.decode import decode
from artclean.text.edits import apply_edits, undo_edits
from artclean.text.passes import STEPS, Step, run, steps_for
from artclean.text.repair import repair, repair_report
from artclean.text.stage import decode_and_repair

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_case(case: dict[str, Any]) -> None:
    text, style = case["text"], case.get("tone_style", "keep")
    expected = case.get("is", text)
    report = repair_report(text, tone_style=style)
    assert report.text == expected
    assert report.encoding == case.get("encoding", "utf-8")
    assert repair(expected, tone_style=style) == expected
    assert is_normalized("NFC", report.text)


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("Sáng đẹp", []),
        ("a\xa0b&nbsp;đ", [(1, 2, "space", "\xa0", " "), (3, 9, "space", "&nbsp;", " ")]),
        ("Cho\u031b\u0323 đẹp", [(2, 5, "nfc", "o\u031b\u0323", "ợ")]),
        ("nga&#768;y đó", [(2, 9, "nfc", "a&#768;", "à")]),
        (
            "B¶n Nµ Khoang",
            [(0, 3, "legacy", "B¶n", "Bản"), (4, 6, "legacy", "Nµ", "Nà")],
        ),
        (
            "Cáº£ báº£n đã vui",
            [(0, 4, "mojibake", "Cáº£", "Cả"), (5, 10, "mojibake", "báº£n", "bản")],
        ),
        (
            "cu\u200bả \u0441ủa",
            [(2, 3, "invisible", "\u200b", ""), (5, 8, "letter", "\u0441ủa", "của")],
        ),
        ("một\r\nhai", [(3, 5, "line-break", "\r\n", "\n")]),
    ],
)
def test_receipt(text: str, edits: list[tuple[int, int, str, str, str]]) -> None:
    assert repair_report(text).edits == tuple(Edit(*edit) for edit in edits)


def test_the_document_names_every_rule_and_its_examples_hold() -> None:
    document = Path(__file__).parents[2] / "docs" / "unicode.md"
    assert doctest.testfile(str(document), module_relative=False).failed == 0
    seen = {
        rule
        for case in CASES
        for edit in repair_report(case["text"], tone_style=case.get("tone_style", "keep")).edits
        for rule in edit.rule.split("+")
    }
    named = set(
        re.findall(r"^\| `([a-z0-9-]+)` \|", document.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named == seen | {"surrogate", "capitals"}  # of texts that a table of rows cannot hold


def test_line_breaks_can_be_kept() -> None:
    report = repair_report("một\r\nhai&amp;\rba\u2028bốn", line_breaks="keep")
    assert report.text == "một\r\nhai&\rba\nbốn"


def test_another_language_gets_no_vietnamese_guesses() -> None:
    text = "B¶n Nµ Khoang &amp; ðến thi \u0323trường"
    assert repair(text, language="en") == "B¶n Nµ Khoang & ðến thi \u0323trường"


def test_warnings_say_what_is_lost() -> None:
    report = repair_report("đã \ud800 mất \ufffd rồi")
    assert report.text == "đã \ufffd mất \ufffd rồi"
    assert report.warnings == (
        "1 lone surrogates are now U+FFFD",
        "2 characters are lost (U+FFFD)",
    )


def test_warns_where_tcvn3_has_lost_its_u_horn() -> None:
    text = "Ng\xeai d©n b¶n Nµ Khoang mõng v× cã ®iÖn. " * 30
    report = repair_report(text)
    assert report.encoding == "tcvn3"
    assert report.text.startswith("Ngời dân bản Nà Khoang mừng vì có điện.")
    assert "ư were lost" in report.warnings[0]


# An odd sign beside another one that goes on with a letter of UTF-8, or not.
@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("đã xây 25 m²ở giữa", "đã xây 25 m²ở giữa"),
        ("“Ståle” – đã 25 °C², §", "“Ståle” – đã 25 °C², §"),
        ("đã về Â\x96 nhà", "đã về – nhà"),
        ("đã mua Æ\xa0 nhà", "đã mua Ơ nhà"),
        ("đã rộng 25 m² “ĐÃ” hoà\xa0“abc”", "đã rộng 25 m² “ĐÃ” hoà “abc”"),
    ],
)
def test_a_sign_alone_was_not_misread(text: str, repaired: str) -> None:
    assert repair(text) == repaired


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.find)
def test_every_step_has_its_pass(step: Step) -> None:
    assert run((step,), "đã vui") == ("đã vui", None, ())
    module, _, function = step.find.partition(".")
    assert hasattr(import_module(f"artclean.text.{module}"), function)


def test_surrogate_pairs_are_joined() -> None:
    assert repair("đẹp \ud83d\ude00") == "đẹp \U0001f600"


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(SettingsError, match="koi8"):
        repair(b"a", encoding="koi8")
    with pytest.raises(SettingsError, match="newest"):
        repair("a", tone_style="newest")


# Pieces that the passes look for; random text of letters alone would never meet them.
PIECES = (
    "&", "&amp;", "&#", "x200b;", "lt;", "&nbsp;", "%3", "%3b", "b", " ", "\xa0", "\n", "\r", "\r\n",
    "\u0300", "\u0301", "\u0323", "\u0302", "\u031b", "\u200b", "\u200d", "\ufeff", "\xad", "\u202a",
    "Ã", "á", "º", "»", "Ä", "‘", "â", "€", "™", "Â", "Ă", "Ð", "ð", "\u0441", "\u043e", "ı", "ﬁ",
    "\ud800", "\udc00", "\ufffd", "\x00", "\x85", "\x96", "®", "§", "µ", "¸", "ø", "ö", "ñ", "√",
    "\u3000", "漢", "م", "😀", "ş", "hoa", "thi", "Hoà", "ng", "cuả", "NAM", "p", "an", "\v", "\u2028", "đ", "K",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.text("aâêôơưàáảãạếộờ", max_size=3)), max_size=20
    ).map("".join),
)
STYLES = st.sampled_from(["keep", "new", "old"])
BYTES = st.one_of(
    st.binary(max_size=40),
    *(
        TEXTS.map(lambda text, codec=codec: text.encode(codec, "surrogatepass"))  # type: ignore[misc]
        for codec in ("utf-8", "utf-16", "utf-16-be")
    ),
    TEXTS.map(lambda text: text.encode("cp1252", "replace")),
)


@given(TEXTS, STYLES)
def test_twice_is_once(text: str, style: str) -> None:
    once = repair(text, tone_style=style)
    assert repair(once, tone_style=style) == once
    assert is_normalized("NFC", once)
    once.encode()


@given(TEXTS, STYLES, st.sampled_from(["unify", "keep"]))
def test_the_receipt_replays_both_ways(text: str, style: str, line_breaks: str) -> None:
    report = repair_report(text, tone_style=style, line_breaks=line_breaks)
    assert apply_edits(text, report.edits) == report.text
    assert undo_edits(report.text, report.edits) == text
    assert all(one.end <= other.start for one, other in pairwise(report.edits))
    if line_breaks == "unify":
        assert report.text == repair(text, tone_style=style)


@given(TEXTS)
def test_the_gate_agrees_with_the_passes(text: str) -> None:
    steps = steps_for(language="vi", encoding="utf-8", tone_style="keep", line_breaks="unify")
    slow, misread, warnings = run(steps, text)
    assert decode_and_repair(text) == (slow, misread or "utf-8", warnings)


@given(BYTES)
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DecodeError:
        with pytest.raises(DecodeError) as caught:
            repair(data)
        assert 0 <= caught.value.offset < len(data)
        return
    report = repair_report(data)
    assert report.encoding == decoded.encoding
    assert report.text == repair(data) == apply_edits(decoded.text, report.edits)
    assert undo_edits(report.text, report.edits) == decoded.text


@given(st.text("abcdeghiklmnopqrstuvxyàáảãạăằắẳẵặâầấẩẫậđêếôốơớưứ ,.-–“”\n"))
def test_clean_text_stays(text: str) -> None:
    assert repair(text + "đ") == normalize("NFC", text + "đ") == text + "đ"
