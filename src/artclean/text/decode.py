"""bytes -> text: which encoding the bytes are in, and what they say in it.

Decoding repairs nothing. What stands here gives the same bytes again (`encodes_back`) unless a
warning says that bytes were lost, and every repair is an edit of it.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from typing import NamedTuple

from artclean.errors import DecodeError, SettingsError
from artclean.text.gate import plain_utf_8
from artclean.text.glyphs import as_glyphs

ENCODINGS = ("auto", "utf-8", "utf-16", "cp1258", "tcvn3", "tcvn5712", "vni", "viscii", "vps")

# The longer first: the BOM of UTF-32 begins with that of UTF-16.
_BOMS = (
    (BOM_UTF8, "utf-8", "utf-8"),
    (BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_LOST = "\ufffd"
_NO_TEXT = rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\x81\x8d\x8f\x90\x9d]"


class Decoded(NamedTuple):
    """A text as it was written down, and in which encoding."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str = "auto") -> Decoded:
    """What the bytes say. Raises ``DecodeError`` if they are no text in that encoding.

    ``encoding`` is one of `ENCODINGS`, else ``SettingsError``. A BOM belongs to the encoding, not
    to the text; a second one is text.

    >>> decode("Hà Nội".encode("utf-8-sig"))
    Decoded(text='Hà Nội', encoding='utf-8', warnings=())
    """
    if encoding == "auto":
        return _decoded(data)
    if encoding not in ENCODINGS:
        raise SettingsError(f"unknown encoding {encoding!r}: it is one of {', '.join(ENCODINGS)}")
    if encoding in ("utf-8", "utf-16"):
        if found := _bom_of(data, encoding):
            return Decoded(_strictly(data, len(found[0]), found[2]), encoding)
        codec = encoding if encoding == "utf-8" else utf_16_of(data) or "utf-16-le"
        return Decoded(_strictly(data, 0, codec), encoding)
    return Decoded(_legacy_text(data, encoding), encoding)


def _decoded(data: bytes) -> Decoded:
    if (text := plain_utf_8(data)) is not None:
        return Decoded(text, "utf-8")
    if found := _bom_of(data):
        bom, encoding, codec = found
        return _leniently(data[len(bom) :], encoding, codec)
    if b"\0" in data and (guess := utf_16_of(data)):
        return _leniently(data, guess[:6], guess)
    try:
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        return _not_quite_utf_8(data, error.start)


def _bom_of(data: bytes, encoding: str | None = None) -> tuple[bytes, str, str] | None:
    for bom, name, codec in _BOMS:
        if data.startswith(bom) and encoding in (None, name):
            return bom, name, codec
    return None


def utf_16_of(data: bytes) -> str | None:
    """The codec of UTF-16 or UTF-32 without a BOM: nearly every other byte is NUL.

    The NUL is the upper half of all that ASCII and Latin-1 have, three of four letters also in
    Vietnamese; the lower half of a letter is NUL next to never.
    """
    sample = data[:4096]
    nuls = [sample[i::4].count(0) * 4 / max(len(sample), 1) for i in range(4)]
    even, odd = nuls[0] + nuls[2], nuls[1] + nuls[3]
    if min(nuls[2], nuls[3]) > 0.9 and nuls[0] < 0.1:
        return "utf-32-le"
    if min(nuls[0], nuls[1]) > 0.9 and nuls[3] < 0.1:
        return "utf-32-be"
    if odd > 0.8 and even < 0.1:
        return "utf-16-le"
    if even > 0.8 and odd < 0.1:
        return "utf-16-be"
    return None


def _strictly(data: bytes, start: int, codec: str) -> str:
    try:
        return data[start:].decode(codec)
    except UnicodeDecodeError as error:
        raise DecodeError(f"not {codec.upper()}: {error.reason}", start + error.start) from error


def _leniently(data: bytes, encoding: str, codec: str) -> Decoded:
    """A text that says by a mark what it is: the bytes that contradict it are lost."""
    text = data.decode(codec, "replace")
    written = _LOST.encode(codec)
    lost = text.count(_LOST) - data.count(written)
    return Decoded(text, encoding, _loss(lost, encoding))


def _loss(lost: int, encoding: str) -> tuple[str, ...]:
    return (f"{lost} places are not {encoding.upper()}, each is now U+FFFD",) if lost > 0 else ()


def _not_quite_utf_8(data: bytes, offset: int) -> Decoded:
    """Bytes of which ``offset`` is the first that is not UTF-8."""
    from artclean.text import legacy  # tables: only where they are needed

    lenient = _leniently(data, "utf-8", "utf-8")
    lost = lenient.text.count(_LOST)
    high = sum(map(len, re.findall(rb"[\x80-\xff]+", data)))
    if lost < 0.07 * high:  # of an 8-bit text most high bytes would be lost
        return lenient
    text = as_glyphs(data)
    if b"\0" not in data and (name := legacy.detect(text)):
        return Decoded(_legacy_text(data, name), name)
    letters = len(lenient.text) - (len(data) - high) - lost  # outside ASCII, in good UTF-8
    if letters > lost:
        return lenient
    if re.search(_NO_TEXT, data):
        raise DecodeError("neither UTF-8 nor text in an encoding that is known", offset)
    return Decoded(text, "cp1252", ("in no encoding that is known: read as cp1252",))


def _legacy_text(data: bytes, encoding: str) -> str:
    from artclean.text import legacy

    return legacy.reading(encoding).read(as_glyphs(data))


def encodes_back(data: bytes, decoded: Decoded) -> bool:
    """Whether the text, encoded as it was, gives the same bytes again.

    >>> data = "Ngêi".encode("latin-1") + bytes([0xAD])
    >>> encodes_back(data, decode(data, "tcvn3"))
    True
    """
    text, encoding, _ = decoded
    if encoding.startswith("utf"):
        plain = [(b"", encoding, codec) for codec in (encoding, f"{encoding}-le", f"{encoding}-be")]
        return any(
            bom + text.encode(codec, "replace") == data
            for bom, name, codec in (*_BOMS, *(plain if encoding != "utf-8" else plain[:1]))
            if name == encoding
        )
    from artclean.text import legacy

    glyphs = text if encoding == "cp1252" else legacy.reading(encoding).write(text)
    return as_glyphs(data) == glyphs
