"""What stands before the story: title, kicker, keys, breadcrumb, dates, a byline."""

import pytest

from artclean.labels.head import Title, is_title, split_site
from artclean.language.load import load_language
from artclean.pipeline import clean
from labels.dumps import (
    FIRST,
    SECOND,
    THIRD,
    TITLE,
    above,
    behind,
    below_title,
    dump,
    labels,
    line_at,
    rules,
)

VI, EN = load_language("vi"), load_language("en")

SITES = {
    f"{TITLE} - VnExpress": (TITLE, "VnExpress"),
    f"{TITLE} – Tuổi Trẻ Online": (TITLE, "Tuổi Trẻ Online"),
    f"{TITLE} | Báo Sen Việt": (TITLE, "Báo Sen Việt"),
    f"{TITLE} - Báo Nhân Dân điện tử": (TITLE, "Báo Nhân Dân điện tử"),
    f"{TITLE} - VnExpress Giải trí": (TITLE, "VnExpress"),
    f"{TITLE} - baosenviet.vn": (TITLE, "baosenviet.vn"),
    # the rest of the headline
    TITLE: (TITLE, None),
    f"{TITLE} - Kỳ 2": (f"{TITLE} - Kỳ 2", None),
    f"{TITLE} - chuyện chưa kể": (f"{TITLE} - chuyện chưa kể", None),
    f"{TITLE}-VnExpress": (f"{TITLE}-VnExpress", None),
    "Hà Nội - Huế - Sài Gòn": ("Hà Nội - Huế - Sài Gòn", None),
}


@pytest.mark.parametrize(("title", "wanted"), SITES.items())
def test_the_sites_name_behind_a_title(title: str, wanted: tuple[str, str | None]) -> None:
    assert split_site(title, VI) == wanted


TITLES = {
    TITLE: True,
    "Vì sao nước về muộn?": True,
    "“Nước về là mừng rồi...”": True,
    "Covid-19 đã lui": True,
    "1.000 hộ dân có nước": True,
    "- Một mục của danh sách": False,
    "* Ghi chú": False,
    "Sáng nay, xã khai mạc kỳ họp.": False,
    "x" * 151: False,
    "12345": False,
    "“Ngộp”": True,
    "iPhone 4 về xã": True,
    "Trực tiếp:": False,
    "Chuyện bây giờ mới kể:": True,
    ".jpg)": False,
    "leftcenterright": False,
    "20190802_1534_n": False,
    "Nửa câu,": False,
}


@pytest.mark.parametrize(("text", "wanted"), TITLES.items())
def test_a_first_line_may_be_a_title(text: str, wanted: bool) -> None:
    assert is_title(text, False) is wanted


def test_a_title_with_a_stop_needs_a_date_below() -> None:
    assert is_title("Nước đã về.", True)
    assert not is_title("Nước đã về.", False)


def test_the_first_line_is_the_title() -> None:
    assert labels(dump(TITLE, FIRST, SECOND))[:2] == ["title", "lead"]
    assert labels(dump("", ".", TITLE, "", FIRST))[2] == "title"


LONG = (
    "Kết quả bước đầu trong việc vận động bà con vùng bãi góp công, góp của sửa sang hệ thống kênh"
    " mương nội đồng gắn với phong trào thi đua xây dựng nông thôn mới ở huyện Đông Hạ"
)


def test_a_date_directly_below_confirms_a_long_title() -> None:
    assert 150 < len(LONG) < 200
    for date in ("25/08/2008", "Thu Hoài | 17/11/2022 14:06"):
        assert labels(dump(LONG, "", date, FIRST, SECOND))[::2][:2] == ["title", "timestamp"]
    # a paragraph: no date, a date further down, a stop
    assert clean(dump(LONG, FIRST, SECOND)).title is None
    assert clean(dump(LONG, FIRST, "25/08/2008", SECOND)).title is None
    assert clean(dump(f"{LONG}.", "25/08/2008", SECOND)).title is None


