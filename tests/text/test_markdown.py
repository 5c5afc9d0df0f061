"""The structure of Markdown, line by line."""

import re

import pytest
from clock import outgrows
from hypothesis import given
from hypothesis import strategies as st

from artclean.text.markdown import markdown_dump, markdown_holds, markdown_words

# A document, its lines joined by "↵", and a letter a line: Open, Kept, Verbatim.
STRUCTURE = [
    ("---↵title: a↵---↵b", "VVVO"),
    ("+++↵title = 1↵+++↵↵b", "VVVOO"),
    ("---↵title: a↵...↵b", "VVVO"),
    ("---↵title: a", "KO"),  # no end: a rule
    ("a↵---↵b", "KKO"),  # a heading by its underline
    ("a↵b↵===", "KKK"),
    ("a↵-↵b", "OOO"),
    ("a↵↵---↵↵b", "OOKOO"),
    ("a↵***↵b", "OKO"),
    ("a↵.↵b", "OOO"),
    ("# a↵b", "KO"),
    ("#a", "O"),  # a hashtag
    ("```↵# a↵↵.↵```↵b", "VVVVVO"),
    ("~~~ text↵```↵~~~↵b", "VVVO"),
    ("````↵```↵````↵b", "VVVO"),
    ("```↵a", "VV"),  # no end: to the end
    ("```a```↵b", "OO"),  # code within a line
    ("a↵↵    code↵↵b", "OOVOO"),
    ("a↵    not code", "OO"),
    ("<div>↵.↵</div>↵↵.", "VVVOO"),
    ("<!-- a↵↵b -->↵c", "VVVO"),
    ("<!-- artclean: off -->↵↵.↵<!-- artclean: on -->↵.", "VVVVO"),
    ("```↵<!-- artclean: off -->↵```↵.", "VVVO"),
    ("- a↵b↵↵c", "KKOO"),
    ("- a↵↵  b↵↵c", "KOKOO"),
    ("- a↵↵- b↵↵c", "KOKOO"),
    ("- a↵↵↵↵  b", "KOOOK"),
    ("1. a↵2. b↵↵c", "KKOO"),
    ("2019. a", "K"),
    ("2019 là năm", "O"),
    ("- a↵  ```↵  .↵  ```↵  b", "KVVVK"),
    ("-", "O"),
    ("- ↵b", "OO"),
    ("> a↵b↵↵c", "KKOO"),
    ("> a↵>↵> b", "KKK"),
    (">>> Xem thêm: a↵b", "OO"),  # a crawler's mark
    (">↵a", "OO"),
    ("x↵a | b↵--- | ---↵c | d↵↵e", "OKKKOO"),
    ("| a |↵|:-:|↵| b |", "KKK"),
    ("a↵:-:↵b", "OOO"),  # no bar, no table
    ("![a](b.jpg)↵a", "KO"),
    ("see [a](b)↵<https://a.vn>↵https://a.vn", "KKO"),
    ("[1]: https://a.vn↵b", "KK"),
    ("{{< figure src=a >}}↵b", "KO"),
    (":::{note}↵a", "KO"),
    ("(1) a", "O"),
    ("a *b* c", "O"),
]


@pytest.mark.parametrize(("document", "letters"), STRUCTURE)
def test_holds(document: str, letters: str) -> None:
    assert "".join(hold.name[0] for hold in markdown_holds(document.split("↵"))) == letters


WORDS = [
    ("*Cầu Mới. Ảnh: Hà An*", "Cầu Mới. Ảnh: Hà An"),
    ("**Hà An**", "Hà An"),
    ("_Theo TTXVN_ ", "Theo TTXVN"),
    ("### Bối cảnh ##", "Bối cảnh"),
    ('![Cầu Mới](a.jpg "Cầu")', "Cầu Mới"),
    ("[![Cầu Mới](a.jpg)](b)", "Cầu Mới"),
    ("Xem [tin khác](a_(b)) nữa", "Xem tin khác nữa"),
    ("![Cầu Mới][cau]", "Cầu Mới"),
    ("1\\. Điều tra \\*", "1. Điều tra *"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("*a* và *b*", "*a* và *b*"),
    ("***", "***"),
    ("snake_case_name", "snake_case_name"),
    ("#hashtag", "#hashtag"),
    ("C:\\temp", "C:\\temp"),
]


@pytest.mark.parametrize(("line", "words"), WORDS)
def test_words(line: str, words: str) -> None:
    assert markdown_words(line) == words


DUMPS = [
    ('---\ntitle: "Cầu \\"mới\\", hai làn"\n---\nb', "\ntitle: Cầu \"mới\", hai làn\n\nb"),
    ("---\nauthors: [An, 'Lê Hoài']\ntags:\n- a\n- \"b\"\n---", "\nauthors: An, Lê Hoài\ntags: a, b\n\n\n"),
    ('+++\ntitle = "Cầu"\ntags = ["a", "b"]\n+++\n', "\ntitle: Cầu\ntags: a, b\n\n"),
    ("---\ntime: 15:30\n---", "\ntime: 15:30\n"),
    ("# A\r\n\r\n**b** c\r\n", "A\n\n**b** c\n"),
    ("title: x", "title: x"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "dump"), DUMPS)
def test_a_document_as_a_dump(document: str, dump: str) -> None:
    assert markdown_dump(document) == dump


@given(st.text("ab-:[]\"'*#\n \r+=.", max_size=60))
def test_a_dump_has_as_many_lines(document: str) -> None:
    lines = len(re.split("\r\n|\r|\n", document))
    assert markdown_dump(document).count("\n") + 1 == lines


@pytest.mark.parametrize(
    "pump", ["a\n---\n", "===\n", "- a\n\n", "|-\n", "> a\n", "<!--\n", "```\n", "[a](", "![", "*a"]
)
def test_time_grows_with_the_document(pump: str) -> None:
    def read(size: int) -> None:
        lines = (pump * (size // len(pump))).split("\n")
        markdown_holds(lines)
        for line in lines:
            markdown_words(line)

    assert not outgrows(lambda: read(6_000), lambda: read(96_000), 2.3**4, 0.03)
