"""Timestamp templates: how a language's papers print a moment, compiled into one tree.

A line is cut into tokens: numbers, words and marks. Each token is a letter, and what is left
of the letters without loose marks and loose words is the line's *shape*: "Thứ sáu, 31/5/2024,
16:52 (GMT+7)" has the shape ``W1/1/41:1Z``. A template has a shape too, or several where parts
of it may be missing. All shapes of all templates stand in one tree, letter by letter, so that
finding a moment is a walk, and words, of which a table has hundreds, cost only look-ups.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from artclean.errors import TableError

# Letters of a line. Numbers: one or two digits, a year from 1900 to 2099, any other.
SHORT, YEAR, OTHER_NUMBER = "1", "4", "0"
NUMBERS = SHORT + YEAR + OTHER_NUMBER
# Marks that may stand between the parts of a moment, and any other mark.
MARKS = "-/.,:|()[]\"'*@•"
OTHER_MARK = "~"
# Words: loose, a mark of minutes, a unit of time ("giờ" in "3 giờ trước"), without a meaning.
LOOSE, MINUTE_MARK, UNIT, WORD = "b", "p", "U", "x"
# Fields of templates that are words, with their letters; the names of the table's lists.
_WORD_FIELDS = {
    "weekday": "W",
    "month": "M",
    "half": "A",
    "zone": "Z",
    "unit": UNIT,
    "ago": "G",
    "since": "S",
    "day": "D",
    "now": "Y",
}
_FIELDS = {
    **dict.fromkeys(("d", "m", "yy", "HH", "MM", "SS", "n"), SHORT),
    "yyyy": YEAR,
    "iso": "I",
    **_WORD_FIELDS,
}
_DATE = frozenset(("d", "m", "yy", "yyyy"))
_CLOCK = frozenset((("HH", "MM"), ("MM", "SS")))
# Letters for words that a template spells out.
_SPELLED = "BCEFHJKLNOPQRTVX"
_MARK_OF = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("·●∙▪■◆‧・", "•"),
    **dict.fromkeys("│┃¦｜∣ǀ", "|"),
    **dict.fromkeys("：∶", ":"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("‘’′`´", "'"),
    "／": "/",
    "（": "(",
    "）": ")",
}

_LEXER = re.compile(
    # 20190802T153400+0700, 2019-W31-5T15:34: forms that only crawlers write
    r"(?P<I>(?:[0-9]{8}|[0-9]{4}-W[0-9]{2}-[1-7])T[0-9]{2}:?[0-9]{2}(?::?[0-9]{2})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?(?!\w))"
    r"|(?P<Z>(?:GMT|UTC|gmt|utc|Gmt)(?:\s?[+-]\s?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9]))?"
    r"|\+(?:0[0-9]|1[0-4]):?[0-5][0-9](?![0-9])"
    r"|(?<=:[0-9]{2})-(?:0[0-9]|1[0-2]):?[0-5][0-9](?![0-9]))"
    # the year of "21 Tháng Ba 20254:08", where the hour is glued to it
    r"|(?P<Y>(?:19|20)[0-9]{2}(?=[0-9]{1,2}[:h][0-9]{2}))"
    # the fraction of a second
    r"|(?P<F>(?<=:[0-9]{2})\.(?:[0-9]{6}|[0-9]{3})(?![0-9]))"
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
    """A line as tokens: letters, folded words, spans; ``kept`` are the tokens of the shape."""

    letters: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    shape: str
    kept: list[int]


class Core(NamedTuple):
    """Where a row fits: its tokens, the tokens of its fields, the place in the shape behind it."""

    row: Row
    first: int
    last: int
    fields: dict[str, int]
    at: int
    past: int


@dataclass(slots=True)
class Node:
    """A place in the tree of shapes: where each letter leads, and the row that ends here."""

    next: dict[str, "Node"] = field(default_factory=dict)
    row: Row | None = None
    fields: tuple[tuple[str, int], ...] = ()


def tokens(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The kind, the folded text and the span of each token of a line.

    >>> [word for _, word, _, _ in tokens("Thời sựThứ 6, 15h34")]
    ['thời', 'sự', 'thứ', '6', ',', '15', 'h', '34']
    """
    for match in _LEXER.finditer(text):
        kind = match.lastgroup or "M"
        word = match.group()
        start, end = match.span()
        if kind == "W" and not word[1:].islower() and len(word) > 1 and not word.isupper():
            # "sựThứ": blocks of a page were glued together; the last capital begins a word
            cut = max((i for i in range(1, len(word)) if word[i].isupper()), default=0)
            if cut:
                yield kind, word[:cut].casefold(), start, start + cut
                word, start = word[cut:], start + cut
        yield kind, word.casefold(), start, end


