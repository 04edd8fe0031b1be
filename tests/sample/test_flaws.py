"""The sample's flaws are those that its truth counts."""

from collections import Counter, defaultdict
from itertools import pairwise

from tests.sample.reading import SAMPLE, File, good_call, table, truth_of


def test_the_truth_counts_every_flaw(files):
    expected = []
    seen: dict[str, set[str]] = defaultdict(set)
    for name, file in sorted(files.items()):
        known = seen[name.split("-")[0]]
        fresh = set(file.texts) - known
        duplicates = len(file.texts) - len(fresh)
        known |= fresh
        counts = [file.lines, len(file.texts), duplicates, file.bad]
        expected.append([name, *counts, late_in(file, fresh)])
    told = [
        [row[key] for key in ("file", "lines", "records", "duplicates", "bad", "late")]
        for row in truth_of(SAMPLE, "quality")
    ]
    assert told == expected


def late_in(file: File, fresh: set[str]) -> int:
    """Return how many calls, copies aside, are of a month before the file's."""
    if not file.name.startswith("web"):
        return 0
    month = file.name[11:18]
    found = [call for line in fresh if (call := good_call(line))]
    return sum(call["timestamp"][:7] < month for call in found)


def test_every_kind_of_flaw_is_there_and_bad_rows_are_few(files, calls):
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    for row in truth_of(SAMPLE, "quality"):
        sources[row["file"].split("-")[0]].update(
            {key: value for key, value in row.items() if key != "file"}
        )
    total = sum(sources.values(), Counter())
    assert min(total[key] for key in ("duplicates", "bad", "late", "ties")) >= 15
    assert all(one["bad"] < 0.005 * one["records"] for one in sources.values())
    moments = Counter((c["customer"], c["at"]) for c in calls if c["activity"])
    assert total["ties"] == sum(count - 1 for count in moments.values())
    jan = [call["timestamp"] for call in files["web/events-2024-01.ndjson.gz"].good]
    assert jan != sorted(jan)


def test_a_copy_may_stand_in_another_month(files):
    months = [file for file in files.values() if file.name.startswith("web")]
    texts = [set(file.texts) for file in months]
    assert any(one & two for one, two in pairwise(texts))


def test_texts_hold_what_csv_and_unicode_can_hold(files):
    reviews = " ".join(row["text"] for row in table(files, "reviews"))
    comments = " ".join(row["comment"] for row in table(files, "survey"))
    for text in (reviews, comments):
        assert {"ü", "é", ",", '"', "\n"} <= set(text)
