"""The story itself: the publisher's mark, lead, sub-headings, initials under items of a digest."""

import pytest

from artclean.labels.body import Marked, read_mark
from artclean.language.load import load_language
from artclean.model import Caption
from artclean.pipeline import clean
from labels.dumps import FIRST, SECOND, THIRD, TITLE, around, behind, dump, labels, rules

VI, EN = load_language("vi"), load_language("en")
BODY = (
    "Nước về đến ruộng là bà con mừng rồi, không ai đòi hỏi gì thêm ngoài một con kênh sạch và một"
    " cống qua đường đủ rộng."
)

MARKS = {
    f"(Dân trí) - {FIRST}": "Dân trí",
    f"(Dân trí) {FIRST}": "Dân trí",
    f"(VTC News) - {FIRST}": "VTC News",
    f"(PLVN) – {FIRST}": "PLVN",
    f"(sen.example.vn) - {FIRST}": "sen.example.vn",
    f"TTO - {FIRST}": "TTO",
    f"TTO – {FIRST}": "TTO",
    f"TTO-{FIRST}": "TTO",
    f"VOV.VN - {FIRST}": "VOV.VN",
    f"GD&TĐ - {FIRST}": "GD&TĐ",
    f"NLĐO- {FIRST}": "NLĐO",
    f"SGGPO - {FIRST}": "SGGPO",
    f"VietTimes -- {FIRST}": "VietTimes",
    f"baosenviet.vn - {FIRST}": "baosenviet.vn",
    f"TTO - “{FIRST}”": "TTO",
}


@pytest.mark.parametrize(("text", "publisher"), MARKS.items())
def test_a_papers_mark(text: str, publisher: str) -> None:
    marked = read_mark(text, VI)
    assert marked == Marked(publisher, marked.text if marked else "")
    assert marked.text.strip("“”") == FIRST


NO_MARKS = {
    f"Hà Nội - {FIRST}": "a place",
    f"TP HCM - {FIRST}": "a place in capitals",
    f"WHO - {FIRST}": "an organisation",
    f"UBND - {FIRST}": "an office",
    f"(Hà Nội) - {FIRST}": "a place in brackets",
    "Ông Tiến - trưởng thôn - cho biết nước đã về.": "a person and his office",
    "2019 - năm của hạn": "a year",
    "- TTO": "a list",
    "(Dân trí)": "nothing behind it",
    FIRST: "a sentence",
    "": "nothing",
}


@pytest.mark.parametrize("text", NO_MARKS, ids=NO_MARKS.values())
def test_no_mark(text: str) -> None:
    assert read_mark(text, VI) is None


@pytest.mark.parametrize("text", ["Tin tức - sự kiện trong xã", "Phụ nữ - một nửa của làng"])
def test_a_word_that_is_also_a_papers_name_is_no_mark(text: str) -> None:
    assert read_mark(f"{text}: {FIRST}", VI) is None


def test_the_mark_is_taken_off_and_kept() -> None:
    article = clean(dump(TITLE, f"(Dân trí) - {FIRST}", SECOND))
    assert (article.publisher, article.lead) == ("Dân trí", FIRST)
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_a_place_stays() -> None:
    article = clean(dump(TITLE, f"Hà Nội - {FIRST}", SECOND))
    assert (article.publisher, article.lead) == (None, f"Hà Nội - {FIRST}")


def test_only_the_first_paragraph_bears_a_mark() -> None:
    article = clean(dump(TITLE, FIRST, f"TTO - {SECOND}"))
    assert article.publisher is None
    assert article.text.endswith(f"TTO - {SECOND}")


def test_another_languages_marks() -> None:
    assert read_mark("(Reuters) - A foundry has opened.", EN) == Marked(
        "Reuters", "A foundry has opened."
    )
    assert read_mark("LONDON - A foundry has opened.", EN) is None


# -------------------------------------------------------------------------------------- lead


