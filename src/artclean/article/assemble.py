"""From labelled lines to the article."""

from collections.abc import Iterable, Sequence
from typing import Final

from artclean.article.sentences import closes, goes_on, joined
from artclean.labels.body import Marked
from artclean.labels.byline import Byline, is_acronym, is_own_mark, read_byline
from artclean.labels.find import KeyLine, Section
from artclean.labels.head import Title
from artclean.labels.line import STORY, Line, Lines
from artclean.labels.members import (
    AGENCY,
    BYLINE,
    CAPTION,
    JUNK,
    KICKER,
    LEAD,
    PARAGRAPH,
    REPEAT,
    TAGS,
    TIMESTAMP,
    TITLE,
)
from artclean.labels.timestamp import Stamp
from artclean.language.fold import fold, single_spaced
from artclean.language.schema import Language
from artclean.model import Article, Block, Caption, Label

# A label's value, without the detour by which an enum gives it.
_KINDS: Final = {label: label.value for label in STORY}
# Lines that are in the blocks, or in nothing: all others say something about the article.
_IN_BLOCKS: Final = STORY | {CAPTION, JUNK, REPEAT}


def words_of(line: Line) -> str:
    """The line's words of the story: without a crawler's key or the publisher's mark."""
    value = line.value
    text = line.text
    if value is not None:
        if isinstance(value, Marked):
            text = value.text
        elif isinstance(value, KeyLine) and (
            line.rule == "key-content" or line.label is not PARAGRAPH
        ):
            text = value.rest
    return single_spaced(text)


def blocks_of(lines: Lines, language: Language) -> list[Block]:
    """Lead, paragraphs, headings and captions in the order of the dump."""
    blocks: list[Block] = []
    run: list[Line] = []  # story lines of one sentence
    for index, line in enumerate(lines):
        label = line.label
        if label in STORY:
            if run and not goes_on(run, lines, index, language):
                _close(run, blocks)
            run.append(line)
        elif label is JUNK:
            if run and closes(run, line):
                run.append(line)
        else:
            if run:
                _close(run, blocks)
            if label is CAPTION and isinstance(line.value, Caption):
                text, credit = line.value
                spot = (line.first, _last_of(lines, index))
                blocks.append(Block("caption", single_spaced(text), spot, credit))
    if run:
        _close(run, blocks)
    return blocks


def _close(run: list[Line], blocks: list[Block]) -> None:
    """Make a block of a run, and empty the run."""
    first = run[0]
    text = words_of(first) if len(run) == 1 else joined([words_of(piece) for piece in run])
    if text:
        blocks.append(Block(_KINDS[first.label], text, (first.first, run[-1].last)))
    run.clear()


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
            byline = None if is_acronym(piece) else read_byline(piece, language)
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
        label = line.label
        if label not in _IN_BLOCKS:
            by_label.setdefault(label, []).append(line)
    blocks = blocks_of(lines, language)
    published, updated, said, beside = stamps_of(by_label.get(TIMESTAMP, ()))
    bylines = (*by_label.get(BYLINE, ()), *by_label.get(AGENCY, ()))
    authors, agency = signed_of(bylines, beside, language)
    title = by_label[TITLE][0].value if TITLE in by_label else None
    headline = title if isinstance(title, Title) else None
    lead: str | None = None
    captions: list[Caption] = []
    texts: list[str] = []
    for kind, text, _, credit in blocks:
        if kind == "caption":
            captions.append(Caption(text, credit))
            continue
        texts.append(text)
        if kind == "lead" and lead is None:
            lead = text
    return Article(
        title=single_spaced(headline.text) if headline and headline.text else None,
        lead=lead,
        section=section_of(by_label.get(KICKER, ()), beside, language),
        published=published,
        updated=updated,
        authors=authors,
        agency=agency,
        publisher=_mark_of(lines) or (headline.publisher if headline else None),
        tags=tags_of(by_label[TAGS]) if TAGS in by_label else (),
        captions=tuple(captions),
        text="\n\n".join(texts),
        blocks=tuple(blocks),
        language=language.code,
        encoding=encoding,
        warnings=(*warnings, *said),
    )


def _mark_of(lines: Lines) -> str | None:
    """The publisher's own mark in front of the lead, or of the first paragraph without one."""
    first = None
    for line in lines:
        if line.label is LEAD:
            first = line
            break
        if first is None and line.label is PARAGRAPH:
            first = line
    return first.value.publisher if first and isinstance(first.value, Marked) else None
