"""Names of people, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.labels.names import LONGEST_NAME, MOST_WORDS, read_name, read_names
from artclean.language.load import load_language

VI, EN = load_language("vi"), load_language("en")

NAMES = {
    "Linh Linh": "Linh Linh",
    "Duy Tiến": "Duy Tiến",
    "DUY TIẾN": "DUY TIẾN",
    "Nguyễn Thị Bích Liên": "Nguyễn Thị Bích Liên",
    "Công Tằng Tôn Nữ Thu Hà": "Công Tằng Tôn Nữ Thu Hà",
    "Bút Tre": "Bút Tre",
    "Liên": "Liên",
    # of minorities, and foreign
    "H'Linh Niê": "H'Linh Niê",
    "H’Linh Niê": "H’Linh Niê",
    "Y Nguyên Êban": "Y Nguyên Êban",
    "Thạch Sa Rươl": "Thạch Sa Rươl",
    "Ksor Phước": "Ksor Phước",
    "Jean-Paul Mercier": "Jean-Paul Mercier",
    "Ana López-Dóriga": "Ana López-Dóriga",
    "Eleanor O'Hara": "Eleanor O'Hara",
    # initials
    "T.Hằng": "T.Hằng",
    "N.T.Hoa": "N.T.Hoa",
    "T.V": "T.V",
    "N.Đ.K.": "N.Đ.K.",
    "Kh.Linh": "Kh.Linh",
    # edges and white space
    "  Duy   Tiến ": "Duy Tiến",
    "(Duy Tiến)": "Duy Tiến",
    "“Duy Tiến”": "Duy Tiến",
    "- Duy Tiến": "Duy Tiến",
    "Duy Tiến.": "Duy Tiến",
    "Duy Tiến,": "Duy Tiến",
    "Duy\u00a0Tiến": "Duy Tiến",
}

NO_NAMES = {
    "": "nothing",
    "...": "no letter",
    "A": "one letter",
    "duy tiến": "small letters",
    "Duy tiến": "a sentence begins so",
    "Ông Tiến cho biết": "a sentence",
    "Quận 9": "a digit",
    "Covid-19": "a digit",
    "Duy Tiến & Lam Chi": "two, and a mark",
    "Hà Nội": "a place",
    "HÀ NỘI": "a place in capitals",
    "Việt Nam": "a country",
    "Trân Trọng": "a letter's close",
    "Hết": "the end",
    "VnExpress": "a paper",
    "Tuổi Trẻ": "a paper",
    "Giáo Dục": "a section of a paper",
    "Thời Sự": "a section of a paper",
    "Một Hai Ba Bốn Năm Sáu Bảy": "seven words",
    "A" * (LONGEST_NAME + 1): "too long",
    "duytien@example.vn": "an address",
    "Tiến: Duy": "a colon",
    "Duy – Tiến": "a dash",
    "HH HH": "what is left of a counter",
}


@pytest.mark.parametrize(("text", "name"), NAMES.items())
def test_a_name(text: str, name: str) -> None:
    assert read_name(text, VI) == name


@pytest.mark.parametrize("text", NO_NAMES, ids=NO_NAMES.values())
def test_no_name(text: str) -> None:
    assert read_name(text, VI) is None


def test_what_is_nobody_is_a_fact_of_the_language() -> None:
    assert read_name("Hà Nội", EN) == "Hà Nội"
    assert read_name("London", EN) is None


LISTS = {
    "Duy Tiến": ("Duy Tiến",),
    "Duy Tiến - Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến – Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến, Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến; Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến/Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến & Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến và Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến-Lam Chi": ("Duy Tiến", "Lam Chi"),
    "Duy Tiến, Lam Chi và T.Hằng": ("Duy Tiến", "Lam Chi", "T.Hằng"),
    "T.Hằng-N.Linh": ("T.Hằng", "N.Linh"),
    "Jean-Paul Mercier - Lam Chi": ("Jean-Paul Mercier", "Lam Chi"),
    # one piece that is no name leaves none
    "Duy Tiến - Hà Nội": (),
    "Duy Tiến, 34 tuổi": (),
    "Hà Nội - Huế": (),
    "Duy Tiến và bạn": (),
    "": (),
}


@pytest.mark.parametrize(("text", "names"), LISTS.items())
def test_a_list_of_names(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text, VI) == names


@given(st.text(max_size=60))
def test_a_name_is_words_of_the_line(text: str) -> None:
    """A name is never more than the line says, and reading it again gives it again."""
    for name in read_names(text, VI):
        assert name in " ".join(text.split())
        assert 1 <= len(name.split()) <= MOST_WORDS
        assert len(name) <= LONGEST_NAME
        assert read_name(name, VI) == name
