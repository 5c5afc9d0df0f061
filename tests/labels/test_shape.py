"""The outer shape of lines: sentences, lists, tables, verse, headlines."""

import pytest

from artclean.labels.shape import (
    ends_sentence,
    hangs,
    is_headline,
    is_list_item,
    is_table_row,
    is_verse_line,
)
from artclean.language.load import load_language

VI, EN = load_language("vi"), load_language("en")

SENTENCES = {
    "Nước đã về.": True,
    "Nước đã về?": True,
    "Nước đã về…": True,
    "Bà con nói:": True,
    "hai bao xi măng;": True,
    "“Nước đã về.”": True,
    "“Nước đã về”.": True,
    "(Nước đã về.)": True,
    "Nước đã về. \u00a0": True,
    "Trao đổi với": False,
    "Tại sự kiện,": False,
    "“Nước đã về”": False,
    "TP.HCM": False,
    "": False,
}
HANGING = {
    "Trao đổi với": True,
    "Bài đăng trên tờ": True,
    "đăng trên Tạp chí": True,
    "Ông Tiến, giám đốc của": True,
    "Nước đã cạn": False,
    "Hồ Văn Với": True,  # a name that is also such a word: two lines of it are joined
    "": False,
}
ITEMS = {
    "- Hai bao xi măng": True,
    "+ Một xe cát": True,
    "• Một xe cát": True,
    "1. Con kênh cũ": True,
    "1) Con kênh cũ": True,
    "(2) Con kênh cũ": True,
    "a) Con kênh cũ": True,
    "| Tổ máy | Công suất |": True,
    "2/8, trạm bơm chạy.": False,
    "12.000 hộ dân có nước": False,
    "A. Nguyễn nói": False,
    "Nước đã về": False,
    "-": False,
}
ROWS = {
    "Tổ máy\tCông suất": True,
    "Tổ máy | Công suất": True,
    "Tổ máy    Công suất": True,
    "35 38,25 36,50": True,
    "2-1": True,
    "Nước đã về": False,
    "Năm 2019 có 43 hộ": False,
    "|": False,
}
VERSES = {
    "À ơi, con ngủ cho say": True,
    "Nước về, nước đã về rồi!": True,
    "À ơi thuyền về.": False,
    "Bà con nói:": False,
    "x" * 65: False,
    "": False,
}
HEADLINES = {
    "Xã vùng cao mở thêm hai lớp mầm non": True,
    "“Nước về là mừng rồi”": True,
    "43 hộ dân có nước": True,
    "Nước về là mừng rồi...": True,
    "Ông nói.": False,
    "nước về giữa mùa hạn": False,
    "Nước về:": False,
    "Nước về": False,
    "Covid-19-2019": False,
    "x" * 161: False,
}


@pytest.mark.parametrize(("text", "wanted"), SENTENCES.items())
def test_the_end_of_a_sentence(text: str, wanted: bool) -> None:
    assert ends_sentence(text) is wanted


@pytest.mark.parametrize(("text", "wanted"), HANGING.items())
def test_a_word_that_no_sentence_ends_with(text: str, wanted: bool) -> None:
    assert hangs(text, VI) is wanted


def test_such_words_are_facts_of_the_language() -> None:
    assert hangs("The minister spoke with", EN)
    assert not hangs("The minister spoke with", VI)


@pytest.mark.parametrize(("text", "wanted"), ITEMS.items())
def test_an_item_of_a_list(text: str, wanted: bool) -> None:
    assert is_list_item(text) is wanted


@pytest.mark.parametrize(("text", "wanted"), ROWS.items())
def test_a_row_of_a_table(text: str, wanted: bool) -> None:
    assert is_table_row(text) is wanted


@pytest.mark.parametrize(("text", "wanted"), VERSES.items())
def test_a_line_of_verse(text: str, wanted: bool) -> None:
    assert is_verse_line(text) is wanted


@pytest.mark.parametrize(("text", "wanted"), HEADLINES.items())
def test_a_headline(text: str, wanted: bool) -> None:
    assert is_headline(text) is wanted
