"""The passes that repair a text, in their order, until none has anything to do."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from artclean.text.gate import is_clean, odd_characters
from artclean.text.kinds import (
    C1,
    ETHS,
    INVISIBLE,
    LIGATURES,
    LOOKALIKES,
    MARKS,
    SEPARATORS,
    SPACES,
    TONES,
)

if TYPE_CHECKING:
    from artclean.model import Edit
    from artclean.text.rewrite import Rewrite

Find = Callable[[str, frozenset[str]], "Rewrite | None"]
IsIdle = Callable[[frozenset[str]], bool]


class Step:
    """A pass, and when it has nothing to do.

    ``find`` is a module of this folder and a function in it. It is asked with the text and its
    odd characters, and may still say None. ``is_idle`` is asked with the odd characters alone,
    and spares a text with nothing but an odd "m²" the modules of all other passes, which cost a
    start as much as the labels. ``by_syllables`` says that the pass asks which syllables
    Vietnamese has.
    """

    def __init__(self, find: str, is_idle: IsIdle, *, by_syllables: bool = False) -> None:
        self.find = find
        self.is_idle = is_idle
        self.by_syllables = by_syllables


def _without(characters: str) -> IsIdle:
    return frozenset(characters).isdisjoint


def _without_surrogates(odd: frozenset[str]) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in odd)


def _without_marks(odd: frozenset[str]) -> bool:
    return max(odd, default="") < "\u0300"  # no character below is a mark, or other in NFC


def _never(odd: frozenset[str]) -> bool:
    return False


# Each step assumes the ones before it:
#   entities first: they may stand for any of the characters below
#   mojibake and legacy before any deletion: U+00AD is ư in TCVN3, U+00A0 is Õ in VISCII, and
#     80 to BF go on with a character of UTF-8
#   legacy after mojibake: what was damaged twice ends as 8-bit text
#   NFC after the deletions: a zero-width space may stand between a letter and its mark
#   marks and letters after NFC: they look words up
STEPS = (
    Step("characters.find_surrogates", _without_surrogates),
    Step("entities.find_entities", _without("&")),
    Step("mojibake.find_utf_16", _without("\0")),
    Step("misread.find_mojibake", _never, by_syllables=True),
    Step("misread.find_legacy", _never, by_syllables=True),
    Step("legacy.find_lost_capitals", _never, by_syllables=True),
    Step("characters.find_line_breaks", _without("\r")),
    Step("characters.find_line_separators", _without(SEPARATORS)),
    Step("characters.find_c1", C1.isdisjoint),
    Step("characters.find_invisible", INVISIBLE.isdisjoint),
    Step("nfc.find_decomposed", _without_marks),
    Step("marks.find_marks", MARKS.isdisjoint),
    Step("marks.find_strayed_tones", _without(TONES), by_syllables=True),
    Step("marks.find_escaped_tones", _without("%"), by_syllables=True),
    Step("letters.find_eth", _without(ETHS), by_syllables=True),
    Step("letters.find_lookalikes", _without(LOOKALIKES), by_syllables=True),
    Step("letters.find_dotless_i", _without("ı"), by_syllables=True),
    Step("letters.find_ligatures", LIGATURES.isdisjoint),
    Step("spaces.find_spaces", SPACES.isdisjoint),
    Step("spaces.find_ideographic_spaces", _without("\u3000")),
    Step("tones.find_new_style", _never, by_syllables=True),
    Step("tones.find_old_style", _never, by_syllables=True),
)

# One round nearly always suffices. A second is due where a step leaves work for an earlier one
# (&am<U+200B>p; or a tone that strayed behind a no-break space); damage nested deeper than this
# is made on purpose.
_ROUNDS = 12


@cache
def steps_for(
    *, language: str, encoding: str, tone_style: str, line_breaks: str
) -> tuple[Step, ...]:
    """The steps that the settings leave."""
    unwanted = set()
    if encoding != "tcvn3":
        unwanted.add("legacy.find_lost_capitals")
    if tone_style != "new":
        unwanted.add("tones.find_new_style")
    if tone_style != "old":
        unwanted.add("tones.find_old_style")
    if line_breaks == "keep":
        unwanted.add("characters.find_line_breaks")
    return tuple(
        step
        for step in STEPS
        if step.find not in unwanted and (language == "vi" or not step.by_syllables)
    )


@cache
def _loaded(name: str) -> Find:
    module, _, function = name.partition(".")
    find: Find = getattr(import_module(f"artclean.text.{module}"), function)
    return find


def run(
    steps: Sequence[Step], text: str, receipt: "list[Edit] | None" = None
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
            if step.is_idle(odd):
                continue
            rewrite = _loaded(step.find)(text, odd)
            if rewrite is None or (repaired := rewrite.apply(text)) == text:
                continue
            if receipt is not None:
                from artclean.text.edits import compose

                receipt[:] = compose(receipt, list(rewrite.edits(text)))
            misread = rewrite.encoding or misread
            warnings.update(dict.fromkeys(rewrite.warnings))
            text, odd = repaired, odd_characters(repaired)
        if text == begun_with or is_clean(text):
            break
    if lost := text.count("\ufffd"):
        warnings[f"{lost} characters are lost (U+FFFD)"] = None
    return text, misread, tuple(warnings)
