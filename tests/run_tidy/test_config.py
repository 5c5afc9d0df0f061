"""Where settings are found, what may stand there, and who has the last word."""

from pathlib import Path

import click
import pytest

from artclean import cli
from artclean.errors import SettingsError
from artclean.run.config import (
    Config,
    Override,
    common_folder,
    find_config,
    load_config,
    overridden,
    parse_config,
)
from artclean.run.settings import SETTINGS, check_setting


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_1c_13_the_nearest_file_that_has_settings(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.artclean]\nlang = "en"\n')
    write(tmp_path / "a/pyproject.toml", "[tool.ruff]\n")
    below = tmp_path / "a/b"
    below.mkdir()
    found = find_config(str(below))
    assert (found.path, found.values) == (str(tmp_path / "pyproject.toml"), {"lang": "en"})


def test_an_empty_table_is_a_configuration(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.artclean]\nlang = "en"\n')
    nearest = write(tmp_path / "a/pyproject.toml", "[tool.artclean]\n")
    assert find_config(str(tmp_path / "a")) == Config(str(nearest))


def test_its_own_file_comes_first(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.artclean]\nlang = "en"\n')
    own = write(tmp_path / "artclean.toml", "jobs = 3\n")
    assert find_config(str(tmp_path)) == Config(str(own), {"jobs": 3})


def test_a_pyproject_without_settings_is_not_parsed() -> None:
    assert parse_config(b"not TOML at all", "pyproject.toml") is None
    assert parse_config(b'name = "artclean"', "pyproject.toml") is None
    assert parse_config(b"tool = 3 # artclean", "pyproject.toml") is None
    assert parse_config(b"not TOML, but artclean", "pyproject.toml") is None


@pytest.mark.parametrize(
    "text",
    [
        "[tool.artclean]\nquiet = 1",
        "[ 'tool' . \"artclean\" ]\nquiet = 1",
        "[[tool.artclean.overrides]]\nfiles = 3",
        "tool.artclean.quiet = 1",
        "[tool]\nartclean.quiet = 1",
        "tool = {ruff = {}, artclean = {quiet = 1}}",
    ],
)
def test_settings_are_found_however_toml_spells_them(text: str) -> None:
    with pytest.raises(SettingsError, match=r"quiet|files"):
        parse_config(text.encode(), "pyproject.toml")


def test_the_folder_that_paths_have_in_common(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    one = write(tmp_path / "a/b/one.txt", "")
    two = write(tmp_path / "a/c/two.txt", "")
    assert common_folder([str(one), str(two)]) == str(tmp_path / "a")
    assert common_folder(["a/b"]) == str(tmp_path / "a/b")
    assert common_folder([]) == str(tmp_path)
    assert common_folder(["-"]) == str(tmp_path)


WRONG = [
    ('encodin = "vni"', "did you mean 'encoding'?"),
    ('tone_style = "new"', "did you mean 'tone-style'?"),
    ("Jobs = 2", "did you mean 'jobs'?"),
    ("xyzzy = 2", "there are: to, from,"),
    ("output = 'x'", "there is no setting 'output'"),  # a file must not say where to write
    ('jobs = "2"', "jobs must be a whole number"),
    ("jobs = true", "jobs must be a whole number"),
    ("hidden = 1", "hidden must be true or false"),
    ('exclude = "a"', "exclude must be a list of strings"),
    ("exclude = [1]", "exclude must be a list of strings"),
    ("jobs = 1\njobs = 2", "artclean.toml"),
    ("overrides = 3", "[[overrides]]"),
    ("[[overrides]]\nlang = 'en'", "needs files"),
    ("[[overrides]]\nfiles = 'a'\njobs = 2", "holds for a whole run"),
    ("[[overrides]]\nfiles = 'a'\nlangs = 'en'", "did you mean 'lang'?"),
    ("[[overrides]]\nfiles = '!'\nlang = 'en'", "overrides: '!' is no pattern"),
    ("include = ['*.raw', '!']", "include: '!' is no pattern"),
    ("exclude = ['[a-z]', '[z-a]']", "exclude: '[z-a]' is no pattern"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_1c_13_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path / "artclean.toml", text)
    with pytest.raises(SettingsError) as caught:
        load_config(str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "artclean.toml"
    path.write_bytes(b"a = \xff")
    with pytest.raises(SettingsError, match=r"artclean\.toml"):
        load_config(str(path))


def test_a_whole_number_is_a_number() -> None:
    assert check_setting("timeout", 3) == 3


def test_every_setting_is_an_option() -> None:
    options = {flag for parameter in cli.command.params for flag in parameter.opts}
    assert {f"--{key}" for key in SETTINGS} <= options
    for setting in SETTINGS.values():
        parameter = next(p for p in cli.command.params if f"--{setting.key}" in p.opts)
        assert isinstance(parameter, click.Option)
        assert parameter.multiple == (setting.kind is list)
        assert parameter.is_flag == (setting.kind is bool)


OVERRIDES = Config(
    "/repo/artclean.toml",
    {},
    (
        Override(("old/**",), {"encoding": "vni"}),
        Override(("*.md", "!old/keep.md"), {"lang": "en"}),
        Override(("/old/new.txt",), {"encoding": "utf-8"}),
    ),
)
PLACES = [
    ("/repo/a.txt", {}),
    ("/repo/old/a.txt", {"encoding": "vni"}),
    ("/repo/old/x.md", {"encoding": "vni", "lang": "en"}),
    ("/repo/old/keep.md", {"encoding": "vni"}),
    ("/repo/old/new.txt", {"encoding": "utf-8"}),
    ("/elsewhere/old/x.md", {}),
    ("/repo/..a.md", {"lang": "en"}),
]


@pytest.mark.parametrize(("path", "values"), PLACES)
def test_overrides(path: str, values: dict[str, str]) -> None:
    assert overridden(OVERRIDES, path) == values


DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_docs_name_every_setting() -> None:
    text = DOCS.read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
    named = {key.strip(" `"): row[3].strip() == "yes" for row in rows for key in row[1].split(",")}
    assert named == {setting.key: setting.per_folder for setting in SETTINGS.values()}


def test_the_examples_in_the_docs_are_settings() -> None:
    blocks = DOCS.read_text("utf-8").split("```toml\n")[1:]
    one, other = (block.split("```")[0].encode() for block in blocks)
    first = parse_config(one, "pyproject.toml")
    second = parse_config(other, "artclean.toml")
    assert first
    assert second
    assert first._replace(path="") == second._replace(path="")
