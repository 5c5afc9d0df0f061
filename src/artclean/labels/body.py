"""The story between head and foot: credits on lines of their own, signatures, lead, headings."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from artclean.labels.byline import Byline, read_byline
from artclean.labels.caption import is_wordless
from artclean.labels.find import KeyLine, Section
from artclean.labels.line import SILENT, STORY, Line, Lines, Revision, first_story, touch
from artclean.labels.members import (
    AGENCY,
    BOILERPLATE,
    BYLINE,
    CAPTION,
    HEADING,
    LEAD,
    PARAGRAPH,
    RELATED,
    REPEAT,
    TIMESTAMP,
    TITLE,
)
from artclean.labels.names import read_name
from artclean.labels.shape import ends_sentence, hangs, is_list_item, is_table_row
from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import Caption

# Words above a credit line are the picture's if they are this short, in characters.
# A line that a stop closes may be a short paragraph as well, and a paragraph must not be lost.
LONGEST_DESCRIPTION: Final = 200
# A paragraph under a word that may be a widget, in characters.
SHORTEST_HEADED: Final = 50
# A sentence of the story has at least so many blanks.
FEWEST_WORDS: Final = 5
# Rows of the table that name how a line begins.
_OPENINGS: Final = frozenset(
    ("teaser", "imprint", "write-to-us", "contact", "follow-us", "reader-notice")
)
# Rules of `find` that go by the wording alone.
DOUBTFUL: Final = _OPENINGS | {"widget-word", "picture-cell"}
# An address, two telephones, a post box, …: lines that tell whom to help, one below the other.
MOST_CONTACTS: Final = 6
# What no story holds in such a line: an address, an arrow, a sign of copyright.
_SITE: Final = re.compile(r"[@©®»]|>>|https?:|www\.")
# What stands behind a publisher's mark is a paragraph, in characters.
SHORTEST_MARKED: Final = 40
# Sub-headings of 385 dumps have at most 96 characters.
LONGEST_HEADING: Final = 100
# "Bài, ảnh: …" with its names, in characters.
LONGEST_ROLE: Final = 80
# A role in brackets behind a name that is not written small has so many characters.
SHORTEST_BEHIND: Final = 4
# A paper's name or initials, in characters.
LONGEST_SIGNATURE: Final = 24
# "N.H.", "T.V": initials alone, under one item of a digest.
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{1,2}\.){1,3}[^\W\d_]{0,2}\.?\Z")
# More questions than these are an interview.
MOST_QUESTIONS: Final = 2
# "Thép Hoàng Long 2-1 Bưu điện", "Điểm: 7,5/10", "Xã Phú Lạc: 12 hộ".
_FIGURES: Final = re.compile(r"\s\d{1,2}-\d{1,2}\s|:\s*\d|:[^:]*;")
_STOP_INSIDE: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}[.!?]\s+[^\w\s]")
# The stop of a sentence, not of "TP. HCM": a word written small in front, a capital behind.
_TWO_SENTENCES: Final = re.compile(r"(?<![^\W_])([^\W\d_]{2,})\.\s+([^\W\d_])")
_NUMBERED: Final = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)/]\s+\w")
_BRACKETED_MARK: Final = re.compile(r"\(([^()]{2,22})\)\s*\.?\s*[-–—]?\s*")
_PLAIN_MARK: Final = re.compile(r"([^\W\d_][\w.&+/ -]{0,20}?)\s*(?:--|[-–—])\s*(?=[^\W_]|[“\"‘'(])")
_ACRONYM: Final = re.compile(r"[A-ZĐ]{2,5}(?:&[A-ZĐ]{2,3}|-[A-ZĐ]{2})?O?\Z")
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)\Z", re.IGNORECASE)


class Marked(NamedTuple):
    """A paragraph without the publisher's mark in front, and that publisher."""

    publisher: str
    text: str


