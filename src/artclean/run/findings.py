"""What tidying would change, line by line, in words: the ledger as a reader wants it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from artclean.model import Edit
from artclean.run.messages import safe
from artclean.text.protect import MIXED


class Finding(NamedTuple):
    """One thing that tidying would change. Line and column count from 1, columns in characters."""

    line: int
    column: int
    label: str
    rule: str
    message: str


# Every label that a finding can have, and what it says about a file. `--report sarif` prints
# them as its rules, so a name here is as public as an option.
LABELS = {
    "junk": "A line without words, left over from the page.",
    "boilerplate": "Furniture of the site or of the crawler, no part of the article.",
    "related": "A link to another article.",
    "repeat": "A line that says again what a line above it says.",
    "blank": "A blank line too many.",
    "space": "White space at the end of a line.",
    "line-ending": "A line ending unlike the others of the file.",
    "unicode": "Characters that are damaged, invisible, or not composed (NFC).",
    "legacy-encoding": "A file that is not UTF-8 but in an old Vietnamese encoding.",
}

_BLANK = {"start": "at the start", "end": "at the end", "run": "after another one"}
_LONGEST = 60  # characters of a line that a message quotes
_BREAKS = ("\r", "\n")
_ENDING = re.compile(r"\r\n|\r|\n")


def findings_of(text: str, ledger: Sequence[Edit]) -> list[Finding]:
    """The findings in a decoded file, in order; the ledger is that of the same text.

    What happens to one line under one rule is one finding, and so are blank lines in a row.

    >>> for found in findings_of("a\\xa0b\\xa0c\\n.\\n", [
    ...     Edit(1, 2, "space", "\\xa0", " "),
    ...     Edit(3, 4, "space", "\\xa0", " "),
    ...     Edit(6, 8, "junk:no-words", ".\\n", ""),
    ... ]):
    ...     print(*found, sep=" | ")
    1 | 2 | unicode | space | 2 x space: U+00A0 -> " "
    2 | 1 | junk | no-words | no words in it: "." (no-words)
    """
    groups: dict[tuple[str, int], list[_Placed]] = {}
    blank_line = 0  # the last line that belongs to the run of blank lines
    blank_key = ("", 0)
    for placed in _placed(text, ledger):
        for name in placed.edit.rule.split("+"):
            key = (name, 0 if name.startswith("line-ending:") else placed.line)
            if name.startswith("blank:"):
                if placed.line == blank_line + 1 and name == blank_key[0]:
                    key = blank_key
                blank_line, blank_key = placed.line, key
            groups.setdefault(key, []).append(placed)
    return [_finding(name, group) for (name, _), group in groups.items()]


def legacy_finding(encoding: str) -> Finding:
    """The finding of a whole file that becomes UTF-8.

    >>> legacy_finding("tcvn3").message
    'the file is TCVN3; it becomes UTF-8'
    """
    message = f"the file is {encoding.upper()}; it becomes UTF-8"
    return Finding(1, 1, "legacy-encoding", encoding, message)


class _Placed(NamedTuple):
    line: int
    column: int
    edit: Edit


def _placed(text: str, ledger: Iterable[Edit]) -> Iterator[_Placed]:
    """The edits with their lines and columns, in one pass over the text."""
    line, start = 1, 0
    endings = _ENDING.finditer(text)
    ending = next(endings, None)
    for edit in ledger:
        at = edit.start
        starts_a_line = at == 0 or text[at - 1] in _BREAKS
        if edit.before[:1] in _BREAKS and edit.rule != MIXED and not starts_a_line:
            at = edit.end  # the last line goes together with the ending in front of it
        while ending and ending.end() <= at:
            line, start = line + 1, ending.end()
            ending = next(endings, None)
        yield _Placed(line, max(edit.start, start) - start + 1, edit)


def _finding(name: str, group: list[_Placed]) -> Finding:
    label, colon, rule = name.partition(":")
    if not colon:
        label, rule = "unicode", name
    message = _message(label, rule, [placed.edit for placed in group])
    return Finding(group[0].line, group[0].column, label, rule, message)


def _message(label: str, rule: str, edits: list[Edit]) -> str:
    edit = edits[0]
    match label:
        case "junk":
            return f"no words in it: {_quoted(edit.before)} ({rule})"
        case "boilerplate":
            return f"no part of the article: {_quoted(edit.before)} ({rule})"
        case "related":
            return f"leads to another article: {_quoted(edit.before)} ({rule})"
        case "repeat":
            return f"says again what stands above: {_quoted(edit.before)} ({rule})"
        case "blank":
            lines = "a blank line" if len(edits) == 1 else f"{len(edits)} blank lines"
            return f"{lines} {_BLANK[rule]}"
        case "space":
            return "white space at the end of the line"
        case "line-ending":
            lines = "a line ends" if len(edits) == 1 else f"{len(edits)} lines end"
            return f"{lines} unlike most lines of the file"
    times = f"{len(edits)} x " if len(edits) > 1 else ""
    return f"{times}{rule}: {_characters(edit.before)} -> {_characters(edit.after)}"


def _quoted(line: str) -> str:
    line = line.strip()
    return f'"{safe(line if len(line) <= _LONGEST else line[:_LONGEST] + "…")}"'


def _characters(text: str) -> str:
    """What a repair is about: words in quotes, and by their numbers what cannot be seen."""
    if not text:
        return "nothing"
    if len(text) <= 3 and not text.isascii() and not text.isalpha():
        return " ".join(f"U+{ord(character):04X}" for character in text)
    return f'"{safe(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")}"'
