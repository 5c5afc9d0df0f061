"""The structure of a Markdown document, line by line.

The rules are CommonMark 0.31 and the tables of GFM, on the safe side: a line that might be
structure counts as structure. Cost: a piece of furniture that somebody has made a list item
or a link stays in the text. That is better than breaking a document.
"""

import re
from collections.abc import Callable, Sequence

from artclean.text.holds import Hold, switches

# Blocks that begin with a mark. Up to three spaces may stand in front of it.
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_BREAK = re.compile(r" {0,3}(?:\*(?:[ \t]*\*){2,}|-(?:[ \t]*-){2,}|_(?:[ \t]*_){2,})[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+[^ \t]")
_INTERRUPTING_ITEM = re.compile(r" {0,3}(?:[-+*]|1[.)])[ \t]+[^ \t]")
# One mark is a quotation; crawlers leave two or three in front of links to other articles.
_QUOTE = re.compile(r" {0,3}>(?![ \t]*(?:>|$))")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
_DIRECTIVE = re.compile(r" {0,3}(?::::|\{\{[<%])")  # of MyST and Pandoc, of Hugo
_INDENTED = re.compile(r" {4}| {0,3}\t")
_CONTINUING = re.compile(r"  |\t")

# Within a paragraph.
# CommonMark takes a single mark, too; but a lone "-" under a line is what a crawler has left.
_UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{2,})[ \t]*$")
_DELIMITERS = re.compile(
    r"(?=.*\|) {0,3}\|?[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)*(?:[ \t]*\|)?[ \t]*$"
)
_LINK_OR_IMAGE = re.compile(r"\]\(|\]\[|<[a-zA-Z][a-zA-Z0-9+.-]*:")

# How an HTML block starts, and what the line that ends it has in it; without, a blank line
# ends it (CommonMark 4.6; the tags of kind 6 are not listed: any tag at all is taken for one).
_HTML = tuple(
    (re.compile(" {0,3}" + start, re.I), end)
    for start, end in (
        (r"<script(?:[\s>]|$)", "</script>"),
        (r"<pre(?:[\s>]|$)", "</pre>"),
        (r"<style(?:[\s>]|$)", "</style>"),
        (r"<textarea(?:[\s>]|$)", "</textarea>"),
        (r"<!--", "-->"),
        (r"<\?", "?>"),
        (r"<![a-z]", ">"),
        (r"<!\[CDATA\[", "]]>"),
        (r"</?[a-z][a-z0-9-]*(?:[\s/>]|$)", ""),
    )
)


