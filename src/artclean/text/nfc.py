"""Letters composed with their marks."""

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from artclean.text.gate import SAFE

if TYPE_CHECKING:
    from artclean.text.rewrite import Rewrite


def find_decomposed(text: str, odd: frozenset[str]) -> "Rewrite | None":
    """Letters that are not in NFC. Never NFKC: it turns m² into m2."""
    composed = normalize("NFC", text)
    if composed == text:
        return None
    from artclean.text.rewrite import Rewrite

    # A safe character never joins with what stands before it: so these pieces are independent.
    pieces = re.compile(f"[{SAFE}]?[^{SAFE}]+")
    return Rewrite("nfc", pieces, lambda m: normalize("NFC", m.group()), lambda _: composed)
