"""The foot of a dump: byline, source, tags, links to other stories."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from artclean.labels.body import read_mark
from artclean.labels.byline import Byline, read_byline
from artclean.labels.find import KeyLine, Section
from artclean.labels.head import read_author, read_source
from artclean.labels.line import SILENT, Line, Lines, Revision, first_story, touch
from artclean.labels.members import (
    AGENCY,
    BOILERPLATE,
    BYLINE,
    CAPTION,
    JUNK,
    KICKER,
    LEAD,
    PARAGRAPH,
    RELATED,
    REPEAT,
    TAGS,
    TIMESTAMP,
    TITLE,
)
from artclean.labels.names import read_names
from artclean.labels.shape import ends_sentence, is_headline, is_list_item
from artclean.labels.timestamp import Stamp
from artclean.language.fold import fold, opens_with
from artclean.language.schema import NOTE_KEY, Language
from artclean.model import Caption

# How many lines with words may stand behind a byline that is still found: notes, links, tags.
MOST_BEHIND: Final = 40
LONGEST_NOTE: Final = 300
# A link to another story is its headline.
LONGEST_LINK: Final = 160
# A sentence this long behind the byline is story after all: the search for a byline ends there.
LONGEST_SENTENCE: Final = 60
# More bare names than these, one below the other, are a list of people.
MOST_NAMES: Final = 2
# Roles and sources at a story's foot: real dumps have two. The ones above are another page's, and
# were all to count, tidy would uncover some more each time.
MOST_SIGNATURES: Final = 3
# A paper's mark with its dash has more characters: "TTO -".
SHORTEST_MARK: Final = 4
# Links under the lead: each so long at least, in characters, and at most so many.
SHORTEST_LINK: Final = 28
MOST_LINKS: Final = 4
# So many headlines with their dates, one below the other, are a list of other stories.
FEWEST_DATED: Final = 3
# A tag has at most six words.
LONGEST_TAG: Final = 40
# Rules of `find` for lines that head a list of links.
HEADS_OF_LINKS: Final = frozenset(("related-heading", "teaser"))
_PASSED: Final = SILENT | {BOILERPLATE, RELATED, TAGS, REPEAT}
_HEADS: Final = frozenset((TITLE, TIMESTAMP, KICKER, LEAD, BYLINE, AGENCY))


def _caption_signs(value: Caption, text: str, language: Language) -> Byline | None:
    """ "Lam Chi - Ảnh: Thủ Khúc": a byline that looks like a caption."""
    if value.text.endswith("."):
        return None
    names = read_names(value.text, language)
    if not names and not language.role_in_front.match(text):
        return None
    byline = read_byline(text, language)
    if byline is None or not byline.authors:
        return None
    if byline.photo and fold(byline.photo) in language.publishers and not byline.agency:
        return None
    # "Bà Suu Kyi - Ảnh: …" names who is in the picture.
    if fold(value.text.partition(" ")[0]) in language.address:
        return None
    return byline if byline.authors == names or language.role_in_front.match(text) else None


def promote_tail(lines: Lines, language: Language) -> Iterable[Revision]:
    """Reads the dump from its end until the first line of story.

    Lines that nothing explains are passed over on the way. If a byline stands above them, they
    are the page's furniture, for a story ends with its byline; if none does, they are story.
    """
    verdicts: list[Revision] = []
    signed: list[tuple[int, Byline]] = []
    unknown: list[int] = []
    walked: dict[int, bool] = {}
    contact = False
    sure = 0
    lead = first_story(lines)
    blurbs: set[int] = set()
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        label, value, text = line.label, line.value, line.text
        if label in _PASSED:
            contact = contact or label is BOILERPLATE
            continue
        if label in _HEADS or len(lines) - index > MOST_BEHIND + len(verdicts):
            break
        if sure == MOST_SIGNATURES:
            break
        if label is CAPTION:
            if isinstance(value, Caption) and (byline := _caption_signs(value, text, language)):
                signed.append((index, byline))
                sure += byline.sure or not byline.authors
            continue
        if value is not None:
            if isinstance(value, KeyLine) and (value.tail or value.meaning == "furniture"):
                verdicts.append(_read_key(index, value, language))
                continue
            if isinstance(value, Stamp) and value.strong:
                verdicts.append((index, TIMESTAMP, value.rule, value))
                continue
        if _opens_like_a_note(text, language) and (
            LONGEST_TAG < len(text) < LONGEST_NOTE
            or "(" in text
            or read_byline(text, language) is None
        ):
            continue  # a note under a byline: "* Tên nhân vật đã được thay đổi"
        if contact and opens_with(text, language.contacts):
            verdicts.append((index, BOILERPLATE, "contact", None))
        elif not signed and _same_mark(text, lines[lead].text, language):
            unknown.append(index)  # another article's lead, if a byline stands above
            blurbs.add(index)
        elif len(text) > LONGEST_LINK:
            break  # running text, too long for a byline
        elif byline := read_byline(text, language):
            if byline.sure or not byline.authors or _after_story(lines, index, language, walked):
                signed.append((index, byline))
                sure += byline.sure or not byline.authors
            else:
                unknown.append(index)
        elif _is_story(text):
            break
        else:
            unknown.append(index)
    yield from verdicts
    bare = len(signed) - sure
    if bare > MOST_NAMES:
        signed = [(index, byline) for index, byline in signed if byline.sure]
    if not signed:
        return
    first = signed[-1][0]
    behind = [index for index in unknown if index > first]
    others = [index for index in behind if index not in blurbs]
    if bare and len(signed) == bare and others and not _is_furniture(lines, first, others):
        return
    for index, byline in signed:
        only_source = bool(byline.agency) and not byline.authors
        label = AGENCY if only_source else BYLINE
        rule = "signature" if byline.authors else "source"
        yield (index, label, rule, byline)
    for index in behind:
        text = lines[index].text
        if _is_tag_list(text) and text[0].islower():
            tags = KeyLine("tags", text.replace("|", ","), True)
            yield (index, TAGS, "behind-byline", tags)
        else:
            link = index in blurbs or is_headline(text)
            yield (index, RELATED if link else BOILERPLATE, "behind-byline", None)


def _opens_like_a_note(text: str, language: Language) -> bool:
    start, starts = text[:NOTE_KEY].casefold(), language.note_starts
    return (start in starts or start[0] in starts) and opens_with(text, language.notes)


def _same_mark(text: str, lead: str, language: Language) -> bool:
    """Whether another line opens with the paper's mark that the lead has: "VOV.VN - "."""
    if text == lead or text[:SHORTEST_MARK] != lead[:SHORTEST_MARK]:
        return False
    marked = read_mark(lead, language)
    return marked is not None and text.startswith(lead.removesuffix(marked.text))


