"""Documents made to be slow: one thing without end, and what copies, pairs and lists can do.

Each is a function of a size in bytes. Every rule that looks at a line's neighbours, and every one
that looks a line up among earlier ones, has a document here that gives it as much to do as can be.
"""

from collections.abc import Callable

SENTENCE = "Ủy ban xã Đông Hồ cho biết mùa sen năm nay đến sớm hơn thường lệ."
PICTURE = "Các đại biểu tham dự lễ khai mạc hội sen"
TITLE = "Xã Đông Hồ mở hội sen mùa hè"
HEAD = f"{TITLE}\nCập nhật lúc 15:34, Thứ Sáu, 02/08/2019 (GMT+7)\n{SENTENCE} {SENTENCE}\n"
WRAPPED = "ủy ban xã đông hồ cho biết mùa sen năm nay đến sớm hơn thường lệ nhiều ngày ạ\n"
VERSE = (
    "Sen thơm ngát cả mặt hồ\nGió đưa hương đến bến bờ quê xưa\n"
    "Em về nhặt cánh sen mưa\nNhớ người năm cũ sớm trưa đợi chờ\n"
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def same(unit: str, *, head: str = "", tail: str = "") -> Callable[[int], str]:
    """The same again and again."""
    return lambda size: head + unit * (size // len(unit.encode()) + 1) + tail


def numbered(unit: str, *, head: str = HEAD, tail: str = "") -> Callable[[int], str]:
    """The same with another number (``#``) or another letter (``@``) in it each time."""

    def text(size: int) -> str:
        pieces = [head]
        grown = number = 0
        while grown < size:
            letter = LETTERS[number % 26] + LETTERS[number // 26 % 26] + LETTERS[number // 676 % 26]
            pieces.append(unit.replace("#", str(number)).replace("@", letter))
            grown += len(pieces[-1].encode())
            number += 1
        return "".join((*pieces, tail))

    return text


def copied(unit: str) -> Callable[[int], str]:
    """Many different lines, then all of them again."""
    once = numbered(unit, head="")
    return lambda size: HEAD + once(size // 2) + once(size // 2)


def within(start: str, fill: str, end: str) -> Callable[[int], str]:
    """One line whose middle has no end, above a sentence."""
    return lambda size: f"{start}{fill * (size // len(fill.encode()))}{end}\n{SENTENCE}\n"


DOCUMENTS: dict[str, Callable[[int], str]] = {
    # one line
    "a sentence without end": same(f"{SENTENCE} "),
    "a": same("a"),
    "1": same("1"),
    "1 ": same("1 "),
    "1/": same("1/"),
    "(": same("("),
    "()": same("()"),
    "[": same("["),
    ")": same(")"),
    "“": same("“"),
    "- ": same("- "),
    "theo ": same("theo "),
    "Ảnh: ": same("Ảnh: "),
    "&": same("&"),
    "a&nbsp;b ": same("a&nbsp;b "),
    "space": same(" "),
    "no-break space": same("\xa0"),
    "tab": same("\t"),
    "combining mark": same("\u0301"),
    "decomposed": same("Đo\u0302ng Ho\u0302\u0300 "),
    "spaces in the first line": within("a", " ", "b"),
    "spaces behind a counter": within("Bài", " ", "x"),
    "spaces behind a title": within(f"{HEAD}{TITLE}", " ", "x"),
    "dashes": within("a", " - ", "b"),
    "commas": within("a", ", ", "b"),
    # lines without words
    "blank lines": same("\n"),
    "lines of spaces": same("   \n"),
    "lines of a no-break space": same("\xa0\n"),
    "lines of a stop": same(".\n"),
    "CRLF": same(f"{SENTENCE}\r\n"),
    # the same line
    "lines of a letter": same("a\n"),
    "lines of a number": same("12\n"),
    "the same item": same("- a\n"),
    "the same caption": same(f"{PICTURE} - Ảnh: Duy Tiến\n", head=HEAD),
    "the same caption without credit": same(f"{PICTURE}\n", head=HEAD),
    "the same credit": same("Ảnh: Duy Tiến\n", head=HEAD),
    "the same sentence": same(f"{SENTENCE}\n", head=HEAD),
    "the same paragraph": same(f"{SENTENCE} {SENTENCE}\n", head=HEAD),
    "the same title": same(f"{TITLE}\n", head=HEAD),
    "the same name": same("Duy Tiến\n", head=HEAD),
    "the same word": same("Hạnh\n", head=HEAD),
    "the same initials": same("T.H.\n", head=HEAD),
    "the same date": same("Thứ Sáu, 02/08/2019, 15:34 (GMT+7)\n", head=HEAD),
    "the same key": same("Tiêu đề: Xã Đông Hồ\n"),
    "the same bare key": same("Tiêu đề:\n"),
    "the same tag": same("Từ khóa:\nsen\n", head=HEAD),
    "the same row": same("1 | Đông Hồ | 12\n", head=HEAD),
    "the same mark": same(f"(Dân trí) - {SENTENCE}\n"),
    "the same half sentence": same(", và\n", head=HEAD),
    "the same furniture": same("Chia sẻ\n", head=HEAD),
    "furniture, then a story": same("Chia sẻ bài viết\n", tail=f"{SENTENCE}\n"),
    "the same heading of links": same("Tin liên quan\n", head=HEAD),
    "the same link": same("https://example.vn/a.html\n", head=HEAD),
    "the same picture of Markdown": same("![a](b)\n", head=HEAD),
    "the same fence": same("<!-- artclean: off -->\na\n<!-- artclean: on -->\nb\n"),
    # pairs and blocks
    "sentence and picture": same(f"{SENTENCE}\n{PICTURE}\n", head=HEAD),
    "sentence and picture, apart": same(f"{SENTENCE}\n\n{PICTURE}\n\n", head=HEAD),
    "two answers": same("Đúng vậy\nKhông phải\n", head=HEAD),
    "picture and credit": same(f"{PICTURE}\nẢnh: Duy Tiến\n", head=HEAD),
    "question and answer": same(f"Vì sao?\n{SENTENCE}\n", head=HEAD),
    "verse": same(VERSE, head=HEAD),
    "broken sentences": same("Tại sự kiện,\nCông ty Đông Hồ\n, ông Tiến\n", head=HEAD),
    "every caption twice": numbered(f"# {PICTURE}\n# {PICTURE}\n"),
    "all captions, then all again": copied(f"# {PICTURE}\n"),
    "all credited captions, then all again": copied(f"# {PICTURE} - Ảnh: Duy Tiến\n"),
    # different lines
    "short lines": numbered("dòng #\n"),
    "short lines that begin alike": numbered("Các đại biểu #\n"),
    "captions that begin alike": numbered("Các đại biểu thứ # - Ảnh: Duy Tiến\n"),
    "captions": numbered("# hội sen - Ảnh: Duy Tiến\n"),
    "sentences that begin alike": numbered(f"{SENTENCE} Dòng #.\n"),
    "headlines": numbered("Xã # vùng cao mở thêm hai lớp mầm non\n"),
    "headlines that begin alike": numbered("Xã vùng cao mở thêm # lớp mầm non\n"),
    "captions glued to the title": numbered(f"{TITLE} Các đại biểu #\n"),
    "names": numbered("Duy Tiến@\n"),
    "roles": numbered("Bài, ảnh: Duy Tiến@\n"),
    "roles with spaces": numbered(f"Bài{' ' * 60}@:\n"),
    "e-mail with spaces": same(f"a{' ' * 150}@\n", head=HEAD),
    "lines and credits": numbered("Lễ hội #\nẢnh: Duy Tiến\n"),
    "credits on the next line": numbered("Hội sen năm #. Ảnh:\nDuy Tiến\n"),
    "roles and letters": numbered("Bài, ảnh: Duy Tiến\na\n"),
    "initials and rows": same("T.H.\n1 | Đông Hồ | 12\na\n, và\n", head=HEAD),
    "sources and items": same("Theo Báo Sen Việt\nHạnh\n\n- a\nsen\n\n", head=HEAD),
    "headlines and initials": numbered("Xã # vùng cao mở thêm hai lớp mầm non\nĐúng vậy\nT.H.\n"),
    "sources": numbered("Hội sen #\nNguồn: AP\n", tail=f"{SENTENCE}\n"),
    "tags, one a line": numbered("Từ khóa:\nsen #\n"),
    "tags": numbered("Từ khóa: sen #, hồ\n"),
    "headings of links": numbered("Tin liên quan\nXã # vùng cao mở thêm hai lớp mầm non\n"),
    "parts of a series": numbered("Bài #: Mùa sen\n"),
    "headings": numbered(f"Mở hội #\n{SENTENCE} {SENTENCE}\n"),
    "questions": numbered("Vì sao có # hồ?\n"),
    "half sentences": numbered("ông # cho biết với\n"),
    "half sentences, apart": numbered(", ông # cho biết\n\n"),
    "hard wraps without end": same(WRAPPED),
    "hard wraps": same(WRAPPED * 9 + "\n"),
    "dates": numbered("02/08/2019 15:34 @\n", head=""),
    "layouts of dates": numbered("Mục @ - 02/08/2019 15:34\n", head=""),
    "videos": numbered("Video: Xã được mùa #\n", head=""),
    "contacts": numbered("Điện thoại: #\n"),
    "notes": numbered("* Tên nhân vật #\n"),
    "hashtags": same("#sen\n", head=HEAD),
}
