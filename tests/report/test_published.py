from pathlib import Path

from tests.e2e.running import Published
from tests.report.published import columns_of, publish


def test_the_made_up_tables_are_those_of_a_run(
    sample: Published, tmp_path: Path
) -> None:
    made_up = columns_of(publish(tmp_path / "made_up.duckdb", {}))
    assert made_up == columns_of(sample.database)