def joined(phrase: str) -> str:
    """A phrase as the lexer gives it, its tokens with a space between.

    >>> joined("Pub_Date")
    'pub _ date'
    """
    return " ".join(word for _, word, _, _ in tokens(phrase))


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

    # ------------------------------------------------------------ compiled on first use

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, str]]:
        """What each phrase of a meaning stands for: ``values["weekday"]["thứ sáu"] == "4"``."""
        return {
            meaning: {joined(phrase): value for value, many in values.items() for phrase in many}
            for meaning, values in self.words.items()
        }

    def value(self, meaning: str, phrase: str) -> str | None:
        """What a phrase stands for in one of its meanings."""
        return self.meaning(meaning).get(phrase)

    def meaning(self, name: str) -> Mapping[str, str]:
        """The phrases of a meaning."""
        return self.values.get(name, {})

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        """The letters of the words that templates spell out and that mean nothing else."""
        loose = {*self.meaning("between"), *self.meaning("hour_mark"), *self.meaning("minute_mark")}
        loose |= {*self.meaning("month_mark")}
        letters: dict[str, str] = {}
        for row in self.rows:
            for piece in _pieces(row, self.name):
                if piece.kind == "word" and piece.text not in loose and piece.text not in letters:
                    if len(letters) == len(_SPELLED):
                        raise TableError(self.name, row.name, "too many spelled-out words")
                    letters[piece.text] = _SPELLED[len(letters)]
        return letters

    @cached_property
    def _phrases(self) -> Mapping[str, list[tuple[list[str], str]]]:
        """By first word: the words of every phrase, longest first, and its letter.

        A phrase with several meanings has the letter of the first that its place allows; what
        the place says about hours, minutes, months and units is `lex`'s to see.
        """
        letters: dict[str, str] = {}
        for meaning, phrases in self.values.items():
            letter = _WORD_FIELDS.get(meaning, LOOSE if meaning == "between" else WORD)
            for phrase in phrases:
                if letters.get(phrase, WORD) in (WORD, UNIT):
                    letters[phrase] = letter
        letters.update(self._spelled)
        starts: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, letter in letters.items():
            words = phrase.split(" ")
            starts.setdefault(words[0], []).append((words, letter))
        for options in starts.values():
            options.sort(key=lambda option: -len(option[0]))  # "tháng mười hai", "tháng mười"
        return starts

    @cached_property
    def tree(self) -> Node:
        """The shapes of all rows. Raises `TableError` for a row that does not compile."""
        root = Node()
        for row in self.rows:
            for shape, fields in _shapes(row, self):
                node = root
                for letter in shape:
                    following = node.next.get(letter)
                    if following is None:
                        following = node.next[letter] = Node()
                    node = following
                if node.row is None:  # the row that stands first in the table wins
                    node.row, node.fields = row, fields
        return root

    @cached_property
    def gate(self) -> re.Pattern[str]:
        """What every line with a moment holds, but for those of `now` and number words.

        A day and a year, or three short numbers, or a year in front, or a clock, or a count and
        a word for "ago". One scan from digit to digit, a bounded look behind each.
        """
        ago = "|".join(re.escape(word) for word in self.meaning("ago")) or "(?!)"
        return re.compile(
            r"[0-9](?:[0-9]?[^0-9]{1,22}(?:19|20)[0-9]{2}"  # 2/2019, 2 August 2019
            r"|[0-9]? ?[-/.|] ?[0-9]{1,2} ?[-/.|] ?[0-9]{2}(?![0-9])"  # 02/08/19
            r"|[0-9]{3}(?: ?[-/.|] ?[0-9]|-?W?[0-9]{2,4})"  # 2019-08, 20190802, 2019-W31
            r"|[0-9]?:[0-9]{2}"
            rf"|[0-9]*\s?[^\W\d_]{{1,8}} (?:{ago}))"
        )

    @cached_property
    def now_words(self) -> re.Pattern[str]:
        """The words of times that count from now, in a folded line without a digit."""
        words = (*self.meaning("now"), *self.meaning("ago"))
        return re.compile("|".join(map(re.escape, words)) or "(?!)")

    # ------------------------------------------------------------ reading a line

    def lex(self, text: str) -> Lexed:
        """A line as tokens, its phrases as one token each, and its shape."""
        found = list(tokens(text))
        folded = [word for _, word, _, _ in found]
        phrases = self._phrases
        letters: list[str] = []
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        i = 0
        while i < len(found):
            kind, word, start, end = found[i]
            letter, step = "", 1
            for phrase, known in phrases.get(word, ()):
                if folded[i : i + len(phrase)] == phrase:
                    letter, step = known, len(phrase)
                    break
            if step > 1:
                word, end = " ".join(folded[i : i + step]), found[i + step - 1][3]
            letters.append(letter or _letter(kind, word))
            words.append(word)
            starts.append(start)
            ends.append(end)
            i += step
        self._resolve(letters, words, starts, ends)
        kept, shape = _shape(letters)
        return Lexed("".join(letters), words, starts, ends, shape, kept)

    def _resolve(
        self, letters: list[str], words: list[str], starts: list[int], ends: list[int]
    ) -> None:
        """Letters of words that mean what their neighbours make of them.

        "giờ" is a colon in "15 giờ 34" and a unit in "3 giờ trước"; "tháng" makes a month of
        the number behind it.
        """
        hours, minutes = self.meaning("hour_mark"), self.meaning("minute_mark")
        months, units = self.meaning("month_mark"), self.meaning("unit")
        numbers = self.meaning("number")
        i = 0
        while i < len(letters):
            word = words[i]
            before = letters[i - 1] if i else ""
            after = letters[i + 1] if i + 1 < len(letters) else ""
            if (
                word in units
                and before
                and (before in NUMBERS or words[i - 1] in numbers)
                and (after == "G" or letters[i - 2 : i - 1] == ["S"])
            ):
                letters[i], letters[i - 1] = UNIT, SHORT
            elif word in hours and before == after == SHORT:
                # "24h 15:34" and "24h 02/08/2019" are the name of a paper and a moment
                name = ends[i - 1] == starts[i] and ends[i] < starts[i + 1]
                if not (name and letters[i + 2 : i + 3] and letters[i + 2] in "/-.|:"):
                    letters[i] = ":"
            elif (
                before == SHORT
                and i > 1
                and letters[i - 2] == ":"
                and (word in minutes or letters[i] == "'")
            ):
                letters[i] = MINUTE_MARK
            elif word in months and after == SHORT:
                letters[i] = "M"
                words[i] = words.pop(i + 1)
                ends[i] = ends.pop(i + 1)
                del letters[i + 1], starts[i + 1]
            i += 1

    def next_core(self, lexed: Lexed, start: int = 0) -> Core | None:
        """The first place of the shape from ``start`` on where a row fits, the longest one."""
        shape = lexed.shape
        for at in range(start, len(shape)):
            node = self.tree.next.get(shape[at])
            if node is None or (at > 1 and shape[at - 1] in "/:" and shape[at - 2] in NUMBERS):
                continue
            best: tuple[int, Row, tuple[tuple[str, int], ...]] | None = None
            past = at + 1
            while node is not None:
                if node.row and not (
                    shape[past : past + 1] in ("/", ":") and past + 1 < len(shape)
                ):
                    best = past, node.row, node.fields
                node = node.next.get(shape[past]) if past < len(shape) else None
                past += 1
            if best is None:
                continue
            past, row, fields = best
            last = lexed.kept[past - 1] + 1
            while lexed.letters[last : last + 1] == MINUTE_MARK:
                last += 1
            places = {name: lexed.kept[at + place] for name, place in fields}
            return Core(row, lexed.kept[at], last, places, at, past)
        return None


