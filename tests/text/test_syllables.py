"""The syllable: the grammar holds what newspapers print, and the tone finds its place."""

import pytest

from artclean.text.syllables import attested, in_style, place_tone, possible, split_tone
from artclean.text.tables import read_table

TONE = {"": "", "h": "\u0300", "s": "\u0301", "ng": "\u0303", "hoi": "\u0309", "n": "\u0323"}


def test_every_attested_syllable_is_in_the_grammar() -> None:
    assert len(attested()) > 5000
    assert not {split_tone(syllable)[0] for syllable in attested()} - possible()


def test_the_grammar_is_not_everything() -> None:
    for no_syllable in ("raul", "kong", "cê", "gên", "nge", "quu", "zoa", "ươ", "bl", ""):
        assert no_syllable not in possible()


def test_every_attested_syllable_keeps_its_tone_in_one_of_the_styles() -> None:
    for syllable in attested():
        toneless, tone = split_tone(syllable)
        if tone:
            assert syllable in (
                place_tone(toneless, tone, "old"),
                place_tone(toneless, tone, "new"),
            )


@pytest.mark.parametrize(
    ("toneless", "tone", "old", "new"),
    [
        ("ba", "s", "bá", "bá"),
        ("hoa", "h", "hòa", "hoà"),
        ("khoe", "hoi", "khỏe", "khoẻ"),
        ("thuy", "s", "thúy", "thuý"),
        ("quy", "s", "quý", "quý"),
        ("qua", "hoi", "quả", "quả"),
        ("gia", "h", "già", "già"),
        ("gi", "h", "gì", "gì"),
        ("gin", "h", "gìn", "gìn"),
        ("giêng", "s", "giếng", "giếng"),
        ("toan", "h", "toàn", "toàn"),
        ("ngoai", "h", "ngoài", "ngoài"),
        ("khuyu", "hoi", "khuỷu", "khuỷu"),
        ("cua", "hoi", "của", "của"),
        ("mưa", "h", "mừa", "mừa"),
        ("đươc", "n", "được", "được"),
        ("thuơ", "hoi", "thuở", "thuở"),
        ("xoong", "s", "xoóng", "xoóng"),
        ("yêu", "s", "yếu", "yếu"),
        ("NGHIÊNG", "h", "NGHIỀNG", "NGHIỀNG"),
        ("Uy", "n", "Ụy", "Uỵ"),
    ],
)
def test_place_of_the_tone(toneless: str, tone: str, old: str, new: str) -> None:
    assert place_tone(toneless, TONE[tone], "old") == old
    assert place_tone(toneless, TONE[tone], "new") == new


def test_styles_lead_to_each_other_and_back() -> None:
    for syllable in attested():
        old, new = in_style(syllable, "old"), in_style(syllable, "new")
        assert in_style(new, "old") == old
        assert in_style(old, "new") == new


def test_tables_say_where_they_come_from() -> None:
    assert len(read_table("legacy.txt")) == 8
    assert {len(row) for name, row in read_table("legacy.txt").items()} == {74, 120, 132, 134}
    assert read_table("legacy.txt")["tcvn3"][0] == "a1Ă"
