"""What is said twice.

A page gives a picture's words once as its title and once under it; a crawler of a photo story
reads each block twice. The second copy is a repeat, the first stays. A refrain, a row of a
table, an item of a list and a short answer are not copies: they are written that way.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from artclean.labels.body import read_mark
from artclean.labels.caption import is_wordless
from artclean.labels.find import KeyLine
from artclean.labels.head import Title, split_site
from artclean.labels.line import SILENT, STORY, Line, Lines, Revision, first_story
from artclean.labels.members import (
    CAPTION,
    PARAGRAPH,
    REPEAT,
    TITLE,
)
from artclean.labels.shape import is_list_item, is_table_row, is_verse_line
from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import Caption

# Two lines can only be copies if their first characters agree.
HEAD: Final = 8
# Lines that open alike are compared one by one up to this many of one length; and their first
# letters, in characters, before all of their words.
FEW: Final = 4
SAMPLE: Final = 32
# A longer line is no item that is written twice on purpose.
LONGEST_ITEM: Final = 120
# Marks and blanks that one of two copies may have more, in characters.
MOST_MARKS: Final = 16
# The least that a line must hold behind the headline that is glued to it, in characters.
GLUED: Final = 8
# A line of running text this long, in characters, is not said twice on purpose. Measured: the
# longest refrain of eight syllables has 47, sentences of weather reports up to 75.
LONG_COPY: Final = 80
# A description of a picture; a longer uncredited line in a photo story is its running text.
# Measured on photo stories: captions up to 134, running text from 142 (one exception each way).
LONGEST_IN_STORY: Final = 140
# The same where several lines are read at once and then all of them again (A B A B).
LONGEST_IN_BLOCK: Final = 100
# Elsewhere nothing but captions stands twice on the spot.
LONGEST_CAPTION: Final = 420
# A block that is read twice has at most this many lines.
LONGEST_BLOCK: Final = 12
# A description that stands again further down, alone between paragraphs, in characters.
SHORTEST_ALONE: Final = 30
# A photo story gives at least this share of its lines twice, or running text this long.
FEWEST_IN_STORY: Final = 3
STORY_SHARE: Final = 0.6
STORY_LENGTH: Final = 250


# Copies may differ in the shape of quotation marks and dashes.
_ALIKE: Final = {
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("–—−", "-"),
}
# Words, with what a number is made of: "2-1" and "21" are two results.
_WORD: Final = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    """A text with one kind of quotation marks and dashes, folded."""
    # Not str.translate: it looks at every character in Python's own dictionary.
    for mark, plain in _ALIKE.items():
        if mark in text:
            text = text.replace(mark, plain)
    return fold(text)


def _shown(line: Line) -> str:
    """The words by which copies are compared: without the credit, without a crawler's key."""
    value = line.value
    # "Video: …" alone has no words of its own in front of the credit.
    if isinstance(value, Caption) and len(value.text) * 4 > len(line.text):
        return value.text
    if isinstance(value, KeyLine) and value.rest and value.meaning in ("lead", "content"):
        return value.rest
    return line.text


def _protected(said: Lines, place: int, verse: dict[int, bool]) -> bool:
    """Whether a short line stands in verse, in a list or in a table.

    ``verse`` keeps the verdict over a run of lines for each of its places.
    """
    text = said[place].text
    if len(text) > LONGEST_ITEM:
        return False
    if is_list_item(text) or is_table_row(text):
        return True
    if not is_verse_line(text):
        return False
    if place not in verse:
        # Verse runs: at least four lines in a row that do not close like prose, most of them
        # different from the line in front.
        start = end = place
        while start > 0 and _is_verse(said[start - 1]):
            start -= 1
        while end + 1 < len(said) and _is_verse(said[end + 1]):
            end += 1
        run = [fold(line.text) for line in said[start : end + 1]]
        twins = sum(one == two for one, two in pairwise(run))
        verdict = len(run) >= 4 and twins * 3 < len(run)
        verse.update(dict.fromkeys(range(start, end + 1), verdict))
    return verse[place]


