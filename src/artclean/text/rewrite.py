"""What a pass wants to change: a pattern and what stands for each match.

One value serves both ways: ``apply`` gives the text, fast; ``edits`` gives the same changes one
by one, for those who asked for a receipt.
"""

import re
from collections.abc import Callable, Iterator

from artclean.model import Edit


class Rewrite:
    """A change that a pass has found to be right for this text.

    ``rule`` names it in the edits. ``whole`` does the same to a whole text, but faster.
    ``encoding`` is set if the text was misread from an old one; ``warnings`` are for the reader
    of the report.
    """

    def __init__(
        self,
        rule: str,
        pattern: re.Pattern[str],
        replace: Callable[[re.Match[str]], str],
        whole: Callable[[str], str] | None = None,
        *,
        encoding: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        self.rule = rule
        self.pattern = pattern
        self.replace = replace
        self.whole = whole
        self.encoding = encoding
        self.warnings = warnings

    def apply(self, text: str) -> str:
        """The text after the change."""
        if self.whole is not None:
            return self.whole(text)
        return self.pattern.sub(self.replace, text)

    def edits(self, text: str) -> Iterator[Edit]:
        """The same change as edits of the text."""
        for match in self.pattern.finditer(text):
            before, after = match.group(), self.replace(match)
            if before != after:
                yield from _by_word(match.start(), self.rule, before, after)


def _by_word(start: int, rule: str, before: str, after: str) -> Iterator[Edit]:
    """A change of many words as one edit a word, where the words still correspond."""
    old, new = before.split(" "), after.split(" ")
    if len(old) != len(new):
        old, new = [before], [after]
    for was, now in zip(old, new, strict=True):
        end = start + len(was)
        if was != now:
            yield Edit(start, end, rule, was, now)
        start = end + 1
