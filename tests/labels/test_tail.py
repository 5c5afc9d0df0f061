"""What stands behind the story: byline, source, tags, notes, links; and what still belongs to it."""

import pytest

from artclean.pipeline import clean
from labels.dumps import FIRST, SECOND, TITLE, around, behind, dump, labels, rules

LINK = "Xã ven sông mở thêm hai bến đò ngang"
OTHER = "Bốn thôn vùng bãi chung nhau một máy gặt"


def foot(*lines: str) -> list[str]:
    return labels(behind(*lines))[4:]


def test_a_byline_a_source_and_tags() -> None:
    assert foot("Duy Tiến", "Nguồn: Sen Việt", "Từ khóa: kênh, trạm bơm") == [
        *("byline", "agency", "tags"),
    ]
    article = clean(behind("Duy Tiến", "Nguồn: Sen Việt", "Từ khóa: kênh, trạm bơm"))
    assert (article.authors, article.agency) == (("Duy Tiến",), "Sen Việt")
    assert article.tags == ("kênh", "trạm bơm")


def test_tags_by_hashes_and_by_semicolons() -> None:
    assert clean(behind("#kênh #trạm_bơm")).tags == ("kênh", "trạm_bơm")
    assert clean(behind("Tags: kênh; trạm bơm; kênh")).tags == ("kênh", "trạm bơm")


def test_two_names_sign_three_are_a_list() -> None:
    assert foot("Duy Tiến", "Lam Chi") == ["byline", "byline"]
    # Winners of a prize, roles of a play: more than two bare names are no signature
    assert "byline" not in foot("Giang Sơn", "Duy Tiến", "Lam Chi", "Hồng Ánh")[:1]


def test_a_name_behind_an_item_is_an_item() -> None:
    assert (
        foot("- Giải nhất: đội Thôn Thượng", "- Giải nhì: đội Thôn Hạ", "Duy Tiến")[2] != "byline"
    )


def test_a_byline_above_furniture_and_links() -> None:
    lines = foot("Duy Tiến", "Chia sẻ", "Bình luận (3)", "Tin liên quan", LINK, OTHER, "© Sen Việt")
    assert lines == [
        *("byline", "boilerplate", "boilerplate", "boilerplate"),
        *("related", "related", "boilerplate"),
    ]


def test_a_note_below_the_byline_stays_story() -> None:
    assert foot("Duy Tiến", "* Tên nhân vật đã được thay đổi.") == ["byline", "paragraph"]


THIRD_LINK = "Hội sen xã Đông Hồ đón năm nghìn lượt khách"


def test_headlines_with_their_dates_are_other_stories() -> None:
    below = ("02/08/2019", LINK, "02/08/2019", OTHER, "-", "31/07/2019", THIRD_LINK)
    assert foot(*below) == [*["related"] * 4, "junk", *["related"] * 2]
    above = (LINK, "02/08/2019", OTHER, "01/08/2019", THIRD_LINK, "01/08/2019")
    assert foot(*above) == ["related"] * 6
    assert foot("Duy Tiến", *above)[:2] == ["byline", "related"]


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("only two", ("02/08/2019", LINK, "01/08/2019", OTHER)),
        ("a chronicle goes on", ("31/07/2019", LINK, "01/08/2019", OTHER, "02/08/2019", THIRD_LINK)),
        ("sentences", ("2/8/2019", f"{LINK}.", "1/8/2019", f"{OTHER}.", "1/8/2019", f"{THIRD_LINK}.")),
        ("fixtures", ("2/8/2019", "Thôn Thượng - Thôn Hạ", "2/8/2019", "Thôn Đoài - Thôn Đông", "1/8/2019", "Hạ - Đoài")),
    ],
)  # fmt: skip
def test_dates_of_the_story_are_not_of_links(why: str, lines: tuple[str, ...]) -> None:
    assert "dated-link" not in rules(behind(*lines)), why


def test_a_date_behind_the_story() -> None:
    assert foot("Duy Tiến", "02/08/2019 15:34 (GMT+7)") == ["byline", "timestamp"]
    assert clean(behind("Duy Tiến", "02/08/2019 15:34 (GMT+7)")).published is not None


