"""The language tables hold what they promise: every row is reached, named, seen and alone.

How moments are printed has rows of its own, held by ``test_timestamps.py``; the last tests here
show what it takes to add one.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from artclean.article.assemble import assemble
from artclean.errors import ArtcleanError, TableError
from artclean.labels.body import read_mark
from artclean.labels.byline import read_byline
from artclean.labels.caption import find_caption
from artclean.labels.find import Section, find, find_key
from artclean.labels.label import label_lines
from artclean.labels.line import Line
from artclean.labels.names import read_name
from artclean.language import load
from artclean.language.fold import LONGEST_OPENING, fold
from artclean.language.load import LANGUAGES, load_language
from artclean.language.schema import START_KEY, parse_language
from artclean.model import Label

FOLDER = Path(__file__).parents[2] / "src/artclean/language"
CASES = Path(__file__).parents[1] / "cases"
TABLES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.toml"))
}
SECTIONS = ("key", "phrase", "opening", "frame", "timestamp")
ROWS = [
    pytest.param(code, section, row, id=f"{code}:{section}:{row.get('name', row.get('is'))}-{at}")
    for code, table in TABLES.items()
    for section in SECTIONS
    for at, row in enumerate(table[section])
]
every_language = pytest.mark.parametrize("code", TABLES)

# Sections that are furniture where they stand alone; in a breadcrumb they are sections.
FURNITURE_TOO = {
    "vi": {
        *("Ý kiến", "Bạn đọc", "Tin nóng", "Tin trong nước"),
        *("Multimedia", "Media", "Emagazine", "Infographic", "Lưu trữ"),
    },
    "en": {"Comment"},
}


def label_of(lines: list[Line], number: int) -> Label:
    """The label of a line of the dump, by its number."""
    return next(line.label for line in lines if line.first <= number <= line.last)


def read(code: str, text: str) -> tuple[Label, str]:
    line = find(1, 1, text.strip(), load_language(code), None)
    return line.label, line.rule


# ------------------------------------------------------------------- there is something to test


def test_the_glob_found_the_tables() -> None:
    """An empty glob would pass every test below."""
    assert set(TABLES) == set(LANGUAGES) == {"vi", "en"}
    for code, table in TABLES.items():
        assert table["code"] == code
        for section in SECTIONS:
            assert table[section] or (code, section) == ("en", "frame"), (code, section)
    assert len(ROWS) > 50


@every_language
def test_every_language_has_cases(code: str) -> None:
    lines = tomllib.loads((CASES / f"{code}.toml").read_text(encoding="utf-8"))["line"]
    moments = tomllib.loads((CASES / f"timestamps_{code}.toml").read_text(encoding="utf-8"))
    assert len(lines) > 20
    assert moments["same"]
    # A rule is only as good as the near-misses it lets pass.
    assert sum(case["is"] in ("paragraph", "story", "heading") for case in lines) > 5


def test_every_file_of_cases_has_a_language() -> None:
    codes = {path.stem.removeprefix("timestamps_") for path in CASES.glob("*.toml")}
    assert codes - {"repeats"} == set(TABLES)


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ArtcleanError, match=r"'xx' \(there is vi, en\)"):
        load_language("xx")


def test_a_table_is_read_once() -> None:
    assert load_language("vi") is load_language("vi")


# ------------------------------------------------------------------------------- single rows


@pytest.mark.parametrize(("code", "section", "row"), ROWS)
def test_a_row_names_its_publisher_and_an_example(
    code: str, section: str, row: Mapping[str, Any]
) -> None:
    assert row.get("name", row.get("is"))
    assert len(row["seen_in"].strip()) >= 5
    assert row["example"].strip() == row["example"] != ""


@pytest.mark.parametrize(
    ("code", "section", "row"),
    [row for row in ROWS if row.values[1] in ("phrase", "opening", "frame")],
)
def test_a_row_is_reached_by_its_example(code: str, section: str, row: Mapping[str, Any]) -> None:
    assert read(code, row["example"]) == (Label(row["label"]), row["name"])


@pytest.mark.parametrize(
    ("code", "section", "row"), [row for row in ROWS if row.values[1] == "key"]
)
def test_a_key_is_reached_by_its_example(code: str, section: str, row: Mapping[str, Any]) -> None:
    language = load_language(code)
    key = find_key(row["example"], language)
    assert key is not None
    assert key.meaning == row["is"]
    assert key.tail == row.get("tail", False)
    # In the head of a dump it decides.
    story = "Sáng 2/8, xã Đông Hồ khai hội sen với sự tham dự của hơn hai trăm hộ dân trong vùng."
    title = [] if row["is"] == "title" else ["Xã Đông Hồ mở hội sen lần thứ ba"]
    lines = label_lines("\n".join([*title, row["example"], "", story]), language)
    line = next(each for each in lines if each.first == len(title) + 1)
    if row["is"] == "time":
        assert line.label is Label.TIMESTAMP
    else:
        assert line.rule == f"key-{row['is']}"
    assert lines[-1].label is Label.LEAD or row["is"] == "lead"


# ----------------------------------------------------------------------------- words of rows


def dead_words(code: str) -> Iterator[str]:
    """Words of the table that do not do what their list is for."""
    table, language = TABLES[code], load_language(code)
    byline, caption = table["byline"], table["caption"]
    for row in table["key"]:
        for word in row["words"]:
            key = find_key(f"{word.capitalize()}: Xin chào", language)
            if key is None or key.meaning != row["is"]:
                yield f"key {row['is']}: {word}"
    for row in table["phrase"]:
        for word in row["words"]:
            if read(code, word.upper()) != (row["label"], row["name"]):
                yield f"phrase {row['name']}: {word}"
    for row in table["opening"]:
        for word in row["words"]:
            if read(code, f"{word} xã Đông Hồ mở hội") != (row["label"], row["name"]):
                yield f"opening {row['name']}: {word}"
    for word in table["publisher"]["names"]:
        signed = read_byline(word, language)
        marked = read_mark(f"({word}) - Sáng 2/8, xã khai hội.", language)
        if signed is None or signed.authors or signed.agency != word:
            yield f"publisher: {word}"
        if len(word) <= 22 and (marked is None or marked.publisher != word):
            yield f"publisher's mark: {word}"
    for word in table["publisher"]["not_marks"]:
        if read_mark(f"{word} - Sáng 2/8, xã khai hội.", language):
            yield f"not_marks: {word}"
    for word in set(table["section"]["names"]) - FURNITURE_TOO[code]:
        if not isinstance(find(1, 1, word, language, None).value, Section):
            yield f"section: {word}"
    for word in byline["nobody"]:
        if read_name(word.title(), language):
            yield f"nobody: {word}"
    for word in byline["desks"]:
        signed = read_byline(word.capitalize(), language)
        if signed is None or not signed.authors:
            yield f"desks: {word}"
    signatures = {
        "writers": "{word}: Duy Tiến",
        "painters": "Duy Tiến - {word}: Lam Chi",
        "behind": "Duy Tiến ({word})",
        "titles": "{word} Duy Tiến",
        "without_colon": "{word} Duy Tiến",
        "offices": f"{byline['titles'][0]} Duy Tiến, {{word}} Sen Việt",
    }
    for name, form in signatures.items():
        for word in byline[name]:
            signed = read_byline(form.format(word=word.capitalize()), language)
            if signed is None or signed.authors != ("Duy Tiến",):
                yield f"{name}: {word}"
    credits = {
        "credit_words": ("Hội sen xã Đông Hồ. {word}: Lam Chi", "Lam Chi"),
        "source_words": ("Hội sen xã Đông Hồ. ({word}: Sen Việt)", "Sen Việt"),
        "bare": ("Hội sen xã Đông Hồ. ({word})", None),
    }
    for name, (form, credit) in credits.items():
        for word in (word for word in caption[name] if ":" not in word):
            found = find_caption(form.format(word=word[0].upper() + word[1:]), language)
            if found is None or found != ("Hội sen xã Đông Hồ.", credit):
                yield f"{name}: {word}"


@every_language
def test_every_word_of_a_row_is_reached(code: str) -> None:
    assert list(dead_words(code)) == []


# --------------------------------------------------------------------- one phrase, one meaning


def twice(words: list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


@every_language
@pytest.mark.parametrize("section", ["key", "phrase"])
def test_a_phrase_stands_in_one_row_once(code: str, section: str) -> None:
    words = [fold(word) for row in TABLES[code][section] for word in row["words"]]
    assert "" not in words
    assert twice(words) == []


@every_language
def test_an_opening_stands_in_one_row_once(code: str) -> None:
    words = [word.casefold() for row in TABLES[code]["opening"] for word in row["words"]]
    assert twice(words) == []


@every_language
def test_a_short_opening_has_a_mark(code: str) -> None:
    """By their first letters only longer ones can be looked up."""
    starts = {opening.start for opening in load_language(code).openings}
    assert [s for s in starts if len(s) < START_KEY and s.replace(" ", "").isalpha()] == []


@every_language
def test_a_key_that_heads_links_is_no_phrase_of_another_label(code: str) -> None:
    labels: dict[str, set[str]] = {}
    for section in ("phrase", "opening", "frame"):
        for row in TABLES[code][section]:
            for word in row.get("words", ()):
                # marks alone (">>", "©") have no words to compare
                labels.setdefault(fold(word), set()).add(row["label"])
    labels.pop("", None)
    # "Xem thêm" heads a list, "Xem thêm: …" is a link: the colon tells them apart.
    colons = {
        fold(word)
        for row in TABLES[code]["opening"]
        for word in row["words"]
        if word.rstrip().endswith((":", ">"))
    }
    assert {word for word, found in labels.items() if len(found) > 1} <= colons


LISTS = [
    pytest.param(code, section, name, id=f"{code}:{section}.{name}")
    for code, table in TABLES.items()
    for section in ("publisher", "section", "byline", "caption", "sentence", "contact", "series")
    for name, value in table[section].items()
    if isinstance(value, list)
]


@pytest.mark.parametrize(("code", "section", "name"), LISTS)
def test_a_list_has_no_word_twice(code: str, section: str, name: str) -> None:
    words = TABLES[code][section][name]
    assert words or name == "marks"
    assert all(word == word.strip() or name == "signers" for word in words)
    # "*" and "(*" are marks, not words; publishers are listed in the ways they write themselves
    exact = (section, name) in {("publisher", "names"), ("publisher", "marks")}
    exact = exact or name == "notes"  # "(còn nữa" and "còn nữa" are compared letter by letter
    assert twice([word if exact else fold(word) or word for word in words]) == []


@every_language
def test_nobody_is_also_somebody(code: str) -> None:
    """A word that says "no name" and one that says "a desk" must not be the same."""
    byline = {name: set(map(fold, words)) for name, words in TABLES[code]["byline"].items()}
    assert byline["nobody"] & byline["desks"] == set()
    assert byline["writers"] & byline["painters"] == set()
    publisher = {name: set(map(fold, words)) for name, words in TABLES[code]["publisher"].items()}
    assert publisher["names"] & publisher["not_marks"] == set()


# ------------------------------------------------------------------------------ broken tables


def broken(code: str = "vi") -> dict[str, Any]:
    return deepcopy(TABLES[code])


def test_a_key_without_a_meaning_names_table_and_row() -> None:
    table = broken()
    table["key"][0]["is"] = "headline"
    with pytest.raises(TableError) as caught:
        parse_language(table, "mine.toml")
    error = caught.value
    assert (error.table, error.reason) == ("mine.toml", "no such meaning")
    assert "headline" in error.row
    assert str(error) == f"mine.toml: {error.row}: no such meaning"


def test_a_phrase_with_an_unknown_label_names_table_and_row() -> None:
    table = broken()
    table["phrase"][0] |= {"name": "share-bar", "label": "furniture"}
    with pytest.raises(TableError, match=r"mine\.toml: share-bar: no such label: furniture"):
        parse_language(table, "mine.toml")


@pytest.mark.parametrize("section", ["opening", "frame"])
def test_other_rows_with_an_unknown_label_name_table_and_row(section: str) -> None:
    table = broken()
    table[section][0]["label"] = "furniture"
    with pytest.raises(TableError, match=f"mine.toml: {table[section][0]['name']}"):
        parse_language(table, "mine.toml")


@pytest.mark.parametrize("section", ["key", "phrase", "opening"])
def test_a_row_without_its_words_names_table_and_row(section: str) -> None:
    table = broken()
    del table[section][0]["words"]
    with pytest.raises(TableError, match=r"mine\.toml: "):
        parse_language(table, "mine.toml")


@pytest.mark.parametrize("section", ["byline", "caption", "publisher", "section", "sentence"])
def test_a_table_without_a_section_names_it(section: str) -> None:
    table = broken()
    del table[section]
    with pytest.raises(TableError, match=f"mine.toml: {section}"):
        parse_language(table, "mine.toml")


# ------------------------------------------------------------- what a new fact costs: one row

STORY = "Sáng 2/8, xã Đông Hồ khai hội sen với sự tham dự của hơn hai trăm hộ dân trong vùng."
LINE = "Số ra 02/08/2019, 15 khắc 34"


def test_a_made_up_newspapers_moment_is_one_row_and_one_case() -> None:
    """No code: a row in the table, and its line with what it says."""
    table = broken()
    dump = f"Xã Đông Hồ mở hội sen lần thứ ba\n{LINE}\n\n{STORY}\n"
    before = label_lines(dump, parse_language(table, "vi.toml"))
    assert label_of(before, 2) is not Label.TIMESTAMP
    row = {
        "name": "made-up-newspaper",
        "template": "Số ra {d}/{m}/{yyyy}, {HH} khắc {MM}",
        "example": LINE,
        "seen_in": "baodongho.example",
    }
    table["timestamp"].insert(0, row)
    language = parse_language(table, "vi.toml")
    article = assemble(label_lines(dump, language), language)
    assert article.published == "2019-08-02T15:34:00+07:00"
    assert (article.title, article.lead) == ("Xã Đông Hồ mở hội sen lần thứ ba", STORY)


def test_a_publisher_is_one_word() -> None:
    table = broken()
    dump = f"Xã Đông Hồ mở hội sen - Sen Việt\n(Sen Việt) - {STORY}\n\nTheo Sen Việt"
    plain = parse_language(table, "vi.toml")
    assert assemble(label_lines(dump, plain), plain).publisher is None
    table["publisher"]["names"].append("Sen Việt")
    language = parse_language(table, "vi.toml")
    article = assemble(label_lines(dump, language), language)
    assert (article.title, article.publisher) == ("Xã Đông Hồ mở hội sen", "Sen Việt")
    assert (article.lead, article.agency) == (STORY, "Sen Việt")


def test_a_phrase_is_one_word() -> None:
    table = broken()
    dump = f"Xã Đông Hồ mở hội sen\n\n{STORY}\n\nThả sen cho bài viết\n"
    table["phrase"][0]["words"].append("thả sen cho bài viết")
    language = parse_language(table, "vi.toml")
    assert label_of(label_lines(dump, load_language("vi")), 5) is not Label.BOILERPLATE
    assert label_of(label_lines(dump, language), 5) is Label.BOILERPLATE


def test_a_language_is_one_table() -> None:
    """A language nobody speaks, with the rows of English under other words."""
    table = broken("en")
    table |= {"code": "xx", "name": "Nobody's", "home_offset": "+01:00"}
    table["key"] = [{"is": "title", "words": ["titlu"], "example": "Titlu: A", "seen_in": "nobody"}]
    language = parse_language(table, "xx.toml")
    lines = label_lines(f"Titlu: Bells of Norwood Fell\n\n{STORY}\n", language)
    article = assemble(lines, language)
    assert (article.language, article.title) == ("xx", "Bells of Norwood Fell")


def test_the_guides_example_is_a_row() -> None:
    """The row that CONTRIBUTING.md shows to newcomers does what it says there."""
    guide = (FOLDER.parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = guide.partition("```toml\n[[timestamp]]")[2].partition("```")[0]
    (row,) = tomllib.loads(f"[[timestamp]]{block}")["timestamp"]
    table = broken()
    table["timestamp"].insert(0, row)
    language = parse_language(table, "vi.toml")
    dump = f"Xã Đông Hồ mở hội sen lần thứ ba\n{row['example']}\n\n{STORY}\n"
    assert assemble(label_lines(dump, language), language).published == "2024-06-03T07:05:00+07:00"


# ------------------------------------------------------------------------- parsed when built


@every_language
def test_a_table_is_the_same_as_json(code: str) -> None:
    """What the build keeps of it: JSON has no dates and no keys that are not text."""
    assert json.loads(json.dumps(TABLES[code])) == TABLES[code]


@pytest.mark.parametrize("content", [b"", b"{", b"4", b"[1]", b"[1, {}]", b"[0, {}, 2]", b"\xff"])
def test_a_table_that_was_edited_is_read_from_toml(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "vi.json").write_bytes(content)
    monkeypatch.setattr(load, "__file__", str(tmp_path / "load.py"))
    assert load._table("vi.toml") == TABLES["vi"]
    whole = [load.checksum_of((tmp_path / "vi.toml").read_bytes()), {"made": "up"}]
    (tmp_path / "vi.json").write_text(json.dumps(whole), encoding="utf-8")
    assert load._table("vi.toml") == {"made": "up"}


def test_the_build_writes_the_checksum_that_is_asked_for() -> None:
    source = (Path(__file__).parents[2] / "hatch_build.py").read_text(encoding="utf-8")
    assert 'int.from_bytes(content, "big") % PRIME\n' in source
    assert f"\nPRIME = {load._PRIME:_} " in source
    table = (FOLDER / "vi.toml").read_bytes()
    assert load.checksum_of(table) != load.checksum_of(table.replace(b"a", b"b", 1))


@every_language
def test_no_opening_is_longer_than_what_is_looked_at(code: str) -> None:
    language = load_language(code)
    gated = (*language.role_in_front._words, *language.title_of_address._words)
    openings = (
        *language.notes,
        *language.contacts,
        *language.shown,
        *language.publisher_kinds,
        *gated,
    )
    assert max(map(len, openings)) <= LONGEST_OPENING


@every_language
def test_a_gate_refuses_nothing_that_its_pattern_takes(code: str) -> None:
    language = load_language(code)
    byline, caption = TABLES[code]["byline"], TABLES[code]["caption"]
    roles = (*byline["writers"], *byline["painters"])
    texts = [f"{form}: Sen" for role in roles for form in (role, role.upper(), f"{role},  {role}")]
    texts += [f"{word} Sen" for word in (*byline["titles"], *byline["without_colon"])]
    texts += [f"Hồ sen. {word.capitalize()} Sen" for word in (*caption["bare"], *caption["photo"])]
    texts += [f"Hồ sen ({word.replace(' ', '  ')})" for word in caption["bare"]]
    texts += [f"Hồ sen ({word}: AP)" for word in caption["source_words"]]
    sure = 0
    for text in (*texts, "Hạ Vũ", "Sen nở: đẹp", "(Sen)"):
        for gated in (language.role_in_front, language.title_of_address):
            assert bool(gated.match(text)) == bool(gated.compiled().match(text)), text
            sure += bool(gated.match(text))
        for gated in (language.credit_bare, language.source):
            found = gated.search(text)
            assert bool(found) == bool(gated.compiled().search(text)), text
            sure += bool(found)
    assert sure > 0.9 * len(texts)
