"""One run, from exports to a published report. Read this first."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb

from journeymine.build import build
from journeymine.config import Config
from journeymine.contracts import check_contract
from journeymine.erasing.keeping import keep_erased
from journeymine.errors import OutputError
from journeymine.gates import (
    check_loads,
    check_tables,
    counted_records,
    warnings_of,
)
from journeymine.identity_sensitivity import sensitivity_facts
from journeymine.ingest import land_source, read_sealed
from journeymine.locks import output_lock
from journeymine.marts import DATABASE, attach_marts, write_tables
from journeymine.personas.model import model_facts
from journeymine.publish import (
    Published,
    close_full,
    former_snapshot,
    newest,
    swap,
    write_manifest,
)
from journeymine.quarantine import write_overview
from journeymine.report import write_report
from journeymine.report.narrowing import EVERYTHING, Part
from journeymine.restricted import RESTRICTED
from journeymine.run_facts import facts_of
from journeymine.small_cells import share
from journeymine.warehouse import connect

Tell = Callable[[str, float], None]
"""Called with what is being done, and how much of the run is done, from 0 to 1."""


def run(
    config: Config, tell: Tell | None = None, threads: int | None = None
) -> Published:
    """Ingest every source, build every table, and publish them.

    Parameters
    ----------
    config
        The project.
    tell
        Called as the run proceeds.
    threads
        Threads of the database; default: one per core.

    Raises
    ------
    JourneymineError
        If the input, a gate, or the output is in the way; nothing is published then.
    """
    tell = tell or _silent
    with output_lock(config.output):
        _ingest_all(config, tell)
        return _publish(config, tell, threads)


def ingest(config: Config, name: str) -> None:
    """Land one source. Opens no DuckDB file, and holds only the source's lock.

    Raises
    ------
    SourceError
        If a file is missing or unreadable, or a required source has no record.
    """
    source = config.sources[name]
    loads = land_source(config, name, check=partial(check_contract, config, name))
    check_loads(name, loads, is_required=source.required)


def publish_run(
    config: Config, tell: Tell | None = None, threads: int | None = None
) -> Published:
    """Build and publish from what is landed: a run without its ingest."""
    with output_lock(config.output):
        return _publish(config, tell or _silent, threads)


def draw_report(config: Config, part: Part = EVERYTHING) -> Path:
    """Draw the report of the newest snapshot again, or of a part of it.

    The snapshot stays as it was published: the page is written to `<output>/report`,
    that of a part to a folder of its own there.

    Raises
    ------
    OutputError
        If nothing is published yet.
    QueryError
        If there is no such part, or none may be taken.
    """
    return write_report(newest(config.output, DATABASE), config.output / "report", part)


def _ingest_all(config: Config, tell: Tell) -> None:
    """Land the sources, two at a time; of several failures the first one is raised."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        landings = {name: pool.submit(ingest, config, name) for name in config.sources}
        try:
            for place, (name, landing) in enumerate(landings.items()):
                tell(f"reading {name}", 0.3 * place / len(landings))
                landing.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _publish(config: Config, tell: Tell, threads: int | None) -> Published:
    started_at = datetime.now(UTC)
    run_id = f"{started_at:%Y%m%dT%H%M%S}.{started_at.microsecond:06}Z"
    landing = config.output / "landing"
    with work_folder(config.output) as work:
        keep_erased(config, work)
        landed = {name: read_sealed(config, name) for name in config.sources}
        stage = work / "snapshot"
        least = config.privacy.min_cell if config.privacy else None
        full = stage / RESTRICTED if least else stage
        with connect(work / "build.duckdb", threads) as con:
            attach_marts(con, full)
            scalars = build(
                con,
                config,
                landed,
                full,
                lambda name, place, of: tell(
                    f"building {name}", 0.3 + 0.5 * place / of
                ),
            )
            write_overview(con, landing)
            tell("checking balances", 0.82)
            checked = _check(con, config)
            tell("writing tables", 0.85)
            write_tables(con, full)
        if least:
            tell("withholding small cells", 0.92)
            share(full, stage, least)
        tell("drawing the report", 0.95)
        write_report(stage / "journeymine.duckdb", stage / "report")
        facts = facts_of(config, scalars, run_id, started_at)
        facts |= checked | model_facts(config, full)
        # Its personas and identities are what this run's changes are told against.
        facts |= {"former_snapshot": former_snapshot(config.output)}
        if least:
            facts = close_full(full, facts, least)
        write_manifest(stage, facts)
        published = swap(stage, config.output, run_id, config.project.keep)
    tell("done", 1.0)
    return published


def _check(con: duckdb.DuckDBPyConnection, config: Config) -> dict[str, object]:
    balances = check_tables(con, config)
    return {
        "loads": counted_records(con),
        "warnings": warnings_of(con, config),
        "balances": balances,
        **sensitivity_facts(con, config),
    }


@contextmanager
def work_folder(output: Path) -> Iterator[Path]:
    """Make an empty folder for the run; remove it, and those of killed runs."""
    work = output / ".work"
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        yield work
    except OSError as error:
        message = (
            f"{output}: cannot be written: {error.strerror}; check space and rights"
        )
        raise OutputError(message) from error
    except (duckdb.IOException, duckdb.TransactionException) as error:
        first = str(error).splitlines()[0]
        message = f"{output}: cannot be written: {first}; check space and rights"
        raise OutputError(message) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _silent(what: str, done: float) -> None:
    """Tell nobody."""