def test_the_first_paragraph_is_the_lead() -> None:
    assert labels(dump(TITLE, "", FIRST, SECOND))[2:] == ["lead", "paragraph"]


def test_a_leads_caption_does_not_take_its_place() -> None:
    text = dump(TITLE, "Bà con xem trạm bơm. Ảnh: Lam Chi", FIRST, SECOND)
    assert labels(text)[1:3] == ["caption", "lead"]


def test_one_lead_only() -> None:
    text = dump(f"Title: {TITLE}", f"Description: {FIRST}", "Content:", SECOND, THIRD)
    assert labels(text).count("lead") == 1
    assert clean(text).lead == FIRST


# ---------------------------------------------------------------------------------- headings

HEADINGS = [
    "Nước về giữa mùa hạn",
    "“Ăn rồi trả bằng một câu chuyện”",
    "1. Con kênh cũ",
    "II. Trạm bơm mới",
    "Vì sao nước về muộn?",
    "NƯỚC VỀ GIỮA MÙA HẠN",
]
NO_HEADINGS = {
    "Nước đã về.": "a sentence",
    "Trao đổi với": "a sentence goes on",
    "nước về giữa mùa hạn": "a small letter",
    "- Hai bao xi măng": "an item",
    "Thôn Thượng 2-1 Thôn Hạ": "a result",
    "Xã Phú Lạc: 12 hộ": "a figure",
    "Tổ máy\tCông suất": "a row of a table",
    "Thương em,": "a letter's close",
    "Độc giả Hải Đường": "who signs a question",
    "Nước về giữa mùa hạn " * 6: "too long",
}


@pytest.mark.parametrize("text", HEADINGS)
def test_a_sub_heading(text: str) -> None:
    assert labels(around(text, BODY))[3] == "heading"


@pytest.mark.parametrize(
    "text", ["Nhiệm vụ trong thời gian tới", "Ngày trở về", "Bao giờ xuân đến"]
)
def test_a_sub_heading_may_end_with_an_adverb(text: str) -> None:
    assert labels(around(text, BODY))[3] == "heading"
    assert text in clean(around(text, BODY)).text.split("\n\n")


@pytest.mark.parametrize("text", NO_HEADINGS, ids=NO_HEADINGS.values())
def test_no_sub_heading(text: str) -> None:
    assert labels(around(text.strip(), BODY))[3] == "paragraph"


def test_questions_of_an_interview_are_no_headings() -> None:
    questions = ["Ông có lo không?", "Nước có về kịp không?", "Ông mong điều gì?"]
    answers = [f"{start} {BODY}" for start in ("Có.", "Kịp.", "Một điều.")]
    pairs = zip(questions, answers, strict=True)
    text = around(*(line for pair in pairs for line in pair))
    assert labels(text)[3:9] == ["paragraph"] * 6


def test_a_short_line_over_another_is_no_heading() -> None:
    assert labels(around("Nước về giữa mùa hạn", "Kênh đầy", "Ruộng no", BODY))[3] == "paragraph"


def test_a_broken_sentences_middle_is_no_heading() -> None:
    half = "Tại buổi lễ bàn giao trạm bơm sáng nay, đại diện bà con bốn thôn và"
    text = around(half, "Công ty Thủy nông Sen Việt", ", ông Lê Khắc Niên nói lời cảm ơn.")
    assert labels(text)[3:6] == ["paragraph"] * 3


def test_the_answer_opens_with_its_word() -> None:
    """A widget's word with a colon opens the answer, also where a short line stands below."""
    text = around("Bao giờ thì bơm được nước?", "Trả lời:", "Chào bác Tiến,")
    assert labels(text)[4] == "paragraph"
    assert labels(around("Trả lời", "Nước về"))[3] == "boilerplate"


# ---------------------------------------------------------------------------------- a digest


@pytest.mark.parametrize("text", ["N.H.", "T.V", "D.T"])
def test_initials_under_an_item(text: str) -> None:
    dumped = around("* Tin vắn: xã mở thêm một lớp mầm non cho trẻ ven sông.", text)
    assert (labels(dumped)[4], rules(dumped)[4]) == ("byline", "initials")


