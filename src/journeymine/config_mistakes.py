"""What is wrong with settings, in one line of words that a user knows."""

from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails


def line_of(error: ValidationError, whole: type[BaseModel]) -> str:
    """Return one mistake as `setting: what is wrong; what to do`.

    `whole` is what was to be made of the settings: an unknown one is told with the
    nearest that is known in its section.
    """
    return _line_of(_clearest(error.errors()), whole)


def _clearest(errors: list[ErrorDetails]) -> ErrorDetails:
    """Return the first error; of a union that also takes a word, the other branch's."""
    place = [part for part in errors[0]["loc"] if not _is_branch(str(part))]
    beside = [
        error
        for error in errors
        if [part for part in error["loc"] if not _is_branch(str(part))] == place
        and error["type"] != "literal_error"
    ]
    return (beside or errors)[0]


def _line_of(error: ErrorDetails, whole: type[BaseModel]) -> str:
    # pydantic names the branch of a union that it tried: no part of the setting.
    parts = [str(part) for part in error["loc"] if not _is_branch(str(part))]
    setting = ".".join(parts)
    if error["type"] == "extra_forbidden":
        near = get_close_matches(parts[-1], _keys_beside(parts[:-1], whole), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "remove it"
        return f"{setting}: unknown setting; {hint}"
    if error["type"] == "missing":
        return f"{setting}: missing; add it"
    text = error["msg"].removeprefix("Value error, ")
    return f"{setting}: {text}" if setting else text


def _is_branch(part: str) -> bool:
    return "[" in part or part in {"constrained-int", "timedelta"}


def _keys_beside(parents: list[str], whole: type[BaseModel]) -> list[str]:
    """Return the settings that are known in the section that `parents` names."""
    section = whole
    for name in parents:
        field = section.model_fields.get(name)
        if field is None:
            continue  # the name of a source, funnel, ...: its section is known
        nested = [
            kind
            for kind in (field.annotation, *get_args(field.annotation))
            if isinstance(kind, type) and issubclass(kind, BaseModel)
        ]
        if nested:
            section = nested[0]
    fields = section.model_fields.items()
    return [field.alias or name for name, field in fields if name != "folder"]
