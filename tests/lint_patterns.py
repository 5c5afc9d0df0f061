"""What a pattern must not have if it is to be linear, read off its source.

Three shapes, and a run of text that makes each slow:

- a run at the start of a pattern that is searched for, with something required behind it: ``\\s+$``
  on a run of blanks is tried from each of them. A look-behind in front lets it begin once:
  ``(?<!\\s)\\s++$``;
- two runs of the same characters side by side, with something required behind them:
  ``\\s*-?\\s*x`` cuts a run of blanks in every way that there is. Possessive runs do not:
  ``\\s*+(?:-\\s*+)?x``;
- a run within a run that has nothing else: ``(?:a+)+``.

A *run* is a repetition without a bound that gives back what it took.
"""

import re
from collections.abc import Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Node = tuple[Any, Any]

# One character of each kind that patterns tell apart.
PROBES = "aZảĐ0_ \t\n\xa0.,;:!?-–—/|\\()[]{}<>*#\"'“”…&%@+=~^`\u0301\u200b漢\x01"
SEARCHED = frozenset(("search", "sub", "subn", "split", "findall", "finditer"))
ZERO_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)


def faults(source: str | bytes, flags: int, methods: Sequence[str]) -> Iterator[str]:
    """What is wrong with a pattern that is used with these methods."""
    tree = parser.parse(source, flags)
    for sequence in _sequences(list(tree)):
        yield from _side_by_side(sequence, flags)
        yield from _nested(sequence, flags)
    if not SEARCHED.isdisjoint(methods):
        for sequence in _alternatives(list(tree)):
            if _runs(sequence[0]) and not all(map(_is_nullable, sequence[1:])):
                yield f"begins with a run: {_shown(sequence[0])}"


def _inline(nodes: Sequence[Node]) -> list[Node]:
    """The nodes without the groups around them."""
    found: list[Node] = []
    for node in nodes:
        found += _inline(list(node[1][3])) if node[0] is op.SUBPATTERN else [node]
    return found


def _sequences(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Every sequence of a pattern: the whole, and what stands in its branches and repetitions."""
    inline = _inline(nodes)
    yield inline
    for what, value in inline:
        if what is op.BRANCH:
            for branch in value[1]:
                yield from _sequences(list(branch))
        elif what in (*REPEATS, op.POSSESSIVE_REPEAT):
            yield from _sequences(list(value[2]))
        elif what is op.ATOMIC_GROUP:
            yield from _sequences(list(value))
        elif what in (op.ASSERT, op.ASSERT_NOT):
            yield from _sequences(list(value[1]))


def _alternatives(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """The ways in which a pattern may begin, each with what follows."""
    inline = _inline(nodes)
    if inline and inline[0][0] is op.BRANCH:
        for branch in inline[0][1][1]:
            yield from _alternatives([*branch, *inline[1:]])
    elif inline:
        yield inline


def _runs(node: Node) -> bool:
    """Whether a node takes characters without a bound."""
    what, value = node
    return what in (*REPEATS, op.POSSESSIVE_REPEAT) and value[1] is op.MAXREPEAT


def _is_nullable(node: Node) -> bool:
    """Whether a node always lets the match go on."""
    what, value = node
    return what in (*REPEATS, op.POSSESSIVE_REPEAT) and value[0] == 0


def _side_by_side(sequence: Sequence[Node], flags: int) -> Iterator[str]:
    for first, node in enumerate(sequence):
        if node[0] not in REPEATS or not _runs(node):
            continue
        for second in range(first + 1, len(sequence)):
            other = sequence[second]
            behind = sequence[second + 1 :]
            if other[0] in REPEATS and _runs(other) and not all(map(_is_nullable, behind)):
                both = _taken(node, flags) & _taken(other, flags)
                if both:
                    yield f"two runs of {min(both)!r}: {_shown(node)} and {_shown(other)}"
            if not _is_nullable(other) and other[0] not in ZERO_WIDTH:
                break


def _nested(sequence: Sequence[Node], flags: int) -> Iterator[str]:
    for node in sequence:
        if node[0] in REPEATS and _runs(node):
            for body in _alternatives(list(node[1][2])):
                required = [each for each in body if not _is_nullable(each)]
                inner = [each for each in body if each[0] in REPEATS and _runs(each)]
                if inner and (not required or required == inner[:1]):
                    yield f"a run within a run: {_shown(inner[0])}"


def _taken(node: Node, flags: int) -> frozenset[str]:
    """Which of the probes a repetition of single characters takes."""
    body = list(node[1][2])
    if len(body) != 1:
        return frozenset()
    return frozenset(char for char in PROBES if _takes(body[0], char, flags))


def _takes(node: Node, char: str, flags: int) -> bool:
    what, value = node
    code = ord(char)
    if what is op.LITERAL:
        return bool(code == value)
    if what is op.NOT_LITERAL:
        return bool(code != value)
    if what is op.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    if what is op.RANGE:
        return bool(value[0] <= code <= value[1])
    if what is op.CATEGORY:
        return re.match(CATEGORIES[value], char) is not None
    if what is op.IN:
        negated = value[0][0] is op.NEGATE
        return any(_takes(each, char, flags) for each in value[negated:]) != negated
    return False


CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


def _shown(node: Node) -> str:
    """A node as the parser has it, shortened."""
    return str(node[1][2])[:60]
