"""A picture's words and their credit; and sentences that end or begin like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.labels.caption import find_caption, find_counted
from artclean.language.load import load_language
from artclean.model import Caption
from artclean.pipeline import clean
from labels.dumps import FIRST, SECOND, THIRD, TITLE, around, dump, labels, line_at

VI, EN = load_language("vi"), load_language("en")
WORDS = "Bà con xem trạm bơm mới"

# Behind the words: what stands there, the credit, and what the words end with.
CREDITS: list[tuple[str, str | None, str]] = [
    (". Ảnh: Lam Chi", "Lam Chi", "."),
    (".Ảnh: Lam Chi", "Lam Chi", "."),
    (" - Ảnh: Lam Chi", "Lam Chi", ""),
    (" – Ảnh: LAM CHI", "LAM CHI", ""),
    (" (Ảnh: Lam Chi)", "Lam Chi", ""),
    (" (Ảnh: Lam Chi).", "Lam Chi", ""),
    ("Ảnh: Lam Chi", "Lam Chi", ""),
    (". Ảnh: Lam Chi (Báo Sen Việt)", "Lam Chi (Báo Sen Việt)", "."),
    (" - Nguồn: Sen Việt", "Sen Việt", ""),
    (" (Ảnh minh họa - Nguồn: Internet)", "Internet", ""),
    (". (Ảnh minh họa. Nguồn: Internet)", "Internet", "."),
    (" (ảnh: Lam Chi)", "Lam Chi", ""),
    (". ẢNH: LAM CHI", "LAM CHI", "."),
    (". Ảnh : Lam Chi", "Lam Chi", "."),
    (". Ảnh: T.H", "T.H", "."),
    (". Ảnh: T.H.", "T.H.", "."),
    (". Ảnh: Lam Chi.", "Lam Chi", "."),
    (". Ảnh: Lam Chi - Duy Tiến", "Lam Chi - Duy Tiến", "."),
    (". Ảnh: AFP/TTXVN", "AFP/TTXVN", "."),
    (". Ảnh minh họa: Lam Chi", "Lam Chi", "."),
    (" (Ảnh minh họa: Lam Chi)", "Lam Chi", ""),
    (". Ảnh chụp màn hình: Sen Việt", "Sen Việt", "."),
    (". Nguồn ảnh: Sen Việt", "Sen Việt", "."),
    (". Đồ họa: Lam Chi", "Lam Chi", "."),
    (". Video: Lam Chi", "Lam Chi", "."),
    (" (Nguồn: Sen Việt)", "Sen Việt", ""),
    # without a colon
    (" (Ảnh minh họa)", None, ""),
    (" (Ảnh minh họa).", None, ""),
    (" - Ảnh minh họa", None, ""),
    (". Ảnh minh họa", None, "."),
    (" - Ảnh LAM CHI", "LAM CHI", ""),
    (". Ảnh Lam Chi", "Lam Chi", "."),
    (". Ảnh chụp màn hình Báo Sen Việt", "Báo Sen Việt", "."),
    (". AFP", "AFP", "."),
    (" - REUTERS", "REUTERS", ""),
    # waits for a name on the next line
    (". Ảnh:", None, "."),
]

STORY = {
    "Ảnh hưởng của bão số 3 còn kéo dài": "influence, not photo",
    "Ảnh của ông được treo ở nhà văn hóa thôn": "a sentence about a photo",
    "Bà con đăng ảnh: trạm bơm, con kênh, cánh đồng": "a small word without brackets",
    "Ông khoe tấm ảnh chụp cùng bạn": "to take a photo",
    "Nhiếp ảnh: Lam Chi": "photography",
    "Ông nói: “Nước đã về”": "somebody speaks",
    "Bài, ảnh: Duy Tiến": "it signs the story",
    "Bà con xem trạm bơm mới. UBND": "no agency",
    "Bà con xem trạm bơm mới. Ảnh: " + "rất dài " * 12: "no credit is so long",
    "Nguồn: Sen Việt": "a source, and no picture",
    "Bà con xem NVẢnh: Lam Chi": "what is glued to capitals may be a word",
    "Video cho thấy nước đã rút": "a sentence about a video",
    "Hình thành từ năm 1931, trạm bơm cũ": "to come into being",
    "Tranh chấp: hai xã ngồi lại với nhau": "a quarrel, not a painting",
}


@pytest.mark.parametrize(("end", "credit", "stop"), CREDITS)
def test_a_credit(end: str, credit: str | None, stop: str) -> None:
    assert find_caption(f"{WORDS}{end}", VI) == Caption(f"{WORDS}{stop}", credit)


@pytest.mark.parametrize("text", STORY, ids=STORY.values())
def test_story(text: str) -> None:
    assert find_caption(text, VI) is None


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Ảnh: Lam Chi", Caption("Ảnh", "Lam Chi")),
        ("(Ảnh: Lam Chi)", Caption("Ảnh", "Lam Chi")),
        ("Video: Lam Chi", Caption("Video", "Lam Chi")),
        ("Hình do gia đình cung cấp.", Caption("Hình do gia đình cung cấp.", None)),
    ],
)
def test_a_credit_alone(text: str, caption: Caption) -> None:
    found = find_caption(text, VI)
    assert found is not None
    assert found.credit == caption.credit
    assert found.text.strip("( ") == caption.text


def test_a_counter_in_a_credits_place() -> None:
    assert find_counted(f"{WORDS} - Ảnh 2.", VI) == Caption(WORDS)
    assert find_counted("Ảnh 2", VI) is None
    assert find_caption(f"{WORDS} - Ảnh 12", VI) == Caption(WORDS)


def test_a_teaser_behind_the_credit_is_none() -> None:
    found = find_caption(f"{WORDS}. Ảnh: Lam Chi >> Xem trọn bộ ảnh", VI)
    assert found is not None
    assert found.credit == "Lam Chi"


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Visitors at the foundry. Photo: Peter Ashworth", "Peter Ashworth"),
        ("Visitors at the foundry. Credit: Norwood Archive", "Norwood Archive"),
        ("Visitors at the foundry (File photo)", None),
    ],
)
def test_another_language(text: str, credit: str | None) -> None:
    found = find_caption(text, EN)
    assert found is not None
    assert found.credit == credit


@given(
    st.text(min_size=1, max_size=500),
    st.sampled_from(["", ". Ảnh: ", " (Ảnh minh họa)", " - Ảnh "]),
)
def test_words_and_credit_are_of_the_line(text: str, mark: str) -> None:
    # White space as the stage gets it: `repair` has replaced all other.
    text = " ".join(text.split()) or "a"
    line = f"{text}{mark}{text[:20]}"
    caption = find_caption(line, VI)
    if caption is not None:
        words = {*line, " "}
        assert set(f"{caption.text}{caption.credit or ''}") <= words
        assert caption.credit is None or caption.credit.strip()


# -------------------------------------------------------------------------- where they stand


def test_a_credit_on_its_own_line_joins_the_words_above() -> None:
    dump = around(WORDS, "Ảnh: Lam Chi")
    assert labels(dump)[3:5] == ["caption", "caption"]
    assert line_at(dump, 4).value == Caption(WORDS, "Lam Chi")


def test_a_name_behind_a_colon_joins_the_words_above() -> None:
    dump = around(f"{WORDS}. Ảnh:", "Lam Chi")
    assert labels(dump)[3:5] == ["caption", "caption"]
    assert line_at(dump, 4).value == Caption(f"{WORDS}.", "Lam Chi")


def test_a_source_below_a_description_is_its_credit() -> None:
    dump = around(WORDS, "Nguồn: Sen Việt")
    assert line_at(dump, 4).value == Caption(WORDS, "Sen Việt")


def test_a_sentence_above_a_credit_is_story() -> None:
    long = (
        "Bà con đứng kín hai bờ kênh từ lúc trời còn mờ tối, ai cũng muốn thấy dòng nước đầu tiên"
        * 3
    )
    dump = around(long, "Ảnh: Lam Chi")
    assert labels(dump)[3] == "paragraph"


def test_a_speaker_above_a_credit_is_no_picture() -> None:
    dump = around("“Nước về rồi”, bà con reo lên", "Ảnh: Lam Chi")
    assert labels(dump)[3] in ("paragraph", "heading")


def signed(*lines: str) -> str:
    """A story that Lam Chi has signed in the head, with the lines in it; the first is line 4."""
    return dump(TITLE, "Lam Chi", FIRST, *lines, THIRD)


@pytest.mark.parametrize("name", ["Lam Chi", "LAM CHI"])
def test_the_author_alone_below_a_picture_took_it(name: str) -> None:
    """Thanh Niên prints the picture's words and, below them, who took it, without a word more."""
    text = signed(SECOND, WORDS, name)
    assert labels(text)[4:6] == ["caption", "caption"]
    assert clean(text).captions == (Caption(WORDS, name),)


NOT_TAKEN = {
    "another name heads what its bearer says": (WORDS, "Duy Tiến"),
    "a sentence above is a paragraph": (f"{WORDS}.", "Lam Chi"),
    "few words above are a sub-heading": ("Nước về", "Lam Chi"),
    "a blank line between": (WORDS, "", "Lam Chi"),
    "somebody speaks": ("- Bao giờ thì có nước đây", "Lam Chi"),
}


@pytest.mark.parametrize("lines", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_a_name_below_words_that_are_no_pictures(lines: tuple[str, ...]) -> None:
    assert "caption" not in labels(signed(SECOND, *lines))


def test_a_name_below_a_description_without_a_signature_in_the_head() -> None:
    assert "caption" not in labels(around(WORDS, "Lam Chi"))