def _is_verse(line: Line) -> bool:
    return line.label is not CAPTION and is_verse_line(line.text)


def mark_repeats(lines: Lines, language: Language) -> Iterable[Revision]:
    """Second copies become repeats, first copies of a picture's words captions."""
    spots = [k for k, line in enumerate(lines) if line.label in _SAID]
    said = [lines[k] for k in spots]
    shown = [line.text if line.value is None else _shown(line) for line in said]
    # By their first letters: the first of the lines, and all of them where there are several.
    first: dict[str, int] = {}
    alike: dict[str, list[int]] = {}
    for place, text in enumerate(shown):
        head = _head(text)
        origin = first.setdefault(head, place)
        if origin != place:
            alike.setdefault(head, [origin]).append(place)
    # A line that opens like no other is no copy: only the others are compared.
    if not alike:
        return
    copies: dict[int, int] = {}  # place of a copy among spots -> place of what it copies
    titles: dict[str, list[int]] = {}  # headlines by their first letters
    for place, line in enumerate(said):
        if line.label is TITLE:
            head = _head(_headline(line, shown[place]))
            titles.setdefault(head, []).append(place)
            alike.setdefault(head, [first[head]] if head in first else [])
    for head, places in alike.items():
        untitled = [p for p in places if said[p].label is not TITLE and len(shown[p]) > 1]
        if untitled and head in titles:
            copies |= _copies_of_titles(titles[head], untitled, said, shown, language)
        _find_copies(untitled, shown, copies)
    if copies:
        yield from _verdicts(lines, spots, said, copies, language)


_SAID: Final = STORY | {CAPTION, TITLE}


def _find_copies(places: Sequence[int], shown: Sequence[str], copies: dict[int, int]) -> None:
    """Note the copies among lines that open alike; some may be noted as copies of a headline.

    Most copies are the same to the letter. Words are compared only between lines of about the
    same length, and where many are, they are looked up, never searched for: a dump may have a
    hundred thousand lines that open alike.
    """
    texts: dict[str, int] = {}
    near: dict[int, list[int]] = {}  # places by their length, as long as they are few
    words: dict[int, dict[str, list[int]]] = {}  # places by their length and words
    for place in places:
        # Other lines may be copies of a headline's copy where none opens like it.
        if place in copies and texts:
            continue
        text = shown[place]
        found = texts.get(text)
        if found is None:
            size = len(text) // (MOST_MARKS + 1)
            found = _said_near(text, size, shown, near, words) if texts else None
            texts[text] = place if found is None else found
            if found is None:
                if size in words:
                    words[size].setdefault(_words(text), []).append(place)
                else:
                    near.setdefault(size, []).append(place)
                continue
        copies.setdefault(place, found)


def _said_near(
    text: str,
    size: int,
    shown: Sequence[str],
    near: dict[int, list[int]],
    words: dict[int, dict[str, list[int]]],
) -> int | None:
    """The place of a line of about this length with the same words."""
    own = ""
    for length in (size - 1, size, size + 1):
        if few := near.get(length):
            if len(few) <= FEW:
                for earlier in few:
                    if _same_words(shown[earlier], text):
                        return earlier
                continue
            bucket = words[length] = {}
            for earlier in near.pop(length):
                bucket.setdefault(_words(shown[earlier]), []).append(earlier)
        if many := words.get(length):
            own = own or _words(text)
            for earlier in many.get(own, ()):
                if abs(len(shown[earlier]) - len(text)) <= MOST_MARKS:
                    return earlier
    return None