def read_mark(text: str, language: Language) -> Marked | None:
    """The paper's own mark in front of a lead.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> read_mark("(Dân trí) - Sáng 2/8, xã khai hội.", vi)
    Marked(publisher='Dân trí', text='Sáng 2/8, xã khai hội.')
    >>> read_mark("TTO - Sáng 2/8, xã Đông Hồ khai hội sen bên bờ sông.", vi).publisher
    'TTO'
    >>> read_mark("Hà Nội - Sáng 2/8, xã khai hội.", vi), read_mark("TP HCM - Mưa lớn.", vi)
    (None, None)
    """
    head = text[:26]
    if head.startswith("("):
        found = _BRACKETED_MARK.match(text)
        if found is None or found.end() == len(text):
            return None
        mark = found[1].strip()
        folded = fold(mark)
        if (
            folded in language.publishers
            or _DOMAIN.match(mark)
            or (_ACRONYM.match(mark) and folded not in language.not_marks)
        ):
            return Marked(mark, text[found.end() :])
        return None
    if "-" not in head and "–" not in head and "—" not in head:
        return None
    found = _PLAIN_MARK.match(text)
    if found is None:
        return None
    mark = found[1].strip()
    folded = fold(mark)
    if folded in language.not_marks:
        return None
    dash = text[len(found[1]) : found.end()]
    if len(text) - found.end() < SHORTEST_MARKED:
        return None  # "Tin tức - Sự kiện"
    one_word = " " not in mark and (mark[1:] != mark[1:].lower() or "." in mark)
    if folded in language.publishers and (mark in language.marks or one_word):
        return Marked(mark, text[found.end() :])
    if mark in language.marks:
        return Marked(mark, text[found.end() :])
    if " " in dash and (_DOMAIN.match(mark) or (_ACRONYM.match(mark) and len(mark) >= 3)):
        return Marked(mark, text[found.end() :])
    return None


def join_credits(lines: Lines, language: Language) -> Iterable[Revision]:
    """A credit on a line of its own belongs to the picture's words above it."""
    # The first paragraph is the lead, never a picture's words.
    lead = first_story(lines)
    for index, line in enumerate(lines):
        value = line.value
        if value is None:
            continue
        if isinstance(value, KeyLine) and value.meaning == "source" and value.rest and index:
            # "Nguồn: AP" under a short line without a stop, with story below.
            above = lines[index - 1]
            if (
                touch(above, line)
                and (above.label is CAPTION or _is_plain(above))
                and len(above.text) <= LONGEST_DESCRIPTION
                and not ends_sentence(above.text)
                and "://" not in value.rest
                and read_byline(above.text, language) is None
                and lead < index - 1
                and index < _last_paragraph(lines)
            ):
                words = above.value.text if isinstance(above.value, Caption) else above.text
                yield (
                    index - 1,
                    CAPTION,
                    "source-below-it",
                    Caption(words, value.rest.strip(" .")),
                )
                yield (index, CAPTION, "credit-below", None)
            continue
        if line.label is not CAPTION or not isinstance(value, Caption):
            continue
        if value.credit is None:
            if line.text.startswith(language.words_openings):
                yield from _announced(lines, index, value, language)
                continue
            # "… Ảnh:" and the name on the next line.
            if line.text.endswith((":", "：")) and index + 1 < len(lines):
                below = lines[index + 1]
                name = below.text if below.label is PARAGRAPH and touch(line, below) else ""
                who = read_name(name, language) or (
                    name if fold(name) in language.publishers else None
                )
                if who:
                    yield (index, CAPTION, line.rule, Caption(value.text, who))
                    yield (index + 1, CAPTION, "credit-below", None)
            continue
        if not (value.credit and is_wordless(value, language)) or index == 0:
            continue
        above = lines[index - 1]
        if not touch(above, line):
            continue
        if above.label is REPEAT and isinstance(above.value, int):
            target = above.value
            owner = lines[target]
        else:
            target, owner = index - 1, above
        if (
            isinstance(owner.value, Caption)
            and owner.label is CAPTION
            and owner.value.credit is None
        ):
            yield (target, CAPTION, owner.rule, Caption(owner.value.text, value.credit))
            yield (index, CAPTION, "credit-below", None)
        elif lead < target and _is_description(owner, language):
            yield (target, CAPTION, "credit-below-it", Caption(owner.text, value.credit))
            yield (index, CAPTION, "credit-below", None)


