"""Markdown that shows the article's words, with front matter that YAML reads back."""

import random
import unicodedata
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from artclean.model import Article, Block, Caption
from artclean.render.markdown import escape, to_markdown, yaml_string
from artclean.render.text import to_text
from render.articles import HARD, WORDS, article, articles

# All that may be a character of a repaired text; surrogates are replaced before.
BMP = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
SEED = 20190802
# Rendering asks nothing of an article's size; half of the usual examples do.
few = settings(max_examples=settings().max_examples // 2)


def read_back(text: str) -> object:
    return yaml.safe_load(f"a: {yaml_string(text)}")["a"]


# ------------------------------------------------------------------------------ front matter


def test_every_character_of_the_bmp_is_read_back() -> None:
    # 64 at a time, for speed; one by one where a block fails, to name the character.
    for start in range(0, len(BMP), 64):
        block = "".join(BMP[start : start + 64])
        if read_back(f"a{block}b") != f"a{block}b":
            wrong = [f"U+{ord(c):04X}" for c in block if read_back(f"a{c}b") != f"a{c}b"]
            pytest.fail(f"not read back: {wrong}")


def test_characters_at_the_edges_are_read_back() -> None:
    for char in (*BMP[:0x300], *BMP[0x2000:0x2070], "\ufeff", "\ufffe", "\uffff"):
        assert read_back(f"{char}a{char}") == f"{char}a{char}"


def test_a_thousand_characters_beyond_it_are_read_back() -> None:
    chosen = random.Random(SEED).sample(range(0x10000, 0x110000), 1000)
    text = "".join(map(chr, chosen))
    assert read_back(text) == text


def fuzzed_titles(count: int) -> Iterator[str]:
    """Titles of the pieces that break YAML, in any order, also with line ends in them."""
    chance = random.Random(SEED)
    pieces = [*HARD, "\n", "\n---\n", "\n...\n", "\r\n", " ", "Nước về", "PV:", "- ", "'", '"']
    for _ in range(count):
        yield "".join(chance.choices(pieces, k=chance.randint(1, 8)))


def test_fuzzed_titles_are_read_back() -> None:
    """Ten thousand of them, a thousand in one document."""
    titles = list(fuzzed_titles(10_000))
    for start in range(0, len(titles), 1000):
        some = titles[start : start + 1000]
        document = "\n".join(f"- {yaml_string(title)}" for title in some)
        assert yaml.load(document, yaml.CSafeLoader) == some


def test_a_fuzzed_title_never_ends_the_front_matter() -> None:
    for title in fuzzed_titles(2000):
        text = to_markdown(article(title=title))
        assert text.split("\n").count("---") == 2
        assert "\n...\n" not in text


def front_matter_of(text: str) -> tuple[dict[str, object], str]:
    """(the fields, the Markdown behind them)"""
    assert text.startswith("---\n")
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    return yaml.safe_load(front) or {}, body


@few
@given(articles())
def test_the_fields_are_those_of_hugo(made: Article) -> None:
    text = to_markdown(made)
    if not any((made.title, made.published, made.updated, made.authors, made.lead, made.agency)):
        return
    fields, _ = front_matter_of(text)
    wanted = {
        "title": made.title,
        "date": made.published,
        "lastmod": made.updated,
        "authors": list(made.authors),
        "description": made.lead,
        "source": made.agency,
        "tags": list(made.tags),
    }
    assert fields == {key: value for key, value in wanted.items() if value}


def test_the_order_and_form_of_the_front_matter() -> None:
    made = article(
        title='Ông nói: "Nước về"',
        updated="2019-08-02",
        authors=("Duy Tiến", "Lam Chi"),
        tags=("kênh",),
        text="Nước về.",
        blocks=(Block("paragraph", "Nước về.", (1, 1)),),
    )
    assert to_markdown(made).split("\n") == [
        *("---", 'title: "Ông nói: \\"Nước về\\""', 'lastmod: "2019-08-02"'),
        *("authors:", '  - "Duy Tiến"', '  - "Lam Chi"', "tags:", '  - "kênh"', "---"),
        *("", "Nước về.", ""),
    ]


def test_an_empty_article_ends_with_one_newline() -> None:
    assert to_markdown(article()) == "---\n---\n"
    assert to_text(article()) == ""


# ----------------------------------------------------------------------------------- the story

MARKDOWN = MarkdownIt("commonmark")
GITHUB = MarkdownIt("gfm-like", {"linkify": False})


def shown(tokens: list[Token]) -> str:
    """What a reader sees."""
    found = []
    for token in tokens:
        if token.type in (
            "text",
            "code_inline",
            "html_inline",
            "html_block",
            "fence",
            "code_block",
        ):
            found.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            found.append(" ")
        found.append(shown(token.children or []))
    return "".join(found)


def markup(tokens: list[Token]) -> set[str]:
    kinds = {
        token.type.removesuffix("_open") for token in tokens if not token.type.endswith("_close")
    }
    return kinds.union(*(markup(token.children or []) for token in tokens))


def seen(text: str) -> str:
    """Words as Markdown can show them at all: U+0000 becomes U+FFFD, edges are cut."""
    return " ".join(text.replace("\0", "\ufffd").split())


@pytest.mark.parametrize("reader", [MARKDOWN, GITHUB], ids=["commonmark", "github"])
@given(text=WORDS)
def test_a_paragraph_shows_its_words(reader: MarkdownIt, text: str) -> None:
    if text.startswith("- "):
        return
    tokens = reader.parse(escape(text))
    assert seen(shown(tokens)) == seen(text)
    assert markup(tokens) <= {"paragraph", "inline", "text"}


@pytest.mark.parametrize("piece", HARD)
def test_each_hard_piece_shows_itself(piece: str) -> None:
    for text in (piece.strip(), f"{piece}a".strip(), f"a {piece} b", f"a{piece}"):
        words = " ".join(text.split())
        if words and not words.startswith("- ") and words != "-":
            for reader in (MARKDOWN, GITHUB):
                assert seen(shown(reader.parse(escape(words)))) == seen(words)


@few
@given(articles())
def test_a_document_shows_the_blocks_and_no_other_markup(made: Article) -> None:
    body = to_markdown(made).partition("\n---\n")[2] if made.title else ""
    tokens = MARKDOWN.parse(body)
    if any(block.text.startswith("-") for block in made.blocks):
        return
    allowed = {"paragraph", "inline", "text", "heading", "em"}
    assert markup(tokens) <= allowed
    if body:
        blocks = [shown([token]) for token in tokens if token.type == "inline"]
        wanted = [
            f"{b.text} ({b.credit})" if b.kind == "caption" and b.credit else b.text
            for b in made.blocks
        ]
        assert [seen(block) for block in blocks] == [seen(text) for text in wanted]


def test_a_heading_keeps_its_last_hash() -> None:
    made = article(blocks=(Block("heading", "Lớp học C #", (1, 1)),))
    assert shown(MARKDOWN.parse(to_markdown(made).partition("---\n---\n")[2])) == "Lớp học C #"


def test_tildes_are_shown() -> None:
    assert shown(GITHUB.parse(escape("a ~~b~~ c"))) == "a ~~b~~ c"


def test_headings_and_captions() -> None:
    blocks = (
        Block("lead", "Nước về.", (1, 1)),
        Block("heading", "Kênh 1", (2, 2)),
        Block("caption", "Bà con * ra kênh", (3, 3), "Lam Chi"),
        Block("caption", "Kênh", (4, 4)),
        Block("paragraph", "- một mục", (5, 5)),
    )
    made = article(blocks=blocks, captions=(Caption("Kênh"),))
    assert to_markdown(made).partition("---\n---\n\n")[2] == (
        "Nước về.\n\n## Kênh 1\n\n_Bà con * ra kênh (Lam Chi)_\n\n_Kênh_\n\n- một mục\n"
    )


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "Zs"]), min_size=1))
def test_plain_words_are_not_touched(text: str) -> None:
    assert escape(text) == text


def test_vietnamese_is_not_escaped() -> None:
    line = "Nước “về” – 2,5 m² (30%); ông nói: “Được!” & “Vui…” 3/8, giá 5.000 đồng/m3."
    assert escape(line) == line
    assert unicodedata.is_normalized("NFC", escape(line))


# ---------------------------------------------------------------------------------- plain text


@few
@given(articles())
def test_the_text_alone(made: Article) -> None:
    assert to_text(made) == (f"{made.text}\n" if made.text else "")
