"""Run a resource of dlt into Parquet files, in a process of its own.

dlt keeps settings and threads per process, and reads its configuration where that was
started. This file is run as a script, `resource_runner.py FOLDER RESOURCE`, and imports
nothing of this package, so that it is as quick as dlt is.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

FILES, STATE = "files", "state"
ROWS = "rows"


def main() -> None:
    """Load what the resource has to tell since it was last run."""
    folder, resource = Path(sys.argv[1]), sys.argv[2]
    sys.path[0] = str(Path.cwd())  # the folder of the project, not of this file
    import dlt  # noqa: PLC0415  # an extra

    pipeline = dlt.pipeline(
        "journeymine",
        pipelines_dir=str(folder / STATE),
        destination=dlt.destinations.filesystem(bucket_url=str(folder / FILES)),
        dataset_name=ROWS,
    )
    if pipeline.has_pending_data:  # of a run that was killed
        pipeline.run()
    pipeline.run(
        _resource(resource),
        table_name=ROWS,
        write_disposition="append",
        loader_file_format="parquet",
    )


def _resource(named: str) -> Any:  # noqa: ANN401  # dlt's class is in an extra
    """Return the resource, with nested values left in their columns, as JSON."""
    from dlt.extract import DltResource  # noqa: PLC0415  # an extra

    module, _, function = named.partition(":")
    found = getattr(import_module(module), function)()
    if not isinstance(found, DltResource):
        message = f"{named} returns {type(found).__name__}, and no resource of dlt"
        raise TypeError(message)
    found.max_table_nesting = 0
    return found


if __name__ == "__main__":
    main()