def _announced(lines: Lines, index: int, words: Caption, language: Language) -> Iterable[Revision]:
    """ "Nguồn hình ảnh, AFP", "Chụp lại hình ảnh," and the words: on one to three lines."""
    above = lines[index - 1].value if index else None
    who = None
    if isinstance(above, Caption) and lines[index - 1].text.startswith(language.source_openings):
        who = above.credit
        yield (index - 1, CAPTION, "credit-above", None)
    if lines[index].text.rstrip(" ,:") == words.text:
        below = lines[index + 1] if index + 1 < len(lines) else None
        if (
            below is None
            or not _is_plain(below)
            or not touch(lines[index], below)
            or len(below.text) > LONGEST_DESCRIPTION
        ):
            yield (index, BOILERPLATE, "media-placeholder", None)
            return
        words = Caption(below.text)
        yield (index + 1, CAPTION, "words-below", None)
    yield (index, CAPTION, "credit", Caption(words.text, who))


def join_own_pictures(lines: Lines, language: Language) -> Iterable[Revision]:
    """Under a picture's words stands who took it: the author whom the head has named.

    Only the author: any other name alone in the story heads what its bearer says.
    """
    lead = first_story(lines)
    names: set[str] = set()
    for line in lines[:lead]:
        if line.label is BYLINE and isinstance(line.value, Byline):
            names.update(map(str.casefold, line.value.authors))
    if not names:
        return
    for index in range(lead + 2, len(lines) - 1):
        line = lines[index]
        if not _is_plain(line) or line.text.casefold() not in names:
            continue
        above = lines[index - 1]
        if (
            touch(above, line)
            and above.text.count(" ") >= FEWEST_WORDS - 1
            and _is_running(lines[index + 1])
            and _is_description(above, language)
        ):
            yield (index - 1, CAPTION, "credit-below-it", Caption(above.text, line.text))
            yield (index, CAPTION, "credit-below", None)


def _is_description(line: Line, language: Language) -> bool:
    """Whether a line above a credit can be the picture's words: short, no sentence, no speech."""
    return (
        _is_plain(line)
        and len(line.text) <= LONGEST_DESCRIPTION
        and not ends_sentence(line.text)
        and line.text[0] not in "\"“'‘-–"
        and read_byline(line.text, language) is None
    )


def _last_paragraph(lines: Lines) -> int:
    return next((k for k in range(len(lines) - 1, -1, -1) if lines[k].label is PARAGRAPH), -1)


def _is_plain(line: Line) -> bool:
    """Story of which nothing else was read: no date, no key."""
    return line.label is PARAGRAPH and line.value is None


def restore_story(lines: Lines, language: Language) -> Iterable[Revision]:
    """Furniture by its wording, story by its place: nothing that may be a sentence is taken.

    A widget's word directly above a paragraph is a sub-heading ("Trả lời", "Thảo luận"). A line
    that opens like an imprint or a teaser but closes like a sentence is one, as long as the story
    goes on below. Cost: a site's sentence between two paragraphs stays in the text.
    """
    last = max((k for k, line in enumerate(lines) if _is_running(line)), default=-1)
    for index, line in enumerate(lines):
        if line.rule == "picture-cell" and any(
            near.label is PARAGRAPH and "|" in near.text
            for near in lines[max(0, index - 1) : index + 2]
        ):
            yield (index, PARAGRAPH, "story", None)  # a row of a table
    # The first paragraph is the lead; what stands above it is no part of the story.
    for index in range(first_story(lines) + 1, last):
        line = lines[index]
        if line.label not in (BOILERPLATE, RELATED):
            continue
        text = line.text
        if line.rule == "widget-word":
            below = lines[index + 1]
            between = lines[index - 1].label in STORY and _is_plain(below)
            # "Trả lời:" opens the answer, whatever its first line is.
            if between and (len(below.text) >= SHORTEST_HEADED or text[-1] == ":"):
                yield (index, PARAGRAPH, "story", None)
        elif (line.rule == "contact" and _within_story(lines, index)) or (
            line.rule in _OPENINGS
            and text[-1] in ".!?"
            and text.count(" ") >= FEWEST_WORDS
            and not _SITE.search(text)
        ):
            yield (index, PARAGRAPH, "story", None)


