"""What is landed under `[privacy]` holds no raw address, and all else as before."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.privacy.scanning import scan_for_personal

from journeymine.config import Config
from journeymine.errors import ConfigError, SourceError
from journeymine.ingest import (
    LandedContent,
    land_source,
    mend_records,
    raw_records,
    read_landed,
    read_sealed,
)
from journeymine.privacy import masked, masking_of, stitched
from journeymine.quarantine import bytes_of

KEYS = {"key": b"a key of 16 bytes", "other": b"another of 16 bytes"}
IDENTIFIERS = {"email": "mail", "phone": "tel", "user_id": "user"}
CSV = b"""\
at,what,mail,tel,user,note,city
1,a,Ann@Shop.DE,0170/1234567,u1,call +49 170 1234567,Bonn
2,b, ann@shop.de,+49 170 1234567,ann@shop.de,"see ""x"", bob@x.de
or ?m=bob%40x.de",Bonn
3,c,,unknown,u3,,Ulm
4,"d,bob@x.de
5,e,bob@x.de
"""
LONGER = CSV + b"6,f,,,,,\n"


@pytest.fixture
def shop(tmp_path: Path) -> Callable[..., Config]:
    """Write files, and return a project of one source over them, with privacy."""

    def write(files: dict[str, bytes], **settings: Any) -> Config:
        for name, content in {**files, **KEYS}.items():
            (tmp_path / name).write_bytes(content)
        source = {
            "path": next(iter(files), "gone*"),
            "format": "csv",
            "required": False,
            "columns": {"occurred_at": "at", "activity": "what"},
            "identifiers": IDENTIFIERS,
            "attributes": ["note"],
            **settings.pop("source", {}),
        }
        privacy = {"key_file": "key", "country_code": "+49"}
        said = {"privacy": privacy, **settings}
        return Config.model_validate(
            {
                "project": {"name": "test", "output": "out"},
                "sources": {"shop": source},
                "folder": tmp_path,
                **{name: one for name, one in said.items() if one is not None},
            }
        )

    return write


def landed(config: Config) -> LandedContent:
    land_source(config, "shop")
    (content,) = read_landed(config.output / "landing", "shop")
    return content


def rows(content: LandedContent, file: str = "records") -> list[dict[str, Any]]:
    return list(pq.read_table(content.folder / f"{file}.parquet").to_pylist())


def test_identifiers_become_tokens_and_what_is_not_mapped_is_empty(shop):
    config = shop({"a.csv": CSV})
    first, second, third = rows(landed(config))
    ann = stitched(config, "email", "ann@shop.de")
    phone = stitched(config, "phone", "+491701234567")
    assert (first["mail"], first["tel"], first["user"]) == (ann, phone, "u1")
    assert (second["mail"], second["tel"], second["user"]) == (ann, phone, ann)
    assert (third["mail"], third["tel"], third["user"]) == ("", "unknown", "u3")
    assert first["note"] == f"call {phone}"
    assert [row["city"] for row in (first, second, third)] == [None] * 3


def test_the_same_records_are_good_and_all_is_counted_as_before(shop):
    with_, without = (landed(shop({"a.csv": CSV}, **one)) for one in ({}, NO_PRIVACY))
    counts = ("sha256", "lines", "records", "quarantined", "columns", "types", "keys")
    for name in (*counts, "record_bytes", "header_bytes", "text_bytes"):
        assert getattr(with_, name) == getattr(without, name)
    places = ("record_index", "offset", "line", "bytes")
    for file in ("places", "quarantine"):
        found = [
            [{name: row.get(name) for name in places} for row in rows(one, file)]
            for one in (with_, without)
        ]
        assert found[0] == found[1]


NO_PRIVACY = {"privacy": None, "project": {"name": "test", "output": "off"}}


def test_nothing_that_lies_in_landing_is_personal(shop, tmp_path):
    files = {"for ann@shop.de.csv": CSV, "x.csv": b"at,what,bob@x.de\n1,a,b@c.de\n"}
    found = []
    for more in ({}, NO_PRIVACY):
        config = shop(files, source={"path": "*.csv"}, **more)
        land_source(config, "shop")
        found.append(scan_for_personal(config.output))
    assert found[0] == {}
    assert sum(map(len, found[1].values())) > 20


def test_without_privacy_no_byte_says_so(shop):
    content = landed(shop({"a.csv": CSV}, privacy=None))
    assert not {"pseudonyms", "kept"} & {*json.loads(_load(content))}
    assert "pseudonyms" in json.loads(_load(landed(shop({"a.csv": CSV}))))


def _load(content: LandedContent) -> str:
    return (content.folder / "load.json").read_text("utf-8")


def test_json_is_cut_down_to_the_paths_that_are_read(shop):
    record = {
        "at": 1.5,
        "what": "sign up",
        "who": {"mail": "A@Shop.de", "name": "Ann", "tel": 491701234567},
        "note": {"t": "\nbob@x.de"},
        "a.b": "dotted",
        "a": {"c": [1, {"d": "bob@x.de"}]},
        "ann@shop.de": 1,
    }
    source = {
        "format": "jsonl",
        "identifiers": {"email": "who.mail", "phone": "who.tel"},
        "attributes": ["note", "a.b", "a.c.1.d"],
    }
    raw = json.dumps(record).replace("A@Shop", r"A\u0040Shop").encode()
    config = shop({"a.json": raw}, source=source)
    content = landed(config)
    (row,) = rows(content)
    ann, bob = (stitched(config, "email", one) for one in ("a@shop.de", "bob@x.de"))
    assert json.loads(row["payload"]) == {
        "at": 1.5,
        "what": "sign up",
        "who": {"mail": ann, "tel": stitched(config, "phone", "491701234567")},
        "note": {"t": f"\n{bob}"},
        "a.b": "dotted",
        "a": {"b": None, "c": {"1": {"d": bob}}},
    }
    assert content.keys[-1] == masked(config, "ann@shop.de")
    assert scan_for_personal(config.output) == {}


def test_rows_of_parquet_are_masked(shop, tmp_path):
    path = tmp_path / "p.parquet"
    columns = {"at": ["1"], "what": ["a"], "mail": ["ann@shop.de"], "tel": [None]}
    more = {"user": ["u1"], "note": [{"of": "bob@x.de"}]}
    pq.write_table(pa.table({**columns, **more}), path)
    config = shop({"p.parquet": path.read_bytes()}, source={"format": "parquet"})
    (row,) = rows(landed(config))
    assert row["mail"] == stitched(config, "email", "ann@shop.de")
    assert json.loads(row["note"]) == {"of": masked(config, "bob@x.de")}


def test_columns_of_xes_are_kept_by_name_or_all(shop):
    log = b"""<log><trace><string key="concept:name" value="ann@shop.de"/>
        <event><string key="concept:name" value="a"/><string key="x" value="b@c.de"/>
        <date key="time:timestamp" value="2024-01-01T10:00:00+02:00"/></event>
        </trace></log>"""
    source = {"format": "xes", "columns": {}, "identifiers": {}}
    all_ = shop({"a.xes": log}, source={**source, "attributes": []})
    (row,) = rows(landed(all_))
    assert (row["x"], row["concept:name"]) == (masked(all_, "b@c.de"), "a")
    assert row["case:concept:name"] == masked(all_, "ann@shop.de")
    named = shop({"a.xes": log}, source={**source, "attributes": ["case:concept:name"]})
    (row,) = rows(landed(named))
    assert (row["x"], row["concept:name"]) == (None, "a")


def test_a_record_that_is_mended_has_the_token_that_it_would_have_had(shop):
    config = shop({"a.csv": CSV})
    content = landed(config)
    four, five = rows(content, "quarantine")
    assert four["raw"] == masked(config, '4,"d,bob@x.de\n').encode()
    mends = {4: b'4,"d,e",Bob@x.de,,,call +49 170 1234567,Ulm', 5: four["raw"]}
    mends[5] = five["raw"].replace(b"\n", b",,,,\n")
    landing = config.output / "landing"
    mend_records(landing, "shop", {content.sha256: mends}, masking_of(config, "shop"))
    (content,) = read_landed(landing, "shop")
    bob, phone = (masked(config, one) for one in ("bob@x.de", "+49 170 1234567"))
    found = [tuple(row.values())[1:] for row in rows(content, "mended")]
    assert found == [
        ("4", "d,e", bob, "", "", f"call {phone}", ""),
        ("5", "e", bob, "", "", "", ""),
    ]
    assert scan_for_personal(config.output) == {}
    raw = raw_records(content, [1, 2, 4])
    assert raw[1].startswith(b"1,a,e_")
    assert raw[2].count(b'"') == 6  # written anew, and in quotes where it must be
    assert raw[4] == f'4,"d,e",{bob},,,call {phone},\n'.encode()


@pytest.mark.parametrize("is_packed", [False, True])
def test_mutants_hold_nothing_personal_wherever_they_are_broken(shop, is_packed):
    import random  # noqa: PLC0415  one test only

    rng = random.Random(7)
    files = {}
    for number in range(40):
        raw = bytearray(CSV)
        for _ in range(4):
            at = rng.randrange(len(raw))
            # What is left of an address that is broken itself may be no address.
            if b"@" not in raw[max(at - 12, 0) : at + 12] + b"":
                raw[at : at + 1] = rng.choice([b'"', b",", b"\n", b"\0", b"\xff"])
        text = gzip.compress(bytes(raw)) if is_packed else bytes(raw)
        files[f"{number}.csv{'.gz' if is_packed else ''}"] = text
    config = shop(files, source={"path": "*.csv*", "identifiers": {"email": "mail"}})
    land_source(config, "shop")
    found = scan_for_personal(config.output)
    assert {hit for hits in found.values() for hit in hits} == set()


@pytest.mark.parametrize("is_declared", [True, False])
def test_a_number_dialled_at_home_is_found_in_a_broken_record_if_there_are_any(
    shop, is_declared
):
    identifiers = IDENTIFIERS if is_declared else {"email": "mail"}
    raw = b"5,e,,0170/1234567,01.02.2024,007,0.123456789\n"
    file = b"at,what,mail,tel,user,note\n" + raw
    config = shop({"a.csv": file}, source={"identifiers": identifiers})
    (bad,) = rows(landed(config), "quarantine")
    phone = stitched(config, "phone", "+491701234567").encode()
    is_found = bad["raw"] == raw.replace(b"0170/1234567", phone)
    assert is_found if is_declared else bad["raw"] == raw


def test_free_text_can_be_left_out(shop):
    more = {
        "feedback": {"csat": {"activity": "a", "scale": [1, 5], "text": "note"}},
        "privacy": {"key_file": "key", "free_text": "dropped"},
    }
    assert {row["note"] for row in rows(landed(shop({"a.csv": CSV}, **more)))} == {None}


def test_only_the_types_that_are_asked_for_are_replaced(shop):
    privacy = {"key_file": "key", "pseudonymise": ["email"]}
    first, *_ = rows(landed(shop({"a.csv": CSV}, privacy=privacy)))
    assert (first["tel"], first["note"]) == ("0170/1234567", "call +49 170 1234567")
    assert first["mail"].startswith("e_")


def test_privacy_turned_on_lands_files_again_and_masks_those_that_are_gone(shop):
    config = shop({"a.csv": CSV, "b@x.de.csv": LONGER}, privacy=None)
    config = shop({}, source={"path": "*.csv"}, privacy=None)
    land_source(config, "shop")
    content = read_landed(config.output / "landing", "shop")[0]
    mends = {content.sha256: {4: b"4,d,bob@x.de,,,,Ulm"}}
    mend_records(config.output / "landing", "shop", mends)
    assert scan_for_personal(config.output)
    (config.folder / content.files[0]).unlink()
    config = shop({}, source={"path": "*.csv"})
    with pytest.raises(ConfigError, match=r"was read under other settings of \[priv"):
        read_sealed(config, "shop")
    with pytest.raises(ConfigError, match=r"was read under other settings of \[priv"):
        bytes_of(config, [f"shop/{content.sha256[:12]}/5"])  # they would be raw
    land_source(config, "shop")
    assert scan_for_personal(config.output) == {}
    contents = read_sealed(config, "shop")
    (same,) = [one for one in contents if one.mended]
    files = {"c.csv": CSV if same.files == ("a.csv",) else LONGER}
    fresh = landed(shop(files, project={"name": "t", "output": "fresh"}))
    assert same.sha256 == fresh.sha256
    bob = stitched(config, "email", "bob@x.de")
    assert [row["mail"] for row in rows(same, "mended")] == [bob]
    for file in ("records", "places", "quarantine"):
        assert rows(same, file) == rows(fresh, file)


def test_a_changed_key_needs_the_files(shop):
    config = shop({"a.csv": CSV})
    before = rows(landed(config))[0]["mail"]
    other = shop({"a.csv": CSV}, privacy={"key_file": "other"})
    assert rows(landed(other))[0]["mail"] != before
    (config.folder / "a.csv").unlink()
    with pytest.raises(SourceError, match="is gone, and what lies there has tokens"):
        land_source(config, "shop")
    off = shop({}, privacy=None)
    with pytest.raises(SourceError, match="is gone, and what lies there in its"):
        land_source(off, "shop")
    assert rows(read_sealed(other, "shop")[0])  # nothing is changed


def test_records_mended_under_another_key_are_mended_again(shop):
    config = shop({"a.csv": CSV})
    content = landed(config)
    mends = {content.sha256: {4: b"4,d,bob@x.de,,,,Ulm"}}
    landing = config.output / "landing"
    mend_records(landing, "shop", mends, masking_of(config, "shop"))
    other = shop({"a.csv": CSV}, privacy={"key_file": "other"})
    with pytest.raises(SourceError, match="has tokens of another key; remove it, and"):
        land_source(other, "shop")


def test_a_column_that_was_not_kept_needs_the_file(shop):
    config = shop({"a.csv": CSV})
    landed(config)
    wider = shop({"a.csv": CSV}, source={"attributes": ["note", "city"]})
    assert [row["city"] for row in rows(landed(wider))] == ["Bonn", "Bonn", "Ulm"]
    (config.folder / "a.csv").unlink()
    narrow = shop({}, source={"attributes": ["city"]})
    assert [row["note"] for row in rows(landed(narrow))] == [None] * 3
    with pytest.raises(SourceError, match="is gone, and its 'note' was not kept"):
        land_source(config, "shop")


def test_a_line_about_an_error_holds_no_address(shop):
    config = shop({}, source={"path": "*.csv"})
    (config.folder / "for ann@shop.de.csv").symlink_to("nowhere")
    with pytest.raises(SourceError, match=r"for e_.*is a link to a file") as caught:
        land_source(config, "shop")
    assert "ann@" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_without_a_key_nothing_is_landed(shop, monkeypatch):
    monkeypatch.delenv("JOURNEYMINE_KEY", raising=False)
    config = shop({"a.csv": CSV}, privacy={})
    with pytest.raises(ConfigError, match="JOURNEYMINE_KEY: holds no key; set it to"):
        land_source(config, "shop")
    assert list(config.output.rglob("*.parquet")) == []


def test_an_address_in_a_filter_finds_its_token(shop, con):
    from journeymine.settings_tables import write_settings  # noqa: PLC0415  one test

    filters = {"boss": {"attribute": "mail", "equals": ["boss@shop.de"]}}
    config = shop({"a.csv": CSV}, filters=filters)
    write_settings(con, config)
    (found,) = con.execute("select match from cfg_filters").fetchall()
    assert found == (masked(config, "boss@shop.de"),)
