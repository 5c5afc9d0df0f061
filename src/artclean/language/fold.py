"""How two wordings of a phrase are compared."""

# What may stand around a phrase without changing it: "» Tin liên quan:", "[Đọc tiếp]".
EDGE = " \t\xa0.,;:!?*<>«»‹›•·|()[]{}…-–—_\"'“”‘’/\\"


def fold(text: str) -> str:
    """A phrase without case, outer punctuation and runs of white space; never printed.

    Tone marks stay: without them "Ảnh" (a photo) would equal "Anh" (England).

    >>> fold("  TIN  LIÊN QUAN: ")
    'tin liên quan'
    >>> fold("Ảnh") == fold("Anh")
    False
    """
    return " ".join(text.casefold().split()).strip(EDGE)
