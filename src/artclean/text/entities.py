"""HTML references that a crawler left in the text."""

import re

from artclean.text.rewrite import Rewrite

# The semicolon is required and the case counts: TT&TT;, A&LT; and ?a=1&copy=2 are none. An
# ampersand that was escaped again and again is taken in one match: &amp;amp;nbsp;
_REFERENCE = (
    r"&((?:(?:amp|#0*38|#[xX]0*26);)*)"
    r"(?:(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));)?"
)


def find_entities(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Character references, numeric or with one of the names of HTML 4 (or ``apos``)."""
    if ";" not in text:
        return None
    return Rewrite("entity", re.compile(_REFERENCE), _character)


def _character(match: re.Match[str]) -> str:
    whole = match.group()
    escaped, decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        # What is no character (NUL, a control, half a surrogate pair) stays as it was written.
        known = code >= 0x20 or code in (0x09, 0x0A, 0x0D)
        if known and code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            return chr(code)
    elif name:
        code = _code_of(name)
        if code:
            return chr(code)
    return "&" + whole[1 + len(escaped) :]


def _code_of(name: str) -> int:
    from html.entities import name2codepoint  # 1 ms, only where a name was seen

    return 0x27 if name == "apos" else name2codepoint.get(name, 0)
