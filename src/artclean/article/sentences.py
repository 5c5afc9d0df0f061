"""Sentences that a dropped link has cut over several lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from artclean.labels.line import Line, Lines
from artclean.labels.members import HEADING
from artclean.labels.shape import ends_sentence, hangs, is_list_item
from artclean.language.schema import Language

# What may open the rest of a sentence.
_CONTINUES: Final = frozenset(",.;:)”’!?…%")
_CLOSERS: Final = frozenset(")”’")
_TAIL: Final = frozenset(".,;:!?…)”’\"'")


def continues(before: str, after: str, language: Language) -> bool:
    """Whether the line ``after`` goes on with the sentence of ``before``.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> continues("Tại sự kiện, Công ty Đông Hồ", ", ông Tiến cho biết", vi)
    True
    >>> continues("Trao đổi với", "Công ty Đông Hồ sáng nay", vi)
    True
    >>> continues("Hai lớp học mới đã mở.", "ông Tiến nói.", vi)
    False
    """
    first = after[0]
    if ends_sentence(before) and first not in _CLOSERS:
        return False  # the words that were dropped stood in front of the comma
    if after.startswith(("...", "…")):
        return False
    if first in _CONTINUES:
        return True
    if is_list_item(after) or (is_list_item(before) and len(before) < 60):
        return False
    if before.endswith(("(", "[", "“", ",", "&", "/")):
        return True
    return first.islower() or hangs(before, language, after)


def goes_on(run: Sequence[Line], lines: Lines, index: int, language: Language) -> bool:
    """Whether a line of story goes on with the sentence that ``run`` has begun."""
    before, line = run[-1], lines[index]
    first = line.text[0]
    # Over a blank line only a sentence whose second half cannot stand alone is joined.
    if before.last + 1 != line.first and not (first in _CONTINUES or first.islower()):
        return False
    if before.label is HEADING or line.label is HEADING:
        return False
    return continues(before.text, line.text, language) and not _signs_letter(
        before.text, line.text, lines[index + 1 : index + 2]
    )


def closes(run: Sequence[Line], junk: Line) -> bool:
    """Whether a lone stop behind an unfinished line belongs to it; the line itself stays junk."""
    return _TAIL.issuperset(junk.text) and not ends_sentence(run[-1].text)


def _signs_letter(close: str, name: str, below: Lines) -> bool:
    """ "Thương em," and "Chị Ba" below it: the close of a letter and who signs it.

    "Tại sự kiện," + "Công ty Sen Việt" + ", ông Tiến …" is a sentence: it goes on below.
    """
    if not close.endswith(",") or close.count(" ") > 3 or name.count(" ") > 3:
        return False
    if any(word[0].islower() for word in name.split()):
        return False
    return not (below and (below[0].text[0].islower() or below[0].text[0] in _CONTINUES))


def joined(texts: list[str]) -> str:
    """The pieces of one sentence as one line, no blank in front of a comma or a stop."""
    if len(texts) == 1:
        return texts[0]
    pieces = [texts[0]]
    for before, piece in pairwise(texts):
        if not (piece[:1] in _CONTINUES or before.endswith(("(", "[", "“"))):
            pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces)
