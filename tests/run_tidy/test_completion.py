"""Completion, manual page and help: all made from the command, so none may lag behind it."""

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from artclean.cli import HELP, command
from artclean.run.completion import completion_script
from artclean.run.manual import manual_page

ROOT = Path(__file__).parents[2]
OPTIONS = [each for each in command.params if isinstance(each, click.Option)]
NAMES = sorted(name for option in OPTIONS for name in option.opts)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_1c_16_every_option_and_every_choice_is_completed(shell: str) -> None:
    script = completion_script(command, shell)
    for option in OPTIONS:
        for name in option.opts:
            bare = name.lstrip("-") if shell == "fish" else name
            assert re.search(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", script), name
        for choice in getattr(option.type, "choices", ()):
            assert choice in script


def shell(name: str) -> str:
    """The shell's program, or a skipped test."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def run(*words: str, text: str = "") -> str:
    return subprocess.run(words, input=text, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("words", "replies"),
    [
        (["artclean", "--to", "j"], "json"),
        (["artclean", "--to", "=", "m"], "md"),
        (["artclean", "--to", "="], "json md text tidy"),
        (["artclean", "--chec"], "--check"),
        (["artclean", "--lang", "v"], ""),
        (["artclean", "a b"], "a b.txt"),
        (["artclean", "-o", "a"], "a b.txt"),
    ],
)
def test_1c_16_bash(tmp_path: Path, words: list[str], replies: str) -> None:
    (tmp_path / "a b.txt").touch()
    typed = " ".join(f"'{word}'" for word in words)
    script = (
        f"{completion_script(command, 'bash')}\ncd '{tmp_path}'; COMP_WORDS=({typed})\n"
        f'COMP_CWORD={len(words) - 1}; _artclean; echo "${{COMPREPLY[@]}}"'
    )
    assert run(shell("bash"), "--norc", text=script).strip() == replies


def test_1c_16_zsh_reads_its_script(tmp_path: Path) -> None:
    script = tmp_path / "_artclean"
    script.write_text(completion_script(command, "zsh"), "utf-8")
    run(shell("zsh"), "-n", str(script))


@pytest.mark.parametrize(
    ("line", "replies"), [("--to t", ["text", "tidy"]), ("--show", ["--show-settings"])]
)
def test_1c_16_fish(tmp_path: Path, line: str, replies: list[str]) -> None:
    script = tmp_path / "artclean.fish"
    script.write_text(completion_script(command, "fish"), "utf-8")
    out = run(shell("fish"), "-N", "-c", f"source {script}; complete -C'artclean {line}'")
    assert [row.split("\t")[0] for row in out.splitlines()] == replies


def test_every_option_has_a_description() -> None:
    assert [option.name for option in OPTIONS if not option.help] == []


def test_help_names_every_option_and_no_other() -> None:
    named = set(re.findall(r"(?<![\w-])(--?[a-zA-Z0][\w-]*)", HELP.replace("-o clean/", "")))
    assert named == set(NAMES)


def test_help_fits_a_screen() -> None:
    lines = HELP.splitlines()
    assert len(lines) <= 48
    assert max(map(len, lines)) <= 80


def test_the_manual_page_is_current() -> None:
    """If not: ``python -m artclean.run.manual > docs/artclean.1``."""
    page = (ROOT / "docs" / "artclean.1").read_text("utf-8")
    assert page == manual_page(command, HELP)


def test_the_manual_page_has_every_option() -> None:
    page = manual_page(command, HELP)
    for name in NAMES:
        assert f"\\fB{name}\\fR".replace("-", "\\-") in page


def test_the_manual_page_is_sound() -> None:
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    out = subprocess.run(
        ["mandoc", "-Tlint", "-W", "warning"],
        input=manual_page(command, HELP),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert [line for line in out.splitlines() if "missing date" not in line] == []
