"""Sources that are no files: a query of a database, or a resource of dlt."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from journeymine.config_values import ColumnNames, parse_duration

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESOURCE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")

NOT_FILES = {"postgres": "database", "dlt": "resource"}
"""Formats that read no files -> the setting that says what they read."""


def _name_of_a_variable(value: str) -> str:
    if not VARIABLE.fullmatch(value):
        # The value is not repeated: it may be the secret itself.
        message = (
            "is no name of an environment variable; put the address of the database"
            ' into one, and write its name here, for example "SHOP_DSN"'
        )
        raise ValueError(message)
    return value


def _name_of_a_function(value: str) -> str:
    if not RESOURCE.fullmatch(value):
        message = f'{value!r} names no function; write "package.module:function"'
        raise ValueError(message)
    return value


def _length_or_number(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        return value if isinstance(value, timedelta) else parse_duration(value)
    if value < 0:
        message = "is less than nothing; write 0 or more"
        raise ValueError(message)
    return value


class Database(BaseModel):
    """Rows of a database: what to ask it for, and how to ask for what is new.

    Attributes
    ----------
    connection
        The environment variable that holds the address, with its password.
    table, query
        One of them: a table or view, or a `select`.
    key
        Columns that no two rows have in common.
    cursor
        A column that grows with every change: a time, a number or a text.
    overlap
        How far below the greatest cursor that was seen rows are read again, because
        some are committed late: a length of time, or a number. By default an hour
        where the cursor is a time, else nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    connection: Annotated[str, AfterValidator(_name_of_a_variable)]
    table: Annotated[str, Field(min_length=1)] | None = None
    query: Annotated[str, Field(min_length=1)] | None = None
    key: ColumnNames
    cursor: str | None = None
    overlap: Annotated[timedelta | int, BeforeValidator(_length_or_number)] | None = (
        None
    )

    @model_validator(mode="after")
    def _asks_for_one_thing(self) -> "Database":
        if (self.table is None) == (self.query is None):
            message = "name either a table or a query"
            raise ValueError(message)
        if self.overlap is not None and self.cursor is None:
            message = "overlap: is measured on the cursor; name one, or remove it"
            raise ValueError(message)
        return self


class Origin(BaseModel):
    """Where records come from, if not from files; each of these is a source's setting.

    `resource` is `package.module:function`, which returns a resource of dlt.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: Database | None = None
    resource: Annotated[str, AfterValidator(_name_of_a_function)] | None = None

    @property
    def has_files(self) -> bool:
        """Whether it names files that somebody else wrote."""
        return self.database is None and self.resource is None

    def problem_of_origin(self, file_format: str | None, mode: str) -> str | None:
        """Return what contradicts itself in how the records are come by, or None."""
        for needed, setting in NOT_FILES.items():
            is_set = getattr(self, setting) is not None
            if is_set and file_format != needed:
                return f'{setting}: goes with format = "{needed}"; set it'
            if file_format == needed and not is_set:
                return f'{setting}: missing; format = "{needed}" needs it'
        if self.database and (self.database.cursor is None) != (mode == "replace"):
            return (
                "database.cursor: name the column that grows with every change; or,"
                ' to read the whole table every time, set mode = "replace" and none'
            )
        return None
