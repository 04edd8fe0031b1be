"""A live database: what is fetched when, and that nothing is lost or doubled."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from journeymine.ingest.fetching import pages

START = datetime(2024, 3, 1, 9, tzinfo=UTC)


def order(number: int, minutes: float | None, status: str = "open") -> str:
    """Return an order that changed some minutes after the start."""
    at = None if minutes is None else START + timedelta(minutes=minutes)
    moment = "null" if at is None else f"'{at.isoformat()}'"
    return (
        f"insert into orders values ({number}, 'c{number}@example.com', '{status}',"
        f" {moment}, {number}.50) on conflict (id) do update set"
        " status = excluded.status, updated_at = excluded.updated_at"
    )


def test_a_first_fetch_lands_all_rows_in_order_of_the_cursor(shop):
    shop.do(order(2, 1), order(1, 2), order(3, 0))
    (load,) = shop.land()
    assert (load.records, load.quarantined, load.lines) == (3, 0, 3)
    assert shop.rows() == [
        ("3", "c3@example.com", "open", "2024-03-01 09:00:00+00", "3.50"),
        ("2", "c2@example.com", "open", "2024-03-01 09:01:00+00", "2.50"),
        ("1", "c1@example.com", "open", "2024-03-01 09:02:00+00", "1.50"),
    ]


@pytest.mark.parametrize("overlap", [None, 0])
def test_a_fetch_without_news_lands_nothing(shop, overlap):
    shop.do(order(1, 0), order(2, 0))
    shop.land(overlap=overlap)
    assert shop.land(overlap=overlap) == []
    shop.do(order(3, 5))
    shop.land(overlap=overlap)
    assert shop.ids() == [1, 2, 3]


def test_a_further_fetch_lands_new_and_changed_rows_only(shop):
    shop.do(order(1, 0), order(2, 1))
    shop.land()
    shop.do(order(3, 2), order(1, 3, "paid"))
    (load,) = shop.land()
    assert load.file.endswith("/000002")
    assert shop.rows("id", "status")[2:] == [("3", "open"), ("1", "paid")]


def test_rows_committed_late_are_fetched_as_far_as_the_overlap_reaches(shop):
    shop.do(order(1, 120))
    shop.land(overlap="30 minutes")
    shop.do(order(2, 90), order(3, 89.9))
    shop.land(overlap="30 minutes")
    assert shop.ids() == [1, 2]
    shop.land(overlap="31 minutes")
    assert shop.ids() == [1, 2, 3]


def test_without_an_overlap_rows_of_the_last_moment_are_still_found(shop):
    shop.do(order(1, 0), order(2, 1))
    shop.land(overlap=0)
    shop.do(order(3, 1), order(4, 0.5))
    shop.land(overlap=0)
    assert shop.ids() == [1, 2, 3]


def test_a_late_row_does_not_set_the_cursor_back(shop):
    shop.do(order(1, 60))
    shop.land()
    shop.do(order(2, 10))
    shop.land()  # this page reaches less far than the first
    shop.do(order(3, -1))
    shop.land()
    assert shop.ids() == [1, 2]


@pytest.mark.parametrize("kind", ["timestamptz", "timestamp", "date"])
def test_a_time_that_is_far_in_the_future_hides_no_row(shop, kind):
    shop.do(
        f"alter table orders alter column updated_at type {kind}",
        "insert into orders values (1, 'a', 'open', now(), 1)",
        "insert into orders values (2, 'a', 'open', '9999-12-31', 1)",
        "insert into orders values (3, 'a', 'open', 'infinity', 1)",
    )
    shop.land()
    shop.do("insert into orders values (4, 'a', 'open', now(), 1)")
    shop.land()
    assert shop.ids() == [1, 2, 3, 4]


def test_a_change_within_a_microsecond_is_seen(shop):
    shop.do(order(1, 0), "update orders set updated_at = '2024-03-01 09:00:00.000001Z'")
    shop.land(overlap=0)
    shop.do("update orders set updated_at = '2024-03-01 09:00:00.000002Z'")
    shop.land(overlap=0)
    assert [at for (at,) in shop.rows("updated_at")] == [
        "2024-03-01 09:00:00.000001+00",
        "2024-03-01 09:00:00.000002+00",
    ]


def test_pages_end_anywhere_between_rows_of_one_moment(shop, monkeypatch):
    monkeypatch.setattr(pages, "ROWS", 3)
    shop.do(*(order(number, number // 5) for number in range(11)))
    assert [load.records for load in shop.land()] == [3, 3, 3, 2]
    assert shop.ids() == list(range(11))
    assert shop.land() == []


def test_a_page_ends_when_it_is_large(shop, monkeypatch):
    monkeypatch.setattr(pages, "BYTES", 1)
    shop.do(*(order(number, number) for number in range(4)))
    assert sum(load.records for load in shop.land()) == 4


def test_rows_without_a_cursor_are_fetched_each_time_and_landed_once(shop):
    shop.do(order(1, None), order(2, 0))
    shop.land()
    shop.do(order(3, None), order(1, None, "paid"), order(4, 300))
    shop.land()
    shop.do(order(5, 600))
    shop.land()
    assert shop.land() == []
    assert shop.rows("id", "status") == [
        *(("2", "open"), ("1", "open")),
        *(("4", "open"), ("1", "paid"), ("3", "open")),
        ("5", "open"),
    ]


def test_a_table_without_any_cursor_is_landed_once(shop):
    shop.do(order(1, None))
    shop.land()
    assert shop.land() == []


def test_a_deleted_row_stays_as_it_was_last_seen(shop):
    shop.do(order(1, 0), order(2, 1))
    shop.land()
    shop.do("delete from orders where id = 1", order(3, 2))
    shop.land()
    assert shop.ids() == [1, 2, 3]


def test_replace_reads_the_whole_table_and_forgets_what_is_deleted(shop):
    config = shop.config({"mode": "replace", "required": False})
    shop.do(order(1, 0), order(2, 1))
    shop.land(config)
    assert shop.land(config) == []
    shop.do("delete from orders where id = 1")
    shop.land(config)
    assert shop.ids() == [2]
    shop.do("delete from orders")
    shop.land(config)
    assert shop.contents == []


def test_another_query_begins_anew_and_the_former_one_goes_on(shop):
    former = "select *, 1 as one from orders; "
    shop.do(order(1, 0))
    shop.land(query=former)
    shop.do(order(2, 600))
    shop.land(query="select * from orders where id > 1 -- not the first one")
    assert shop.ids() == [2]
    shop.land(query=former)
    assert shop.rows("id", "one") == [("1", "1"), ("2", "1")]


@pytest.mark.parametrize(
    ("kind", "values", "overlap"),
    [
        ("timestamptz", ["2024-03-01 09:00Z", "2024-03-01 09:00:00.5Z"], "1 second"),
        ("timestamp", ["2024-03-01 09:00", "2024-03-01 09:00:00.5"], "1 second"),
        ("date", ["2024-03-01", "2024-03-02"], None),
        ("bigint", ["9", "10"], 1),
        ("numeric", ["9.99999999999999999999", "10"], 1),
        ("double precision", ["0.1", "0.30000000000000004"], 1),
        ('text collate "und-x-icu"', ["B", "a"], None),  # it has a before B
        ("char(3)", ["Z", "b"], 0),
        ("uuid", [f"{0:032}", f"{1:032}"], None),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isalpha() else "",
)
def test_a_cursor_is_a_time_a_number_or_a_text(shop, kind, values, overlap):
    lower, upper = values
    shop.do(
        f"create table events (id int, at {kind})",
        f"insert into events values (1, '{lower}'), (2, '{upper}')",
    )
    asked = {"table": "events", "cursor": "at", "overlap": overlap}
    shop.land(**asked)
    assert shop.ids() == [1, 2]
    shop.do(f"insert into events values (3, '{upper}')")
    shop.land(**asked)
    assert shop.ids() == [1, 2, 3]


def test_rows_that_differ_in_an_empty_text_only_are_two(shop):
    shop.do(order(1, 0), "update orders set email = null")
    shop.land()
    shop.do("update orders set email = ''")
    shop.land()
    assert shop.rows("email") == [(None,), ("",)]


def test_whatever_happens_between_fetches_each_seen_state_is_landed_once(
    shop, monkeypatch
):
    monkeypatch.setattr(pages, "ROWS", 4)
    draw = random.Random(7)
    seen: set[tuple[str, ...]] = set()
    greatest = START
    for _ in range(8):
        shop.do(
            *(
                order(
                    draw.randrange(12),
                    draw.choice([None, *range(0, 240, 20)]),
                    draw.choice(["open", "paid"]),
                )
                for _ in range(draw.randrange(6))
            )
        )
        shop.land()
        # The plain way: all rows as they are, and which of them a fetch may ask for.
        table = shop.database.table("select id, status, updated_at from orders")
        for row in table.to_pylist():
            at = row["updated_at"]
            if at is None or at >= greatest - timedelta(hours=1) or not seen:
                seen.add((str(row["id"]), row["status"], str(at)))
        moments = [at for at in table["updated_at"].to_pylist() if at]
        greatest = max([greatest, *moments])
    landed = [
        (number, status, str(at and datetime.fromisoformat(at)))
        for number, status, at in shop.rows("id", "status", "updated_at")
    ]
    assert sorted(landed) == sorted(seen)


def test_equal_rows_are_landed_as_equal_bytes_under_any_query(shop):
    shop.do(order(2, 1), order(1, 1))
    (first,) = shop.land()
    shop.do("delete from orders", order(1, 1), order(2, 1))
    assert shop.land(query="select * from orders") == []
    assert [one.sha256 for one in shop.contents] == [first.sha256]
    assert len(shop.contents[0].files) == 2
