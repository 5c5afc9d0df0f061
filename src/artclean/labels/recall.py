"""Timestamps of one layout, read in full once and by their numbers from then on.

A paper prints thousands of lines that differ in their digits only. The first is read in full;
what it taught (where the numbers stand, what the words around them mean) is kept under the line
with its digits masked. The answer is that of `find_timestamp`, which a law of the test suite
holds; what does not fit the lesson is read in full.
"""

import re
from datetime import date, datetime
from typing import Final, NamedTuple

from artclean.labels.moment import FIRST_YEAR, WRONG_WEEKDAY
from artclean.labels.timestamp import Stamp, find_timestamp, may_hold_moment, read_timestamp
from artclean.language.timestamps import TimestampGrammar

# The two clusters of digits that are masked; all other digits are part of the layout
# ("Thứ 6", "GMT+7"). A colon or a slash behind them would make them something else. What must not
# stand in front is asked behind the first digit: so the search goes from digit to digit.
_DATE: Final = re.compile(
    r"([0-9](?<![0-9/.:-].)[0-9]?)([/-])([0-9][0-9]?)\2((?:19|20)[0-9][0-9])(?![0-9/:-])"
)
_CLOCK: Final = re.compile(
    r"([0-9](?<![0-9/.:-].)[0-9]?):([0-9][0-9])(?::([0-9][0-9]))?(?![0-9/:])"
)
# Layouts kept at a time; a corpus of twenty papers has some two hundred.
MOST_LAYOUTS: Final = 1024


class Lesson(NamedTuple):
    """What one line taught about its layout.

    ``offset`` closes the moment ("+07:00"), empty for a date alone; ``weekday`` is the one that
    the line names, Monday 0; ``stamp`` is all that does not hang on the numbers.
    """

    stamp: Stamp
    offset: str
    weekday: int | None


def recall_timestamp(
    text: str, grammar: TimestampGrammar, reference: datetime | None = None
) -> Stamp | None:
    """`find_timestamp`, faster for a layout that was read before."""
    if not may_hold_moment(text, grammar):
        return None
    if not grammar.always_day_first or (day := _DATE.search(text)) is None:
        return read_timestamp(text, grammar, reference)
    clock = _CLOCK.search(text) if ":" in text else None
    layout = _layout(text, day, clock)
    lessons = grammar.lessons
    lesson = lessons.get(layout)
    if lesson is not None:
        stamp = _apply(lesson, day, clock)
        if stamp is not None:
            return stamp
    stamp = read_timestamp(text, grammar, reference)
    if lesson is None and stamp is not None:
        if len(lessons) >= MOST_LAYOUTS:
            lessons.clear()
        if learned := _learn(text, stamp, day, clock, grammar):
            lessons[layout] = learned
    return stamp


def _layout(text: str, day: re.Match[str], clock: re.Match[str] | None) -> str:
    """The line with the lengths of its numbers in their place."""
    start, end = day.span()
    mask = f"\0{len(day[1])}{len(day[3])}\0"
    if clock is None:
        return f"{text[:start]}{mask}{text[end:]}"
    first, last = clock.span()
    hour = f"\1{len(clock[1])}{'s' if clock[3] else ''}\1"
    if first < start:
        return f"{text[:first]}{hour}{text[last:start]}{mask}{text[end:]}"
    return f"{text[:start]}{mask}{text[end:first]}{hour}{text[last:]}"


def _moment(
    day: re.Match[str], clock: re.Match[str] | None, offset: str
) -> tuple[str, date] | None:
    """The numbers as ISO 8601 and as a date, ``None`` where they are impossible."""
    number, _, month, year = day.groups()
    value = f"{year}-{month.zfill(2)}-{number.zfill(2)}"
    try:
        then = date.fromisoformat(value)
    except ValueError:
        return None
    if then.year < FIRST_YEAR:
        return None
    if clock is None or not offset:
        return value, then
    hour, minute, second = clock.groups()
    hour, second = hour.zfill(2), second or "00"
    if hour > "23" or minute > "59" or second > "59":
        return None
    return f"{value}T{hour}:{minute}:{second}{offset}", then


def _learn(
    text: str,
    stamp: Stamp,
    day: re.Match[str],
    clock: re.Match[str] | None,
    grammar: TimestampGrammar,
) -> Lesson | None:
    """The lesson of a line, if its moment is made of nothing but the masked numbers."""
    if stamp.value is None or stamp.second is not None or WRONG_WEEKDAY in stamp.warnings:
        return None
    if any(char.isdigit() for char in f"{stamp.before}{stamp.after}"):
        return None
    offset = stamp.value[19:] if "T" in stamp.value else ""
    made = _moment(day, clock, offset)
    if made is None or made[0] != stamp.value or bool(offset) != (clock is not None):
        return None
    # Does the line name a weekday, or the half of the day that an hour is in? The same line with
    # other numbers tells.
    number = int(day[1])
    other = f"{number + (1 if number in (1, 10) else -1):0{len(day[1])}}"
    named = False
    for hour in ("04", "12") if clock and len(clock[1]) == 2 else ("4",):
        changed = _with(text, day.span(1), other, clock.span(1) if clock else None, hour)
        probe = find_timestamp(changed, grammar)
        if probe is None or probe.value is None:
            return None
        if clock and probe.value[11:13] != hour.zfill(2):
            return None
        named = WRONG_WEEKDAY in probe.warnings
    return Lesson(stamp, offset, made[1].weekday() if named else None)


def _with(
    text: str, day: tuple[int, int], number: str, clock: tuple[int, int] | None, hour: str
) -> str:
    """The line with another day and another hour."""
    changes = [(day, number)] if clock is None else sorted([(day, number), (clock, hour)])
    for (start, end), digits in reversed(changes):
        text = f"{text[:start]}{digits}{text[end:]}"
    return text


def _apply(lesson: Lesson, day: re.Match[str], clock: re.Match[str] | None) -> Stamp | None:
    stamp, offset, weekday = lesson
    made = _moment(day, clock, offset)
    if made is None:
        return None
    value, then = made
    _, updated, before, after, rule, warnings, key, strong, second = stamp
    if weekday is not None and then.weekday() != weekday:
        warnings = (*warnings, WRONG_WEEKDAY)
    return Stamp(value, updated, before, after, rule, warnings, key, strong, second)
