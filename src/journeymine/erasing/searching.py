"""Search for a person in what is landed, before anything is changed."""

from collections.abc import Sequence
from dataclasses import replace

from journeymine.config import Config
from journeymine.erasing.identifiers import (
    PROBE,
    Given,
    as_stitched,
    check_kinds,
)
from journeymine.erasing.persons import Extent, Person, extent_of, find_person
from journeymine.erasing.register import (
    Register,
    UnderWay,
    new_register,
    read_register,
    read_under_way,
)
from journeymine.erasing.staging import STITCHED, find_records, stage
from journeymine.errors import ConfigError, OutputError
from journeymine.ingest import read_sealed
from journeymine.warehouse import connect
from journeymine.workflow import work_folder


def search(config: Config, given: Sequence[Given]) -> tuple[Person, Extent]:
    """Return the person of some identifiers, and what will go with them.

    If none are given, it is the one whose erasure was stopped.

    Raises
    ------
    ConfigError
        If an identifier stands for nobody in particular, or there are none.
    OutputError
        If nothing was read yet.
    """
    landing = config.output / "landing"
    if not landing.is_dir():
        message = f"{config.output}: nothing was read; start with `journeymine run`"
        raise OutputError(message)
    stopped = unfinished(config)
    if not given and not stopped:
        message = "--identifier: missing; give one, as email=ann@example.com"
        raise ConfigError(message)
    landed = {name: read_sealed(config, name) for name in config.sources}
    with work_folder(config.output) as work, connect(work / "person.duckdb") as con:
        stage(con, config, landed, STITCHED)
        if not given and stopped:
            given = [Given(one, one) for one in stopped.identifiers]
        check_kinds(con, given, read_register(landing))
        person = find_person(con, given)
        find_records(con, registered(config, person))
        return person, extent_of(con, person)


def unfinished(config: Config) -> UnderWay | None:
    """Return an erasure that was stopped before its proof, or None."""
    return read_under_way(config.output / "landing")


def registered(config: Config, person: Person) -> Register:
    """Return the register with a person in it."""
    probe = as_stitched(config, PROBE).value
    register = read_register(config.output / "landing") or new_register(probe)
    return replace(register, probe=probe).adding(person.names, person.shared)
