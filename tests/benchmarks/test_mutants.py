"""Ten thousand mutants of valid files: what the tests do with a thousand."""

from pathlib import Path

from tests.ingest.mutants import FORMATS, FURTHER, check_mutants

MUTANTS = 10_000


def test_ten_thousand_mutants_lose_nothing(tmp_path: Path) -> None:
    sums = check_mutants(tmp_path, MUTANTS, seed=1, formats=FORMATS + FURTHER)
    print(f"\n{MUTANTS} mutants: {sums}")
    assert sums["framed"] + sums["refused"] == MUTANTS
