"""The Unicode stage: any str or bytes to clean text, and on demand a receipt for each change."""

from typing import TYPE_CHECKING

from artclean.text.stage import decode_and_repair

if TYPE_CHECKING:
    from artclean.model import Edit, Repaired


def repair(
    text_or_bytes: str | bytes,
    *,
    encoding: str = "auto",
    tone_style: str = "keep",
    language: str = "vi",
) -> str:
    """The text, decoded and repaired.

    ``encoding`` is how bytes are read; a text is looked at for what it was misread from in any
    case. ``tone_style`` "new" or "old" moves the tones of Vietnamese syllables (hoà, hòa). Raises
    ``DecodeError`` for bytes that are no text, ``SettingsError`` for an unknown setting; no text
    raises.

    >>> repair("Nga\\u0300y 2 tha\\u0301ng&nbsp;9")
    'Ngày 2 tháng 9'
    >>> repair("Cầu Long Biên".encode("utf-8").decode("latin-1"))
    'Cầu Long Biên'
    """
    return decode_and_repair(
        text_or_bytes, encoding=encoding, tone_style=tone_style, language=language
    )[0]


def repair_report(
    text_or_bytes: str | bytes,
    *,
    encoding: str = "auto",
    tone_style: str = "keep",
    language: str = "vi",
    line_breaks: str = "unify",
    read_from: str = "utf-8",
) -> "Repaired":
    """The same, with the encoding, every change as an edit of the decoded text, and warnings.

    The ``encoding`` of the report is what the bytes were, or what a text was misread from
    (``utf-8`` if from nothing). ``line_breaks="keep"`` leaves CR and CRLF as they stand;
    ``read_from`` says of a text what it was decoded from.

    >>> report = repair_report("C¸c b¹n ®äc l¹i nhÐ!")
    >>> report.text, report.encoding
    ('Các bạn đọc lại nhé!', 'tcvn3')
    >>> report.edits[0]
    Edit(start=0, end=3, rule='legacy', before='C¸c', after='Các')
    """
    from artclean.model import Repaired

    edits: list[Edit] = []
    text, found, warnings = decode_and_repair(
        text_or_bytes,
        encoding=encoding,
        tone_style=tone_style,
        language=language,
        line_breaks=line_breaks,
        receipt=edits,
        read_from=read_from,
    )
    return Repaired(text, found, tuple(edits), warnings)
