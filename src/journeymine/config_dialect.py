"""How the text of files is laid out, where their format leaves it open."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

QUESTION_AND_CHOICE = 2
"""Rows of a header that are joined."""


class Dialect(BaseModel):
    """How files are laid out; each of these is a setting of a source.

    Of CSV and TSV, `header` names the columns of files that have none, all of them in
    order. `header_rows` counts the rows of a header: the first of them names the
    columns, or with `header_names = "joined"` both of two do, as `question / choice`.
    Without `quote`, quotes are characters like others. Of a JSON document, `records`
    says where the array of records stands, as a path with dots.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    header: tuple[str, ...] = ()
    header_rows: int = Field(default=1, ge=1, le=9)
    header_names: Literal["first", "joined"] = "first"
    quote: bool = True
    records: str | None = Field(default=None, min_length=1)

    def problem_in(self, file_format: str | None) -> str | None:
        """Return which setting makes no sense, in a format if it is known; or None."""
        said = [name for name in Dialect.model_fields if name in self.model_fields_set]
        for name in said:
            fitting = ("json",) if name == "records" else ("csv", "tsv")
            if file_format and file_format not in fitting:
                return f"{name}: has a meaning in {' and '.join(fitting)}; remove it"
        if "header" in said:
            return self._problem_with_header()
        if self.header_names == "joined" and self.header_rows != QUESTION_AND_CHOICE:
            return 'header_names: "joined" is for two rows; set header_rows = 2'
        return None

    def _problem_with_header(self) -> str | None:
        if "header_rows" in self.model_fields_set:
            return "header: is for files that have none; remove it, or header_rows"
        if not self.header or not all(name.strip() for name in self.header):
            return "header: a column has no name; name all of them"
        if len({name.lower() for name in self.header}) < len(self.header):
            return "header: two columns have one name; give each its own"
        return None
