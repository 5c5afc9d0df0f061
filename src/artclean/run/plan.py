"""A whole run as a value: what comes in, what is made of it, where it goes."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from artclean.run.config import Config
from artclean.run.errors import UsageError
from artclean.run.jobs import Job
from artclean.run.messages import is_terminal, wants_colour

_SHORTEST_TIMEOUT = 0.01  # seconds; a document takes a thousandth, the kernel's clock ticks in them
_LONGEST_TIMEOUT = 1e7
_MOST_DIGITS = 18  # of a number of bytes; Python takes 4,300, and no file has 10^18


class Plan(NamedTuple):
    """Everything that the options say, checked as far as that goes without touching a file."""

    job: Job
    paths: tuple[str, ...] = ()
    source_format: str = "auto"
    files_from: str | None = None
    null: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    no_ignore: bool = False
    hidden: bool = False
    stdin_filename: str | None = None
    output: str | None = None
    jobs: int | None = None
    timeout: float | None = 30.0  # seconds a document
    resume: bool = False
    project: Config = Config()
    report_file: str | None = None
    colour: str = "auto"
    quiet: bool = False
    verbose: int = 0


def plan_of(options: dict[str, Any]) -> Plan:
    """The plan that the options of the command line ask for. Raises ``UsageError``."""
    to_terminal = options["output"] is None and is_terminal(1)
    action = _action(options)
    _refuse_idle(options, action)
    job = Job(
        action=action,
        language=_valued("lang", options["language"]),
        encoding=options["encoding"],
        tone_style=options["tone_style"],
        reference_time=_valued("reference-time", options["reference_time"]),
        trace=options["trace"],
        on_terminal=to_terminal,
        colour=to_terminal and wants_colour(options["colour"], 1),
        text_key=options["text_key"],
        max_bytes=_valued("max-bytes", options["max_bytes"]),
        report=options["report"],
        exit_zero=options["exit_zero"],
        settings=_per_folder(options["project"]),
    )
    return Plan(
        job=job,
        paths=options["paths"],
        source_format=options["source_format"],
        files_from=options["files_from"],
        null=options["null"],
        include=options["include"],
        exclude=options["exclude"],
        no_ignore=options["no_ignore"],
        hidden=options["hidden"],
        stdin_filename=_stdin_filename(options["stdin_filename"]),
        output=_output(options["output"]),
        jobs=options["jobs"],
        timeout=_valued("timeout", options["timeout"]),
        resume=options["resume"],
        project=options["project"],
        report_file=_report_file(options["report_file"]),
        colour=options["colour"],
        quiet=options["quiet"],
        verbose=options["verbose"],
    )


def _timeout(seconds: float) -> float | None:
    """A deadline that clocks can keep; ``None`` for no limit, which is also what years are."""
    if seconds == 0 or seconds > _LONGEST_TIMEOUT:
        return None
    if not seconds >= _SHORTEST_TIMEOUT:  # or not a number
        raise UsageError(f"at least {_SHORTEST_TIMEOUT} seconds, or 0 for no limit")
    return seconds


def _output(path: str | None) -> str | None:
    """Where to write, ``None`` for standard output."""
    if path == "":
        raise UsageError("--output names nothing; standard output is -")
    return None if path in ("-", "/dev/stdout") else path


def _report_file(path: str | None) -> str | None:
    if path == "-":
        raise UsageError("--report-file needs the name of a file: standard output has the results")
    return path


def _stdin_filename(name: str | None) -> str | None:
    if name is not None and os.path.basename(name) in ("", ".", ".."):
        raise UsageError(f"--stdin-filename: {name!r} is no name of a file")
    return name


def _per_folder(project: Config) -> Config | None:
    """The overrides, as fields of a job; ``None`` if there are none."""
    if not project.overrides:
        return None
    return Config(
        project.path,
        {},
        tuple(
            override._replace(
                values={_FIELDS[key]: _valued(key, v) for key, v in override.values.items()}
            )
            for override in project.overrides
        ),
    )


def _action(options: dict[str, Any]) -> str:
    asked = [name for name in ("write", "diff", "check", "explain") if options[name]]
    if asked == ["diff", "check"]:
        return "diff"  # the patch says it all
    if len(asked) > 1:
        raise UsageError(f"--{asked[0]} and --{asked[1]} exclude each other")
    if not asked:
        return str(options["to"])
    if "to" in options["given"]:  # where a project's settings say it, it holds for other runs
        if asked == ["explain"]:
            raise UsageError("--explain has a form of its own; it does not go with --to")
        if options["to"] in ("md", "text"):
            raise UsageError(
                f"--{asked[0]} is about tidying; it does not go with --to {options['to']}"
            )
    if asked == ["write"] and options["output"] is not None:
        raise UsageError("--write changes the files themselves; it does not go with --output")
    return asked[0]


def _refuse_idle(options: dict[str, Any], action: str) -> None:
    """Raise ``UsageError`` for an option that would do nothing: it was meant to do something."""
    if options["trace"] and action != "json":
        other = action if action in ("check", "diff", "write", "explain") else f"to {action}"
        raise UsageError(f"--trace adds to the JSON; it does not go with --{other}")
    if "report" in options["given"] and action not in ("check", "diff"):
        raise UsageError("--report is the form of the findings of --check")
    if options["null"] and options["files_from"] is None:
        raise UsageError("-0 says how the names of --files-from end, and there is no --files-from")
    paths = options["paths"]
    if options["stdin_filename"] is not None and paths and "-" not in paths:
        raise UsageError("--stdin-filename is about standard input, which is not read here")


# A pattern would be plainer, but compiling it costs each start an eighth of a millisecond.
_POWERS = {"k": 10, "K": 10, "m": 20, "M": 20, "g": 30, "G": 30}


def size_of(text: str) -> int:
    """A number of bytes, with k, M or G behind it if that is shorter (powers of 1024).

    >>> size_of("16M"), size_of("512"), size_of("1KiB")
    (16777216, 512, 1024)
    """
    number, power = text.strip(), 0
    if number[-1:] in ("b", "B"):
        number = number[:-1]
        number = number[:-1] if number[-1:] in ("i", "I") else number
    if number[-1:] in _POWERS:
        number, power = number[:-1], _POWERS[number[-1]]
    number = number.rstrip()
    if not number.isdecimal() or len(number) > _MOST_DIGITS:
        raise UsageError(f"{text!r} is no number of bytes (16M, 512k, 1000000)")
    return int(number) << power


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no ISO time (2019-08-02T15:34:00+07:00)") from None


def _language(code: str) -> str:
    if code == "vi":
        return code  # the table is there; looking would cost a start a directory listing
    known = known_languages()
    if code in known:
        return code
    from difflib import get_close_matches

    near = get_close_matches(code, known, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"no table for {code!r}; {hint}there is: {', '.join(known)}")


def known_languages() -> list[str]:
    """The codes of the language tables that ship with the package."""
    folder = os.path.join(os.path.dirname(os.path.dirname(__file__)), "language")
    return sorted(name[:-5] for name in os.listdir(folder) if name.endswith(".toml"))


# Options whose values are more than their type says, and what a run makes of each. The reasons
# that these give name no option: the value may also stand in a file of settings.
VALUES: dict[str, Callable[[Any], Any]] = {
    "lang": _language,
    "reference-time": _time,
    "max-bytes": size_of,
    "timeout": _timeout,
}
# The settings that may differ from folder to folder: their fields of a job.
_FIELDS = {
    "encoding": "encoding",
    "lang": "language",
    "tone-style": "tone_style",
    "reference-time": "reference_time",
}


def _valued(key: str, value: Any) -> Any:
    """What the run makes of an option's value. Raises ``UsageError`` that names the option."""
    if key not in VALUES:
        return value
    try:
        return VALUES[key](value)
    except UsageError as error:
        raise UsageError(f"--{key}: {error}") from None