def markdown_holds(lines: Sequence[str]) -> list[Hold]:
    """One hold for each line of a Markdown document.

    >>> document = ["---", "title: x", "---", "- item", "", "| a | b |", "|---|---|", "", "text"]
    >>> [hold.name[0] for hold in markdown_holds(document)]
    ['V', 'V', 'V', 'K', 'O', 'K', 'K', 'O', 'O']
    """
    holds = [Hold.VERBATIM] * _front_matter(lines)
    while len(holds) < len(lines):
        holds += _block(lines, len(holds))
    return holds


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines of front matter, YAML or TOML, there are; 0 if it has no end."""
    first = lines[0].rstrip(" \t") if lines else ""
    closers = {"---": ("---", "..."), "+++": ("+++",)}.get(first)
    if closers is None:
        return 0
    return next((n + 1 for n, line in enumerate(lines) if n and line.rstrip(" \t") in closers), 0)


def _block(lines: Sequence[str], at: int) -> list[Hold]:
    """The holds of the block that starts at a line: of its first line up to its last."""
    line = lines[at]
    if not line.strip(" \t"):
        return [Hold.OPEN]
    if verbatim := _verbatim(lines, at):
        return [Hold.VERBATIM] * verbatim
    if _INDENTED.match(line):
        return [Hold.VERBATIM]
    if _HEADING.match(line) or _BREAK.match(line) or _DIRECTIVE.match(line):
        return [Hold.KEPT]
    if _ITEM.match(line) or _DEFINITION.match(line):
        return _list(lines, at)
    if _QUOTE.match(line):
        return [Hold.KEPT] * (_paragraph_end(lines, at) - at)
    return _paragraph(lines, at)


def _verbatim(lines: Sequence[str], at: int) -> int:
    """How many lines a span has that is not ours to read: switched off, code, or HTML."""
    line = lines[at]
    if switches(line, "off"):
        return _through(lines, at, lambda line: switches(line, "on"))
    if fence := _FENCE.match(line):
        closing = re.compile(rf"[ \t]*{fence[1][0]}{{{len(fence[1])},}}[ \t]*$")
        return 1 + _through(lines, at + 1, lambda line: closing.match(line) is not None)
    end = next((end for start, end in _HTML if start.match(line)), None)
    if end is None:
        return 0
    if end:
        return _through(lines, at, lambda line: end in line.lower())
    return _blank_from(lines, at) - at


def _through(lines: Sequence[str], at: int, ends: Callable[[str], bool]) -> int:
    """How many lines from a line on, up to and with the first that ends it; else all of them."""
    for number in range(at, len(lines)):
        if ends(lines[number]):
            return number + 1 - at
    return len(lines) - at


def _blank_from(lines: Sequence[str], at: int) -> int:
    """The first blank line from a line on, or the end."""
    return next((n for n in range(at, len(lines)) if not lines[n].strip(" \t")), len(lines))


def _written_from(lines: Sequence[str], at: int) -> int:
    """The first line from a line on that is not blank, or the end."""
    return next((n for n in range(at, len(lines)) if lines[n].strip(" \t")), len(lines))


def _list(lines: Sequence[str], at: int) -> list[Hold]:
    """An item with all that belongs to it, code within it too."""
    holds = [Hold.KEPT]
    while (here := at + len(holds)) < len(lines):
        line = lines[here]
        if not line.strip(" \t"):
            # What comes after blank lines is the item's if it is indented.
            there = _written_from(lines, here)
            if there == len(lines) or not _CONTINUING.match(lines[there]):
                break
            holds += [Hold.OPEN] * (there - here)
        elif verbatim := _verbatim(lines, here):
            holds += [Hold.VERBATIM] * verbatim
        elif _HEADING.match(line) or _BREAK.match(line):
            break
        else:
            holds.append(Hold.KEPT)
    return holds


def _paragraph(lines: Sequence[str], at: int) -> list[Hold]:
    """Running text, line by line, or a heading by its underline, or a table."""
    end = _paragraph_end(lines, at)
    if end - at > 1 and _UNDERLINE.match(lines[end - 1]):
        return [Hold.KEPT] * (end - at)
    for number in range(at + 1, end):
        if "|" in lines[number - 1] and _DELIMITERS.match(lines[number]):
            before = [_free(line) for line in lines[at : number - 1]]
            return before + [Hold.KEPT] * (end - number + 1)
    return [_free(line) for line in lines[at:end]]


def _free(line: str) -> Hold:
    return Hold.KEPT if _LINK_OR_IMAGE.search(line) else Hold.OPEN


def _paragraph_end(lines: Sequence[str], at: int) -> int:
    """The line after the paragraph that starts at a line; an underline is its last line."""
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if _UNDERLINE.match(line):
            return number + 1
        if (
            not line.strip(" \t")
            or _HEADING.match(line)
            or _BREAK.match(line)
            or _QUOTE.match(line)
            or _INTERRUPTING_ITEM.match(line)
            or _verbatim(lines, number)
        ):
            return number
    return len(lines)


_IMAGE = re.compile(r"!\[([^\]\[]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]\[]*\])")
_LINK = re.compile(r"\[([^\]\[]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]\[]*\])")
_EMPHASIS = re.compile(r"[ \t]*(\*{1,3}|_{1,3})(?![ \t*_])([^*_]+)(?<![ \t])\1[ \t]*$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def markdown_words(line: str) -> str:
    """The words of a line as a reader sees them: what a dump would have in its place.

    >>> markdown_words("*Cầu lúc bình minh. Ảnh: Nam Trần*")
    'Cầu lúc bình minh. Ảnh: Nam Trần'
    >>> markdown_words("![Cầu lúc bình minh](cau.jpg)"), markdown_words("## Bối cảnh ##")
    ('Cầu lúc bình minh', 'Bối cảnh')
    >>> markdown_words("2 * 3 * 4")
    '2 * 3 * 4'
    """
    if "](" in line or "][" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", line))
    if _HEADING.match(line):
        line = line.lstrip(" ").lstrip("#").strip(" \t").rstrip("#").rstrip(" \t")
    if ("*" in line or "_" in line) and (emphasis := _EMPHASIS.match(line)):
        line = emphasis[2]
    return _ESCAPE.sub(r"\1", line) if "\\" in line else line


_FRONT_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)")
_FRONT_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_FRONT_VALUE = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^,\[\]\s\"'][^,\[\]]*)")


def markdown_dump(text: str) -> str:
    """A Markdown document as a dump, line for line: front matter as keys, words without marks.

    >>> print(markdown_dump("---\\ntags:\\n  - a\\n  - b\\n---\\n# Cầu mới\\n*Theo TTXVN*"))
    <BLANKLINE>
    tags: a, b
    <BLANKLINE>
    <BLANKLINE>
    <BLANKLINE>
    Cầu mới
    Theo TTXVN
    """
    lines = re.split("\r\n|\r|\n", text)
    front = _front_matter(lines)
    return "\n".join([*_front_words(lines[:front]), *map(markdown_words, lines[front:])])


def _front_words(lines: Sequence[str]) -> list[str]:
    """A key and its values on the key's line; blank lines for the rest."""
    words = [""] * len(lines)
    at = 0
    for number, line in enumerate(lines):
        if pair := _FRONT_KEY.match(line):
            at = number
            words[at] = f"{pair[1]}: {_values(pair[2])}"
        elif at and (item := _FRONT_ITEM.match(line)):
            between = "" if words[at].endswith(": ") else ", "
            words[at] += between + _values(item[1])
    return words


def _values(text: str) -> str:
    """What a value says: a string without its quotes, a list's items behind each other."""
    text = text.strip(" \t")
    if text[:1] not in ("'", '"', "["):
        return text
    found = (match[1] or match[2] or match[3] or "" for match in _FRONT_VALUE.finditer(text))
    return ", ".join(filter(None, (re.sub(r"\\(.)", r"\1", value).strip() for value in found)))
