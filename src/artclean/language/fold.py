"""How two wordings of a phrase are compared."""

from typing import Final

# What may stand around a phrase without changing it: "» Tin liên quan:", "[Đọc tiếp]".
EDGE: Final = " \t\xa0.,;:!?*<>«»‹›•·|()[]{}…-–—_\"'“”‘’/\\"
# No opening that `opens_with` is asked for has more characters.
LONGEST_OPENING: Final = 40


def single_spaced(text: str) -> str:
    """One blank where white space runs. Most lines hold no run and are not copied.

    Made for lines of a repaired text: other white space stands only between Chinese characters.
    """
    if "  " in text or "\t" in text:
        return " ".join(text.split())
    return text


def fold(text: str) -> str:
    """A phrase without case, outer punctuation and runs of white space; never printed.

    Tone marks stay: without them "Ảnh" (a photo) would equal "Anh" (England).

    >>> fold("  TIN  LIÊN QUAN: ")
    'tin liên quan'
    >>> fold("Ảnh") == fold("Anh")
    False
    """
    return single_spaced(text.casefold()).strip(EDGE)


def opens_with(text: str, openings: tuple[str, ...]) -> bool:
    """Whether a line begins with one of some casefolded openings, in whatever case.

    >>> opens_with("MỜI BẠN ĐỌC gửi bài về tòa soạn", ("mời bạn đọc",))
    True
    >>> opens_with("Xin mời bạn đọc gửi bài", ("mời bạn đọc",))
    False
    """
    return text[:LONGEST_OPENING].casefold().startswith(openings)
