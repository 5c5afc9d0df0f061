"""The command line: options in, one call of the rim, an exit status out."""

import gc
import os
import sys
from typing import Any, NoReturn

import click

from artclean import __version__

HELP = """\
Usage: artclean [OPTIONS] [PATHS]...

Turn raw dumps of news articles into clean, structured text. Reads standard
input, files, and directories; writes to standard output.

  artclean dump.txt                          one article as JSON
  artclean --to md < dump.txt                ... as Markdown with front matter
  artclean -o clean/ dumps/                  a tree of files into a tree
  artclean --from jsonl < in.jsonl > out.jsonl    a record in, a record out
  artclean --explain dump.txt                every line, and why it went where

What comes in, what goes out:
  --from FORMAT         auto, text, md, html, jsonl (auto: by suffix)
  --to FORMAT           json, md, text, tidy (the dump itself, cleaned)
  -o, --output PATH     a file, or a directory that mirrors the input tree
  --text-key KEY        the key of a record's text [text]
  --explain, --trace    labels and rules: as a table; within the JSON
  -w, --write           tidy files in place   --check, --diff: would it?
  --report human|json|github|sarif, --exit-zero    of --check
How a dump is read:
  --encoding NAME       auto, utf-8, utf-16, cp1258, tcvn3, vni, viscii, ...
  --lang CODE, --tone-style keep|new|old, --reference-time ISO
Which files:
  --include, --exclude GLOB, --no-ignore, --hidden, --files-from FILE, -0
  --stdin-filename NAME
Long runs:
  -j, --jobs N          processes; 0: all cores   --max-bytes N, --timeout S
  --resume, --report-file FILE
Settings come from artclean.toml or pyproject.toml, else --config FILE:
  --show-settings       what holds here, and where it comes from
  --color WHEN, -q, --quiet, -v, --verbose, --schema, --version, -h, --help
  --completion bash|zsh|fish

Exit status: 0 done; 1 only from --check and --diff: something would change;
2 usage, or a file failed or was refused; 130, 141, 143 by signal.
"""

FORMATS_IN = ("auto", "text", "md", "html", "jsonl")
FORMATS_OUT = ("json", "md", "text", "tidy")
REPORTS = ("human", "json", "github", "sarif")
SHELLS = ("bash", "zsh", "fish")
ENCODINGS = (*("auto", "utf-8", "utf-16", "cp1258", "tcvn3", "tcvn5712", "vni", "viscii", "vps"),)

# What users of other tools type blind, and what it is called here.
MEANT = {
    "--format": "--to",
    "--output-format": "--to (of documents) or --report (of findings)",
    "--output-dir": "--output",
    "--in-place": "--write",
    "-i": "--write",
    "--fix": "--write",
    "--input": "--from",
    "--input-format": "--from",
    "--threads": "--jobs",
    "--workers": "--jobs",
    "--null": "-0",
    "--null-data": "-0",
    "--retry-failed": "--resume",
    "--dry-run": "--check",
    "-n": "--check",
    "--glob": "--include or --exclude",
    "-g": "--include or --exclude",
    "--language": "--lang",
    "--debug": "--explain",
    "--silent": "--quiet",
    "-V": "--version",
}


