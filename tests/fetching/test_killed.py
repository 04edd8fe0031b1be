"""A fetch that is killed, or broken off: the next one goes on behind it."""

import pytest
from tests.fetching.killing import PAGE, ROWS, break_at, fill, kill_fetches

from journeymine.ingest.fetching import pages


def test_a_fetch_killed_at_any_step_is_completed_by_the_next(shop):
    fill(shop)
    steps = range(5, 60, 13)  # the benchmarks try all of them
    assert kill_fetches(shop, steps) == len(steps)


def test_pages_of_a_broken_fetch_stay_and_do_not_count(shop, monkeypatch):
    monkeypatch.setattr(pages, "ROWS", PAGE)
    fill(shop)
    break_at(monkeypatch, 3)
    with pytest.raises(KeyboardInterrupt):
        shop.land()
    assert shop.contents == []
    monkeypatch.undo()
    monkeypatch.setenv("SHOP_DSN", shop.database.dsn)
    names = [load.file[-6:] for load in shop.land()]
    assert names == ["000003"]  # the rest: no page is fetched twice
    assert sorted(shop.ids()) == list(range(1, ROWS + 1))
