"""The whole way, on one screen."""

from datetime import datetime
from functools import partial

from artclean.article.assemble import assemble
from artclean.labels.label import label_lines
from artclean.language.load import load_language
from artclean.language.schema import Language
from artclean.model import Article, Label, LabelledLine, Tidied
from artclean.text.stage import decode_and_repair


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
    return _labelled(text, table, reference_time)


def _labelled(
    text: str, language: Language, reference_time: datetime | None
) -> tuple[LabelledLine, ...]:
    raw = text.split("\n")
    labelled = [LabelledLine(n, Label.BLANK, "blank", line) for n, line in enumerate(raw, 1)]
    for line in label_lines(text, language, reference_time):
        for n in range(line.first, line.last + 1):
            labelled[n - 1] = LabelledLine(n, line.label, line.rule, raw[n - 1])
    return tuple(labelled)


def tidy(
    text_or_bytes: str | bytes,
    *,
    language: str = "vi",
    encoding: str = "auto",
    tone_style: str = "keep",
    reference_time: datetime | None = None,
    markdown: bool = False,
) -> Tidied:
    """The dump cleaned in its own format, and its ledger: edits of the decoded text.

    ``markdown`` keeps what has a meaning there. Raises as `clean` does.
    """
    # Cleaning, the more frequent job, does not wait for these.
    from artclean.render.tidy import read, tidy_text
    from artclean.text.repair import repair_report

    table = load_language(language)
    text, found, warnings = read(text_or_bytes, encoding)
    repair = partial(repair_report, tone_style=tone_style, language=language, read_from=found)
    label = partial(_labelled, language=table, reference_time=reference_time)
    return tidy_text(text, repair, label, warnings, markdown=markdown)
