"""The old Vietnamese 8-bit encodings: known by the syllables that a reading gives.

No detector of bytes knows them, for they differ from Western text in nothing but sense. So the
text, as Latin-1 or cp1252 shows it, is read with each table, and the reading that makes
Vietnamese out of nearly all words is right. Decided once a document, on a sample.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from artclean.text.gate import is_vietnamese
from artclean.text.glyphs import GLYPHS, as_glyphs, is_odd_line, of_cp1258
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import attested, possible, split_tone
from artclean.text.tables import read_table

# In the order of how often each is met: that decides between equals.
ENCODINGS = ("tcvn3", "vni", "cp1258", "viscii", "vps", "bkhcm2", "bkhcm1", "vietwarex")

# TCVN 5712 and TCVN3 differ where these stand: toned capitals. 85 and 91 to 97 do not count,
# for Word put its quotes and dashes there.
_CAPITALS_OF_TCVN5712 = "[\x01-\x06\x11-\x17\x80-\x84\x86-\x90\x98-\x9f€‚ƒ„†‡ˆ‰Š‹Œ˜™š›œžŸ]"

_LETTERS = r"[^\W\d_]+"

_SAMPLE = 4000  # characters that are looked at

# A word, with those signs of Latin-1 in it that are letters elsewhere (® is đ in TCVN3).
_WORD = r"(?:[^\W\d_]|[\x80-\x9f¡-¿×÷€†‡ˆ˜‰™])+"


class Reading(NamedTuple):
    """How an encoding is read: the signs that Latin-1 or cp1252 shows, and their letters."""

    name: str
    pattern: re.Pattern[str]
    letters: dict[str, str]

    def read(self, text: str) -> str:
        """What a misread text says."""
        return self.pattern.sub(self._letter, text)

    def write(self, text: str) -> str:
        """The signs for a text that this encoding can hold; what it cannot hold stays."""
        signs: dict[str, str] = {}
        for sign, letter in self.letters.items():
            signs.setdefault(letter, sign)
        return "".join(signs.get(character, character) for character in text)

    def _letter(self, match: re.Match[str]) -> str:
        signs = match.group()
        letter = self.letters.get(signs)
        if letter is None:  # a pair of which only one, or each, is a letter
            return "".join(self.letters.get(sign, sign) for sign in signs)
        return letter


@cache
def reading(name: str) -> Reading:
    """The reading of an encoding, from its table or, for cp1258, from Python's codec."""
    if name == "cp1258":
        letters = {GLYPHS[code - 0x80]: letter for code, letter in of_cp1258().items()}
    else:
        letters = _of_table(name)
    pairs = [signs for signs in letters if len(signs) == 2]
    pattern = f"[{_any_of(sign for sign in letters if len(sign) == 1)}]"
    if pairs:
        first, second = (_any_of(pair[i] for pair in pairs) for i in (0, 1))
        pattern = f"[{first}][{second}]|{pattern}"
    return Reading(name, re.compile(pattern), letters)


def _of_table(name: str) -> dict[str, str]:
    letters = {}
    for entry in read_table("legacy.txt")[name]:
        code, letter = bytes.fromhex(entry[:-1]), entry[-1]
        letters[as_glyphs(code)] = letter
        letters[code.decode("latin-1")] = letter
    return letters


def _any_of(signs: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(set(signs))))


class _Sense(NamedTuple):
    """How much Vietnamese a text is: its words, and those with a letter outside ASCII."""

    words: int
    known: int
    marked: int
    marked_known: int
    different: int  # of the latter

    @property
    def share(self) -> float:
        return self.marked_known / self.marked if self.marked else 0.0


def _words(text: str) -> list[str]:
    return [word.strip("«»") for word in re.findall(_WORD, text)]


def _sense(text: str) -> _Sense:
    syllables = attested()
    words = [
        word.lower()
        for word in _words(normalize("NFC", text))
        # Signs alone are no word, and an abbreviation (UBND) says nothing.
        if word.lower() != word.upper() and not (word.isascii() and word.isupper())
    ]
    known = [word for word in words if word in syllables]
    marked = sum(not word.isascii() for word in words)
    marked_known = [word for word in known if not word.isascii()]
    return _Sense(len(words), len(known), marked, len(marked_known), len(set(marked_known)))


def detect(text: str) -> str | None:
    """The encoding that a text was misread from, if a reading of it is surely Vietnamese.

    >>> detect("Ng\xad\xeai d\xa9n lµng chµi ®ang v¸ l\xad\xedi bªn bê biÓn")
    'tcvn3'
    >>> detect("L’été à la plage: Noël, château, forêt, déjà vu") is None
    True
    """
    sample = _sample(text)
    before = _sense(sample)
    if before.marked == before.marked_known:
        return None
    best, best_share = None, before.share + 0.1
    for name in ENCODINGS:
        if name == "tcvn3" and re.search(_CAPITALS_OF_TCVN5712, sample):
            name = "tcvn5712"
        read = reading(name).read(sample)
        after = _sense(read)
        if after.share > best_share and _is_sure(name, sample, before, after):
            best, best_share = name, after.share
            if best_share > 0.95:  # the next best has 0.8 at most: vps of what is viscii
                break
    return best


