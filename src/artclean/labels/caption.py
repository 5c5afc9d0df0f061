"""A picture's words, with the credit at their end.

Most lines of a dump are long paragraphs, so each reader first looks for what it cannot do
without (a colon near the end, a capital as last letter) and gives up at once where it is missing.
"""

import re
from typing import Final

from artclean.language.fold import fold, opens_with, single_spaced
from artclean.language.schema import CREDIT_KEY, Language
from artclean.model import Caption

# A credit has at most this many characters.
LONGEST_CREDIT: Final = 60
# A credit in an opened bracket that is never closed is half a sentence if it is longer.
LONGEST_UNCLOSED: Final = 40
# How far back from its end a line is searched for a credit without a colon.
TAIL: Final = 110
# Without a colon behind "Ảnh" or "Nguồn" the credit must close a line of a caption's length;
# the longest real captions have some 350 characters.
LONGEST_WITHOUT_COLON: Final = 400

# "Nguồn ảnh", "Hình minh họa", with marks around: a longer caption has words of its own.
LONGEST_CREDIT_WORD: Final = 40
# "Bài, " of "Bài, ảnh: X", in characters.
LONGEST_ROLES: Final = 24

_EDGE: Final = " \t\xa0-–—|*"
_STOPS: Final = " \t\xa0.,;|"
_COUNT: Final = "0123456789. \t\xa0"
_BRACKETS: Final = frozenset("()[]")
_INITIAL_END: Final = re.compile(r"(?:^|[\s.])[^\W\d_]\.\Z")
_WITH_PAPER: Final = re.compile(r"[^()\[\]]++\([^()\[\]]++\)")
_DASH: Final = re.compile(r"(?:(?<!\s)\s++)?[–/-]\s*")


def _credit(text: str) -> str | None:
    who = single_spaced(text).strip(" \t\xa0,;:|*-–—")
    if who[-1:] == "." and not _INITIAL_END.search(who):
        who = who.rstrip(". ")
    return who or None


def _words(text: str) -> str:
    return single_spaced(text).strip(_EDGE).removesuffix("(").rstrip(_EDGE)


def _after_colon(text: str, language: Language) -> Caption | None:
    """ "… Ảnh: X", "(Ảnh: X)", "Ảnh minh họa: X": a word of the table, a colon, a credit."""
    colon = text.rfind(":", max(0, len(text) - LONGEST_CREDIT - 6))
    if colon < 0:
        return None
    before = text[:colon].rstrip()
    for word in language.credit_endings.get(before[-CREDIT_KEY:], ()):
        if before.endswith(word):
            break
    else:
        return None
    who = text[colon + 1 :]
    arrow = teaser = ""
    if ">" in who:
        who, arrow, teaser = who.partition(">")
    who = who.strip(" \t\xa0,;|")
    bare = who.rstrip(_STOPS)
    closed = bare.endswith((")", "]"))
    paper = closed and _WITH_PAPER.fullmatch(bare)  # "Lam Chi (TTXVN)"
    if closed and not paper:
        who = bare.rstrip(")] ")
    if len(who) > LONGEST_CREDIT or not (paper or _BRACKETS.isdisjoint(who)):
        return None
    before = before[: -len(word)]
    # "… trạm bơm mớiẢnh: X": a capital behind a small letter was glued to it.
    glued = before[-1:].islower() and word[0].isupper()
    if before and not glued and (before[-1].isalnum() or before[-1] == "_"):
        return None
    opened = before.rstrip().endswith(("(", "["))
    # "… đăng ảnh: X" is a sentence; in brackets the word may be small.
    if word[0].islower() and not opened:
        return None
    words = _words(before)
    if not words:
        return Caption(word, _credit(who))
    # "Bài, ảnh: X" signs the story.
    if len(before) < LONGEST_ROLES and fold(before) in language.writers:
        return None
    if opened and not closed and len(who) > LONGEST_UNCLOSED:
        return None
    # "Ảnh: X >> Xem trọn bộ ảnh": the teaser is no part of the credit; its words stay.
    return Caption(_words(f"{before} {arrow}{teaser}") if arrow else words, _credit(who))


def _in_front(text: str, language: Language) -> Caption | None:
    """ "(Ảnh: X) Cụ Hiền truyền lửa": the credit in brackets before the words."""
    inner, close, words = text[1:].partition(")")
    word, colon, who = inner.partition(":")
    if not close or not colon or word.strip() not in language.credit_forms:
        return None
    credit = _credit(who)
    if credit is None or len(who) > LONGEST_CREDIT or not _words(words):
        return None
    return Caption(_words(words), credit)


def _without_colon(text: str, tail: str, start: int, language: Language) -> Caption | None:
    """ "(Ảnh minh họa)", " - Ảnh D.THÁI", ". Ảnh chụp màn hình Báo Sen Việt".

    ``start`` counts characters of ``tail``: no credit begins in front of it.
    """
    found = language.credit_bare.search(tail, start)
    if found is None:
        return None
    who = found["who"] or found["origin"]
    before = text[: len(text) - len(tail) + found.start()]
    if found[0][0] in '.!?…”"':
        before += found[0][0]
    if who is None:
        return Caption(_words(before) or _words(text), None)
    if not _words(before) and found["origin"]:
        # "Hình do gia đình cung cấp." is a credit, "Ảnh của ông được treo …" a sentence.
        return Caption(_words(text), None) if fold(text).endswith(language.supplied) else None
    if who[0].isupper() or found["origin"]:
        return Caption(_words(before), _credit(who))
    return None


