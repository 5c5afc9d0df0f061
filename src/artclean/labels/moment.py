"""The numbers and words of a timestamp, read strictly: a date that does not exist is none."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Final, NamedTuple

from artclean.language.timestamps import Core, Lexed, TimestampGrammar
from artclean.language.tokens import LOOSE

# No page of the web is older, and the first Vietnamese papers went on line in 1997; an earlier
# date is one of history. Cost: a scanned archive that prints its own dates gives none.
FIRST_YEAR: Final = 1990
# Two-digit years as POSIX reads them: 00-68 are of this century.
_LAST_SHORT_YEAR: Final = 68
_COLONS: Final = (":", "：", "∶")

NO_OFFSET: Final = "timestamp without an offset: the home zone holds"
NO_REFERENCE: Final = "relative time needs --reference-time"
ABOUT: Final = "relative time: the day is approximate"
DAY_OR_MONTH: Final = "timestamp read day first; the month might stand first"
WRONG_WEEKDAY: Final = "the weekday of the timestamp contradicts its date"


class Moment(NamedTuple):
    """What a row read.

    ``value`` is ISO 8601, or None where it counts from a now that nobody told. The rest tells
    a moment of the page from a moment of the story: whether it has an ``hour`` (written with a
    ``colon``), a ``zone``, a ``weekday``, a two-digit year (``short``), loose words inside
    ("ngày", "lúc": ``wordy``), or counts from now (``relative``).
    """

    core: Core
    value: str | None
    warnings: tuple[str, ...]
    hour: bool
    colon: bool
    zone: bool = False
    weekday: bool = False
    short: bool = False
    wordy: bool = False
    relative: bool = False


def read_moment(
    lexed: Lexed,
    core: Core,
    grammar: TimestampGrammar,
    reference: datetime | None = None,
) -> Moment | None:
    """The moment that a row found in a line, None where its numbers are impossible."""
    word = {name: lexed.words[at] for name, at in core.fields.items()}
    if "iso" in word:
        at = core.fields["iso"]
        return _read_iso(lexed.text[lexed.starts[at] : lexed.ends[at]], core, grammar)
    clock = _clock(word, grammar) if "HH" in word else ""
    if clock is None:
        return None
    colon = "HH" in word and lexed.words[core.fields["HH"] + 1] in _COLONS
    if "d" not in word:
        counted = _relative(word, clock, grammar, reference)
        return counted and Moment(core, *counted, bool(clock), colon, relative=True)
    day = _day(core, word, grammar) if _holds_together(lexed, core, grammar) else None
    if day is None:
        return None
    value = day.isoformat()
    warnings: tuple[str, ...] = ()
    if clock:
        offset = _offset(word.get("zone"), day, clock, grammar)
        if offset is None:
            return None
        value = f"{value}T{clock}{offset}"
        warnings = () if "zone" in word else (NO_OFFSET,)
    if "weekday" in word and grammar.meaning("weekday")[word["weekday"]] != str(day.weekday()):
        warnings = (*warnings, WRONG_WEEKDAY)
    if not grammar.always_day_first and "m" in word and day.day != day.month and day.day <= 12:
        warnings = warnings if _year_first(core) else (*warnings, DAY_OR_MONTH)
    return Moment(
        core,
        value,
        warnings,
        hour=bool(clock),
        colon=colon,
        zone="zone" in word,
        weekday="weekday" in word,
        short="yy" in word,
        wordy=LOOSE in lexed.letters[core.first : core.last],
    )


def _holds_together(lexed: Lexed, core: Core, grammar: TimestampGrammar) -> bool:
    """Whether the marks between its numbers make them one date.

    "2-8/2019" is none, nor are "tháng 11 - 12/2024" and "số 2, tháng 4/2016".
    """
    letters = lexed.letters
    at = sorted(
        core.fields[name] for name in ("d", "m", "month", "yyyy", "yy") if name in core.fields
    )
    gaps = [letters[one + 1 : two] for one, two in pairwise(at)]
    if "month" not in core.fields:
        return gaps[0] == gaps[1]
    if lexed.words[core.fields["month"]] in grammar.meaning("month"):
        return True  # a word, not a number
    between_day_and_month = gaps[0] if core.fields["d"] < core.fields["yyyy"] else gaps[-1]
    return gaps[1] not in ("/", "-") and LOOSE not in between_day_and_month


def _year_first(core: Core) -> bool:
    return "yyyy" in core.fields and core.fields["yyyy"] < core.fields["d"]


def _day(core: Core, word: Mapping[str, str], grammar: TimestampGrammar) -> date | None:
    if "yyyy" in word:
        year = int(word["yyyy"])
    elif len(word["yy"]) == 2:
        year = int(word["yy"])
        year += 2000 if year <= _LAST_SHORT_YEAR else 1900
    else:
        return None
    if year < FIRST_YEAR:
        return None
    day = int(word["d"])
    if "month" in word:
        month = int(grammar.meaning("month").get(word["month"]) or word["month"])
    else:
        month = int(word["m"])
        # Month first only where it cannot be otherwise: "08/25/2019".
        if month > 12 >= day and not _year_first(core):
            day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(word: Mapping[str, str], grammar: TimestampGrammar) -> str | None:
    """The hour as "15:34:00", None for one that no clock shows."""
    hour, minute, second = int(word["HH"]), int(word["MM"]), int(word.get("SS", 0))
    if hour > 23 or minute > 59 or second > 59 or len(word["MM"]) != 2:
        return None
    # Papers print "15:13 PM" and "18:00 CH": an hour past 12 is what it says.
    if "half" in word and hour <= 12:
        half = grammar.meaning("half").get(word["half"])
        if half == "am" and hour == 12:
            hour = 0
        elif half == "night":  # 11 giờ đêm is 23:00, 12 giờ đêm midnight, 1 giờ đêm 1:00
            hour = (hour + 12) % 24 if hour >= 8 else hour
        elif half in ("pm", "noon") and hour < (12 if half == "pm" else 10):
            hour += 12
    return f"{hour:02}:{minute:02}:{second:02}"


def _offset(zone: str | None, day: date, clock: str, grammar: TimestampGrammar) -> str | None:
    """The offset as "+07:00", None for one that no clock on earth shows."""
    if zone is None:
        return grammar.home_offset
    name = grammar.meaning("zone").get(zone)
    if name == "UTC":
        return "+00:00"
    if name == grammar.home_zone:
        return grammar.home_offset
    if name is not None:
        from dateutil import tz

        moment = datetime.fromisoformat(f"{day.isoformat()}T{clock}")
        return moment.replace(tzinfo=tz.gettz(name)).isoformat()[19:] or None
    digits = "".join(zone.split()).removeprefix("gmt").removeprefix("utc")
    sign = "-" if digits.startswith("-") else "+"
    hours, _, minutes = digits.lstrip("+-").partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    hour, minute = int(hours or 0), int(minutes or 0)
    return f"{sign}{hour:02}:{minute:02}" if hour <= 14 and minute <= 59 else None


def _read_iso(written: str, core: Core, grammar: TimestampGrammar) -> Moment | None:
    """The forms of ISO 8601 that no newspaper writes but a crawler may: "20190802T1534Z"."""
    from dateutil.parser import isoparse

    try:
        moment = isoparse(written)
        value = moment.replace(microsecond=0).isoformat()
    except ValueError:  # no such day, hour or offset
        return None
    if moment.year < FIRST_YEAR:
        return None
    home = moment.tzinfo is None
    value += grammar.home_offset if home else ""
    return Moment(core, value, (NO_OFFSET,) if home else (), hour=True, colon=True, zone=not home)


def _relative(
    word: Mapping[str, str], clock: str, grammar: TimestampGrammar, reference: datetime | None
) -> tuple[str | None, tuple[str, ...]] | None:
    """A moment that counts from ``reference``: to the minute up to hours, a day from days on.

    None for one before the web; without a reference its value is None, and a warning says so.
    """
    count = 0
    if "n" in word:
        written = grammar.meaning("number").get(word["n"], word["n"])
        if len(written) > 3:  # "2400 năm trước"
            return None
        count = int(written)
    if reference is None:
        return None, (NO_REFERENCE,)
    from dateutil.relativedelta import relativedelta

    unit = grammar.meaning("unit")[word["unit"]] if "unit" in word else "days"
    if "day" in word:  # today, yesterday
        count = -int(grammar.meaning("day")[word["day"]])
    try:
        if reference.tzinfo is not None:
            reference = reference.astimezone(home_zone(grammar))
        now = reference.replace(tzinfo=None, second=0, microsecond=0)
        then = now - relativedelta(**{unit: count})  # type: ignore[arg-type]
    except (ValueError, OverflowError):  # before the year 1, or behind the year 9999
        return None
    offset = grammar.home_offset
    if then.year < FIRST_YEAR:
        return None
    if "day" in word:
        return f"{then.date().isoformat()}T{clock}{offset}", (NO_OFFSET,)
    if "unit" in word and unit not in ("seconds", "minutes", "hours"):
        return then.date().isoformat(), (ABOUT,)
    return f"{then.replace(second=0).isoformat()}{offset}", ()


def home_zone(grammar: TimestampGrammar) -> timezone:
    """The home zone as a fixed offset."""
    sign = -1 if grammar.home_offset[0] == "-" else 1
    hours, minutes = map(int, grammar.home_offset[1:].split(":"))
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
