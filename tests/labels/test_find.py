"""What one line is without its neighbours: keys, furniture, addresses, tags; and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.labels.find import LONG, LONGEST_KEY, KeyLine, Section, find, find_key, is_address
from artclean.language.load import load_language
from artclean.model import Caption, Label
from artclean.pipeline import clean
from labels.dumps import around, behind, labels, rules

VI = load_language("vi")


def test_a_key_and_what_it_announces() -> None:
    assert find_key("TIÊU ĐỀ: Mùa sen", VI) == KeyLine("title", "Mùa sen", False)
    assert find_key('"tags": ["trạm bơm", "kênh"],', VI) == KeyLine("tags", "trạm bơm, kênh", True)
    assert find_key("Tags:", VI) == KeyLine("tags", "", True)
    assert find_key("pub_date: 2019-08-02: sáng", VI) == KeyLine("time", "2019-08-02: sáng", False)


NO_KEYS = {
    "Tại cuộc họp: ông Tiến nói": "other words",
    "Tiêu đề của bài là: Mùa sen": "more words",
    ": Mùa sen": "nothing in front",
    "Tiêu đề - Mùa sen": "no colon",
    "x" * LONGEST_KEY + ": Mùa sen": "too far off",
}


@pytest.mark.parametrize("text", NO_KEYS, ids=NO_KEYS.values())
def test_no_key(text: str) -> None:
    assert find_key(text, VI) is None


FURNITURE = {
    "Chia sẻ": "boilerplate",
    "CHIA SẺ BÀI VIẾT:": "boilerplate",
    "Bình luận (12)": "boilerplate",
    "5 bình luận": "boilerplate",
    "browser not support iframe.": "boilerplate",
    "TIN LIÊN QUAN": "boilerplate",
    "[Tin liên quan]": "boilerplate",
    ">>> Xem thêm: Xã ven sông mở bến đò": "related",
    ">>Xem thêm:": "related",
    "Mời độc giả đón đọc": "related",
    "© Báo Sen Việt": "boilerplate",
    "Giấy phép số: 12/GP-BTTTT": "boilerplate",
    "Hotline: 0900 000 000": "boilerplate",
    "https://sen.example/tin-1.html": "boilerplate",
    "bandoc@sen.example": "boilerplate",
    "anh-tram-bom.jpg": "boilerplate",
    "![](anh.jpg)": "boilerplate",
    "-----": "junk",
    "***": "junk",
    ",": "junk",
    ">>": "junk",
    "#tram_bom #kenh": "tags",
}


@pytest.mark.parametrize(("text", "wanted"), FURNITURE.items())
def test_furniture(text: str, wanted: str) -> None:
    assert str(find(1, 1, text, VI, None).label) == wanted


# Sentences of a story that begin, or end, like furniture. Each of them must stand in the text.
SENTENCES = [
    "Chia sẻ với phóng viên, bà Hạnh nói nước đã về.",
    "Chia sẻ niềm vui, bà con mổ lợn khao cả xóm.",
    "Bình luận viên Lê Khắc Niên dự đoán đội xã thắng.",
    "Top 10 hộ trồng rau giỏi nhất xã",
    "Gửi con cho bà, chị ra đồng từ tờ mờ sáng.",
    "Thích nhất là được tắm kênh, thằng bé nói.",
    "Xem thêm một lượt nữa, ông mới chịu ký.",
    "Tin nóng nhất trong ngày là nước đã rút.",
    "Email của ông đầy thư hỏi mua giống lúa.",
    "Facebook của xã đăng lịch bơm nước mỗi tối.",
    "Covid-19",
    "2 bình luận viên cùng khen bàn thắng ấy.",
    "Hotline của xã đổ chuông suốt đêm lũ.",
    "Bài học từ mùa nước năm ngoái",
    "Nguồn nước đã cạn từ tháng 3.",
    "Bản quyền điệu hát thuộc về cả làng, ông nói.",
    "Trở lại quê nhà sau mười năm, ông Tiến mở một lớp học miễn phí.",
    "Theo dõi báo cáo của xã, bà con yên tâm về nguồn nước tưới.",
    "Phó tổng thư ký Liên đoàn cho biết giải sẽ khởi tranh vào tháng 9.",
    "Giấy phép hoạt động của bến đò đã hết hạn từ năm ngoái.",
    "Cơ quan chủ quản của dự án cam kết hoàn thành trước mùa mưa.",
    "Mọi ý kiến đóng góp đều được ban soạn thảo tiếp thu.",
    "Mọi thông tin phản ánh được xã trả lời trong ba ngày.",
    "Bạn đọc có thể gửi hiện vật về nhà văn hóa thôn, ông Tiến nói.",
    "Tải ứng dụng về máy, bà con nhận tin cảnh báo lũ trước sáu giờ.",
    "Bản quyền thuộc về người đã sáng tác ra điệu hát, ông nói.",
    "Gửi câu hỏi về thủy lợi, cử tri Lê Khắc Niên đề nghị nạo vét kênh.",
    "Giấy phép xây dựng số 12/GPXD được cấp năm 2019.",
    "Bạn có thể chuyển sang vụ ba nếu chân ruộng cao, ông Tiến khuyên.",
    "Máy của bạn không hỗ trợ thì mượn máy của xã, ông Tiến nói.",
    "Video đang hot trên mạng xã hội là của một em lớp 5.",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_of_the_story_stays(text: str) -> None:
    assert labels(around(text))[3] in ("paragraph", "heading")


ADDRESSES = {
    "https://sen.example/tin-1.html": True,
    "www.sen.example": True,
    "(bandoc@sen.example)": True,
    "tram-bom.webp": True,
    "36998511_1194445027364836_n": True,
    "Covid-19": False,
    "lan_chi_1990": False,
    "image001": True,
    "IMG_2034": True,
    "VN1": False,
    "Anh 2": False,
    "@nguoidung": False,
    "8.000m2": False,
    "TP.HCM": False,
    "html": False,
}


@pytest.mark.parametrize(("text", "wanted"), ADDRESSES.items())
def test_an_address(text: str, wanted: bool) -> None:
    assert is_address(text) is wanted


def test_an_address_within_a_sentence_is_story() -> None:
    line = find(1, 1, "Xem https://sen.example để biết lịch bơm", VI, None)
    assert line.label is Label.PARAGRAPH


def test_a_headline_in_square_brackets_is_a_link() -> None:
    """Vietnam+ sets links to other stories so, between two paragraphs."""
    assert labels(around("[Cầu treo Nậm Sen thông xe trước mùa lũ năm nay]"))[3] == "related"
    for text in ("[Còn tiếp một kỳ nữa]", "[Bà cười rất lâu rồi mới nói tiếp.]", "[im lặng]"):
        assert labels(around(text))[3] == "paragraph", text


def test_words_that_say_they_are_a_pictures() -> None:
    for text in (
        "Trong ảnh: Bà con xem trạm bơm mới.",
        "TRONG ẢNH: Trạm bơm cũ",
        "Từ trái qua: Duy Tiến, Lam Chi và Giang Sơn",
        "Chụp lại hình ảnh, Bà con xem trạm bơm mới",
    ):
        assert labels(around(text))[3] == "caption", text
    for text in (
        "Trong ảnh là trạm bơm cũ.",
        "Trong đó: một trạm bơm cũ.",
        "Từ trái qua phải, hàng cọc tiêu chạy dài đến cống.",
        "Bản quyền hình ảnh là chuyện mà ít ai trong xã nghĩ tới.",
        "Nguồn hình ảnh mà xã có được đến từ một đoàn làm phim.",
    ):
        assert labels(around(text))[3] == "paragraph", text


def test_words_in_the_cell_of_a_picture() -> None:
    cell = "Bà con bốn thôn xem trạm bơm mới |"
    assert labels(around(cell))[3] == "caption"
    assert clean(around(cell)).captions == (Caption("Bà con bốn thôn xem trạm bơm mới"),)
    for lines in (
        ("Sản lượng của từng thôn trong năm ngoái |", "120 tấn | 90 tấn |"),  # a table
        ("Tên thôn | Sản lượng của từng thôn năm ngoái |",),
        ("Sản lượng năm ngoái |",),
    ):
        assert "caption" not in labels(around(*lines)), lines


ALT_TEXTS = {
    "Bai boi o xa Phu Lac anh 2": True,
    "Tram bom Phu Lac anh 14": True,
    "Chuyen cua anh 2": False,  # of two words it may be a name
    "Bãi bồi ở xã Phú Lạc anh 2": False,
    "Bai boi o xa Phu Lac anh hai": False,
}


@pytest.mark.parametrize(("text", "wanted"), ALT_TEXTS.items())
def test_an_alternative_text_without_tone_marks(text: str, wanted: bool) -> None:
    assert (rules(around(text))[3] == "image") is wanted


def test_a_section_waits_for_its_place() -> None:
    line = find(1, 1, "Giáo dục", VI, None)
    assert (line.label, line.value) == (Label.PARAGRAPH, Section("Giáo dục"))


def test_a_long_line_is_story_whatever_it_begins_with() -> None:
    text = "Chia sẻ " + "nước về ruộng " * 20
    assert len(text) > LONG
    line = find(1, 1, text, VI, None)
    assert (line.label, line.rule) == (Label.PARAGRAPH, "story")


def test_a_date_of_the_story_is_no_timestamp() -> None:
    for text in (
        "Ngày 2/8/2019, trạm bơm bắt đầu chạy.",
        "Cập nhật đến 18h ngày 3/8, toàn xã có 43 hộ bị ngập.",
        "Năm 2019",
    ):
        assert labels(around(text))[3] in ("paragraph", "heading"), text


def test_a_timestamp_behind_the_story() -> None:
    dump = behind("Duy Tiến", "Cập nhật lúc 15:34, Thứ Sáu, 02/08/2019 (GMT+7)")
    assert labels(dump)[4:] == ["byline", "timestamp"]


@given(st.text(alphabet=st.characters(exclude_characters="\n"), min_size=1, max_size=300))
def test_any_line_has_a_label_and_keeps_its_words(text: str) -> None:
    stripped = text.strip(" \t\xa0\u3000\r") or "."
    line = find(3, 4, stripped, VI, None)
    assert (line.first, line.last, line.text) == (3, 4, stripped)
    assert line.rule
    assert line.label is not Label.BLANK
