"""Who wrote it, and from whom it was taken."""

import re
from typing import NamedTuple

from artclean.labels.names import read_name, read_names
from artclean.language.fold import fold
from artclean.language.schema import Language

# A byline is one short line; the longest seen names three authors, a source and a town.
LONGEST = 160
# A source is a name or a list of names, not a sentence.
LONGEST_SOURCE = 80

_BRACKETS = re.compile(r"\s*[-–,]?\s*[(\[]([^()\[\]]*)[)\]]")
_EMAIL = re.compile(r"\s*[-–:|(]?\s*(?:[Ee]-?mail\s*:?\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?")
_URL = re.compile(r"\s*[:：(]?\s*(?:https?://|www\.)\S+")
_SEGMENT = re.compile(r"\s*;\s*|\s*[-–,/]\s*(?=[^\W\d_][^:;/–]{1,18}:)")
# "Lampropeltis getula": the name of a species in italics that a crawler took for the source.
_SPECIES = re.compile(r"[A-Z][a-z]{4,} [a-z]{5,}\Z")
_TRIM = " \t\xa0.,;:|*-–—_"


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
        source = re.sub(r",(?=[^\s\d])", ", ", source)
    if source.count("(") != source.count(")"):
        source = source.strip("() ")
    return source if source and len(source) <= LONGEST_SOURCE else None


def _is_source(text: str) -> bool:
    """A source is written like a name: it opens with a capital, a digit or a domain."""
    words = text.split()
    first = words[0]
    if len(words) > 12:
        return False
    if first[0].isupper() or first[0].isdigit() or "." in first or first.isascii():
        # "Theo báo cáo của Ủy ban …" opens small; "Theo Bộ Y tế, dịch đang …" goes on.
        _, comma, rest = text.partition(", ")
        return not comma or not rest[:1].islower() or len(text) < 40
    return False


def _split_titles(text: str, language: Language) -> str:
    """A name without the titles in front of it and the office behind it."""
    stripped = text.strip(_TRIM)
    found = language.title_of_address.match(stripped)
    if found and found.end() < len(stripped):
        stripped = stripped[found.end() :]
        office = language.office.search(stripped)
        if office and office.start() > 3:
            stripped = stripped[: office.start()]
    return stripped


def _people(text: str, language: Language) -> tuple[str, ...]:
    """Names with or without titles; ``()`` if anything else stands there."""
    direct = read_names(text, language)
    if direct and not language.title_of_address.match(text.strip(_TRIM)):
        return direct
    if fold(text) in language.desks:
        return direct
    bare = _split_titles(text, language)
    return read_names(bare, language) or direct


def _author_and_paper(text: str, language: Language) -> Byline | None:
    """ "Hồng Anh/VOV.VN", "Trà Mi, phóng viên đài RFA"."""
    head, slash, tail = text.rpartition("/")
    if slash:
        known = fold(tail) in language.publishers or "." in tail
        people = _people(head, language)
        if known and people:
            return Byline(people, tail.strip(), sure=True)
    return None


def _segments(text: str, language: Language) -> list[str]:
    """Pieces of a line that opens each with its own role; "Bài, ảnh: X" is one piece."""
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
            named = {fold(word) for word in language.role_words.findall(role["roles"])}
            if named and named <= language.painters:
                photo = photo or rest.strip(_TRIM) or None
                continue
        people = _people(rest, language)
        if not people:
            return None
        authors.extend(people)
    if not authors:
        return None
    return Byline(tuple(authors), photo=photo, sure=roles > 0)


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
    line = " ".join(_EMAIL.sub("", text).split()).strip(" \t\xa0,;|*")
    if line.startswith(("-", "–", "—")):
        line = line.lstrip("-–— ")
    if not line:
        return None
    folded = fold(line)
    if folded in language.publishers and folded not in language.desks:
        return Byline(agency=line.strip(_TRIM + "()"), sure=False)
    agency: str | None = None
    photo: str | None = None
    sure = False
    # What stands in brackets: a source, a role, a photographer, a town.
    if line.startswith("(") and line.rstrip(" .,").endswith(")") and line.count("(") == 1:
        inner = line.strip(" ().,")
        if (
            fold(inner) in language.publishers
            or "/" in inner
            and fold(inner.split("/")[0]) in language.publishers
        ):
            return Byline(agency=inner, sure=True)
        line = inner
    for inner in () if folded.startswith(language.source_words) else _BRACKETS.findall(line):
        key = fold(inner)
        if key in language.roles_behind:
            sure = True
        elif key.startswith(language.source_words) and (said := language.from_source.match(inner)):
            agency = clean_source(said["source"])
            sure = True
        elif (said := language.role_in_front.match(inner)) and said.end() < len(inner):
            photo = inner[said.end() :].strip(_TRIM)
            sure = True
        elif key in language.publishers:
            agency = clean_source(inner)
            sure = True
        elif found := language.reporter.match(inner):
            agency = found[1]
            sure = True
        elif inner[:1].isupper() and key not in language.nobody and " " in inner:
            agency = clean_source(inner)
    head = _BRACKETS.sub("", line).strip() if (agency or photo or sure) else line
    if not agency:
        key, colon, rest = head.partition(":")
        meaning = language.keys.get(fold(key)) if colon and len(key) <= 20 else None
        if meaning and meaning.meaning == "source" and rest.strip():
            source = clean_source(rest)
            return Byline(agency=source, sure=True) if source else None
        found_source = language.from_source.match(head)
        if found_source:
            source = clean_source(found_source["source"])
            who = found_source["head"].strip(_TRIM + "(")
            if source is None or not _is_source(source):
                return None
            if not who:
                return Byline(agency=source, sure=True)
            people = _people(who, language)
            return Byline(people, source, photo, True) if people else None
        opening = language.source_opening.match(head)
        if opening and ("://" in head or fold(opening[1]) in language.publishers):
            source = clean_source(opening[1])
            return Byline(agency=source, sure=True) if source else None
    role = language.role_behind.search(head)
    if role and role.start() > 0:
        head, sure = head[: role.start()], True
    if paper := _author_and_paper(head, language):
        return paper
    who, comma, office = head.partition(", ")
    if comma and (found := language.reporter.fullmatch(office)):
        people = _people(who, language)
        if people:
            return Byline(people, found[1].strip(_TRIM), photo, True)
    if found := language.made_by.match(line):
        people = _people(found[1], language)
        return Byline(people, sure=True) if people else None
    speaker, colon, _ = head.partition(":")
    if colon and fold(speaker) in language.speakers:
        return None
    signed = _signed(head, language)
    if signed is None:
        return None
    titled = bool(language.title_of_address.match(head)) and read_name(head, language) is None
    return Byline(signed.authors, agency, photo or signed.photo, sure or signed.sure or titled)


def read_key_source(text: str) -> str | None:
    """What a crawler's ``Source:`` says, unless it is the name of a species.

    >>> read_key_source("Live Science"), read_key_source("Lampropeltis getula")
    ('Live Science', None)
    """
    source = clean_source(text)
    return None if source is None or _SPECIES.match(source) else source
