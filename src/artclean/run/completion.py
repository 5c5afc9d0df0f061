"""Completion for shells: scripts made from the command's own options, that never start Python."""

import click

# What can follow an option: words to choose from, a file, or something nobody can guess.
_FILES = frozenset(("PATH", "FILE"))


def completion_script(command: click.Command, shell: str) -> str:
    """The script for ``bash``, ``zsh`` or ``fish``."""
    options = [each for each in command.params if isinstance(each, click.Option)]
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](options)


def _choices(option: click.Option) -> tuple[str, ...]:
    return tuple(option.type.choices) if isinstance(option.type, click.Choice) else ()


def _takes_value(option: click.Option) -> bool:
    return not option.is_flag and not option.count


def _takes_file(option: click.Option) -> bool:
    return _takes_value(option) and option.metavar in _FILES


def _bash(options: list[click.Option]) -> str:
    cases = []
    for option in options:
        if not _takes_value(option):
            continue
        if choices := _choices(option):
            reply = f'COMPREPLY=($(compgen -W "{" ".join(choices)}" -- "$word"))'
        elif _takes_file(option):
            reply = 'COMPREPLY=($(compgen -f -- "$word"))'
        else:
            reply = "COMPREPLY=()"
        cases.append(f"        {'|'.join(option.opts)}) {reply}; return ;;\n")
    names = " ".join(name for option in options for name in option.opts)
    return f"""\
# bash completion for artclean: source this file, or put it in
# ~/.local/share/bash-completion/completions/artclean
_artclean() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
    # "--to=md" arrives as three words.
    if [[ $word == "=" ]]; then word=""; fi
    if [[ $before == "=" ]]; then before=${{COMP_WORDS[COMP_CWORD-2]}}; fi
    local IFS=$' \\t\\n'
    case $before in
{"".join(cases)}    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "{names}" -- "$word"))
    else
        local IFS=$'\\n'
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}}
complete -o filenames -F _artclean artclean
"""


def _zsh(options: list[click.Option]) -> str:
    rows = []
    for option in options:
        text = _zsh_quoted((option.help or "").replace("[", "\\[").replace("]", "\\]"))
        value = ""
        if choices := _choices(option):
            value = f":{option.name}:({' '.join(choices)})"
        elif _takes_file(option):
            value = f":{option.name}:_files"
        elif _takes_value(option):
            value = f":{option.metavar or option.name}: "
        many = "*" if option.multiple or option.count else f"({' '.join(option.opts)})"
        for name in option.opts:
            equals = "=" if value and name.startswith("--") else ""
            rows.append(f"    '{many}'{name}{equals}'[{text}]{value}' \\\n")
    return f"""\
#compdef artclean
# zsh completion for artclean: put this file as _artclean in a directory of $fpath.
_arguments -s \\
{"".join(rows)}    '*:dump:_files'
"""


def _zsh_quoted(text: str) -> str:
    return text.replace("'", "'\\''").replace(":", "\\:")


def _fish(options: list[click.Option]) -> str:
    rows = []
    for option in options:
        names = "".join(
            f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}"
            for name in option.opts
        )
        value = ""
        if choices := _choices(option):
            value = f" -x -a '{' '.join(choices)}'"
        elif _takes_file(option):
            value = " -r -F"
        elif _takes_value(option):
            value = " -x"
        text = (option.help or "").replace("\\", "\\\\").replace("'", "\\'")
        rows.append(f"complete -c artclean{names}{value} -d '{text}'\n")
    return (
        "# fish completion for artclean: put this file as artclean.fish into\n"
        f"# ~/.config/fish/completions\n{''.join(rows)}"
    )
