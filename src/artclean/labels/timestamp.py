"""When the article was published or updated: a line whose job is to say so."""

from datetime import datetime
from typing import Literal, NamedTuple

from artclean.labels.moment import Moment, read_moment
from artclean.language.timestamps import Lexed, TimestampGrammar
from artclean.language.tokens import LOOSE, MARKS, NUMBERS, OTHER_MARK

# The longest line that is read, in characters. The longest real timestamp line seen has 137,
# with a section and a teaser glued to it.
LONGEST = 160

# Marks that set a section, an author or a count off from the moment.
_APART = frozenset("-|•/([")
_WORDLESS = frozenset(MARKS + NUMBERS + OTHER_MARK)


class Stamp(NamedTuple):
    """A timestamp line, read.

    ``value`` is ISO 8601 with an offset, or a date alone where the line gives no hour, or None
    where it counts from a now that nobody told. ``before`` and ``after`` are what else stands on
    the line: a section, an author, a count. ``key`` says that a key word stood in front,
    ``strong`` that the line can hardly be part of a story wherever it stands; without it the
    position has to decide. ``second`` is the update of a line that gives both.
    """

    value: str | None
    updated: bool
    before: str
    after: str
    rule: str
    warnings: tuple[str, ...]
    key: bool
    strong: bool
    second: "Stamp | None" = None


class Key(NamedTuple):
    """A key word in front of a moment: its meaning, and the tokens it covers."""

    meaning: Literal["published", "updated", "header", "by"]
    first: int
    last: int


class Beside(NamedTuple):
    """What stands on one side of a moment: how it is set off, its text, and its words."""

    side: Literal["none", "apart", "comma", "loose", "glued", "story"]
    text: str = ""
    words: int = 0


_NOTHING = Beside("none")
_STORY = Beside("story")


def find_timestamp(
    text: str, grammar: TimestampGrammar, reference: datetime | None = None
) -> Stamp | None:
    """The moment that a line gives for the article, or None for any other line.

    ``reference`` is the now of relative times; a naive one is in the home zone.
    """
    if len(text) > LONGEST or not _may_hold_one(text, grammar):
        return None
    lexed = grammar.lex(text)
    moments = _moments(text, lexed, grammar, reference)
    if len(moments) == 2 and (pair := _both(text, lexed, moments[0], moments[1], grammar)):
        return pair
    if len(moments) > 1:
        # "Bản tin ngày 31/01/2026 (31/01/2026, 07:27)": one of them has an hour. Two hours
        # without a key word are an event, from and to.
        moments = [moment for moment in moments if moment.hour]
    return _stamp(text, lexed, moments[0], grammar) if len(moments) == 1 else None


def _may_hold_one(text: str, grammar: TimestampGrammar) -> bool:
    """The gate in front of all work: nine of ten short lines end here."""
    if grammar.gate.search(text):
        return True
    return len(text) <= 30 and grammar.now_words.search(text.casefold()) is not None


def _moments(
    text: str, lexed: Lexed, grammar: TimestampGrammar, reference: datetime | None
) -> list[Moment]:
    """Every possible moment of a line, from left to right."""
    moments: list[Moment] = []
    start = 0
    while core := grammar.next_core(lexed, start):
        moment = read_moment(text, lexed, core, grammar, reference)
        if moment is None:
            start = core.at + 1
        else:
            moments.append(moment)
            start = core.past
    return moments


def _both(
    text: str, lexed: Lexed, one: Moment, two: Moment, grammar: TimestampGrammar
) -> Stamp | None:
    """ "Đăng lúc … | Cập nhật …": the moments of a line whose second has its own key word."""
    key = _key(lexed, one.core.last, two.core.first, grammar)
    if key is None:
        return None
    first = _stamp(text, lexed, one, grammar, stop=key.first)
    second = _stamp(text, lexed, two, grammar, begin=one.core.last)
    if first is None or second is None or first.updated == second.updated:
        return None
    if first.updated:
        first, second = second, first
    return first._replace(before=first.before or second.before, strong=True, second=second)


