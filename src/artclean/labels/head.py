"""The head of a dump: all that stands before the story starts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from artclean.labels.byline import Byline, is_own_mark, read_byline, read_key_source
from artclean.labels.find import KeyLine, Section, is_address
from artclean.labels.line import SILENT, Lines, Revision
from artclean.labels.members import (
    AGENCY,
    BOILERPLATE,
    BYLINE,
    CAPTION,
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
from artclean.labels.shape import ends_sentence, is_headline
from artclean.labels.timestamp import Stamp
from artclean.language.fold import fold, opens_with
from artclean.language.schema import BREADCRUMB_KEY, Language
from artclean.model import Caption

# The longest of 2,300 headlines has 134 characters; a longer first line is a paragraph.
LONGEST_TITLE: Final = 150
# A date directly below says more than the length: headlines of ministries and law journals.
LONGEST_ABOVE_DATE: Final = 230
# A first line that ends with a stop is a headline only if it is this short.
LONGEST_WITH_STOP: Final = 90
# The name of a column above the headline: "Chuyện quản lý", "Quy hoạch - Xây dựng".
LONGEST_KICKER: Final = 45
KICKER_WORDS: Final = 6
# A headline under a kicker has at least so many words.
HEADLINE_WORDS: Final = 5
# Between a kicker and its headline, and a headline and its date, stand at most so many lines.
MOST_BETWEEN: Final = 4
# A page's name and menu take at most so many lines above the headline.
MOST_LINES_ABOVE: Final = 16
# A line between headline and date: a name, a section, where the author writes from.
LONGEST_META: Final = 60
# A page's menu above its breadcrumb takes so many lines with words at least, and at most.
FEWEST_LINES_OF_MENU: Final = 3
MOST_LINES_OF_MENU: Final = 60
# After the head a date is looked for in so many lines: some pages print it under the lead.
MOST_AFTER: Final = 6
# Furniture, dates and keys stand before the story; a head of more lines is a page of links.
MOST_LINES: Final = 40

LONGEST_BREADCRUMB: Final = 120
# A count of views or seconds: "12", "0:00 / 4:12", in characters.
LONGEST_COUNT: Final = 14
# " - Báo Sen Việt điện tử" behind a headline, in characters.
LONGEST_SITE: Final = 45

_DASHES: Final = "-–—|"
_SITE: Final = re.compile(r"(?<!\s)\s++[-–—|]\s+([^-–—|]{2,40})\Z")
_DOMAIN: Final = re.compile(r"\w\.(?:vn|com|net|org)\b", re.IGNORECASE)
_BETWEEN_CRUMBS: Final = ">›»/→|"
_BREADCRUMB: Final = re.compile(r"(?:(?<!\s)\s++)?(?:>|›|»|/|→|\|)\s*")


def split_site(title: str, language: Language) -> tuple[str, str | None]:
    """A headline without the site's name behind it, and that name.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> split_site("Mùa sen ở xã Đông Hồ - VnExpress", vi)
    ('Mùa sen ở xã Đông Hồ', 'VnExpress')
    >>> split_site("Mùa sen ở xã Đông Hồ - Kỳ 2", vi)
    ('Mùa sen ở xã Đông Hồ - Kỳ 2', None)
    """
    for dash in _DASHES:  # four look-ups of a character: the pattern costs ten times as much
        if dash in title:
            break
    else:
        return title, None
    found = _SITE.search(title, max(0, len(title) - LONGEST_SITE - 8))
    if not found:
        return title, None
    site = found[1].strip()
    known = language.publishers.get(fold(site))
    if known is None:
        words = fold(site).split()
        # "VnExpress Giải trí", "Báo Nghệ An điện tử": a publisher, then a section of it.
        for size in (3, 2, 1):
            known = language.publishers.get(" ".join(words[:size]))
            if known and len(words) > size:
                break
        else:
            named = fold(site).startswith(language.publisher_kinds) or _DOMAIN.search(site)
            known = site if named else None
    return (title[: found.start()].rstrip(), known) if known else (title, None)


def is_title(text: str, followed_by_date: bool, longest: int = LONGEST_TITLE) -> bool:
    """Whether a first line can be a headline. A long first paragraph is none."""
    if len(text) > longest:
        return False
    if text.endswith((".", ";", ",")) and not text.endswith("..."):
        return text.endswith(".") and len(text) <= LONGEST_WITH_STOP and followed_by_date
    if text[-1] == ":" and text.count(" ") < 2:
        return False  # "Hỏi:"
    if " " not in text and (text[0].islower() or text[0] == "." or "_" in text):
        return False  # ".jpg)", "leftcenterrightdel": what is left of a picture
    return text[:1] not in "-–+•*|" and any(map(str.isalpha, text))


class Title(NamedTuple):
    """A headline without the site's name behind it, and that name."""

    text: str
    publisher: str | None = None