def _is_story(text: str) -> bool:
    """Running text: a sentence that is closed, longer than any widget's, or speech."""
    if len(text) > LONGEST_LINK:
        return True
    return text.endswith((".", "…", ".”", '."', ":")) and len(text) > LONGEST_SENTENCE


def _is_furniture(lines: Lines, byline: int, behind: Sequence[int]) -> bool:
    """Whether the lines behind a bare name are links and widgets: then the name is a byline.

    The rows of a table or the items of a list behind it would say that the name is one of them.
    """
    below = next((k for k in range(byline + 1, len(lines)) if lines[k].label not in SILENT), None)
    if below is None or lines[below].label in _PASSED or isinstance(lines[below].value, KeyLine):
        return True
    return all(is_headline(lines[k].text) or _is_tag_list(lines[k].text) for k in behind)


def _is_tag_list(text: str) -> bool:
    """Short phrases between commas, semicolons or bars: a page's tags."""
    pieces = re.split(r"(?:(?<!\s)\s++)?[,;|]\s*", text.strip(" ,;|"))
    return len(pieces) > 1 and all(0 < len(piece) <= LONGEST_TAG for piece in pieces)


def _after_story(lines: Lines, index: int, language: Language, walked: dict[int, bool]) -> bool:
    """Whether the line in front closes the story: a sentence, a picture, another signature.

    A bare name behind a line without a stop is an item of a list or the end of a poem. ``walked``
    keeps the verdict for every line that was passed on the way to it: names in a run share one.
    """
    if not _is_full_name(lines[index].text):
        # A single word between widgets is a widget.
        if any(lines[k].label not in SILENT for k in range(index + 1, len(lines))):
            return False
        near = next((k for k in range(index - 1, -1, -1) if lines[k].label not in SILENT), 0)
        if lines[near].label is BOILERPLATE:
            return False
    verdict: bool | None = None
    at = index
    while verdict is None and at > 0:
        at -= 1
        verdict = walked[at] if at in walked else _closes(lines[at], language)
    verdict = bool(verdict)
    walked.update(dict.fromkeys(range(at, index), verdict))
    return verdict


def _closes(line: Line, language: Language) -> bool | None:
    """Whether a line in front of a bare name closes the story; ``None`` if one above decides."""
    if line.label is JUNK and "." in line.text:
        return True  # the stop of a sentence that a dropped link has cut
    if line.label in _PASSED and line.label is not REPEAT:
        return None
    if line.label is not PARAGRAPH:
        return True
    if is_list_item(line.text) and len(line.text) < 60:
        return False
    # Six words without a stop are a sentence that lost it; fewer are an item.
    if line.text.endswith(":"):
        return False
    if ends_sentence(line.text) or line.text.count(" ") >= 5:
        return True
    above = read_byline(line.text, language)
    # Another bare name: what stands above it decides over both.
    return None if above is not None and not above.sure else above is not None


def mark_tags(lines: Lines, language: Language) -> Iterable[Revision]:
    """Short lines under a bare "Từ khóa" are tags, one a line."""
    lead: int | None = None
    index = 0
    while index < len(lines):
        value = lines[index].value
        index += 1
        if not (isinstance(value, KeyLine) and value.meaning == "tags" and not value.rest):
            continue
        if lead is None:
            lead = first_story(lines)
        if lines[index - 1].label is not PARAGRAPH or lead >= index - 1:
            continue
        yield (index - 1, BOILERPLATE, "key-tags", value)
        while index < len(lines) and _is_tag(lines[index]):
            tag = KeyLine("tags", lines[index].text.lstrip("# "), True)
            yield (index, TAGS, "tag-below", tag)
            index += 1


