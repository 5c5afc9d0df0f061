"""The hook, as pre-commit runs it: on a repository of 500 articles, twice."""

import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from run.command import cpu_of_children

from artclean.cli import command
from run_tidy.dumps import dump, files

ROOT = Path(__file__).parents[2]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def test_the_hooks_are_those_that_the_docs_name() -> None:
    assert [hook["id"] for hook in HOOKS] == ["artclean", "artclean-check"]
    text = (ROOT / "docs" / "pre-commit.md").read_text("utf-8")
    for hook in HOOKS:
        assert f"id: {hook['id']}" in text


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_is_opt_in_and_its_options_exist(hook: dict[str, str]) -> None:
    assert hook["files"] == "^$"
    program, *options = hook["entry"].split()
    assert program == "artclean"
    known = {name for parameter in command.params for name in parameter.opts}
    assert set(options) <= known


class Repository:
    """A scratch repository of articles."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))},
            "PRE_COMMIT_HOME": str(folder.parent / "cache"),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "PYTHONPATH": "",
        }
        for name, data in files(count).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (folder / "LICENSE.txt").write_text(".\n\n\nChia sẻ\n", "utf-8")
        self.git("init", "-q")
        self.git("config", "user.name", "An")
        self.git("config", "user.email", "an@example.vn")
        self.git("config", "core.autocrlf", "false")
        self.commit("articles")

    def git(self, *words: str) -> str:
        return subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def try_hook(self, hooks: Path, hook: str) -> "subprocess.CompletedProcess[str]":
        """What ``pre-commit try-repo`` says of a hook; skips where it cannot be installed."""
        program = shutil.which("pre-commit", path=os.path.dirname(sys.executable))
        if not program:
            pytest.skip("pre-commit is not installed beside this Python")
        done = subprocess.run(
            [program, "try-repo", str(hooks), hook, "--all-files", "--verbose"],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if "An unexpected error has occurred" in done.stdout + done.stderr:
            pytest.skip(f"pre-commit cannot install the hook here: {done.stdout[-500:]}")
        return done


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository, its hooks opened for the folders of the scratch repository.

    ``try-repo`` has no way to say `files`, which users do in their configuration.
    """
    folder = tmp_path_factory.mktemp("hooks") / "artclean"
    clone = ["git", "clone", "-q", str(ROOT), str(folder)]
    if subprocess.run(clone, capture_output=True, check=False).returncode:
        pytest.skip("the hook is tried from a git repository, and this is none")
    manifest = folder / ".pre-commit-hooks.yaml"
    opened = manifest.read_text("utf-8").replace("files: '^$'", "files: '^(tin|bài viết)/'")
    manifest.write_text(opened, "utf-8")
    return folder


@pytest.mark.slow
def test_a_second_run_changes_nothing(tmp_path: Path, hooks: Path) -> None:
    repository = Repository(tmp_path / "articles", 500)
    assert repository.try_hook(hooks, "artclean-check").returncode == 1
    assert repository.git("status", "--porcelain") == ""

    first = repository.try_hook(hooks, "artclean")
    assert first.returncode == 1, first.stdout
    assert "files were modified by this hook" in first.stdout
    changed = repository.git("-c", "core.quotePath=off", "diff", "--name-only").splitlines()
    assert len(changed) > 400
    assert "LICENSE.txt" not in changed
    repository.commit("tidied")

    second = repository.try_hook(hooks, "artclean")
    assert (second.returncode, repository.git("status", "--porcelain")) == (0, ""), second.stdout
    assert repository.try_hook(hooks, "artclean-check").returncode == 0


def test_the_lines_to_copy_are_a_configuration() -> None:
    text = (ROOT / "docs" / "pre-commit.md").read_text("utf-8")
    block = text.split("```yaml\n", 1)[1].split("```", 1)[0]
    (repository,) = yaml.safe_load(block)["repos"]
    assert len(block.splitlines()) <= 10
    assert [hook["id"] for hook in repository["hooks"]] == ["artclean"]


def test_the_workflow_uses_options_that_exist() -> None:
    text = (ROOT / ".github/workflows/articles.yml.example").read_text("utf-8")
    steps = yaml.safe_load(text)["jobs"]["artclean"]["steps"]
    assert steps[-1]["run"] == "artclean --check --report github articles/"


@pytest.mark.slow
def test_the_hook_is_quick(tmp_path: Path) -> None:
    """On one changed article at most 2.5 times `import click, regex`, by CPU time.

    A busy machine only adds: the two take turns, each counts with its least, in a few rounds.
    """
    article = tmp_path / "a.txt"
    # As an installed package is: compiled. (Pythons that may not write caches compile each time.)
    environment = {**os.environ, "PRE_COMMIT": "1", "PYTHONPYCACHEPREFIX": str(tmp_path / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    hook = [sys.executable, "-m", "artclean", "--write", "--quiet", str(article)]
    floor = [sys.executable, "-c", "import click, regex"]

    def cost(command_line: list[str]) -> float:
        before = cpu_of_children()
        subprocess.run(command_line, env=environment, check=True)
        return cpu_of_children() - before

    floors: list[float] = []
    hooks: dict[int, list[float]] = {}
    ratios = []
    for _ in range(5):
        for number in range(12):
            article.write_text(dump(number), "utf-8")
            floors.append(cost(floor))
            hooks.setdefault(number, []).append(cost(hook))
        # An article in the middle: what the hook costs depends on what stands in it.
        ratios.append(statistics.median(map(min, hooks.values())) / min(floors))
        if ratios[-1] <= 2.5:
            return
    raise AssertionError(ratios)
