"""What a language table says, compiled into look-ups."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from artclean.errors import TableError
from artclean.language.fold import fold
from artclean.language.timestamps import TimestampGrammar, parse_timestamps

# Openings are looked up by this many characters.
OPENING_KEY = 3
# Words in front of a credit are looked up by so many characters at their end.
CREDIT_KEY = 2
# What a crawler's key may announce: `is = "title"` in a `[[key]]` row.
KEY_MEANINGS = frozenset(
    ("title", "lead", "content", "section", "tags", "author", "source", "time", "furniture")
)
PHRASE_LABELS = frozenset(("boilerplate", "related"))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first, a space for any white space.

    >>> alternatives(["Ảnh", "Ảnh minh họa"])
    'Ảnh\\\\s+minh\\\\s+họa|Ảnh'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


class Key(NamedTuple):
    """A crawler's key: what it announces, and whether it may stand behind the story too."""

    meaning: str
    tail: bool


class Phrase(NamedTuple):
    """Furniture of a site: the label of such a line and the name of its row."""

    label: str
    rule: str


class Opening(NamedTuple):
    """How a line of furniture begins, and one of the pieces that it must hold.

    ``$`` is the line's end, ``#`` any digit.
    """

    start: str
    has: tuple[str, ...]
    phrase: Phrase


