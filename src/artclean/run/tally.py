"""The sums of a run, for the table that it closes with."""

import time
from collections import Counter

from artclean.article.assemble import assemble
from artclean.labels.label import label_lines
from artclean.language.load import load_language
from artclean.model import Article, Edit
from artclean.run.jobs import Job, Outcome
from artclean.text.stage import decode_and_repair

# What the counts of a document are about; the rest of the key says which.
LINES, REPAIRS, FOUND = "line ", "repair ", "found "


class Tally:
    """What a run has done so far."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self.done = 0
        self.failed = 0
        self.skipped = 0  # an earlier run has done them
        self.bytes = 0  # of documents
        self.consumed = 0  # bytes of records
        self.warnings = 0
        self.counts: Counter[str] = Counter()

    @property
    def documents(self) -> int:
        """How many have had their turn."""
        return self.done + self.failed + self.skipped

    def add(self, outcome: Outcome, consumed: int) -> None:
        """One more outcome, of a record of so many bytes."""
        self.bytes += outcome.size
        self.consumed += consumed + 1  # the line's end
        if outcome.error:
            self.failed += outcome.documents
        elif outcome.skipped:
            self.skipped += 1
        else:
            self.done += outcome.documents
            self.warnings += len(outcome.made.warnings)
            if outcome.made.counts:
                self.counts.update(outcome.made.counts)

    @property
    def seconds(self) -> float:
        """Since the run began; never quite nothing."""
        return max(time.monotonic() - self._started, 0.001)


def clean_counted(dump: str | bytes, job: Job) -> tuple[Article, dict[str, int]]:
    """`artclean.clean`, and what there was: the same steps, with a look at what they hand on.

    A test holds that the article is the same.
    """
    table = load_language(job.language)
    edits: list[Edit] = []
    text, found, warnings = decode_and_repair(
        dump,
        encoding=job.encoding,
        tone_style=job.tone_style,
        language=job.language,
        receipt=edits,
    )
    lines = label_lines(text, table, job.reference_time)
    article = assemble(lines, table, found, warnings)
    counts = Counter(LINES + line.label for line in lines)
    counts.update(REPAIRS + edit.rule for edit in edits)
    counts[f"{FOUND}captions taken out of the text"] = len(article.captions)
    counts[f"{FOUND}dates"] = (article.published is not None) + (article.updated is not None)
    counts[f"{FOUND}authors"] = len(article.authors)
    return article, counts
