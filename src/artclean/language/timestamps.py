"""How a language's papers print moments: the timestamp rows and words of its table, compiled."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from artclean.errors import TableError
from artclean.language.templates import (
    SPELLED,
    WORD_FIELDS,
    Node,
    Piece,
    Row,
    Words,
    pieces_of,
    plant,
)
from artclean.language.tokens import (
    LOOSE,
    MINUTE_MARK,
    NUMBERS,
    SHORT,
    UNIT,
    WORD,
    joined,
    shape_of,
    tokens,
)


class Lexed(NamedTuple):
    """A line, its tokens (letters, folded words, spans), its shape, and the tokens of the shape."""

    text: str
    letters: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    shape: str
    kept: list[int]


class Core(NamedTuple):
    """Where a row fits.

    ``first`` and ``last`` bound its tokens, ``fields`` are the tokens of its fields, ``at`` and
    ``past`` bound it in the shape.
    """

    row: Row
    first: int
    last: int
    fields: dict[str, int]
    at: int
    past: int


class TimestampGrammar:
    """How a language's papers print moments. Compiled when a line first needs it.

    ``home_zone`` names the zone of a moment without an offset, ``home_offset`` is that zone's
    offset as printed ("+07:00"), so that reading needs no zone library. ``always_day_first`` is
    False where "02/08/2019" might also be February.
    """

    def __init__(
        self,
        name: str,
        rows: tuple[Row, ...],
        words: Mapping[str, Mapping[str, tuple[str, ...]]],
        home_zone: str,
        home_offset: str,
        always_day_first: bool = True,
    ) -> None:
        self.name = name
        self.rows = rows
        self.words = words
        self.home_zone = home_zone
        self.home_offset = home_offset
        self.always_day_first = always_day_first

    # ------------------------------------------------------------ compiled on first use

    @cached_property
    def lessons(self) -> dict[str, Any]:
        """Layouts that were read before; `labels.recall` fills it and bounds it."""
        return {}

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, str]]:
        """What each phrase of a meaning stands for: ``values["weekday"]["thứ sáu"] == "4"``."""
        return {
            meaning: {joined(phrase): value for value, many in values.items() for phrase in many}
            for meaning, values in self.words.items()
        }

    def meaning(self, name: str) -> Mapping[str, str]:
        """The phrases of a meaning, and what each stands for."""
        return self.values.get(name, {})

    @cached_property
    def _pieces(self) -> list[list[Piece]]:
        return [pieces_of(row, self.name) for row in self.rows]

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        """A letter for each word that templates spell out and that means nothing else."""
        marks = ("between", "hour_mark", "minute_mark", "month_mark")
        loose = {phrase for mark in marks for phrase in self.meaning(mark)}
        letters: dict[str, str] = {}
        for row, pieces in zip(self.rows, self._pieces, strict=True):
            for kind, text in pieces:
                if kind == "word" and text not in loose and text not in letters:
                    if len(letters) == len(SPELLED):
                        raise TableError(self.name, row.name, "too many words spelled out")
                    letters[text] = SPELLED[len(letters)]
        return letters

    @cached_property
    def _phrases(self) -> Mapping[str, list[tuple[list[str], str]]]:
        """By first word: the words of each phrase, the longest first, and its letter."""
        letters: dict[str, str] = {}
        for meaning, phrases in self.values.items():
            letter = WORD_FIELDS.get(meaning, LOOSE if meaning == "between" else WORD)
            for phrase in phrases:
                if letters.get(phrase, WORD) in (WORD, UNIT):
                    letters[phrase] = letter
        letters.update(self._spelled)
        starts: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, letter in letters.items():
            words = phrase.split(" ")
            starts.setdefault(words[0], []).append((words, letter))
        for options in starts.values():
            if len(options) > 1:  # "tháng mười hai" before "tháng mười"
                options.sort(key=lambda option: -len(option[0]))
        return starts

    @cached_property
    def _contextual(self) -> frozenset[str]:
        """Words and marks whose letter depends on their neighbours."""
        meanings = ("unit", "hour_mark", "minute_mark", "month_mark")
        return frozenset(phrase for name in meanings for phrase in self.meaning(name)) | {"'", "’"}

    @cached_property
    def tree(self) -> Node:
        """The shapes of all rows. Raises `TableError` for a row that does not compile."""
        root = Node()
        words = Words(self._spelled, self.meaning("hour_mark"), self.meaning("month_mark"))
        for row, pieces in zip(self.rows, self._pieces, strict=True):
            plant(root, row, pieces, words)
        return root

    @cached_property
    def gate(self) -> re.Pattern[str]:
        """What every line with a moment holds, but for "vừa xong" and "một giờ trước".

        A day and a year, or three short numbers, or a year in front, or a clock, or a count and
        a word for "ago". One scan from digit to digit, a bounded look behind each.
        """
        ago = "|".join(map(re.escape, self.meaning("ago"))) or "(?!)"
        # Possessive: behind a run of other characters stands a digit or none, wherever it is cut.
        return re.compile(
            r"[0-9](?:[0-9]?+[^0-9]{1,22}+(?:19|20)[0-9]{2}"  # 2/2019, 2 August 2019
            r"|[0-9]?+[^0-9\w]{1,3}+[0-9]{1,2}+[^0-9\w]{1,3}+[0-9]{2}(?![0-9])"  # 02/08/19
            r"|[0-9]{3}(?:[^0-9]{1,8}+[0-9]{1,2}+(?![0-9])|-?W?[0-9]{2,4})"  # 2019-08, 20190802
            r"|[0-9]?+:[0-9]{2}"
            rf"|[0-9]{{0,2}}+\s?+[^\W\d_]{{1,8}}+ (?:{ago}))"
        )

    @cached_property
    def now_words(self) -> tuple[str, ...]:
        """The words of times that count from now, for short folded lines outside the gate."""
        return (*self.meaning("now"), *self.meaning("ago"), *self.meaning("since"))

    # ------------------------------------------------------------ reading a line

    def lex(self, text: str) -> Lexed:
        """A line as tokens, its phrases as one token each, and its shape."""
        letters, words, starts, ends = tokens(text)
        phrases = self._phrases
        i = 0
        while i < len(words):
            # every phrase begins with a word
            options = phrases.get(words[i], ()) if letters[i] == WORD else ()
            for phrase, letter in options:
                step = len(phrase)
                if step == 1:
                    letters[i] = letter
                    break
                if words[i : i + step] == phrase:
                    words[i : i + step] = [" ".join(phrase)]
                    letters[i : i + step] = [letter]
                    ends[i : i + step] = [ends[i + step - 1]]
                    del starts[i + 1 : i + step]
                    break
            i += 1
        if not self._contextual.isdisjoint(words):
            self._resolve(letters, words, starts, ends)
        shape, kept = shape_of(letters)
        return Lexed(text, "".join(letters), words, starts, ends, shape, kept)

    def _resolve(
        self, letters: list[str], words: list[str], starts: list[int], ends: list[int]
    ) -> None:
        """Give the words a letter that mean what their neighbours make of them.

        "giờ" is a colon in "15 giờ 34" and a unit in "3 giờ trước"; "tháng" makes a month of
        the number behind it.
        """
        i = 0
        while i < len(letters):
            word = words[i]
            if word not in self._contextual:
                i += 1
                continue
            before = letters[i - 1] if i else ""
            after = letters[i + 1] if i + 1 < len(letters) else ""
            if self._is_unit(letters, words, i):
                letters[i], letters[i - 1] = UNIT, SHORT
            elif word in self.meaning("hour_mark") and before == SHORT and after == ":":
                letters[i : i + 2] = [":"]  # "15h:34"
                words[i : i + 2] = [words[i]]
                ends[i : i + 2] = [ends[i + 1]]
                del starts[i + 1]
            elif word in self.meaning("hour_mark") and before == after == SHORT:
                # "24h 15:34" and "24h 02/08/2019" are the name of a paper and a moment
                named = ends[i - 1] == starts[i] and ends[i] < starts[i + 1]
                if not (named and letters[i + 2 : i + 3] and letters[i + 2] in "/-.|:"):
                    letters[i] = ":"
            elif word in self.meaning("month_mark") and after == SHORT:
                letters[i : i + 2] = ["M"]
                words[i : i + 2] = [words[i + 1]]
                ends[i : i + 2] = [ends[i + 1]]
                del starts[i + 1]
            elif (
                (letters[i] == "'" or word in self.meaning("minute_mark"))
                and before == SHORT
                and letters[max(i - 2, 0) : i - 1] == [":"]
            ):
                letters[i] = MINUTE_MARK
            i += 1

    def _is_unit(self, letters: list[str], words: list[str], i: int) -> bool:
        """Whether token ``i`` is the unit of "3 giờ trước" or "cách đây 3 giờ"."""
        if not i or words[i] not in self.meaning("unit"):
            return False
        if letters[i - 1] not in NUMBERS and words[i - 1] not in self.meaning("number"):
            return False
        return letters[i + 1 : i + 2] == ["G"] or letters[max(i - 2, 0) : i - 1] == ["S"]

    def next_core(self, line: Lexed, start: int = 0) -> Core | None:
        """The first place of the shape from ``start`` on where a row fits, the longest one."""
        shape, kept, root = line.shape, line.kept, self.tree.next
        end = len(shape)
        for at in range(start, end):
            node = root.get(shape[at])
            if node is None or (at > 1 and _goes_on(line, at - 1)):
                continue
            best, past, reach = None, at + 1, at
            while node is not None:
                if node.row is not None and not (past < end and _goes_on(line, past)):
                    best, reach = node, past
                node = node.next.get(shape[past]) if past < end else None
                past += 1
            if best is not None and best.row is not None:
                last = kept[reach - 1] + 1
                while line.letters[last : last + 1] == MINUTE_MARK:
                    last += 1
                fields = {name: kept[at + place] for name, place in best.fields}
                return Core(best.row, kept[at], last, fields, at, reach)
        return None


def _goes_on(line: Lexed, place: int) -> bool:
    """Whether a mark of the shape ties two numbers: "1/02/08/2019" and "2/8/19/5" are no dates."""
    if line.shape[place] not in "/:":
        return False
    at = line.kept[place]
    tight = line.ends[at - 1] == line.starts[at] and line.ends[at] == line.starts[at + 1]
    return tight and line.letters[at] != "|"


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
        always_day_first=table.get("timestamp_order", {}).get("day_first", "always") == "always",
    )
