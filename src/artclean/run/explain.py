"""Every line of a dump with its label and the rule that decided, for a person at a terminal."""

from collections.abc import Iterable
from io import StringIO

from artclean.article.ledger import GOES
from artclean.model import Label, LabelledLine
from artclean.run.messages import safe

# As in a newsroom's proof: what is above the story in one family of colours, pictures in
# another, and what goes is grey and struck through.
COLOURS = {
    Label.TITLE: "bold green",
    Label.KICKER: "green",
    Label.TIMESTAMP: "cyan",
    Label.BYLINE: "bright_cyan",
    Label.AGENCY: "bright_cyan",
    Label.TAGS: "cyan",
    Label.LEAD: "bold",
    Label.PARAGRAPH: "none",
    Label.HEADING: "bold blue",
    Label.CAPTION: "magenta",
    Label.REPEAT: "bright_black",
    Label.RELATED: "yellow",
    Label.BOILERPLATE: "yellow",
    Label.JUNK: "bright_black",
    Label.BLANK: "bright_black",
}

# Why a rule decides as it does, where its name leaves that open. The others are rows of the
# language's table and bear the name of what they describe.
REASONS = {
    "above-title": "a section's name stands above the title",
    "before-date": "stands above the date",
    "behind-byline": "stands behind the author's name",
    "beside-date": "stands beside the date",
    "credit": "ends in a photographer's or source's name",
    "credit-above": "the credit of the line below it",
    "credit-below": "the credit of the line above it",
    "credit-below-it": "the line below it is the credit",
    "dated-link": "headlines with their dates, at the foot",
    "date-of-link": "the date of a link, not of the article",
    "first-line": "the first line that can be one",
    "first-paragraph": "the first paragraph of the story",
    "initials": "initials behind the last paragraph",
    "link-below": "a headline without a story of its own",
    "no-words": "no letter and no digit in it",
    "picture-cell": "words in the cell of a picture's table",
    "said-before": "the words of a line above it",
    "said-twice": "a short line that stands there twice",
    "short-line": "short, and no sentence",
    "signature": "a name alone behind the story",
    "source": "names where the story comes from",
    "teaser": "leads to another article",
    "title-again": "the title once more",
    "under-lead": "stands between lead and story",
    "under-title": "stands between title and story",
    "widget-word": "a word of the page's furniture",
    "words-below": "the words of the picture announced above",
}


def reason_of_rule(rule: str) -> str:
    """The reason of a rule in a few words; empty where its name says all.

    >>> reason_of_rule("no-words"), reason_of_rule("key-title"), reason_of_rule("share-bar")
    ('no letter and no digit in it', "behind a crawler's key", '')
    """
    if rule.startswith("key-"):
        return "behind a crawler's key"
    return REASONS.get(rule, "")


def explanation_table(lines: Iterable[LabelledLine], *, colour: bool, width: int) -> str:
    """The table, as wide as the terminal; lines that go are struck through."""
    from rich.console import Console
    from rich.style import Style
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1), header_style="bold", pad_edge=False)
    table.add_column("line", justify="right", style="bright_black", no_wrap=True)
    table.add_column("label", no_wrap=True)
    table.add_column("rule", max_width=30)
    table.add_column("text", overflow="fold", ratio=1)
    for line in lines:
        tone = COLOURS[line.label]
        rule = Text(safe(line.rule))
        if reason := reason_of_rule(line.rule):
            rule.append(f"\n{reason}", "bright_black")
        struck = Style.parse(tone) + Style(strike=line.label in GOES)
        text = Text(safe(line.text), struck)
        table.add_row(str(line.line), Text(line.label, tone), rule, text)
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(table)
    return file.getvalue()
