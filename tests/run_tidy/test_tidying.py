"""Files, tidied: what is kept of them, what is refused, and the two promises."""

from codecs import BOM_UTF8, BOM_UTF16_LE
from re import sub
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.errors import DecodeError
from artclean.model import Edit, Tidied
from artclean.run import tidying
from artclean.run.errors import RefusedError
from artclean.run.jobs import Job
from artclean.run.tidying import tidy_file
from artclean.text import legacy
from artclean.text.glyphs import as_glyphs

STORY = """Xã Đồng Xuân khánh thành cầu mới
.
Sáng 2/8, xã Đồng Xuân khánh thành cây cầu nối hai thôn sau tám tháng thi công.

Cầu mới bắc qua sông Hạ
Cầu mới bắc qua sông Hạ

Bà con hai thôn nói từ nay trẻ em đi học không còn phải lội suối trong mùa mưa.
"""
TIDY = STORY.replace(".\nSáng", "Sáng").replace("Hạ\nCầu mới bắc qua sông Hạ", "Hạ")


def tidied(data: bytes, *, markdown: bool = False, encoding: str = "auto") -> bytes:
    return tidy_file(data, Job(encoding=encoding), markdown=markdown).after


@pytest.mark.parametrize("bom", [b"", BOM_UTF8])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("final", [True, False])
def test_1c_24_25_26_bom_line_endings_and_final_newline_are_kept(
    bom: bytes, ending: str, final: bool
) -> None:
    def written(text: str) -> bytes:
        return bom + (text if final else text.removesuffix("\n")).replace("\n", ending).encode()

    assert tidied(written(STORY)) == written(TIDY)
    assert tidied(written(TIDY)) == written(TIDY)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_1c_27_other_forms_of_unicode_stay_what_they_are(codec: str) -> None:
    assert tidied(STORY.encode(codec)) == TIDY.encode(codec)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "cp1258", "vps"])
@pytest.mark.parametrize("asked", [True, False])
def test_1c_27_an_old_encoding_becomes_utf_8(encoding: str, asked: bool) -> None:
    text = with_tones_apart(STORY) if encoding == "cp1258" else STORY
    glyphs = legacy.reading(encoding).write(text)
    data = bytes({as_glyphs(bytes([byte])): byte for byte in range(256)}[g] for g in glyphs)
    file = tidy_file(data, Job(encoding=encoding if asked else "auto"), markdown=False)
    assert file.after == TIDY.encode()
    assert file.legacy == encoding
    assert tidied(file.after, encoding=encoding if asked else "auto") == file.after


def with_tones_apart(text: str) -> str:
    """As CP1258 has it: letters with their shape, tones behind them."""
    decomposed = normalize("NFD", text)
    return sub(
        "(.)([\u0302\u0306\u031b]?)([\u0300\u0301\u0303\u0309\u0323]?)([\u0302\u0306\u031b]?)",
        lambda match: normalize("NFC", match[1] + match[2] + match[4]) + match[3],
        decomposed,
    )


def test_an_encoding_that_is_asked_for_is_what_the_file_was() -> None:
    """The second run over a converted file leaves it alone."""
    assert tidied(TIDY.encode(), encoding="vni") == TIDY.encode()


REFUSED = [
    b"Ch\xc3\xa0o \xff" + STORY.encode() * 4,  # one byte is not UTF-8
    BOM_UTF16_LE + b"a\0b",  # half a character at the end
    BOM_UTF8 + b"a\xff",
    b"caf\xe9 ol\xe9",  # in no encoding that is known
]


@pytest.mark.parametrize("data", REFUSED)
def test_1c_27_what_cannot_be_read_without_loss_is_refused(data: bytes) -> None:
    with pytest.raises((RefusedError, DecodeError)):
        tidied(data)


def test_a_file_that_breaks_the_first_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        tidying, "tidy", lambda text, **_: Tidied("b", (Edit(0, 1, "x", "a", "c"),), ())
    )
    with pytest.raises(RefusedError, match="the ledger does not replay"):
        tidied(b"a")


def test_a_file_that_breaks_the_second_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    def swap(data: bytes, **_: object) -> Tidied:
        before, after = data.decode(), {"a": "b", "b": "a"}[data.decode()]
        return Tidied(after, (Edit(0, 1, "x", before, after),), ())

    monkeypatch.setattr(tidying, "tidy", swap)
    with pytest.raises(RefusedError, match="twice"):
        tidied(b"a")


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_tidied_or_refused(data: bytes, markdown: bool) -> None:
    try:
        after = tidied(data, markdown=markdown)
    except (RefusedError, DecodeError):
        return
    assert tidied(after, markdown=markdown) == after
