"""The expected journeys of the project file, as a `cfg_*` table."""

import duckdb

from journeymine.config import Config
from journeymine.config_expected import EVERYBODY
from journeymine.errors import ConfigError
from journeymine.warehouse import write_table


def write_expected(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_expected`: the personas that have an expected journey, and `all`.

    Raises
    ------
    ConfigError
        If a BPMN file is missing.
    """
    journeys = config.expected.journeys if config.expected else {}
    for name, journey in journeys.items():
        if journey.bpmn and not (config.folder / journey.bpmn).is_file():
            where = "expected" if name == EVERYBODY else f"expected.{name}"
            message = f"{where}.bpmn: {journey.bpmn}: no such file; write another path"
            raise ConfigError(message)
    write_table(con, "cfg_expected", "expected varchar", [(name,) for name in journeys])
