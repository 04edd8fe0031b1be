"""SQL for the values of landed records: a project's own names, looked up and quoted."""

import re
from collections.abc import Sequence

from journeymine.config_sources import Source
from journeymine.errors import SourceError
from journeymine.ingest import LandedContent

SEPARATOR = "chr(31)"


class Records:
    """SQL for the values of one landed content."""

    def __init__(self, name: str, source: Source, content: LandedContent) -> None:
        self.name = name
        self.content = content
        self.null = source.null
        self.is_json = source.format == "jsonl"
        self.paths: list[str] = []

    def required(self, column: str) -> str:
        """Return the value of a declared column, or raise `SourceError`."""
        if not self.is_json and column not in self.content.columns:
            found = ", ".join(self.content.columns)
            message = (
                f"sources.{self.name}: {self.content.files[0]}: no column {column!r};"
                f" name one of: {found}"
            )
            raise SourceError(message)
        return self.value(column)

    def optional(self, column: str) -> str:
        """Return the value of a column, or null if the content has none."""
        if not self.is_json and column not in self.content.columns:
            return "cast(null as varchar)"
        return self.value(column)

    def value(self, column: str) -> str:
        """Return SQL for the value of a column, or of a path in a JSON record."""
        if self.is_json:
            path = "$" + "".join(f'."{part}"' for part in column.split("."))
            if path not in self.paths:
                self.paths.append(path)
            text = f"found[{self.paths.index(path) + 1}]"
        else:
            text = '"' + column.replace('"', '""') + '"'
        nulls = ", ".join(quoted(token) for token in self.null)
        return f"case when {text} not in ({nulls}) then {text} end" if nulls else text

    def attributes(self, names: Sequence[str]) -> str:
        """Return a JSON object of attribute to value, as text; null without any."""
        if not names:
            return "cast(null as varchar)"
        # Building a map costs ten times as much.
        pairs = ", ".join(f"{quoted(name)}, {self.required(name)}" for name in names)
        return f"cast(json_object({pairs}) as varchar)"

    def identifiers(self, columns: dict[str, str]) -> str:
        """Return `type=value` pairs joined by the unit separator, or null."""
        if not columns:
            return "cast(null as varchar)"
        pairs = ", ".join(
            f"{quoted(kind + '=')} || {self._identifier(kind, column)}"
            for kind, column in columns.items()
        )
        return f"nullif(concat_ws({SEPARATOR}, {pairs}), '')"

    def relation(self) -> str:
        """Return the relation that the values above are read from."""
        file = quoted(literal_path(str(self.content.folder / "records.parquet")))
        if not self.is_json:
            return f"read_parquet({file})"
        # All paths at once: the text is parsed once, not once per field.
        paths = ", ".join(quoted(path) for path in self.paths)
        return (
            f"(select record_index, json_extract_string(payload, [{paths}]) as found"
            f" from read_parquet({file}))"
        )

    def _identifier(self, kind: str, column: str) -> str:
        trimmed = f"nullif(trim({self.required(column)}), '')"
        # An address is the same person's however it is written.
        return f"lower({trimmed})" if kind == "email" else trimmed


def quoted(text: str) -> str:
    """Return a text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str) -> str:
    """Return a path that DuckDB, which reads paths as patterns, takes as it stands."""
    return re.sub(r"([*?\[])", r"[\1]", path)
