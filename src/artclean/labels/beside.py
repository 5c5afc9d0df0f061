"""What stands beside a moment on its line: a key word, a section, an author, or a story."""

from typing import Final, Literal, NamedTuple

from artclean.language.timestamps import Lexed, TimestampGrammar
from artclean.language.tokens import LOOSE, MARKS, NUMBERS, OTHER_MARK

# Marks that set a section, an author or a count off from a moment.
_APART: Final = frozenset("-|•/>([")
_WORDLESS: Final = frozenset(MARKS + NUMBERS + OTHER_MARK)
_GAP: Final = frozenset(MARKS + OTHER_MARK + LOOSE)
# These close what they belong to, so they are no gap behind it: "Quỳnh Chi (T/h)-Thứ năm".
_CLOSING: Final = frozenset(")]\"'")


class Key(NamedTuple):
    """A key word in front of a moment: its meaning, and its token."""

    meaning: Literal["published", "updated", "header", "by"]
    at: int


class Beside(NamedTuple):
    """What stands on one side of a moment, how it is set off, and how many words it has.

    "count" is a number of readers or comments; "glued" has no space between, as where a list of
    teasers has lost its markup; "story" is a sentence that the moment belongs to. ``names``:
    every word begins with a capital, as in names and titles of sections; ``source``: a word for
    "according to" stands among them.
    """

    side: Literal["none", "apart", "comma", "loose", "count", "glued", "story"]
    text: str = ""
    words: int = 0
    marks: frozenset[str] = frozenset()
    names: bool = False
    source: bool = False


NOTHING: Final = Beside("none")
STORY: Final = Beside("story")


def find_key(line: Lexed, begin: int, end: int, grammar: TimestampGrammar) -> Key | None:
    """The key word in front of token ``end``, with only marks and loose words between.

    A name may stand between "đăng bởi" and the moment.
    """
    letters, words = line.letters, line.words
    start = begin
    while start < end and letters[start] in MARKS:
        start += 1
    at = end - 1
    while at >= begin and letters[at] in _GAP:
        # "Ngày: 02/08/2019", of a crawler; in "Cập nhật ngày: 02/08/2019" the key comes yet
        if at == start and words[at] in grammar.meaning("header") and letters[at + 1] == ":":
            return Key("header", at)
        at -= 1
    if at >= begin:
        if words[at] in grammar.meaning("published"):
            return Key("published", at)
        if words[at] in grammar.meaning("updated"):
            return Key("updated", at)
        if at == start and words[at] in grammar.meaning("header") and letters[at + 1] == ":":
            return Key("header", at)
    if start < at and words[start] in grammar.meaning("by"):
        return Key("by", start)
    return None


def before_moment(line: Lexed, begin: int, end: int, grammar: TimestampGrammar) -> Beside:
    """What stands in front of token ``end``, from token ``begin`` on."""
    letters = line.letters
    last = end
    while last > begin and letters[last - 1] in _GAP and letters[last - 1] not in _CLOSING:
        last -= 1
    words = _count(letters[begin:last])
    if not words:
        return NOTHING if _NUMBER.isdisjoint(letters[begin:last]) else STORY
    first = begin
    while first < last and letters[first] in MARKS and letters[first] not in "([\"'":
        first += 1
    text = line.text[line.starts[first] : line.ends[last - 1]]
    marks = frozenset(letters[last:end])
    names = not any(word[0].islower() for word in text.split())
    source = any(word in grammar.meaning("source") for word in line.words[begin:last])
    bracket = letters[last - 1] in ")]" and marks.isdisjoint((LOOSE, ","))
    if bracket or not marks.isdisjoint(_APART):
        return Beside("apart", text, words, marks, names, source) if ":" not in marks else STORY
    # "Khởi chiếu: 12/10/2019", "… vào ngày 12/10/2019", "… từ 12/10/2019"
    if ":" in marks or OTHER_MARK in marks or LOOSE in marks:
        return STORY
    if line.words[last - 1] in grammar.meaning("story"):
        return STORY
    return Beside("comma" if "," in marks else "loose", text, words, marks, names, source)


def author_between(line: Lexed, key: Key, end: int) -> Beside:
    """Who stands between "đăng bởi" and the moment."""
    first, last = key.at + 1, end
    while last > first and line.letters[last - 1] in _GAP:
        last -= 1
    while first < last and line.letters[first] in MARKS:
        first += 1
    if first == last:
        return STORY
    text = line.text[line.starts[first] : line.ends[last - 1]]
    return Beside("apart", text, _count(line.letters[first:last]))


def after_moment(line: Lexed, begin: int, end: int, grammar: TimestampGrammar) -> Beside:
    """What stands behind a moment, from token ``begin`` up to token ``end``."""
    letters = line.letters
    first = begin
    while first < end and (letters[first] in MARKS or letters[first] == OTHER_MARK):
        first += 1
    if first == end:
        return NOTHING
    marks = frozenset(letters[begin:first])
    if ":" in marks or "." in marks:
        return STORY
    last = end
    while last > first and letters[last - 1] in "-|•/>,:":
        last -= 1
    if line.words[first] in grammar.meaning("by"):  # "… bởi Nguyễn An"
        text = line.text[line.ends[first] : line.ends[last - 1]].strip(" :")
        return Beside("apart", text, _count(letters[first + 1 : last]), marks)
    while first > begin and letters[first - 1] in "([\"'":
        first -= 1
    text = line.text[line.starts[first] : line.ends[last - 1]]
    words = _count(letters[first:last])
    while letters[first] in MARKS:
        first += 1
    side: Literal["apart", "comma", "loose"] = "loose"
    if not marks.isdisjoint(_APART):
        side = "apart"
    elif "," in marks:
        side = "comma"
    counts = grammar.meaning("count")
    if letters[first] in NUMBERS:
        # A count may follow ("12 bình luận", "0"); an hour, a score, a second date may not.
        goes_on = letters[first + 1 : first + 2] in (":", "/", "-")
        if goes_on and letters[first + 2 : first + 3] in NUMBERS:
            return STORY
        if any(word in counts for word in line.words[first + 1 : first + 4]):
            return Beside("count", text, words, marks)
    elif line.words[first] in counts:
        return Beside("count", text, words, marks)
    elif line.text[line.starts[first]].islower():
        return Beside("apart", text, words, marks) if marks & {"|", "(", "["} else STORY
    elif not marks and line.starts[first] == line.ends[begin - 1]:
        return Beside("glued", text, words)
    return Beside(side, text, words, marks)


_NUMBER: Final = frozenset(NUMBERS)


def _count(letters: str) -> int:
    """How many words stand among some tokens."""
    return sum(letter not in _WORDLESS for letter in letters)