def _title(text: str, language: Language) -> Title:
    return Title(*split_site(text, language))


def _next_free(lines: Lines, index: int) -> int | None:
    for k in range(index + 1, len(lines)):
        line = lines[k]
        if line.label in SILENT or line.label in (BOILERPLATE, RELATED):
            continue
        if line.value is None and line.label is PARAGRAPH:
            return k
        if line.label is CAPTION:
            return None
    return None


def _date_follows(lines: Lines, index: int) -> bool:
    for k in range(index + 1, min(index + 8, len(lines))):
        line = lines[k]
        if isinstance(line.value, Stamp):
            return True
        if line.label not in SILENT and line.value is None and len(line.text) > LONGEST_TITLE:
            return False
    return False


def _date_is_next(lines: Lines, index: int) -> bool:
    below = next((line for line in lines[index + 1 :] if line.label not in SILENT), None)
    return below is not None and isinstance(below.value, Stamp)


def _is_kicker(lines: Lines, index: int, language: Language) -> bool:
    """A short line above a longer one that is written like the headline."""
    text = lines[index].text
    wordy = len(text) > LONGEST_KICKER or text.count(" ") >= KICKER_WORDS
    if wordy and not (text[-1] == ":" and len(text) <= LONGEST_META):
        return False
    if ends_sentence(text) and not text.endswith(":"):
        return False
    after = _next_free(lines, index)
    if after is None or after - index > MOST_BETWEEN:
        return False
    headline = lines[after].text
    if headline.count(" ") <= text.count(" ") or not is_title(headline, False):
        return False
    if not is_headline(headline) or headline.count(" ") < HEADLINE_WORDS - 1:
        return False
    if read_byline(headline, language):
        return False
    # Under the headline stands its date, or the story; under a sub-heading's first line too, so
    # a title of few words above a longer one is taken for a kicker only where a date confirms.
    for below in lines[after + 1 : after + 1 + MOST_BETWEEN]:
        if isinstance(below.value, Stamp):
            return True
    if wordy:
        return False
    story = _next_free(lines, after)
    return story is not None and len(lines[story].text) > len(headline)


def _headline_above_date(lines: Lines, language: Language) -> int | None:
    """The headline of a page that prints its own name and menu first: the one above the date.

    ``None`` where the first line is as good a headline as any, and where no date follows.
    """
    free: list[int] = []
    for index, line in enumerate(lines[:MOST_LINES_ABOVE]):
        if isinstance(line.value, Stamp):
            break
        if isinstance(line.value, KeyLine) and line.value.meaning in ("title", "content"):
            return None
        if line.label is not PARAGRAPH or line.value is not None:
            continue
        if len(line.text) > LONGEST_TITLE:
            return None
        free.append(index)
    else:
        return None
    if len(free) < 2:
        return None
    first = lines[free[0]].text
    menu = (
        first.count("|") > 1
        or first.count(" ") < HEADLINE_WORDS - 1
        or first == lines[free[1]].text  # an entry of the menu, read twice
    )
    for index in free[1:]:
        text = lines[index].text
        if text.count(" ") < HEADLINE_WORDS - 1 or not is_headline(text) or text.count("|") > 1:
            continue
        confirmed = menu or (first.isupper() and not text.isupper())
        if confirmed and text != first and not read_byline(text, language):
            return index
    return None


