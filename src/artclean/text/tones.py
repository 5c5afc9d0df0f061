"""The style of the tone mark, for those who want one style throughout: hòa or hoà."""

import re
from typing import Literal

from artclean.text.gate import is_vietnamese
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import in_style

# U+FFFD belongs to the word: of a word with a hole nothing is guessed.
_WORD = r"(?:[^\W\d_]|[\u0300-\u036f\ufffd])+"


def find_new_style(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Tones of attested syllables in the new style, hoà; misplaced ones too: cuả is của."""
    return _restyled(text, "new")


def find_old_style(text: str, odd: frozenset[str]) -> Rewrite | None:
    """The same in the old style, hòa."""
    return _restyled(text, "old")


def _restyled(text: str, style: Literal["old", "new"]) -> Rewrite:
    # Portuguese "aí" is no misplaced "ái": so these are moved in Vietnamese texts only.
    vietnamese = is_vietnamese(text)
    return Rewrite(
        "tone",
        re.compile(_WORD),
        lambda match: in_style(match.group(), style, misplaced=vietnamese),
    )
