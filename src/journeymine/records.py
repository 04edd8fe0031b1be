"""SQL for the values of landed records: a project's own names, looked up and quoted."""

import re
from collections.abc import Iterable, Mapping, Sequence

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
        self.is_json = content.is_json
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
        """Return SQL for the value of a column, or of a path in a JSON record.

        A name with dots is a path, save in a record that has a key of this very name.
        """
        if self.is_json:
            text = self._found(column)
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

    def identifiers(self, columns: Mapping[str, Sequence[str]]) -> str:
        """Return `type=value` pairs joined by the unit separator, or null.

        Several columns of one type say that their values are one person.
        """
        return identifier_pairs(
            {kind: map(self.required, named) for kind, named in columns.items()}
        )

    def relation(self) -> str:
        """Return the relation that the values above are read from."""
        rows = landed_rows(self.content)
        if not self.is_json:
            return rows
        # All paths at once: the text is parsed once, not once per field.
        paths = ", ".join(quoted(path) for path in self.paths)
        return (
            f"(select record_index, json_extract_string(payload, [{paths}]) as found"
            f" from {rows})"
        )

    def _found(self, column: str) -> str:
        pointers = [_pointer(column.split("."))]
        if "." in column and column in self.content.keys:
            pointers.insert(0, _pointer([column]))
        self.paths += [one for one in pointers if one not in self.paths]
        found = [f"found[{self.paths.index(one) + 1}]" for one in pointers]
        return f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]


def identifier_pairs(values: Mapping[str, Iterable[str]]) -> str:
    """Return SQL for `type=value` pairs joined by the unit separator, or null.

    Parameters
    ----------
    values
        Type of identifier -> SQL for each value of this type.
    """
    pairs = ", ".join(
        f"{quoted(kind + '=')} || {_identifier(kind, value)}"
        for kind, found in values.items()
        for value in found
    )
    if not pairs:
        return "cast(null as varchar)"
    return f"nullif(concat_ws({SEPARATOR}, {pairs}), '')"


def _identifier(kind: str, value: str) -> str:
    trimmed = f"nullif(trim({value}), '')"
    # An address is the same person's however it is written.
    return f"lower({trimmed})" if kind == "email" else trimmed


def has_good(content: LandedContent) -> bool:
    """Return whether a content has good records."""
    is_filled = content.records > content.quarantined or content.mended > 0
    return content.refused is None and is_filled


def first_key(column: str, content: LandedContent) -> str:
    """Return the column of a file, or the top-level key, that a value stands in."""
    is_path = content.is_json and column not in content.keys
    return column.partition(".")[0] if is_path else column


def landed_rows(content: LandedContent) -> str:
    """Return SQL for the good records of a content, mended ones in their places."""
    rows = parquet(content, "records")
    if not content.mended:
        return rows
    mended = parquet(content, "mended")
    return (
        f"(select * from {rows} where record_index not in"
        f" (select record_index from {mended}) union all by name from {mended})"
    )


def parquet(content: LandedContent, name: str) -> str:
    """Return SQL that reads one of the files of a landed content."""
    path = literal_path(str(content.folder / f"{name}.parquet"))
    return f"read_parquet({quoted(path)})"


def _pointer(keys: Sequence[str]) -> str:
    """Return the place of a value in JSON (RFC 6901), whatever its keys are made of."""
    escaped = (key.replace("~", "~0").replace("/", "~1") for key in keys)
    return "".join(f"/{key}" for key in escaped)


def quoted(text: str) -> str:
    """Return a text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str) -> str:
    """Return a path that DuckDB, which reads paths as patterns, takes as it stands."""
    return re.sub(r"([*?\[])", r"[\1]", path)
