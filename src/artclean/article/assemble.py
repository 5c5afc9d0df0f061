"""From labelled lines to the article."""

from collections.abc import Iterable, Iterator, Sequence

from artclean.article.sentences import joined, story_runs
from artclean.labels.body import Marked
from artclean.labels.byline import Byline, read_byline
from artclean.labels.find import KeyLine, Section
from artclean.labels.head import Title
from artclean.labels.line import STORY, Line, Lines
from artclean.labels.timestamp import Stamp
from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import Article, Block, Caption, Label


def words_of(line: Line) -> str:
    """The line's words of the story: without a crawler's key or the publisher's mark."""
    value = line.value
    if isinstance(value, Marked):
        text = value.text
    elif isinstance(value, KeyLine) and line.label is not Label.PARAGRAPH:
        text = value.rest
    elif isinstance(value, KeyLine) and value.meaning == "content":
        text = value.rest
    else:
        text = line.text
    return " ".join(text.split())


def blocks_of(lines: Lines, language: Language) -> Iterator[Block]:
    """Lead, paragraphs, headings and captions in the order of the dump."""
    runs = {run[0].first: run for run in story_runs(lines, language)}
    for index, line in enumerate(lines):
        if line.label in STORY:
            run = runs.get(line.first)
            if run and (text := joined([words_of(piece) for piece in run])):
                yield Block(str(run[0].label), text, (run[0].first, run[-1].last))
        elif line.label is Label.CAPTION and isinstance(line.value, Caption):
            text, credit = line.value
            yield Block("caption", text, (line.first, _last_of(lines, index)), credit)


def _last_of(lines: Lines, index: int) -> int:
    """The last line of a caption: its credit and its copies directly below are part of it."""
    last = index
    for below in lines[index + 1 :]:
        credit = below.label is Label.CAPTION and below.value is None
        if not credit and not (below.label is Label.REPEAT and below.value == index):
            break
        last += 1
    return lines[last].last


def stamps_of(lines: Lines) -> tuple[str | None, str | None, tuple[str, ...], list[str]]:
    """(published, updated, warnings, what else stood on the lines)."""
    published = updated = None
    warnings: list[str] = []
    beside: list[str] = []
    for line in lines:
        value = line.value
        if line.label is not Label.TIMESTAMP or not isinstance(value, Stamp):
            continue
        for stamp in (value, value.second):
            if stamp is None:
                continue
            warnings.extend(f"line {line.first}: {warning}" for warning in stamp.warnings)
            if stamp.updated:
                updated = updated or stamp.value
            else:
                published = published or stamp.value
        beside.extend(part for part in (value.before, value.after) if part)
    return published, updated, tuple(warnings), beside


def _first_of(lines: Lines, label: Label) -> Line | None:
    return next((line for line in lines if line.label is label), None)


def tags_of(lines: Lines) -> tuple[str, ...]:
    """Tags in order, each once."""
    tags: dict[str, None] = {}
    for line in lines:
        if line.label is Label.TAGS:
            rest = line.value.rest if isinstance(line.value, KeyLine) else line.text
            for tag in rest.replace(";", ",").split(","):
                name = " ".join(tag.split()).strip(" #")
                if name:
                    tags.setdefault(name)
    return tuple(tags)


def signed_of(
    lines: Lines, beside: Iterable[str], language: Language
) -> tuple[tuple[str, ...], str | None]:
    """(authors, agency), each author once, agencies joined by a comma."""
    authors: dict[str, str] = {}
    agencies: dict[str, str] = {}

    def take(byline: Byline) -> None:
        for author in byline.authors:
            authors.setdefault(fold(author), author)
        if byline.agency:
            agencies.setdefault(fold(byline.agency), byline.agency)

    for line in lines:
        if line.label in (Label.BYLINE, Label.AGENCY) and isinstance(line.value, Byline):
            take(line.value)
    for text in beside:
        for piece in (text, *text.split(",")):
            byline = read_byline(piece, language)
            if byline and fold(piece) not in language.sections:
                take(byline)
                break
    return tuple(authors.values()), ", ".join(agencies.values()) or None


def assemble(
    lines: Sequence[Line], language: Language, encoding: str = "utf-8", warnings: Sequence[str] = ()
) -> Article:
    """Labelled lines to an article; nothing is read here that a label did not find."""
    blocks = tuple(blocks_of(lines, language))
    published, updated, stamp_warnings, beside = stamps_of(lines)
    title = _first_of(lines, Label.TITLE)
    kicker = _first_of(lines, Label.KICKER)
    authors, agency = signed_of(lines, beside, language)
    headline = title.value if title and isinstance(title.value, Title) else None
    marks = (line.value.publisher for line in lines if isinstance(line.value, Marked))
    section = kicker.value.name if kicker and isinstance(kicker.value, Section) else None
    if section is None:
        section = next(
            (language.sections[fold(t)] for t in beside if fold(t) in language.sections), None
        )
    return Article(
        title=" ".join(headline.split()) if headline else None,
        lead=next((block.text for block in blocks if block.kind == "lead"), None),
        section=section,
        published=published,
        updated=updated,
        authors=authors,
        agency=agency,
        publisher=next(marks, None) or (headline.publisher if headline is not None else None),
        tags=tags_of(lines),
        captions=tuple(Caption(b.text, b.credit) for b in blocks if b.kind == "caption"),
        text="\n\n".join(block.text for block in blocks if block.kind != "caption"),
        blocks=blocks,
        language=language.code,
        encoding=encoding,
        warnings=(*warnings, *stamp_warnings),
    )
