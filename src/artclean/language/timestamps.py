"""Timestamp templates: how a language's papers print a moment, compiled into one search.

A line is first cut into tokens: numbers, words and marks. Every token becomes one letter, so
that "Thứ sáu, 31/5/2024, 16:52 (GMT+7)" is the *shape* ``W,1/1/4,1:1(Z)`` (a word's letter
stands for what the word may mean). A template is a small pattern over shapes; words cost
dictionary look-ups, and no pattern holds a list of words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from artclean.errors import TableError

# What a field of a template reads. Numbers: "1" stands for one or two digits, "4" for a year
# from 1900 to 2099, "0" for any other number.
_FIELDS = {
    "d": "(1)",
    "m": "(1)",
    "yy": "(1)",
    "yyyy": "(4)",
    "HH": "(1)",
    "MM": "(1)",
    "SS": "(1)",
    "fraction": "[014]",
    "iso": "(I)",
}
# Fields that are words: the name of the list in the table's `timestamp_words`.
_WORDS = ("weekday", "half", "zone", "ago", "since", "unit", "day", "now")
_DATE = frozenset(("d", "m", "yy", "yyyy"))
# The letters of a shape that are marks, and those that are numbers.
MARKS = "-/.,:|()[]\"'*@•"
NUMBERS = "014"
_MARK_OF = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("·•●∙▪■◆‧・", "•"),
    **dict.fromkeys("│┃¦｜∣ǀ", "|"),
    **dict.fromkeys("：∶", ":"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("‘’′`´", "'"),
    "／": "/",
    "（": "(",
    "）": ")",
}
# Letters for the meanings of words; x is a word without a meaning here, ~ any other mark.
_POOL = "ABCDEFGHJKLMNOPQRSTUVWXYabcdefghijklmnopqrstuvwyzÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞß"

_LEXER = re.compile(
    # 20190802T153400+0700 and 2019-W31-5T15:34: forms that dateutil reads for us
    r"(?P<I>(?:[0-9]{8}|[0-9]{4}-W[0-9]{2}-[1-7])T[0-9]{2}:?[0-9]{2}(?::?[0-9]{2})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?(?![0-9\w]))"
    r"|(?P<Z>(?:GMT|UTC|gmt|utc|Gmt)(?:\s?[+-]\s?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9]))?"
    r"|\+(?:0[0-9]|1[0-4]):?[0-5][0-9](?![0-9])"
    r"|(?<=:[0-9]{2})-(?:0[0-9]|1[0-2]):?[0-5][0-9](?![0-9]))"
    # a year with the hour glued to it: "21 Tháng Ba 20254:08"
    r"|(?P<Y>(?:19|20)[0-9]{2}(?=[0-9]{1,2}[:h][0-9]{2}))"
    r"|(?P<N>[0-9]+)"
    r"|(?P<W>[^\W\d_]+)"
    r"|(?P<M>\S)"
)


class Row(NamedTuple):
    """A row of the table: a template, an example that it reads, and who prints it so."""

    name: str
    template: str
    example: str
    seen_in: str


class Lexed(NamedTuple):
    """A line as tokens: a letter, the folded words, and where each token starts and ends."""

    shape: str
    words: list[str]
    starts: list[int]
    ends: list[int]


class Field(NamedTuple):
    """A field that a row found: its name and the tokens it covers."""

    name: str
    first: int
    last: int


class Core(NamedTuple):
    """Where in the shape a row fits, and what it found there."""

    row: Row
    start: int
    end: int
    fields: tuple[Field, ...]


class Compiled(NamedTuple):
    """A table, compiled: one pattern over shapes, and the meaning of every phrase."""

    phrases: Mapping[str, list[tuple[list[str], str]]]
    letters: Mapping[str, str]
    pattern: re.Pattern[str]
    rows: Mapping[int, tuple[Row, tuple[tuple[str, int], ...]]]


def tokens(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The kind, the folded text and the span of each token of a line.

    >>> [(kind, word) for kind, word, *_ in tokens("Thời sựThứ 6, 15h34")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('W', 'thời'), ('W', 'sự'), ('W', 'thứ'), ('N', '6'), ('M', ','), ('N', '15'), ('W', 'h'),
     ('N', '34')]
    """
    for match in _LEXER.finditer(text):
        kind = match.lastgroup or "M"
        word = match.group()
        start, end = match.span()
        if kind == "W" and len(word) > 1 and not word[1:].islower() and not word.isupper():
            # "sựThứ": a block of the page was glued to the next; the last capital begins a word
            cut = max((i for i in range(1, len(word)) if word[i].isupper()), default=0)
            if cut:
                yield kind, word[:cut].casefold(), start, start + cut
                word, start = word[cut:], start + cut
        yield kind, word.casefold(), start, end


