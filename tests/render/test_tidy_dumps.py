"""The promises of tidy with the real Unicode stage and the real labels, on dumps and their wrecks.

The full size is run by hand: ``ARTCLEAN_CASES=100000 pytest -m slow tests/render``.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from run_tidy.dumps import dump, markdown

from artclean.model import Edit
from artclean.pipeline import explain, tidy
from artclean.render.tidy import UNSETTLED
from artclean.text.edits import apply_edits, undo_edits

ROOT = Path(__file__).parents[2]
BENCH = ROOT.parent / "shared" / "bench"
CASES = int(os.environ.get("ARTCLEAN_CASES", "4000"))
GOES = {"junk", "boilerplate", "related", "repeat", "blank"}
BODY = {"title", "kicker", "timestamp", "lead", "paragraph", "heading", "byline", "agency", "tags"}


def tidied(text: str, *, markdown: bool = False) -> str:
    """The tidied text, after the promises have been checked."""
    once = tidy(text, markdown=markdown)
    assert apply_edits(text, once.ledger) == once.text
    assert undo_edits(once.text, once.ledger) == text
    again = tidy(once.text, markdown=markdown)
    assert (again.text, again.ledger) == (once.text, ())
    assert UNSETTLED not in once.warnings
    return once.text


def samples() -> list[str]:
    return [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]


def labelled_dumps() -> Iterator[tuple[str, list[str]]]:
    """Every labelled dump of the bench: its text, and what each line is."""
    for path in sorted(BENCH.glob("*.jsonl")):
        for row in path.read_text("utf-8").split("\n"):
            if row:
                record = json.loads(row)
                yield record["raw"], record["labels"]


def test_samples() -> None:
    texts = samples()
    assert len(texts) >= 10
    for text in texts:
        tidied(text)


@pytest.mark.skipif(not BENCH.is_dir(), reason="needs ../shared/bench, which does not ship")
def test_no_line_of_a_story_is_lost() -> None:
    """What goes from the labelled dumps is what a careful reader has marked as going."""
    dumps = list(labelled_dumps())
    assert len(dumps) >= 385
    for text, labels in dumps:
        tidied(text)
        for number in gone(text, tidy(text).ledger):
            assert labels[number] not in BODY, text.split("\n")[number]


def gone(text: str, ledger: tuple[Edit, ...]) -> set[int]:
    """The lines, counted from 0, that an edit takes out."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    taken: set[int] = set()
    for edit in ledger:
        if ":" not in edit.rule or edit.rule.startswith(("space:", "line-ending:")):
            continue
        first = edit.start + edit.before.startswith("\n") * (edit.start not in starts)
        taken |= {n for n, start in enumerate(starts[:-1]) if first <= start < edit.end}
    return taken


def test_labels_and_ledger_account_for_every_line() -> None:
    """A line is in the tidied text, or its label or the ledger says why it is not."""
    for number in range(60):
        text = dump(number).replace("\u0323", "")
        labels = explain(text)
        lines = text.split("\n")
        assert [line.line for line in labels] == list(range(1, len(lines) + 1))
        taken = gone(text, tidy(text).ledger)
        for place in taken:
            assert labels[place].label in GOES
        left = tidy(text).text.split("\n")
        kept = [n for n in range(len(lines)) if n not in taken]
        assert len(left) == len(kept)


def test_invented_dumps() -> None:
    for number in range(100):
        tidied(dump(number))
        tidied(markdown(number), markdown=True)


def mutated(text: str, random: Random) -> str:
    """A wreck: lines lost, doubled, swapped, cut, joined, dirtied; characters damaged."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(lines))
        match random.randrange(9):
            case 0:
                del lines[at : at + random.randint(1, 4)]
            case 1:
                lines.insert(random.randrange(len(lines) + 1), lines[at])
            case 2:
                other = random.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                cut = random.randint(0, len(lines[at]))
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case 4:
                lines[at : at + 2] = [" ".join(lines[at : at + 2])]
            case 5:
                lines.insert(at, random.choice(DIRT))
            case 6:
                lines[at] += random.choice(SPICE)
            case 7:
                lines[at] = random.choice(SPICE) + lines[at]
            case 8:
                place = random.randint(0, len(lines[at]))
                lines[at] = lines[at][:place] + random.choice(SPICE) + lines[at][place:]
        lines = lines or [""]
    ending = random.choice(("\n", "\n", "\n", "\r\n", "\r"))
    return ending.join(lines)


DIRT = [
    "",
    "",
    ".",
    ",",
    "***",
    "\xa0",
    "Chia sẻ",
    ">>> Xem thêm: Tin khác",
    "-----",
    "TIN LIÊN QUAN",
]
DIRT += ["NỘI DUNG:", "Ảnh: Hà An", "Duy Tiến", "Theo TTXVN", "```", "# A", "- a", "---", "Hà Nội"]
SPICE = [" ", "\xa0", ".", ":", "\u200b", "\xad", "\u0301", "\u2028", "\r", "&nbsp;", "Ã¡", "(ảnh)"]
SPICE += [" Ảnh: Hà An", "PV: ", "Theo ", "&", "<", "*", "\ufeff", "\ufffd", "1.", "\u202e", "\t"]


def originals() -> list[str]:
    return samples() + [text for text, _ in labelled_dumps()] + [dump(n) for n in range(40)]


@pytest.mark.slow
def test_wrecks() -> None:
    texts = originals()
    for seed in range(CASES):
        random = Random(seed)
        text = mutated(random.choice(texts), random)
        try:
            tidied(text, markdown=seed % 4 == 0)
        except AssertionError:
            print(f"seed {seed}: {text!r}")
            raise


PIECES = st.sampled_from(
    [*DIRT, *SPICE, "\n", "\n\n", "Xã Đồng Xuân mở hội", "Sáng 2/8, xã khai hội."]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.booleans())
def test_scraps(text: str, markdown: bool) -> None:
    tidied(text, markdown=markdown)


@pytest.mark.slow
@settings(max_examples=CASES // 2, deadline=None)
@given(st.text(max_size=200) | st.lists(PIECES, max_size=40).map("".join), st.booleans())
def test_any_text(text: str, markdown: bool) -> None:
    tidied(text, markdown=markdown)
