"""Sources in the project file: where exports lie, and what their columns mean."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from journeymine.config_databases import Origin
from journeymine.config_dialect import Dialect
from journeymine.config_values import (
    ColumnNames,
    Moment,
    Name,
    SourceSystem,
    Zone,
)

TimeUnit = Literal["seconds", "milliseconds", "microseconds"]
"""What a time counts since 1970, where it is a number."""


Format = Literal[
    "csv", "tsv", "jsonl", "json", "lines", "parquet", "xes", "ocel", "postgres", "dlt"
]
"""How records are read: the format of files, or what else they come from."""

EVENT_LOGS = ("xes", "ocel")
"""Formats that say which value is the time of an event, and which its activity."""


class Section(BaseModel):
    """A section of the project file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(Section):
    """Which column of a file holds which field of an event."""

    event_id: str | None = None
    occurred_at: str | None = None
    activity: str | None = None
    channel: str | None = None
    order: str | None = None
    version: str | None = None
    actor: str | None = None
    lifecycle: str | None = None
    instance: str | None = None
    resource: str | None = None
    amount: str | None = None
    currency: str | None = None
    session_id: str | None = None


class Contract(Section):
    """Which columns a source promises, in order, and what becomes of other files.

    `evolve` goes on and notes it, `freeze` stops the run, `quarantine` sets all records
    of the file aside.
    """

    mode: Literal["evolve", "freeze", "quarantine"] = "evolve"
    columns: dict[str, Literal["text", "number", "time", "boolean", "any"]] = Field(
        default_factory=dict
    )

    @model_validator(mode="before")
    @classmethod
    def _may_be_a_word(cls, value: object) -> object:
        return {"mode": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _promises_something(self) -> "Contract":
        if self.mode != "evolve" and not self.columns:
            # What is learned depends on which file came first: no ground to stop on.
            message = (
                f'columns is missing: with mode "{self.mode}", name all columns of the'
                " files, and the type of each"
            )
            raise ValueError(message)
        return self


class Source(Dialect, Origin, Section):
    """One export: where its files are, and what their columns mean.

    Of a connector that reads several tables, `tables` names the files of each; each is
    then a source of its own, `<source>.<table>`. With `table`, `path` names its files.
    `lifecycle` says which states of an activity are events: its end, or all. Of XES
    and OCEL all attributes are read unless `attributes` names some, and published
    unless `publish_attributes` is false; those of other formats only if it is true.
    """

    path: str = ""
    connector: Name | None = None
    table: Name | None = None
    tables: dict[Name, str] = Field(default_factory=dict)
    system: SourceSystem | None = None
    format: Format | None = None
    columns: Columns = Columns()
    constants: dict[Literal["activity", "channel", "actor", "currency"], str] = Field(
        default_factory=dict
    )
    prefix: str = ""
    company: tuple[str, ...] = ()
    identifiers: dict[Name, ColumnNames] = Field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    publish_attributes: bool | None = None
    lifecycle: Literal["complete", "all"] = "complete"
    segments: tuple[str, ...] = ()
    null: tuple[str, ...] = ("",)
    time_format: str | None = None
    time_unit: TimeUnit | None = None
    timezone: Zone | None = None
    encoding: Literal["utf-8", "utf-16", "latin-1", "windows-1252"] = "utf-8"
    complete_until: Moment | None = None
    required: bool = True
    mode: Literal["add", "replace"] = "add"
    dedupe: bool = True
    contract: Contract = Contract()

    @property
    def publishes_attributes(self) -> bool:
        """Whether the attributes of its events are published."""
        is_set = self.publish_attributes is not None
        return bool(self.publish_attributes) if is_set else self.is_event_log

    @property
    def is_event_log(self) -> bool:
        """Whether its format is a standard of event logs: it says what means what."""
        return self.format in EVENT_LOGS

    @model_validator(mode="before")
    @classmethod
    def _is_versioned_by_its_cursor(cls, value: Any) -> Any:  # noqa: ANN401  # unread
        match value:
            case {"connector": str()}:
                return value  # it knows its versions
            case {"database": {"cursor": str(cursor)}, "columns": dict(columns)}:
                return value | {"columns": {"version": cursor, **columns}}
        return value

    @model_validator(mode="after")
    def _is_laid_out_as_its_format(self) -> "Source":
        problem = self.problem_in(self.format)
        if problem:
            raise ValueError(problem)
        return self

    @model_validator(mode="after")
    def _tells_one_kind_of_time(self) -> "Source":
        if self.time_unit and self.time_format:
            message = (
                "time_unit: times are numbers, or texts of a time_format;"
                " keep one of the two"
            )
            raise ValueError(message)
        return self

    def _unplaced(self) -> str | None:
        """Return what is wrong with how the files are named, or None."""
        if self.tables and (self.path or self.table):
            return "tables: names all files; remove path and table"
        if not self.has_files and (self.path or self.tables):
            return "path: the records come from elsewhere; remove it"
        if self.has_files and not (self.path or self.tables):
            return "path: missing; add it"
        if (self.table or self.tables) and not self.connector:
            return "tables are a connector's; set connector, or path alone"
        return None

    @model_validator(mode="after")
    def _is_mapped(self) -> "Source":
        problem = self.problem_of_origin(self.format, self.mode) or self._unplaced()
        if problem or self.connector:
            pass  # a connector knows what columns mean
        elif not self.format:
            problem = "set connector, or format and columns"
        elif self.is_event_log:
            pass  # the standard names the time and the activity
        elif not self.columns.occurred_at:
            problem = "columns.occurred_at is missing: name the column with the time"
        elif not (self.columns.activity or "activity" in self.constants):
            problem = "columns.activity is missing: name the column with the activity"
        if problem:
            raise ValueError(problem)
        return self
