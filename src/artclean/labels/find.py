"""What one line is, as far as it can be told without its neighbours.

First answer wins; the surest question comes first. An answer that only a place in the dump can
confirm (a key, a date, a section) is left on the line as its value, with the label of story:
if no neighbour confirms it, nothing is lost.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from artclean.labels.caption import find_announced, find_caption
from artclean.labels.line import Line
from artclean.labels.members import (
    BOILERPLATE,
    CAPTION,
    JUNK,
    PARAGRAPH,
    RELATED,
    TAGS,
)
from artclean.labels.recall import recall_timestamp
from artclean.labels.shape import is_headline
from artclean.language.fold import EDGE as FOLD_EDGE
from artclean.language.fold import fold, single_spaced
from artclean.language.schema import OPENING_KEY, START_KEY, Language, Opening
from artclean.model import Caption, Label

# Every line of furniture, every key, every date seen is shorter; a longer line is story or a
# caption, and only its two ends are looked at. Cost: none seen in 385 labelled dumps.
LONG: Final = 240
# A line of hashtags, in characters.
LONGEST_HASHTAGS: Final = 120
# A name of one word with "_" and so many digits is a picture's: "36998511_1194445027_n".
DIGITS_OF_PICTURE: Final = 8
# A longer line that a stop closes is a sentence, whatever dates it holds. Measured: of 465 real
# timestamp lines none ends with a stop.
LONGEST_STAMP: Final = 70
# "image001", "IMG_2034": a picture's name without its ending.
_PICTURE: Final = re.compile(r"(?:image|img|photo|picture|pic|hinh|anh|untitled)[-_]?\d{1,8}")
# A picture's words in a cell of their own have so many blanks, the one in front of the bar too.
WORDS_OF_CELL: Final = 6
_ENDS_OF_PICTURES: Final = frozenset("|0123456789")
# A headline in square brackets is a link if it has so many characters and blanks.
SHORTEST_LINK: Final = 30
WORDS_OF_LINK: Final = 6
# A crawler's key is at most four words.
LONGEST_KEY: Final = 26


# ">>Xem thêm:" opens a link; without the arrows the same words head a list of links.
_ARROWS: Final = frozenset(">»›")
# "[IMAGE]", "[links(34676)]", "[mecloud]Ufv8[/mecloud]"; "[im lặng]" is said by somebody.
_CRAWLER_MARK: Final = re.compile(r"(?:\[/?[\w() ]{2,24}\]\w{0,24}){1,3}\s*\d{0,4}", re.ASCII)
_COUNT: Final = "0123456789.,() +"
# Rows of the table whose phrases carry counts; "Top 10" is a sub-heading.
_COUNTED: Final = frozenset(("share-bar", "comment-box", "widget-word"))


class KeyLine(NamedTuple):
    """A crawler's ``KEY: rest``."""

    meaning: str
    rest: str
    tail: bool


class Section(NamedTuple):
    """The name of a section of a paper, alone on its line."""

    name: str


class Web(NamedTuple):
    """A line that is an address and nothing else."""

    address: str


def find_key(text: str, language: Language) -> KeyLine | None:
    """A key that crawlers write in front of a field.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> find_key("TIÊU ĐỀ: Mùa sen ở xã Đông Hồ", vi)
    KeyLine(meaning='title', rest='Mùa sen ở xã Đông Hồ', tail=False)
    >>> find_key("Tại cuộc họp: ông Tiến nói", vi)
    """
    colon = text.find("]" if text[0] == "[" else ":", 0, LONGEST_KEY)  # [TITLE] …
    if colon <= 0:
        return None
    key = language.keys.get(fold(text[:colon]))
    if key is None:
        return None
    rest = text[colon + 1 :].strip()
    if text[0] in '["':  # "title": "…", and "tags": ["…", "…"],
        rest = rest.lstrip(": ").removesuffix(",").strip('[]" ').replace('", "', ", ")
    return KeyLine(key.meaning, rest, key.tail)


def find_furniture(text: str, folded: str, language: Language) -> tuple[Label, str] | None:
    """A share bar, a comment box, an imprint, a teaser.

    ``folded`` is the line as phrases are compared, or empty for a line longer than any.

    >>> from artclean.language.load import load_language
    >>> vi = load_language("vi")
    >>> find_furniture("Chia sẻ bài viết:", "chia sẻ bài viết", vi)
    (<Label.BOILERPLATE: 'boilerplate'>, 'share-bar')
    >>> find_furniture("Chia sẻ với phóng viên, bà Hạnh nói", "", vi)
    """
    if folded and text[0] not in _ARROWS:
        if phrase := language.phrases.get(folded):
            return Label(phrase.label), phrase.rule
        # "Bình luận (12)", "5 bình luận": the same furniture with a count.
        if folded[-1].isdigit() or folded[0].isdigit():
            phrase = language.phrases.get(folded.strip(_COUNT))
            if phrase and phrase.rule in _COUNTED:
                return Label(phrase.label), phrase.rule
    starts = language.openings_by_start
    openings = starts.get(text[:OPENING_KEY].casefold()) or starts.get(text[0])
    return _find_opening(text, openings) if openings else None


def _find_opening(text: str, openings: Iterable[Opening]) -> tuple[Label, str] | None:
    low = single_spaced(text.casefold())
    for opening in openings:
        if low.startswith(opening.start):
            closed = f"{low.strip(FOLD_EDGE)}$"
            if _holds(closed, opening.has):
                return Label(opening.phrase.label), opening.phrase.rule
    return None


