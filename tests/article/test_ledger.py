"""Which lines go, which stay, and what the edits look like."""

from hypothesis import given
from hypothesis import strategies as st

from artclean.article.ledger import GOES, line_edits
from artclean.model import Label, LabelledLine
from artclean.text.edits import apply_edits, undo_edits
from artclean.text.holds import Hold

LETTERS = {
    "T": Label.TITLE,
    "P": Label.PARAGRAPH,
    "C": Label.CAPTION,
    "R": Label.REPEAT,
    "J": Label.JUNK,
    "B": Label.BOILERPLATE,
    "_": Label.BLANK,
}


def tidied(labels: str, text: str, *, markdown: bool = False) -> str:
    """The text after its edits; ``labels`` has a letter a line."""
    lines = text.split("\n")
    letters = labels.ljust(len(lines), "_")
    labelled = [
        LabelledLine(n, LETTERS[letter], "rule", line)
        for n, (letter, line) in enumerate(zip(letters, lines, strict=True), start=1)
    ]
    edits = line_edits(labelled, lines, markdown=markdown)
    after = apply_edits(text, edits)
    assert undo_edits(after, edits) == text
    return after


def test_what_has_no_place_goes() -> None:
    assert tidied("TJPB", "Tin\n.\nLời\nChia sẻ\n") == "Tin\nLời\n"


def test_nothing_of_the_story_goes() -> None:
    staying = set(Label) - GOES
    assert staying >= {Label.TITLE, Label.LEAD, Label.PARAGRAPH, Label.HEADING, Label.CAPTION}
    assert staying >= {Label.TIMESTAMP, Label.BYLINE, Label.AGENCY, Label.TAGS, Label.KICKER}


def test_blank_lines() -> None:
    assert tidied("__T___P__", "\n \nTin\n\n\xa0\n\nLời\n\n\n") == "Tin\n\nLời\n"
    assert tidied("T_J_P", "Tin\n\n.\n\nLời") == "Tin\n\nLời"


def test_the_last_line_keeps_or_lacks_its_ending() -> None:
    assert tidied("TJ", "Tin\n,") == "Tin"
    assert tidied("TJ", "Tin\n,\n") == "Tin\n"
    assert tidied("T_J_", "Tin\n\n,\n") == "Tin\n"
    assert tidied("T", "Tin") == "Tin"


def test_a_dump_of_which_nothing_would_be_left_stays() -> None:
    assert tidied("JB", ".\nChia sẻ\n") == ".\nChia sẻ\n"
    assert tidied("J__", ".\n\n") == ".\n"


def test_blank_text_becomes_empty() -> None:
    assert tidied("", "") == ""
    assert tidied("__", "\n \n") == ""


def test_white_space_at_the_end_of_a_line() -> None:
    assert tidied("TP", "Tin \t\xa0\n  Lời  \n") == "Tin\n  Lời\n"


def test_a_line_break_of_markdown_stays() -> None:
    assert tidied("PP", "Câu một   \nCâu hai  \n", markdown=True) == "Câu một  \nCâu hai\n"


def test_a_repeat_goes() -> None:
    caption = "Cầu Mới lúc bình minh"
    assert tidied("CR", f"{caption}\n{caption}.\n") == f"{caption}\n"
    assert tidied("CR", f"{caption}. Ảnh: Hà An\n{caption}\n") == f"{caption}. Ảnh: Hà An\n"


def test_a_repeat_that_names_the_photographer_stays_and_the_first_goes() -> None:
    fuller = "Cầu Mới lúc bình minh. Ảnh: Hà An"
    assert tidied("CR", f"Cầu Mới lúc bình minh\n{fuller}\n") == f"{fuller}\n"


def test_a_repeat_that_says_more_than_a_paragraph_stays_beside_it() -> None:
    text = "Cầu Mới lúc bình minh\nCầu Mới lúc bình minh. Ảnh: Hà An\n"
    assert tidied("PR", text) == text


def test_a_name_that_is_also_in_the_story_does_not_pass_for_known() -> None:
    text = "Hà An kể về ảnh của mình trong ngày mưa.\nCầu Mới lúc bình minh\nCầu Mới lúc bình minh. Ảnh: Hà An\n"
    assert tidied("PPR", text) == text


def test_the_title_glued_to_a_caption_is_a_repeat() -> None:
    title = "Xã Đồng Xuân làm đường mới trước mùa mưa"
    caption = "Bà con thôn Hạ góp công đổ bê tông"
    assert tidied("TCR", f"{title}\n{caption}\n{title} {caption}\n") == f"{title}\n{caption}\n"


def test_only_open_lines_go() -> None:
    lines = [".", ",", ":", "a"]
    labelled = [LabelledLine(n, Label.JUNK, "rule", line) for n, line in enumerate(lines, 1)]
    holds = [Hold.OPEN, Hold.KEPT, Hold.VERBATIM, Hold.KEPT]
    assert [edit.before for edit in line_edits(labelled, lines, holds)] == [".\n"]


@given(
    st.lists(st.tuples(st.sampled_from(sorted(LETTERS)), st.text(" \xa0abc.", max_size=6))),
    st.booleans(),
)
def test_laws(rows: list[tuple[str, str]], ended: bool) -> None:
    """Undoing gives the input; the second time nothing changes; the ending is kept."""
    labels = "".join(letter for letter, _ in rows)
    text = "\n".join(line for _, line in rows) + "\n" * ended
    after = tidied(labels, text)
    assert after == "" or after.endswith("\n") == text.endswith("\n")
    assert tidied("P" * (after.count("\n") + 1), after) == after
    story = [line.rstrip(" \xa0") for letter, line in rows if letter in "TPC"]
    left = iter(after.split("\n"))
    assert all(not line or line in left for line in story if "C" not in labels)