def test_a_long_kicker_ends_in_a_colon_and_has_a_date_below_its_title() -> None:
    kicker = "Kỳ họp thứ tám, hội đồng nhân dân xã:"
    dated = dump(kicker, TITLE, "02/08/2019 15:34", FIRST, SECOND)
    assert labels(dated)[:3] == ["kicker", "title", "timestamp"]
    assert clean(dated).section == kicker.rstrip(":")
    assert labels(dump(kicker, FIRST, SECOND))[0] == "title"


@pytest.mark.parametrize(
    "text", ["(VTC News) -", "VOV.VN -", "Báo Sen Việt điện tử", "Báo Nhân Dân"]
)
def test_the_name_of_the_page_is_no_title(text: str) -> None:
    assert (labels(above(text))[0], rules(above(text))[0]) == ("boilerplate", "publisher")
    assert clean(above(text)).title == TITLE


@pytest.mark.parametrize("text", ["Báo Sen Việt mở lớp dạy viết", "Tuổi trẻ và dòng kênh quê tôi"])
def test_a_title_that_begins_like_the_name_of_a_page(text: str) -> None:
    assert clean(dump(text, FIRST, SECOND)).title == text


def test_an_entry_of_a_menu_that_is_read_twice_is_no_title() -> None:
    menu = "Học tập và làm theo Bác"
    text = dump(menu, menu, TITLE, "02/08/2019 15:34", FIRST, SECOND)
    assert clean(text).title == TITLE
    assert labels(text)[2:5] == ["title", "timestamp", "lead"]
    # a title that the page prints twice, then its date
    assert labels(dump(TITLE, TITLE, "02/08/2019 15:34", FIRST))[:2] == ["title", "repeat"]


def test_a_picture_between_title_and_date() -> None:
    text = dump(TITLE, "Trạm bơm mới. Ảnh: Lam Chi", "Thu Hoài", "02/08/2019 15:34", FIRST, SECOND)
    assert labels(text)[:5] == ["title", "caption", "byline", "timestamp", "lead"]
    # without a date the head ends with the picture
    assert labels(dump(TITLE, "Trạm bơm mới. Ảnh: Lam Chi", FIRST))[1:] == ["caption", "lead"]


def test_a_long_first_paragraph_is_no_title() -> None:
    """A dump without a title has none."""
    article = clean(dump(f"{FIRST} {SECOND}", SECOND, THIRD))
    assert article.title is None
    assert article.text.startswith(FIRST)


@pytest.mark.parametrize("text", ["Thời sự", "THỜI SỰ", "Giáo dục", "Văn hóa - Giải trí"])
def test_a_section_above_the_title(text: str) -> None:
    article = clean(above(text))
    assert labels(above(text))[:2] == ["kicker", "title"]
    assert (article.section, article.title) == (text, TITLE)


def test_a_column_above_the_title() -> None:
    text = above("Chuyện làng")
    assert (labels(text)[0], rules(text)[0]) == ("kicker", "above-title")


NO_KICKERS = {
    "Nước về rồi!": "a sentence",
    "Xã vùng bãi đón nước mới trong niềm vui": "as long as a headline",
}


@pytest.mark.parametrize("text", NO_KICKERS, ids=NO_KICKERS.values())
def test_no_kicker(text: str) -> None:
    assert labels(above(text))[0] == "title"


CRUMBS = {
    "Trang chủ > Thời sự": "Thời sự",
    "Trang chủ › Kinh tế › Nông nghiệp": "Kinh tế",
    "Home / Giáo dục": "Giáo dục",
    "Thời sự > Chính trị": "Thời sự",
    "Trang chủ | Thời sự | Giao thông": "Thời sự",
}


@pytest.mark.parametrize(("text", "section"), CRUMBS.items())
def test_a_breadcrumb(text: str, section: str) -> None:
    assert (labels(above(text))[0], rules(above(text))[0]) == ("kicker", "breadcrumb")
    assert clean(above(text)).section == section


MENU = ("15:34 Thứ sáu, 02/08/2019", "Chuyên mục", "Thành viên", "• Hôm nay: 270", "• Tháng: 2720")


