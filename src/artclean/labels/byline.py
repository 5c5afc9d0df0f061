"""Who wrote it, and from whom it was taken."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from artclean.labels.names import holds_small_word, is_nobody, read_name, read_names
from artclean.language.fold import fold
from artclean.language.schema import Language

# A byline is one short line; the longest seen names three authors, a source and a town.
LONGEST: Final = 160
# A source is a name or a list of names, not a sentence: so many characters, so many words.
LONGEST_SOURCE: Final = 80
MOST_SOURCE_WORDS: Final = 12
# Several names fill this much without a role; a longer bare line is a sentence.
LONGEST_BARE: Final = 90

# A line of more words than these is a sentence if this share of them is written small.
FEW_WORDS: Final = 8
SMALL_SHARE: Final = 0.6

# "Nhóm phóng viên miền Trung", in characters.
LONGEST_DESK: Final = 40
# One word of so many capitals beside a date names a paper.
SHORTEST_ACRONYM: Final = 4
# A plain name: so many capitalised words and nothing else.
PLAIN_WORDS: Final = 4

_BRACKETS: Final = re.compile(r"(?:(?<!\s)\s++)?(?:[-–,]\s*+)?[(\[]([^()\[\]]*)[)\]]")
_EMAIL: Final = re.compile(
    r"(?:(?<!\s)\s++)?(?:[-–:|(]\s*+)?(?:[Ee]-?mail\s*+(?::\s*+)?)?"
    r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+\)?"
)
_URL: Final = re.compile(r"(?:(?<!\s)\s++)?(?:[:：(]\s*+)?(?:https?://|www\.)\S+")
# In front of a mark a run of blanks is taken whole or not at all, so that a line of blanks is
# read once: `(?:(?<!\s)\s++)?`.
# A piece of a line that opens with a role of its own: "Dương - Ảnh: Quý Nguyễn".
_SEGMENT: Final = re.compile(
    r"(?:(?<!\s)\s++)?;\s*|(?:(?<!\s)\s++)?[-–,/]\s*+(?=[^\W\d_][^:;/–]{1,18}:)"
)
# "Lampropeltis getula": the name of a species in italics that a crawler took for the source.
_SPECIES: Final = re.compile(r"[A-Z][a-z]{4,} [a-z]{5,}\Z")
# A comma without its space: "Deadline,Variety".
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info)")
# Between two publishers: "VOA, Reuters", "TTXVN/Vietnam+".
_BETWEEN_PAPERS: Final = re.compile(r"[,/&–-](?:(?<=[,/&])|(?<=\s.)(?=\s))")
_TIGHT_COMMA: Final = re.compile(r",(?=[^\s\d])")
_TRIM: Final = " \t\xa0.,;:|*-–—_"
# Without these a byline is a name or a list of names.
_MARKS: Final = frozenset("()[]:/")
# Between names, offices and papers.
_TIES: Final = frozenset("()[]:/,;&+|-–—")


def _is_sentence(words: list[str]) -> bool:
    """More than a few words, most of them small: no list of names, and the end of the search.

    Measured: of 213 real bylines the one with most small words has 8 of 15.
    """
    if len(words) <= FEW_WORDS:
        return False
    return sum([word[0].islower() for word in words]) > SMALL_SHARE * len(words)


def is_publisher(text: str, language: Language) -> bool:
    """A publisher, one of its desks ("VOV-Miền Trung", "TTXVN tại Đông Hồ"), or a domain."""
    folded = fold(text)
    if folded in language.publishers or folded.startswith(language.publisher_kinds):
        return True
    first = re.split(r"[\s-]", text.strip(_TRIM), maxsplit=1)[0]
    # "VOV4" is a channel of VOV.
    known = first.isupper() and fold(first).rstrip("0123456789") in language.publishers
    return (known and len(first) > 2) or bool(_DOMAIN.fullmatch(folded))


class Byline(NamedTuple):
    """Who signs: people, the source credited, and the photographer where he stands there too.

    ``sure`` says that the line names a role or a source ("Bài, ảnh: …", "… (Theo Reuters)");
    without it the line is a bare name, and only its place can tell a byline from a heading.
    """

    authors: tuple[str, ...] = ()
    agency: str | None = None
    photo: str | None = None
    sure: bool = False


def clean_source(text: str) -> str | None:
    """The source's name without brackets, links and a final stop.

    >>> clean_source(": TTXVN.")
    'TTXVN'
    >>> clean_source(" VTC: http://example.vn/tin/1")
    'VTC'
    """
    source = _URL.sub("", text) if "/" in text else text
    if not source.strip(_TRIM):
        source = text
    source = " ".join(source.split()).strip(_TRIM)
    if "," in source:
        source = _TIGHT_COMMA.sub(", ", source)
    if source.count("(") != source.count(")"):
        source = source.strip("() ")
    return source if source and len(source) <= LONGEST_SOURCE else None


def _is_source(text: str, language: Language) -> bool:
    """A source is written like a name: it opens with a capital, a digit or a domain.

    "Theo báo cáo của Ủy ban …" opens small; "Theo Bộ Y tế, dịch đang lan ra …" goes on small;
    "Theo FIFA, Qatar đủ điều kiện" says something behind its comma.
    """
    words = text.split()
    first = words[0]
    if len(words) > MOST_SOURCE_WORDS:
        return False
    if not (first[0].isupper() or first[0].isdigit() or "." in first or first.isascii()):
        return False
    _, comma, rest = text.partition(", ")
    return not comma or all(_is_office(piece, language) for piece in rest.split(", "))


def _is_office(piece: str, language: Language) -> bool:
    """Whether what stands behind a comma can be one more source, not the rest of a sentence.

    Names of papers and of people have no word written small; those of offices have, and then
    they open with their kind ("Sở Giáo dục và Đào tạo").
    """
    return (
        not any(word[0].islower() for word in piece.split())
        or fold(piece) in language.publishers
        or fold(piece).startswith(language.publisher_kinds)
    )


def _people(text: str, language: Language) -> tuple[str, ...]:
    """Names without the titles in front of them and the offices behind; ``()`` for a sentence."""
    folded = fold(text)
    if folded in language.desks or (
        folded.startswith(language.desk_openings) and len(text) <= LONGEST_DESK
    ):
        return (" ".join(text.split()).strip(_TRIM),)
    stripped = text.strip(_TRIM)
    titled = language.title_of_address.match(stripped)
    if titled is None or titled.end() == len(stripped):
        return read_names(text, language)
    bare = stripped[titled.end() :]
    office = language.office.search(bare)
    if office and office.start() > 3:
        bare = bare[: office.start()]
    return read_names(bare, language) or read_names(text, language)


def _segments(text: str, language: Language) -> list[str]:
    """Pieces of a line that opens each with its own role; "Bài, ảnh: X" is one piece."""
    if ":" not in text and ";" not in text:
        return [text]
    role = language.role_in_front.match(text)
    start = role.end() if role else 0
    first, *others = _SEGMENT.split(text[start:])
    return [text[:start] + first, *others]


def _signed(text: str, language: Language) -> Byline | None:
    """ "Bài: Hồng Ánh; đồ họa: Nguyên Lâm", "Dương - Ảnh: Quý Nguyễn - Design: Thuỷ Tiên"."""
    authors: list[str] = []
    photo: str | None = None
    roles = 0
    for segment in _segments(text, language):
        role = language.role_in_front.match(segment)
        rest = segment[role.end() :] if role else segment
        if role:
            roles += 1
            named = {fold(word) for word in language.role_words.findall(role[0])}
            if named and named <= language.painters:
                photo = photo or rest.strip(_TRIM) or None
                continue
        people = _people(rest, language)
        if not people:
            return None
        authors.extend(people)
    return Byline(tuple(authors), photo=photo, sure=roles > 0) if authors else None


class _Brackets(NamedTuple):
    """What stands in brackets behind a name."""

    agency: str | None = None
    photo: str | None = None
    role: bool = False


def _read_brackets(line: str, language: Language) -> _Brackets:
    agency = photo = None
    role = False
    for inner in _BRACKETS.findall(line):
        key = fold(inner)
        name, colon, rest = inner.partition(":")
        meaning = language.keys.get(fold(name)) if colon else None
        if key in language.roles_behind or key in language.desks:
            role = True
        elif (said := language.from_source.match(inner)) and (
            not said["head"] or fold(said["head"]) in language.roles_behind
        ):
            agency, role = clean_source(said["source"]), True
        elif meaning and meaning.meaning == "source" and rest.strip():
            agency, role = clean_source(rest), True
        elif (front := language.role_in_front.match(inner)) and front.end() < len(inner):
            photo, role = inner[front.end() :].strip(_TRIM), True
        elif is_publisher(inner, language):
            agency, role = clean_source(inner), True
        elif reporter := language.reporter.match(inner):
            agency, role = reporter[1], True
        elif key.startswith(language.from_place) or _is_place(key, language):
            role = True  # "Lam Chi (từ Doha, Qatar)", "Lam Chi (Paris, Pháp)"
        elif found := _opened_source(inner, language):
            agency, role = found, True  # "Lam Chi (tổng hợp từ Reuters)"
        elif inner[:1].isupper() and " " in inner and key not in language.nobody:
            agency = clean_source(inner)
    return _Brackets(agency, photo, role)


def _is_place(folded: str, language: Language) -> bool:
    """ "Paris, Pháp": a town and a country that the table knows."""
    return "," in folded and folded.rpartition(",")[2].strip() in language.nobody


def _opened_source(line: str, language: Language) -> str | None:
    """ "Nguồn Dân Việt", "Nguồn VTC: www.…", "Tổng hợp từ Reuters, BBC": publishers, an address."""
    opening = language.source_opening.match(line)
    if opening is None:
        return None
    named = opening[1].strip(_TRIM)
    papers, _, _ = named.partition(":")
    if all(fold(paper) in language.publishers for paper in _BETWEEN_PAPERS.split(papers)):
        return clean_source(papers)
    return clean_source(named) if "://" in line or fold(named) in language.anywhere else None


def _only_source(line: str, language: Language) -> Byline | None:
    """ "Nguồn: Dân Việt", "Nguồn VTC: http://…": a source and nobody else."""
    key, colon, rest = line.partition(":")
    meaning = language.keys.get(fold(key)) if colon and len(key) <= 20 else None
    if meaning and meaning.meaning == "source" and rest.strip():
        source = clean_source(rest)
        return Byline(agency=source, sure=True) if source else None
    source = _opened_source(line, language)
    return Byline(agency=source, sure=True) if source else None


def _from_source(line: str, photo: str | None, language: Language) -> Byline | None:
    """ "Theo TTXVN", "Thu Hạnh Theo Metro, DailyMail", "T.VTheo Yonhap"."""
    found = language.from_source.match(line)
    if found is None:
        return None
    source = clean_source(found["source"])
    if found["source"][0].islower() or source is None or not _is_source(source, language):
        return None
    who = found["head"].strip(_TRIM + "(")
    if not who:
        return Byline(agency=source, sure=True)
    people = _people(who, language)
    return Byline(people, source, photo, True) if people else None


def _of_paper(line: str, photo: str | None, language: Language) -> Byline | None:
    """ "Hồng Anh/VOV.VN", "Trà Mi, phóng viên đài RFA"."""
    who, slash, paper = line.rpartition("/")
    if slash and (is_publisher(paper, language) or "." in paper):
        people = _people(who, language)
        if people:
            return Byline(people, paper.strip(), photo, True)
    who, comma, office = line.partition(", ")
    if comma and (reporter := language.reporter.fullmatch(office)):
        people = _people(who, language)
        if people:
            return Byline(people, reporter[1].strip(_TRIM), photo, True)
    return None


def _plain_name(line: str, folded: str, language: Language) -> Byline | None:
    """ "Duy Tiến": two to four capitalised words, by far the most frequent byline."""
    if (
        is_nobody(folded, language)
        or folded.endswith(language.role_endings)
        or folded.partition(" ")[0] in language.opening_words
        or (folded.count(" ") > 1 and folded.startswith(language.publisher_kinds))
    ):
        return None  # "Đài Trang" may be somebody, "Báo Sen Việt" is a paper
    for mark in language.source_marks:
        if mark in line:
            return None
    return Byline((line,))


def _bare_names(line: str, language: Language) -> Byline | None:
    """A line of nothing but capitalised words: by far the most frequent byline, read first."""
    if len(line) > LONGEST_BARE:
        return None
    words = line.split()
    if fold(words[0].replace("-", ".").partition(".")[0]) in language.opening_words:
        return None
    for word in words:
        if not word[0].isupper() and word not in ("-", "–", "&", "/"):
            return None
    names = read_names(line, language)
    return Byline(names) if names else None


def _is_story(words: Sequence[str], line: str, folded: str, language: Language) -> bool:
    """Words without a mark between them, one of them small, none of them a role: no byline.

    What follows would find the same, with a dozen patterns.
    """
    return (
        _TIES.isdisjoint(line)
        and holds_small_word(words, language)
        and words[0].casefold().partition(".")[0] not in language.opening_words
        and not _holds(folded, language.signed_phrases)
    )


def _holds(text: str, phrases: Iterable[str]) -> bool:
    return any(phrase in text for phrase in phrases)


def read_byline(text: str, language: Language) -> Byline | None:
    """A line that says who wrote the story, or from whom it was taken, or both.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> read_byline("Vũ Anh (Theo SCMP)", vi)
    Byline(authors=('Vũ Anh',), agency='SCMP', photo=None, sure=True)
    >>> read_byline("Bài, ảnh: T.Hằng", vi).authors
    ('T.Hằng',)
    >>> read_byline("Theo TTXVN", vi).agency
    'TTXVN'
    >>> read_byline("Theo báo cáo của xã, vụ này được mùa.", vi)
    >>> read_byline("PV: Xin cảm ơn ông!", vi)
    """
    if len(text) > LONGEST:
        return None
    # By far the most frequent byline is a plain name, and most other lines are no titles.
    if text.istitle() and text.count(" ") < PLAIN_WORDS and text.replace(" ", "").isalpha():
        line = " ".join(text.split())
        if plain := _plain_name(line, fold(line), language):
            return plain
    line = text.strip(" \t\xa0,;|*")
    if "@" in line:
        line = _EMAIL.sub("", " ".join(line.split()))
    words = line.lstrip("-–— ").split()
    if not words or _is_sentence(words) or text[0] == "[" or text.count("|") > 1:
        return None  # "[IMAGE]" is a crawler's mark, "1 | Đông Hồ | 12" a row of a table
    line = " ".join(words)
    folded = fold(line)
    if folded.endswith(language.glued):  # "Theo Sen Việt Copy link"
        glued = next(filter(folded.endswith, language.glued))
        line = line[: line.casefold().rfind(glued)]
        folded = fold(line)
    if folded in language.desks:
        return Byline((line.strip(_TRIM + "()"),))
    if folded in language.publishers or _is_station(line, language):
        return Byline(agency=line.strip(_TRIM + "()"))
    if folded.startswith(language.publisher_kinds) and len(line) <= LONGEST_DESK:
        if all(word[0].isupper() or word == "-" for word in words):
            return Byline(agency=line.strip(_TRIM))  # "NXB Sông Hà", "Báo Sen Việt"
    elif folded.startswith(language.desk_openings) and len(line) <= LONGEST_DESK:
        return Byline((line.strip(_TRIM),), sure=True)
    if folded in language.roles_behind:
        return Byline(sure=True)  # "Tổng hợp": signed by nobody
    sourced = any(mark in line for mark in language.source_marks)
    if not sourced and _MARKS.isdisjoint(line):
        if bare := _bare_names(line, language):
            return bare
        if _is_story(words, line, folded, language):
            return None
    agency = photo = None
    sure = False
    if line.startswith("(") and line.rstrip(" .,").endswith(")") and line.count("(") == 1:
        line = line.strip(" ().,")
        if is_publisher(line, language) and len(line) <= LONGEST_DESK:
            return Byline(agency=line, sure=True)  # "(Đài TT-TH Lệ Hà)"
        sourced_inside = folded.startswith(language.source_words)
        if (
            "/" in line
            and not sourced_inside
            and any(is_publisher(part, language) for part in line.split("/"))
        ):
            return Byline(agency=line, sure=True)  # "(TTXVN/Vietnam+)"
    elif ("(" in line or "[" in line) and not folded.startswith(language.source_words):
        agency, photo, sure = _read_brackets(line, language)
        if agency or photo or sure:
            line = _BRACKETS.sub("", line).strip()
    if not agency and (found := _only_source(line, language)):
        return found
    if not agency and sourced and (found := _from_source(line, photo, language)):
        return found
    papers = _BETWEEN_PAPERS.split(line)
    if len(papers) > 1 and all(fold(paper) in language.publishers for paper in papers):
        return Byline(agency=line.strip(_TRIM))
    # Looking for a role at the end is dear: first whether the line ends with the letters of one.
    if fold(line).endswith(language.role_closings):
        role = language.role_behind.search(line)
        if role and role.start() > 0:
            line, sure = line[: role.start()], True
    if found := _of_paper(line, photo, language):
        return found
    made = language.made_by.match(line) if _holds(folded, language.makers) else None
    if made:  # "Chùm ảnh do các tác giả A, B thực hiện."
        people = _people(made[1], language)
        return Byline(people, sure=True) if people else None
    signed = _signed(line, language)
    if signed is None:
        return None
    titled = read_name(line, language) is None and len(signed.authors) == 1
    return Byline(signed.authors, agency, photo or signed.photo, sure or signed.sure or titled)


def is_own_mark(text: str, byline: Byline) -> bool:
    """ "SGGPO" beside the date is the paper's own mark, "Người Đưa Tin" a source."""
    return byline.agency == text and text.isupper() and " " not in text


def _is_station(line: str, language: Language) -> bool:
    """ "HYTV": capitals that end like no syllable are those of a television station."""
    return line.endswith(language.station_endings) and is_acronym(line)


def is_acronym(text: str) -> bool:
    """ "BNEWS" beside a date is a paper that the table does not know, not its author."""
    return len(text) >= SHORTEST_ACRONYM and text.isupper() and text.isalpha()


def read_key_source(text: str) -> str | None:
    """What a crawler's ``Source:`` says, unless it is the name of a species.

    >>> read_key_source("Live Science"), read_key_source("Lampropeltis getula")
    ('Live Science', None)
    """
    source = clean_source(text)
    return None if source is None or _SPECIES.match(source) else source