def test_initials_for_an_office_sign_nothing() -> None:
    """ "TM." stands in front of the office that an order is signed for."""
    text = around("Chánh văn phòng xã chịu trách nhiệm thi hành quyết định này.", "TM.", "XÃ")
    assert labels(text)[4] not in ("byline", "agency")


def test_a_paper_under_an_item() -> None:
    assert labels(around("Xã mở thêm một lớp mầm non cho trẻ ven sông.", "TTXVN"))[4] == "agency"


NO_SIGNATURES = {
    "a dropped link": ("Theo đại diện của đội bóng, hợp đồng với", "TTXVN", ", đã được ký."),
    "the sentence goes on": ("Bà con chờ tin từ đài.", "TTXVN", "cho biết nước đã về."),
    "no capital": ("Bà con chờ tin.", "t.v", BODY),
}


@pytest.mark.parametrize("lines", NO_SIGNATURES.values(), ids=NO_SIGNATURES)
def test_no_signature_within_a_sentence(lines: tuple[str, ...]) -> None:
    assert labels(around(*lines))[4] in ("paragraph", "heading")


def test_whom_to_help_is_told_within_the_story() -> None:
    lines = (
        "Anh Tiến ở thôn Bãi, xã Phú Lạc.",
        "Điện thoại: 0912 345 678",
        "Email: tien@sen.example",
    )
    assert labels(around(*lines))[3:6] == ["paragraph"] * 3
    desk = ("Điện thoại: 0912 345 678", "Email: toasoan@sen.example")
    assert labels(behind(*desk))[4:] == ["boilerplate"] * 2
    assert labels(around("Chia sẻ bài viết", *desk))[4:6] == ["boilerplate"] * 2


# ------------------------------------------------------------------------ a role signs anywhere


@pytest.mark.parametrize("text", ["Lam Chi (Tổng hợp)", "Lam Chi (ghi)", "Bài, ảnh: Lam Chi"])
def test_a_role_signs_anywhere(text: str) -> None:
    """Some pages print who signs under the lead, where no date confirms it."""
    assert (labels(around(text))[3], rules(around(text))[3]) == ("byline", "role")
    assert clean(around(text)).authors == ("Lam Chi",)


NO_ROLES = {
    "Lam Chi (TH)": "a province",
    "Lam Chi (Nậm Sen)": "who says it",
    "Lam Chi": "a name heads what its bearer says",
    "Đài quan sát mới (tổng hợp)": "no name",
}


@pytest.mark.parametrize("text", NO_ROLES, ids=NO_ROLES.values())
def test_no_role(text: str) -> None:
    assert labels(around(text))[3] != "byline"


def test_a_source_above_a_pictures_words() -> None:
    words = "Bà con xem trạm bơm mới"
    for lines in (
        ("Nguồn hình ảnh, Sen Việt/Hồ Ảnh", f"Chụp lại hình ảnh, {words}"),
        ("Nguồn hình ảnh, Sen Việt/Hồ Ảnh", "", f"Chụp lại hình ảnh, {words}"),
        ("Nguồn hình ảnh, Sen Việt/Hồ Ảnh", "Chụp lại hình ảnh,", words),
        ("Bản quyền hình ảnh Sen Việt/Hồ Ảnh", f"Image caption {words}"),
        (f"Bản quyền hình ảnh Sen Việt/Hồ Ảnh Image caption {words}",),
    ):
        article = clean(around(*lines))
        assert article.captions == (Caption(words, "Sen Việt/Hồ Ảnh"),), lines
        assert article.text.endswith(f"{SECOND}\n\n{THIRD}"), lines


def test_announced_words_that_do_not_follow() -> None:
    article = clean(around("Chụp lại hình ảnh,", ""))
    assert article.captions == ()
    assert article.text.endswith(f"{SECOND}\n\n{THIRD}")
