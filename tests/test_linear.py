"""No text makes the program slow: every pattern and the whole way through grow with the text.

Twice the text may take at most 2.3 times as long. Lengths are compared over a fourfold step and
more, so that the ticks of a clock do not count; the least of three runs is taken where a first one
looks bad. ``python tests/patterns.py`` prints the patterns.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

import lint_patterns
import patterns
import pytest
from clock import TRIES, outgrows, seconds
from hostile import DOCUMENTS
from patterns import Pattern, Site

from artclean import clean, explain, tidy, to_json
from artclean.labels import label
from artclean.render.tidy import UNSETTLED

# What a run of text may consist of: white space, marks, digits, letters with and without marks,
# and the words that patterns wait for.
PUMPS = (
    *("a", "A", "ả", "Aa ", "a ", "a.", "A.", "T.H", "a-", "a'", "_", "1", "1 ", "1/", "1:", "1.", "1-"),
    *(" ", "\t", "\n", "\r", "\xa0", ". ", ".", ",", ", ", "- ", "-", " – ", ";", ":", "a:", "|", " | ", "/"),
    *("(", ")", "()", "(a) ", "[", "]", "[a]", "<", ">", "*", "#", '"', "“", "!", "?", "@", "a@", "&", "&#", "%3"),
    *("`", "~", "\\", "\u0301", "e\u0301", "\u200b", "\ud800", "Ã\xa0", "á»‡", "C¸c ", "02/08/2019 ", "3 giờ "),
    *("Ảnh: ", "ảnh", "theo ", "Theo ", "Bài ", "và ", "ảnh, ", "do a ", "Luật sư ", "PGS.TS ", "http://", "phóng sự ảnh "),
)  # fmt: skip
# What lets some patterns in, and what makes them turn back at the end.
STARTS = (
    "",
    "a",
    "(",
    "[",
    "![a](",
    "***",
    "- ",
    "1",
    "Bài",
    "Bài, ảnh",
    "Theo",
    "Luật sư",
    "do a",
)
# \x01 ends nothing that a pattern waits for.
END = "\x01"
EVERYDAY = (" ", "a", "1", ".", "- ", "(", "Ảnh: ", "theo ", "\xa0", "e\u0301", "&", "Aa ")

# A step that takes less than this is too short to be compared, in seconds.
TICK = 0.002
# Four times the text: twice 2.3 times as long. At the last steps it is memory that counts: a hundred
# bytes a character, touched for the first time, in which the engine notes where it may turn back.
STEP, MOST, MOST_AT_LAST = 4, 2.3**2, 16
LONGEST = 1_000_000
# How many pumps of a pattern go on to that length: the ones that cost most a character.
SLOWEST = 3


# These look for all matches, one behind the other; what they make of them is not our matter.
LIKE_SUB = dict.fromkeys(("subn", "split", "findall", "finditer"), "sub")


class Use(NamedTuple):
    """A pattern as the program uses it."""

    site: Site
    pattern: Pattern
    method: str

    def __str__(self) -> str:
        return f"{self.site}.{self.method}"

    @staticmethod
    def of(site: Site, pattern: Pattern) -> "Iterator[Use]":
        """One use for each way of going through a text."""
        for method in dict.fromkeys(LIKE_SUB.get(method, method) for method in site.methods):
            yield Use(site, pattern, method)

    def runner(self) -> Callable[[str], object]:
        """A function that uses the pattern on a text."""
        compiled = import_module(self.pattern.engine).compile(
            self.pattern.source, self.pattern.flags
        )
        used: Callable[..., Any] = getattr(compiled, self.method)
        is_bytes = isinstance(self.pattern.source, bytes)
        empty: str | bytes = b"" if is_bytes else ""

        def run(text: str) -> None:
            given = text.encode("utf-8", "surrogatepass") if is_bytes else text
            if self.method == "sub":
                used(empty, given)
            else:
                used(given)

        return run


# Not failures: the lexer is given a text without blanks at its end, so each run of blanks has a
# token behind it, and is looked at once.
EXEMPT = {"language/tokens.py:_LEXER"}
# Linear, but not within the limit: how many times as long they may take. A receipt for each
# character or each line; lines that are all read in full, by every reader there is.
DEAR = {
    **dict.fromkeys(("no-break space", "a&nbsp;b ", "decomposed"), 2.5),
    **dict.fromkeys(("dates", "roles", "roles and letters", "parts of a series"), 2.5),
    "layouts of dates": 5.0,
}

# Some five minutes; the tests that always run see growth at a smaller size.
IN_FULL = os.environ.get("ARTCLEAN_LINEAR") == "full"
_in_full = pytest.mark.skipif(not IN_FULL, reason="ARTCLEAN_LINEAR=full takes five minutes")


def in_full(test: Callable[..., None]) -> Callable[..., None]:
    """Marks a test that runs at a size for which nobody waits each time."""
    marked_test: Callable[..., None] = _in_full(pytest.mark.slow(test))
    return marked_test


SITES = patterns.sites()
BY_NAME: dict[str, list[Site]] = defaultdict(list)
for _site in SITES:
    BY_NAME[str(_site)].append(_site)


def uses(name: str) -> Iterator[Use]:
    """Every pattern that is compiled at a place of the sources, with each of its methods."""
    for site in BY_NAME[name]:
        for pattern in patterns.patterns():
            if (pattern.site, pattern.line) == (name, site.line):
                yield from Use.of(site, pattern)


def growth(run: Callable[[str], object], text_of: Callable[[int], str], longest: int) -> str:
    """Where a run grows faster than its text, or nothing; the text is four times longer a step."""
    length = 60
    while length * STEP <= longest:
        small, large = text_of(length), text_of(length * STEP)
        most = MOST if length * STEP < LONGEST / 10 else MOST_AT_LAST
        if grown := outgrows(partial(run, small), partial(run, large), most, TICK):
            return f"{length} characters, then {STEP * length}: {grown}"
        length *= STEP
    return ""


def pumped(start: str, pump: str, end: str) -> Callable[[int], str]:
    return lambda length: start + pump * (length // len(pump)) + end


# ---------------------------------------------------------------- every pattern


@pytest.mark.skipif(
    not str(label.__file__).endswith(".py"), reason="compiled code has no frames to watch"
)
def test_every_place_that_makes_a_pattern_is_known_and_reached() -> None:
    assert len(SITES) > 100
    reached = {(pattern.site, pattern.line) for pattern in patterns.patterns()}
    missed = [
        f"{site}, line {site.line}" for site in SITES if (str(site), site.line) not in reached
    ]
    # A new place needs a text in `patterns.DAMAGES` or a call in `patterns._exercise`.
    assert not missed
    assert reached == {(str(site), site.line) for site in SITES}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_pattern_is_linear(name: str) -> None:
    for use in uses(name):
        run = use.runner()
        for pump in EVERYDAY:
            assert not growth(run, pumped("", pump, END), 16_000), (str(use), pump)


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_NAME)
def test_a_pattern_is_linear_whatever_is_pumped(name: str) -> None:
    for use in uses(name):
        run = use.runner()
        for pump in PUMPS:
            assert not growth(run, pumped("", pump, END), 16_000), (str(use), pump)


@in_full
@pytest.mark.parametrize("name", BY_NAME)
def test_a_pattern_is_linear_to_a_million_characters(name: str) -> None:
    for use in uses(name):
        run = use.runner()
        cost: dict[tuple[str, str], float] = {}
        for start in STARTS:
            for pump in PUMPS:
                text_of = pumped(start, pump, END)
                assert not growth(run, text_of, 4_000), (str(use), start, pump)
                cost[start, pump] = seconds(partial(run, text_of(4_000)))
        for start, pump in sorted(cost, key=cost.__getitem__)[-SLOWEST:]:
            text_of = pumped(start, pump, END)
            assert not growth(run, text_of, LONGEST), (str(use), start, pump)


# ---------------------------------------------------------------- what a source must not have


@pytest.mark.parametrize("name", sorted(BY_NAME.keys() - EXEMPT))
def test_a_pattern_has_no_shape_that_is_slow(name: str) -> None:
    for site in BY_NAME[name]:
        for pattern in patterns.patterns():
            if (pattern.site, pattern.line) == (name, site.line):
                found = list(lint_patterns.faults(pattern.source, pattern.flags, site.methods))
                assert not found, pattern.source


@pytest.mark.parametrize(
    ("source", "method"),
    [
        (r"\s+$", "search"),
        (r"\s*,", "split"),
        (r"(?:\s*-|x)y", "sub"),
        (r"[^\W\d_]{2,}[.!?]", "search"),
        (r"a\s*-?\s*b", "match"),
        (r".*?[ (]*theo", "match"),
        (r"(?:a+)+b", "match"),
        (r"(?:a*b?)*c", "match"),
        (r"x(?:a|b+)+c", "match"),
    ],
)
def test_the_lint_finds(source: str, method: str) -> None:
    assert list(lint_patterns.faults(source, 0, (method,)))


@pytest.mark.parametrize(
    ("source", "method"),
    [
        (r"\s+$", "match"),
        (r"(?<!\s)\s++$", "search"),
        (r"\w+", "findall"),
        (r"a\s*+(?:-\s*+)?b", "match"),
        (r"[\w-]+(?:\.[\w-]+)*\.vn", "match"),
        (r"(?:\s*,)+x", "match"),
        (r"[a-z]*[0-9]*x", "match"),
        (r"a\s*.*", "match"),
        (r"(?:[a-z]{1,2}\.)+x", "match"),
    ],
)
def test_the_lint_lets_pass(source: str, method: str) -> None:
    assert not list(lint_patterns.faults(source, 0, (method,)))


# ---------------------------------------------------------------- the whole way


def _cleaned(text: str) -> object:
    return to_json(clean(text))


WAYS: dict[str, Callable[[str], object]] = {"clean": _cleaned, "explain": explain, "tidy": tidy}


# Seconds that a line may take however short it is; tidy looks at each twice at least.
A_LINE = {"clean": 20e-6, "explain": 20e-6, "tidy": 40e-6}

# Half as much again: CPU seconds are longer where other processes share the caches.
BUSY = 1.5


def allowed(way: str, text: str) -> float:
    """A second a megabyte, more only where lines are a few letters long."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return max(size / 1e6, text.count("\n") * A_LINE[way])