def _stamp(
    text: str,
    lexed: Lexed,
    moment: Moment,
    grammar: TimestampGrammar,
    begin: int = 0,
    stop: int | None = None,
) -> Stamp | None:
    """The moment as a stamp, if what stands beside it is not a story.

    ``begin`` and ``stop`` are the tokens of the line that belong to this moment.
    """
    core = moment.core
    stop = len(lexed.letters) if stop is None else stop
    key = _key(lexed, begin, core.first, grammar)
    before = _before(text, lexed, begin, core.first if key is None else key.first, grammar)
    after = _after(text, lexed, core.last, stop, grammar)
    if key and key.meaning == "by":
        author = _before(text, lexed, key.last, core.first, grammar, named=True)
        if before.side != "none" or author.words > 8:
            return None
        before = author
    strong = _keyed(text, lexed, moment, key, before, after) if key else None
    if strong is None:
        key = None
        before = _before(text, lexed, begin, core.first, grammar)
        strong = _alone(moment, before, after)
    if strong is None and moment.hour and _in_brackets(lexed, moment):
        before, after, strong = _everything(text, lexed, begin, core.first), _NOTHING, False
    if strong is None:
        return None
    return Stamp(
        value=moment.value,
        updated=key is not None and key.meaning == "updated",
        before=before.text,
        after=after.text,
        rule=core.row.name,
        warnings=moment.warnings,
        key=key is not None,
        strong=strong,
    )


# ---------------------------------------------------------------- is it the page or the story?


def _keyed(
    text: str, lexed: Lexed, moment: Moment, key: Key, before: Beside, after: Beside
) -> bool | None:
    """Whether a moment behind a key word is the page's: strongly, weakly, or not (None)."""
    if after.side in ("story", "glued") or after.words > 12:
        return None
    if key.meaning == "header":
        # "Thời gian: 19h30 ngày 12/10/2019" invites to an event; crawlers write 19:30 12/10/2019.
        if before.side != "none" or after.side != "none" or (moment.hour and not moment.colon):
            return None
        return moment.hour and not moment.wordy
    if key.meaning == "by":
        return True
    capital = text[lexed.starts[key.first]].isupper()
    if before.side in ("story", "comma") or (before.side == "loose" and not capital):
        return None  # "số liệu cập nhật lúc 18:00 ngày 12/3/2020"
    return True


def _alone(moment: Moment, before: Beside, after: Beside) -> bool | None:
    """Whether a moment without a key word is the page's: strongly, weakly, or not (None)."""
    if "story" in (before.side, after.side):
        return None
    bare = before.side == after.side == "none"
    if moment.relative:
        return _relative_alone(moment, before, after)
    if not moment.hour:
        return _date_alone(moment, before, after, bare)
    if moment.zone or moment.weekday:
        if before.words > 14 or after.words > 14:
            return None
        return bool(moment.zone or moment.colon) and after.side not in ("comma", "glued")
    if before.side == "loose" and (before.words > 4 or not moment.colon):
        return None  # "Hiện trường vụ cháy 15h30 2/8/2019"
    if after.side in ("comma", "loose") and (after.words > 6 or not moment.colon):
        return None  # "20h00 12/12/2019, sân Mỹ Đình"
    if after.side == "comma" and before.side != "none":
        return None
    if before.words > 14 or after.words > 14 or after.side == "glued":
        return None
    return bare


def _date_alone(moment: Moment, before: Beside, after: Beside, bare: bool) -> bool | None:
    if moment.short and not moment.weekday:
        return None
    if bare:
        return False
    if after.side == "glued":  # a list of teasers, glued: "Sự kiện - 03/10/2021Các vị trí…"
        return False if before.side == "apart" else None
    if after.words > 8 or after.side in ("comma", "loose"):
        return None
    if after.side == "apart" and before.side not in ("none", "apart"):
        return None
    if before.side == "comma":
        # "RFA, 23/05/2022" and "Trân Văn, VOA, 23/01/2021" are; "Hà Nội, ngày 12 tháng 3 năm
        # 2020" heads a letter.
        return False if before.words <= 6 and not moment.wordy and _names(before.text) else None
    if before.side == "loose":
        return False if moment.weekday and before.words <= 4 else None
    return False if before.words <= 10 else None


def _relative_alone(moment: Moment, before: Beside, after: Beside) -> bool | None:
    if moment.hour and not moment.colon:  # "20h00 hôm nay" opens a fixture
        return None
    if before.side == "comma" or after.side in ("comma", "glued"):
        return None
    if before.side == "loose" and not (before.words <= 4 and _names(before.text)):
        return None
    return False if before.words + after.words <= 14 else None


def _names(text: str) -> bool:
    """Whether every word of a text begins with a capital or is none."""
    return all(not word[0].islower() for word in text.split())