def _within_story(lines: Lines, index: int) -> bool:
    """Whether a run of contact lines has story directly above and below: it is whom to help."""
    near = lines[max(0, index - MOST_CONTACTS) : index]
    above = next((line for line in reversed(near) if line.rule != "contact"), lines[index])
    near = lines[index + 1 : index + 1 + MOST_CONTACTS]
    below = next((line for line in near if line.rule != "contact"), lines[index])
    return above.label in STORY and _is_plain(below)


def _is_running(line: Line) -> bool:
    """A paragraph of which nothing else was read, closed by a stop."""
    return _is_plain(line) and len(line.text) >= SHORTEST_HEADED and ends_sentence(line.text)


def promote_roles(lines: Lines, language: Language) -> Iterable[Revision]:
    """ "Bài, ảnh: X" signs the story wherever it stands: what follows is another page's."""
    for index, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST_ROLE or line.label is not PARAGRAPH:
            continue
        if (text[-1] == ")" and _role_in_brackets(text, language)) or (
            ":" in text
            and (role := language.role_in_front.match(text))
            and {fold(word) for word in language.role_words.findall(role[0])} & language.signing
        ):
            byline = read_byline(text, language)
            if byline and byline.authors and first_story(lines) < index:
                yield (index, BYLINE, "role", byline)


def _role_in_brackets(text: str, language: Language) -> bool:
    """ "Lam Chi (Tổng hợp)", "Lam Chi (ghi)"; "Lam Chi (TH)" may come from Thanh Hóa."""
    role = text[text.rfind("(") + 1 : -1]
    return fold(role) in language.roles_behind and (role.islower() or len(role) >= SHORTEST_BEHIND)


def promote_initials(lines: Lines, language: Language) -> Iterable[Revision]:
    """Initials or a paper's name alone under one item of a digest sign it, wherever they stand.

    Between two halves of a sentence the same words are a dropped link and stay story.
    """
    for index, line in enumerate(lines):
        text = line.text
        if len(text) > LONGEST_SIGNATURE or line.label is not PARAGRAPH:
            continue
        paper = text in language.publisher_names
        if not paper and not (_INITIALS.match(text) and text.isupper() and "." in text[:-1]):
            continue  # "TM." stands before the office that an order is signed for
        above = next((k for k in range(index - 1, -1, -1) if lines[k].label not in SILENT), None)
        if above is None or not ends_sentence(lines[above].text) or lines[above].label not in STORY:
            continue
        if not paper and len(lines[above].text) < SHORTEST_HEADED:
            continue  # a reader signs a letter
        below = next(
            (k for k in range(index + 1, len(lines)) if lines[k].label not in SILENT), None
        )
        if below is not None and (
            lines[below].text[0].islower() or lines[below].text[0] in ",.;:)"
        ):
            continue
        if paper:
            yield (index, AGENCY, "source-of-item", Byline(agency=text, sure=True))
        else:
            yield (index, BYLINE, "initials", Byline((text,), sure=True))


