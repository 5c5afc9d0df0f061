"""What holds for every dump, whatever stands in it.

The dumps are mixtures: lines as newspapers and crawlers write them, in any order and number,
between lines of random text. Random text alone would never reach a rule.
"""

import re
import tomllib
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import golden
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from artclean import Article, DecodeError, clean, explain, repair, to_json
from artclean.article.assemble import assemble
from artclean.labels.label import label_lines
from artclean.labels.line import STORY
from artclean.language.load import __file__ as loader
from artclean.language.load import load_language
from artclean.language.schema import parse_language
from artclean.model import Label

PARAGRAPHS = [
    "Sáng 2/8, xã Phú Lạc đưa trạm bơm mới vào vận hành trước sự chứng kiến của hai trăm hộ dân.",
    "Trạm có bốn tổ máy, mỗi giờ bơm được ba nghìn mét khối nước, đủ tưới cho diện tích lúa của xã.",
    "“Nước về đến ruộng là bà con mừng rồi, không ai đòi hỏi gì thêm”, ông Lê Khắc Niên nói.",
    "Theo ông Niên, phần việc còn lại gồm hai cây số kênh đất và một cống qua đường. " * 3,
    "(Dân trí) - Sáng nay, bà con bốn thôn ra kênh từ lúc trời còn mờ tối để đón dòng nước đầu tiên.",
    "Chủ tịch xã cho hay trong tháng 9/2019 sẽ có thêm 43 hộ được cấp nước, tăng 12% so với năm ngoái.",
    "Trở lại quê nhà sau mười năm, ông Tiến mở một lớp học miễn phí cho trẻ ven sông.",
]
SHORT = [
    *("Nước về giữa mùa hạn", "1. Con kênh cũ", "Vì sao nước về muộn?", "Kết luận", "Covid-19"),
    *("PV: Ông có lo không?", "Có.", "Có.", "- Hai bao xi măng", "+ Một xe cát", "* Tin vắn"),
    *("Trao đổi với", "Công ty Sen Việt", ", ông Tiến cho biết nước đã về.", "Tại sự kiện,", "."),
    *("Thương em,", "Chị Ba", "Độc giả Hải Đường", "Số 1\t3.000\tchạy", "Thôn Thượng 2-1 Thôn Hạ"),
    *("À ơi, con ngủ cho say", "Thuyền về, thuyền đậu bến bên", "À ơi thuyền về, à ơi thuyền về."),
]
CAPTIONS = [
    *(
        "Bà con ra kênh đón nước.",
        "Bà con ra kênh đón nước",
        "Bà con ra kênh đón nước. Ảnh: Lam Chi",
    ),
    *(
        "Ảnh: Lam Chi",
        "(Ảnh minh họa)",
        "Trạm bơm mới - Ảnh: AFP",
        "Kênh cũ. Ảnh:",
        "Video: Sen Việt",
    ),
    *("Trạm bơm nhìn từ trên cao (Nguồn: Sen Việt)", "Ảnh 2.", "Kênh cũ - Ảnh 3."),
]
METADATA = [
    *("Duy Tiến", "DUY TIẾN", "T.Hằng", "Bài, ảnh: Duy Tiến", "Vũ Anh (Theo SCMP)", "Theo TTXVN"),
    *("Nguồn: Sen Việt", "T.VTheo Yonhap", "Duy Tiến - Lam Chi", "TTXVN", "Nhà thơ Duy Tiến", "PV"),
    *("Cập nhật lúc 15:34, Thứ Sáu, 02/08/2019 (GMT+7)", "Thứ hai, 3/6/2024, 07:05 (GMT+7)"),
    *(
        "02/08/2019",
        "15:34 | 02/08/2019 | Thời sự",
        "3 giờ trước",
        "pub_date: 2019-08-02T15:34:00Z",
    ),
    *("Thời sự", "Trang chủ > Thời sự > Giao thông", "THỂ THAO", "Chuyện làng", "#kenh #tram_bom"),
    *("TIÊU ĐỀ: Nước về", "Title: Nước về - VnExpress", "TÓM TẮT: Nước về.", "Tags:"),
    *("Content: Nước đã về.", "Author: Duy Tiến", "Source: Reuters", "Từ khóa: kênh, lúa", "id: 7"),
    *("Article 12", "Chuyên mục: Giáo dục", "URL: https://sen.example/1", "Tác giả:", "Thời gian:"),
]
FURNITURE = [
    *(
        "Chia sẻ",
        "Bình luận (12)",
        "Facebook",
        "TIN LIÊN QUAN",
        "Xem thêm:",
        ">>> Xem thêm: Kênh cũ",
    ),
    *(
        "Bài 1: Mùa cạn",
        "Bài 2: Mùa lũ",
        "© Báo Sen Việt",
        "Hotline: 0900 000 000",
        "Liên hệ: ông Tiến",
    ),
    *(
        "https://sen.example/a.html",
        "browser not support iframe.",
        "-----",
        ">>",
        "***",
        ",",
        "![](a.jpg)",
    ),
    *(
        "Xã ven sông mở thêm hai bến đò",
        "Theo dõi Báo Sen Việt trên Facebook",
        "Giấy phép số: 12/GP",
    ),
]
HEADLINES = [
    *("Xã vùng bãi sửa xong trạm bơm trước mùa mưa", "Nước về - VnExpress", "Bells ring again"),
    *("“Nước về là mừng rồi”", "XÃ VÙNG BÃI ĐÓN NƯỚC", "Nước về?", "Xã vùng bãi sửa 2 trạm bơm"),
]
SPACES = ["", "", "", " ", "\u00a0", "\t", "\u3000"]
# Damage that the Unicode stage may or may not take for some.
DAMAGE = [
    *(
        "&nbsp;Nước&amp;về",
        "N\u01b0\u01a1\u0301c v\u00ea\u0300",
        "\ufeffNước",
        "Nước\u200b về",
        "Ðông Hồ",
        "\x85",
    ),
    *(
        "\u2028",
        "Nước\u2029về",
        "\x00",
        "\x1b[31mNước",
        "\r",
        "N\ufffdớc",
        "TiÃªu Ä‘á»\x81",
        "\ud800",
    ),
    *(
        "C¸c b¹n ®äc l¹i nhÐ!",
        "ﬁn",
        "𝔘𝔫𝔦",
        "😀",
        "\u202eNước\u202c",
        "e\u0302\u0323" * 3,
        "a" * 300,
    ),
]