def _is_tag(line: Line) -> bool:
    """A short line that nothing else explains and no stop closes."""
    return (
        line.label is PARAGRAPH
        and (line.value is None or isinstance(line.value, Section))
        and len(line.text) <= LONGEST_TAG
        and line.text[-1] not in ".:?!"
    )


def _is_full_name(text: str) -> bool:
    """Two words, initials or a desk; a single word behind which the page goes on is a widget."""
    return " " in text.strip() or "." in text or text.isupper()


def mark_series(lines: Lines, language: Language) -> Iterable[Revision]:
    """ "Bài 1: …": a link to another part of the series, unless it heads its own paragraphs."""
    parts = [
        k
        for k, line in enumerate(lines)
        if line.label is PARAGRAPH
        and len(line.text) <= LONGEST_LINK
        and line.text[-1] != "."
        and language.series.match(line.text)
    ]
    if not parts:
        return
    last_story = _last_story(lines)
    headed = sum(k < last_story for k in parts)
    if headed != len(parts) or headed < 2 or any(b - a <= 2 for a, b in pairwise(parts)):
        for k in parts:
            yield (k, RELATED, "series", None)


def _last_story(lines: Lines) -> int:
    """The place of the last paragraph of running text, or -1."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.label is PARAGRAPH and _is_story(line.text):
            return index
    return -1


def _read_key(index: int, key: KeyLine, language: Language) -> Revision:
    rule = f"key-{key.meaning}"
    if not key.rest or key.meaning == "furniture":
        return (index, BOILERPLATE, rule, key)
    if key.meaning == "tags":
        return (index, TAGS, rule, key)
    if key.meaning == "author":
        byline = read_author(key.rest, language)
        return (index, BYLINE if byline.authors else AGENCY, rule, byline)
    return read_source(index, key, language)


def mark_links_under_lead(lines: Lines, language: Language) -> Iterable[Revision]:
    """Two headlines and more with a dash, between the first paragraph and the second.

    Without the dash they may be verse, speakers or a picture's words, and stay.
    """
    first = next((k for k, line in enumerate(lines) if line.label is PARAGRAPH), None)
    if first is None or len(lines[first].text) < LONGEST_SENTENCE or lines[first].text[-1] == ":":
        return
    last = first + 1
    while last < len(lines) and (
        lines[last].label is JUNK
        or (
            lines[last].label is PARAGRAPH
            and lines[last].value is None
            and lines[last].text[0] in "-–•"
            and is_headline(lines[last].text)
            and len(lines[last].text) >= SHORTEST_LINK
            and not lines[last].text.endswith("?")
        )
    ):
        last += 1
    links = [k for k in range(first + 1, last) if lines[k].label is PARAGRAPH]
    story = lines[last].text if last < len(lines) and lines[last].label is PARAGRAPH else ""
    if len(links) >= 2 and len(links) <= MOST_LINKS and len(story) > LONGEST_LINK * 0.75:
        for k in links:
            yield (k, RELATED, "under-lead", None)


def mark_dated_links(lines: Lines, language: Language) -> Iterable[Revision]:
    """Headlines at the foot, each with its date above or below it, the newest first.

    A chronicle of the story closes its sentences, and goes from the oldest to the newest.
    """
    run: list[int] = []  # places from the end on: a headline, a date, a headline, …
    dates: list[str] = []
    was_date: bool | None = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.label is JUNK:
            continue
        stamp = line.value if isinstance(line.value, Stamp) else None
        if line.label is not PARAGRAPH or (stamp is not None) == was_date:
            break
        if stamp is not None:
            dates.append((stamp.value or "")[:10])
        elif line.value is not None or len(line.text) < SHORTEST_LINK or not is_headline(line.text):
            break
        was_date = stamp is not None
        run.append(index)
    pairs = len(run) // 2  # without the line above the list, if it was taken along
    dates = dates[:pairs]
    if pairs >= FEWEST_DATED and "" not in dates and dates == sorted(dates):
        for index in run[: 2 * pairs]:
            yield (index, RELATED, "dated-link", None)


def mark_related(lines: Lines, language: Language) -> Iterable[Revision]:
    """Headlines under "Tin liên quan", "Xem thêm" are links to other stories."""
    last_story = _last_story(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line.rule != "related-heading" and not (
            line.rule == "teaser" and line.text.endswith(":")
        ):
            continue
        taken = 0
        while index < len(lines):
            below = lines[index]
            # In the middle of a story a blank line ends the list.
            if taken and index < last_story and not touch(lines[index - 1], below):
                break
            if below.label is JUNK:
                index += 1
                continue
            if below.label in (BOILERPLATE, RELATED):
                break
            elif isinstance(below.value, Stamp):
                if index > last_story:
                    yield (index, RELATED, "date-of-link", None)
                else:
                    break
            elif below.label is PARAGRAPH and is_headline(below.text):
                yield (index, RELATED, "link-below", None)
                taken += 1
            else:
                break
            index += 1
