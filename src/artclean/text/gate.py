"""The gate: what a clean text consists of, so that it costs one look and nothing else.

Nine of ten articles are clean. They consist of printable ASCII, the Vietnamese letters and the
few marks of good typesetting; all else is *odd* and lets the passes of `repair` look closer.
"""

import re
from typing import Final

# All of these characters are their own NFC, and none composes with another, so that a text of
# them needs no normalization. "%3" and what may be an entity are looked for apart.
SAFE: Final = (
    "\n\t -~"
    "À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
    "–—‘’“”…"
)  # fmt: skip

# Letters that only Vietnamese has, at least in such number.
_VIETNAMESE: Final = frozenset("ăđĩũơưĂĐĨŨƠƯ").union(map(chr, range(ord("Ạ"), ord("ỹ") + 1)))

# What the byte order marks of UTF-8, UTF-16 and UTF-32 begin with.
_FIRST_OF_BOM: Final = (b"\xef", b"\xff", b"\xfe")

# "Sở GD & ĐT" holds no reference.
_REFERENCE: Final = "&[#A-Za-z]"

_SAFE: Final = re.compile(f"[{SAFE}]*")


def plain_utf_8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 without a BOM and without NULs, as nearly all are."""
    if data[:1] in _FIRST_OF_BOM or b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def is_clean(text: str) -> bool:
    """Whether no pass has anything to do.

    >>> is_clean("Cầu Long Biên – “nhân chứng” của Hà Nội…")
    True
    >>> is_clean("Sở TN&MT"), is_clean("Ngµy 2 th¸ng 9"), is_clean("café")
    (False, False, False)
    """
    return (
        # twice as fast as a search for an odd character
        _SAFE.fullmatch(text) is not None
        and (text.isascii() or is_vietnamese(text))
        and not ("%" in text and "%3" in text)  # one character is found 20 times faster than two
        and not ("&" in text and re.search(_REFERENCE, text))
    )


def is_vietnamese(text: str) -> bool:
    """Whether a letter stands in it that only Vietnamese has: nobody misread that as Latin-1.

    It mostly stands among the first ten, so this costs less than any search; a pattern for these
    letters costs a start a quarter of a millisecond.

    >>> is_vietnamese("Hà Nội"), is_vietnamese("Hà Giang")
    (True, False)
    """
    return not _VIETNAMESE.isdisjoint(text)


def has_split_letter(text: str) -> bool:
    """Whether a no-break space may be the second half of a misread à or no-break space.

    UTF-8 for these ends in A0. Read as cp1252 or cp1258 they are the only damage in which the
    no-break space is the only odd character.
    """
    return any(letter in text and letter + "\xa0" in text for letter in "ÃÂĂ")


def nearly_clean(text: str) -> str | None:
    """The text with plain spaces and composed letters, if that is all it needs.

    Two of three dumps have no-break spaces and nothing else, some are decomposed: this spares
    them the passes, which would give the same.
    """
    if "\xa0" in text:
        if has_split_letter(text):
            return None
        text = text.replace("\xa0", " ")
        if is_clean(text):
            return text
    from unicodedata import normalize  # a library to load

    composed = normalize("NFC", text)
    return composed if composed != text and is_clean(composed) else None


def odd_characters(text: str) -> frozenset[str]:
    """The characters of a text that a clean one would not have; of ``%3`` and ``&`` the sign.

    >>> sorted(odd_characters("3 % của 25 m² [đất] & nhà")), odd_characters("nghiê%3bp")
    (['&', '²'], frozenset({'%'}))
    """
    odd = frozenset(re.compile(f"[^{SAFE}]").findall(text))
    if "&" in text:
        odd |= {"&"}
    return odd | {"%"} if "%" in text and "%3" in text else odd