lines = st.one_of(
    st.sampled_from(PARAGRAPHS),
    st.sampled_from(SHORT),
    st.sampled_from(CAPTIONS),
    st.sampled_from(METADATA),
    st.sampled_from(FURNITURE),
    st.sampled_from(HEADLINES),
    st.sampled_from(SPACES),
    st.sampled_from(DAMAGE),
    st.text(max_size=30),
)


@st.composite
def dumps(draw: st.DrawFn) -> str:
    """A dump of up to thirty lines, some of them twice, with any line ends and Unicode form."""
    drawn = draw(st.lists(lines, max_size=24))
    if drawn:
        start: int = draw(st.integers(0, len(drawn) - 1))
        size: int = draw(st.sampled_from([0, 1, 2, 4]))
        drawn[start:start] = drawn[start : start + size]
    between: str = draw(st.sampled_from(["\n", "\n", "\r\n", "\n\n", " \n"]))
    text = between.join(drawn)
    return draw(st.sampled_from([text, text, text, normalize("NFD", text), normalize("NFC", text)]))


languages = st.sampled_from(["vi", "vi", "vi", "en"])
WORD = re.compile(r"\w+")


def words(*texts: str | None) -> "Counter[str]":
    return Counter(word for text in texts for word in WORD.findall((text or "").casefold()))


def run_of_words(text: str) -> str:
    return f" {' '.join(WORD.findall(text))} "


# ---------------------------------------------------------------------------- it always works


@given(st.one_of(dumps(), st.text()), languages)
def test_any_text_gives_an_article(text: str, language: str) -> None:
    article = clean(text, language=language)
    assert article.language == language
    assert to_json(article).encode()
    assert all(block.text == " ".join(block.text.split()) for block in article.blocks)


