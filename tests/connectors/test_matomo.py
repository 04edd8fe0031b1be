"""Visits of Matomo, as its API tells them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

SOURCE = '[sources.web]\nconnector = "matomo"\npath = "*.{}"\n'
START = 1_714_550_400  # 2024-05-01 08:00 UTC

Told = dict[str, object]


def visit(number: int, *actions: Told, **told: object) -> Told:
    return {
        "idSite": 1,
        "idVisit": number,
        "visitorId": f"v{number}",
        "visitIp": "203.0.113.7",
        "lastActionTimestamp": START + 60 * len(actions),
        "lastActionDateTime": "2024-05-01 10:00:00",
        "siteCurrency": "CHF",
        "deviceType": "Smartphone",
        "countryCode": "ch",
        "actionDetails": [
            {
                "timestamp": START + 60 * place,
                "pageId": str(100 * number + place),
                **one,
            }
            for place, one in enumerate(actions)
        ],
        **told,
    }


PAGE: Told = {"type": "action", "url": "https://shop.example/tents?x=1"}
CAMPAIGN: Told = {"type": "action", "url": "https://shop.example/?mtm_medium=e-mail"}
PLAY: Told = {"type": "event", "eventCategory": "Video", "eventAction": "Play it"}
OPEN = visit(1, PAGE, PLAY, referrerType="search")
CLOSED = visit(
    1,
    PAGE,
    PLAY,
    {"type": "goal", "goalName": "Sign up", "goalId": "3", "revenue": 2},
    {"type": "ecommerceOrder", "orderId": "o1", "revenue": "99.5", "pageId": None},
    {"type": "search", "url": None},
    {"type": "download", "url": "https://shop.example/list.pdf"},
    {"type": "outlink", "url": "https://other.example/"},
    {"type": "ecommerceAbandonedCart", "revenue": 5},
    referrerType="search",
    userId="u1",
)
VISITS = [
    CLOSED,
    visit(2, CAMPAIGN, PAGE, referrerType="campaign", referrerName="may"),
    visit(3, PAGE, referrerType="website"),
    visit(4, userId="u1"),
]


def lines(visits: list[Told]) -> str:
    return "".join(json.dumps(one) + "\n" for one in visits)


@pytest.mark.parametrize(
    ("suffix", "written"), [("json", json.dumps), ("jsonl", lines)]
)
def test_the_actions_of_visits_are_events(
    bench: Bench, tmp_path: Path, suffix: str, written: Callable[[list[Told]], str]
) -> None:
    files = {f"1.{suffix}": written([OPEN]), f"2.{suffix}": written(VISITS)}
    landed(bench, tmp_path, SOURCE.format(suffix), files)
    first = "08:00:00.000"
    assert events_of(
        bench,
        "right(strftime(occurred_at, '%Y-%m-%d %H:%M:%S.%g'), 12)",
        "activity",
        "channel",
        "amount::float",
        "session_key",
    ) == [
        (first, "page_view", "search", None, "1:1"),
        (first, "page_view", "email", None, "1:2"),
        (first, "page_view", "referral", None, "1:3"),
        ("08:01:00.000", "video_play_it", "web", None, "1:1"),
        ("08:01:00.000", "page_view", "web", None, "1:2"),
        ("08:02:00.000", "goal_sign_up", "web", 2.0, "1:1"),
        ("08:03:00.000", "order_placed", "web", 99.5, "1:1"),
        ("08:04:00.000", "site_search", "web", None, "1:1"),
        ("08:05:00.000", "file_download", "web", None, "1:1"),
        ("08:06:00.000", "link_click", "web", None, "1:1"),
        ("08:07:00.000", "cart_left", "web", None, "1:1"),
    ]
    assert {currency for (currency,) in events_of(bench, "currency")} == {"CHF"}
    # What is told of the first minute is told anew, now that the user is known.
    told = events_of(bench, "session_key", "of")
    assert {of for key, of in told if key == "1:1"} == {"matomo_visitor=v1, user_id=u1"}
    # Who came again without doing anything is still known.
    assert people_of(bench) == [
        {"matomo_visitor=v1", "matomo_visitor=v4", "user_id=u1"},
        {"matomo_visitor=v2"},
        {"matomo_visitor=v3"},
    ]
    assert rejected_of(bench) == []


def test_what_is_no_visit_is_set_aside(bench: Bench, tmp_path: Path) -> None:
    visits = [visit(1, PAGE), visit(2, PAGE, idVisit=None), visit(3, {"url": "x"})]
    visits += [visit(4, PAGE, actionDetails="none")]
    landed(bench, tmp_path, SOURCE.format("jsonl"), {"a.jsonl": lines(visits)})
    assert rejected_of(bench) == [
        ("web", 2, "no idVisit"),
        ("web", 3, "no type of action"),
        ("web", 4, "actions are no list"),
    ]
