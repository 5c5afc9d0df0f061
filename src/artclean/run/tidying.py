"""Files, tidied: what `--to tidy`, `--check`, `--diff` and `--write` make of a document."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import Counter
from typing import NamedTuple

from artclean.model import Edit
from artclean.pipeline import tidy
from artclean.render.tidy import UNSETTLED
from artclean.run.errors import RefusedError
from artclean.run.findings import Finding, findings_of, legacy_finding
from artclean.run.jobs import Document, Job, Made, as_utf8
from artclean.run.reading import read_file
from artclean.text.decode import Decoded, decode, encodes_back
from artclean.text.edits import apply_edits, undo_edits

# How a text in Unicode may be written down: a mark in front, and the codec behind it.
_UNICODE = (
    (BOM_UTF8, "utf-8"),
    (b"", "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
    (b"", "utf-32-le"),
    (b"", "utf-32-be"),
)


class TidyFile(NamedTuple):
    """A file's bytes before and after, its text as decoded, and the receipt."""

    before: bytes
    after: bytes
    text: str
    ledger: tuple[Edit, ...]
    legacy: str  # the old encoding that it leaves behind; empty if it stays in its own
    warnings: tuple[str, ...]


def tidy_file(data: bytes, job: Job, *, markdown: bool) -> TidyFile:
    """A file, tidied, with both promises kept: once is enough, and the ledger replays.

    Line endings, BOM and form of Unicode are the file's own. Raises ``RefusedError`` for a file
    that cannot be read without loss or would break a promise, ``DecodeError``.
    """
    encoding = _encoding(data, job.encoding)
    decoded = decode(data, encoding)
    mark, codec = _written(data, decoded)
    tidied = tidy(data, **(job.reading | {"encoding": encoding}), markdown=markdown)
    if UNSETTLED in tidied.warnings:
        raise RefusedError(UNSETTLED)
    legacy = "" if decoded.encoding.startswith("utf") else decoded.encoding
    after = mark + tidied.text.encode(codec)
    if after != data:
        _keep_promises(decoded.text, tidied.text, tidied.ledger)
        reading = job.reading | {"encoding": _encoding(after, job.encoding)}
        again = tidy(after, **reading, markdown=markdown)
        if again.ledger or mark + again.text.encode(codec) != after:
            raise RefusedError("tidying twice would not be tidying once: left as it is")
    return TidyFile(data, after, decoded.text, tidied.ledger, legacy, tidied.warnings)


def _encoding(data: bytes, asked: str) -> str:
    """An old encoding that is asked for says what a file was; valid UTF-8 says what it is now.

    So a second run over files that the first one has converted leaves them alone.
    """
    if asked in ("auto", "utf-8", "utf-16") or b"\0" in data:
        return asked
    try:
        data.decode()
    except UnicodeDecodeError:
        return asked
    return "utf-8"


def _written(data: bytes, decoded: Decoded) -> tuple[bytes, str]:
    """How a tidied text is to be written: the mark in front and the codec.

    An old encoding becomes UTF-8. Raises ``RefusedError`` if reading has lost anything.
    """
    if decoded.encoding.startswith("utf"):
        for mark, codec in _UNICODE:
            fits = codec.startswith(decoded.encoding) and data.startswith(mark)
            if fits and mark + decoded.text.encode(codec, "replace") == data:
                return mark, codec
    elif decoded.encoding != "cp1252" and encodes_back(data, decoded):
        return b"", "utf-8"
    reason = "; ".join(decoded.warnings) or f"not {decoded.encoding.upper()} throughout"
    raise RefusedError(f"cannot be read without loss: {reason}")


def _keep_promises(text: str, tidied: str, ledger: tuple[Edit, ...]) -> None:
    if apply_edits(text, ledger) != tidied or undo_edits(tidied, ledger) != text:
        raise RefusedError("the ledger does not replay: left as it is")


def make_tidied(document: Document, job: Job) -> Made:
    """The dump itself, tidied."""
    if isinstance(document.data, str):  # a record: its text, without bytes of its own
        tidied = tidy(document.data, **job.reading)
        return Made(as_utf8(tidied.text), tidied.warnings)
    file = _file(document, job)
    return Made(file.after, file.warnings, counts=_counts(file, job))


def make_findings(document: Document, job: Job) -> Made:
    """What tidying would change, in the form of report that is asked for."""
    from artclean.run.report import FORMS

    file = _file(document, job)
    findings = _findings(file)
    if not findings:
        return Made(b"", file.warnings, counts=_counts(file, job))
    report = FORMS[job.report].render(document.path or document.id, findings, job.colour)
    changed = not job.exit_zero
    return Made(as_utf8(report), file.warnings, changed=changed, counts=_counts(file, job))


def make_patch(document: Document, job: Job) -> Made:
    """What tidying would change, as a patch."""
    from artclean.run.patch import changes_of, coloured, patch_of

    file = _file(document, job)
    if file.before == file.after:
        return Made(b"", file.warnings, counts=_counts(file, job))
    changes = changes_of(file.text, file.ledger)
    patch = patch_of(document.path or document.id, file.before, file.after, changes)
    if job.on_terminal:
        patch = coloured(patch, colour=job.colour)
    changed = not job.exit_zero
    return Made(patch, file.warnings, changed=changed, counts=_counts(file, job))


def write_tidied(document: Document, job: Job) -> Made:
    """The file is tidied in its place, if there is anything to tidy."""
    from artclean.run.sink import replace_file

    if document.path is None or document.stat is None:
        raise RefusedError("only files can be tidied in place")
    file = _file(document, job)
    if file.before != file.after:
        try:
            replace_file(document.path, file.after, document.stat)
        except RefusedError:
            # Another process may have done the same work meanwhile: hooks run side by side.
            if read_file(document.path, job.max_bytes)[0] != file.after:
                raise
    return Made(b"", file.warnings, counts=_counts(file, job))


def _file(document: Document, job: Job) -> TidyFile:
    if isinstance(document.data, str):
        raise RefusedError("JSON Lines are tidied by --to tidy, not in place")
    return tidy_file(document.data, job, markdown=document.format == "md")


def _findings(file: TidyFile) -> list[Finding]:
    findings = findings_of(file.text, file.ledger)
    return [legacy_finding(file.legacy), *findings] if file.legacy else findings


def _counts(file: TidyFile, job: Job) -> dict[str, int] | None:
    """What the closing summary adds up, if there is one."""
    if not job.tally:
        return None
    from artclean.run.tally import FOUND, REPAIRS

    counts = Counter(REPAIRS + edit.rule for edit in file.ledger)
    counts[f"{FOUND}documents to tidy"] = file.before != file.after
    return counts