# Nobody compares tables or prints one; each method that is not made is a start that is faster.
@dataclass(frozen=True, eq=False, repr=False)
class Language:
    """A language table, compiled. Patterns are compiled when a text first needs them."""

    code: str
    name: str
    home_offset: str
    keys: Mapping[str, Key]
    phrases: Mapping[str, Phrase]
    openings: tuple[Opening, ...]
    publishers: Mapping[str, str]
    publisher_names: frozenset[str]
    marks: frozenset[str]
    not_marks: frozenset[str]
    sections: Mapping[str, str]
    breadcrumb_starts: frozenset[str]
    hanging: frozenset[str]
    may_close: frozenset[str]
    speakers: frozenset[str]
    nobody: frozenset[str]
    contacts: tuple[str, ...]
    notes: tuple[str, ...]
    signers: tuple[str, ...]
    publisher_kinds: tuple[str, ...]
    desks: frozenset[str]
    timestamps: TimestampGrammar
    _caption: Mapping[str, Any] = field(repr=False)
    _byline: Mapping[str, Any] = field(repr=False)
    _section: Mapping[str, Any] = field(repr=False)
    _series: tuple[str, ...] = field(repr=False)

    @cached_property
    def longest_phrase(self) -> int:
        """The most characters that a line of furniture has, with the marks around it."""
        return max(map(len, (*self.phrases, *self.sections))) + 8

    @cached_property
    def longest_note(self) -> int:
        """How much of a line tells whether it opens like a note or a contact, in characters."""
        return max(map(len, (*self.notes, *self.contacts)), default=0)

    @cached_property
    def openings_by_start(self) -> Mapping[str, tuple[Opening, ...]]:
        """Openings of teasers and imprints by their first characters; short ones by their first."""
        found: dict[str, list[Opening]] = {}
        for opening in self.openings:
            long = len(opening.start) >= OPENING_KEY
            found.setdefault(opening.start[: OPENING_KEY if long else 1], []).append(opening)
        return {start: tuple(rows) for start, rows in found.items()}

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first characters of all that a whole line is looked up in, or opens with."""
        starts = {text[:OPENING_KEY] for text in (*self.phrases, *self.sections, *self.keys)}
        # Behind a short one the line may go on with white space.
        starts.update([start.ljust(OPENING_KEY) for start in starts])
        return frozenset(starts.union(self.openings_by_start))

    @cached_property
    def credit_forms(self) -> frozenset[str]:
        """The words in front of a credit's colon, as they are, small, and in capitals."""
        words = self._caption["credit_words"]
        return frozenset(form for word in words for form in (word, word.lower(), word.upper()))

    @cached_property
    def credit_endings(self) -> Mapping[str, tuple[str, ...]]:
        """`credit_forms` by their last characters, the longest first."""
        found: dict[str, list[str]] = {}
        for form in sorted(self.credit_forms, key=len, reverse=True):
            found.setdefault(form[-CREDIT_KEY:], []).append(form)
        return {end: tuple(forms) for end, forms in found.items()}

    @cached_property
    def photo_words(self) -> tuple[str, ...]:
        """One of these, or a bracket, stands in every credit without a colon."""
        words = (*self._caption["photo"], *self._caption["bare"])
        forms = {word.capitalize() for word in words} | set(map(str.upper, self._caption["photo"]))
        return tuple(w for w in forms if not any(other in w for other in forms if other != w))

    @cached_property
    def photo_letters(self) -> tuple[str, ...]:
        """First letters of `photo_words`: one character is found much faster than two."""
        return tuple({word[0] for word in self.photo_words})

    @cached_property
    def credit_words(self) -> frozenset[str]:
        return frozenset(map(fold, self._caption["credit_words"]))

    @cached_property
    def supplied(self) -> tuple[str, ...]:
        """How a credit ends that is a clause: "Hình do gia đình cung cấp"."""
        return tuple(map(fold, self._caption["supplied"]))

    @cached_property
    def credit_bare(self) -> re.Pattern[str]:
        """A credit without a colon: "(Ảnh minh họa)", " - Ảnh D.THÁI", ". Ảnh Reuters"."""
        bare = self._caption["bare"]
        stock = alternatives((*bare, *(word.capitalize() for word in bare)))
        opening = alternatives(word.capitalize() for word in bare)
        photo = alternatives(
            form for word in self._caption["photo"] for form in (word, word.upper())
        )
        origins = alternatives(self._caption["origins"])
        return re.compile(
            rf"(?:[(\[]\s*(?:{stock})\s*[)\]]"
            rf"|(?:^|[.!?…”\"]\s+|\s[-–—]\s*|,\s+)(?:{opening})"
            rf"|(?:^|[.!?…”\")]\s*|\s[-–—]\s*|[(\[]\s*)(?:{photo})\s+"
            rf"(?:(?:{origins})\s+(?P<origin>[^:()\[\]]{{1,60}}?)|"
            r"(?P<who>[^\W\d_][^:()\[\]]{1,50}?))[)\]]?"
            r")[\s.,;|]*\Z"
        )

    @cached_property
    def counter(self) -> re.Pattern[str]:
        """A picture's number behind its words: " - Ảnh 2."."""
        photo = alternatives((*self._caption["photo"], *map(str.lower, self._caption["photo"])))
        return re.compile(rf"(?:(?<!\s)\s++)?(?:[-–—.]\s*+)?(?:{photo})\s+\d{{1,3}}\.?\s*\Z")

    @cached_property
    def source(self) -> re.Pattern[str]:
        """ "(Nguồn: AP)", "(Hình: VNTimes)" behind a caption's words."""
        words = alternatives(self._caption["source_words"])
        return re.compile(
            rf"(?:[(\[]\s*|[.!?…]\s+)(?:{words})\s*[:：]\s*(?P<who>[^:()\[\]]{{1,60}}?)[)\]]?[\s.,;|]*\Z"
        )

    @cached_property
    def role_in_front(self) -> re.Pattern[str]:
        """ "Bài, ảnh: ", "Tin - ảnh: ", "Bài và ảnh: "."""
        joiners = alternatives(self._byline["joiners"])
        roles = alternatives((*self._byline["writers"], *self._byline["painters"]))
        alone = self._byline["without_colon"]
        bare = rf"|(?:{alternatives(alone)})\s+(?=\S)" if alone else ""
        return re.compile(
            rf"(?:(?:{roles})(?:\s*(?:,|-|–|/|&|\+|\b(?:{joiners})\b|\s)\s*(?:{roles}))*\s*[:：]\s*{bare})",
            re.IGNORECASE,
        )

    @cached_property
    def writers(self) -> frozenset[str]:
        return frozenset(map(fold, self._byline["writers"]))

    @cached_property
    def painters(self) -> frozenset[str]:
        return frozenset(map(fold, self._byline["painters"]))

    @cached_property
    def signing(self) -> frozenset[str]:
        """Roles that only a byline names: "Bài, ảnh: …" ("Nội dung: …" is many things)."""
        return frozenset(map(fold, self._byline["signing"]))

    @cached_property
    def role_words(self) -> re.Pattern[str]:
        """One role at a time, in the list in front of a name."""
        roles = alternatives((*self._byline["writers"], *self._byline["painters"]))
        return re.compile(rf"\b(?:{roles})(?!\w)", re.IGNORECASE)

    @cached_property
    def roles_behind(self) -> frozenset[str]:
        return frozenset(map(fold, self._byline["behind"]))

    @cached_property
    def role_behind(self) -> re.Pattern[str]:
        """A role behind a name without brackets: "Bảo Lâm tổng hợp"."""
        roles = alternatives(self._byline["behind"])
        return re.compile(
            rf"(?:(?<!\s)\s++(?:[-–,]\s*+)?|[-–,]\s*+)(?:{roles})\s*\Z", re.IGNORECASE
        )

    @cached_property
    def title_of_address(self) -> re.Pattern[str]:
        """Titles in front of a name: "PGS-TS-KTS ", "Luật sư ", "Thiếu tướng, PGS-TS "."""
        titles = alternatives(self._byline["titles"])
        return re.compile(rf"(?:(?:{titles})(?:[.,\s/–-]+|$))+", re.IGNORECASE)

    @cached_property
    def address(self) -> frozenset[str]:
        return frozenset(map(fold, self._byline["address"]))

    @cached_property
    def role_endings(self) -> tuple[str, ...]:
        """How a line ends that closes with a role: "Bảo Lâm Tổng Hợp"."""
        return tuple(f" {fold(word)}" for word in self._byline["behind"])

    @cached_property
    def opening_words(self) -> frozenset[str]:
        """First words of titles and of roles without a colon: "Nhà" of "Nhà thơ", "By"."""
        words = (*self._byline["titles"], *self._byline["without_colon"])
        return frozenset(
            fold(word.replace("-", ".").replace(" ", ".").split(".")[0]) for word in words
        )

    @cached_property
    def office(self) -> re.Pattern[str]:
        """Where an office begins behind a name."""
        words = alternatives(self._byline["offices"])
        return re.compile(rf"(?:(?:(?<!\s)\s++)?[,–-]\s++|(?<!\s)\s++)(?:{words})\b", re.IGNORECASE)

    @cached_property
    def from_source(self) -> re.Pattern[str]:
        """Who signs, then the source: "Vũ Anh (theo SCMP", "T.VTheo Yonhap", "Theo TTXVN".

        A small "theo" needs a boundary in front; the capital alone shows one in a glued line.
        """
        capital = alternatives(self._byline["source_words"])
        other = alternatives(
            form(word) for word in self._byline["source_words"] for form in (str.lower, str.upper)
        )
        return re.compile(
            rf"(?P<head>.*?)(?:(?<![\s\-–,(])[\s\-–,(]++)?(?:{capital}|(?<![^\W\d_])(?:{other}))"
            r"(?P<source>(?:\s*:|\s+|(?=[^\W_])).*)\Z",
            re.DOTALL,
        )

    @cached_property
    def source_words(self) -> tuple[str, ...]:
        return tuple(map(fold, self._byline["source_words"]))

    @cached_property
    def source_marks(self) -> tuple[str, ...]:
        """One of these stands in every line that `from_source` reads."""
        words = self._byline["source_words"]
        return tuple(form(word) for word in words for form in (str, str.lower, str.upper))

    @cached_property
    def source_opening(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{alternatives(self._byline['source_openings'])})\s+(.+)", re.IGNORECASE
        )

    @cached_property
    def desk_openings(self) -> tuple[str, ...]:
        """How the names of desks begin that go on: "Nhóm phóng viên miền Trung"."""
        return tuple(f"{fold(word)} " for word in self._byline["desk_openings"])

    @cached_property
    def reporter(self) -> re.Pattern[str]:
        """ "phóng viên đài RFA": the paper's name is group 1."""
        return re.compile(
            rf"(?:{alternatives(self._byline['reporters'])})\s+"
            rf"(?:(?:{alternatives(self._byline['outlets'])})\s+)?([^\s,]+)",
            re.IGNORECASE,
        )

    @cached_property
    def made_by(self) -> re.Pattern[str]:
        """ "… do các tác giả A, B và C thực hiện": the names are group 1."""
        return re.compile(
            rf"(?:[^:]{{2,30}}\s)?(?:{alternatives(self._byline['made_by'])})\s+(.{{2,80}}?)\s+"
            rf"(?:{alternatives(self._byline['made_end'])})\.?\Z",
            re.IGNORECASE,
        )

    @cached_property
    def between_names(self) -> re.Pattern[str]:
        """What stands between two names of a list."""
        joiners = alternatives(self._byline["joiners"])
        return re.compile(
            rf"(?:(?<!\s)\s++)?[,;&+/|]\s*|(?<!\s)\s++[-–—]+\s*|(?:(?<!\s)\s++)?[–—]+\s+|-\s+"
            rf"|(?<!\s)\s++(?:{joiners})\s+",
            re.IGNORECASE,
        )

    @cached_property
    def series(self) -> re.Pattern[str]:
        """ "Bài 1: …", "Kỳ cuối: …": another part of a series."""
        return re.compile(
            rf"(?:{alternatives(self._series)})\s+(?:\d{{1,2}}|[IVX]{{1,4}}|cuối)\s*[:.–-]\s*\S",
            re.IGNORECASE,
        )

    @cached_property
    def crawler_counter(self) -> re.Pattern[str]:
        """ "Article 12" above a dump."""
        return re.compile(
            rf"(?:{alternatives(self._section['counters'])})\s*+(?:[#:]\s*+)?\d{{1,7}}\Z",
            re.IGNORECASE,
        )