def _in_brackets(lexed: Lexed, moment: Moment) -> bool:
    """Whether the moment alone stands in brackets that end the line."""
    shape, core = lexed.letters, moment.core
    return shape[core.first - 1 : core.first] == "(" and shape[core.last :].rstrip(".") == ")"


# ---------------------------------------------------------------- what stands beside it


def _key(lexed: Lexed, begin: int, end: int, grammar: TimestampGrammar) -> Key | None:
    """The key word right in front of ``end``, with only marks and loose words between."""
    shape = lexed.letters
    at = end - 1
    while at >= begin and (shape[at] in MARKS or shape[at] == LOOSE):
        if lexed.words[at] in grammar.meaning("header") and shape[at + 1 : at + 2] == ":":
            break
        at -= 1
    if at < begin:
        at = begin - 1
    elif lexed.words[at] in grammar.meaning("published"):
        return Key("published", at, at + 1)
    elif lexed.words[at] in grammar.meaning("updated"):
        return Key("updated", at, at + 1)
    elif lexed.words[at] in grammar.meaning("header") and shape[at + 1 : at + 2] == ":":
        return Key("header", at, at + 1)
    first = begin
    while first < end and shape[first] in _WORDLESS:
        first += 1
    if first < at and lexed.words[first] in grammar.meaning("by") and at < end - 1:
        return Key("by", first, first + 1)
    return None


def _everything(text: str, lexed: Lexed, begin: int, end: int) -> Beside:
    return Beside("apart", text[lexed.starts[begin] : lexed.ends[end - 2]].strip())


def _before(
    text: str, lexed: Lexed, begin: int, end: int, grammar: TimestampGrammar, named: bool = False
) -> Beside:
    """What stands in front of token ``end``; ``named``: behind a key such as "đăng bởi"."""
    shape = lexed.letters
    last = end
    while last > begin and (
        (shape[last - 1] in MARKS and shape[last - 1] not in ")]\"'")
        or shape[last - 1] == LOOSE
        or shape[last - 1] == OTHER_MARK
    ):
        last -= 1
    words = sum(letter not in _WORDLESS for letter in shape[begin:last])
    if not words:
        return _STORY if any(letter in NUMBERS for letter in shape[begin:last]) else _NOTHING
    gap = frozenset(shape[last:end])
    first = begin
    while first < last and shape[first] in MARKS and shape[first] not in "([\"'":
        first += 1
    beside = text[lexed.starts[first] : lexed.ends[last - 1]]
    apart = not gap.isdisjoint(_APART) or shape[last - 1] in ")]"
    if named:
        return Beside("apart", beside.lstrip(": "), words)
    if ":" in gap or OTHER_MARK in gap or (not apart and LOOSE in gap):
        return _STORY
    if lexed.words[last - 1] in grammar.meaning("story") and not apart:
        return _STORY
    return Beside("apart" if apart else "comma" if "," in gap else "loose", beside, words)


def _after(text: str, lexed: Lexed, start: int, stop: int, grammar: TimestampGrammar) -> Beside:
    """What stands behind a moment, up to token ``stop``."""
    shape = lexed.letters
    first = start
    while first < stop and (shape[first] in MARKS or shape[first] == OTHER_MARK):
        first += 1
    if first == stop:
        return _NOTHING
    gap = frozenset(shape[start:first])
    last = stop
    while last > first and shape[last - 1] in "-|•/,:":
        last -= 1
    begin = first
    while begin > start and shape[begin - 1] in "([\"'":
        begin -= 1
    beside = text[lexed.starts[begin] : lexed.ends[last - 1]]
    words = sum(letter not in _WORDLESS for letter in shape[first:last])
    apart = not gap.isdisjoint(_APART)
    if ":" in gap or ("." in gap and words):
        return _STORY
    side: Literal["apart", "comma", "loose"] = (
        "apart" if apart else "comma" if "," in gap else "loose"
    )
    if shape[first] in NUMBERS:
        # A count may follow ("12 bình luận", "0"), an hour, a score or a second date may not.
        rest = shape[first + 1 : first + 3]
        if len(rest) == 2 and rest[0] in ":/-" and rest[1] in NUMBERS:
            return _STORY
        return Beside(side, beside, words)
    letter = text[lexed.starts[first]]
    if letter.islower() and lexed.words[first] not in grammar.meaning("count"):
        return Beside("apart", beside, words) if gap & {"|", "(", "["} else _STORY
    if not gap and lexed.starts[first] == lexed.ends[start - 1]:
        return Beside("glued", beside, words)
    return Beside(side, beside, words)
