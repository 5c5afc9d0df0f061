"""What is done once, when artclean is built, so that no run has to do it.

The language tables are parsed: at every start reading them as TOML would cost 8 ms, as JSON it
costs less than one. The checksum in front says which TOML was parsed: for a table that has been
edited since, in an editable installation, TOML is read.

With ``ARTCLEAN_COMPILE=1`` in the environment the modules that every dump runs through are also
compiled by mypyc (``compiled`` in ``pyproject.toml``). Nobody needs a C compiler who does not ask
for it; an editable installation is never compiled, for it would go on to run what its files once
were.
"""

import json
import os
import tempfile
import tomllib
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PRIME = 1_073_741_789  # as in artclean.language.load


class BuildHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Writes ``vi.json`` beside ``vi.toml``, and so on, and compiles what is asked for."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What a build needs beyond hatchling; called by it before `initialize`."""
        return list(self.config["compiler"]) if _is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files of a wheel."""
        self._parse_tables(build_data)
        if _is_wanted() and version == "editable":
            self.app.display_warning("an editable installation is not compiled")
        elif _is_wanted():
            self._compile(build_data)

    def _parse_tables(self, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        for source in sorted((root / "src/artclean/language").glob("*.toml")):
            content = source.read_bytes()
            checksum = int.from_bytes(content, "big") % PRIME
            parsed = [checksum, tomllib.loads(content.decode())]
            target = source.with_suffix(".json")
            target.write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")
            build_data["artifacts"].append(target.relative_to(root).as_posix())

    def _compile(self, build_data: dict[str, Any]) -> None:
        """The modules as a shared library that lies in the wheel, and nowhere in the tree."""
        from mypyc.build import mypycify
        from setuptools import Distribution

        self._folder = tempfile.TemporaryDirectory()
        built = Path(self._folder.name)
        options = ("--config-file=", f"--cache-dir={built / 'cache'}", "--ignore-missing-imports")
        with chdir(Path(self.root, "src")):
            modules = [
                path.as_posix()
                for pattern in self.config["compiled"]
                for path in sorted(Path("artclean").glob(pattern))
            ]
            extensions = mypycify(
                [*options, *modules],
                opt_level="3",
                debug_level="0",
                group_name="artclean",
                target_dir=str(built / "c"),
            )
            build = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
            build.build_lib, build.build_temp = str(built / "lib"), str(built / "objects")
            build.ensure_finalized()
            try:
                build.run()
            except Exception as error:  # setuptools has one of its own for each compiler
                self.app.abort(
                    f"ARTCLEAN_COMPILE=1 needs a C compiler and the headers of Python: {error}"
                )
        for library in (built / "lib").rglob("*.*"):
            place = library.relative_to(built / "lib")
            build_data["force_include"][str(library)] = place.as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called by hatchling when the wheel is written."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def _is_wanted() -> bool:
    wanted = os.environ.get("ARTCLEAN_COMPILE") or "0"
    if wanted not in ("0", "1"):
        raise ValueError(f"ARTCLEAN_COMPILE is 0 or 1, not {wanted!r}")
    return wanted == "1"
