"""Articles for the tests of rendering: random ones, with the characters that break formats."""

from hypothesis import strategies as st

from artclean.model import Article, Block, Caption

# What YAML, Markdown, JSON Lines and terminals stumble over.
HARD = [
    *("---", "...", "- ", "# ", "> ", "1. ", "* ", "| a | b |", "```", "~~~", "===", "<b>", "</p>"),
    *("&amp;", "&#8211;", "&", "[a](b)", "![a](b)", "[a]: b", "`a`", "*a*", "_a_", "__a__", "a_b"),
    *('"', "'", "\\", "\\n", ": ", " #", "{}", "%", "@", "!", "?", "null", "true", "1e3", "0x1F"),
    *("2019-08-02", "~", "\t", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\x1b[31m", "\x7f"),
    *("[/b]", "[link=http://a]", ":moneybag:", "😀", "𝔘", "Ệ", "e\u0302\u0323", "\u202e", "$a$"),
    *("~~a~~", "a~b~", "<!-- a -->", "a\\", "[^1]", "- [ ] a", "Setext\n", "***", "___", "* * *"),
    *("http://sen.example/_a_", "a@sen.example", "    a", "+ a", "1) a", "\xa0", "…", "“”"),
]
# One line of words, as the pipeline leaves it: white space folded, no edges, not empty.
WORDS = (
    st.lists(st.one_of(st.sampled_from(HARD), st.text(max_size=12)), min_size=1, max_size=6)
    .map(lambda pieces: " ".join(" ".join(pieces).split()))
    .filter(bool)
)
NAME = st.one_of(st.none(), WORDS)
KINDS = st.sampled_from(["paragraph", "heading", "caption", "paragraph"])
MOMENTS = st.sampled_from([None, "2019-08-02", "2019-08-02T15:34:00+07:00"])


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    made: list[Block] = []
    for number in range(draw(st.integers(0, 6))):
        kind = "lead" if number == 0 else draw(KINDS)
        credit = draw(NAME) if kind == "caption" else None
        made.append(Block(kind, draw(WORDS), (2 * number + 1, 2 * number + 1), credit))
    return tuple(made)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article whose fields agree with its blocks, as `assemble` makes them."""
    made = draw(blocks())
    story = [block for block in made if block.kind != "caption"]
    return Article(
        title=draw(NAME),
        lead=next((block.text for block in made if block.kind == "lead"), None),
        section=draw(NAME),
        published=draw(MOMENTS),
        updated=draw(MOMENTS),
        authors=tuple(draw(st.lists(WORDS, max_size=3, unique=True))),
        agency=draw(NAME),
        publisher=draw(NAME),
        tags=tuple(draw(st.lists(WORDS, max_size=3, unique=True))),
        captions=tuple(Caption(b.text, b.credit) for b in made if b.kind == "caption"),
        text="\n\n".join(block.text for block in story),
        blocks=made,
        language="vi",
        encoding="utf-8",
        warnings=tuple(draw(st.lists(WORDS, max_size=2))),
    )


def article(**fields: object) -> Article:
    """An article with nothing in it but ``fields``."""
    empty: dict[str, object] = {
        **dict.fromkeys(
            ("title", "lead", "section", "published", "updated", "agency", "publisher")
        ),
        **dict.fromkeys(("authors", "tags", "captions", "blocks", "warnings"), ()),
        "text": "",
        "language": "vi",
        "encoding": "utf-8",
    }
    return Article(**(empty | fields))  # type: ignore[arg-type]
