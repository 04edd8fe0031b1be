"""Connectors: what a system's export holds, as data.

A connector is one TOML file here and one staging model
`sql/staging/stg_<connector>__events.sql`. The TOML names the tables of the export, the
fields of each, and where a field stands in a record: a column, or for JSON a path with
dots. A table becomes the view `raw_<connector>_<table>`; one without a name, of a
system that exports a single kind of file, becomes `raw_<connector>`.
"""

from journeymine.connectors.loading import connector_of, load_connectors
from journeymine.connectors.model import TABLE, Connector, Table
from journeymine.connectors.presets import prepared, table_of, used_connectors

__all__ = [
    "TABLE",
    "Connector",
    "Table",
    "connector_of",
    "load_connectors",
    "prepared",
    "table_of",
    "used_connectors",
]
