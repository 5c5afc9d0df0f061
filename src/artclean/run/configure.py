"""The options of a run: command line before environment before the project's file."""

import os
from typing import Any

import click
from click.core import ParameterSource

from artclean.errors import SettingsError
from artclean.run.config import Config, Override, common_folder, find_config, load_config
from artclean.run.errors import UsageError
from artclean.run.plan import VALUES

_GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)


def configured(context: click.Context, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with the project's settings where the user has said nothing.

    ``project`` is added to them: the file, with its ``include`` and ``exclude``, which do not
    replace those of the command line but are relative to where the file stands, and its
    overrides; and ``given``, the names of what stands on the command line. Raises
    ``SettingsError``.
    """
    config = _config_for(options)
    options = options | {"given": _given(context)}
    if not config.values and not config.overrides:
        return options | {"project": config}
    from artclean.run.settings import SETTINGS

    settled = dict(options)
    for key, value in config.values.items():
        parameter = _parameter(context, key)
        converted = _converted(parameter, context, key, value, config.path)
        if SETTINGS[key].kind is not list and not _is_given(context, parameter):
            settled[str(parameter.name)] = converted
    overrides = tuple(_override(override, context, config.path) for override in config.overrides)
    return settled | {"project": config._replace(overrides=overrides)}


def _config_for(options: dict[str, Any]) -> Config:
    if options["config"]:
        try:
            return load_config(options["config"])
        except OSError as error:
            raise SettingsError(f"{options['config']}: {error.strerror}") from error
    return find_config(common_folder(_named(options)))


def _named(options: dict[str, Any]) -> tuple[str, ...]:
    name = options["stdin_filename"] or "-"
    return tuple(name if path == "-" else path for path in options["paths"] or ("-",))


def _given(context: click.Context) -> frozenset[str]:
    names = (str(parameter.name) for parameter in context.command.params)
    source = context.get_parameter_source
    return frozenset(name for name in names if source(name) is ParameterSource.COMMANDLINE)


def _parameter(context: click.Context, key: str) -> click.Parameter:
    return next(each for each in context.command.params if f"--{key}" in each.opts)


def _is_given(context: click.Context, parameter: click.Parameter) -> bool:
    return context.get_parameter_source(str(parameter.name)) in _GIVEN


def _converted(
    parameter: click.Parameter, context: click.Context, key: str, value: Any, where: str
) -> Any:
    """A value as the option would have it. Raises ``SettingsError`` if it would not."""
    try:
        converted = parameter.type_cast_value(context, value)
        if key in VALUES:
            VALUES[key](converted)
    except click.BadParameter as error:
        raise SettingsError(f"{where}: {key}: {error.message}") from error
    except UsageError as error:
        raise SettingsError(f"{where}: {key}: {error}") from error
    return converted


def _override(override: Override, context: click.Context, path: str) -> Override:
    values = {}
    for key, value in override.values.items():
        parameter = _parameter(context, key)
        converted = _converted(parameter, context, key, value, f"{path}: overrides")
        if not _is_given(context, parameter):
            values[key] = converted
    return override._replace(values=values)


def settings_shown(context: click.Context, options: dict[str, Any]) -> str:
    """Every setting as TOML, with where its value comes from."""
    from artclean.run.settings import SETTINGS

    config: Config = options["project"]
    path = os.path.relpath(config.path) if config.path else ""
    rows = [f"# settings of the project: {path or 'none found'}"]
    for key, setting in SETTINGS.items():
        parameter = _parameter(context, key)
        given = _is_given(context, parameter)
        source = context.get_parameter_source(str(parameter.name))
        value = options[str(parameter.name)]
        here = "default"
        if given:
            here = "environment" if source is ParameterSource.ENVIRONMENT else "command line"
        if key in config.values and setting.kind is list:
            here = f"{path}, {here}" if given else path
            value = (*config.values[key], *value)
        elif key in config.values and not given:
            here = path
        rows.append(_row(key, value, here))
    for override in config.overrides:
        rows += ["", "[[overrides]]", f"files = {_toml(override.files)}"]
        rows += [f"{key} = {_toml(value)}" for key, value in override.values.items()]
    return "\n".join(rows) + "\n"


def _row(key: str, value: Any, source: str) -> str:
    if value is None:
        return f"# {key} is not set"
    return f"{key} = {_toml(value)}  # {source}"


def _toml(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    from json import dumps

    return dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