def _letter(kind: str, word: str) -> str:
    """The letter of a token that is no phrase of the table."""
    if kind == "N":
        if len(word) <= 2:
            return SHORT
        return YEAR if len(word) == 4 and word[:2] in ("19", "20") else OTHER_NUMBER
    if kind == "M":
        mark = _MARK_OF.get(word, word)
        return mark if mark in MARKS else OTHER_MARK
    return {"W": WORD, "Y": YEAR, "F": MINUTE_MARK}.get(kind, kind)


def _shape(letters: list[str]) -> tuple[list[int], str]:
    """The tokens that are not loose; a mark counts only where it alone parts two numbers."""
    kept: list[int] = []
    shape: list[str] = []
    last = len(letters) - 1
    for i, letter in enumerate(letters):
        if letter in MARKS:
            if letter not in "/-.|:" or not 0 < i < last:
                continue
            if letters[i - 1] not in NUMBERS or letters[i + 1] not in NUMBERS:
                continue
            letter = ":" if letter == ":" else "/"
        elif letter in (LOOSE, MINUTE_MARK):
            continue
        kept.append(i)
        shape.append(letter)
    return kept, "".join(shape)


# ---------------------------------------------------------------- templates


class _Piece(NamedTuple):
    """A piece of a template: a field, a word, marks, or a bracket."""

    kind: str
    text: str