def _under_menu(lines: Lines, language: Language) -> int:
    """Where a page's breadcrumb stands below its clock, its menu and its counters, or 0.

    The page's own head begins there. All above is short and closes no sentence, and the first
    line is no headline: a crawler that prints the headline first has no menu above it.
    """
    free = 0
    for index, line in enumerate(lines[:MOST_LINES_OF_MENU]):
        value, text = line.value, line.text
        if line.label in SILENT or isinstance(value, Stamp):
            continue
        if not free and text.count(" ") >= HEADLINE_WORDS - 1:
            return 0
        if (
            free >= FEWEST_LINES_OF_MENU
            and text[:BREADCRUMB_KEY].casefold().startswith(language.breadcrumb_openings)
            and len(pieces := _pieces(text)) > 1
            and fold(pieces[0]) in language.breadcrumb_starts
        ):
            return index if len(text) <= LONGEST_BREADCRUMB else 0
        if len(text) > LONGEST_META or ends_sentence(text) or isinstance(value, KeyLine):
            return 0
        free += 1
    return 0


def _before_date(lines: Lines, index: int) -> bool:
    """Whether a date follows so soon that a short line under the title is the page's."""
    for below in lines[index + 1 : index + 1 + MOST_BETWEEN]:
        if isinstance(below.value, Stamp):
            return True
        if len(below.text) > LONGEST_META or ends_sentence(below.text):
            return False
    return False


def _is_broken(lines: Lines, index: int) -> bool:
    """Whether the line below goes on with this one: half a sentence is no headline."""
    if index + 1 >= len(lines):
        return False
    below = lines[index + 1]
    if (
        below.value is not None
        or not below.text[0].islower()
        or below.text.count(" ") < HEADLINE_WORDS
    ):
        return False
    return not lines[index].text.endswith(("?", "!", "”", '"'))


def promote_head(lines: Lines, language: Language) -> Iterable[Revision]:
    """Title, kicker, keys, dates and a byline in front of the story."""
    stamps: list[int] = []
    titled = last = -1
    for revision in _read_head(lines, language):
        last, label, _, _ = revision
        if label is TIMESTAMP:
            stamps.append(last)
        elif label is TITLE:
            titled = last
        yield revision
    if not stamps:
        yield from _date_under_lead(lines, last, language)
    elif stamps[0] < titled < stamps[-1]:
        # The page's clock stands above the headline, the article's date below it.
        for index in stamps:
            value = lines[index].value
            if index < titled and isinstance(value, Stamp) and not value.key:
                yield (index, BOILERPLATE, "page-clock", None)


def _date_under_lead(lines: Lines, last: int, language: Language) -> Iterator[Revision]:
    """Some pages print the date under the lead, and the author beside it.

    It must be a date that no story would hold.
    """
    for index in range(last + 1, min(last + 1 + MOST_AFTER, len(lines))):
        value = lines[index].value
        if not isinstance(value, Stamp) or not value.strong:
            continue
        yield (index, TIMESTAMP, value.rule, value)
        for beside in (index - 1, index + 1):
            line = lines[beside] if last < beside < len(lines) else None
            if line and line.label is PARAGRAPH and line.value is None:
                byline = read_byline(line.text, language)
                if byline and byline.authors and _signs_head(line.text, byline, language):
                    yield (beside, BYLINE, "beside-date", byline)
        return


