"""Mended records take the places of those that were set aside, and keep them."""

import pyarrow.parquet as pq
import pytest

from journeymine.config import Config
from journeymine.errors import SourceError
from journeymine.ingest import (
    LandedContent,
    land_source,
    mend_records,
    raw_records,
    read_landed,
)

BAD = b'at,what\r\n1,a\r\n"2",b,c\r\n 3,"x""\ny"\n4\n\xff,e\n5,f'


@pytest.fixture
def landed(project):
    """Land a file, and return its project and its content."""

    def land(
        content: bytes, name: str = "a.csv", **settings: str
    ) -> tuple[Config, LandedContent]:
        config = project({name: content}, **settings)
        land_source(config, "shop")
        (found,) = read_landed(config.output / "landing", "shop")
        return config, found

    return land


def again(config: Config) -> LandedContent:
    (found,) = read_landed(config.output / "landing", "shop")
    return found


def mend(config: Config, content: LandedContent, records: dict[int, bytes]) -> None:
    mends = {content.sha256: records}
    mend_records(config.output / "landing", "shop", mends)


def mended(content: LandedContent) -> list[tuple[object, ...]]:
    rows = pq.read_table(content.folder / "mended.parquet").to_pylist()
    return [tuple(row.values()) for row in rows]


def test_every_record_gives_its_bytes_back(landed):
    _, content = landed(BAD)
    found = raw_records(content, range(1, content.records + 1))
    assert (
        b"".join(found[index] for index in sorted(found)) == BAD[len(b"at,what\r\n") :]
    )


def test_every_json_record_gives_its_bytes_back(landed):
    text = b'{"at": 1}\n  {"at": 2} \r\n{"at"\n{"at": 3}\r\n{"at": 4}'
    _, content = landed(text, "a.json", format="jsonl")
    found = raw_records(content, range(1, 6))
    assert b"".join(found[index] for index in sorted(found)) == text


def test_columns_without_a_name_are_given_back(landed):
    text = b"at,what,\n1,a,\n2,b,\r\n3,c,"
    _, content = landed(text)
    found = raw_records(content, [1, 2, 3])
    assert found == {1: b"1,a,\n", 2: b"2,b,\r\n", 3: b"3,c,"}


def test_a_mended_record_is_in_the_place_of_the_bad_one(landed):
    config, content = landed(BAD)
    mend(config, content, {2: b'2,"b,c"\n', 5: b"4,e"})
    content = again(config)
    assert content.mended == 2
    assert mended(content) == [(2, "2", "b,c"), (5, "4", "e")]
    assert raw_records(content, [2, 4]) == {2: b'2,"b,c"\n', 4: b"4\n"}


def test_mending_again_keeps_what_was_mended_before(landed):
    config, content = landed(BAD)
    mend(config, content, {2: b"2,b"})
    mend(config, content, {4: b"4,d"})
    mend(config, content, {2: b"2,B"})
    assert mended(again(config)) == [(2, "2", "B"), (4, "4", "d")]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"2,b,c", "too many fields"),
        (b"2", "too few fields"),
        (b'2,"b', "unterminated quote"),
        (b"2,b\n3,c", "more than one record"),
        (b"", "no record"),
        (b"\n", "no record"),
        (b"2,\xff", "not valid UTF-8"),
    ],
)
def test_what_is_not_one_good_record_changes_nothing(landed, raw, reason):
    config, content = landed(BAD)
    with pytest.raises(SourceError, match=f"shop/{content.sha256[:12]}/2: {reason}"):
        mend(config, content, {4: b"4,d", 2: raw})
    assert again(config).mended == 0


def test_a_content_that_is_landed_anew_keeps_its_mended_records(landed):
    config, content = landed(BAD)
    mend(config, content, {4: b"4,d"})
    (content.folder / "load.json").unlink()  # as if another version had written it
    land_source(config, "shop")
    assert mended(again(config)) == [(4, "4", "d")]


def test_a_record_that_is_framed_elsewhere_is_told_by_where_it_begins(landed):
    """With the right encoding there is one bad record less before it."""
    text = b'at,what\n"1,a\n2,b\n3\n'
    config, content = landed(text)
    mend(config, content, {3: b"3,c"})
    path = content.folder.parent / "mended" / f"{content.sha256}.parquet"
    table = pq.read_table(path)
    moved = table.set_column(0, "record_index", [[99]])  # the offset says where it is
    pq.write_table(moved, path)
    (content.folder / "mended.parquet").unlink()
    land_source(config, "shop")
    assert mended(again(config)) == [(3, "3", "c")]
    assert raw_records(again(config), [3]) == {3: b"3,c"}


def test_a_row_of_parquet_is_mended_as_json(landed, tmp_path):
    import pyarrow as pa  # noqa: PLC0415  one test only

    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"at": ["1", "?"], "what": ["a", None]}), path)
    config, content = landed(path.read_bytes(), "a.parquet", format="parquet")
    assert raw_records(content, [2]) == {2: b'{"at": "?", "what": null}'}
    mend(config, content, {2: b'{"at": "2", "what": null}'})
    assert mended(again(config)) == [(2, "2", None)]
    with pytest.raises(SourceError, match="not a JSON object with a text for each"):
        mend(config, content, {2: b'{"at": "2"}'})
