"""The passes that repair a text, in their order, until none has anything to do."""

from collections.abc import Callable, Sequence
from functools import cache

from artclean.model import Edit
from artclean.text.characters import (
    find_c1,
    find_invisible,
    find_line_breaks,
    find_line_separators,
    find_surrogates,
)
from artclean.text.edits import compose
from artclean.text.entities import find_entities
from artclean.text.gate import is_clean, odd_characters
from artclean.text.letters import find_dotless_i, find_eth, find_ligatures, find_lookalikes
from artclean.text.marks import (
    find_decomposed,
    find_escaped_tones,
    find_marks,
    find_strayed_tones,
)
from artclean.text.misread import find_legacy, find_lost_capitals, find_mojibake, find_utf_16
from artclean.text.rewrite import Rewrite
from artclean.text.spaces import find_ideographic_spaces, find_spaces
from artclean.text.tones import find_new_style, find_old_style

Find = Callable[[str, frozenset[str]], Rewrite | None]

# A step is asked with the text and its odd characters, and says None if these are not for it.
# Each assumes the ones before it:
#   entities first: they may stand for any of the characters below
#   mojibake and legacy before any deletion: U+00AD is ư in TCVN3, U+00A0 is Õ in VISCII, and
#     80 to BF go on with a character of UTF-8
#   legacy after mojibake: what was damaged twice ends as 8-bit text
#   NFC after the deletions: a zero-width space may stand between a letter and its mark
#   marks and letters after NFC: they look words up
STEPS: tuple[Find, ...] = (
    find_surrogates,
    find_entities,
    find_utf_16,
    find_mojibake,
    find_legacy,
    find_lost_capitals,
    find_line_breaks,
    find_line_separators,
    find_c1,
    find_invisible,
    find_decomposed,
    find_marks,
    find_strayed_tones,
    find_escaped_tones,
    find_eth,
    find_lookalikes,
    find_dotless_i,
    find_ligatures,
    find_spaces,
    find_ideographic_spaces,
    find_new_style,
    find_old_style,
)

# These ask the Vietnamese syllables.
_VIETNAMESE = frozenset(
    (
        find_mojibake,
        find_legacy,
        find_lost_capitals,
        find_strayed_tones,
        find_escaped_tones,
        find_eth,
        find_lookalikes,
        find_dotless_i,
        find_new_style,
        find_old_style,
    )
)

# One round nearly always suffices. A second is due where a step leaves work for an earlier one
# (&am<U+200B>p; or a tone that strayed behind a no-break space); damage nested deeper than this
# is made on purpose.
_ROUNDS = 12


@cache
def steps_for(
    *, language: str, encoding: str, tone_style: str, line_breaks: str
) -> tuple[Find, ...]:
    """The steps that the settings leave."""
    unwanted: set[Find] = set()
    if language != "vi":
        unwanted |= _VIETNAMESE
    if encoding != "tcvn3":
        unwanted.add(find_lost_capitals)
    if tone_style != "new":
        unwanted.add(find_new_style)
    if tone_style != "old":
        unwanted.add(find_old_style)
    if line_breaks == "keep":
        unwanted.add(find_line_breaks)
    return tuple(step for step in STEPS if step not in unwanted)


def run(
    steps: Sequence[Find], text: str, receipt: list[Edit] | None = None
) -> tuple[str, str | None, tuple[str, ...]]:
    """The text after the steps, the encoding that it was misread from, and warnings.

    The edits are put into ``receipt`` if there is one.
    """
    misread: str | None = None
    warnings: dict[str, None] = {}
    for _ in range(_ROUNDS):
        begun_with = text
        odd = odd_characters(text)
        for step in steps:
            rewrite = step(text, odd)
            if rewrite is None or (repaired := rewrite.apply(text)) == text:
                continue
            if receipt is not None:
                receipt[:] = compose(receipt, list(rewrite.edits(text)))
            misread = rewrite.encoding or misread
            warnings.update(dict.fromkeys(rewrite.warnings))
            text, odd = repaired, odd_characters(repaired)
        if text == begun_with or is_clean(text):
            break
    if lost := text.count("\ufffd"):
        warnings[f"{lost} characters are lost (U+FFFD)"] = None
    return text, misread, tuple(warnings)
