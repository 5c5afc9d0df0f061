"""When the article was published or updated: a line whose job is to say so.

`language.timestamps` finds the moment in a line, `labels.moment` reads it, `labels.beside` what
stands around it. Here it is decided whether the line speaks of the page or tells a story.
"""

from datetime import datetime
from typing import Final, NamedTuple

from artclean.labels.beside import (
    NOTHING,
    Beside,
    Key,
    after_moment,
    author_between,
    before_moment,
    find_key,
)
from artclean.labels.moment import Moment, read_moment
from artclean.language.timestamps import Lexed, TimestampGrammar
from artclean.language.tokens import LOOSE, MARKS

# The longest line that is read, in characters. The longest real timestamp line seen has 137,
# with a section and a teaser glued to it.
LONGEST: Final = 160
# The longest line without a digit that is read: "Khoảng một giờ trước".
LONGEST_WITHOUT_DIGIT: Final = 30
# What stands beside a moment of the page is a section, a name, a count, never more words.
MANY_WORDS: Final = 14


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


def may_hold_moment(text: str, grammar: TimestampGrammar) -> bool:
    """Whether a closer look at a line can find a moment in it."""
    if len(text) > LONGEST:
        return False
    if grammar.gate.search(text):
        return True
    if len(text) > LONGEST_WITHOUT_DIGIT:
        return False
    folded = text.casefold()
    return any(word in folded for word in grammar.now_words)


def find_timestamp(
    text: str, grammar: TimestampGrammar, reference: datetime | None = None
) -> Stamp | None:
    """The moment that a line gives for the article, or None for any other line.

    ``reference`` is the now of relative times; a naive one is in the home zone.
    """
    return read_timestamp(text, grammar, reference) if may_hold_moment(text, grammar) else None


def read_timestamp(
    text: str, grammar: TimestampGrammar, reference: datetime | None = None
) -> Stamp | None:
    """`find_timestamp` for a line that `may_hold_moment`."""
    line = grammar.lex(text)
    moments = _moments(line, grammar, reference)
    if len(moments) > 1:
        # "August 2, 2019 / 3:34 PM / 2 years ago"
        moments = [moment for moment in moments if not moment.relative] or moments
    if len(moments) == 2 and (both := _both(line, moments[0], moments[1], grammar)):
        return both
    if len(moments) > 1:
        # "Bản tin ngày 31/01/2026 (31/01/2026, 07:27)": one of them has an hour. Two hours
        # without a key word are an event, from and to.
        moments = [moment for moment in moments if moment.hour]
    return _stamp(line, moments[0], grammar) if len(moments) == 1 else None


def _moments(line: Lexed, grammar: TimestampGrammar, reference: datetime | None) -> list[Moment]:
    """Every possible moment of a line, from left to right."""
    moments: list[Moment] = []
    start = 0
    while core := grammar.next_core(line, start):
        moment = read_moment(line, core, grammar, reference)
        if moment is None:
            start = core.at + 1
        else:
            moments.append(moment)
            start = core.past
    return moments


def _both(line: Lexed, one: Moment, two: Moment, grammar: TimestampGrammar) -> Stamp | None:
    """The moments of "Đăng lúc … | Cập nhật …", where the second has a key word of its own."""
    key = find_key(line, one.core.last, two.core.first, grammar)
    if key is None:
        return None
    first = _stamp(line, one, grammar, stop=key.at)
    second = _stamp(line, two, grammar, begin=one.core.last)
    if first is None or second is None or first.updated == second.updated:
        return None
    if first.updated:
        first, second = second, first
    return first._replace(before=first.before or second.before, strong=True, second=second)


def _stamp(
    line: Lexed, moment: Moment, grammar: TimestampGrammar, begin: int = 0, stop: int | None = None
) -> Stamp | None:
    """The moment as a stamp, if it is the page's.

    ``begin`` and ``stop`` bound the tokens of the line that belong to this moment.
    """
    core = moment.core
    after = after_moment(line, core.last, len(line.words) if stop is None else stop, grammar)
    key = find_key(line, begin, core.first, grammar)
    strong: bool | None = None
    if key is not None:
        before = before_moment(line, begin, key.at, grammar)
        if key.meaning == "by":
            before = author_between(line, key, core.first) if before == NOTHING else before
        strong = _with_key(line, moment, key, before, after)
    if strong is None:
        key = None
        before = before_moment(line, begin, core.first, grammar)
        strong = _without_key(line, moment, before, after)
    if strong is None and moment.hour and _closes_in_brackets(line, moment):
        # "Thông cáo của hội đồng ngày 31/01/2026. (31/01/2026, 07:27)": a list on a portal
        text = line.text[: line.starts[core.first - 1]].strip()
        before, after, strong = Beside("apart", text), NOTHING, False
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


# Each of these says True for a moment of the page wherever it stands, False for one that the
# position must confirm, None for a story. Cost, on the whole: a line that a paper prints in an
# unusual way stays text. It is the better side to be wrong on.