_TEMPLATE = re.compile(r"\{(?P<field>\w+)\}|(?P<open>\[)|(?P<close>\])|(?P<literal>[^{}\[\]]+)")


def _pieces(row: Row, table: str) -> list[_Piece]:
    """The pieces of a template. Raises `TableError` where it is none."""
    pieces: list[_Piece] = []
    depth = end = 0
    for match in _TEMPLATE.finditer(row.template):
        if match.start() != end:
            break
        end = match.end()
        kind = match.lastgroup or ""
        text = match.group(kind)
        if kind == "literal":
            for token, word, _, _ in tokens(text):
                pieces.append(_Piece("word" if token == "W" else "marks", word))
            continue
        if kind == "field" and text not in _FIELDS:
            raise TableError(table, row.name, f"no such field: {{{text}}}")
        depth += (kind == "open") - (kind == "close")
        if depth < 0:
            break
        pieces.append(_Piece(kind, text))
    if end != len(row.template) or depth:
        raise TableError(table, row.name, f"brackets or braces do not match: {row.template}")
    if not any(piece.kind == "field" for piece in pieces):
        raise TableError(table, row.name, "a template without a field")
    return pieces


def _without_brackets(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """A template in every way to keep or drop its optional parts, the fullest first."""
    for start, piece in enumerate(pieces):
        if piece.kind != "open":
            continue
        depth = 0
        for end in range(start, len(pieces)):
            depth += (pieces[end].kind == "open") - (pieces[end].kind == "close")
            if not depth:
                break
        inside = list(_without_brackets(pieces[start + 1 : end]))
        for rest in _without_brackets(pieces[end + 1 :]):
            for part in (*inside, []):
                yield [*pieces[:start], *part, *rest]
        return
    yield pieces


def _shapes(
    row: Row, grammar: TimestampGrammar
) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    """Every shape of a row, with the place of each field in it."""
    hours, months = grammar.meaning("hour_mark"), grammar.meaning("month_mark")
    for pieces in _without_brackets(_pieces(row, grammar.name)):
        # What stands between two numbers is tight (in a date, in a clock) or open to any mark.
        parts: list[tuple[str, ...]] = []
        names: list[tuple[str, int]] = []
        before = marks = ""
        month_mark = False
        for kind, text in pieces:
            if kind == "marks":
                marks += text
            elif kind == "word" and text in grammar._spelled:
                parts.append((grammar._spelled[text],))
                before, marks = "", ""
            elif kind == "word":
                month_mark = month_mark or text in months
                marks = ":" if text in hours else marks
            else:
                name = "month" if text == "m" and month_mark else text
                month_mark = False
                if before and _FIELDS[before] in NUMBERS and _FIELDS[name] in NUMBERS:
                    if before in _DATE and name in _DATE and marks in ("/", "-", "."):
                        parts.append(("/",))
                    elif (before, name) in _CLOCK and marks == ":":
                        parts.append((":",))
                    else:
                        parts.append(("", "/", ":"))
                names.append((name, len(parts)))
                parts.append((_FIELDS[name],))
                before, marks = name, ""
        for choice in product(*parts):
            places: dict[str, int] = {}
            for name, part in names:
                places.setdefault(name, sum(map(len, choice[:part])))
            yield "".join(choice), tuple(places.items())


def parse_timestamps(table: Mapping[str, Any], name: str) -> TimestampGrammar:
    """The timestamps of a parsed language table; ``name`` is the table's, for messages.

    Nothing is compiled yet: a run that meets no timestamp pays for none. Raises `TableError`
    for a row that lacks a key; a template that does not compile raises it on first use.
    """
    rows: list[Row] = []
    for number, row in enumerate(table.get("timestamp", ()), start=1):
        title = str(row.get("name", f"timestamp {number}"))
        for key in Row._fields:
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