def _read_head(lines: Lines, language: Language) -> Iterator[Revision]:
    title: Title | None = None
    top = _under_menu(lines, language)
    headline = None if top else _headline_above_date(lines, language)
    pending: str | None = None  # what a key without a value announced for the next line
    free = 0
    counts: list[int] = []
    for index, line in enumerate(lines):
        label, value, text = line.label, line.value, line.text
        if index < top:
            if label not in SILENT and label is not BOILERPLATE:
                clock = isinstance(value, Stamp)
                yield (index, BOILERPLATE, "page-clock" if clock else "above-title", None)
            continue
        if label is BOILERPLATE and title is None and fold(text) in language.sections:
            yield (index, KICKER, "section", Section(text))
            continue
        if label in SILENT or label is BOILERPLATE or label is REPEAT:
            continue
        if free > MOST_LINES:
            # Numbers in a head without end are a table's cells, not counts of readers.
            yield from ((k, PARAGRAPH, "story", None) for k in counts)
            return
        free += 1
        if pending and value is None and label in (PARAGRAPH, CAPTION):
            value, pending = KeyLine(pending, text, False), None
        if isinstance(value, KeyLine):
            verdict = _read_key(index, value, language)
            if verdict is None:
                return
            if isinstance(verdict[3], Title):
                title = verdict[3]
            if not value.rest and value.meaning not in ("content", "furniture"):
                pending = value.meaning
            yield verdict
            if value.meaning == "content":
                return
            continue
        pending = None
        if isinstance(value, Stamp):
            yield (index, TIMESTAMP, value.rule, value)
            continue
        if label is RELATED:
            continue
        if isinstance(value, Section):
            yield (index, KICKER, "section", value)
            continue
        if label is CAPTION and title is None and _is_video_title(lines, index):
            title = _title(text, language)
            yield (index, TITLE, "first-line", title)
            continue
        if label is CAPTION and title is not None and _before_date(lines, index):
            continue  # the picture under the headline
        if label is not PARAGRAPH:
            return
        if len(text) <= LONGEST_COUNT and (
            (len(text) < 3 and text.isascii()) or not any(map(str.isalpha, text))
        ):
            yield (index, BOILERPLATE, "count", None)
            counts.append(index)
            continue
        if headline is not None and index < headline:
            near = headline - index == 1 and len(text) <= LONGEST_KICKER
            section = Section(text.rstrip(" :")) if near else None
            yield (index, KICKER if near else BOILERPLATE, "above-title", section)
            continue
        if (
            title is None
            and free <= 2
            and len(text) <= LONGEST_META
            and text[-1].isdigit()
            and language.crawler_counter.match(text)
        ):
            yield (index, BOILERPLATE, "counter", None)
            continue
        pieces = _pieces(text) if len(text) <= LONGEST_BREADCRUMB else ()
        if len(pieces) > 1 and (
            fold(pieces[0]) in language.breadcrumb_starts
            or all(fold(piece) in language.sections for piece in pieces)
        ):
            names = [
                language.sections[fold(piece)]
                for piece in pieces
                if fold(piece) in language.sections
            ]
            yield (index, KICKER, "breadcrumb", Section(names[0]) if names else None)
            continue
        if title is None:
            if _names_site(text, language):
                yield (index, BOILERPLATE, "publisher", None)
                continue
            if _is_kicker(lines, index, language):
                yield (index, KICKER, "above-title", Section(text.rstrip(" :")))
                continue
            longest = LONGEST_TITLE
            if len(text) > longest and _date_is_next(lines, index):
                longest = LONGEST_ABOVE_DATE
            if not is_title(text, _date_follows(lines, index), longest) or _is_broken(lines, index):
                return
            if ":" in text and fold(text.partition(":")[0]) in language.speakers:
                return  # "PV: Thưa ông, bao giờ đường thông?"
            title = _title(text, language)
            yield (index, TITLE, "first-line", title)
            continue
        if len(text) <= len(title.text) + LONGEST_SITE and (
            fold(split_site(text, language)[0]) == fold(title.text)
        ):
            yield (index, REPEAT, "title-again", title)
            continue
        byline = read_byline(text, language)
        if byline and is_own_mark(text, byline):
            yield (index, BOILERPLATE, "publisher", None)
            continue
        if byline and _signs_head(text, byline, language):
            label = BYLINE if byline.authors else AGENCY
            yield (index, label, "under-title", byline)
            continue
        if len(text) <= LONGEST_META and not ends_sentence(text) and _before_date(lines, index):
            yield (index, BOILERPLATE, "before-date", None)
            continue
        return


