"""Each folder is a stage, and imports only go to a stage above: held by walking the sources.

The command line starts fast because nothing heavy is imported on the way from standard input to
standard output; that is held here too, by what a run has really loaded.
"""

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import artclean
from artclean.text.passes import STEPS

SOURCE = Path(artclean.__file__).parent
# Stages in the order of the way through; several names in a row stand at one height.
STAGES = (
    ("model", "errors"),
    ("text",),
    ("language",),
    ("labels",),
    ("article",),
    ("render",),
    ("pipeline",),
    ("run", "arrow", "html"),
    ("cli",),
    ("__main__",),
)
HEIGHT = {name: height for height, names in enumerate(STAGES) for name in names}
RIM = frozenset(("run", "arrow", "html", "cli", "__main__"))
# Files, processes and the world outside: nothing for the core. `os.path` only joins names.
OUTSIDE = frozenset(
    (
        "os",
        "io",
        "sys",
        "pathlib",
        "shutil",
        "glob",
        "fileinput",
        "tempfile",
        "mmap",
        "fcntl",
        "subprocess",
        "multiprocessing",
        "threading",
        "concurrent",
        "asyncio",
        "signal",
        "socket",
        "select",
        "logging",
        "time",
        "random",
        "urllib",
        "http",
        "locale",
    )
)
PURE = frozenset(("os.path",))
FORBIDDEN_CALLS = frozenset(
    (
        "open",
        "print",
        "input",
        "breakpoint",
        "exec",
        "eval",
        "compile",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
    )
)
# What costs more than a millisecond to import and does not come with click.
HEAVY = frozenset(
    (
        "regex",
        "dateutil",
        "rich",
        "pathspec",
        "multiprocessing",
        "subprocess",
        "tempfile",
        "importlib.metadata",
        "importlib.resources",
        "concurrent.futures",
        "asyncio",
        "logging",
        "email",
        "http",
        "urllib.request",
        "hashlib",
        "socket",
        "ssl",
        "random",
        "zipfile",
        "tarfile",
        "shutil",
        "gzip",
        "lzma",
        "bz2",
        "html",
        "unittest",
        "difflib",
        "csv",
        "decimal",
        "fractions",
        "statistics",
        "uuid",
        "pyarrow",
        "zstandard",
        "yaml",
        "jsonschema",
        "pkg_resources",
    )
)


class Import(NamedTuple):
    """One imported name: the module that asks, the line, what it asks for, and where it stands."""

    module: str
    line: int
    target: str
    at_start: bool
    typing_only: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}
MODULES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def stage_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def is_core(module: str) -> bool:
    return stage_of(module) not in RIM


CORE = {name: tree for name, tree in MODULES.items() if is_core(name)}


def targets(module: str, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """Full names of what a statement imports: a module where there is one of that name."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    assert node.level == 0, f"{module}:{node.lineno}: relative imports hide the stage"
    base = node.module or ""
    for alias in node.names:
        whole = f"{base}.{alias.name}"
        own = base.split(".")[0] == "artclean"
        yield whole if not own or whole in MODULES or base == "artclean" else base


def is_program(node: ast.AST) -> bool:
    """What runs only under ``python -m``: it may start the command, from above."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def asks_for_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def walk(
    node: ast.AST, at_start: bool, typing_only: bool
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, at_start, typing_only
        elif not is_program(child):
            deferred = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, at_start and not deferred, typing_only or asks_for_typing(child))


@cache
def imports() -> tuple[Import, ...]:
    """Every import of the package, those within functions and those for type checkers too."""
    return tuple(
        Import(module, node.lineno, target, at_start, typing_only)
        for module, tree in MODULES.items()
        for node, at_start, typing_only in walk(tree, True, False)
        for target in targets(module, node)
    )


def within_package() -> list[Import]:
    return [
        found
        for found in imports()
        if found.target.split(".")[0] == "artclean" and found.module != "artclean"
    ]


