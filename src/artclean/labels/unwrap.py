"""Lines that a hard wrap has cut, put together again."""

import itertools
from collections.abc import Sequence
from typing import Final

from artclean.labels.shape import ends_sentence, is_table_row

# A dump is wrapped if its lines are cut at one width, between these two, in characters.
NARROWEST: Final = 40
WIDEST: Final = 130
# Fewer full lines than this, or a smaller share of all lines, is chance.
FEWEST: Final = 6
SHARE: Final = 0.5
# White space and what a repaired text may still hold at a line's edge. Not str.strip(): it eats
# separators that the Unicode stage has already turned into what they mean.
EDGE: Final = " \t\xa0\u3000\r"
_LIST: Final = ("-", "–", "+", "•", "*", "|", ">", "#")
# Rows of a table, quotations and headings of Markdown do not run over into the next line.
_KEPT: Final = ("|", ">", "#")


def wrap_width(texts: Sequence[str]) -> int | None:
    """The width at which a dump is wrapped, in characters, or ``None`` if it is not.

    The test is the wrap itself: a line is full if the first word of the next line would not
    have fitted any more. Verse, lists and tables end their lines early; ordinary dumps have
    lines far longer than any width.
    """
    longest = max(map(len, texts), default=0)
    if not NARROWEST <= longest <= WIDEST:
        return None
    full = pairs = 0
    for text, after in itertools.pairwise(texts):
        if not text or not after or after.startswith(_LIST) or is_table_row(text):
            continue
        pairs += 1
        full += len(text) + 1 + len(after.split(None, 1)[0]) > longest
    return longest if full >= FEWEST and full >= SHARE * pairs else None


def lines_of(text: str) -> list[tuple[int, int, str]]:
    """Lines of a repaired text that are not blank, stripped; what a hard wrap has cut as one.

    With the numbers (from 1) of the first and last line of each.

    >>> lines_of("Tiêu đề \\n\\nMột dòng.")
    [(1, 1, 'Tiêu đề'), (3, 3, 'Một dòng.')]
    """
    raw = text.split("\n")
    lines = [
        (number, number, stripped)
        for number, line in enumerate(raw, 1)
        if line and (stripped := line.strip(EDGE))
    ]
    # Nearly all dumps have a line that is wider than any wrap.
    if max([len(line) for _, _, line in lines], default=0) > WIDEST:
        return lines
    return unwrap([line.strip(EDGE) for line in raw])


def unwrap(texts: Sequence[str]) -> list[tuple[int, int, str]]:
    """Lines that are not blank, with the numbers (from 1) of the first and last line of each.

    >>> unwrap(["Tiêu đề", "", "Một dòng."])
    [(1, 1, 'Tiêu đề'), (3, 3, 'Một dòng.')]
    """
    width = wrap_width(texts)
    if width is None:
        return [(number, number, text) for number, text in enumerate(texts, 1) if text]
    # Where blank lines part the paragraphs, lines without one belong together. Where none do, a
    # full line that ends a sentence may also end its paragraph, and stays apart.
    parted = sum(not text for text in texts) * 3 >= len(texts) // 3
    joined: list[tuple[int, int, list[str]]] = []
    for number, text in enumerate(texts, 1):
        if not text:
            continue
        if joined and not text.startswith(_LIST):
            first, last, pieces = joined[-1]
            before = pieces[-1]
            full = len(before) + 1 + len(text.split(None, 1)[0]) > width
            closed = not parted and ends_sentence(before) and not text[0].islower()
            if last == number - 1 and full and not closed and not pieces[0].startswith(_KEPT):
                pieces.append(text)
                joined[-1] = (first, number, pieces)
                continue
        joined.append((number, number, [text]))
    return [(first, last, " ".join(pieces)) for first, last, pieces in joined]