@dataclass(frozen=True)
class TimestampGrammar:
    """How a language's papers print moments. Compiled when a line first needs it.

    ``home_zone`` names the zone of a moment without an offset, ``home_offset`` is that zone's
    offset as printed ("+07:00"), so that reading needs no zone library.
    """

    name: str
    rows: tuple[Row, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    home_zone: str
    home_offset: str

    @cached_property
    def compiled(self) -> Compiled:
        """The rows as one pattern. Raises `TableError` for a row that does not compile."""
        meanings: dict[str, set[str]] = {}
        for meaning, values in self.words.items():
            for phrases in values.values():
                for phrase in phrases:
                    key = " ".join(word for _, word, _, _ in tokens(phrase))
                    meanings.setdefault(key, set()).add(meaning)
        parts = [(row, _parts(row, self.name)) for row in self.rows]
        for _, pieces in parts:
            for piece in pieces:
                if piece.kind == "word":
                    meanings.setdefault(piece.text, set()).add(f"={piece.text}")
        pool = iter(_POOL)
        letter_of: dict[frozenset[str], str] = {}
        letters: dict[str, str] = {}
        starts: dict[str, list[tuple[list[str], str]]] = {}
        for key, found in meanings.items():
            group = frozenset(found)
            letter = letter_of.get(group)
            if letter is None:
                letter = letter_of[group] = next(pool)
                for meaning in group:
                    letters[meaning] = letters.get(meaning, "") + letter
            words = key.split(" ")
            starts.setdefault(words[0], []).append((words, letter))
        for options in starts.values():
            options.sort(key=lambda option: -len(option[0]))  # "tháng mười hai", "tháng mười"
        rows: dict[int, tuple[Row, tuple[tuple[str, int], ...]]] = {}
        sources: list[str] = []
        group_count = 0
        for row, pieces in parts:
            source, names = _pattern(pieces, letters)
            number = group_count + 1
            rows[number] = (row, tuple((n, number + 1 + i) for i, n in enumerate(names)))
            group_count = number + len(names)
            sources.append(f"({source})")
        # A number that goes on ("12/3/2019/NĐ-CP", "1/02/08/2019") is no date.
        pattern = (
            f"(?<![014]/)(?:{'|'.join(sources)})(?![/:][014])(?!/[x{''.join(letters.values())}])"
        )
        return Compiled(starts, letters, re.compile(pattern), rows)

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, str]]:
        """What each phrase of a meaning stands for: ``values["weekday"]["thứ sáu"] == "4"``."""
        return {
            meaning: {
                " ".join(word for _, word, _, _ in tokens(phrase)): value
                for value, phrases in values.items()
                for phrase in phrases
            }
            for meaning, values in self.words.items()
        }

    def value(self, meaning: str, phrase: str) -> str | None:
        """What a phrase stands for in one of its meanings."""
        return self.values[meaning].get(phrase) if meaning in self.values else None

    def _letters(self, meaning: str) -> frozenset[str]:
        return frozenset(self.compiled.letters.get(meaning, ""))

    # The letters of the words that judge what stands around a moment.

    @cached_property
    def between(self) -> frozenset[str]:
        return self._letters("between")

    @cached_property
    def published(self) -> frozenset[str]:
        return self._letters("published")

    @cached_property
    def updated(self) -> frozenset[str]:
        return self._letters("updated")

    @cached_property
    def header(self) -> frozenset[str]:
        return self._letters("header")

    @cached_property
    def by(self) -> frozenset[str]:
        return self._letters("by")

    @cached_property
    def story(self) -> frozenset[str]:
        return self._letters("story")

    @cached_property
    def count(self) -> frozenset[str]:
        return self._letters("count")

    @cached_property
    def _now_words(self) -> re.Pattern[str]:
        words = (
            phrase
            for meaning in ("ago", "since", "day", "now")
            for phrases in self.words.get(meaning, {}).values()
            for phrase in phrases
        )
        return re.compile("|".join(map(re.escape, words)) or "(?!)")

    def hints_at_now(self, text: str) -> bool:
        """Whether a short line holds a word of the times that count from now."""
        return len(text) <= 80 and self._now_words.search(text.casefold()) is not None

    def lex(self, text: str) -> Lexed:
        """A line as tokens; phrases of the table count as one."""
        found = list(tokens(text))
        folded = [word for _, word, _, _ in found]
        phrases = self.compiled.phrases
        shape: list[str] = []
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        i = 0
        while i < len(found):
            kind, word, start, end = found[i]
            step = 1
            for phrase, letter in phrases.get(word, ()):
                if folded[i : i + len(phrase)] == phrase:
                    step = len(phrase)
                    end = found[i + step - 1][3]
                    word = " ".join(phrase)
                    shape.append(letter)
                    break
            else:
                shape.append(_letter(kind, word))
            words.append(word)
            starts.append(start)
            ends.append(end)
            i += step
        return Lexed("".join(shape), words, starts, ends)

    def next_core(self, lexed: Lexed, start: int = 0) -> Core | None:
        """The first place from ``start`` on where a row fits; the row that stands first wins."""
        match = self.compiled.pattern.search(lexed.shape, start)
        if match is None:
            return None
        row, names = self.compiled.rows[match.lastindex or 0]
        fields = tuple(
            Field(name, match.start(number), match.end(number))
            for name, number in names
            if match.start(number) >= 0
        )
        return Core(row, match.start(), match.end(), fields)


