"""Sentences that a dropped link has cut over several lines."""

from collections.abc import Iterator
from itertools import pairwise

from artclean.labels.line import STORY, Line, Lines, touch
from artclean.labels.shape import ends_sentence, hangs, is_list_item
from artclean.language.schema import Language
from artclean.model import (
    HEADING,
    JUNK,
)

# What may open the rest of a sentence.
_CONTINUES = (",", ".", ";", ":", ")", "”", "’", "!", "?", "…", "%")
_CLOSERS = (")", "”", "’")
_TAIL = frozenset(".,;:!?…)”’\"'")


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
    if ends_sentence(before) and not after.startswith(_CLOSERS):
        return False  # the words that were dropped stood in front of the comma
    if after.startswith(("...", "…")):
        return False
    if after.startswith(_CONTINUES):
        return True
    if is_list_item(after) or (is_list_item(before) and len(before) < 60):
        return False
    if before.endswith(("(", "[", "“", ",", "&", "/")):
        return True
    return after[0].islower() or hangs(before, language, after)


def story_runs(lines: Lines, language: Language) -> Iterator[list[Line]]:
    """Story lines in order, those of one sentence together.

    A lone stop behind an unfinished line belongs to it; the line itself stays junk.
    """
    run: list[Line] = []
    for index, line in enumerate(lines):
        if line.label is JUNK:
            if run and set(line.text) <= _TAIL and not ends_sentence(run[-1].text):
                run.append(line)
        elif line.label not in STORY:
            if run:
                yield run
                run = []
        else:
            if run and (
                not _belongs(run[-1], line, language)
                or _signs_letter(run[-1].text, line.text, lines[index + 1 : index + 2])
            ):
                yield run
                run = []
            run.append(line)
    if run:
        yield run


def _signs_letter(close: str, name: str, below: Lines) -> bool:
    """ "Thương em," and "Chị Ba" below it: the close of a letter and who signs it.

    "Tại sự kiện," + "Công ty Sen Việt" + ", ông Tiến …" is a sentence: it goes on below.
    """
    if not close.endswith(",") or close.count(" ") > 3 or name.count(" ") > 3:
        return False
    if any(word[0].islower() for word in name.split()):
        return False
    return not (below and (below[0].text[0].islower() or below[0].text.startswith(_CONTINUES)))


def _belongs(before: Line, after: Line, language: Language) -> bool:
    if HEADING in (before.label, after.label):
        return False
    # Over a blank line only a sentence whose second half cannot stand alone is joined.
    if not touch(before, after) and not (
        after.text.startswith(_CONTINUES) or after.text[0].islower()
    ):
        return False
    return continues(before.text, after.text, language)


def joined(texts: list[str]) -> str:
    """The pieces of one sentence as one line, no blank in front of a comma or a stop."""
    if len(texts) == 1:
        return texts[0]
    pieces = [texts[0]]
    for before, piece in pairwise(texts):
        if not (piece.startswith(_CONTINUES) or before.endswith(("(", "[", "“"))):
            pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces)
