"""Spaces of other widths."""

import re
from functools import partial

from artclean.text.kinds import SPACES
from artclean.text.rewrite import Rewrite

_IDEOGRAPHIC = "\u3000"
# Chinese, Japanese, Korean, and the full-width forms that stand among them.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"


def find_spaces(text: str, odd: frozenset[str]) -> Rewrite | None:
    """No-break, thin, em and other spaces, for which a plain one will do."""
    present = odd & SPACES
    # Of those that stand there: the pattern of one character costs next to nothing to compile.
    pattern = re.compile("[" + "".join(sorted(present)) + "]")
    return Rewrite("space", pattern, lambda _: " ", partial(_all_plain, present))


def _all_plain(present: frozenset[str], text: str) -> str:
    for space in present:
        text = text.replace(space, " ")
    return text


def find_ideographic_spaces(text: str, odd: frozenset[str]) -> Rewrite | None:
    """The space of Chinese and Japanese, where it stands among other letters."""
    if _IDEOGRAPHIC not in odd:
        return None
    # Behind a letter of theirs the run of spaces is skipped, and in front of one left alone.
    pattern = re.compile(f"(?<![{_CJK}]){_IDEOGRAPHIC}++(?![{_CJK}])")
    return Rewrite("space", pattern, lambda match: " " * len(match.group()))
