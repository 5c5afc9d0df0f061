"""The Unicode stage against its peers, on the same cases: a table in Markdown.

    python benchmarks/unicode_peers.py                 groups of cases
    python benchmarks/unicode_peers.py --kinds         every kind of case
    python benchmarks/unicode_peers.py --show ftfy 20  what ftfy makes of the first 20 it misses

Peers are compared if they are installed: ``pip install ftfy viparse viet-text-tools underthesea
vi-fix`` into an environment that has artclean too. The cases are ``../shared/bench/unicode``
beside the repository (``--cases`` names another folder of such files), or else the rows of
``tests/text/cases.toml``, which are our own and small.

What is asked: the same text, exactly; of whole documents, the name of the encoding. Peers get no
worse input than we do: bytes that are not UTF-8 as Latin-1 shows them (ftfy: as it guesses them
itself), and ftfy also runs with its options for quotes, width and ligatures off.
"""

import argparse
import json
import time
import tomllib
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Repair = Callable[[str | bytes, str], str]  # the text, the style of the tone: keep, new, old
Case = dict[str, Any]


def as_text(given: str | bytes) -> str:
    if isinstance(given, str):
        return given
    try:
        return given.decode()
    except UnicodeDecodeError:
        return given.decode("latin-1")


def artclean() -> Repair:
    from artclean import repair

    return lambda given, style: repair(given, tone_style=style)


def ftfy(**off: Any) -> Repair:
    from ftfy import TextFixerConfig, fix_text, guess_bytes

    config = TextFixerConfig(**off)

    def run(given: str | bytes, style: str) -> str:
        return fix_text(given if isinstance(given, str) else guess_bytes(given)[0], config)

    return run


def ftfy_careful() -> Repair:
    return ftfy(
        uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False, explain=False
    )


def viparse() -> Repair:
    from viparse import fix

    return lambda given, style: fix(as_text(given))


def viet_text_tools() -> Repair:
    from viet_text_tools import normalize_diacritics

    return lambda given, style: normalize_diacritics(as_text(given), new_style=style == "new")


def underthesea() -> Repair:
    from underthesea import text_normalize

    return lambda given, style: text_normalize(as_text(given))


def vi_fix() -> Repair:
    from vi_fix import fix

    return lambda given, style: fix(as_text(given))


PEERS: dict[str, Callable[[], Repair]] = {
    "artclean": artclean,
    "ftfy": ftfy,
    "ftfy, careful": ftfy_careful,
    "viparse": viparse,
    "viet-text-tools": viet_text_tools,
    "underthesea": underthesea,
    "vi-fix": vi_fix,
}


def encoding_by_artclean(text: str) -> str | None:
    from artclean import repair_report

    return repair_report(text).encoding


def encoding_by_viparse(text: str) -> str | None:
    from viparse import detect_text_encoding

    return detect_text_encoding(text)


ENCODING = {"artclean": encoding_by_artclean, "viparse": encoding_by_viparse}


def cases_of(folder: Path) -> list[Case]:
    """The records of a folder, each with its group; without one, our own rows."""
    files = sorted(folder.glob("*.jsonl"))
    if files:
        return [
            {"group": file.stem, **json.loads(line)}
            for file in files
            for line in file.read_text(encoding="utf-8").split("\n")
            if line
        ]
    rows = tomllib.loads((ROOT / "tests/text/cases.toml").read_text(encoding="utf-8"))["case"]
    return [
        {
            "group": "to repair" if "is" in row else "to leave",
            "kind": row.get("encoding", "text"),
            "input": row["text"],
            "expected": row.get("is", row["text"]),
            "option": f"tone_style={row.get('tone_style', 'keep')}",
        }
        for row in rows
    ]


def given(case: Case) -> str | bytes:
    return b64decode(case["input_b64"]) if "input_b64" in case else case["input"]


def style(case: Case) -> str:
    if case["kind"] == "tone_misplaced":  # mended on demand only, and expected in the old style
        return "old"
    return (case.get("option") or "tone_style=keep").partition("=")[2]


def is_right(name: str, repair: Repair, case: Case) -> bool:
    if "expected_encoding" in case:
        encoding = ENCODING.get(name, lambda text: None)
        return encoding(case["input"]) == case["expected_encoding"]
    try:
        return repair(given(case), style(case)) == case["expected"]
    except Exception:  # a peer may raise on damaged text: then it has not repaired it
        return False


def installed() -> Iterator[tuple[str, Repair]]:
    for name, load in PEERS.items():
        try:
            yield name, load()
        except ImportError:
            print(f"(not installed: {name})")


def microseconds(repair: Repair, texts: list[str]) -> float:
    """CPU time a text, the best of three rounds."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            repair(text, "keep")
        best = min(best, time.process_time() - start)
    return best / len(texts) * 1e6


def table(cases: list[Case], peers: list[tuple[str, Repair]], by: str) -> Iterator[str]:
    """Exactly right, a row a group of cases, a column a peer."""

    def row(case: Case) -> str:
        unasked = " (a guess, or out of scope)" if case.get("optional") else ""
        return f"{case[by]}{unasked}"

    total = Counter(map(row, cases))
    right = {
        name: Counter(row(c) for c in cases if is_right(name, repair, c)) for name, repair in peers
    }
    yield "| cases | n | " + " | ".join(name for name, _ in peers) + " |"
    yield "|---|---|" + "---|" * len(peers)
    for kind, n in total.items():
        shares = (f"{100 * right[name][kind] / n:.1f}" for name, _ in peers)
        yield f"| {kind} | {n} | " + " | ".join(shares) + " |"
    clean = [case["expected"] for case in cases if case["kind"] == "neg_vi_clean"]
    if clean:
        texts = ["\n".join(clean[i : i + 20]) for i in range(0, len(clean), 20)]
        cost = (f"{microseconds(repair, texts):.0f}" for _, repair in peers)
        size = sum(map(len, texts)) / len(texts) / 1000
        yield (
            f"| µs a clean text of {size:.1f} K characters | {len(texts)} | "
            + " | ".join(cost)
            + " |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, default=ROOT.parent / "shared/bench/unicode")
    parser.add_argument("--kinds", action="store_true", help="a row a kind, not a group")
    parser.add_argument("--show", nargs=2, metavar=("PEER", "N"), help="misses of one peer")
    arguments = parser.parse_args()
    cases = cases_of(arguments.cases)
    if arguments.show:
        name, n = arguments.show[0], int(arguments.show[1])
        repair = PEERS[name]()
        missed = (case for case in cases if not is_right(name, repair, case))
        for case, _ in zip(missed, range(n), strict=False):
            print(case["kind"], ascii(given(case))[:200], sep="\n    ")
            print("   ", ascii(case.get("expected", case.get("expected_encoding")))[:200])
        return
    print(*table(cases, list(installed()), "kind" if arguments.kinds else "group"), sep="\n")


if __name__ == "__main__":
    main()
