"""The order of questions: from a text to labelled lines."""

from datetime import datetime
from typing import Final

from artclean.labels.body import (
    DOUBTFUL,
    join_credits,
    join_own_pictures,
    mark_headings,
    promote_initials,
    promote_lead,
    promote_roles,
    restore_story,
)
from artclean.labels.find import find
from artclean.labels.head import promote_head
from artclean.labels.line import Line, Reviser, revise
from artclean.labels.members import BLANK
from artclean.labels.repeats import mark_repeats
from artclean.labels.tail import (
    HEADS_OF_LINKS,
    mark_dated_links,
    mark_links_under_lead,
    mark_related,
    mark_series,
    mark_tags,
    promote_tail,
)
from artclean.labels.unwrap import lines_of
from artclean.language.schema import Language

# Neighbours decide in this order:
#   head first: only it knows where the story starts, so where keys and dates count
#   repeats before captions' credits: a credit may hang on the second copy
#   related before the foot: links under "Tin liên quan" hide the byline above them
#   lead and headings last: they are what is left of the story
# With each stand the rules that it has a say in, if it needs any: where `find` met none of them,
# nothing is asked.
REVISERS: Final[tuple[tuple[Reviser, frozenset[str] | None], ...]] = (
    (promote_head, None),
    (restore_story, DOUBTFUL),
    (mark_repeats, None),
    (join_credits, frozenset(("credit", "key"))),
    (join_own_pictures, None),
    (mark_related, HEADS_OF_LINKS),
    (mark_dated_links, frozenset(("date",))),
    (mark_series, None),
    (mark_links_under_lead, None),
    (mark_tags, frozenset(("key",))),
    (promote_tail, None),
    (promote_roles, None),
    (promote_initials, None),
    (promote_lead, None),
    (mark_headings, None),
)


def label_lines(text: str, language: Language, reference: datetime | None = None) -> list[Line]:
    """Every line of a repaired text that is not blank, labelled; hard-wrapped lines as one.

    >>> from artclean.language.load import load_language
    >>> dump = "Xã Đông Hồ mở hội sen\\n\\n.\\nSáng 2/8, xã Đông Hồ khai hội.\\n\\nDuy Tiến"
    >>> for line in label_lines(dump, load_language("vi")): print(line.first, line.label, line.rule)
    1 title first-line
    3 junk no-words
    4 lead first-paragraph
    6 byline signature
    """
    lines: list[Line] = []
    before = Line(0, 0, "", BLANK, "start")
    for first, last, line in lines_of(text):
        if line == before.text:  # a caption's copy directly below: asked once, answered twice
            before = Line(first, last, line, before.label, before.rule, before.value)
        else:
            before = find(first, last, line, language, reference)
        lines.append(before)
    found = {line.rule for line in lines}
    for reviser, rules in REVISERS:
        if rules is not None and rules.isdisjoint(found):
            continue
        if revisions := list(reviser(lines, language)):
            revise(lines, revisions)
    return lines