def too_slow(way: str, name: str, sizes: tuple[int, ...], limit: float = 1.0) -> str:
    """Where a document takes longer than allowed, or nothing. Small ones first: none hangs."""
    for size in sizes:
        text = DOCUMENTS[name](size)
        most = limit * allowed(way, text) + 0.02
        spent = seconds(partial(WAYS[way], text))
        if most < spent < 4 * most:  # what is near the limit is tried again
            spent = min(spent, *(seconds(partial(WAYS[way], text)) for _ in range(TRIES - 1)))
        if spent > most:
            return f"{len(text)} characters: {spent:.2f} s, allowed {most:.2f} s"
    return ""


@pytest.fixture(autouse=True, scope="module")
def tables() -> None:
    """What is compiled but once is not to be measured."""
    for way in WAYS.values():
        way("Xã Đông Hồ mở hội sen\n\n.\nSáng 2/8, xã Đông Hồ khai hội&nbsp;sen.\n\nDuy Tiến")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_is_slow(name: str) -> None:
    # Three times what is allowed, at a size where growth out of hand shows: this one is quick.
    assert not too_slow("clean", name, (4_000, 20_000), limit=3 * DEAR.get(name, 1))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_settles(name: str) -> None:
    """What a round of tidy uncovers does not grow with the text, nor does what it takes."""
    text = DOCUMENTS[name](8_000)
    tidied = tidy(text)
    assert UNSETTLED not in tidied.warnings
    assert tidy(tidied.text).text == tidied.text


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_is_slow_whatever_is_done(name: str, way: str) -> None:
    assert not too_slow(way, name, (8_000, 30_000, 120_000), BUSY * DEAR.get(name, 1))


@in_full
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_takes_more_than_a_second_a_megabyte(name: str, way: str) -> None:
    assert not too_slow(way, name, (8_000, 30_000, 120_000, 1_000_000), BUSY * DEAR.get(name, 1))