def test_a_pages_menu_ends_with_its_breadcrumb() -> None:
    text = dump(*MENU, "Trang nhất » Tin tức » Thủy lợi", TITLE, "Thứ năm, 01/08/2019 08:00", FIRST)
    assert rules(text)[:6] == ["page-clock", *["above-title"] * 4, "breadcrumb"]
    assert labels(text)[6:] == ["title", "timestamp", "lead"]
    article = clean(text)
    assert (article.title, article.section, article.published) == (
        TITLE,
        "Tin tức",
        "2019-08-01T08:00:00+07:00",
    )


def test_without_a_date_of_the_article_the_pages_clock_is_none() -> None:
    article = clean(dump(*MENU, "Trang nhất » Tin tức", TITLE, FIRST, SECOND))
    assert (article.title, article.published) == (TITLE, None)


NO_MENUS = {
    "the headline stands first": (TITLE, "Thủy lợi", "Phú Lạc", "Trang chủ > Tin tức", FIRST),
    "a sentence stands above": ("Bà con vui.", "Một", "Hai", "Trang chủ > Tin tức", FIRST),
    "few lines stand above": ("Một", "Trang chủ > Tin tức", FIRST),
}


@pytest.mark.parametrize("lines", NO_MENUS.values(), ids=NO_MENUS)
def test_no_menu(lines: tuple[str, ...]) -> None:
    assert labels(dump(*lines, SECOND))[0] != "boilerplate"


def test_no_breadcrumb() -> None:
    assert labels(dump("Hà Nội > Huế > Sài Gòn trên một chuyến tàu", FIRST, SECOND))[0] == "title"


def test_keys_of_a_crawler() -> None:
    text = dump(
        f"TIÊU ĐỀ: {TITLE} - VnExpress",
        "CHUYÊN MỤC: Nông nghiệp",
        "THỜI GIAN: 15:34 02/08/2019",
        "Tác giả: Duy Tiến",
        "Nguồn: Sen Việt",
        "Từ khóa: trạm bơm, kênh",
        "LIÊN KẾT: https://sen.example/1",
        f"TÓM TẮT: {FIRST}",
        "NỘI DUNG:",
        SECOND,
    )
    article = clean(text)
    assert labels(text) == [
        *("title", "kicker", "timestamp", "byline", "agency", "tags", "boilerplate"),
        *("lead", "boilerplate", "paragraph"),
    ]
    assert (article.title, article.publisher) == (TITLE, "VnExpress")
    assert (article.section, article.lead) == ("Nông nghiệp", FIRST)
    assert article.published == "2019-08-02T15:34:00+07:00"
    assert (article.authors, article.agency) == (("Duy Tiến",), "Sen Việt")
    assert article.tags == ("trạm bơm", "kênh")
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_a_key_alone_announces_the_next_line() -> None:
    text = dump("Title:", TITLE, "Content:", FIRST, SECOND)
    assert labels(text)[:4] == ["boilerplate", "title", "boilerplate", "lead"]


def test_the_storys_words_behind_a_key_stay() -> None:
    article = clean(dump(f"Title: {TITLE}", f"Content: {FIRST}", SECOND))
    assert article.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "text",
    [
        "Nội dung: bà con đề nghị nạo vét kênh.",
        "Thời gian: từ tháng 6 đến tháng 9.",
        "Nguồn: nước ngầm.",
    ],
)
def test_keys_in_the_story_are_story(text: str) -> None:
    assert labels(dump(TITLE, FIRST, SECOND, text, THIRD))[3] == "paragraph"


@pytest.mark.parametrize("text", ["Article 12", "Bài số 7", "Document #3"])
def test_a_crawlers_counter(text: str) -> None:
    assert labels(above(text))[:2] == ["boilerplate", "title"]


def test_counts_of_readers_are_furniture_and_the_cells_of_a_table_are_not() -> None:
    cells = [str(number) for number in range(60)]
    assert labels(below_title(*cells[:20]))[1:21] == ["boilerplate"] * 20
    assert "boilerplate" not in labels(below_title(*cells))


def test_a_syllable_is_no_count() -> None:
    """The letters that a page shows for the size of its type are ASCII."""
    assert labels(below_title("aa"))[1] == "boilerplate"
    assert labels(below_title("Ủy"))[1] != "boilerplate"


