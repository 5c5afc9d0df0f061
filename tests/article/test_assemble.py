"""The article from labelled lines: every field from the labels, nothing from anywhere else."""

import pytest

from artclean.article.assemble import assemble, words_of
from artclean.labels.body import Marked
from artclean.labels.byline import Byline
from artclean.labels.find import KeyLine, Section
from artclean.labels.head import Title
from artclean.labels.line import Line
from artclean.labels.timestamp import Stamp
from artclean.language.load import load_language
from artclean.model import Article, Block, Caption, Label

VI = load_language("vi")
SENTENCE = "Sáng 2/8, bà con bốn thôn vùng bãi ra kênh đón nước."


def line(number: int, label: Label, text: str, value: object = None) -> Line:
    return Line(number, number, text, label, "by hand", value)


def stamp(value: str | None, updated: bool = False, **more: object) -> Stamp:
    plain = Stamp(value, updated, "", "", "by hand", (), False, True)
    return plain._replace(**more)  # type: ignore[arg-type]


def made(*lines: Line) -> Article:
    return assemble(lines, VI)


# -------------------------------------------------------------------------- words of one line


@pytest.mark.parametrize(
    ("label", "value", "words"),
    [
        (Label.PARAGRAPH, None, "TTO - Nước  về"),
        (Label.LEAD, Marked("TTO", "Nước  về"), "Nước về"),
        (Label.LEAD, KeyLine("lead", "Nước về", False), "Nước về"),
        (Label.PARAGRAPH, KeyLine("content", "Nước về", False), "Nước về"),
        # a key that no head confirmed is part of a sentence
        (Label.PARAGRAPH, KeyLine("content", "Nước về", True), "TTO - Nước về"),
    ],
)
def test_the_storys_words_of_a_line(label: Label, value: object, words: str) -> None:
    keyed = line(1, label, "TTO - Nước  về", value)
    if isinstance(value, KeyLine) and not value.tail:
        keyed.rule = f"key-{value.meaning}"
    assert words_of(keyed) == " ".join(words.split())


# ------------------------------------------------------------------------------------ blocks


def test_blocks_in_the_order_of_the_dump() -> None:
    caption = Caption("Bà con ra kênh.", "Lam Chi")
    article = made(
        line(1, Label.TITLE, "Nước về", Title("Nước về")),
        line(2, Label.LEAD, SENTENCE),
        line(4, Label.CAPTION, "Bà con ra kênh. Ảnh: Lam Chi", caption),
        line(5, Label.HEADING, "Nước về"),
        line(6, Label.PARAGRAPH, SENTENCE),
        line(7, Label.BOILERPLATE, "Chia sẻ"),
        line(8, Label.RELATED, ">> Nước"),
        line(9, Label.JUNK, "."),
    )
    assert article.blocks == (
        Block("lead", SENTENCE, (2, 2)),
        Block("caption", "Bà con ra kênh.", (4, 4), "Lam Chi"),
        Block("heading", "Nước về", (5, 5)),
        Block("paragraph", SENTENCE, (6, 6)),
    )


def test_a_captions_credit_and_copies_are_its_lines() -> None:
    lines = [
        line(1, Label.PARAGRAPH, SENTENCE),
        line(2, Label.CAPTION, "Bà con ra kênh", Caption("Bà con ra kênh", "Lam Chi")),
        line(3, Label.CAPTION, "Ảnh: Lam Chi"),
        line(4, Label.REPEAT, "Bà con ra kênh", 1),
        line(5, Label.PARAGRAPH, SENTENCE),
    ]
    captions = [block for block in made(*lines).blocks if block.kind == "caption"]
    assert [block.lines for block in captions] == [(2, 4)]


# -------------------------------------------------------------------------------- timestamps


def test_the_first_of_each_kind_counts() -> None:
    article = made(
        line(1, Label.TIMESTAMP, "", stamp("2019-08-02")),
        line(2, Label.TIMESTAMP, "", stamp("2019-08-03")),
        line(3, Label.TIMESTAMP, "", stamp("2019-08-04", updated=True)),
    )
    assert (article.published, article.updated) == ("2019-08-02", "2019-08-04")


def test_both_moments_of_one_line() -> None:
    both = stamp("2019-08-02", second=stamp("2019-08-03", updated=True))
    article = made(line(1, Label.TIMESTAMP, "", both))
    assert (article.published, article.updated) == ("2019-08-02", "2019-08-03")


