"""The foot of a dump: byline, source, tags, links to other stories."""

from collections.abc import Iterable
from itertools import pairwise

from artclean.labels.byline import Byline, read_byline, read_key_source
from artclean.labels.find import KeyLine
from artclean.labels.head import read_author
from artclean.labels.line import SILENT, Lines, Revision, touch
from artclean.labels.names import read_names
from artclean.labels.shape import ends_sentence, is_headline, is_list_item
from artclean.labels.timestamp import Stamp
from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import Caption, Label

# How many lines with words may stand behind a byline that is still found: notes, links.
MOST_BEHIND = 30
LONGEST_NOTE = 200
# A link to another story is its headline.
LONGEST_LINK = 160
_PASSED = SILENT | {Label.BOILERPLATE, Label.RELATED, Label.TAGS, Label.REPEAT}


def _caption_signs(value: Caption, text: str, language: Language) -> Byline | None:
    """ "Lam Chi - Ảnh: Thủ Khúc": a byline that looks like a caption."""
    if value.text.endswith("."):
        return None
    byline = read_byline(text, language)
    if byline is None or not byline.authors:
        return None
    if byline.photo and fold(byline.photo) in language.publishers and not byline.agency:
        return None
    # Without a title: "Bà Suu Kyi - Ảnh: …" names who is in the picture.
    signed = language.role_in_front.match(text) or byline.authors == read_names(
        value.text, language
    )
    return byline if signed else None


def promote_tail(lines: Lines, language: Language) -> Iterable[Revision]:
    """Reads the dump from its end until the first line of story."""
    bare_names = behind = 0
    contact = False
    index = len(lines)
    while index:
        index -= 1
        line = lines[index]
        label, value, text = line.label, line.value, line.text
        if label in _PASSED:
            contact = contact or label is Label.BOILERPLATE
            continue
        if label in (
            Label.TITLE,
            Label.TIMESTAMP,
            Label.KICKER,
            Label.LEAD,
            Label.BYLINE,
            Label.AGENCY,
        ):
            return
        behind += 1
        if behind > MOST_BEHIND:
            return
        if isinstance(value, KeyLine) and value.tail:
            yield _read_key(index, value, language)
            continue
        if isinstance(value, Stamp) and value.strong:
            yield Revision(index, Label.TIMESTAMP, value.rule, value)
            continue
        if label is Label.CAPTION:
            if isinstance(value, Caption) and (byline := _caption_signs(value, text, language)):
                yield Revision(index, Label.BYLINE, "signed-with-picture", byline)
            continue
        # A note under a byline: "* Tên nhân vật đã được thay đổi".
        if len(text) < LONGEST_NOTE and text.casefold().startswith(language.notes):
            continue
        if text.casefold().startswith(language.contacts) and index + 1 < len(lines) and contact:
            yield Revision(index, Label.BOILERPLATE, "contact")
            continue
        byline = read_byline(text, language)
        if byline is None:
            return
        if not byline.sure:
            bare_names += 1
            if bare_names > 2 or not _after_story(lines, index, language):
                return
        only_source = bool(byline.agency) and not byline.authors
        signed = Label.AGENCY if only_source else Label.BYLINE
        yield Revision(index, signed, "source" if only_source else "signature", byline)


def _after_story(lines: Lines, index: int, language: Language) -> bool:
    """Whether the line in front closes the story: a sentence, a picture, another signature.

    A bare name behind a line without a stop is an item of a list or the end of a poem.
    """
    for k in range(index - 1, -1, -1):
        line = lines[k]
        if line.label in _PASSED and line.label is not Label.REPEAT:
            continue
        if line.label is not Label.PARAGRAPH:
            return True
        if is_list_item(line.text) and len(line.text) < 60:
            return False
        # Six words without a stop are a sentence that lost it; fewer are an item.
        return (
            ends_sentence(line.text)
            or line.text.count(" ") >= 5
            or read_byline(line.text, language) is not None
        )
    return False


def _series(lines: Lines, language: Language, last_story: int) -> Iterable[Revision]:
    """ "Bài 1: …": a link to another part of the series, unless it heads its own paragraphs."""
    parts = [
        k
        for k, line in enumerate(lines)
        if line.label is Label.PARAGRAPH
        and len(line.text) <= LONGEST_LINK
        and not line.text.endswith(".")
        and language.series.match(line.text)
    ]
    headed = sum(k < last_story for k in parts)
    if headed != len(parts) or headed < 2 or any(b - a <= 2 for a, b in pairwise(parts)):
        for k in parts:
            yield Revision(k, Label.RELATED, "series")


def _read_key(index: int, key: KeyLine, language: Language) -> Revision:
    rule = f"key-{key.meaning}"
    if not key.rest:
        return Revision(index, Label.BOILERPLATE, rule, key)
    if key.meaning == "tags":
        return Revision(index, Label.TAGS, rule, key)
    if key.meaning == "author":
        byline = read_author(key.rest, language)
        return Revision(index, Label.BYLINE if byline.authors else Label.AGENCY, rule, byline)
    source = read_key_source(key.rest)
    return Revision(index, Label.AGENCY, rule, Byline(agency=source, sure=True))


def mark_related(lines: Lines, language: Language) -> Iterable[Revision]:
    """Headlines under "Tin liên quan", "Xem thêm" are links to other stories."""
    last_story = max(
        (
            k
            for k, line in enumerate(lines)
            if line.label is Label.PARAGRAPH and len(line.text) > 160
        ),
        default=-1,
    )
    yield from _series(lines, language, last_story)
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
            if below.label is Label.JUNK:
                index += 1
                continue
            if below.label in (Label.BOILERPLATE, Label.RELATED):
                break
            elif isinstance(below.value, Stamp):
                if index > last_story:
                    yield Revision(index, Label.RELATED, "date-of-link")
                else:
                    break
            elif below.label is Label.PARAGRAPH and is_headline(below.text):
                yield Revision(index, Label.RELATED, "link-below")
                taken += 1
            else:
                break
            index += 1
