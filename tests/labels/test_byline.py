"""Who signs, with which role, from which source; and sentences that only begin like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.labels.byline import LONGEST, Byline, clean_source, read_byline, read_key_source
from artclean.language.load import load_language
from labels.dumps import around, behind, below_title, labels, line_at

VI, EN = load_language("vi"), load_language("en")

# The line, its authors, its source, its photographer.
SIGNED: list[tuple[str, tuple[str, ...], str | None, str | None]] = [
    ("Duy Tiến", ("Duy Tiến",), None, None),
    ("Duy Tiến,", ("Duy Tiến",), None, None),
    ("- Duy Tiến -", ("Duy Tiến",), None, None),
    ("Duy Tiến - Lam Chi và T.Hằng", ("Duy Tiến", "Lam Chi", "T.Hằng"), None, None),
    # roles in front
    ("Bài: Duy Tiến", ("Duy Tiến",), None, None),
    ("Bài, ảnh: Duy Tiến", ("Duy Tiến",), None, None),
    ("BÀI, ẢNH: DUY TIẾN", ("DUY TIẾN",), None, None),
    ("Bài và ảnh: Duy Tiến - Lam Chi", ("Duy Tiến", "Lam Chi"), None, None),
    ("Bài và ảnh DUY TIẾN", ("DUY TIẾN",), None, None),
    ("Bài, ảnh Duy Tiến", ("Duy Tiến",), None, None),
    ("Tin, ảnh: Duy Tiến", ("Duy Tiến",), None, None),
    ("Thực hiện: Duy Tiến", ("Duy Tiến",), None, None),
    ("Ghi: Duy Tiến", ("Duy Tiến",), None, None),
    ("Tác giả: Duy Tiến", ("Duy Tiến",), None, None),
    ("Phóng sự của Duy Tiến", ("Duy Tiến",), None, None),
    ("Duy Tiến - Ảnh: Lam Chi", ("Duy Tiến",), None, "Lam Chi"),
    ("Bài: Duy Tiến; ảnh: Lam Chi", ("Duy Tiến",), None, "Lam Chi"),
    ("Bài: Duy Tiến; đồ họa: Lam Chi", ("Duy Tiến",), None, "Lam Chi"),
    # roles behind
    ("Duy Tiến (ghi)", ("Duy Tiến",), None, None),
    ("Duy Tiến ghi", ("Duy Tiến",), None, None),
    ("Duy Tiến (st)", ("Duy Tiến",), None, None),
    ("Duy Tiến (tổng hợp)", ("Duy Tiến",), None, None),
    ("Duy Tiến - tổng hợp", ("Duy Tiến",), None, None),
    ("Duy Tiến lược dịch", ("Duy Tiến",), None, None),
    ("Duy Tiến (Ảnh: Lam Chi)", ("Duy Tiến",), None, "Lam Chi"),
    # sources
    ("Theo TTXVN", (), "TTXVN", None),
    ("THEO TTXVN", (), "TTXVN", None),
    ("(Theo TTXVN)", (), "TTXVN", None),
    ("Theo: TTXVN.", (), "TTXVN", None),
    ("Theo Tân Hoa Xã, Reuters", (), "Tân Hoa Xã, Reuters", None),
    ("Theo Bộ Y tế", (), "Bộ Y tế", None),
    ("Theo AFP, Reuters", (), "AFP, Reuters", None),
    ("Theo Tuổi Trẻ, Người lao động", (), "Tuổi Trẻ, Người lao động", None),
    ("Nguồn: Dân Việt", (), "Dân Việt", None),
    ("Nguồn: Sen Việt", (), "Sen Việt", None),
    ("Nguồn VTC: http://sen.example/tin/1", (), "VTC", None),
    ("(TTXVN/Vietnam+)", (), "TTXVN/Vietnam+", None),
    ("TTXVN", (), "TTXVN", None),
    # both
    ("Duy Tiến (Theo SCMP)", ("Duy Tiến",), "SCMP", None),
    ("Duy Tiến (theo Reuters)", ("Duy Tiến",), "Reuters", None),
    ("Duy Tiến (TTXVN)", ("Duy Tiến",), "TTXVN", None),
    ("Duy Tiến (Theo SCMP, Reuters)", ("Duy Tiến",), "SCMP, Reuters", None),
    ("Duy Tiến - Lam Chi (Theo SCMP)", ("Duy Tiến", "Lam Chi"), "SCMP", None),
    ("Duy Tiến Theo Metro", ("Duy Tiến",), "Metro", None),
    ("Duy Tiến, theo Metro", ("Duy Tiến",), "Metro", None),
    ("T.VTheo Yonhap", ("T.V",), "Yonhap", None),
    ("Duy TiếnTheo Yonhap", ("Duy Tiến",), "Yonhap", None),
    ("Duy Tiến/VOV.VN", ("Duy Tiến",), "VOV.VN", None),
    ("Duy Tiến/VOV.VN (Tổng hợp)", ("Duy Tiến",), "VOV.VN", None),
    ("Duy Tiến, phóng viên đài RFA", ("Duy Tiến",), "RFA", None),
    ("Chùm ảnh do các tác giả Duy Tiến, Lam Chi thực hiện.", ("Duy Tiến", "Lam Chi"), None, None),
    # publishers behind words that no colon closes, and what is no publisher
    ("Nguồn VTC: www.sen.example/tin/1", (), "VTC", None),
    ("Nguồn Dân Việt: sen.example/tin/1", (), "Dân Việt", None),
    ("Nguồn Internet", (), "Internet", None),
    ("Tham khảo Reuters, BBC", (), "Reuters, BBC", None),
    ("Tổng hợp từ Reuters, BBC", (), "Reuters, BBC", None),
    ("Duy Tiến (tổng hợp từ Reuters)", ("Duy Tiến",), "Reuters", None),
    ("Theo Sen Việt Copy link", (), "Sen Việt", None),
    # where the writer writes from
    ("Duy Tiến (từ Singapore)", ("Duy Tiến",), None, None),
    ("Duy Tiến - Lam Chi (từ Doha, Qatar)", ("Duy Tiến", "Lam Chi"), None, None),
    ("Duy Tiến (Paris, Pháp)", ("Duy Tiến",), None, None),
    ("Duy Tiến (Sở Y tế)", ("Duy Tiến",), "Sở Y tế", None),
    # titles, offices, addresses
    ("Nhà thơ Duy Tiến", ("Duy Tiến",), None, None),
    ("ThS.BS Duy Tiến", ("Duy Tiến",), None, None),
    ("PGS-TS Duy Tiến", ("Duy Tiến",), None, None),
    ("Luật sư Duy Tiến - Công ty luật Sen Việt", ("Duy Tiến",), None, None),
    ("Duy Tiến - duytien@sen.example", ("Duy Tiến",), None, None),
    ("Duy Tiến (Email: duytien@sen.example)", ("Duy Tiến",), None, None),
    # a desk signs as the paper prints it, nobody signs "Tổng hợp"
    ("PV", ("PV",), None, None),
    ("Nhóm PV", ("Nhóm PV",), None, None),
    ("Ban Biên tập", ("Ban Biên tập",), None, None),
    ("( PV )", ("PV",), None, None),
    ("Bài: Nhóm PV Thời sự", ("Nhóm PV Thời sự",), None, None),
    ("Báo Sen Việt -", (), "Báo Sen Việt", None),
    ("Đài Trang", ("Đài Trang",), None, None),
    ("HYTV", (), "HYTV", None),
    ("BTV", ("BTV",), None, None),
    ("THANH", ("THANH",), None, None),
    ("Tổng hợp", (), None, None),
]

# Lines that begin like a byline and are none, with the reason.
STORY = {
    "PV: Xin cảm ơn ông!": "somebody asks",
    "Phóng viên: Xin cảm ơn ông!": "somebody asks",
    "Theo báo cáo của xã, vụ này được mùa.": "a source goes on small",
    "Theo Bộ Y tế, dịch đã lan ra bốn thôn ven sông và có thể còn kéo dài.": "the sentence goes on",
    "Theo FIFA, Hải Sơn đủ điều kiện.": "a sentence behind its source",
    "Theo NASA, sao chổi sẽ bay qua.": "the same, written small",
    "Theo Sky Sports, Man Utd đã đạt thỏa thuận": "the same without its stop",
    "Theo cha ra đồng từ năm lên sáu, anh thuộc từng bờ ruộng.": "to go with somebody",
    "Theo ông Tiến, trạm bơm sẽ xong trước mùa mưa.": "a person says",
    "Duy Tiến nói.": "a sentence",
    "Duy Tiến, 34 tuổi": "an age",
    "Tiến và bạn": "small letters",
    "Ghi nhận tại hiện trường, nước đã rút.": "a role's word opens a sentence",
    "Bài học: Chậm mà chắc": "another word before the colon",
    "Thực hiện nghị quyết của xã": "the verb",
    "Nguồn gốc của cái tên": "origin, not source",
    "Nguồn nước đã cạn": "a spring",
    "Nguồn Sống Mới": "no name begins so",
    "Trích từ nhật ký của ông": "a diary",
    "Tham khảo ý kiến của dân": "to ask for advice",
    "Tổng hợp từ nhiều xã": "no publisher",
    "Xã Phú Lạc": "no name begins so, either",
    "TỈNH PHÚ HÀ": "the same in capitals",
    "Bài và ảnh đều đẹp": "a role without a name",
    "A A": "the size of the type",
    "Email Print": "buttons",
    "HANOI": "a place of another language's",
    "Hà Nội": "a place",
    "Giải nhất: Duy Tiến, lớp 9A": "a prize",
    "“Tôi tin là được” - Duy Tiến": "a quote and its speaker",
    "x" * (LONGEST + 1): "too long",
    "": "nothing",
    "---": "no letter",
}


@pytest.mark.parametrize(("text", "authors", "agency", "photo"), SIGNED, ids=str)
def test_signed(text: str, authors: tuple[str, ...], agency: str | None, photo: str | None) -> None:
    byline = read_byline(text, VI)
    assert byline is not None
    assert (byline.authors, byline.agency, byline.photo) == (authors, agency, photo)


@pytest.mark.parametrize("text", STORY, ids=STORY.values())
def test_story(text: str) -> None:
    assert read_byline(text, VI) is None


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Margaret Hollis", ("Margaret Hollis",)),
        ("Margaret Hollis and Peter Ashworth", ("Margaret Hollis", "Peter Ashworth")),
        ("Dr Margaret Hollis", ("Margaret Hollis",)),
    ],
)
def test_another_language(text: str, authors: tuple[str, ...]) -> None:
    byline = read_byline(text, EN)
    assert byline is not None
    assert byline.authors == authors


def test_a_role_or_a_source_makes_it_sure() -> None:
    sure = ("Bài: Duy Tiến", "Duy Tiến (ghi)", "Duy Tiến (Theo SCMP)", "Nhà thơ Duy Tiến")
    for text in sure:
        byline = read_byline(text, VI)
        assert byline is not None
        assert byline.sure, text
    assert read_byline("Duy Tiến", VI) == Byline(("Duy Tiến",))


SOURCES = {
    ": TTXVN.": "TTXVN",
    "TTXVN (": "TTXVN",
    " VTC: http://sen.example/tin/1": "VTC",
    "https://sen.example/tin/1": "https://sen.example/tin/1",
    "Deadline,Variety": "Deadline, Variety",
    "Sen   Việt": "Sen Việt",
    "...": None,
    "x" * 81: None,
}


@pytest.mark.parametrize(("text", "source"), SOURCES.items())
def test_a_source_without_its_edges(text: str, source: str | None) -> None:
    assert clean_source(text) == source


def test_a_species_is_no_source() -> None:
    assert read_key_source("Mongabay") == "Mongabay"
    assert read_key_source("Cuora mouhotii") is None


@given(st.text(max_size=200), st.sampled_from(["vi", "en"]))
def test_any_line_is_read_or_not(text: str, code: str) -> None:
    byline = read_byline(text, load_language(code))
    if byline is not None:
        assert all(name.strip() for name in byline.authors)
        assert byline.agency is None or byline.agency.strip()


# -------------------------------------------------------------------------- where they stand


@pytest.mark.parametrize(
    "text",
    ["Duy Tiến", "Bài, ảnh: Duy Tiến", "Duy Tiến (Theo SCMP)", "DUY TIẾN", "Nhà thơ Duy Tiến"],
)
def test_behind_the_story(text: str) -> None:
    dump = behind(text)
    assert labels(dump)[4] == "byline"
    assert labels(behind("", text, "", "."))[5] == "byline"


@pytest.mark.parametrize("text", ["Theo TTXVN", "(TTXVN/Vietnam+)", "Nguồn: Sen Việt", "TTXVN"])
def test_a_source_alone_is_an_agency(text: str) -> None:
    assert labels(behind(text))[4] == "agency"


@pytest.mark.parametrize("text", ["Duy Tiến", "Bài, ảnh: Duy Tiến", "Duy Tiến - Lam Chi"])
def test_under_the_title(text: str) -> None:
    assert labels(below_title(text, ""))[1] == "byline"


def test_above_related_links() -> None:
    dump = behind("Duy Tiến", "Tin liên quan", "Xã ven sông mở thêm hai bến đò", "Bình luận")
    assert labels(dump)[4:] == ["byline", "boilerplate", "related", "boilerplate"]


NOT_THERE = {
    "Duy Tiến": "a name between paragraphs heads them or speaks next",
    "Nguyễn Văn Thường": "the speaker of the next quote",
    "PV: Xin cảm ơn ông!": "an interview",
    "Theo ông Tiến:": "a speaker",
}


@pytest.mark.parametrize("text", NOT_THERE, ids=NOT_THERE.values())
def test_in_the_middle_of_the_story(text: str) -> None:
    dump = around(
        text, "“Nước về đến ruộng là bà con mừng rồi, không ai đòi hỏi gì thêm”, anh nói."
    )
    assert labels(dump)[3] in ("paragraph", "heading")


def test_a_signature_in_a_letter_is_story() -> None:
    dump = around("Út thương!", "Chị chỉ mong em về.", "Thương em,", "Chị Ba")
    assert labels(dump)[3:7] == ["paragraph"] * 4


def test_the_value_is_what_was_read() -> None:
    assert line_at(behind("Duy Tiến (Theo SCMP)"), 5).value == Byline(
        ("Duy Tiến",), "SCMP", None, True
    )
