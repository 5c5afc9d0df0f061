"""The manual page, made of what the command says about itself.

``python -m artclean.run.manual > docs/artclean.1`` writes it anew; a test compares.
"""

import re

import click

from artclean import __version__

_SEE = """\
https://git-scm.com/docs/git-apply, the JSON Schema that
.B artclean \\-\\-schema
prints, and the files
.I docs/configuration.md
and
.I docs/pre-commit.md
of the source."""

_FILES = """\
.TP
.I artclean.toml\\fR, \\fIpyproject.toml
Settings of a project, in the nearest directory upwards that has any; in
.I pyproject.toml
under [tool.artclean].
.TP
.I .gitignore\\fR, \\fI.ignore\\fR, \\fI.artcleanignore
What is not looked at in directories."""

_ENVIRONMENT = """\
.TP
.B ARTCLEAN_JOBS
As
.BR \\-\\-jobs .
.TP
.BR NO_COLOR ", " FORCE_COLOR
No colours; colours although it is no terminal.
.TP
.B PRE_COMMIT
One process, and no progress bar; pre-commit sets it."""


def manual_page(command: click.Command, help_text: str) -> str:
    """The page in the man macros. ``help_text`` is what ``--help`` prints."""
    usage, purpose, examples, status = _parts(help_text)
    rows = [
        f'.TH ARTCLEAN 1 "" "artclean {__version__}" "User Commands"',
        ".SH NAME",
        "artclean \\- turn raw dumps of news articles into clean, structured text",
        ".SH SYNOPSIS",
        f".B artclean\n{_escaped(usage)}",
        f".SH DESCRIPTION\n{_escaped(purpose)}",
        ".SH OPTIONS",
        *(_option(each) for each in command.params if isinstance(each, click.Option)),
        f".SH EXIT STATUS\n{_escaped(status)}",
        f".SH FILES\n{_FILES}",
        f".SH ENVIRONMENT\n{_ENVIRONMENT}",
        ".SH EXAMPLES",
        *(f".TP\n.B {_escaped(line)}\n{_escaped(text)}" for line, text in examples),
        f".SH SEE ALSO\n{_SEE}",
    ]
    return "\n".join(rows) + "\n"


def _parts(text: str) -> tuple[str, str, list[tuple[str, str]], str]:
    """The usage, the purpose, the examples, and the exit status of a help text."""
    first, purpose, examples, *_, status = text.strip().split("\n\n")
    lines = [re.split(r" {2,}", line.strip(), maxsplit=1) for line in examples.split("\n")]
    return (
        first.removeprefix("Usage: artclean "),
        purpose,
        [(line, meaning) for line, meaning in lines],
        status.removeprefix("Exit status: "),
    )


def _option(option: click.Option) -> str:
    names = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in sorted(option.opts, key=len))
    value = ""
    if isinstance(option.type, click.Choice):
        value = f" \\fI{_escaped('|'.join(option.type.choices))}\\fR"
    elif option.metavar:
        value = f" \\fI{option.metavar}\\fR"
    text = option.help or ""
    if value and isinstance(option.default, (str, int, float)):
        text += f" [{option.default}]"
    return f".TP\n{names}{value}\n{_escaped(text)}"


def _escaped(text: str) -> str:
    """Text as roff takes it: no control lines, and a hyphen that can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


if __name__ == "__main__":
    from artclean.cli import HELP, command

    print(manual_page(command, HELP), end="")
