"""What the Unicode stage costs: a table in Markdown, by kind of damage.

    python benchmarks/repair.py               on the dumps in samples/
    python benchmarks/repair.py FILE.jsonl    on the "raw" texts of such a file

The floor is ``bytes.decode()`` and ``unicodedata.normalize("NFC")`` of the same bytes, measured
between the others. CPU time in one process, the median of seven rounds.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from unicodedata import normalize

from artclean.text.gate import is_clean
from artclean.text.legacy import reading
from artclean.text.repair import repair, repair_report

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7


def texts_of(arguments: list[str]) -> list[str]:
    """Clean texts: what the stage has nothing to do with."""
    if arguments:
        lines = Path(arguments[0]).read_text(encoding="utf-8").split("\n")
        raw = [json.loads(line)["raw"] for line in lines if line]
    else:
        raw = [file.read_text(encoding="utf-8-sig") for file in sorted(ROOT.glob("samples/*.txt"))]
    return [text for text in map(repair, raw) if is_clean(text)]


def misread(text: str, encoding: str) -> str:
    return reading(encoding).write(text)


def as_latin_1(text: str) -> str:
    return text.encode().decode("latin-1")


DAMAGE: dict[str, Callable[[str], bytes]] = {
    "clean": str.encode,
    "no-break spaces": lambda text: text.replace(", ", ",\xa0").encode(),
    "an ampersand": lambda text: (text + "\nÔ tô & xe máy").encode(),
    "a sign (°)": lambda text: (text + "\nTrời nóng 39°").encode(),
    "entities": lambda text: text.replace("á", "&aacute;").replace(" ", "&nbsp;").encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "C1 controls": lambda text: text.replace(". ", "\x85 ").encode(),
    "zero-width spaces": lambda text: text.replace(" ", "\u200b ").encode(),
    "decomposed (NFD)": lambda text: normalize("NFD", text).encode(),
    "marks twice": lambda text: normalize("NFD", text).replace("\u0323", "\u0323\u0323").encode(),
    "marks behind a space": lambda text: text.replace("là ", "la \u0300").encode(),
    "Ð for Đ": lambda text: text.replace("đ", "ð").encode(),
    "Cyrillic letters": lambda text: text.replace("c", "\u0441").encode(),
    "mojibake": lambda text: as_latin_1(text).encode(),
    "mojibake, twice": lambda text: as_latin_1(as_latin_1(text)).encode(),
    "TCVN3 read as cp1252": lambda text: misread(text, "tcvn3").encode("utf-8"),
    "VNI read as cp1252": lambda text: misread(text, "vni").encode("utf-8"),
    "bytes in TCVN3": lambda text: misread(text, "tcvn3").encode("cp1252", "replace"),
    "bytes in UTF-16": lambda text: text.encode("utf-16"),
}


def new_style(data: bytes) -> str:
    return repair(data, tone_style="new")


def floor(data: bytes) -> str:
    return normalize("NFC", data.decode("utf-8", "replace"))


def microseconds(run: Callable[[bytes], object], batch: list[bytes]) -> float:
    start = time.process_time()
    for data in batch:
        run(data)
    return (time.process_time() - start) / len(batch) * 1e6


def row(name: str, run: Callable[[bytes], object], batch: list[bytes]) -> str:
    """Both measured in turns, so that a slow minute of the machine hits both."""
    large = batch * max(1, 400 // len(batch))
    rounds = [(microseconds(floor, large), microseconds(run, large)) for _ in range(ROUNDS)]
    base, cost = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(one / of for of, one in rounds)
    return f"| {name} | {base:.1f} | {cost:.1f} | {ratio:.1f} |"


def start_up() -> str:
    """Milliseconds that the stage adds to a bare interpreter with ``re``, on clean text."""

    def seconds(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    bare = "import re, typing, artclean.errors"
    stage = f"{bare}; from artclean.text.repair import repair; repair('Cầu Long Biên'.encode())"
    pairs = [(seconds(bare), seconds(stage)) for _ in range(15)]
    return f"Start-up: {(min(b for _, b in pairs) - min(a for a, _ in pairs)) * 1e3:.1f} ms."


def main() -> None:
    texts = texts_of(sys.argv[1:])
    size = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} clean texts of {size:.0f} characters on average, µs a text.\n")
    print("| text | decode + NFC | repair | ratio |\n|---|---|---|---|")
    for name, damage in DAMAGE.items():
        print(row(name, repair, [damage(text) for text in texts]))
    clean = [text.encode() for text in texts]
    nfd = [normalize("NFD", text).encode() for text in texts]
    print(row("clean, tone_style=new", new_style, clean))
    print(row("clean, repair_report", repair_report, clean))
    print(row("decomposed, repair_report", repair_report, nfd))
    print(f"\n{start_up()}")


if __name__ == "__main__":
    main()
