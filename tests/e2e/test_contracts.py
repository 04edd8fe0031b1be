"""Headers change: nothing is read by position, and nothing is lost in silence."""

from pathlib import Path

import pytest
from tests.e2e.running import Published, journeymine, ran
from tests.e2e.tiny import PROJECT

from journeymine.contracts import apply_contracts
from journeymine.errors import SourceError
from journeymine.ingest import land_source, read_landed
from journeymine.project_file import load_config
from journeymine.warehouse import connect
from journeymine.workflow import ingest

GOOD = """\
user_id,at,what,amount
good1,2024-01-01T10:00:00Z,view,5
good2,2024-01-02,buy,
"""
ROW = "{id},2024-03-01,view,5"
COLUMNS = 'user_id = "text", at = "time", what = "text", amount = "number"'
MUTATIONS = {
    # name: header and row, what is found, and whether a column that is read is gone
    "same": ("user_id,at,what,amount", ROW, [], False),
    "marked": ("\ufeffuser_id,at,what,amount", ROW, [], False),
    "quoted": ('"user_id","at",what,amount', ROW, [], False),
    "new_last": ("user_id,at,what,amount,x", ROW + ",x", ["new x"], False),
    "new_first": ("x,user_id,at,what,amount", "x," + ROW, ["new x"], False),
    "price": ("user_id,at,what,price", ROW, ["renamed amount"], False),
    "renamed": ("user_id,at,event,amount", ROW, ["renamed what"], True),
    "respelt": ("User ID,at,what,amount", ROW, ["renamed user_id"], True),
    "upper": ("USER_ID,at,what,amount", ROW, ["case_changed user_id"], True),
    "spaced": ("user_id,at ,what,amount", ROW, ["case_changed at"], True),
    "gone": (
        "user_id,at,what",
        "{id},2024-03-01,view",
        ["missing amount"],
        False,
    ),
    "read_gone": (
        "at,what,amount",
        "2024-03-01,view,5",
        ["missing user_id"],
        True,
    ),
    "swapped": (
        "at,user_id,what,amount",
        "2024-03-01,{id},view,5",
        ["reordered user_id"],
        False,
    ),
    "turned": (
        "what,amount,user_id,at",
        "view,5,{id},2024-03-01",
        ["reordered user_id"],
        False,
    ),
    "text": (
        "user_id,at,what,amount",
        "{id},2024-03-01,view,five",
        ["type_drifted amount"],
        False,
    ),
    "epoch": (
        "user_id,at,what,amount",
        "{id},1709251200,view,5",
        ["type_drifted at"],
        False,
    ),
    "semicolons": (
        "user_id;at;what;amount",
        "{id};2024-03-01;view;5",
        ["missing amount", "missing at", "missing user_id", "missing what"],
        True,
    ),
}
BROKEN = {
    f"{name}.csv"
    for name, (_, _, findings, _) in MUTATIONS.items()
    if any(not one.startswith("reordered") for one in findings)
}


def write(folder: Path, names: list[str], mode: str) -> Path:
    """Write a project with one file per mutation, and one as it should be."""
    texts = {"0_good": GOOD}
    for name in names:
        header, row, *_ = MUTATIONS[name]
        texts[name] = f"{header}\n{row.format(id=name)}\n"
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    contract = f'contract = {{ mode = "{mode}", columns = {{ {COLUMNS} }} }}'
    path = folder / "journeymine.toml"
    text = PROJECT.replace('"events.csv"', f'"*.csv"\n{contract}')
    path.write_text(text + "[ingest]\nmax_quarantined_share = 1.0\n", encoding="utf-8")
    return path


