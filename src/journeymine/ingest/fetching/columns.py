"""Columns of a query, by their types: what is fetched of them, what they compare by."""

from dataclasses import dataclass

AS_THEY_ARE = (
    *("bool", "int2", "int4", "int8", "float4", "float8", "bytea"),
    *("text", "varchar", "name"),
)
"""Types that Arrow holds whole; the server makes text of all others."""

TIMES = ("timestamptz", "timestamp", "date")
NUMBERS = ("int2", "int4", "int8", "numeric", "float4", "float8")
TEXTS = ("text", "varchar", "bpchar", "name")


@dataclass(frozen=True)
class Column:
    """A column of the query, and its type."""

    name: str
    type: str
    is_nested: bool

    @property
    def place(self) -> str:
        """SQL for the column."""
        return f"query.{identifier(self.name)}"

    @property
    def text(self) -> str:
        """SQL for what is fetched of it."""
        value = self.place
        if self.is_nested:
            value = f"to_json({value})::text"
        elif self.type not in AS_THEY_ARE:
            value = f"{value}::text"
        return f"{value} as {identifier(self.name)}"

    @property
    def order(self) -> str:
        """SQL by which it is compared: texts byte by byte, wherever that is done."""
        return f'{self.place} collate "C"' if self.type in TEXTS else self.place


def identifier(name: str) -> str:
    """Return a name as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'