def _with_key(line: Lexed, moment: Moment, key: Key, before: Beside, after: Beside) -> bool | None:
    if after.side in ("story", "glued") or after.words > MANY_WORDS:
        return None
    if key.meaning == "header":
        # "Thời gian: 19h30 ngày 12/10/2019" invites to an event; crawlers write 19:30 12/10/2019.
        if before != NOTHING or after != NOTHING or (moment.hour and not moment.colon):
            return None
        return moment.hour and not moment.wordy
    if key.meaning == "by":
        return None if before.side != "apart" or before.words > 8 else True
    if before == NOTHING:
        return True
    # "số liệu cập nhật lúc 18:00 ngày 12/3/2020", "dân số (cập nhật 12/3/2020)"
    capital = line.text[line.starts[key.at]].isupper()
    if not capital and before.marks.isdisjoint("-|•"):
        return None
    return None if before.side == "story" or before.words > MANY_WORDS else True


def _without_key(line: Lexed, moment: Moment, before: Beside, after: Beside) -> bool | None:
    if "story" in (before.side, after.side) or line.letters.endswith(","):
        return None
    if before.words > MANY_WORDS and after.side != "glued":
        return None
    if after.words > MANY_WORDS:
        return None
    if moment.relative:
        return _relative(line, moment, before, after)
    if not moment.hour:
        return _date_alone(line, moment, before, after)
    if moment.zone or moment.weekday:
        return (moment.zone or moment.colon) and after.side not in ("comma", "glued")
    return _date_and_hour(line, moment, before, after)


def _date_and_hour(line: Lexed, moment: Moment, before: Beside, after: Beside) -> bool | None:
    # "Hiện trường vụ cháy 15h30 2/8/2019"; but "Lê An, Theo Trí Thức Trẻ 15:34 02/08/2019"
    most = 8 if before.names or before.source else 4
    if before.side == "loose" and not (moment.colon and before.words <= most):
        return None
    # "20h00 12/12/2019, sân Mỹ Đình"
    if after.side in ("comma", "loose") and not (after.words <= 6 and moment.colon):
        return None
    if (after.side == "glued" and after.words > 6) or (after.side == "comma" and before != NOTHING):
        return None
    return before == after == NOTHING and not _begins_small(line)


def _date_alone(line: Lexed, moment: Moment, before: Beside, after: Beside) -> bool | None:
    if moment.short and not moment.weekday:
        return None  # "12.3.19"
    if before == NOTHING and (_begins_small(line) or line.letters.endswith(".")):
        return None  # "ngày 02/08/2019." ends a sentence of the line above
    if after.side == "glued":  # a list of teasers, glued: "Sự kiện - 03/10/2021Các vị trí…"
        return False if before.side == "apart" else None
    if after.side in ("comma", "loose") or before.words > 10:
        return None
    # "02/08/2019 - Ảnh: Lê An" is a caption; a section has fewer words than a teaser
    if after.side == "apart" and (
        ":" in after.text or after.words > (8 if "|" in after.marks else 5)
    ):
        return None
    if before.side == "comma":
        # "RFA, 23/05/2022" and "Trân Văn, VOA, 23/01/2021" are; "Paris, ngày 12 tháng 3 năm 2020"
        # heads a letter, "Ảnh: Lê An, 12/3/2020" is a credit.
        name = before.words <= 6 and before.names and (before.source or ":" not in before.text)
        return False if name and not moment.wordy and after == NOTHING else None
    if before.side == "loose":
        paper = moment.weekday or (before.source and before.names)
        return False if paper and before.words <= 4 and after == NOTHING else None
    if "(" in before.marks and before.marks.isdisjoint("-|•/>") and not before.source:
        return None  # "Lê An (12/3/1999)", "Giá vàng hôm nay (12/3/2024)"
    return False


def _relative(line: Lexed, moment: Moment, before: Beside, after: Beside) -> bool | None:
    if moment.hour and not moment.colon:  # "20h00 hôm nay" announces a match
        return None
    if before.side == "comma" or after.side in ("comma", "glued"):
        return None
    if before.side == "loose" and not (before.words <= 4 and before.names):
        return None  # "chuyện của ba năm trước"
    return None if line.letters.endswith(".") else False


def _begins_small(line: Lexed) -> bool:
    """Whether a line begins with a loose word in small letters: "ngày 2/8/2019", "lúc 15:34"."""
    first = next((i for i, letter in enumerate(line.letters) if letter not in MARKS), 0)
    return line.letters[first] == LOOSE and line.text[line.starts[first]].islower()


def _closes_in_brackets(line: Lexed, moment: Moment) -> bool:
    """Whether the moment stands alone in brackets that end the line."""
    before = line.letters[: moment.core.first]
    return before[:-1] != "" and before[-1] == "(" and line.letters[moment.core.last :] == ")"