def judged(path: Path) -> tuple[dict[str, bool], list[str]]:
    """Return which files are read, and what is found, as a run does."""
    config = load_config(path)
    land_source(config, "web")
    landed = {"web": read_landed(config.output / "landing", "web")}
    with connect(":memory:", threads=1) as con:
        contents = apply_contracts(con, config, landed)["web"]
        found = con.execute(
            "select finding || ' ' || column_name from raw_contracts"
            " where finding <> 'new' or column_name = 'x' order by all"
        ).fetchall()
    is_read = {one.files[0]: one.refused is None for one in contents}
    return is_read, [str(row[0]) for row in found]


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_changed_header_is_found_and_dealt_with(name: str, tmp_path: Path) -> None:
    *_, findings, is_unreadable = MUTATIONS[name]
    is_broken = f"{name}.csv" in BROKEN
    for mode in ("evolve", "freeze", "quarantine"):
        folder = tmp_path / mode
        folder.mkdir()
        path = write(folder, [name], mode)
        if (mode == "evolve" and is_unreadable) or (mode == "freeze" and is_broken):
            with pytest.raises(SourceError, match=rf"sources\.web: {name}\.csv: "):
                judged(path)
            continue
        is_read, found = judged(path)
        assert found == findings
        assert is_read == {
            "0_good.csv": True,
            f"{name}.csv": mode == "evolve" or not is_broken,
        }


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Every mutation in one run that sets broken files aside."""
    folder = tmp_path_factory.mktemp("contracts")
    return ran(write(folder, [*MUTATIONS], "quarantine"), folder / "out")


def test_a_file_that_breaks_its_contract_is_set_aside_whole(
    published: Published,
) -> None:
    loads = published.rows(
        "select file, records, accepted, quarantined, refused from meta_loads"
    )
    for file, records, accepted, quarantined, refused in loads:
        assert accepted == (0 if file in BROKEN else records), file
        assert quarantined == (records if file in BROKEN else 0), file
        assert (refused or "").startswith("contract: ") == (file in BROKEN)
    set_aside = "select file, record_index, stage, line, byte_offset"
    assert published.rows(f"{set_aside} from meta_quarantine order by file") == [
        (file, 1, "contract", 2, len(MUTATIONS[file[:-4]][0].encode()) + 1)
        for file in sorted(BROKEN)
    ]


def test_a_reason_names_columns_and_no_values(published: Published) -> None:
    reasons = published.counts("select file, reason from meta_quarantine")
    assert reasons["text.csv"] == "contract: column 'amount' holds text, not number"
    assert reasons["spaced.csv"] == (
        "contract: column 'at ' differs from 'at' only in case or spaces"
    )
    assert published.rows(
        "select finding, column_name, expected, found, action from meta_contracts"
        " where file in ('renamed.csv', 'turned.csv') order by file"
    ) == [
        ("renamed", "what", "what", "event", "quarantined"),
        ("reordered", "user_id", "user_id", "what", "noted"),
    ]


def test_columns_are_read_by_name_in_whatever_order(published: Published) -> None:
    customers = published.rows(
        "select identifier from dim_identities where identifier_type = 'user_id'"
        " order by all"
    )
    assert [name for (name,) in customers] == [
        "good1",
        "good2",
        "marked",
        "quoted",
        "same",
        "swapped",
        "turned",
    ]


def test_a_frozen_contract_that_is_broken_stops_the_run(tmp_path: Path) -> None:
    project = write(tmp_path, ["new_last"], "freeze")
    done = journeymine("run", "--project", project)
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1] == (
        "Error: sources.web: new_last.csv: new column 'x';"
        " mend the export, or change sources.web.contract"
    )
    assert not (tmp_path / "out" / "current").exists()


def test_a_key_of_json_in_another_case_stops_the_run(tmp_path: Path) -> None:
    event = '{"user_id": "u1", "at": "2024-03-01", "what": "view"}\n'
    path = tmp_path / "journeymine.toml"
    text = PROJECT.replace('"csv"', '"jsonl"').replace("events.csv", "*.jsonl")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(event, encoding="utf-8")
    assert judged(path) == ({"a.jsonl": True}, [])
    some = event + event.replace("user_id", "User_ID")
    (tmp_path / "b.jsonl").write_text(some, encoding="utf-8")
    with pytest.raises(SourceError, match="'User_ID' differs from 'user_id' only in"):
        judged(path)


def test_an_export_that_is_mended_under_its_name_is_as_good_as_new(
    tmp_path: Path,
) -> None:
    config = load_config(write(tmp_path, ["renamed"], "freeze"))
    good = (tmp_path / "0_good.csv").read_text("utf-8")
    with pytest.raises(SourceError, match="renamed"):
        ingest(config, "web")
    assert read_landed(config.output / "landing", "web") == []
    (tmp_path / "renamed.csv").write_text(good.replace("good", "more"), "utf-8")
    ingest(config, "web")
    assert len(read_landed(config.output / "landing", "web")) == 2