def test_a_byline_that_looks_like_a_caption() -> None:
    dump = behind("Duy Tiến - Ảnh: Lam Chi")
    assert labels(dump)[4] == "byline"
    assert clean(dump).authors == ("Duy Tiến",)


def test_a_picture_of_somebody_at_the_end_is_a_caption() -> None:
    assert foot("Ông Tiến bên trạm bơm mới. Ảnh: Lam Chi") == ["caption"]


def test_links_below_their_heading() -> None:
    text = behind("TIN LIÊN QUAN", LINK, OTHER)
    assert labels(text)[4:] == ["boilerplate", "related", "related"]
    assert rules(text)[4:] == ["related-heading", "link-below", "link-below"]


def test_dates_of_links() -> None:
    text = behind("Tin liên quan", LINK, "02/08/2019", OTHER, "01/08/2019")
    assert labels(text)[4:] == ["boilerplate", *["related"] * 4]
    assert clean(text).published is None


def test_links_between_paragraphs_end_where_the_story_goes_on() -> None:
    text = around("Xem thêm:", LINK, "")
    assert labels(text)[3:] == ["related", "related", "blank", "paragraph"] or labels(text)[3:] == [
        *("boilerplate", "related", "blank", "paragraph"),
    ]


@pytest.mark.parametrize("text", ["Bài 1: Làng giữ nước", "Kỳ cuối: Nước về", "Phần 2 - Mùa cạn"])
def test_a_part_of_a_series_is_a_link(text: str) -> None:
    assert labels(around(text))[3] == "related"


@pytest.mark.parametrize("times", [1, 2])
def test_parts_that_head_paragraphs_are_headings(times: int) -> None:
    body = "Nước về đến ruộng là bà con mừng rồi, không ai đòi hỏi gì thêm ngoài một con kênh sạch."
    long = " ".join([body] * times)
    text = around("Phần 1: Mùa cạn", long, f"Mừng nhất là {long}", "Phần 2: Mùa lũ", f"Rồi {long}")
    assert [labels(text)[3], labels(text)[6]] == ["heading", "heading"]


@pytest.mark.parametrize(
    "text", ["Bài 1: 12 điểm.", "Bài học: giữ nước từ đầu nguồn", "Phần lớn bà con đồng tình"]
)
def test_no_part_of_a_series(text: str) -> None:
    assert labels(around(text))[3] in ("paragraph", "heading")


def test_a_contact_above_furniture_is_furniture() -> None:
    assert foot("Liên hệ: Trạm thủy nông xã Phú Lạc", "Hotline: 0900 000 000") == [
        *("boilerplate", "boilerplate"),
    ]
    assert foot("Liên hệ: Trạm thủy nông xã Phú Lạc") == ["paragraph"]


def test_the_foot_ends_at_the_story() -> None:
    """A name above a last paragraph is not reached."""
    text = dump(
        behind("Duy Tiến"), "Nước về đến đâu, bà con reo đến đó, lũ trẻ chạy theo dòng nước."
    )
    assert labels(text)[4] in ("heading", "paragraph")
    assert clean(text).authors == ()


MARKED = (f"VOV.VN - {FIRST}", SECOND)
BLURB = "VOV.VN - Lũ về trong đêm, mười hai hộ dân ở bản Pá Hốc phải dời nhà lên trường học."


@pytest.mark.parametrize("byline", ["CTV Lam Chi/VOV-Tây Bắc", "Lam Chi"])
def test_the_leads_mark_behind_the_byline_opens_another_article(byline: str) -> None:
    text = dump(TITLE, *MARKED, byline, "Nước dâng ở bản Pá Hốc đêm qua", BLURB)
    assert labels(text)[3:] == ["byline", "related", "related"]


def test_the_leads_mark_in_a_story_is_story() -> None:
    assert labels(dump(TITLE, *MARKED, "Nước dâng ở bản Pá Hốc", BLURB))[4] == "paragraph"
    digest = dump(TITLE, *MARKED, "Lam Chi", BLURB, "Duy Tiến")
    assert labels(digest)[4] == "paragraph"