def _same_words(one: str, two: str) -> bool:
    """Whether two lines differ in nothing but marks, case and blanks."""
    if abs(len(one) - len(two)) > MOST_MARKS:
        return False
    first, second = one[:SAMPLE].casefold(), two[:SAMPLE].casefold()
    if first != second and _is_bare(first) and _is_bare(second):
        return False  # without marks the first letters tell
    return _words(one) == _words(two)


def _is_bare(text: str) -> bool:
    return text.replace(" ", "").isalnum() and "  " not in text and text[0] != " "


def _copies_of_titles(
    titles: Sequence[int],
    places: Sequence[int],
    said: Lines,
    shown: Sequence[str],
    language: Language,
) -> dict[int, int]:
    """Lines that say a headline again, and lines that it is glued to: what they copy."""
    copies: dict[int, int] = {}
    folded: dict[str, int] = {}  # the first place of each line, filled where a line may be glued
    for origin in titles:
        headline = _headline(said[origin], shown[origin])
        title = _plain(headline)
        for place in places:
            if place < origin:
                continue
            if shown[place] == headline or _plain(split_site(shown[place], language)[0]) == title:
                copies[place] = origin
                continue
            whole = _plain(shown[place])
            if len(whole) <= len(title) + GLUED or not whole.startswith(title):
                continue
            if not folded:
                for k, text in enumerate(shown):
                    folded.setdefault(_plain(text), k)
            glued = folded.get(fold(whole[len(title) :]), place)
            if glued < place:
                copies[place] = glued
    return copies


def _headline(line: Line, shown: str) -> str:
    """A headline without the site's name; ``shown`` is its line."""
    return line.value.text if isinstance(line.value, Title) and line.value.text else shown


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _head(text: str) -> str:
    """The key under which copies are looked up: the first letters."""
    head = text[:HEAD]
    if head[0].isalnum() and "  " not in head and (len(text) > HEAD or text.isalpha()):
        return head.casefold()
    # Marks and runs of white space: what they leave of the same words is the same.
    return _plain(text[: HEAD * 3])[:HEAD]


def _beside(spots: Sequence[int], lines: Lines, one: int, two: int) -> bool:
    """Whether no line with words stands between two places."""
    if two != one + 1:
        return False
    start, end = spots[one] + 1, spots[two]
    return start == end or all(lines[k].label in SILENT for k in range(start, end))


def _blocks(copies: dict[int, int]) -> set[int]:
    """Places in a block of lines that stands again at once, any number of times: A B A B A B."""
    found: set[int] = set()
    for place, origin in copies.items():
        size = place - origin
        if not 1 < size <= LONGEST_BLOCK:
            continue
        start = place
        while all(copies.get(start + step) == origin + step for step in range(size)):
            found.update(range(start, start + size))
            start += size
    return found


def _alone(said: Lines, place: int) -> bool:
    """A description of a picture stands between paragraphs: a stop at its end, long neighbours.

    Rows of a forecast, answers and refrains stand among lines as short as themselves.
    """
    text = said[place].text
    if not len(text) >= SHORTEST_ALONE or not text.endswith(".") or ":" in text:
        return False
    beside = [said[k] for k in (place - 1, place + 1) if 0 <= k < len(said)]
    return all(len(line.text) >= LONG_COPY or line.label is not PARAGRAPH for line in beside)


def _is_copy(
    said: Lines,
    place: int,
    origin: int,
    beside: bool,
    in_block: bool,
    shown_twice: bool,
    verse: dict[int, bool],
    language: Language,
) -> bool:
    """Whether a line with the words of an earlier one is its copy, or is written that way."""
    line, first = said[place], said[origin]
    if isinstance(line.value, Caption) and is_wordless(line.value, language) and not in_block:
        # "Ảnh: X" under every picture: each is the credit of its own picture.
        return beside
    if CAPTION in (line.label, first.label):
        return True
    if beside:
        # A short answer may be given twice on the spot.
        if " " not in line.text:
            return False
    elif not (
        in_block
        or shown_twice
        or len(line.text) >= LONG_COPY
        or (_alone(said, place) and _alone(said, origin))
    ):
        return False
    return not _protected(said, place, verse)