def matches(target: str, names: frozenset[str]) -> bool:
    """Whether a module or one of its parents is named; ``os.path.join`` is not ``os``."""
    parts = target.split(".")
    prefixes = {".".join(parts[:size]) for size in range(1, len(parts) + 1)}
    return not names.isdisjoint(prefixes) and PURE.isdisjoint(prefixes)


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.lineno, node.func.id
            elif isinstance(node.func, ast.Attribute):
                # `re.compile` is no `compile`, but `path.open` is an `open`
                name = node.func.attr
                yield node.lineno, "" if name == "compile" else name


# ------------------------------------------------------------------------------ the direction


def test_the_walk_sees_the_sources() -> None:
    assert {"artclean.pipeline", "artclean.labels.find", "artclean.cli"} <= set(MODULES)
    assert len(within_package()) > 100


def test_every_module_has_a_stage() -> None:
    assert {
        name for name in MODULES if name != "artclean" and stage_of(name) not in HEIGHT
    } == set()


def test_imports_go_to_a_stage_above() -> None:
    upward = [
        str(found)
        for found in within_package()
        # the version, a plain string, may be read from anywhere
        if found.target != "artclean.__version__"
        and HEIGHT.get(stage_of(found.target), 99) > HEIGHT[stage_of(found.module)]
    ]
    assert upward == []


