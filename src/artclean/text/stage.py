"""The Unicode stage as the pipeline calls it, once for every document."""

from typing import TYPE_CHECKING, Final

from artclean.text.gate import is_clean, nearly_clean, plain_utf_8

if TYPE_CHECKING:
    from artclean.model import Edit

_TONE_STYLES: Final = ("keep", "new", "old")


def decode_and_repair(
    text_or_bytes: str | bytes,
    *,
    encoding: str = "auto",
    tone_style: str = "keep",
    language: str = "vi",
    line_breaks: str = "unify",
    receipt: "list[Edit] | None" = None,
    read_from: str = "utf-8",
) -> tuple[str, str, tuple[str, ...]]:
    """Text, encoding and warnings, for the pipeline: a clean text costs one look at it.

    The edits are written into ``receipt`` if there is one.
    """
    if tone_style not in _TONE_STYLES:
        from artclean.errors import SettingsError

        raise SettingsError(f"unknown tone style {tone_style!r}: it is one of keep, new, old")
    text, found, warnings = _decoded(text_or_bytes, encoding, read_from)
    if tone_style == "keep" and found != "tcvn3":
        if "\xa0" not in text and is_clean(text):
            return text, found, warnings
        if receipt is None and (mended := nearly_clean(text)) is not None:
            return mended, found, warnings
    from artclean.text.passes import run, steps_for  # all that a clean text never needs

    steps = steps_for(
        language=language, encoding=found, tone_style=tone_style, line_breaks=line_breaks
    )
    text, misread, more = run(steps, text, receipt)
    if misread and isinstance(text_or_bytes, bytes):
        more = (f"the text had been misread from {misread} before", *more)
    elif misread:
        found = misread
    return text, found, (*warnings, *more)


def _decoded(
    text_or_bytes: str | bytes, encoding: str, read_from: str
) -> tuple[str, str, tuple[str, ...]]:
    if isinstance(text_or_bytes, str):
        return text_or_bytes, read_from, ()
    if encoding == "auto" and (text := plain_utf_8(text_or_bytes)) is not None:
        return text, "utf-8", ()
    from artclean.text.decode import decode

    return decode(text_or_bytes, encoding)