def _holds(text: str, pieces: tuple[str, ...]) -> bool:
    if not pieces or any(piece in text for piece in pieces):
        return True
    return "#" in pieces and any(map(str.isdigit, text))


def is_address(text: str) -> bool:
    """An address of the web, an e-mail address, a file name: a line of one word.

    >>> is_address("https://example.vn/tin-1.html"), is_address("Covid-19"), is_address("a@b.vn")
    (True, False, True)
    """
    low = text.casefold().strip("()[]<>.,; ")
    return (
        low.startswith(("http://", "https://", "www."))
        or ("@" in low and "." in low.rpartition("@")[2])
        or low.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp4", ".html", ".htm"))
        or ("_" in low and sum(map(str.isdigit, low)) >= DIGITS_OF_PICTURE)
        or (low[-1:].isdigit() and _PICTURE.fullmatch(low) is not None)
    )


def _is_crawler_mark(text: str, language: Language) -> bool:
    """A bracketed word that announces no field of the article."""
    if not _CRAWLER_MARK.fullmatch(text):
        return False
    key = find_key(text, language)
    return key is None or key.meaning == "furniture"


def _is_bracketed_link(text: str) -> bool:
    """ "[Bản vùng cao có điện lưới sau mười năm]": how Vietnam+ sets links between paragraphs."""
    return len(text) >= SHORTEST_LINK and text.count(" ") >= WORDS_OF_LINK and is_headline(text)


def _is_cell(text: str) -> bool:
    """ "Bà con xem trạm bơm mới trong ngày khánh thành |": what a table around a picture leaves."""
    return text[-1] == "|" and text.count("|") == 1 and text.count(" ") >= WORDS_OF_CELL


def _is_bare_alt_text(text: str) -> bool:
    """ "Xa Dong Ho khai hoi anh 2": a picture's alternative text on Znews, without tone marks."""
    words, _, number = text.rpartition(" anh ")
    return number.isdecimal() and text.isascii() and words.count(" ") >= 2


def _is_hashtags(text: str) -> bool:
    """ "#Đông Hồ #mùa sen": letters directly behind the first mark, and no sentence.

    "## Việc cần làm" is a heading of Markdown, "#1 trên bảng xếp hạng là …" a number.
    """
    return text[1:2].isalpha() and text[-1] not in ".:" and ", " not in text.rpartition("#")[2]


def find(first: int, last: int, text: str, language: Language, reference: datetime | None) -> Line:
    """The first label of a line with words or marks; ``text`` is stripped and not empty."""
    length = len(text)
    opening = text[0]
    keyed = opening == "[" or ":" in text
    if length > LONG:
        if caption := find_caption(text, language):
            return Line(first, last, text, CAPTION, "credit", caption)
        key = find_key(text, language) if keyed else None
        return Line(first, last, text, PARAGRAPH, "story", key)
    if not opening.isalnum():
        if text.startswith("![") and text.endswith(")"):
            return Line(first, last, text, BOILERPLATE, "image")
        if not any(map(str.isalnum, text)):
            return Line(first, last, text, JUNK, "no-words")
        if opening == "[":
            if _is_crawler_mark(text, language):
                return Line(first, last, text, BOILERPLATE, "crawler-mark")
            if text[-1] == "]" and _is_bracketed_link(text[1:-1]):
                return Line(first, last, text, RELATED, "teaser")
    # Most lines open like no furniture, and are not compared with any.
    folded = ""
    start = text[:START_KEY].casefold()
    if start in language.starts or not start.replace(" ", "", 1).isalpha():
        folded = fold(text) if length <= language.longest_phrase else ""
        if furniture := find_furniture(text, folded, language):
            return Line(first, last, text, *furniture)
    if " " not in text and is_address(text):
        return Line(first, last, text, BOILERPLATE, "address")
    if length <= LONGEST_STAMP or text[-1] != ".":
        # A line of JSON is read like any key: "date": "2019-08-02 15:34",
        bare = text.replace('"', "").rstrip(",") if keyed and opening == '"' else text
        if stamp := recall_timestamp(bare, language.timestamps, reference):
            return Line(first, last, text, PARAGRAPH, "date", stamp)
    if opening == "#" and length <= LONGEST_HASHTAGS and _is_hashtags(text):
        tags = KeyLine("tags", text.replace("#", ", "), True)
        return Line(first, last, text, TAGS, "hashtags", tags)
    if keyed and (key := find_key(text, language)):
        return Line(first, last, text, PARAGRAPH, "key", key)
    if folded:
        if (alone := language.keys.get(folded)) and alone.meaning == "tags":
            return Line(first, last, text, PARAGRAPH, "key", KeyLine("tags", "", True))
        if folded in language.sections:
            return Line(first, last, text, PARAGRAPH, "section", Section(text))
    if caption := find_caption(text, language):
        return Line(first, last, text, CAPTION, "credit", caption)
    if text[-1] in _ENDS_OF_PICTURES:
        if _is_cell(text):
            return Line(first, last, text, CAPTION, "picture-cell", Caption(text[:-1].rstrip()))
        if _is_bare_alt_text(text):
            return Line(first, last, text, BOILERPLATE, "image")
    if start in language.announced_starts and (caption := find_announced(text, language)):
        return Line(first, last, text, CAPTION, "credit", caption)  # "Trong ảnh: …"
    return Line(first, last, text, PARAGRAPH, "story")