def _source(text: str, language: Language) -> Caption | None:
    """ "(Nguồn: AP)" behind a picture's words."""
    found = language.source.search(text, max(0, len(text) - TAIL))
    if found is None:
        return None
    before = text[: found.start()]
    if text[found.start()] in ".!?…":
        before += text[found.start()]
    # "… (Ảnh minh họa - Nguồn: AP)": stock words that the bracket opens with are no words.
    opened = before.rfind("(")
    if opened >= 0 and fold(before[opened:]) in language.stock:
        before = before[:opened]
    return Caption(_words(before), _credit(found["who"])) if _words(before) else None


def _agency(text: str, language: Language) -> Caption | None:
    """ "… hôm 3/12/2015. AFP": an agency in capitals behind a caption's last stop."""
    for mark in (". ", " - ", " – "):
        before, found, who = text.rpartition(mark)
        if not found or not before or not 0 < len(who) <= LONGEST_UNCLOSED or who[0] == "(":
            continue  # "… bé trai. (AFP)" credits the source of a whole item
        agency = who.strip(" .,")
        if agency.isupper() and fold(_DASH.split(agency)[0]) in language.publishers:
            return Caption(_words(before + ("." if mark == ". " else "")), agency)
    return None


def find_caption(text: str, language: Language) -> Caption | None:
    """A picture's words, with the credit at their end.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> find_caption("Cầu Long Biên lúc bình minh - Ảnh: NAM TRẦN", vi)
    Caption(text='Cầu Long Biên lúc bình minh', credit='NAM TRẦN')
    >>> find_caption("Đồng lúa vào vụ (Ảnh minh họa).", vi)
    Caption(text='Đồng lúa vào vụ', credit=None)
    >>> find_caption("Biểu tình ở Paris, tối 17/4. REUTERS", vi)
    Caption(text='Biểu tình ở Paris, tối 17/4.', credit='REUTERS')
    >>> find_caption("Ảnh hưởng của bão số 3 còn kéo dài", vi)  # "influence", not "photo"
    """
    if text[0] == "(" and (caption := _in_front(text, language)):
        return caption
    tail = text[-TAIL:]
    colon = ":" in tail
    if colon and (caption := _after_colon(text, language)):
        return caption
    if len(text) > LONGEST_WITHOUT_COLON:
        return None
    # Without a colon a word for a picture stands there, or the line closes with a bracket. Most
    # lines do not even hold the letter that such a word begins with.
    start = len(tail)
    for letter, words in language.photo_words:
        if letter in tail:
            for word in words:
                if word in tail:
                    start = min(start, tail.index(word))
    if start < len(tail):
        # In front of the word a credit has at most a blank, a mark and blanks.
        start = max(0, len(tail[:start].rstrip()) - 2)
    elif ("(" in tail or "[" in tail) and tail.rstrip(_STOPS).endswith((")", "]")):
        start = 0
    if start < len(tail) and (caption := _without_colon(text, tail, start, language)):
        return caption
    if colon and (caption := _source(text, language)):
        return caption
    last = tail[-1]
    if last in ".,) ]":
        last = tail.rstrip(".,) ]")[-1:]
    if last.islower():
        return None
    if last.isupper():
        return _agency(text, language)
    return find_counted(text, language) if last.isdigit() else None


def find_counted(text: str, language: Language) -> Caption | None:
    """The words in front of " - Ảnh 1.", a counter that some sites write in a credit's place."""
    if not text.rstrip(_COUNT).endswith(language.counted):
        return None
    found = language.counter.search(text, max(0, len(text) - 20))
    return Caption(_words(text[: found.start()])) if found and found.start() else None


def find_announced(text: str, language: Language) -> Caption | None:
    """A picture's words or source behind words that say so.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> find_announced("Trong ảnh: Cô giáo và học trò trong giờ hát.", vi).credit
    >>> find_announced("Nguồn hình ảnh, Getty Images", vi)
    Caption(text='Nguồn hình ảnh', credit='Getty Images')
    >>> find_announced("Bản quyền hình ảnh AFP Image caption Cầu Đông Hồ", vi)
    Caption(text='Cầu Đông Hồ', credit='AFP')
    >>> find_announced("Bản quyền hình ảnh là chuyện dài", vi)
    """
    if ":" in text and opens_with(text, language.shown):
        return Caption(text)
    for opening in language.words_openings:
        if text.startswith(opening):
            return Caption(_behind(opening, text[len(opening) :]))
    for opening in language.source_openings:
        if text.startswith(opening):
            source, words = text[len(opening) :], ""
            for between in language.words_openings:
                if between in source:
                    source, _, words = source.partition(between)
            who = _credit(source)
            # "Bản quyền hình ảnh là …" is a sentence: a source has no word in small letters.
            if (
                who is None
                or len(who) > LONGEST_CREDIT
                or (not opening.endswith(",") and any(word[0].islower() for word in who.split()))
            ):
                return None
            return Caption(_behind(opening, words), who)
    return None


def _behind(opening: str, words: str) -> str:
    """A picture's words, or, where none follow, those that should have announced them."""
    return _words(words.lstrip(" ,")) or opening.rstrip(",")


def is_wordless(caption: Caption, language: Language) -> bool:
    """Whether a picture's only words are the ones in front of its credit: "Ảnh: X"."""
    text = caption.text
    return len(text) <= LONGEST_CREDIT_WORD and fold(text) in language.credit_words