def _names_site(text: str, language: Language) -> bool:
    """ "(Sen Việt News) -", "Báo Sen Việt điện tử": the name of the page, and no headline."""
    if text[-1] not in _DASHES and not opens_with(text, language.publisher_kinds):
        return False
    folded = fold(text)
    has_kind = folded.startswith(language.publisher_kinds)
    if folded in language.publishers:
        return has_kind or text[-1] in _DASHES
    return has_kind and folded.endswith(language.site_endings)


def _pieces(text: str) -> Sequence[str]:
    """The pieces of a breadcrumb; none where its marks do not occur, which is soon seen."""
    for mark in _BETWEEN_CRUMBS:
        if mark in text:
            return _BREADCRUMB.split(text)
    return ()


def _is_video_title(lines: Lines, index: int) -> bool:
    """ "Video: Xã được mùa" is read as a credit, but the first line above a date is a title."""
    value = lines[index].value
    return (
        isinstance(value, Caption)
        and lines[index].text.startswith(value.text)
        and (value.credit or "").count(" ") >= KICKER_WORDS - 2
        and _date_follows(lines, index)
    )


def _signs_head(text: str, byline: Byline, language: Language) -> bool:
    """A byline under the title: a role or a source, or a name of two words and more."""
    if byline.agency and not byline.authors and not byline.sure:
        return True
    if byline.sure:
        return True
    return bool(byline.authors) and " " in text and len(text) <= 60


def _read_key(index: int, key: KeyLine, language: Language) -> Revision | None:
    """The verdict over a key line of the head; ``None`` ends the head."""
    rest, rule = key.rest, f"key-{key.meaning}"
    if not rest and key.meaning != "furniture":
        return (index, BOILERPLATE, rule, key)
    match key.meaning:
        case "title":
            return (index, TITLE, rule, _title(rest, language))
        case "lead":
            return (index, LEAD, rule, key)
        case "content":
            return (index, PARAGRAPH, rule, key)
        case "section":
            return (index, KICKER, rule, Section(rest))
        case "tags":
            return (index, TAGS, rule, key)
        case "author":
            return (index, BYLINE, rule, read_author(rest, language))
        case "source":
            return read_source(index, key, language)
        case "time":
            return (index, TIMESTAMP, rule, key)
    return (index, BOILERPLATE, rule, key)


def read_source(index: int, key: KeyLine, language: Language) -> Revision:
    """The verdict over a crawler's ``Source:``; an address or "[Link nguồn]" names nobody."""
    rest, rule = key.rest, f"key-{key.meaning}"
    if is_address(rest) or fold(rest) in language.keys:
        return (index, BOILERPLATE, rule, key)
    return (index, AGENCY, rule, Byline(agency=read_key_source(rest), sure=True))


def read_author(text: str, language: Language) -> Byline:
    """What a crawler's ``Author:`` says, taken as it stands if it is no list of names."""
    byline = read_byline(text, language)
    if byline and byline.authors:
        return byline
    names = read_names(text, language)
    if names:
        return Byline(names, sure=True)
    agency = language.publishers.get(fold(text))
    if agency:
        return Byline(agency=agency, sure=True)
    return (
        Byline((" ".join(text.split()).strip(" ,;"),), sure=True)
        if text.strip(" ,;") and len(text) <= 60
        else Byline(sure=True)
    )
