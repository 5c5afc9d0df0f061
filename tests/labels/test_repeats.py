"""What is said twice, and what is only written that way.

Pairs of lines stand in ``tests/cases/repeats.toml``; here are whole passages.
"""

from unicodedata import normalize

import pytest

from artclean.model import Caption
from artclean.pipeline import clean
from labels.dumps import FIRST, SECOND, THIRD, TITLE, around, dump, labels, line_at

ONE = "Các đại biểu xem sa bàn trạm bơm."
TWO = "Bà con hai bờ kênh đón nước về."
RUN = (
    "Từ mờ sáng, bà con bốn thôn đã đứng kín hai bờ kênh, người mang cuốc, người mang xẻng, trẻ con"
    " trèo lên cả mặt cống để ngóng dòng nước đầu tiên chảy về sau ba tháng hạn."
)
NEXT = (
    "Đến trưa, nước về tới thôn cuối cùng, những thửa ruộng nứt nẻ uống no và chuyển dần sang màu"
    " nâu sẫm, ếch nhái kêu ran khắp cánh đồng như vừa được gọi dậy."
)

# The second copy, as pages and crawlers write it.
COPIES = {
    "the same": ONE,
    "decomposed": normalize("NFD", ONE),
    "another case": ONE.upper(),
    "without its stop": ONE.rstrip("."),
    "a no-break space": ONE.replace(" ", "\u00a0"),
    "two spaces": ONE.replace(" ", "  "),
    "a credit behind it": f"{ONE} Ảnh: Lam Chi",
    "in quotation marks": f"“{ONE}”",
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_captions_copy_is_a_repeat(copy: str) -> None:
    text = around(ONE, copy)
    assert labels(text)[3:5] == ["caption", "repeat"]
    article = clean(text)
    assert [caption.text.rstrip(".") for caption in article.captions] == [ONE.rstrip(".")]
    assert ONE.rstrip(".") not in article.text


def test_the_credit_of_either_copy_counts() -> None:
    for first, second in ((ONE, f"{ONE} Ảnh: Lam Chi"), (f"{ONE} Ảnh: Lam Chi", ONE)):
        article = clean(around(first, second))
        assert article.captions == (Caption(ONE, "Lam Chi"),)


def test_a_credit_below_the_second_copy() -> None:
    article = clean(around(ONE, ONE, "Ảnh: Lam Chi"))
    assert article.captions == (Caption(ONE, "Lam Chi"),)


@pytest.mark.parametrize("content", ["NỘI DUNG:", ""])
def test_a_lead_under_its_key_and_again_as_the_first_paragraph(content: str) -> None:
    text = dump(f"TIÊU ĐỀ: {TITLE}", f"TÓM TẮT: {FIRST}", content, FIRST, SECOND, THIRD)
    assert labels(text)[1:5] == [
        "lead",
        "boilerplate" if content else "blank",
        "repeat",
        "paragraph",
    ]
    article = clean(text)
    assert article.lead == FIRST
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_lead_under_its_key_that_the_story_goes_on_from() -> None:
    text = dump(f"TIÊU ĐỀ: {TITLE}", f"TÓM TẮT: {FIRST}", "NỘI DUNG:", f"{FIRST} {SECOND}", THIRD)
    assert clean(text).text == f"{FIRST}\n\n{FIRST} {SECOND}\n\n{THIRD}"


def test_a_copy_over_a_blank_line_and_junk() -> None:
    assert labels(around(ONE, "", ".", ONE))[3:7] == ["caption", "blank", "junk", "repeat"]


def test_the_block_spans_its_copies() -> None:
    block = next(block for block in clean(around(ONE, ONE)).blocks if block.kind == "caption")
    assert block.lines == (4, 5)


def test_of_three_copies_on_the_spot_the_first_stays() -> None:
    assert labels(around(ONE, ONE, "", ".", ONE))[3:8] == [
        *("caption", "repeat", "blank", "junk", "repeat"),
    ]


def test_of_three_credits_on_the_spot_the_first_stays() -> None:
    one, two, credit = ONE.rstrip("."), TWO.rstrip("."), "Ảnh: Lam Chi"
    text = around(one, credit, credit, credit)
    assert labels(text)[3:7] == ["caption", "caption", "repeat", "repeat"]
    # Other lines between them, and the third is the credit of another picture.
    text = around(one, credit, credit, RUN, two, credit)
    assert labels(text)[3:9] == ["caption", "caption", "repeat", "paragraph", "caption", "caption"]


def test_a_block_that_stands_three_times() -> None:
    block = ["Vì sao nước về muộn?", RUN, "Vì cống hỏng."]
    text = dump(TITLE, FIRST, *block * 3, NEXT)
    assert labels(text)[5:11] == ["repeat"] * 6
    # The question alone, of another answer, is no copy.
    text = dump(TITLE, FIRST, *block, NEXT, block[0], SECOND)
    assert "repeat" not in labels(text)


def test_the_title_three_times_on_the_spot() -> None:
    """A picture's words may be the headline: once."""
    text = dump(TITLE, FIRST, *[TITLE] * 3, RUN)
    assert labels(text)[2:5] == ["caption", "repeat", "repeat"]


def test_a_photo_story_pair_by_pair() -> None:
    """A A B B: the running text stays once, the descriptions are captions."""
    text = dump(TITLE, FIRST, ONE, ONE, RUN, RUN, TWO, TWO, NEXT, NEXT)
    assert labels(text) == [
        *("title", "lead", "caption", "repeat", "paragraph", "repeat"),
        *("caption", "repeat", "paragraph", "repeat"),
    ]
    article = clean(text)
    assert article.text.split("\n\n") == [FIRST, RUN, NEXT]


def test_a_photo_story_block_by_block() -> None:
    """A B A B."""
    text = dump(TITLE, FIRST, RUN, ONE, RUN, ONE, NEXT, TWO, NEXT, TWO)
    article = clean(text)
    assert article.text.split("\n\n") == [FIRST, RUN, NEXT]
    assert labels(text).count("repeat") == 4


def test_a_paragraph_that_stands_again_far_below() -> None:
    text = dump(TITLE, FIRST, RUN, SECOND, NEXT, THIRD, RUN)
    assert labels(text)[6] == "repeat"
    assert clean(text).text.count(RUN) == 1


def test_the_title_glued_on() -> None:
    text = dump(TITLE, FIRST, ONE, f"{TITLE} {ONE}", SECOND)
    assert labels(text)[3] == "repeat"


SONG = [
    *("À ơi, con ngủ cho say", "Mẹ đi đăng lưới ba ngày mẹ lên", "Thuyền về, thuyền đậu bến bên"),
    "À ơi thuyền về, à ơi thuyền về.",
    *(
        "À ơi, con ngủ cho ngoan",
        "Cha đi biển động gió ngàn sóng xô",
        "Thuyền về, thuyền đậu bến bờ",
    ),
    "À ơi thuyền về, à ơi thuyền về.",
]
POEM = [
    *(
        "Con đường làng, con đường quen",
        "Bên kia sông khói lam chiều",
        "Con đường làng, con đường quen",
    ),
    *("Có người đứng đợi đò muộn", "Con đường làng, con đường quen"),
]
TABLE = [
    "Tổ máy\tCông suất\tTình trạng",
    "Số 1\t3.000\tchạy",
    "Số 2\t3.000\tchạy",
    "Số 2\t3.000\tchạy",
]
SCORES = ["Thôn Thượng 2-1 Thôn Hạ", "Thôn Đông 1-1 Thôn Tây", "Thôn Thượng 2-1 Thôn Hạ"]
LIST = ["- Hai bao xi măng", "- Một xe cát", "- Hai bao xi măng"]
INTERVIEW = [
    *("PV: Ông có lo không?", "Có.", "PV: Nhiều không?", "Có.", "PV: Ông còn lo không?", "Có."),
]
WRITTEN_SO = {
    "the refrain of a song": SONG,
    "a line of a poem": POEM,
    "rows of a table": TABLE,
    "results": SCORES,
    "items of a list": LIST,
    "one-word answers": INTERVIEW,
    "one-word answers on the spot": ["PV: Ông có lo không?", "Có.", "Có."],
    "another number": [
        "Vụ thu có 3 trạm bơm chạy hết công suất.",
        "Vụ thu có 4 trạm bơm chạy hết công suất.",
    ],
    "another tone": ["Bà con đón năm mới bằng nồi cháo.", "Bà con đón nắm mới bằng nồi cháo."],
    "another letter": ["Ảnh đẹp nhất năm.", "Anh đẹp nhất năm."],
    "short lines far apart": ["Nước về.", RUN, "Nước về."],
    "a question asked twice": ["Nước đâu?", RUN, "Nước đâu?"],
    "a sub-heading used twice": ["Kết quả", RUN, "Kết quả", NEXT],
}


@pytest.mark.parametrize("lines", WRITTEN_SO.values(), ids=WRITTEN_SO)
def test_what_is_written_so_is_no_repeat(lines: list[str]) -> None:
    text = around(*lines)
    assert "repeat" not in labels(text)
    found = clean(text).text.split("\n\n")
    assert [" ".join(line.split()) for line in lines] == found[2:-1]


def test_credits_under_every_picture_are_their_own() -> None:
    one, two = ONE.rstrip("."), TWO.rstrip(".")
    text = around(one, "Ảnh: Lam Chi", RUN, two, "Ảnh: Lam Chi")
    assert "repeat" not in labels(text)
    assert clean(text).captions == (Caption(one, "Lam Chi"), Caption(two, "Lam Chi"))


def test_a_repeat_knows_its_original() -> None:
    text = around(ONE, ONE)
    assert line_at(text, 5).rule == "said-before"


def test_six_thousand_copies_take_no_time() -> None:
    """Copies are found by look-up, so their number does not matter."""
    text = dump(TITLE, FIRST, *[RUN] * 3000, *[f"{n} {SECOND}" for n in range(3000)])
    assert labels(text).count("repeat") == 2999
