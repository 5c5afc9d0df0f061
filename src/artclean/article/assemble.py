"""From labelled lines to the article."""

from collections.abc import Iterable, Iterator, Sequence

from artclean.article.sentences import joined, story_runs
from artclean.labels.body import Marked
from artclean.labels.byline import Byline, is_own_mark, read_byline
from artclean.labels.find import KeyLine, Section
from artclean.labels.head import Title
from artclean.labels.line import STORY, Line, Lines
from artclean.labels.timestamp import Stamp
from artclean.language.fold import fold
from artclean.language.schema import Language
from artclean.model import (
    AGENCY,
    BYLINE,
    CAPTION,
    KICKER,
    LEAD,
    PARAGRAPH,
    REPEAT,
    TAGS,
    TIMESTAMP,
    TITLE,
    Article,
    Block,
    Caption,
    Label,
)


def words_of(line: Line) -> str:
    """The line's words of the story: without a crawler's key or the publisher's mark."""
    value = line.value
    if value is None:
        return folded_space(line.text)
    if isinstance(value, Marked):
        return folded_space(value.text)
    if isinstance(value, KeyLine) and (line.rule == "key-content" or line.label is not PARAGRAPH):
        return folded_space(value.rest)
    return folded_space(line.text)


def folded_space(text: str) -> str:
    """One blank where white space runs. Most lines hold no run and are not copied."""
    if "  " in text or "\t" in text or "\xa0" in text or "\u3000" in text:
        return " ".join(text.split())
    return text


def blocks_of(lines: Lines, language: Language) -> Iterator[Block]:
    """Lead, paragraphs, headings and captions in the order of the dump."""
    runs = {run[0].first: run for run in story_runs(lines, language)}
    for index, line in enumerate(lines):
        if line.label in STORY:
            run = runs.get(line.first)
            if run and (text := joined([words_of(piece) for piece in run])):
                yield Block(str(run[0].label), text, (run[0].first, run[-1].last))
        elif line.label is CAPTION and isinstance(line.value, Caption):
            text, credit = line.value
            yield Block("caption", folded_space(text), (line.first, _last_of(lines, index)), credit)


def _last_of(lines: Lines, index: int) -> int:
    """The last line of a caption: its credit and its copies directly below are part of it."""
    last = index
    for place in range(index + 1, len(lines)):
        below = lines[place]
        credit = below.label is CAPTION and below.value is None
        if not credit and not (below.label is REPEAT and below.value == index):
            break
        last = place
    return lines[last].last


def stamps_of(stamps: Iterable[Line]) -> tuple[str | None, str | None, list[str], list[str]]:
    """(published, updated, warnings, what else stood on the lines)."""
    published = updated = None
    warnings: list[str] = []
    beside: list[str] = []
    for line in stamps:
        value = line.value
        if not isinstance(value, Stamp):
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
    return published, updated, warnings, beside


def tags_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """Tags in order, each once."""
    tags: dict[str, None] = {}
    for line in lines:
        rest = line.value.rest if isinstance(line.value, KeyLine) else line.text
        for tag in rest.replace(";", ",").split(","):
            if name := " ".join(tag.split()).strip(" #"):
                tags.setdefault(name)
    return tuple(tags)


def signed_of(
    bylines: Iterable[Line], beside: Iterable[str], language: Language
) -> tuple[tuple[str, ...], str | None]:
    """(authors, agency), each author once, agencies joined by a comma."""
    authors: dict[str, str] = {}
    agencies: dict[str, str] = {}
    signed = [line.value for line in bylines if isinstance(line.value, Byline)]
    for text in beside:
        for piece in (text, *text.split(",")):
            byline = read_byline(piece, language)
            if byline and fold(piece) not in language.sections and not is_own_mark(piece, byline):
                signed.append(byline)
                break
    for byline in signed:
        for author in byline.authors:
            authors.setdefault(fold(author), author)
        if byline.agency:
            agencies.setdefault(fold(byline.agency), byline.agency)
    return tuple(authors.values()), ", ".join(agencies.values()) or None


def section_of(kickers: Iterable[Line], beside: Iterable[str], language: Language) -> str | None:
    """The first kicker, or the section that stands on the timestamp's line."""
    for line in kickers:
        if isinstance(line.value, Section):
            return line.value.name
    return next((text for text in beside if fold(text) in language.sections), None)


def assemble(
    lines: Sequence[Line], language: Language, encoding: str = "utf-8", warnings: Sequence[str] = ()
) -> Article:
    """Labelled lines to an article; nothing is read here that a label did not find."""
    by_label: dict[Label, list[Line]] = {}
    for line in lines:
        by_label.setdefault(line.label, []).append(line)
    blocks = tuple(blocks_of(lines, language))
    published, updated, said, beside = stamps_of(by_label.get(TIMESTAMP, ()))
    bylines = (*by_label.get(BYLINE, ()), *by_label.get(AGENCY, ()))
    authors, agency = signed_of(bylines, beside, language)
    title = by_label[TITLE][0].value if TITLE in by_label else None
    headline = title if isinstance(title, Title) else None
    first = next(iter(by_label.get(LEAD, by_label.get(PARAGRAPH, ()))), None)
    mark = first.value.publisher if first and isinstance(first.value, Marked) else None
    return Article(
        title=folded_space(headline) if headline else None,
        lead=next((block.text for block in blocks if block.kind == "lead"), None),
        section=section_of(by_label.get(KICKER, ()), beside, language),
        published=published,
        updated=updated,
        authors=authors,
        agency=agency,
        publisher=mark or (headline.publisher if headline is not None else None),
        tags=tags_of(by_label.get(TAGS, ())),
        captions=tuple(Caption(b.text, b.credit) for b in blocks if b.kind == "caption"),
        text="\n\n".join([block.text for block in blocks if block.kind != "caption"]),
        blocks=blocks,
        language=language.code,
        encoding=encoding,
        warnings=(*warnings, *said),
    )
