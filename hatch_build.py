"""Parses the language tables once, when artclean is built.

At every start reading them as TOML would cost 8 ms, as JSON it costs less than one. The checksum
in front says which TOML was parsed: for a table that has been edited since, in an editable
installation, TOML is read.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PRIME = 1_073_741_789  # as in artclean.language.load


class TablesHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Writes ``vi.json`` beside ``vi.toml``, and so on."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files of a wheel."""
        root = Path(self.root)
        for source in sorted((root / "src/artclean/language").glob("*.toml")):
            content = source.read_bytes()
            checksum = int.from_bytes(content, "big") % PRIME
            parsed = [checksum, tomllib.loads(content.decode())]
            target = source.with_suffix(".json")
            target.write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")
            build_data["artifacts"].append(target.relative_to(root).as_posix())
