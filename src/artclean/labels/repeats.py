"""What is said twice.

A page gives a picture's words once as its title and once under it; a crawler of a photo story
reads each block twice. The second copy is a repeat, the first stays. A refrain, a row of a
table, an item of a list and a short answer are not copies: they are written that way.
"""

from collections.abc import Iterable, Sequence

from artclean.labels.line import SILENT, STORY, Line, Lines, Revision
from artclean.labels.shape import is_list_item, is_table_row, is_verse_line
from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import Caption, Label

# Two lines can only be copies if their first characters agree.
HEAD = 24
# A line of running text this long, in characters, is not said twice on purpose. Measured: the
# longest refrain of eight syllables has 47, sentences of weather reports up to 75.
LONG_COPY = 80
# A description of a picture; a longer uncredited line in a photo story is its running text.
# Measured on photo stories: captions up to 134, running text from 142 (one exception each way).
LONGEST_IN_STORY = 140
# The same where several lines are read at once and then all of them again (A B A B).
LONGEST_IN_BLOCK = 100
# Elsewhere nothing but captions stands twice on the spot.
LONGEST_CAPTION = 420
# A photo story gives at least this share of its lines twice, or running text this long.
STORY_SHARE, STORY_LENGTH = 0.6, 250


def bare(line: Line) -> str:
    """The words by which copies are compared: without the credit, without case and edges."""
    return fold(_shown(line))


def _shown(line: Line) -> str:
    value = line.value
    # "Video: …" alone has no words of its own in front of the credit.
    if isinstance(value, Caption) and len(value.text) * 4 > len(line.text):
        return value.text
    return line.text


def _protected(lines: Lines, spots: Sequence[int], place: int) -> bool:
    """Whether a short line stands in verse, in a list or in a table."""
    text = lines[spots[place]].text
    if is_list_item(text) or is_table_row(text):
        return True
    if not is_verse_line(text):
        return False
    # Verse runs: at least four lines in a row that do not close like prose, most of them
    # different from the line in front.
    start = end = place
    while start > 0 and is_verse_line(lines[spots[start - 1]].text):
        start -= 1
    while end + 1 < len(spots) and is_verse_line(lines[spots[end + 1]].text):
        end += 1
    run = [fold(lines[spots[k]].text) for k in range(start, end + 1)]
    twins = sum(one == two for one, two in zip(run, run[1:], strict=False))
    return len(run) >= 4 and twins * 3 < len(run)


def mark_repeats(lines: Lines, language: Language) -> Iterable[Revision]:
    """Second copies become repeats, first copies of a picture's words captions."""
    spots = [k for k, line in enumerate(lines) if line.label in STORY or line.label in _COPIED]
    heads: dict[str, list[int]] = {}
    titles: list[str] = []
    copies: dict[int, int] = {}  # place of a copy among spots -> place of what it copies
    for place, index in enumerate(spots):
        line = lines[index]
        text = _shown(line)
        if line.label is Label.TITLE:
            titles.append(fold(str(line.value or text)))
            heads.setdefault(titles[-1][:HEAD], []).append(place)
            continue
        if len(text) < 2:
            continue
        head = fold(text[: HEAD * 2])[:HEAD]
        for title in titles:
            # The title glued on: the rest must be a copy by itself.
            if len(text) > len(title) + 8 and head == title[:HEAD]:
                whole = fold(text)
                rest = fold(whole[len(title) :]) if whole.startswith(title) else ""
                glued = next(
                    (p for p in heads.get(rest[:HEAD], ()) if rest == bare(lines[spots[p]])), None
                )
                if rest and glued is not None:
                    copies[place] = glued
        earlier = heads.get(head)
        if earlier is None:
            heads[head] = [place]
            continue
        if place in copies:
            continue
        words = bare(line)
        found = next((p for p in earlier if _same(lines[spots[p]], words)), None)
        if found is None:
            earlier.append(place)
        else:
            copies[place] = found
    if not copies:
        return
    yield from _verdicts(lines, spots, copies)


_COPIED = frozenset((Label.CAPTION, Label.TITLE))


def _same(line: Line, words: str) -> bool:
    if line.label is Label.TITLE:
        return fold(str(line.value or line.text)) == words
    return bare(line) == words


def _gap(spots: Sequence[int], lines: Lines, one: int, two: int) -> int:
    """How many lines with words stand between two places."""
    return sum(lines[k].label not in SILENT for k in range(spots[one] + 1, spots[two]))


def _verdicts(lines: Lines, spots: Sequence[int], copies: dict[int, int]) -> Iterable[Revision]:
    lengths = [len(lines[index].text) for index in spots]
    shown = {origin for origin in copies.values()}
    plain = [p for p in shown if lines[spots[p]].label is not Label.TITLE]
    body = sum(
        p not in copies and lines[spots[p]].label is not Label.TITLE for p in range(len(spots))
    )
    photo_story = len(plain) >= 3 and (
        len(plain) >= STORY_SHARE * max(body, 1)
        or any(
            lengths[p] > STORY_LENGTH and lines[spots[p]].label is not Label.CAPTION for p in plain
        )
    )
    signed = any(lines[spots[p]].label is Label.CAPTION for p in shown)
    captions: set[int] = set()
    accepted: dict[int, int] = {}
    for place, origin in sorted(copies.items()):
        line, first = lines[spots[place]], lines[spots[origin]]
        beside = _gap(spots, lines, origin, place) == 0
        # A copy in a run of copies: the lines around it repeat lines around its origin.
        in_block = any(
            copies.get(place + step) == origin + step and lengths[place + step] >= LONG_COPY
            for step in (-1, 1)
        ) or (place - 1 in accepted and accepted[place - 1] == origin - 1)
        credited = line.label is Label.CAPTION or first.label is Label.CAPTION
        if first.label is Label.TITLE:
            # A picture's words may be the headline: they stand twice on the spot.
            twin = place + 1
            if copies.get(twin) == origin and _gap(spots, lines, place, twin) == 0:
                captions.add(place)
            else:
                accepted[place] = origin
            continue
        if (
            not credited
            and not beside
            and lengths[place] < LONG_COPY
            and not in_block
            and origin not in captions
        ):
            continue
        if not credited and _protected(lines, spots, place):
            continue
        accepted[place] = origin
        if credited:
            continue
        if not photo_story:
            limit = LONGEST_CAPTION if beside else 0
        elif signed:
            # Where pictures carry credits, a line without one is the running text.
            limit = 0
        else:
            limit = LONGEST_IN_STORY if beside else LONGEST_IN_BLOCK
        if lengths[origin] <= limit:
            captions.add(origin)
    for place, origin in accepted.items():
        first, line = lines[spots[origin]], lines[spots[place]]
        rule = "title-again" if first.label is Label.TITLE else "said-before"
        yield Revision(spots[place], Label.REPEAT, rule, spots[origin])
        # The credit may stand on the second copy only.
        theirs = line.value
        if isinstance(theirs, Caption) and theirs.credit and first.label is not Label.TITLE:
            mine = first.value if isinstance(first.value, Caption) else None
            if mine is None or mine.credit is None:
                yield Revision(
                    spots[origin],
                    Label.CAPTION,
                    "repeat-with-credit",
                    Caption(theirs.text, theirs.credit),
                )
                captions.discard(origin)
    for origin in captions:
        line = lines[spots[origin]]
        if line.label is not Label.CAPTION:
            yield Revision(spots[origin], Label.CAPTION, "said-twice", Caption(line.text))
