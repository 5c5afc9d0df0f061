"""What a language table says, compiled into look-ups."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from artclean.errors import TableError
from artclean.language.fold import fold, opens_with
from artclean.language.timestamps import TimestampGrammar, parse_timestamps

# Openings are looked up by this many characters; whether a line can be furniture, by so many.
OPENING_KEY, START_KEY = 3, 5
# Notes under a story are looked up by so many characters.
NOTE_KEY = 2
# Words in front of a credit are looked up by so many characters at their end.
CREDIT_KEY = 3
# Breadcrumbs are looked for by so many characters.
BREADCRUMB_KEY = 8
# What a crawler's key may announce: `is = "title"` in a `[[key]]` row.
KEY_MEANINGS = frozenset(
    ("title", "lead", "content", "section", "tags", "author", "source", "time", "furniture")
)
PHRASE_LABELS = frozenset(("boilerplate", "related"))
# Single tables, where most have rows.
SECTIONS = ("byline", "caption", "contact", "publisher", "section", "sentence", "series")


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first, a space for any white space.

    >>> alternatives(["Ảnh", "Ảnh minh họa"])
    'Ảnh\\\\s+minh\\\\s+họa|Ảnh'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


def either_case(words: Iterable[str]) -> str:
    """The same, for words that may begin with a capital: half of what two forms cost to compile.

    >>> either_case(["ảnh", "minh họa", "ảnh minh họa"])
    '[ảẢ](?:nh\\\\s+minh\\\\s+họa|nh)|[mM](?:inh\\\\s+họa)'
    """
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"[{first}{first.upper()}](?:{alternatives(rest)})" for first, rest in rests.items()
    )


class Gated:
    """A pattern that needs one of some words: compiled for the first text that has one.

    Most texts have none, and the patterns of titles and roles cost a start a millisecond each.
    """

    def __init__(self, words: Iterable[str], compiled: Callable[[], re.Pattern[str]]) -> None:
        # Of several words the first will do: what stands between them may be any white space.
        self._words = tuple({word.split()[0].casefold() for word in words})
        self.compiled = cache(compiled)

    def match(self, text: str) -> re.Match[str] | None:
        """As the pattern's, which begins with one of the words."""
        if not opens_with(text, self._words):
            return None
        return self.compiled().match(text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As the pattern's, which has one of the words in it."""
        low = text.casefold()
        if not any(word in low for word in self._words):
            return None
        return self.compiled().search(text, start)


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


# No dataclass: making one costs a start as much as reading the whole table.
class Language:
    """A language table. What a text needs of it is compiled when it first needs it.

    Made by `parse_language`, and not changed afterwards.
    """

    def __init__(
        self,
        table: Mapping[str, Any],
        keys: Mapping[str, Key],
        phrases: Mapping[str, Phrase],
        openings: tuple[Opening, ...],
        timestamps: TimestampGrammar,
    ) -> None:
        self.code: str = table["code"]
        self.name: str = table["name"]
        self.home_offset: str = table["home_offset"]
        self.keys = keys
        self.phrases = phrases
        self.openings = openings
        self.timestamps = timestamps
        self._byline: Mapping[str, Any] = table["byline"]
        self._caption: Mapping[str, Any] = table["caption"]
        self._contact: Mapping[str, Any] = table["contact"]
        self._publisher: Mapping[str, Any] = table["publisher"]
        self._section: Mapping[str, Any] = table["section"]
        self._sentence: Mapping[str, Any] = table["sentence"]
        self._series: Mapping[str, Any] = table["series"]

    @cached_property
    def publishers(self) -> Mapping[str, str]:
        """Names of papers, folded, and as they write themselves."""
        return {fold(word): word for word in self._publisher["names"]}

    @cached_property
    def publisher_names(self) -> frozenset[str]:
        return frozenset(self._publisher["names"])

    @cached_property
    def publisher_kinds(self) -> tuple[str, ...]:
        """What stands in front of a paper's name: "báo "."""
        return tuple(f"{kind} " for kind in self._publisher["kinds"])

    @cached_property
    def site_endings(self) -> tuple[str, ...]:
        """How a paper's name ends that is its page's: "Báo Sen Việt điện tử"."""
        return tuple(f" {word}" for word in self._publisher["site_endings"])

    @cached_property
    def station_endings(self) -> tuple[str, ...]:
        """How the capitals of a television station end: "HYTV"."""
        return tuple(self._publisher["station_endings"])

    @cached_property
    def marks(self) -> frozenset[str]:
        """Names that papers put in front of a lead."""
        return frozenset(self._publisher["marks"])

    @cached_property
    def not_marks(self) -> frozenset[str]:
        return frozenset(map(fold, self._publisher["not_marks"]))

    @cached_property
    def sections(self) -> Mapping[str, str]:
        """Names of sections, folded, and as they are printed."""
        return {fold(word): word for word in self._section["names"]}

    @cached_property
    def breadcrumb_starts(self) -> frozenset[str]:
        return frozenset(map(fold, self._section["breadcrumb_start"]))

    @cached_property
    def breadcrumb_openings(self) -> tuple[str, ...]:
        """The first characters of lines that may be breadcrumbs: few lines open like that."""
        return tuple(word[:BREADCRUMB_KEY] for word in self.breadcrumb_starts)

    @cached_property
    def hanging(self) -> frozenset[str]:
        """Words that no sentence ends in."""
        return frozenset(self._sentence["hanging"])

    @cached_property
    def may_close(self) -> frozenset[str]:
        return frozenset(self._sentence["may_close"])

    @cached_property
    def speakers(self) -> frozenset[str]:
        return frozenset(self._sentence["speakers"])

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """How a note behind the story begins."""
        return tuple(map(str.casefold, self._sentence["notes"]))

    @cached_property
    def signers(self) -> tuple[str, ...]:
        return tuple(map(str.casefold, self._sentence["signers"]))

    @cached_property
    def contacts(self) -> tuple[str, ...]:
        """How a line begins that says where to write or call."""
        return tuple(map(str.casefold, self._contact["words"]))

    @cached_property
    def nobody(self) -> frozenset[str]:
        """What looks like a name and is none."""
        return frozenset(map(fold, self._byline["nobody"]))

    @cached_property
    def desks(self) -> frozenset[str]:
        """Who signs in place of an author: "PV", "Ban biên tập"."""
        return frozenset(map(fold, self._byline["desks"]))

    @cached_property
    def longest_phrase(self) -> int:
        """The most characters that a line of furniture has, with the marks around it."""
        return max(map(len, (*self.phrases, *self.sections))) + 8

    @cached_property
    def note_starts(self) -> frozenset[str]:
        """The first characters of notes, of short ones the only one: few lines open like that."""
        return frozenset(note[:NOTE_KEY] for note in self.notes)

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
        """The first characters of all that a whole line is looked up in, or opens with.

        A line that opens with a mark or a digit is looked up in any case, and so is one with a
        mark or two blanks among these characters: all shorter openings have a mark.
        """
        whole = (*self.phrases, *self.sections, *self.keys)
        starts = {text[:START_KEY] for text in whole}
        starts.update([start.ljust(START_KEY) for start in starts])
        return frozenset(starts.union(opening.start[:START_KEY] for opening in self.openings))

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
    def photo_words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """One of these, or a bracket, stands in every credit without a colon: by first letters.

        One character is found five times as fast as a word.
        """
        words = (*self._caption["photo"], *self._caption["bare"])
        forms = {word.capitalize() for word in words} | set(map(str.upper, self._caption["photo"]))
        shortest = [w for w in forms if not any(other in w for other in forms if other != w)]
        letters = {word[0] for word in shortest}
        return tuple((a, tuple(w for w in shortest if w[0] == a)) for a in sorted(letters))

    @cached_property
    def credit_words(self) -> frozenset[str]:
        return frozenset(map(fold, self._caption["credit_words"]))

    @cached_property
    def stock(self) -> frozenset[str]:
        """Words that are the whole credit: "Ảnh minh họa"."""
        return frozenset(map(fold, self._caption["bare"]))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """How a picture's words open that say so: "Trong ảnh: …"."""
        return tuple(f"{word.casefold()}:" for word in self._caption["shown"])

    @cached_property
    def source_openings(self) -> tuple[str, ...]:
        """What stands in front of a picture's source: "Nguồn hình ảnh, Getty Images"."""
        return tuple(self._caption["source_openings"])

    @cached_property
    def words_openings(self) -> tuple[str, ...]:
        """What stands in front of a picture's words: "Chụp lại hình ảnh, …"."""
        return tuple(self._caption["words_openings"])

    @cached_property
    def announced_starts(self) -> frozenset[str]:
        """The first characters of what opens a picture's words or source, casefolded."""
        openings = (*self.shown, *self.source_openings, *self.words_openings)
        return frozenset(opening[:START_KEY].casefold() for opening in openings)

    @cached_property
    def supplied(self) -> tuple[str, ...]:
        """How a credit ends that is a clause: "Hình do gia đình cung cấp"."""
        return tuple(map(fold, self._caption["supplied"]))

    @cached_property
    def credit_bare(self) -> Gated:
        """A credit without a colon: "(Ảnh minh họa)", " - Ảnh D.THÁI", ". Ảnh Reuters"."""
        bare, photo = self._caption["bare"], self._caption["photo"]
        small = "".join({word[0] for word in bare})
        forms = [form for word in photo for form in (word, word.upper())]
        return Gated(
            (*bare, *photo),
            lambda: re.compile(
                # stock words: with brackets, or with a capital behind what may end a sentence
                rf"(?:(?:(?P<open>[(\[]\s*)|(?:^|[.!?\"]\s+|[…”]\s+|\s[-–—]\s*|,\s+)(?![{small}]))"
                rf"(?:{either_case(bare)})(?(open)\s*[)\]])"
                rf"|(?:^|[.!?\")]\s*|[…”]\s*|\s[-–—]\s*|[(\[]\s*)(?:{alternatives(forms)})\s+"
                rf"(?:(?:{alternatives(self._caption['origins'])})\s+"
                r"(?P<origin>[^:()\[\]]{1,60}?)|(?P<who>[^\W\d_][^:()\[\]]{1,50}?))[)\]]?"
                r")[\s.,;|]*\Z"
            ),
        )

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The words in front of a picture's number."""
        photo = self._caption["photo"]
        return (*photo, *map(str.lower, photo))

    @cached_property
    def counter(self) -> re.Pattern[str]:
        """A picture's number behind its words: " - Ảnh 2."."""
        photo = alternatives(self.counted)
        return re.compile(rf"(?:(?<!\s)\s++)?(?:[-–—.]\s*+)?(?:{photo})\s+\d{{1,3}}\.?\s*\Z")

    @cached_property
    def source(self) -> Gated:
        """ "(Nguồn: AP)", "(Hình: VNTimes)" behind a caption's words."""
        words = self._caption["source_words"]
        return Gated(
            words,
            lambda: re.compile(
                rf"(?:[(\[]\s*|[.!?…]\s+|\s[-–—]\s+)(?:{alternatives(words)})\s*[:：]\s*"
                r"(?P<who>[^:()\[\]]{1,60}?)[)\]]?[\s.,;|]*\Z"
            ),
        )

    @cached_property
    def role_in_front(self) -> Gated:
        """ "Bài, ảnh: ", "Tin - ảnh: ", "Bài và ảnh: "."""
        roles = (*self._byline["writers"], *self._byline["painters"])
        joiners, alone = self._byline["joiners"], self._byline["without_colon"]
        # Each role is followed by what joins the next, or by the colon: so the roles, which cost
        # a millisecond to compile, stand here once. Nothing taken is given back: a long role may
        # be two short ones ("phóng sự ảnh"), and k of them would be read in 2^k ways.
        return Gated(
            (*roles, *alone),
            lambda: re.compile(
                rf"(?:(?:(?:{alternatives(roles)})"
                rf"(?:\s*+(?:,|-|–|/|&|\+|\b(?:{alternatives(joiners)})\b)\s*+(?![:：])"
                r"|\s++(?![:：])|(?=\s*[:：])))++\s*[:：]\s*"
                + (rf"|(?:{alternatives(alone)})\s+(?=\S))" if alone else ")"),
                re.IGNORECASE,
            ),
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
    def title_of_address(self) -> Gated:
        """Titles in front of a name: "PGS-TS-KTS ", "Luật sư ", "Thiếu tướng, PGS-TS "."""
        titles = self._byline["titles"]
        return Gated(
            titles,
            lambda: re.compile(rf"(?:(?:{alternatives(titles)})(?:[.,\s/–-]+|$))+", re.IGNORECASE),
        )

    @cached_property
    def signed_phrases(self) -> tuple[str, ...]:
        """One of these stands in every byline of small words: roles, makers, sources."""
        names = ("behind", "made_by", "source_openings")
        return tuple(fold(phrase) for name in names for phrase in self._byline[name])

    @cached_property
    def joining(self) -> frozenset[str]:
        """The words that may stand between two names, in small letters."""
        return frozenset(
            word for joiner in self._byline["joiners"] for word in fold(joiner).split()
        )

    @cached_property
    def address(self) -> frozenset[str]:
        return frozenset(map(fold, self._byline["address"]))

    @cached_property
    def role_endings(self) -> tuple[str, ...]:
        """How a line ends that closes with a role: "Bảo Lâm Tổng Hợp"."""
        return tuple(f" {role}" for role in self.roles_behind)

    @cached_property
    def role_closings(self) -> tuple[str, ...]:
        """How every line ends that `role_behind` finds something in."""
        return tuple(self.roles_behind)

    @cached_property
    def makers(self) -> tuple[str, ...]:
        """One of these stands in every line that `made_by` reads."""
        return tuple(map(fold, self._byline["made_by"]))

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Capitalised words that are nobody's name: papers, sections, desks, places, furniture."""
        named = self.nobody.union(self.publishers, self.sections, self.desks, self.phrases)
        return named | self.roles_behind

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
    def anywhere(self) -> frozenset[str]:
        """What a source may be that is no publisher: "Nguồn Internet"."""
        return frozenset(map(fold, self._byline["anywhere"]))

    @cached_property
    def from_place(self) -> tuple[str, ...]:
        """How brackets open that say where the writer is: "(từ Doha, Qatar)"."""
        return tuple(f"{fold(word)} " for word in self._byline["from_place"])

    @cached_property
    def no_person(self) -> tuple[str, ...]:
        """How names open that are a place's or an office's: "Tỉnh Đông Hồ"."""
        return tuple(f"{fold(word)} " for word in self._byline["no_person"])

    @cached_property
    def glued(self) -> tuple[str, ...]:
        """What a page prints directly behind the source: "Theo Sen Việt Copy link"."""
        return tuple(f" {word.casefold()}" for word in self._byline["glued"])

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
            # A set of three pieces, one of them not of Latin-1, would cost as much as all else.
            rf"(?:{alternatives(self._series['words'])})"
            r"\s+(?:\d{1,2}|(?-i:[IVXivx]{1,4})|cuối)\s*(?:[:.-]\s*|–\s*)\S",
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
    for section in SECTIONS:
        if not isinstance(table.get(section), Mapping):
            raise TableError(name, section, "the section is missing")
    phrases.update(_back_links(table["section"]))
    timestamps = parse_timestamps(dict(table), name)
    return Language(table, keys, phrases, tuple(openings), timestamps)


def _back_links(sections: Mapping[str, Any]) -> Iterator[tuple[str, Phrase]]:
    """ "Trở lại Thời sự": some pages print it twice, glued."""
    phrase = Phrase("boilerplate", "back-link")
    names = list(map(fold, sections["names"]))
    for back in map(fold, sections["back"]):
        for name in names:
            link = f"{back} {name}"
            yield link, phrase
            yield link + link, phrase