def test_the_title_again() -> None:
    for again in (TITLE, TITLE.upper(), f"{TITLE}.", f"{TITLE} - VnExpress"):
        assert labels(below_title(again))[:3] == ["title", "repeat", "lead"], again


def test_a_title_with_another_number_is_no_repeat() -> None:
    text = dump("Xã vùng bãi sửa 2 trạm bơm", "Xã vùng bãi sửa 3 trạm bơm", FIRST, SECOND)
    assert "repeat" not in labels(text)


def test_a_timestamp_and_what_stands_beside_it() -> None:
    text = below_title("Thời sự Thứ sáu, 2/8/2019, 15:34 (GMT+7)")
    article = clean(text)
    assert labels(text)[1] == "timestamp"
    assert (article.section, article.published) == ("Thời sự", "2019-08-02T15:34:00+07:00")


BESIDE = {
    "Lam Chi": ["Lam Chi"],
    "LAM CHI": ["LAM CHI"],
    "L.C": ["L.C"],
    "(PV)": ["PV"],
    "A A": [],
    "Email Print": [],
    "BNEWS": [],
    "Báo Sen Việt": [],
}


@pytest.mark.parametrize(("text", "authors"), BESIDE.items())
def test_who_stands_beside_a_date(text: str, authors: list[str]) -> None:
    article = clean(below_title(f"02/08/2019 15:34 | {text}"))
    assert article.published == "2019-08-02T15:34:00+07:00"
    assert list(article.authors) == authors


def test_how_long_the_story_takes_to_read() -> None:
    assert labels(below_title("02/08/2019", "3 phút đọc"))[2:4] == ["boilerplate", "lead"]


def test_an_update_is_no_publication() -> None:
    article = clean(below_title("Cập nhật lúc 15:34, Thứ Sáu, 02/08/2019 (GMT+7)"))
    assert (article.published, article.updated) == (None, "2019-08-02T15:34:00+07:00")


def test_a_wrong_weekday_is_a_warning_an_impossible_date_is_text() -> None:
    article = clean(below_title("Thứ Hai, 02/08/2019, 15:34 (GMT+7)"))
    assert article.published == "2019-08-02T15:34:00+07:00"
    assert "weekday" in article.warnings[0]
    assert clean(below_title("Thứ Hai, 32/08/2019, 15:34 (GMT+7)")).published is None


def test_the_head_ends_where_the_story_begins() -> None:
    """A section's name, a key and a date below the first paragraph are no metadata."""
    article = clean(dump(TITLE, FIRST, "Giáo dục", SECOND, "02/08/2019", THIRD))
    assert (article.section, article.published) == (None, None)


def test_another_language() -> None:
    story = "A retired foundry in Norwood Fell has opened its doors to the public after six years."
    text = dump("Home > Culture", "Bells ring again in Norwood Fell", "By Margaret Hollis", story)
    assert labels(text, "en") == ["kicker", "title", "byline", "lead"]


def test_lines_of_json_are_read_like_keys() -> None:
    text = dump(f'"title": "{TITLE}",', '"date": "2019-08-02 15:34",', f'"content": "{FIRST}",')
    article = clean(text)
    assert (article.title, article.published) == (TITLE, "2019-08-02T15:34:00+07:00")


def test_who_asks_first_asks_no_title() -> None:
    """A dump that begins with its interview has no headline."""
    article = clean(dump("PV: Bao giờ có nước?", f"Ông Tiến: {FIRST}", SECOND))
    assert article.title is None
    assert article.text.startswith("PV: Bao giờ có nước?")
    assert clean(dump("Ông Tiến: Nước sắp về", FIRST)).title == "Ông Tiến: Nước sắp về"


def test_a_source_that_is_only_a_link() -> None:
    for text in (below_title("Nguồn: [Link nguồn]"), behind("Nguồn: [Link nguồn]")):
        assert clean(text).agency is None


def test_the_value_of_a_title_has_no_site() -> None:
    assert line_at(dump(f"{TITLE} - VnExpress", FIRST), 1).value == Title(TITLE, "VnExpress")