def test_white_space_of_captions_is_folded() -> None:
    lines = [HEADLINES[0], PARAGRAPHS[0], "Bà con  ra\tkênh", "Ảnh: Lam Chi", PARAGRAPHS[1]]
    assert clean("\n".join(lines)).captions == (("Bà con ra kênh", "Lam Chi"),)


@given(st.one_of(dumps(), st.text()), st.sampled_from(["new", "old"]))
def test_any_tone_style_gives_an_article(text: str, style: str) -> None:
    article = clean(text, tone_style=style)
    again = clean(repair(text, tone_style=style), tone_style=style)
    assert (again.title, again.blocks) == (article.title, article.blocks)


def test_a_tone_on_a_consonant_gives_an_article() -> None:
    assert clean("OP\u0300", tone_style="new").language == "vi"


def refusal(raw: bytes) -> DecodeError | None:
    """The error of bytes that are no text, with a place among them."""
    try:
        clean(raw)
    except DecodeError as error:
        if not 0 <= error.offset <= len(raw) or str(error.offset) not in str(error):
            raise
        return error
    return None


@given(st.one_of(st.binary(), dumps().map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_give_an_article_or_a_decode_error(raw: bytes) -> None:
    assert refusal(raw) or clean(raw).encoding


@given(dumps(), st.integers(0, 400), st.integers(0, 255))
def test_one_broken_byte_gives_an_article_or_a_decode_error(text: str, at: int, byte: int) -> None:
    raw = bytearray(text.encode("utf-8", "replace"))
    raw[at : at + 1] = bytes([byte])
    assert refusal(bytes(raw)) or clean(bytes(raw)).encoding


# ------------------------------------------------------------------------ every line has its label


@given(dumps(), languages)
def test_every_line_has_one_label_in_order(text: str, language: str) -> None:
    labelled = explain(text, language=language)
    wanted = repair(text, language=language).split("\n")
    assert [line.text for line in labelled] == wanted
    assert [line.line for line in labelled] == list(range(1, len(wanted) + 1))
    for line in labelled:
        assert line.rule
        assert (line.label is Label.BLANK) == (not line.text.strip(" \t\xa0\u3000\r"))


# --------------------------------------------------------------------------- nothing is invented


@given(dumps(), languages)
def test_the_articles_words_are_the_dumps(text: str, language: str) -> None:
    article = clean(text, language=language)
    there = words(repair(text, language=language))
    story = words(article.text, *(caption.text for caption in article.captions))
    assert story <= there, story - there
    # A field says what the dump says; words may be glued to others there ("T.VTheo Yonhap").
    fields = (article.title, article.lead, article.section, article.publisher, article.agency)
    names = (*article.authors, *article.tags, *(c.credit for c in article.captions))
    glued = repair(text, language=language).casefold()
    for field in (*fields, *names):
        assert all(word in glued for word in words(field)), field


@given(dumps())
def test_a_moment_is_of_a_line_labelled_so(text: str) -> None:
    article = clean(text)
    labelled = {line.label for line in explain(text)}
    if article.published or article.updated:
        assert Label.TIMESTAMP in labelled
    if article.authors or article.agency:
        assert labelled & {Label.BYLINE, Label.AGENCY, Label.TIMESTAMP}
    assert bool(article.title) <= (Label.TITLE in labelled)


# ------------------------------------------------------------------------------ nothing is lost


def lost_lines(text: str, article: Article, language: str) -> list[str]:
    """Story lines whose words do not stand in the text, one after the other."""
    there = run_of_words(article.text)
    lost = []
    for line in explain(text, language=language):
        if line.label not in STORY:
            continue
        # Keys that no head confirmed, see the tests below.
        if line.rule == "key" or (line.label is Label.LEAD and line.text.rstrip().endswith(":")):
            continue
        found = WORD.findall(line.text)
        # A key of a crawler or a paper's mark may be taken off in front.
        keyed = line.label is Label.LEAD or line.rule.startswith(("key-", "publisher-mark"))
        front = 9 if keyed else 1
        starts = range(min(front, len(found) + 1))
        if not any(run_of_words(" ".join(found[start:])) in there for start in starts) and found:
            lost.append(f"{line.label} ({line.rule}): {line.text}")
    return lost


@given(dumps(), languages)
def test_every_story_line_stands_in_the_text(text: str, language: str) -> None:
    assert lost_lines(text, clean(text, language=language), language) == []


def test_a_bare_key_is_no_lead() -> None:
    text = "\n".join([HEADLINES[0], CAPTIONS[2], "NỘI DUNG:", *PARAGRAPHS[:2]])
    assert clean(text).lead == PARAGRAPHS[0]


@pytest.mark.parametrize("line", ["Nội dung: bà con đề nghị nạo vét kênh.", "NỘI DUNG:"])
def test_a_key_in_the_story_keeps_its_words(line: str) -> None:
    assert line in clean("\n".join([HEADLINES[0], *PARAGRAPHS[:2], line, PARAGRAPHS[3]])).text


@given(st.permutations(PARAGRAPHS[:6]), st.sampled_from(HEADLINES[:1]))
def test_paragraphs_stay_in_their_order(paragraphs: list[str], title: str) -> None:
    article = clean("\n".join([title, *paragraphs]))
    places = [article.text.find(" ".join(text.split())[-60:]) for text in paragraphs]
    assert places == sorted(places)
    assert min(places) >= 0


@given(dumps())
def test_explain_is_the_run_of_clean(text: str) -> None:
    article = clean(text)
    labelled = explain(text)
    owned: Counter[int] = Counter()
    for block in article.blocks:
        first, last = block.lines
        assert str(labelled[first - 1].label) == block.kind
        owned.update(range(first, last + 1))
    for line in labelled:
        if line.label in STORY and WORD.search(line.text):
            assert owned[line.line] == 1 or not line.text.partition(":")[2].strip()
        elif line.label in (Label.TITLE, Label.TIMESTAMP, Label.BYLINE, Label.RELATED):
            assert owned[line.line] == 0
    # The order of the blocks is that of the dump.
    starts = [block.lines[0] for block in article.blocks]
    assert starts == sorted(starts)


# ----------------------------------------------------------------------------- again and again


@given(dumps(), languages)
def test_the_same_dump_gives_the_same_article(text: str, language: str) -> None:
    assert clean(text, language=language) == clean(text, language=language)


TABLE = tomllib.loads(Path(loader).with_name("vi.toml").read_text(encoding="utf-8"))


@given(dumps())
@settings(max_examples=40)
def test_what_was_read_before_does_not_matter(text: str) -> None:
    """A table remembers layouts of timestamps; a new one gives the same article."""
    text = repair(text)
    new, old = parse_language(TABLE, "vi.toml"), load_language("vi")
    assert assemble(label_lines(text, new), new) == assemble(label_lines(text, old), old)


@given(dumps())
def test_line_ends_and_a_bom_change_nothing(text: str) -> None:
    plain = repair(text).replace("\r", "")
    wanted = clean(plain)
    assert clean(plain.replace("\n", "\r\n")) == wanted
    assert clean(plain.encode("utf-8-sig")) == wanted


def again(article: Article) -> str:
    """The clean article as a dump: its title, then its text."""
    return f"{article.title}\n\n{article.text}\n" if article.title else article.text


@pytest.mark.parametrize("name", golden.names())
def test_cleaning_an_article_again_loses_nothing(name: str) -> None:
    language = golden.language_of(name)
    article = golden.article_of(name)
    twice = clean(again(article), language=language)
    assert twice.title == article.title
    assert words(article.text) - words(twice.text, *twice.authors, twice.agency) == Counter()


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=6, unique=True))
@example(PARAGRAPHS[:3])
def test_cleaning_a_story_again_changes_nothing(paragraphs: list[str]) -> None:
    article = clean("\n\n".join([HEADLINES[0], *paragraphs]))
    assert clean(again(article)).text == article.text