# Deferred within a function, so that it works all the same. Whoever unties one takes it off here.
def test_one_module_of_a_stage_never_imports_another_in_a_circle() -> None:
    graph: dict[str, set[str]] = {name: set() for name in MODULES}
    for found in within_package():
        if found.target in graph and found.target != found.module:
            graph[found.module].add(found.target)
    done: set[str] = set()

    def circle(module: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if module in path:
            return (*path[path.index(module) :], module)
        if module in done:
            return ()
        for target in sorted(graph[module]):
            if further := circle(target, (*path, module)):
                return further
        done.add(module)
        return ()

    circles = {frozenset(circle(name, ())) for name in sorted(graph)} - {frozenset[str]()}
    assert {" <-> ".join(sorted(path)) for path in circles} == set()


def test_every_module_is_imported_by_another() -> None:
    entries = {"artclean", "artclean.cli", "artclean.__main__"}
    used = {found.target for found in imports()} | set(artclean._HOMES.values())
    used |= {f"artclean.text.{step.find.partition('.')[0]}" for step in STEPS}
    entries |= {name for name, tree in MODULES.items() if any(map(is_program, tree.body))}
    packages = {name for name, path in FILES.items() if path.name == "__init__.py"}
    assert set(MODULES) - packages - entries - used == set()


# --------------------------------------------------------------------------- the core is pure


@pytest.mark.parametrize("module", CORE)
def test_the_core_touches_nothing_outside(module: str) -> None:
    found = [str(one) for one in imports() if one.module == module and matches(one.target, OUTSIDE)]
    found += [
        f"{module}:{line} calls {name}()"
        for line, name in calls(CORE[module])
        if name in FORBIDDEN_CALLS
    ]
    assert found == []


def test_click_and_rich_only_at_the_rim() -> None:
    libraries = frozenset(("click", "rich"))
    allowed = {"run", "cli", "__main__"}
    found = [
        str(one)
        for one in imports()
        if matches(one.target, libraries) and stage_of(one.module) not in allowed
    ]
    assert found == []


def test_nothing_catches_every_exception_in_the_core() -> None:
    broad = [
        f"{module}:{node.lineno}"
        for module, tree in CORE.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert broad == []


# -------------------------------------------------------------------------- the start is light


def test_no_module_imports_heavy_ones_when_it_loads() -> None:
    # run/ holds modules of its own for processes and progress, loaded where they are needed;
    # what a plain run loads is the next test's business.
    found = [
        str(one)
        for one in imports()
        if one.at_start
        and not one.typing_only
        and matches(one.target, HEAVY)
        and stage_of(one.module) != "run"
    ]
    assert found == []


LOADED = """
import os, sys, json
import click
before = set(sys.modules)
from artclean.cli import execute
status = execute(sys.argv[1:])
os.write(2, json.dumps([status, sorted(set(sys.modules) - before)]).encode())
"""
DUMP = """Xã Đông Hồ mở hội sen
Cập nhật lúc 15:34, Thứ Sáu, 02/08/2019 (GMT+7)

Sáng 2/8, xã Đông Hồ khai hội sen lần thứ ba với sự tham dự của hơn hai trăm hộ dân.

Thuyền hoa rước sen trên hồ. Ảnh: Lam Chi
Thuyền hoa rước sen trên hồ.

Hội kéo dài hai ngày, có đua thuyền và chợ quê.

Duy Tiến
"""


def loaded_by(*arguments: str, dump: str = DUMP) -> list[str]:
    """The modules that a run on a dump loads beyond those of click."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        input=dump.encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    status, modules = json.loads(done.stderr)
    assert (status, bool(done.stdout)) == (0, True)
    return [str(name) for name in modules]


@pytest.mark.parametrize("arguments", [(), ("--to", "md"), ("--to", "text"), ("--version",)])
def test_a_plain_run_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert [name for name in loaded_by(*arguments) if matches(name, HEAVY)] == []


def test_an_odd_sign_loads_no_pass_but_its_own() -> None:
    """Not those that tell what was misread, which cost a start as much as the labels."""
    passes = {f"artclean.text.{step.find.partition('.')[0]}" for step in STEPS}
    dump = DUMP.replace("hồ.", "hồ rộng 25\xa0m², theo ông Ståle.", 1)
    wanted = {"artclean.text.misread", "artclean.text.spaces"}
    assert passes.intersection(loaded_by(dump=dump)) == wanted
    assert passes.isdisjoint(loaded_by())


def test_the_version_costs_no_stage() -> None:
    stages = {stage_of(name) for name in loaded_by("--version") if name.startswith("artclean.")}
    assert stages <= {"run", "cli", "errors"}


def test_import_artclean_imports_nothing_else_of_it() -> None:
    code = "import sys, artclean; print(*sorted(m for m in sys.modules if 'artclean' in m))"
    # -S: an editable installation may import its own finder when the interpreter starts
    path = f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r}); "
    done = subprocess.run(
        [sys.executable, "-S", "-c", path + code], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode().split() == ["artclean"]


# ------------------------------------------------------------------------------- public names


@pytest.mark.parametrize("name", artclean.__all__)
def test_public_names_resolve(name: str) -> None:
    value = getattr(artclean, name)
    assert name == "__version__" or value.__name__ == name


def test_public_names_are_one_list() -> None:
    """For people, for type checkers, and for the loader: three lists that must agree."""
    typed = {
        alias.name
        for node, _, typing_only in walk(MODULES["artclean"], True, False)
        if typing_only
        for alias in node.names
    }
    assert typed == set(artclean._HOMES) == set(artclean.__all__) - {"__version__"}
    assert sorted(dir(artclean)) == sorted(artclean.__all__)
    assert len(set(artclean.__all__)) == len(artclean.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scrape'"):
        _ = artclean.scrape


def test_the_package_is_typed() -> None:
    assert (SOURCE / "py.typed").exists()


# ---------------------------------------------------------------- what mypyc compiles

PROJECT = Path(__file__).parents[1]
BUILD = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
COMPILED = [
    path
    for pattern in BUILD["build"]["targets"]["wheel"]["hooks"]["custom"]["compiled"]
    for path in sorted((PROJECT / "src" / "artclean").glob(pattern))
]


def test_every_pattern_of_compiled_modules_finds_one() -> None:
    assert {path.parent.name for path in COMPILED} == {
        *("text", "language", "labels", "article", "render"),
    }


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_compiled_module_keeps_what_a_compiler_cannot_see(path: Path) -> None:
    """A constant without `Final` is looked up each time, a cached property computed each time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        names = [each.id for each in targets if isinstance(each, ast.Name)]
        # `Lines = Sequence[Line]` is a type.
        assert [name for name in names if name.lstrip("_").isupper()] == []
    assert "cached_property" not in ast.unparse(tree)


@pytest.mark.parametrize("name", [name for name in artclean.__all__ if name[0] != "_"])
def test_the_public_names_are_python(name: str) -> None:
    """What is compiled has no docstring and no types that a program could read."""
    value = getattr(artclean, name)
    file = sys.modules[value.__module__].__file__
    assert str(file).endswith(".py")
    assert value.__doc__
