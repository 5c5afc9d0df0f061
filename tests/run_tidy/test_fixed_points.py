"""Other fixers find nothing to do where artclean has been, and the other way round."""

from pathlib import Path

import pytest

from artclean.pipeline import clean, tidy
from artclean.render.markdown import to_markdown
from run_tidy.dumps import dump, markdown

FIXERS = [
    "trailing_whitespace_fixer",
    "end_of_file_fixer",
    "mixed_line_ending",
    "fix_byte_order_marker",
]
# Line endings that differ from file to file, and all in the same place within one.
ENDINGS = ["\n", "\r\n"]


@pytest.mark.parametrize("fixer", FIXERS)
def test_fixers_have_nothing_to_do(tmp_path: Path, fixer: str) -> None:
    module = pytest.importorskip(f"pre_commit_hooks.{fixer}")
    paths = []
    for number in range(60):
        text = tidy(dump(number) + "\n").text
        path = tmp_path / f"{number}.txt"
        path.write_bytes(text.replace("\n", ENDINGS[number % 2]).encode())
        paths.append(str(path))
    before = [Path(path).read_bytes() for path in paths]
    module.main(paths)
    assert [Path(path).read_bytes() for path in paths] == before


def test_mdformat_leaves_our_markdown_alone() -> None:
    mdformat = pytest.importorskip("mdformat")
    pytest.importorskip("mdformat_frontmatter")
    for number in range(60):
        text = to_markdown(clean(dump(number)))
        if "\n---\n\n" in text and text.startswith("---\n---\n"):
            continue  # empty front matter, for which it writes null: docs/pre-commit.md
        assert mdformat.text(text, extensions={"frontmatter"}) == text


def test_we_leave_alone_what_mdformat_has_formatted() -> None:
    mdformat = pytest.importorskip("mdformat")
    pytest.importorskip("mdformat_frontmatter")
    for number in range(60):
        tidied = tidy(markdown(number), markdown=True).text
        formatted = mdformat.text(tidied, extensions={"frontmatter"})
        assert tidy(formatted, markdown=True).text == formatted


def test_the_fixers_are_those_of_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs" / "pre-commit.md").read_text("utf-8")
    for fixer in FIXERS:
        assert (
            f"`{fixer.removesuffix('_fixer') if 'whitespace' in fixer else fixer}`".replace(
                "_", "-"
            )
            in text
        )


def test_samples_as_markdown_are_fixed_points() -> None:
    """What we write as Markdown, we leave alone ourselves."""
    for number in range(60):
        text = to_markdown(clean(dump(number)))
        assert tidy(text, markdown=True).text == text