def _rows(table: Mapping[str, Any], section: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = table.get(section, [])
    return rows


def _section(table: Mapping[str, Any], section: str, name: str) -> Mapping[str, Any]:
    found = table.get(section)
    if not isinstance(found, Mapping):
        raise TableError(name, section, "the section is missing")
    return found


def _field(row: Mapping[str, Any], field: str, name: str, title: str) -> Any:
    if field not in row:
        raise TableError(name, str(row.get("name", row.get("is", title))), f"{field} is missing")
    return row[field]


def parse_language(table: Mapping[str, Any], name: str) -> Language:
    """Compile a parsed table; ``name`` is the table's, for messages.

    Raises `TableError` for a row that says something no reader understands.
    """
    keys: dict[str, Key] = {}
    for row in _rows(table, "key"):
        if _field(row, "is", name, "key") not in KEY_MEANINGS:
            raise TableError(name, f"key {row['is']!r}", "no such meaning")
        key = Key(row["is"], row.get("tail", False))
        keys.update((fold(word), key) for word in _field(row, "words", name, "key"))
    phrases: dict[str, Phrase] = {}
    openings: list[Opening] = []
    for section in ("phrase", "opening", "frame"):
        for row in _rows(table, section):
            phrase = Phrase(_field(row, "label", name, section), _field(row, "name", name, section))
            if phrase.label not in PHRASE_LABELS:
                raise TableError(name, phrase.rule, f"no such label: {phrase.label}")
            if section == "phrase":
                words = _field(row, "words", name, phrase.rule)
                phrases.update((fold(word), phrase) for word in words)
            elif section == "opening":
                words = _field(row, "words", name, phrase.rule)
                openings.extend(Opening(word.casefold(), (), phrase) for word in words)
            else:
                pieces = tuple(_field(row, "has", name, phrase.rule))
                starts = _field(row, "start", name, phrase.rule)
                openings.extend(Opening(word.casefold(), pieces, phrase) for word in starts)
    byline, caption, publisher, sections, sentence, contact, series = (
        _section(table, section, name)
        for section in (
            "byline",
            "caption",
            "publisher",
            "section",
            "sentence",
            "contact",
            "series",
        )
    )
    back = Phrase("boilerplate", "back-link")
    for word in sections["back"]:
        for section in sections["names"]:
            link = f"{word} {section}"  # some pages print it twice, glued
            phrases.update(((fold(link), back), (fold(link + link), back)))
    return Language(
        code=table["code"],
        name=table["name"],
        home_offset=table["home_offset"],
        keys=keys,
        phrases=phrases,
        openings=tuple(openings),
        publishers={fold(word): word for word in publisher["names"]},
        publisher_names=frozenset(publisher["names"]),
        marks=frozenset(publisher["marks"]),
        not_marks=frozenset(map(fold, publisher["not_marks"])),
        sections={fold(word): word for word in sections["names"]},
        breadcrumb_starts=frozenset(map(fold, sections["breadcrumb_start"])),
        hanging=frozenset(sentence["hanging"]),
        may_close=frozenset(sentence["may_close"]),
        speakers=frozenset(sentence["speakers"]),
        contacts=tuple(map(str.casefold, contact["words"])),
        notes=tuple(map(str.casefold, sentence["notes"])),
        signers=tuple(map(str.casefold, sentence["signers"])),
        publisher_kinds=tuple(f"{kind} " for kind in publisher["kinds"]),
        nobody=frozenset(map(fold, byline["nobody"])),
        desks=frozenset(map(fold, byline["desks"])),
        timestamps=parse_timestamps(dict(table), name),
        _caption=caption,
        _byline=byline,
        _section=sections,
        _series=tuple(series["words"]),
    )
