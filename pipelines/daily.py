"""The daily flow: land every source side by side, then build and publish.

Prefect adds a schedule, retries and a record of each run. It decides nothing
about the data: every task is one call to the library.

    python pipelines/daily.py data/sample/journeymine.toml
"""

import os
import sys
from pathlib import Path

# Prefect reads its settings while it is imported. Nothing is sent home, and a
# server that has to be started for one run may take its time on a small machine.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180")

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from journeymine import load_config, workflow
from journeymine.config import Config


# An export that is still being written is complete a little later. Nothing is
# cached: the library knows each content by its hash and does no work twice.
@task(
    task_run_name="land {source}",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=10,
)
def land(config: Config, source: str) -> None:
    """Land the new files of one source. Tasks like this open no DuckDB file."""
    workflow.ingest(config, source)


# The one task that opens DuckDB, which allows a single writing process.
@task(cache_policy=NO_CACHE)
def publish(config: Config) -> Path:
    """Build every table from what has landed, and publish the snapshot."""
    return workflow.publish_run(config).snapshot


@flow(flow_run_name="daily of {project}")
def daily(project: Path) -> Path:
    """Run a project, and return the folder of its new snapshot.

    Parameters
    ----------
    project
        The project file; a relative path starts where the flow was deployed.
    """
    config = load_config(project)
    landings = [land.submit(config, source) for source in config.sources]
    for landing in landings:
        landing.result()  # of several failed sources, the first names the failure
    snapshot = publish(config)
    get_run_logger().info("published %s", snapshot)
    return snapshot


if __name__ == "__main__":
    daily(Path(sys.argv[1]))
