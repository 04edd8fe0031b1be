"""What is said of each file and record that was read, from the landed contents."""

from pathlib import Path

import pytest
from tests.core.bench import Bench

from journeymine.balances import BALANCES
from journeymine.ingest import land_source, read_landed
from journeymine.loads import write_loads
from journeymine.project_file import load_config
from journeymine.raw import create_raw_views

SOURCE = """
[sources.web]
path = "{path}"
format = "{format}"
columns = {{ event_id = "id", occurred_at = "at", activity = "what" }}
"""
CSV = """id,at,what

1,2024-05-01 09:00,"a
b"
2,soon,a
3,2024-05-01 09:00
4,2990-05-01 09:00,a
"""
JSON = """{"id": "1", "at": "2024-05-01 09:00", "what": "a"}

{"id": "2", "at": "soon", "what": "a"}
{"id": "3"
{"id": "4", "at": "2990-05-01 09:00", "what": "a"}
"""


def load(bench: Bench, folder: Path, kind: str, *contents: str) -> None:
    """Land what one file held, one content after the other."""
    toml = SOURCE.format(path=f"web.{kind}", format=kind)
    project = folder / "journeymine.toml"
    project.write_text('[project]\nname = "T"' + toml, encoding="utf-8")
    config = load_config(project)
    for content in contents:
        (folder / f"web.{kind}").write_text(content, encoding="utf-8")
        land_source(config, "web")
    landed = {"web": read_landed(config.output / "landing", "web")}
    bench.set_project(toml)
    create_raw_views(bench.con, config, landed)
    write_loads(bench.con, landed)


@pytest.mark.parametrize(("kind", "text"), [("csv", CSV), ("jsonl", JSON)])
def test_a_record_that_is_set_aside_is_found_in_its_file(
    kind: str, text: str, bench: Bench, tmp_path: Path
) -> None:
    load(bench, tmp_path, kind, text)
    rows = bench.result_of(
        "meta_quarantine", "record_index, stage, reason, line, byte_offset"
    )
    assert [row[1] for row in rows] == ["staging", "framing", "staging"]
    assert [row[2] for row in rows][::2] == ["time not readable", "time after its load"]
    starts = ["2,soon", "3,2024", "4,2990"]
    if kind == "jsonl":
        starts = [f'{{"id": "{number}"' for number in (2, 3, 4)]
    for (_, _, _, line, offset), start in zip(rows, starts, strict=True):
        assert text.splitlines()[int(str(line)) - 1].startswith(start)
        assert text[int(str(offset)) :].startswith(start)


@pytest.mark.parametrize(("kind", "text"), [("csv", CSV), ("jsonl", JSON)])
def test_each_line_byte_and_record_of_a_file_is_accounted_for(
    kind: str, text: str, bench: Bench, tmp_path: Path
) -> None:
    load(bench, tmp_path, kind, text)
    assert bench.result_of(
        "meta_loads",
        "lines, header + blank",
        "records, accepted, quarantined, text_bytes",
        "header_bytes + blank_bytes + record_bytes",
    ) == [
        (
            len(text.splitlines()),
            2 if kind == "csv" else 1,
            4,
            1,
            3,
            len(text),
            len(text),
        )
    ]
    for balance in BALANCES[:4]:
        assert bench.con.execute(balance.sql).fetchall() == [(0,)], balance.name


def test_the_newest_content_of_a_file_is_known(bench: Bench, tmp_path: Path) -> None:
    mended = "id,at,what\n2,2024-05-01 09:00,a\n"
    load(bench, tmp_path, "csv", CSV, mended)
    assert bench.result_of("meta_loads", "is_newest, records, quarantined") == [
        (False, 4, 3),
        (True, 1, 0),
    ]


def test_a_replay_judges_by_the_moment_of_the_first_load(
    bench: Bench, tmp_path: Path
) -> None:
    load(bench, tmp_path, "csv", CSV)
    first = bench.con.execute("from raw_contents").fetchall()
    load(bench, tmp_path, "csv", CSV)
    assert bench.con.execute("from raw_contents").fetchall() == first
