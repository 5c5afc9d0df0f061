"""An article as Markdown with YAML front matter, in the names that Hugo uses."""

import re
from collections.abc import Iterator

from artclean.model import Article, Block

# Characters that a YAML double-quoted scalar cannot hold as they are (YAML 1.2, section 5.1),
# and the line ends of YAML 1.1. Everything else is printable in both.
_UNSAFE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}

# What Markdown would read as markup anywhere in a line, and at its start. The search goes from one
# of these characters to the next; what stands beside it is asked then.
_INLINE = re.compile(
    r"[\\`\[\]<*_&](?:(?<=[\\`\[\]<])"
    r"|(?<=\*)(?:(?<!\s\*)|(?!\s))"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"
    r"|(?<=&)(?=(#?\w{1,31};)))"
)
# Two tildes strike out in the Markdown of GitHub; hashes behind a heading close it.
_TILDE = re.compile(r"~")
_CLOSING = re.compile(r" #+\Z")
_START = re.compile(r"(?:#{1,6}(?=\s|$)|[>+~=|]|-(?=[\s-]*$|--)|\d{1,9}(?=[.)](?:\s|$)))")


def yaml_string(text: str) -> str:
    """A double-quoted scalar that YAML 1.1 and 1.2 read back as ``text``.

    >>> print(yaml_string('Ông nói: "Không"'))
    "Ông nói: \\"Không\\""
    """
    return f'"{_UNSAFE.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def escape(text: str) -> str:
    """A line of text as Markdown that shows the same characters.

    >>> print(escape("5*3 và snake_case, 2. Xã"))
    5\\*3 và snake_case, 2. Xã
    >>> print(escape("2. Xã Đông Hồ"))
    2\\. Xã Đông Hồ
    """
    text = _INLINE.sub(_escaped, text)
    if text.count("~") > 1:
        text = _TILDE.sub(r"\\~", text)
    start = _START.match(text)
    if start is None:
        return text
    # "1. " and "1) " open a list by what stands behind the number.
    cut = start.end() if start[0].isdigit() else 0
    return f"{text[:cut]}\\{text[cut:]}"


def _escaped(found: re.Match[str]) -> str:
    name = found[1]
    if name and not name.startswith("#"):
        from html.entities import html5

        if name not in html5:
            return "&"  # as in "Bộ KH&CN;"
    return f"\\{found[0]}"


def _escape_first(found: re.Match[str]) -> str:
    return f" \\{found[0].lstrip()}"


def front_matter(article: Article) -> Iterator[str]:
    """The lines of the front matter; a field that the dump does not give has none."""
    fields = (
        ("title", article.title),
        ("date", article.published),
        ("lastmod", article.updated),
        ("authors", article.authors),
        ("description", article.lead),
        ("source", article.agency),
        ("tags", article.tags),
    )
    yield "---"
    for name, value in fields:
        if isinstance(value, str):
            yield f"{name}: {yaml_string(value)}"
        elif value:
            yield f"{name}:"
            for item in value:
                yield f"  - {yaml_string(item)}"
    yield "---"


def _block(block: Block) -> str:
    if block.kind == "heading":
        return f"## {_CLOSING.sub(_escape_first, escape(block.text))}"
    if block.kind == "caption":
        words = f"{block.text} ({block.credit})" if block.credit else block.text
        return f"_{escape(words)}_"  # as prettier has it; mdformat takes either mark
    return escape(block.text)


def to_markdown(article: Article) -> str:
    """Front matter, then the story with its captions in italics; one newline at the end."""
    blocks = "\n\n".join(_block(block) for block in article.blocks)
    return (
        "\n".join((*front_matter(article), "", blocks, ""))
        if blocks
        else "\n".join((*front_matter(article), ""))
    )