def _longest_captions(said: Lines, copies: dict[int, int]) -> tuple[int, int]:
    """Up to how many characters the first of two uncredited copies is a picture's words.

    Of two copies that stand apart, and of two one below the other.
    """
    if not _is_photo_story(said, copies):
        return 0, LONGEST_CAPTION
    if any(said[origin].label is CAPTION for origin in copies.values()):
        return 0, 0  # where pictures carry credits, a line without one is the running text
    return LONGEST_IN_BLOCK, LONGEST_IN_STORY


def _copied_too(said: Lines, place: int, origin: int, step: int, copies: dict[int, int]) -> bool:
    """Whether a long line beside a copy is the copy of the line beside the origin."""
    return copies.get(place + step) == origin + step and len(said[place + step].text) >= LONG_COPY


def _is_photo_story(said: Lines, copies: dict[int, int]) -> bool:
    originals = {origin for origin in copies.values() if _untitled(said[origin])}
    if len(originals) < FEWEST_IN_STORY:
        return False
    once = sum(p not in copies and _untitled(line) for p, line in enumerate(said))
    return len(originals) >= STORY_SHARE * max(once, 1) or any(
        len(said[p].text) > STORY_LENGTH and said[p].label is not CAPTION for p in originals
    )


def _untitled(line: Line) -> bool:
    return line.label is not TITLE


def _verdicts(
    lines: Lines,
    spots: Sequence[int],
    said: Lines,
    copies: dict[int, int],
    language: Language,
) -> Iterable[Revision]:
    longest: tuple[int, int] | None = None
    blocks = _blocks(copies)
    lead = first_story(said)
    verse: dict[int, bool] = {}
    captions: set[int] = set()
    accepted: dict[int, int] = {}
    # Copies that stand below their first, or below such a copy: once those between are gone, the
    # third stands below the first.
    run: set[int] = set()
    for place, origin in sorted(copies.items()):
        first = said[origin]
        above = place - 1
        again = above in run and copies[above] == origin and _beside(spots, lines, above, place)
        if first.label is TITLE:
            # A picture's words may be the headline: then they stand twice on the spot.
            twin = place + 1
            twinned = copies.get(twin) == origin and _beside(spots, lines, place, twin)
            if twinned and not again:
                captions.add(place)
            else:
                accepted[place] = origin
            run.add(place)
            continue
        # The lines around it repeat the lines around its origin.
        in_block = (
            place in blocks
            or _copied_too(said, place, origin, -1, copies)
            or _copied_too(said, place, origin, 1, copies)
        )
        shown_twice = origin in captions
        beside = again or _beside(spots, lines, origin, place)
        if not _is_copy(said, place, origin, beside, in_block, shown_twice, verse, language):
            continue
        accepted[place] = origin
        if beside:
            run.add(place)
        if origin <= lead:
            continue  # the first paragraph is the lead, also where it stands twice
        if first.label is CAPTION:
            continue
        longest = longest or _longest_captions(said, copies)
        if len(first.text) <= longest[beside] and read_mark(first.text, language) is None:
            captions.add(origin)
    for place, origin in accepted.items():
        first, line = said[origin], said[place]
        rule = "said-before" if _untitled(first) else "title-again"
        yield (spots[place], REPEAT, rule, spots[origin])
        # The credit may stand on the second copy only.
        theirs = line.value
        if isinstance(theirs, Caption) and theirs.credit and _untitled(first):
            mine = first.value if isinstance(first.value, Caption) else None
            if mine is None or mine.credit is None:
                yield (spots[origin], CAPTION, "repeat-with-credit", theirs)
                captions.discard(origin)
    for origin in captions:
        line = said[origin]
        if line.label is not CAPTION:
            yield (spots[origin], CAPTION, "said-twice", Caption(line.text))
