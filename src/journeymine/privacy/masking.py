"""What a source's records become before anything of them is written.

A column that the project reads keeps its values, with tokens for the identifiers in
it; all others are emptied. Counts, places and names stay what they were.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, get_args

import pyarrow as pa

from journeymine.config_privacy import Kind
from journeymine.privacy.cells import each_replaced, some_replaced
from journeymine.privacy.forms import NATIONAL
from journeymine.privacy.mapping import ALL
from journeymine.privacy.payloads import pruned
from journeymine.privacy.tokens import Tokens

if TYPE_CHECKING:  # ingest calls this package
    from journeymine.ingest.parts import Part

INDEX, PAYLOAD = "record_index", "payload"
_NO_TEXT = ("{", "[", "null", "true", "false")
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Masking:
    """How the records of one source are changed.

    Attributes
    ----------
    tokens
        What stands for what is personal.
    kept
        Columns, or paths of JSON, that are kept; `ALL` ends the beginning of names.
    identifiers
        Column, or path -> type of the identifier in it, where all of it is replaced.
    null
        Values that say there is none.
    """

    tokens: Tokens
    kept: tuple[str, ...]
    identifiers: Mapping[str, str]
    null: tuple[str, ...] = ()

    @cached_property
    def _named(self) -> dict[str, str]:
        return {name.lower(): kind for name, kind in self.identifiers.items()}

    @cached_property
    def _lowered(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.kept)

    @property
    def pseudonyms(self) -> str:
        """The key and the rules of the tokens, as a hash."""
        return self.tokens.fingerprint

    @property
    def told(self) -> tuple[str, ...]:
        """What is kept, and as what, for a later run to compare."""
        kinds = (f"{name} = {kind}" for name, kind in sorted(self.identifiers.items()))
        return (*self.kept, *kinds)

    def parts(self, parts: Iterable["Part"], *, is_json: bool) -> Iterator["Part"]:
        """Yield the parts of a file, their values changed and their counts not."""
        for part in parts:
            bad = (replace(one, raw=self.raw(one.raw)) for one in part.quarantined)
            yield replace(
                part,
                rows=self.rows(part.rows, part.keys if is_json else None),
                quarantined=tuple(bad),
                places=None if part.places is None else _without_bytes(part.places),
                keys=self.names(part.keys),
                refused=part.refused and self.text(part.refused),
            )

    def rows(self, rows: pa.Table, keys: Sequence[str] | None) -> pa.Table:
        """Return good records, changed.

        Parameters
        ----------
        rows
            `record_index`, then the columns as they are called in the file.
        keys
            The keys of JSON objects; None if the columns are not a `payload` of them.
        """
        if keys is not None:
            payload = rows[PAYLOAD].combine_chunks()
            paths = [*self.kept]
            changed = pruned(payload, paths, keys, self._json_values)
            return rows.set_column(1, rows.schema.field(1), changed)
        columns = [rows[name].combine_chunks() for name in rows.column_names[1:]]
        named = zip(rows.column_names[1:], columns, strict=True)
        values = [self._values(name, one) for name, one in named]
        names = [INDEX, *self.names(rows.column_names[1:])]
        return pa.table([rows[INDEX], *values], names=names)

    def names(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return names of columns, which in a file without a header are values."""
        masked = [self.text(name) for name in names]
        if masked == [*names]:
            return tuple(names)
        return tuple(
            f"{name}_{place}" if masked.index(name) < place else name
            for place, name in enumerate(masked)
        )

    def names_of(self, types: Mapping[str, str]) -> dict[str, str]:
        """Return types of columns under the masked names of these."""
        return dict(zip(self.names([*types]), types.values(), strict=True))

    def text(self, text: str) -> str:
        """Return a text with tokens in the places of what is personal."""
        return self.tokens.within(text)

    def raw(self, raw: bytes) -> bytes:
        """Return the bytes of a broken record with tokens in them."""
        text = raw.decode("utf-8", "surrogateescape")
        masked = self.text(text)
        if "phone" in self.identifiers.values():
            masked = NATIONAL.sub(lambda one: self.tokens.of("phone", one[0]), masked)
        return raw if masked == text else masked.encode("utf-8", "surrogateescape")

    def keeps(self, name: str) -> bool:
        """Return whether the values of a column are kept."""
        begins = tuple(one.removesuffix(ALL) for one in self.kept if one.endswith(ALL))
        if begins and name.startswith(begins):
            return True
        # DuckDB, which reads the landed columns, does not tell case apart.
        return name.lower() in self._lowered

    def _values(self, name: str, values: pa.Array) -> pa.Array:
        if not self.keeps(name):
            return pa.nulls(len(values), pa.string())
        named = self._named.get(name.lower())
        if kind := _kind(named):
            return each_replaced(values, lambda texts: self._cells(texts, kind))
        return some_replaced(values, lambda texts: self._within(texts, named))

    def _json_values(self, path: str, values: pa.Array) -> pa.Array:
        named = self.identifiers.get(path)
        if kind := _kind(named):
            return each_replaced(values, lambda texts: self._json_cells(texts, kind))
        return some_replaced(values, lambda texts: self._within(texts, named))

    def _within(self, texts: list[str], named: str | None) -> list[str]:
        return [self.tokens.within(text, named) for text in texts]

    def _cells(self, values: list[str], kind: Kind) -> list[str]:
        tokens = self.tokens.of_all(kind, values)
        null = {*self.null, ""}
        return [
            value if value in null else token
            for value, token in zip(values, tokens, strict=True)
        ]

    def _json_cells(self, texts: list[str], kind: Kind) -> list[str]:
        values = [json.loads(one) if one.startswith('"') else one for one in texts]
        cells = zip(texts, values, self._cells(values, kind), strict=True)
        return [
            self.text(text)
            if text.startswith(_NO_TEXT)
            # What is no token stays as it was written.
            else text
            if token == value
            else f'"{token}"'
            for text, value, token in cells
        ]


def _kind(named: str | None) -> Kind | None:
    return next((kind for kind in KINDS if kind == named), None)


def _without_bytes(places: pa.Table) -> pa.Table:
    """Return places of records whose bytes are written anew from what is kept."""
    at = places.schema.get_field_index("raw")
    return places.set_column(
        at, places.schema.field(at), pa.nulls(len(places), pa.binary())
    )
