"""By what a run knows a document again, and what earlier runs have done."""

import hashlib
import os

from artclean.run.sink import OutputTree


def key_of(content: bytes | str, salt: bytes) -> str:
    """The key of a document: its content and the settings, never a time or a name."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.blake2b(data, digest_size=16, key=salt).hexdigest()


class Done:
    """What earlier runs have done: of each document the last key, and the size of its output.

    Only the last: where the content or the settings have changed, and changed back, the output is
    that of the run between. Kept as numbers: a million documents are some 130 MB.
    """

    def __init__(self) -> None:
        self._last: dict[int, int] = {}  # by name: key, size, and is it an error?
        self._begun: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._last)

    def add(self, name: str, key: str, output: str | None, size: int, *, failed: bool) -> None:
        """This document has been done (or its error is its output); of so many bytes."""
        self._last[_short(name, _suffix(output))] = _short(key) << 64 | size * 2 + failed

    def forget(self, name: str, output: str | None) -> None:
        """This document has to be done again."""
        self._last.pop(_short(name, _suffix(output)), None)

    def begin(self, name: str, salt: str) -> None:
        """A file of records has been begun with settings; what is half done of it is of those."""
        self._begun[name] = salt

    def has_begun(self, name: str, salt: str) -> bool:
        """Is what is half done of this file of records of these settings?"""
        return self._begun.get(name) == salt

    def find(self, name: str, key: str, output: str | None = None) -> tuple[int, bool] | None:
        """The size of what was made of this document, and is it an error? Or ``None``."""
        found = self._last.get(_short(name, _suffix(output)))
        if found is None or found >> 64 != _short(key):
            return None
        size = found & (1 << 64) - 1
        return size // 2, size % 2 > 0

    def has(self, name: str, key: str, target: str | None, tree: OutputTree | None) -> bool:
        """Is it done, and is its output still there, whole?"""
        found = self.find(name, key, target)
        if found is None or tree is None or not target:
            return False
        return tree.size_of(target) == found[0]


def _suffix(output: str | None) -> str:
    """JSON and Markdown of one document may lie side by side."""
    return os.path.splitext(output)[1] if output else ""


def _short(*parts: str) -> int:
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