def promote_lead(lines: Lines, language: Language) -> Iterable[Revision]:
    """The first paragraph is the lead, unless a heading comes first.

    Without a headline, a date or a publisher's mark nothing says that the dump begins where the
    article does, and a first paragraph is just that.
    """
    labels = [line.label for line in lines]
    led = LEAD in labels
    headed = TITLE in labels or TIMESTAMP in labels
    for index, label in enumerate(labels):
        if label is LEAD or label is HEADING:
            return
        if label is not PARAGRAPH:
            continue
        line = lines[index]
        value = line.value
        if isinstance(value, KeyLine) and not value.rest:
            continue  # "NỘI DUNG:" announces the lead
        text = value.rest if isinstance(value, KeyLine) else line.text
        if marked := read_mark(text, language):
            yield (index, PARAGRAPH if led else LEAD, "publisher-mark", marked)
        elif (
            headed
            and not led
            and (
                len(text) > LONGEST_HEADING
                or ends_sentence(text)
                or _goes_on(text, lines[index + 1 : index + 2], language)
            )
        ):
            yield (index, LEAD, "first-paragraph", value)
        return


def _goes_on(text: str, below: Lines, language: Language) -> bool:
    """Whether the sentence runs over into the line below: a dropped link has cut it."""
    return (
        bool(below)
        and below[0].label is PARAGRAPH
        and (
            below[0].text[0] in ",;:)"
            or below[0].text[0].islower()
            or hangs(text, language, below[0].text)
        )
    )


def mark_headings(lines: Lines, language: Language) -> Iterable[Revision]:
    """A short line without a stop, with running text under it, is a sub-heading."""
    few_questions: bool | None = None
    below: Line | None = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        label, text = line.label, line.text
        if label in SILENT:
            continue
        if (
            below is not None
            and label is PARAGRAPH
            and len(text) <= LONGEST_HEADING
            and (line.value is None or isinstance(line.value, Section))
        ):
            if text[-1] == "?" and few_questions is None:
                # Many questions are an interview, one or two are sub-headings.
                few_questions = sum([other.text[-1] == "?" for other in lines]) <= MOST_QUESTIONS
            if (
                _heads(text, below.text, bool(few_questions), language)
                and _is_headed(below.text, text)
                and not _broken(lines, index)
            ):
                yield (index, HEADING, "short-line", None)
        below = line if label in STORY else None


def _heads(text: str, below: str, questions: bool, language: Language) -> bool:
    """Whether a short line over ``below`` is written like a sub-heading, or asks like one."""
    if ends_sentence(text) and not (questions and text.endswith("?")):
        return False
    if text.endswith((",", "-")) or is_table_row(text) or _FIGURES.search(text):
        return False
    if ":" in text and _SITE.search(text):
        return False  # "Email: …"
    # A whole sentence with something glued behind it.
    low = text.casefold()
    if _STOP_INSIDE.search(text) or low.startswith((*language.notes, *language.signers)):
        return False
    if any(found[1].islower() and found[2].isupper() for found in _TWO_SENTENCES.finditer(text)):
        return False
    if ":" in text and text.endswith("?"):
        return False  # somebody asks
    numbered = _NUMBERED.match(text)
    if is_list_item(text) and not numbered:
        return False
    if not numbered and not text.lstrip("\"'“‘")[:1].isupper():
        return False
    return not hangs(low, language, below)


def _is_headed(below: str, heading: str) -> bool:
    """Whether running text stands below: a sentence longer than its heading, or speech."""
    if below[0] in ",.;:)”" or below[0].islower():
        return False
    if is_list_item(below) and not _NUMBERED.match(below):
        return False
    if below[0] in '"“':
        return True
    return len(below) > LONGEST_HEADING or (len(below) > len(heading) + 8 and ends_sentence(below))


def _broken(lines: Lines, index: int) -> bool:
    """Whether the line directly above is half a sentence, or the close of a letter."""
    if index == 0:
        return False
    above = lines[index - 1]
    if above.label not in STORY or not touch(above, lines[index]):
        return False
    return above.text.endswith(",") or (len(above.text) > 60 and not ends_sentence(above.text))
