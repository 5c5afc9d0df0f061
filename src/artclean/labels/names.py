"""Names of people, as papers print them under a story."""

import re
from collections.abc import Iterable
from typing import Final

from artclean.language.fold import fold
from artclean.language.schema import Language

# A name has at most six words ("Công Tằng Tôn Nữ Thu Hà") and a byline is short.
MOST_WORDS: Final = 6
LONGEST_NAME: Final = 40

# "H'Linh Niê", "T.Hằng", "Y Nguyên", "López-Dóriga", "N.Đ.K": letters, and what joins them.
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’‘_-](?=[^\W_]))*\.?\Z")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{0,7}\.?\Z")
_TRIM: Final = " \t\xa0,;:|*-–—_\"“”'()[]"


def is_nobody(folded: str, language: Language) -> bool:
    """Whether capitalised words are no person's name: a paper's, a section's, "TỈNH ĐÔNG HỒ"."""
    return folded in language.no_names or folded.startswith(language.no_person)


def holds_small_word(words: Iterable[str], language: Language) -> bool:
    """Whether a word is written small that does not join two names."""
    return any(word[0].islower() and word.casefold() not in language.joining for word in words)


def read_name(text: str, language: Language) -> str | None:
    """A person's name or pen name, or nothing.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> read_name("Duy Tiến", vi), read_name("T.Hằng", vi), read_name("H'Linh Niê", vi)
    ('Duy Tiến', 'T.Hằng', "H'Linh Niê")
    >>> read_name("Hà Nội", vi), read_name("Ông Tiến cho biết", vi), read_name("Quận 9", vi)
    (None, None, None)
    """
    name = " ".join(text.split()).strip(_TRIM)
    if not name or len(name) > LONGEST_NAME:
        return None
    words = name.split(" ")
    if name[-1] == "." and not _INITIAL.match(words[-1]):
        name = name.rstrip(".")
        words = name.split(" ")
    if len(words) > MOST_WORDS or not all(
        word[:1].isupper() and _WORD.match(word) for word in words
    ):
        return None
    if len(words) > 1 and words[0].isupper() and len(set(words)) == 1:
        return None  # "HH HH": what a counter of readers leaves
    folded = fold(name)
    if folded in language.desks:
        return name
    if is_nobody(folded, language):
        return None
    if "-" in folded and any(half.strip() in language.nobody for half in folded.split("-")):
        return None  # "Nga-Ukraine"
    return name if len(name) > 1 else None


def read_names(text: str, language: Language) -> tuple[str, ...]:
    """All names of a list, or none if one piece of it is no name.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> read_names("Mỹ Uyên - Thanh Long và Nhật Bắc", vi)
    ('Mỹ Uyên', 'Thanh Long', 'Nhật Bắc')
    >>> read_names("Trần Nguyệt-Phan Trang", vi)
    ('Trần Nguyệt', 'Phan Trang')
    >>> read_names("Hà Nội - Huế", vi)
    ()
    """
    if holds_small_word(text.split(), language):
        return ()  # what follows would find the same, with a pattern
    names: list[str] = []
    for piece in language.between_names.split(text.strip(_TRIM)):
        # A hyphen without spaces joins two names only if both have two words ("Jean-Paul" has
        # one on its left), or initials stand there.
        halves = piece.split("-")
        if len(halves) > 1 and all(" " in half.strip() or "." in half for half in halves):
            pieces = halves
        else:
            pieces = [piece]
        for each in pieces:
            name = read_name(each, language)
            if name is None:
                return ()
            names.append(name)
    return tuple(names)