def _sample(text: str) -> str:
    """The first lines that say something: those with anything outside ASCII."""
    lines: list[str] = []
    size = 0
    for line in text.split("\n"):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return "\n".join(lines)[:_SAMPLE]


def _is_sure(name: str, misread: str, before: _Sense, after: _Sense) -> bool:
    """Whether a reading cannot be chance.

    Measured on 900,000 messages in 173 languages, and on every piece of one to twelve words of a
    thousand foreign paragraphs: none is taken for Vietnamese. With 60 % of known words in place
    of 70 some would be, so this is the bar.
    """
    wrong = before.marked - before.marked_known
    if after.known == after.words and wrong >= 2 and after.different >= 2:
        return True
    if after.known == after.words > 1 and wrong == 1:
        return _one_word_tells(name, misread)
    return (
        wrong >= 3
        and after.different >= 3
        and after.share >= (0.75 if after.marked > 3 else 1)
        and 4 * after.marked >= after.words
        and 10 * after.known >= 7 * after.words
    )


def _one_word_tells(name: str, misread: str) -> bool:
    """Whether the only wrong word has a sign inside (Hµ), or letters that are one in VNI (leä)."""
    words = _words(misread)
    if name == "tcvn3":
        return any(re.search("[a-zA-Z][¡-¿]|[¡-¿][a-zA-Z]", word) for word in words)
    return name == "vni" and len(words) > 2 and any(map(_is_pair_of_vni, words))


def _is_pair_of_vni(word: str) -> bool:
    is_syllable = split_tone(word)[0].lower() in possible()  # oàn: written so, or cut off
    return not is_syllable and len(reading("vni").read(word)) < len(word)


def find_misread_lines(text: str) -> Rewrite | None:
    """Lines that were read as Latin-1 or cp1252, and are TCVN3, VNI or the like.

    A line with a letter that only Vietnamese has is what it should be. Where such lines stand
    beside the others, each of these is looked at by itself.
    """
    mixed = is_vietnamese(text)

    def may_be(line: str) -> bool:
        return is_odd_line(line) if mixed else not line.isascii()

    misread = "\n".join(filter(may_be, text.split("\n")))
    name = detect(misread)
    if name is None:
        return None
    read = reading(name).read

    def convert(match: re.Match[str]) -> str:
        line = match.group()
        if not may_be(line) or (mixed and not _follows(line, read(line))):
            return line
        line = read(line)
        return with_capitals(line) if name == "tcvn3" else line

    return Rewrite(
        "legacy",
        re.compile("[^\n]+"),
        convert,
        encoding=name,
        warnings=_losses(name, misread),
    )


def _follows(line: str, read: str) -> bool:
    """Whether a line of a mixed document is of its old encoding too."""
    before, after = _sense(line), _sense(read)
    return after.share >= 0.5 and after.share > before.share


def _losses(name: str, misread: str) -> tuple[str, ...]:
    # U+00AD is ư in TCVN3. Some program took it for a soft hyphen: what is left is "ngêi".
    if name == "tcvn3" and len(misread) > 1000 and "\xad" not in misread:
        return ("letters ư were lost before (no U+00AD in a text in TCVN3)",)
    return ()


def find_lost_capitals(text: str, odd: frozenset[str]) -> Rewrite:
    """The capitals that a text in TCVN3 had in its fonts only."""
    return Rewrite("capitals", re.compile("[^\n]+"), lambda match: with_capitals(match.group()))


def with_capitals(line: str) -> str:
    """TCVN3 has no toned capitals: a font shows them. So they are put back by the letters beside.

    Cost: a lone capital word without other letters of ASCII (``Ở``) stays as it is, lower case.

    >>> with_capitals("BảNG TổNG HợP của TRANG THIếT Bị"), with_capitals("Và Hà NộI")
    ('BẢNG TỔNG HỢP của TRANG THIẾT Bị', 'Và Hà NỘI')
    >>> with_capitals("Vì QUÁ HâM Mộ")
    'VÌ QUÁ HÂM MỘ'
    """
    if line.islower():
        return line
    words = [re.findall("[A-Za-z]", word) for word in re.findall(_LETTERS, line)]
    capitals = all(letter.isupper() for word in words for letter in word)
    if capitals and sum(len(word) > 1 for word in words) > 1:
        return line.upper()
    return re.sub(_LETTERS, _capital_word, line)


def _capital_word(match: re.Match[str]) -> str:
    word = match.group()
    plain = re.findall("[A-Za-z]", word)
    # One capital in front is a name (Gà); two, or one behind, are a word in capitals.
    shouted = len(plain) > 1 or (plain and not word[0].isascii())
    return word.upper() if shouted and all(map(str.isupper, plain)) else word