class _Piece(NamedTuple):
    """A piece of a template: a field, a word, marks between them, or a bracket."""

    kind: str
    text: str


_TEMPLATE = re.compile(r"\{(?P<field>\w+)\}|(?P<open>\[)|(?P<close>\])|(?P<literal>[^{}\[\]]+)")


def _parts(row: Row, table: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    depth = end = 0
    for match in _TEMPLATE.finditer(row.template):
        if match.start() != end:
            break
        end = match.end()
        kind = match.lastgroup or ""
        text = match.group(kind)
        if kind == "field" and text not in (*_FIELDS, *_WORDS, "month", "n"):
            raise TableError(table, row.name, f"no such field: {{{text}}}")
        if kind == "literal":
            for token_kind, word, _, _ in tokens(text):
                pieces.append(_Piece("word" if token_kind == "W" else "marks", word))
            if not pieces or pieces[-1].kind not in ("word", "marks"):
                pieces.append(_Piece("marks", " "))
            continue
        depth += (kind == "open") - (kind == "close")
        if depth < 0:
            break
        pieces.append(_Piece(kind, text))
    if end != len(row.template) or depth:
        raise TableError(table, row.name, f"brackets or braces do not match: {row.template}")
    if not any(piece.kind == "field" for piece in pieces):
        raise TableError(table, row.name, "a template without a field")
    return pieces


def _pattern(pieces: list[_Piece], letters: Mapping[str, str]) -> tuple[str, list[str]]:
    """The pattern of a template over shapes, and the names of its groups in order."""

    def any_of(extra: str, *meanings: str) -> str:
        known = "".join(letters.get(meaning, "") for meaning in meanings)
        return f"[{re.escape(extra + known)}]"

    loose = any_of(MARKS, "between") + "*"
    out: list[str] = []
    names: list[str] = []
    before = ""
    marks = ""
    for piece in pieces:
        if piece.kind == "open":
            out.append("(?:")
        elif piece.kind == "close":
            out.append(")?")
        elif piece.kind == "marks":
            marks += piece.text
        elif piece.kind == "word":
            out.append(loose if before else "")
            out.append(any_of("", f"={piece.text}"))
            before, marks = "word", ""
        else:
            name = piece.text
            if not before:
                pass
            elif before in _DATE and name in _DATE and marks.strip() in ("/", "-", "."):
                out.append("[-/.|]")
            elif before == "HH" and name == "MM" and marks.strip() == ":":
                out.append(any_of(":", "hour_mark"))
            elif before == "MM" and name == "SS" and marks.strip() == ":":
                out.append(any_of(":", "minute_mark"))
            else:
                out.append(loose)
            if name == "month":
                out.append(f"({any_of('', 'month')}|{any_of('', 'month_mark')}\\.?1)")
            elif name == "n":
                out.append(f"({any_of('1', 'number')})")
            elif name == "zone":
                out.append(f"({any_of('Z', 'zone')})")
            elif name in _FIELDS:
                out.append(_FIELDS[name])
            else:
                out.append(f"({any_of('', name)})")
            if name == "MM":
                out.append(f"(?:{any_of(chr(39), 'minute_mark')})?")
            if name != "fraction":
                names.append(name)
            before, marks = name, ""
    return "".join(out), names


def _letter(kind: str, word: str) -> str:
    if kind == "N":
        if len(word) <= 2:
            return "1"
        return "4" if len(word) == 4 and word[:2] in ("19", "20") else "0"
    if kind == "Y":
        return "4"
    if kind == "W":
        return "x"
    if kind == "M":
        mark = _MARK_OF.get(word, word)
        return mark if mark in MARKS else "~"
    return kind


def parse_timestamps(table: Mapping[str, Any], name: str) -> TimestampGrammar:
    """The timestamps of a parsed language table; ``name`` is the table's, for messages.

    Nothing is compiled yet: a start that meets no timestamp pays for none. Raises `TableError`
    for a row without a name or a template.
    """
    rows: list[Row] = []
    for number, row in enumerate(table.get("timestamp", ()), start=1):
        title = str(row.get("name", f"timestamp {number}"))
        for key in ("name", "template", "example", "seen_in"):
            if not isinstance(row.get(key), str):
                raise TableError(name, title, f"{key} is missing")
        rows.append(Row(title, row["template"], row["example"], row["seen_in"]))
    words: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for meaning, values in table.get("timestamp_words", {}).items():
        if isinstance(values, Mapping):
            words[meaning] = {value: tuple(phrases) for value, phrases in values.items()}
        else:
            words[meaning] = {"": tuple(values)}
    return TimestampGrammar(
        name=name,
        rows=tuple(rows),
        words=words,
        home_zone=str(table.get("home_zone", "UTC")),
        home_offset=str(table.get("home_offset", "+00:00")),
    )
