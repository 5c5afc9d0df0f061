"""The whole way, on one screen."""

from datetime import datetime

from artclean.article.assemble import assemble
from artclean.labels.label import label_lines
from artclean.language.load import load_language
from artclean.model import Article, LabelledLine
from artclean.text.repair import decode_and_repair


def clean(
    text_or_bytes: str | bytes,
    *,
    language: str = "vi",
    encoding: str = "auto",
    tone_style: str = "keep",
    reference_time: datetime | None = None,
) -> Article:
    """A raw dump to a clean article.

    Raises `DecodeError` for bytes that cannot be read without loss, `ArtcleanError` for a
    language without a table. No text raises.
    """
    table = load_language(language)
    text, found, warnings = decode_and_repair(
        text_or_bytes, encoding=encoding, tone_style=tone_style, language=language
    )
    lines = label_lines(text, table, reference_time)
    return assemble(lines, table, found, warnings)


def explain(
    text_or_bytes: str | bytes,
    *,
    language: str = "vi",
    encoding: str = "auto",
    tone_style: str = "keep",
    reference_time: datetime | None = None,
) -> tuple[LabelledLine, ...]:
    """Every line of the repaired dump, its label and the rule that decided: the run of `clean`."""
    table = load_language(language)
    text, _, _ = decode_and_repair(
        text_or_bytes, encoding=encoding, tone_style=tone_style, language=language
    )
    raw = text.split("\n")
    return tuple(
        LabelledLine(number, line.label, line.rule, raw[number - 1])
        for line in label_lines(text, table, reference_time)
        for number in range(line.first, line.last + 1)
    )
