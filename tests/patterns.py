"""Every pattern of the package, where it stands and how it is used.

    python tests/patterns.py        one pattern a line, as JSON

Patterns are compiled in modules, in cached properties, and in functions that only a damaged text
reaches. So ``re`` and ``regex`` are watched while all modules are imported, all properties of the
language tables are touched, and texts with every kind of damage are tidied. The sources say
which methods a pattern is used with. `SITES` comes from the sources alone: a place that the run
did not reach is found by comparing.
"""

import ast
import base64
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, NamedTuple

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src" / "artclean"
ENGINES = ("re", "regex")
METHODS = ("match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
# What `Rewrite` does with the pattern that it is given.
OF_REWRITE = ("finditer", "sub")


class Site(NamedTuple):
    """A place in the sources where a pattern is written down, and the methods that it is used with.

    ``name`` is the constant, or the function that the pattern is made in.
    """

    module: str
    line: int
    name: str
    methods: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.module}:{self.name}"


class Pattern(NamedTuple):
    """What was compiled at a site; ``source`` is text or bytes."""

    site: str
    line: int
    engine: str
    source: str | bytes
    flags: int


# ---------------------------------------------------------------- what the sources say


def _functions(tree: ast.AST, name: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Every node, and the function or the constant that it belongs to."""
    for child in ast.iter_child_nodes(tree):
        inner = name
        if isinstance(child, ast.FunctionDef):
            inner = child.name
        elif isinstance(child, ast.Assign | ast.AnnAssign) and not name:
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            inner = ast.unparse(target)
        yield child, inner
        yield from _functions(child, inner)


def _called(node: ast.AST, imported: dict[str, str]) -> str | None:
    """The function of ``re`` or ``regex`` that a node calls."""
    if not isinstance(node, ast.Call):
        return None
    called = node.func
    if isinstance(called, ast.Name):
        return imported.get(called.id)
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        known = called.value.id in ENGINES and called.attr in (*METHODS, "compile")
        return called.attr if known else None
    return None


def _uses(trees: dict[str, ast.Module]) -> dict[tuple[str, str], set[str]]:
    """By module and last name of an expression: the methods of patterns that are called on it.

    A private name is known in its own module only, any other everywhere (module ``""``).
    """
    found: dict[tuple[str, str], set[str]] = {}
    for module, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = ast.unparse(node.value).rpartition(".")[2]
                where = module if name.startswith("_") else ""
                found.setdefault((where, name), set()).add(node.attr)
    return found


def _names_of(node: ast.AST, tree: ast.Module, name: str) -> set[str]:
    """What a compiled pattern is called: a constant, a property, a local name, a keyword."""
    names = {name}
    for other in ast.walk(tree):
        if isinstance(other, ast.Assign) and any(child is node for child in ast.walk(other.value)):
            names |= {ast.unparse(target) for target in other.targets}
        elif isinstance(other, ast.keyword) and other.value is node and other.arg:
            names.add(other.arg)
    return names


def sites() -> list[Site]:
    """Every place in the sources that makes a pattern."""
    trees = {
        str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    uses = _uses(trees)
    found: list[Site] = []
    for module, tree in trees.items():
        imported = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in ENGINES
            for alias in node.names
            if alias.name in (*METHODS, "compile")
        }
        for node, name in _functions(tree):
            called = _called(node, imported)
            if called is None:
                continue
            assert isinstance(node, ast.Call)
            methods = {called} if called != "compile" else set()
            if not methods:
                names = _names_of(node, tree, name)
                known = [(module if each.startswith("_") else "", each) for each in names]
                methods = {method for each in known for method in uses.get(each, ())}
                methods |= _chained(node, tree)
            found.append(Site(module, node.lineno, name, tuple(sorted(methods or OF_REWRITE))))
    return found


def _chained(node: ast.AST, tree: ast.Module) -> set[str]:
    """The method of ``re.compile(…).findall(…)``."""
    return {
        other.attr
        for other in ast.walk(tree)
        if isinstance(other, ast.Attribute) and other.value is node and other.attr in METHODS
    }


# ---------------------------------------------------------------- what a run compiles

DAMAGES = [
    *("Nga\u0300y &nbsp;2 tha\u0301ng&#160;9 đã vui", "Cầu Long Biên đó", "a\x85b\u2028c\r\nd\x0ce"),
    *("C¸c b¹n ®äc l¹i nhÐ! Ngµy 2 th¸ng 9 n¨m 2019", "Coâng ty ñaõ môû cöûa naêm 2019 ôû Haø Noäi"),
    *("Cáº£ báº£n Ä‘Ã£ vui má»™t ngÃ y", "“quotes” đã\xa0vui", "hoà thuý cuả đã", "đa%3ba %3b đã"),
    *("đa \u0300 lang a \u0301nh", "Ðà Nẵng ðã \u0441ủa ıa đı ﬁ ﬂ", "漢\u3000字 a\u3000b", "\ud83d\ude00 \ud800 đã"),
    *("a\u200bb \u200f م\u200fا 😀\u200d😀 \ufeff đã", "😀 đã vui, a\u200eb", "q\u0323\u0301 đã", "\u1161ᄀ đã"),
    "T\x00i\x00n\x00 \x00v\x00u\x00i\x00",
]  # fmt: skip

MARKDOWN = """\
---
title: "Cầu \\"mới\\" đã thông xe"
tags: [cầu, 'sông']
authors:
  - Duy Tiến
---
# Cầu mới

![a](b)

- [x](y) \\* &lt; *nghiêng*

*Cả câu.*

```
x
```

| a | b |
|---|---|

<!-- artclean: off -->
.
<!-- artclean: on -->
"""
SIGNED = (
    "Xã Đông Hồ mở hội sen\n\nSáng 2/8, xã Đông Hồ khai hội sen.\n\nDuy Tiến\n\nhội sen, Đông Hồ"
)


def _watch(seen: list[tuple[Path, int, str, Any, int]]) -> None:
    """Note who asks ``re`` and ``regex`` for what."""
    for engine in ENGINES:
        module = import_module(engine)
        for name in (*METHODS, "compile"):
            setattr(module, name, _noting(getattr(module, name), engine, seen))


def _noting(asked: Callable[..., Any], engine: str, seen: list[Any]) -> Callable[..., Any]:
    def noted(pattern: Any, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1)
        file = Path(caller.f_code.co_filename)
        if file.is_relative_to(PACKAGE):
            source = getattr(pattern, "pattern", pattern)
            flags = getattr(pattern, "flags", 0) or options.get("flags", 0)
            if asked.__name__ == "compile" and arguments:
                flags = arguments[0]
            seen.append((file, caller.f_lineno, engine, source, int(flags)))
        return asked(pattern, *arguments, **options)

    return noted


def _exercise() -> None:
    """Reach every place of the package that makes a pattern."""
    import artclean
    from artclean import clean, repair_report, tidy, to_json, to_markdown

    for found in walk_packages(artclean.__path__, "artclean."):
        optional = found.name.endswith(("arrow", "parquet")) and not find_spec("pyarrow")
        if not optional and not found.name.endswith("__main__"):
            import_module(found.name)
    from artclean.cli import HELP, command
    from artclean.language.load import load_language
    from artclean.language.schema import Gated
    from artclean.run.jobs import as_utf8
    from artclean.run.manual import manual_page
    from artclean.run.plan import size_of
    from artclean.text.decode import decode
    from artclean.text.markdown import markdown_dump

    as_utf8("\ud800")
    clean(markdown_dump(MARKDOWN))
    manual_page(command, HELP)
    size_of("16M")
    for code in ("vi", "en"):
        language = load_language(code)
        for thing in (language, language.timestamps):
            for name, value in vars(type(thing)).items():
                if isinstance(value, cached_property):
                    made = getattr(thing, name)
                    if isinstance(made, Gated):
                        made.compiled()
    rows = tomllib.loads((HERE / "text" / "cases.toml").read_text(encoding="utf-8"))["case"]
    samples = [path.read_text(encoding="utf-8") for path in HERE.parent.glob("samples/*.txt")]
    for text in (MARKDOWN, SIGNED, *DAMAGES, *(row["text"] for row in rows), *samples):
        for style in ("keep", "new", "old"):
            repair_report(text, tone_style=style)
        to_json(clean(text)), to_markdown(clean(text))
        for markdown in (False, True):
            tidy(text, markdown=markdown)
    for name in ("tcvn3", "vni", "viscii", "vps", "cp1258", "utf-16"):
        with suppress(artclean.ArtcleanError):
            decode("Ngµy 2 th¸ng 9 HÐND n¨m".encode("latin-1") * 4, name)
    for data in (
        b"abc \xe1 ngh\xec",
        "Ngµy 2 th¸ng 9 n¨m 2019 ë x·".encode("latin-1") * 9,
        b"\x01\x02\xff\xfe\x80" * 9,
    ):
        with suppress(artclean.ArtcleanError):
            tidy(data)


def _main() -> None:
    seen: list[tuple[Path, int, str, Any, int]] = []
    _watch(seen)
    _exercise()
    at = {(site.module, site.line): str(site) for site in sites()}
    for file, line, engine, source, flags in dict.fromkeys(seen):
        module = str(file.relative_to(PACKAGE))
        written = base64.b64encode(source).decode() if isinstance(source, bytes) else source
        site = at.get((module, line), f"{module}:{line}")
        print(json.dumps([site, line, engine, written, flags, isinstance(source, bytes)]))


@cache
def patterns() -> list[Pattern]:
    """Every pattern that a run compiles, by a run of its own."""
    run = subprocess.run(
        [sys.executable, __file__], stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    found = []
    for row in run.stdout.split("\n"):
        if row:
            site, line, engine, source, flags, is_bytes = json.loads(row)
            source = base64.b64decode(source) if is_bytes else source
            found.append(Pattern(site, line, engine, source, flags))
    return found


if __name__ == "__main__":
    _main()
