"""Characters that nobody wrote: controls, marks of direction, strange line ends."""

import re

from artclean.text.glyphs import CP1252
from artclean.text.kinds import C1, DIRECTION, NEVER, SEPARATORS, ZERO_WIDTH
from artclean.text.rewrite import Rewrite

# Scripts that run from the right: Hebrew, Arabic and their kin.
_FROM_RIGHT = (
    "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
# Scripts that join, stack or know no spaces: these, Indic to Thai, Lao, Tibetan, Burmese,
# Khmer, Mongolian, and Chinese, Japanese, Korean.
_COMPLEX = (
    f"{_FROM_RIGHT}\u0900-\u109f\u1100-\u11ff\u1200-\u137f\u1700-\u180d\u180f-\u1cff"
    "\u2e80-\u2fff\u3001-\ua4cf\ua8e0-\uabff\uac00-\ud7ff\uf900-\ufaff"
    "\U00011000-\U00011fff\U00020000-\U0003ffff"
)
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"

# The patterns as constants: one that is put together anew is looked up five times as slowly.
_INVISIBLE = f"[{NEVER}{ZERO_WIDTH}{DIRECTION}]+"
_ONLY_NEVER = f"[{NEVER}]+"
_ONLY_ZERO_WIDTH = f"[{ZERO_WIDTH}]+"
_ONLY_DIRECTION = f"[{DIRECTION}]+"
_HAS_FROM_RIGHT = f"[{_FROM_RIGHT}]"
_HAS_COMPLEX = f"[{_COMPLEX}]"
_HAS_COMPLEX_OR_EMOJI = f"[{_COMPLEX}{_EMOJI}]"
_BETWEEN_EMOJI = f"[{_EMOJI}][{_EMOJI}]"

# A mark of direction works on its line. So far is looked for letters that run from the right.
_REACH = 100


def find_surrogates(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Halves of a surrogate pair: joined where both stand, else lost (U+FFFD)."""
    pairs = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
    lost = sum(1 for match in pairs.finditer(text) if len(match.group()) == 1)
    warning = (f"{lost} lone surrogates are now U+FFFD",) if lost else ()
    return Rewrite("surrogate", pairs, _joined, warnings=warning)


def _joined(match: re.Match[str]) -> str:
    pair = match.group()
    if len(pair) == 1:
        return "\ufffd"
    return pair.encode("utf-16", "surrogatepass").decode("utf-16")


def find_line_breaks(text: str, odd: frozenset[str]) -> Rewrite | None:
    """The line ends of Windows and of the old Macintosh."""
    return Rewrite("line-break", re.compile("\r\n?"), lambda _: "\n")


def find_line_separators(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Other characters that end a line: vertical tab, form feed, U+2028, U+2029."""
    return Rewrite("line-separator", re.compile(f"[{SEPARATORS}]"), lambda _: "\n")


def find_c1(text: str, odd: frozenset[str]) -> Rewrite | None:
    """cp1252 read as Latin-1: U+0096 is a dash. What cp1252 leaves undefined is nothing."""
    return Rewrite("c1", re.compile("[\x80-\x9f]"), _as_cp1252)


def _as_cp1252(match: re.Match[str]) -> str:
    character = CP1252[ord(match.group()) - 0x80]
    return "" if character in C1 else character


def find_invisible(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Characters without a shape, also inside words; a script that needs them keeps its own."""
    wanted = re.search(_HAS_COMPLEX_OR_EMOJI, "".join(odd))
    return Rewrite("invisible", re.compile(_INVISIBLE), _needed if wanted else lambda _: "")


def _needed(match: re.Match[str]) -> str:
    """Of a run of such characters, those that the letters around it can use."""
    text, (start, end) = match.string, match.span()
    kept = re.sub(_ONLY_NEVER, "", match.group())
    sides = text[max(0, start - 1) : start] + text[end : end + 1]
    if re.fullmatch(_BETWEEN_EMOJI, sides):
        kept = re.sub("[\u180e\u200b\u200c]+", "", kept)
    elif not re.search(_HAS_COMPLEX, sides):
        kept = re.sub(_ONLY_ZERO_WIDTH, "", kept)
    if re.search(_ONLY_DIRECTION, kept):
        around = text[max(0, start - _REACH) : end + _REACH]
        if not re.search(_HAS_FROM_RIGHT, around):
            kept = re.sub(_ONLY_DIRECTION, "", kept)
    return kept
