"""What a connector says of an export."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journeymine.config_sources import TimeUnit

if TYPE_CHECKING:  # ingest calls this package
    from journeymine.ingest.parts import Content

TABLE = "table"
"""The connector of a source that names its columns itself."""


@dataclass(frozen=True)
class Table:
    """One kind of file that a system exports.

    Attributes
    ----------
    view
        The view of its records.
    title
        What a record is, in words.
    fields
        Field of the view -> columns, or paths with dots, of the record. Of several
        the first that a record fills counts: exporters name a field differently.
    required
        Those of the fields that every file has.
    identifiers
        Type of identifier -> the fields that hold one.
    activities
        A value as the export writes it, in lower case -> the activity it means.
    time_unit
        What times count since 1970, where they are numbers; None if they never are.
    reading
        Settings of a source that hold unless the project file says otherwise: how the
        files are read.
    """

    view: str
    title: str
    fields: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    identifiers: Mapping[str, tuple[str, ...]]
    activities: Mapping[str, str]
    time_unit: TimeUnit | None
    reading: Mapping[str, Any]

    @property
    def is_open(self) -> bool:
        """Whether it is the project file that names its columns."""
        return self.view == f"raw_{TABLE}"

    @property
    def times(self) -> list[str]:
        """Fields that hold times: their names end in `_at`."""
        return [field for field in self.fields if field.endswith("_at")]

    def columns_of(self, field: str, content: "Content") -> list[str]:
        """Return the columns, or paths, of a field in a content, the first one first.

        Case tells columns not apart, but keys of JSON. Every path is looked for in
        every record, so those whose key no record has are left out.
        """
        there = content.names
        if not content.is_json:
            found = {name.lower(): name for name in there}
            wanted = [name.lower() for name in self.fields[field]]
            return [found[name] for name in dict.fromkeys(wanted) if name in found]
        return [
            name
            for name in self.fields[field]
            # A content that does not tell its keys may have any.
            if not there or name in there or name.partition(".")[0] in there
        ]


@dataclass(frozen=True)
class Connector:
    """One system's export.

    Attributes
    ----------
    name
        As in the project file.
    title
        What it is, in words.
    system
        Default of a source's `system`.
    tried
        On which rows it has been tried: real ones, or none but the documented layout.
    tables
        Its tables by name; one without a name if there is only one.
    company
        Activities that are the company's, not the customer's.
    """

    name: str
    title: str
    system: str
    tried: str
    tables: Mapping[str, Table]
    company: tuple[str, ...]
