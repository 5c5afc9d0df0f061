"""By what a run knows a document again, and what earlier runs have done."""

import hashlib

from artclean.run.sink import OutputTree


def key_of(content: bytes | str, salt: bytes) -> str:
    """The key of a document: its content and the settings, never a time or a name."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.blake2b(data, digest_size=16, key=salt).hexdigest()


class Done:
    """What earlier runs have done: documents by name and key, and the size of their outputs.

    Kept as 8 bytes each: a million documents are some 100 MB as text, and 80 MB like this.
    """

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, name: str, key: str, size: int, *, failed: bool) -> None:
        """This document has been done (or its error is its output); of so many bytes."""
        self._sizes[_short(name, key)] = size * 2 + failed

    def find(self, name: str, key: str) -> tuple[int, bool] | None:
        """The size of what was made of this document, and is it an error? Or ``None``."""
        found = self._sizes.get(_short(name, key))
        return None if found is None else (found // 2, found % 2 > 0)

    def has(self, name: str, key: str, target: str | None, tree: OutputTree | None) -> bool:
        """Is it done, and is its output still there, whole?"""
        found = self.find(name, key)
        if found is None or tree is None or not target:
            return False
        return tree.size_of(target) == found[0]


def _short(name: str, key: str) -> int:
    digest = hashlib.blake2b(f"{key}{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
