"""A time is read as it was meant, or not at all; what is unsure about it is told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.test_config import GOOD, refused

from journeymine.ingest import land_source, read_landed
from journeymine.project_file import load_config
from journeymine.raw import create_raw_views
from journeymine.settings_tables import write_settings
from journeymine.times import clock_changes
from journeymine.warehouse import connect

ZONES = (
    "Africa/Cairo",
    "America/Caracas",
    "America/Havana",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Pacific/Apia",
    "UTC",
)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-01-01 10:00", "2024-01-01 09:00"),
        ("2024/1/1 9:05", "2024-01-01 08:05"),
        ("2024-01-01 24:00", "2024-01-01 23:00"),  # as ISO 8601 says: the day's end
        ("2024-01-01 10:00:00.1234567", "2024-01-01 09:00:00.123456"),
        ("2024-01-01T10:00Z", "2024-01-01 10:00"),
        ("2024-01-01T10:00:00Z ", "2024-01-01 10:00"),
        ("2024-01-01T10:00:00z", None),
        ("2024-01-01T10:00:00+0000", "2024-01-01 10:00"),  # as Salesforce writes it
        ("2024-01-01T10:00:00.000+0200", "2024-01-01 08:00"),
        ("2024-01-01 10:00:00 +0200", "2024-01-01 08:00"),
        ("2024-01-01 10:00:00 UTC", "2024-01-01 10:00"),
        ("2024-01-01 10:00:00 GMT", "2024-01-01 10:00"),
        ("2024-01-01 10:00+02", "2024-01-01 08:00"),
        ("2024-01-01 10:00:00-03:30", "2024-01-01 13:30"),
        ("2024-01-01 10:00:00 Asia/Tokyo", "2024-01-01 01:00"),
        # Letters that name several zones: BST is that of Britain, and of Bangladesh.
        ("2024-01-01 10:00 CET", None),
        ("2024-07-01 10:00:00 BST", None),
        ("2024-01-01 10:00:00 IST", None),
        ("2024-01-01 10:00:00 EST", None),
        ("2024-01-01 10:00:00 PM", None),
        ("2024-01-01 10:00:00+02:00:30", None),
        ("2024-01-01 10:00:00+25:00", None),
        ("2024-01-01 10:00:00+02:75", None),
        ("2024-01-01 10:00:00Z+02", None),
        ("2024-01-01Z", None),
        ("2024-01-01+02:00", None),
        ("2024-01-01 10", None),
        ("2024-12-31 23:59:60", None),  # a leap second
        ("2024-12-31T23:59:60Z", None),
        ("2024-02-30", None),
        ("2024-01-01 25:00", None),
        ("01/02/2024", None),
        ("01/02/2024 10:00", None),
        ("01.02.2024", None),
        ("Jan 1, 2024", None),
        ("1704103200", None),
        ("20240101", None),
        ("infinity", None),
        ("-infinity", None),
        ("epoch", None),
        ("2024-01-01 (BC)", None),
        ("2024-01-01 (BC) 10:00", None),
        ("now", None),
        ("", None),
    ],
)
def test_a_time_is_what_it_says_or_none(
    written: str, utc: str | None, con: duckdb.DuckDBPyConnection
) -> None:
    ((found,),) = con.execute(
        "select instant(?, 'Europe/Berlin')", [written]
    ).fetchall()
    expected = None if utc is None else datetime.fromisoformat(utc + "+00:00")
    assert found == expected


@pytest.mark.parametrize("written", ["0000-01-01", "24-01-02", "01-02-24 10:00"])
def test_a_year_of_two_digits_is_no_time_of_today(written: str, bench: Bench) -> None:
    bench.given(raw_table={"occurred_at": [written], "activity": ["view"]})
    assert bench.result_of("int_rejected", "reason") in (
        [("time before 1990",)],
        [("time not readable",)],
    )


def around_changes(zone: str) -> list[datetime]:
    """Return naive times of 25 hours around each change of a zone, 1991 to 2030."""
    info = ZoneInfo(zone)
    first = datetime(1991, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=day) for day in range(365 * 39)]
    near = [
        day
        for day in days
        if day.astimezone(info).utcoffset()
        != (day + timedelta(days=1)).astimezone(info).utcoffset()
    ]
    return [
        day.astimezone(info).replace(tzinfo=None) + timedelta(minutes=step * 10 + 5)
        for day in [*near, days[5000]]
        for step in range(-6, 156)
    ]


def as_python_has_it(naive: datetime, zone: str) -> tuple[datetime, str | None]:
    early, late = (
        naive.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
        for fold in (0, 1)
    )
    if early == late:
        return early, None
    is_shown = early.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive
    # PEP 495: in a gap, fold 0 reads with the offset before it, and so moves on.
    return (late, "overlap") if is_shown else (early, "gap")


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_where_the_clock_changes_is_flagged_and_placed(
    zone: str, con: duckdb.DuckDBPyConnection
) -> None:
    times = around_changes(zone)
    con.register("times", pa.table({"written": [f"{time}" for time in times]}))
    found = con.execute(
        """
        select instant(written, $zone) as instant_at,
            time_flag(written, $zone, $changes::bit, instant_at)
        from times
        """,
        {"zone": zone, "changes": clock_changes(con, zone)},
    ).fetchall()
    assert found == [as_python_has_it(time, zone) for time in times]


def test_a_zone_whose_clock_never_changes_is_not_asked(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert clock_changes(con, "UTC") is None
    assert clock_changes(con, "Asia/Kolkata") is None
    changes = clock_changes(con, "Europe/Berlin")
    assert changes is not None
    assert len(changes) == (date(2100, 1, 1) - date(1990, 1, 1)).days


def test_a_time_with_an_offset_is_never_flagged(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[project]\nname = "T"\ntimezone = "Europe/Berlin"\n'
        "as_of = 2025-01-01T00:00:00Z"
    )
    given(
        raw_table="""
            occurred_at               | activity | identifiers
            2024-03-31 02:30          | a        | user_id=ann
            2024-03-31 02:30:00+01:00 | b        | user_id=ann
            2024-10-27T02:30          | c        | user_id=ann
            2024-10-27T02:30:00+02:00 | d        | user_id=ann
            2024-10-27T00:30:00Z      | e        | user_id=ann
            2024-10-27 03:00          | f        | user_id=ann
            2024-10-27                | g        | user_id=ann
            2024-02-30                | h        | user_id=ann
        """,
    )
    flags = [
        ("a", "gap"),
        ("b", None),
        ("c", "overlap"),
        ("d", None),
        ("e", None),
        ("f", None),
        ("g", "day"),
    ]
    assert result_of("stg_table__events", "activity, time_flag") == [
        *flags,
        ("h", None),
    ]
    assert result_of("int_events", "activity, time_flag") == flags
    assert result_of("fct_events", "activity, time_flag") == flags
    assert result_of("meta_times", "source, time_flag, events, unordered") == [
        ("web", "day", 1, 1),
        ("web", "gap", 1, 0),
        ("web", "overlap", 1, 0),
    ]


def test_a_date_and_a_time_of_one_day_have_no_known_order(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[project]\nname = "T"\ntimezone = "America/New_York"')
    given(
        raw_table="""
            occurred_at      | activity | identifiers
            2024-05-01       | a        | user_id=ann
            2024-05-01 23:59 | b        | user_id=ann
            2024-05-02       | c        | user_id=ann
            2024-05-02       | d        | user_id=ann
            2024-05-01 09:00 | e        | user_id=bob
            2024-05-03       | f        | user_id=bob
            2024-05-04 00:00 | g        | user_id=bob
        """,
    )
    assert result_of("meta_times", "source, time_flag, events, unordered") == [
        ("web", "day", 4, 1)
    ]


UNITS = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}


@settings(deadline=None)
@drawn(
    st.lists(st.integers(631_152_000_000_000, 4_102_444_800_000_000), min_size=1),
    st.sampled_from([*UNITS]),
)
def test_a_number_of_units_is_exact_to_the_microsecond(
    moments: list[int], unit: str
) -> None:
    size = UNITS[unit]
    digits = len(str(size)) - 1
    written = [
        f"{us // size}.{us % size:0{digits}}" if digits else f"{us}" for us in moments
    ]
    with connect(":memory:", threads=1) as con:
        con.register("numbers", pa.table({"written": written}))
        found = con.execute(
            "select epoch_us(instant(epoch_time(written, ?), 'Asia/Tokyo'))"
            " from numbers",
            [size],
        ).fetchall()
    assert found == [(us,) for us in moments]


@pytest.mark.parametrize(
    "written",
    ["1.7E+09", "17e8", "", "1,700,000,000", "0x10", "99999999999999999", "yesterday"],
)
def test_what_is_no_plain_number_is_no_count_of_units(
    written: str, con: duckdb.DuckDBPyConnection
) -> None:
    assert con.execute("select epoch_time(?, 1000000)", [written]).fetchall() == [
        (None,)
    ]


def staged(folder: Path, settings: str) -> list[tuple[object, ...]]:
    """Return `occurred_at` and `time_flag` of a source as the raw view has it."""
    project = folder / "journeymine.toml"
    project.write_text(
        f'[project]\nname = "T"\n[sources.web]\n{settings}\n', encoding="utf-8"
    )
    config = load_config(project)
    land_source(config, "web")
    landed = {"web": read_landed(config.output / "landing", "web")}
    with connect(":memory:", threads=1) as con:
        write_settings(con, config)
        create_raw_views(con, config, landed)
        return con.execute(
            """
            select epoch_us(instant(occurred_at, timezone)),
                time_flag(
                    occurred_at, timezone, clock_changes,
                    instant(occurred_at, timezone)
                )
            from raw_table inner join cfg_sources using (source)
            order by record_index
            """
        ).fetchall()


COLUMNS = 'columns = { occurred_at = "at", activity = "what" }\n'
US = 1_700_000_000_123_456


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_numbers_are_times_where_the_source_says_what_they_count(
    kind: str, tmp_path: Path
) -> None:
    file = tmp_path / f"web.{kind}"
    if kind == "csv":
        file.write_text("at,what\n1700000000.123456,a\n1700000000,b\n2024-01-01,c\n")
    elif kind == "jsonl":
        file.write_text(
            '{"at": 1700000000.123456, "what": "a"}\n'
            '{"at": 1700000000, "what": "b"}\n{"at": "2024-01-01", "what": "c"}\n'
        )
    else:
        texts = ["1700000000.123456", "1700000000", "2024-01-01"]
        pq.write_table(pa.table({"at": texts, "what": ["a", "b", "c"]}), file)
    settings = f'path = "{file.name}"\nformat = "{kind}"\n{COLUMNS}'
    told = [(US, None), (US // 1_000_000 * 1_000_000, None), (None, None)]
    assert staged(tmp_path, f'{settings}time_unit = "seconds"') == told
    # Without a unit a number is never guessed to be a time.
    assert staged(tmp_path, settings)[:2] == [(None, None)] * 2


def test_a_format_without_an_hour_tells_days(tmp_path: Path) -> None:
    (tmp_path / "web.csv").write_text(
        "at,what\n01.03.2024,a\n2024-03-01,b\n32.1.24,c\n"
    )
    settings = f'path = "web.csv"\nformat = "csv"\n{COLUMNS}time_format = '
    # A value that does not fit is not read in another way: it could be another day.
    assert staged(tmp_path, settings + '"%d.%m.%Y"') == [
        (1_709_251_200_000_000, "day"),
        (None, None),
        (None, None),
    ]
    (tmp_path / "web.csv").write_text("at,what\n01.03.2024 00:00,a\n")
    timed = staged(tmp_path, settings + '"%d.%m.%Y %H:%M"')
    assert (1_709_251_200_000_000, None) in timed


def test_a_source_has_numbers_or_texts_as_times(tmp_path: Path) -> None:
    both = GOOD + 'time_unit = "seconds"\ntime_format = "%Y"\n'
    assert refused(tmp_path, both) == (
        "sources.web: time_unit: times are numbers, or texts of a time_format;"
        " keep one of the two"
    )