def test_a_moment_that_no_neighbour_confirmed_is_story() -> None:
    article = made(line(1, Label.PARAGRAPH, "02/08/2019", stamp("2019-08-02")))
    assert (article.published, article.text) == (None, "02/08/2019")


def test_warnings_name_their_line() -> None:
    article = made(line(7, Label.TIMESTAMP, "", stamp("2019-08-02", warnings=("strange",))))
    assert article.warnings == ("line 7: strange",)


# ---------------------------------------------------------------------------- people and tags


def test_each_author_and_source_once() -> None:
    article = made(
        line(1, Label.BYLINE, "", Byline(("Duy Tiến",), "Reuters")),
        line(2, Label.BYLINE, "", Byline(("DUY TIẾN", "Lam Chi"))),
        line(3, Label.AGENCY, "", Byline(agency="AFP")),
        line(4, Label.AGENCY, "", Byline(agency="REUTERS")),
        line(5, Label.PARAGRAPH, "Nobody", Byline(("Nobody",))),
    )
    assert (article.authors, article.agency) == (("Duy Tiến", "Lam Chi"), "Reuters, AFP")


@pytest.mark.parametrize(
    ("beside", "authors"),
    [
        ("Duy Tiến", ("Duy Tiến",)),
        ("Thời sự, Duy Tiến", ("Duy Tiến",)),
        ("Thời sự", ()),
        ("12 bình luận", ()),
    ],
)
def test_what_stands_beside_a_timestamp_may_sign(beside: str, authors: tuple[str, ...]) -> None:
    moment = line(1, Label.TIMESTAMP, "", stamp("2019-08-02", before=beside))
    assert made(moment).authors == authors


def test_tags_once_in_order() -> None:
    article = made(
        line(1, Label.TAGS, "", KeyLine("tags", "kênh, trạm  bơm; kênh,", True)),
        line(2, Label.TAGS, "#lúa"),
        line(3, Label.PARAGRAPH, "tags: nobody", KeyLine("tags", "nobody", True)),
    )
    assert article.tags == ("kênh", "trạm bơm", "lúa")


# --------------------------------------------------------------------------------- the article


def test_nothing_gives_an_empty_article() -> None:
    article = assemble([], VI)
    assert (article.title, article.lead, article.section, article.agency) == (None,) * 4
    assert (article.published, article.updated, article.publisher) == (None,) * 3
    assert (article.authors, article.tags, article.captions, article.blocks) == ((),) * 4
    assert (article.text, article.language, article.encoding) == ("", "vi", "utf-8")


def test_warnings_of_the_text_come_first() -> None:
    lines = [line(1, Label.TIMESTAMP, "", stamp("2019-08-02", warnings=("strange",)))]
    article = assemble(lines, VI, "cp1258", ("lost bytes",))
    assert (article.encoding, article.warnings) == ("cp1258", ("lost bytes", "line 1: strange"))


def test_the_mark_of_the_lead_comes_before_the_sites_name() -> None:
    title = line(1, Label.TITLE, "", Title("Nước về", "VnExpress"))
    marked = line(2, Label.LEAD, f"TTO - {SENTENCE}", Marked("TTO", SENTENCE))
    assert assemble([title, marked], VI).publisher == "TTO"
    assert assemble([title], VI).publisher == "VnExpress"


def test_the_section_beside_the_timestamp() -> None:
    beside = line(1, Label.TIMESTAMP, "", stamp("2019-08-02", before="Thời sự"))
    assert assemble([beside], VI).section == "Thời sự"
    kicker = line(2, Label.KICKER, "Giáo dục", Section("Giáo dục"))
    assert assemble([beside, kicker], VI).section == "Giáo dục"


def test_the_text_is_the_blocks_without_captions() -> None:
    lines = [
        line(1, Label.LEAD, SENTENCE),
        line(2, Label.CAPTION, "Kênh", Caption("Kênh")),
        line(3, Label.PARAGRAPH, "Nước về."),
    ]
    article = assemble(lines, VI)
    assert article.text == f"{SENTENCE}\n\nNước về."
    assert article.captions == (Caption("Kênh"),)
    assert article.lead == SENTENCE
