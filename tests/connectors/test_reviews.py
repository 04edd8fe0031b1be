"""Delighted, Trustpilot, Google Play: answers and reviews that may be changed."""

from pathlib import Path

import pytest
from tests.connectors.exports import (
    attribute,
    events_of,
    landed,
    people_of,
    rejected_of,
)
from tests.core.bench import Bench

ROW = ("at", "activity", "of", "is_customer")
DELIGHTED = """\
{"id":"1","person":"10","survey_type":"nps","score":9,"comment":"Good","created_at":1704067200,"updated_at":1704067200}
{"id":"2","person":{"id":"11","email":"Bob@Shop.example","name":"Bob"},"survey_type":"nps","score":3,"comment":null,"created_at":1704070800,"updated_at":1704070800}
{"id":"1","person":"10","survey_type":"nps","score":6,"comment":"Less","created_at":1704067200,"updated_at":1704153600}
"""
PEOPLE = """\
{"id":"10","email":"ann@shop.example","phone_number":null,"last_sent_at":1704060000}
{"id":"12","email":"cy@shop.example","phone_number":null,"last_sent_at":null}
"""


def test_delighted_answers_are_changed_by_who_gave_them(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        """
        [feedback.nps]
        activity = "survey_answered"
        kind = "nps"
        score = "score"
        scale = [0, 10]
        sent = "survey_sent"
        text = "comment"
        [sources.nps]
        connector = "delighted"
        tables = { responses = "responses.jsonl", people = "people.jsonl" }
        """,
        {"responses.jsonl": DELIGHTED, "people.jsonl": PEOPLE},
    )
    assert events_of(bench, *ROW, attribute("score")) == [
        (
            "2023-12-31 22:00:00.000",
            "survey_sent",
            "delighted_person=10, email=ann@shop.example",
            False,
            None,
        ),
        (
            "2024-01-01 00:00:00.000",
            "survey_answered",
            "delighted_person=10",
            True,
            "6",
        ),
        (
            "2024-01-01 01:00:00.000",
            "survey_answered",
            "delighted_person=11, email=bob@shop.example",
            True,
            "3",
        ),
    ]
    assert {"delighted_person=10", "email=ann@shop.example"} in people_of(bench)
    whole = "level = 'all' and persona = 'all' and segment = 'all'"
    assert bench.result_of(
        "fct_experience", "answers", "customers", "nps", where=whole
    ) == [(2, 2, -100)]


TRUSTPILOT = """\
{"reviews": [
 {"id": "r1", "stars": 5, "title": "Good", "text": "Fast", "language": "en", "source": "Organic",
  "createdAt": "2024-02-01T09:00:00Z", "updatedAt": null, "consumer": {"id": "c1", "displayName": "Ann"}},
 {"id": "r2", "stars": 2, "title": "Bad", "text": "Slow", "language": "de", "source": "InvitationLinkApi",
  "createdAt": "2024-02-02T09:00:00Z", "referenceId": "o77", "consumer": {"id": "c2"}},
 {"id": "r3", "stars": 4, "title": "Ok", "text": "", "createdAt": "2024-02-03T09:00:00Z", "referenceId": "o78",
  "consumer": {"id": "c3"}}
]}
"""  # noqa: E501


def test_trustpilot_parts_invited_reviews_from_others(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        """
        [sources.reviews]
        connector = "trustpilot"
        path = "reviews.json"
        identifiers = { order = "referenceId" }
        """,
        {"reviews.json": TRUSTPILOT},
    )
    assert events_of(bench, "at", "activity", "of", "channel", attribute("stars")) == [
        (
            "2024-02-01 09:00:00.000",
            "review_written",
            "trustpilot_consumer=c1",
            "web",
            "5",
        ),
        (
            "2024-02-02 09:00:00.000",
            "invited_review_written",
            "trustpilot_consumer=c2, order=o77",
            "web",
            "2",
        ),
        (
            "2024-02-03 09:00:00.000",
            "invited_review_written",
            "trustpilot_consumer=c3, order=o78",
            "web",
            "4",
        ),
    ]


PLAY_HEAD = (
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,"
    "Review Submit Date and Time,Review Submit Millis Since Epoch,"
    "Review Last Update Date and Time,Review Last Update Millis Since Epoch,"
    "Star Rating,"
    "Review Title,Review Text,Developer Reply Date and Time,Review Link\r\n"
)
PLAY = PLAY_HEAD + (
    "app,1,1.0,de,pixel,2024-01-01T00:00:00Z,1704067200000,2024-01-01T00:00:00Z,"
    '1704067200000,5,,"Schön,\r\nsehr",,http://x\r\n'
    "app,1,1.0,en,moto,2024-01-01T01:00:00Z,1704070800123,2024-01-01T01:00:00Z,"
    "1704070800123,1,,,,\r\n"
)
PLAY_LATER = PLAY_HEAD + (
    "app,2,1.1,en,moto,2024-01-01T01:00:00Z,1704070800123,2024-02-01T01:00:00Z,"
    "1706749200000,4,,,,\r\n"
)


@pytest.mark.parametrize("order", [1, -1])
def test_google_play_is_utf_16_and_a_later_export_changes_the_stars(
    order: int, bench: Bench, tmp_path: Path
) -> None:
    names = ["a.csv", "b.csv"][::order]
    files = dict(zip(names, (PLAY, PLAY_LATER), strict=True))
    landed(
        bench,
        tmp_path,
        """
        [sources.play]
        connector = "google_play"
        path = "*.csv"
        """,
        {name: text.encode("utf-16") for name, text in files.items()},
    )
    assert events_of(
        bench, "at", "activity", "of", "channel", attribute("stars"), attribute("text")
    ) == [
        (
            "2024-01-01 00:00:00.000",
            "review_written",
            None,
            "app",
            "5",
            "Schön,\r\nsehr",
        ),
        ("2024-01-01 01:00:00.123", "review_written", None, "app", "4", None),
    ]
    assert rejected_of(bench) == []
