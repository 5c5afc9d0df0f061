"""Sentences that a dropped link has cut, put together again; and what stands apart on purpose."""

import pytest

from artclean.article.sentences import continues, joined
from artclean.language.load import load_language
from artclean.pipeline import clean

VI, EN = load_language("vi"), load_language("en")
TITLE = "Xã vùng bãi sửa xong trạm bơm trước mùa mưa"
LEAD = "Sáng 2/8, xã Phú Lạc đưa trạm bơm mới vào vận hành trước sự chứng kiến của hai trăm hộ dân."

GOES_ON = {
    ("Tại sự kiện, Công ty Sen Việt", ", ông Tiến cho biết nước đã về."): "a comma",
    ("Bà con đón dòng nước đầu tiên", "."): "a stop alone",
    ("Trao đổi với", "Công ty Sen Việt sáng nay"): "with whom",
    ("Bài đăng trên tờ", "Sen Việt sáng nay"): "which paper",
    ("Ông Tiến, giám đốc của", "Công ty Sen Việt, nói."): "of what",
    ("Bà con đón nước về", "trong tiếng trống hội."): "a small letter",
    ("Trạm bơm (", "Sen Việt) đã chạy."): "an open bracket",
    ("Tại buổi lễ,", "Công ty Sen Việt cam kết giữ giá."): "a comma in front",
    ("Giá tăng 12", "% so với năm ngoái."): "per cent",
    ("Ca khúc", "“Nước về” vang lên."): "which song",
}
STANDS_APART = {
    ("Hai lớp học mới đã mở.", "ông Tiến nói."): "a sentence is closed",
    ("Hai lớp học mới đã mở.", "Bà con vui."): "two sentences",
    ("Nước về giữa mùa hạn", "Sáng 2/8, bà con ra kênh."): "a heading",
    ("Bà con nói:", "Nước về rồi!"): "a colon",
    ("“Nước về rồi!”", "Bà con reo lên."): "a quotation is closed",
    ("- Hai bao xi măng", "- Một xe cát"): "items of a list",
    ("1. Con kênh cũ", "2. Trạm bơm mới"): "numbered items",
    ("Con thuyền trôi", "... và trôi"): "an ellipsis",
}


@pytest.mark.parametrize(("before", "after"), GOES_ON, ids=GOES_ON.values())
def test_a_sentence_goes_on(before: str, after: str) -> None:
    assert continues(before, after, VI)


@pytest.mark.parametrize(("before", "after"), STANDS_APART, ids=STANDS_APART.values())
def test_lines_stand_apart(before: str, after: str) -> None:
    assert not continues(before, after, VI)


def test_the_words_that_hang_are_a_fact_of_the_language() -> None:
    assert continues("The minister spoke with", "Reuters on Friday", EN)
    assert not continues("The minister spoke with", "Reuters on Friday", VI)


JOINED = {
    ("Tại sự kiện", ", ông Tiến nói", "."): "Tại sự kiện, ông Tiến nói.",
    ("Trao đổi với", "Sen Việt"): "Trao đổi với Sen Việt",
    ("Trạm bơm (", "Sen Việt", ") chạy"): "Trạm bơm (Sen Việt) chạy",
    ("Ông nói “", "nước về", "”."): "Ông nói “nước về”.",
    ("Một dòng",): "Một dòng",
}


@pytest.mark.parametrize(("pieces", "text"), JOINED.items())
def test_no_blank_in_front_of_a_stop(pieces: tuple[str, ...], text: str) -> None:
    assert joined(list(pieces)) == text


def story(*lines: str) -> list[str]:
    """The paragraphs of the text behind the lead."""
    return clean("\n".join([TITLE, LEAD, *lines])).text.split("\n\n")[1:]


def test_a_link_that_a_crawler_dropped() -> None:
    assert story("Tại sự kiện,", "Công ty Sen Việt", ", ông Tiến cho biết nước đã về.") == [
        "Tại sự kiện, Công ty Sen Việt, ông Tiến cho biết nước đã về."
    ]


def test_a_lone_stop_closes_the_sentence_and_stays_junk() -> None:
    assert story("Cỗ máy ấy là niềm tự hào của làng Sen Việt", ".", "Nay máy đã chạy.") == [
        "Cỗ máy ấy là niềm tự hào của làng Sen Việt.",
        "Nay máy đã chạy.",
    ]


def test_a_lone_stop_behind_a_closed_sentence_is_junk() -> None:
    assert story("Nay máy đã chạy.", ".", "Bà con vui.") == ["Nay máy đã chạy.", "Bà con vui."]


def test_over_a_blank_line_only_what_cannot_stand_alone_is_joined() -> None:
    half = "Bà con bốn thôn vùng bãi đón dòng nước đầu tiên về đến ruộng nhà mình"
    assert story(half, "", "trong tiếng trống hội.") == [f"{half} trong tiếng trống hội."]
    assert len(story("Ông Tiến đã trao đổi với", "", "Công ty Sen Việt gửi thư sáng nay.")) == 2


def test_a_heading_is_never_part_of_a_sentence() -> None:
    body = "Nước về đến ruộng là bà con mừng rồi, không ai đòi hỏi gì thêm ngoài một con kênh sạch."
    assert story("Nay máy đã chạy.", "Nước về giữa mùa hạn", body)[1] == "Nước về giữa mùa hạn"


def test_a_caption_between_two_halves_parts_them() -> None:
    blocks = clean(
        "\n".join(
            [TITLE, LEAD, "Bà con ra kênh và", "Bà con ra kênh. Ảnh: Lam Chi", "đón nước về."]
        )
    ).blocks
    assert [block.kind for block in blocks][1:] == ["paragraph", "caption", "paragraph"]


def test_a_block_names_all_its_lines() -> None:
    blocks = clean("\n".join([TITLE, LEAD, "Trao đổi với", "Sen Việt", ", ông Tiến nói."])).blocks
    assert blocks[1].lines == (3, 5)
