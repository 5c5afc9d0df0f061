"""A picture's words, with the credit at their end."""

import re

from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import Caption

# How far back from its end a line is searched for a credit: a word, a colon, sixty characters.
TAIL = 110
# Without a colon behind "Ảnh" or "Nguồn" the credit must close a line of a caption's length;
# the longest real captions have some 350 characters.
LONGEST_WITHOUT_COLON = 400
_EDGE = " \t\xa0-–—|*"
_INITIAL_END = re.compile(r"(?:^|[\s.])[^\W\d_]\.\Z")


def _credit(text: str) -> str | None:
    who = " ".join(text.split()).strip(" \t\xa0,;:|*-–—")
    if who.endswith(".") and not _INITIAL_END.search(who):
        who = who.rstrip(". ")
    return who or None


def _words(text: str) -> str:
    return " ".join(text.split()).strip(_EDGE).removesuffix("(").rstrip(_EDGE)


def find_caption(text: str, language: Language) -> Caption | None:
    """A picture's words, with the credit at their end.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> find_caption("Cầu Long Biên lúc bình minh - Ảnh: NAM TRẦN", vi)
    Caption(text='Cầu Long Biên lúc bình minh', credit='NAM TRẦN')
    >>> find_caption("Đồng lúa vào vụ (Ảnh minh họa).", vi)
    Caption(text='Đồng lúa vào vụ', credit=None)
    >>> find_caption("Ảnh hưởng của bão số 3 còn kéo dài", vi)  # "influence", not "photo"
    """
    end = len(text)
    if ">" in text[-100:] and (teaser := language.glued_teaser.search(text, max(0, end - 120))):
        text = text[: teaser.start()]
        end = len(text)
    start = max(0, end - TAIL)
    tail = text[start:]
    if found := language.credit.search(tail):
        who = found["who"]
        before = text[: start + found.start()]
        # "Ảnh: X" in the middle of a sentence never follows a small letter without a mark.
        if not found["open"] and found["word"][0].islower():
            return None
        if not _words(before):
            before = found["word"]
        elif found["open"] and not found["close"] and who and len(who) > 40:
            return None
        elif len(found["word"].split()) > 1 and not who.strip():
            return Caption(_words(before), None)
        return Caption(_words(before), _credit(who))
    if end > LONGEST_WITHOUT_COLON:
        return None
    if found := language.credit_bare.search(tail):
        who = found["who"] or found["origin"]
        before = text[: start + found.start()]
        stop = re.match(r"[.!?…”\"]", tail[found.start() : found.start() + 1])
        if stop:
            before += stop[0]
        if who is None:
            return Caption(_words(before) or _words(text), None)
        if who[0].isupper() or found["origin"]:
            return Caption(_words(before), _credit(who))
        return None
    if found := language.source.search(tail):
        before = text[: start + found.start()]
        if tail[found.start() : found.start() + 1] in (".", "!", "?", "…"):
            before += tail[found.start()]
        if _words(before):
            return Caption(_words(before), _credit(found["who"]))
    return None


def find_agency_credit(text: str, language: Language) -> Caption | None:
    """ "… hôm 3/12/2015. AFP", "… - Q. KHẢI": a bare credit behind a caption's last stop."""
    if len(text) > LONGEST_WITHOUT_COLON:
        return None
    for mark in (". ", " - ", " – "):
        before, found, who = text.rpartition(mark)
        if not found or not before or not who or len(who) > 40:
            continue
        agency = who.strip(" .,")
        if (
            re.split(r"\s*[–/-]\s*", agency)[0]
            and fold(re.split(r"\s*[–/-]\s*", agency)[0]) in language.publishers
            and (agency.isupper())
        ):
            return Caption(_words(before + ("." if mark == ". " else "")), agency)
    return None


def find_counted(text: str, language: Language) -> str | None:
    """The words in front of " - Ảnh 1.", or ``None`` where no such counter stands."""
    found = language.counter.search(text)
    return _words(text[: found.start()]) if found and found.start() else None