@click.command(add_help_option=False, context_settings={"allow_interspersed_args": True})
@click.argument("paths", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--to",
    type=click.Choice(FORMATS_OUT),
    default="json",
    help="What to write: one JSON object a document, Markdown with front matter, the "
    "story alone, or the dump itself, tidied.",
)
@click.option(
    "--from",
    "source_format",
    type=click.Choice(FORMATS_IN),
    default="auto",
    help="What comes in; auto goes by the suffix, standard input is text.",
)
@click.option(
    "-o",
    "--output",
    type=click.UNPROCESSED,
    metavar="PATH",
    help="Write to a file, or to a directory that mirrors the input tree.",
)
@click.option(
    "--text-key", default="text", metavar="KEY", help="The key of a record's text in JSON Lines."
)
@click.option(
    "-w",
    "--write",
    is_flag=True,
    help="Tidy files in place; the only option that changes an input.",
)
@click.option(
    "--check",
    is_flag=True,
    help="List what --write would change, and exit with 1 if that is anything.",
)
@click.option(
    "--diff",
    is_flag=True,
    help="Print what --write would change as a patch for git apply, and exit with 1 if "
    "that is anything.",
)
@click.option(
    "--report",
    type=click.Choice(REPORTS),
    default="human",
    help="The form of the findings of --check.",
)
@click.option(
    "--exit-zero", is_flag=True, help="Exit with 0 even if --check or --diff finds something."
)
@click.option(
    "--explain", is_flag=True, help="Show every line with its label and the rule that decided."
)
@click.option(
    "--trace",
    is_flag=True,
    help="Add every line with its label, and the ledger of all changes, to the JSON.",
)
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS, case_sensitive=False),
    default="auto",
    help="How bytes are read.",
)
@click.option("--lang", "language", default="vi", metavar="CODE", help="The language of the dumps.")
@click.option(
    "--tone-style",
    type=click.Choice(("keep", "new", "old")),
    default="keep",
    help="Where tone marks stand: as they are, hoà, or hòa.",
)
@click.option(
    "--reference-time",
    metavar="ISO",
    help="The moment that “3 giờ trước” and its like are counted from.",
)
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="Only files that match; patterns as in .gitignore.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="GLOB",
    help="No files that match, not even if they are named.",
)
@click.option("--no-ignore", is_flag=True, help="Ignore .gitignore, .ignore, and .artcleanignore.")
@click.option("--hidden", is_flag=True, help="Take hidden files and directories, too.")
@click.option(
    "--files-from",
    type=click.UNPROCESSED,
    metavar="FILE",
    help="Read the names of the inputs from a file, a line each; - is standard input.",
)
@click.option(
    "-0",
    "null",
    is_flag=True,
    help="The names of --files-from end in NUL, as find -print0 writes them.",
)
@click.option(
    "--stdin-filename",
    type=click.UNPROCESSED,
    metavar="NAME",
    help="What standard input is called: for its format, its settings, and the report.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    envvar="ARTCLEAN_JOBS",
    metavar="N",
    help="Processes to work with; 0 is one for each core.",
)
@click.option(
    "--max-bytes",
    default="16M",
    metavar="N",
    help="Refuse larger documents; k, M and G may follow.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0),
    default=30.0,
    metavar="SECONDS",
    help="Refuse a document that takes longer; 0 is no limit.",
)
@click.option("--resume", is_flag=True, help="Do only what an interrupted or failed run has left.")
@click.option(
    "--report-file",
    type=click.UNPROCESSED,
    metavar="FILE",
    help="Write a line of JSON about each document to a file.",
)
@click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help="When to use colours; auto is on a terminal.",
)
@click.option(
    "--config", type=click.UNPROCESSED, metavar="FILE", help="Take the settings from this file."
)
@click.option(
    "--show-settings",
    is_flag=True,
    help="Print the settings that hold here, and where each comes from.",
)
@click.option(
    "--completion", type=click.Choice(SHELLS), help="Print a completion script for a shell."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option(
    "-v",
    "--verbose",
    count=True,
    help="Say which files are passed over and why, and sum up at the end.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the output.")
@click.option("--version", is_flag=True, help="Print the version.")
@click.option("-h", "--help", "wants_help", is_flag=True, help="Print a page of help.")
def command(**options: Any) -> int:
    """Clean raw dumps of news articles."""
    if options["wants_help"]:
        return _print(HELP)
    if options["version"]:
        return _print(_version(verbose=options["verbose"]))
    if options["schema"]:
        from importlib.resources import files

        return _print(files("artclean.render").joinpath("schema.json").read_text("utf-8"))
    if options["completion"]:
        from artclean.run.completion import completion_script

        return _print(completion_script(command, options["completion"]))
    from artclean.run.batch import run
    from artclean.run.configure import configured, settings_shown
    from artclean.run.plan import plan_of

    context = click.get_current_context()
    options = configured(context, options)
    if options["show_settings"]:
        return _print(settings_shown(context, options))
    return run(plan_of(options))


def main(arguments: list[str] | None = None, prog_name: str = "artclean") -> NoReturn:
    """The command ``artclean``: do it and end the process with its exit status."""
    # Collecting cycles while modules load, and freeing a hundred thousand objects one by one
    # before the end, would each cost more than cleaning an article.
    gc.disable()
    from artclean.run.errors import Stopped
    from artclean.run.signals import die_by

    try:
        try:
            status = execute(sys.argv[1:] if arguments is None else arguments, prog_name)
        except Exception:
            # A fault of ours, for the bug report; Python's own status for it means something else.
            sys.excepthook(*sys.exc_info())
            status = 2
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except Stopped as stopped:  # when all was done, or nothing yet
        status = die_by(stopped.signal_number)
    os._exit(status)


def execute(arguments: list[str], prog_name: str = "artclean") -> int:
    """Carry out a command line and give its exit status; signals end the process by themselves."""
    from artclean.errors import SettingsError
    from artclean.run.errors import Stopped, UsageError
    from artclean.run.signals import die_by, stop_on_signals
    from artclean.run.streams import fill_standard_streams

    fill_standard_streams()
    stop_on_signals()
    try:
        # Not click's own main(): it exits with 1 on Ctrl-C and on a closed pipe, which would
        # read as "something would change".
        with command.make_context(prog_name, list(arguments)) as context:
            return int(command.invoke(context))
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.NoSuchOption as error:
        meant = MEANT.get(error.option_name)
        return _refuse(f"no such option: {error.option_name}. Did you mean {meant}?"
                       if meant else error.format_message())  # fmt: skip
    except click.UsageError as error:
        return _refuse(error.format_message())
    except (UsageError, SettingsError) as error:
        return _refuse(str(error))
    except BrokenPipeError:
        import signal

        return die_by(signal.SIGPIPE)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not error.filename:
            return _refuse("the current folder is gone")  # only it is looked up without a name
        return _refuse(f"{error.filename or 'the system'}: {error.strerror}")
    except Stopped as stopped:
        return die_by(stopped.signal_number)


def _refuse(reason: str) -> int:
    from artclean.run.messages import excerpt, tell

    tell(f"artclean: {excerpt(reason)}\nTry 'artclean --help'.")
    return 2


def _print(text: str) -> int:
    from artclean.run.messages import complain, reason_of
    from artclean.run.streams import Writer

    try:
        writer = Writer(1)
        writer.write(text.encode())
        writer.finish()
    except BrokenPipeError:
        raise
    except OSError as error:
        complain("standard output", reason_of(error))
        return 2
    return 0


def _version(*, verbose: int) -> str:
    # importlib.metadata would double the time of this command.
    import platform
    import unicodedata

    python = platform.python_version()
    text = f"artclean {__version__} (Python {python}, Unicode {unicodedata.unidata_version})\n"
    if verbose:
        from importlib.metadata import version

        parts = ("regex", "python-dateutil", "click", "rich")
        text += ", ".join(f"{name} {version(name)}" for name in parts) + "\n"
    return text
