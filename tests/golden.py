"""The sample dumps and what must come out of them.

``python tests/golden.py`` compares, ``python tests/golden.py --write`` writes ``NAME.json`` and
``NAME.md`` beside each ``NAME.txt``. The labels (``NAME.labels``) and the article's fields
(``NAME.expected.json``) are an editor's; no program writes them.
"""

import json
import sys
from pathlib import Path

from artclean import Article, clean, to_markdown
from artclean.render.json import to_json

SAMPLES = Path(__file__).parents[1] / "samples"
# Every dump is Vietnamese but these.
LANGUAGES = {"english": "en"}


def names() -> list[str]:
    """The names of all samples."""
    return sorted(path.stem for path in SAMPLES.glob("*.txt"))


def language_of(name: str) -> str:
    return LANGUAGES.get(name, "vi")


def dump_of(name: str) -> bytes:
    return (SAMPLES / f"{name}.txt").read_bytes()


def article_of(name: str) -> Article:
    return clean(dump_of(name), language=language_of(name))


def rendered(name: str) -> dict[str, str]:
    """What the goldens of a sample hold, by suffix. The command names a file as it was given."""
    article = article_of(name)
    indented = to_json(article, id=f"samples/{name}.txt", indent=True)
    return {".json": f"{indented}\n", ".md": to_markdown(article)}


def labels_of(name: str) -> list[str]:
    """An editor's label for each line of the dump."""
    return (SAMPLES / f"{name}.labels").read_text(encoding="utf-8").split()


def expected_of(name: str) -> dict[str, object]:
    """The fields of the article as an editor filled them in."""
    text = (SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8")
    fields: dict[str, object] = json.loads(text)
    return fields


def main(write: bool) -> int:
    """Write the goldens, or say which differ. The status is 1 if any did."""
    stale = 0
    for name in names():
        for suffix, text in rendered(name).items():
            path = SAMPLES / f"{name}{suffix}"
            if path.exists() and path.read_bytes() == text.encode():
                continue
            stale += 1
            print(f"{'written' if write else 'differs'}: {path.relative_to(SAMPLES.parent)}")
            if write:
                path.write_bytes(text.encode())
    return 0 if write else int(stale > 0)


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
