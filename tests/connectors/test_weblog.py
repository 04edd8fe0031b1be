"""Access logs of Apache and nginx."""

import gzip
import hashlib
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

SOURCE = '[sources.web]\nconnector = "weblog"\npath = "access*"\n'
REAL = Path(__file__).parents[3] / "shared" / "data" / "weblog_apache"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Mobile/15E148"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"
ROBOTS = (
    *("bot", "crawl", "spider", "slurp", "feed", "rss", "fetch", "archive", "preview"),
    *("externalhit", "nutch", "phantom", "validator", "http_request"),
    *("curl", "wget", "python", "perl", "php", "ruby"),
)
PAGES = ("", "html", "xhtml", "php")
FILES = ("pdf", "jar", "exe", "gz", "deb", "doc")


def line(minute: int, request: str, status: int = 200, **told: str) -> str:
    """Return the line of a request at 10:00 in New York and some minutes.

    `host`, `login`, `referrer` and `agent` may be told.
    """
    host, login = told.get("host", "203.0.113.7"), told.get("login", "-")
    at = f"[01/May/2024:10:{minute:02}:00 -0400]"
    end = f'"{told.get("referrer", "-")}" "{told.get("agent", FIREFOX)}"'
    return f'{host} - {login} {at} "{request}" {status} 512 {end}\n'


def visitor(host: str, agent: str = FIREFOX) -> str:
    return (
        "visitor_id=" + hashlib.sha256(f"{host}\x1f{agent}".encode()).hexdigest()[:32]
    )


SEARCH, FRIEND = "https://www.google.co.uk/", "https://m.facebook.com/l?u=x"
LINES = [
    line(0, "GET /?utm_medium=cpc&utm_campaign=may+sale HTTP/1.1", referrer=SEARCH),
    line(1, "GET /Tents/2024/Big%20Tent.html?mail=ann@shop.example HTTP/1.1"),
    line(2, "GET /tents/style.css HTTP/1.1"),
    line(3, "GET /order/0b7d8a3e-1111-4222-8333-444455556666/status HTTP/2.0", 304),
    line(4, "POST /cart;jsessionid=9F HTTP/1.1", 302, login="ann"),
    line(5, "POST /cart HTTP/1.1", 400),
    line(6, "GET /old HTTP/1.1", 301),
    line(7, "GET /gone HTTP/1.1", 410),
    line(8, "GET /favicon.ico HTTP/1.1", 404),
    line(9, "GET /pay HTTP/1.1", 503),
    line(10, "HEAD / HTTP/1.1"),
    line(11, "GET /files/list.pdf HTTP/1.1", host="2001:db8::1", referrer=FRIEND),
    line(12, "GET /files/list.pdf HTTP/1.1", 206),
    line(13, "GET http://shop.example/a%E9 HTTP/1.1", host="shop.example:443 10.0.0.1"),
    line(14, "GET / HTTP/1.1", agent="Googlebot/2.1 (+http://google.com/bot.html)"),
    line(15, "GET / HTTP/1.1", agent="-"),
    line(16, r"\x16\x03\x01\x02", 400),
    line(17, "-", 408),
    line(18, r"GET /say\"hi\" HTTP/1.1", agent=rf"{PHONE} \"app\""),
    line(19, "GET /feed HTTP/1.1"),
    line(20, "GET /index.html HTTP/1.0").replace("\n", ' "198.51.100.1" 0.004\n'),
    # The log was turned, and read again.
    line(20, "GET /index.html HTTP/1.0").replace("\n", ' "198.51.100.1" 0.004\n'),
]


def test_a_request_for_a_page_is_an_event(bench: Bench, tmp_path: Path) -> None:
    landed(bench, tmp_path, SOURCE, {"access.log": "".join(LINES)})
    one = visitor("203.0.113.7")
    assert events_of(bench, "at", "activity", "channel", "of") == [
        ("2024-05-01 14:00:00.000", "view_home", "ads", one),
        ("2024-05-01 14:01:00.000", "view_tents_big_tent", "web", one),
        ("2024-05-01 14:03:00.000", "view_order_status", "web", one),
        ("2024-05-01 14:04:00.000", "send_cart", "web", f"{one}, user_id=ann"),
        ("2024-05-01 14:07:00.000", "page_not_found", "web", one),
        ("2024-05-01 14:09:00.000", "page_failed", "web", one),
        (
            "2024-05-01 14:11:00.000",
            "download_files_list",
            "social",
            visitor("2001:db8::1"),
        ),
        ("2024-05-01 14:13:00.000", "view_a_e9", "web", visitor("10.0.0.1")),
        (
            "2024-05-01 14:18:00.000",
            "view_say_hi",
            "web",
            visitor("203.0.113.7", rf"{PHONE} \"app\""),
        ),
        ("2024-05-01 14:20:00.000", "view_home", "web", one),
    ]
    told = [json.loads(str(text)) for (text,) in events_of(bench, "attributes")]
    assert told[0] == {
        "page": "/",
        "status": "200",
        "device": "desktop",
        "referrer": "www.google.co.uk",
        "campaign": "may sale",
    }
    assert [one["device"] for one in told if one["device"] != "desktop"] == ["mobile"]
    assert "ann@" not in str(told)
    # Robots are nobody, and no address is an identifier.
    assert len(people_of(bench)) == 4
    assert rejected_of(bench) == []


def test_lines_of_nothing_are_set_aside(bench: Bench, tmp_path: Path) -> None:
    cut = line(1, "GET / HTTP/1.1")[:-20] + "\n"
    short = '203.0.113.7 - - [01/May/2024:10:03:00 -0400] "GET / HTTP/1.1" 200 -\n'
    lines = [cut, "hello\n", short, line(2, "GET / HTTP/1.1").replace("/May/", "/Mai/")]
    landed(bench, tmp_path, SOURCE, {"access.log": "".join(lines)})
    assert rejected_of(bench) == [
        ("web", 1, "no line of an access log"),
        ("web", 2, "no line of an access log"),
        ("web", 4, "time not readable"),
    ]
    # The common format tells no browser: who comes from an address is one visitor.
    assert events_of(bench, "activity", "of") == [
        ("view_home", visitor("203.0.113.7", ""))
    ]


def test_a_real_log_is_counted_as_an_independent_reading_counts_it(
    bench: Bench, tmp_path: Path
) -> None:
    if not REAL.exists():
        pytest.skip("needs shared/data/weblog_apache")
    packed = (REAL / "apache_logs.gz").read_bytes()
    landed(bench, tmp_path, SOURCE, {"access.log.gz": packed})
    found = events_of(
        bench,
        "epoch(occurred_at)::bigint",
        "split_part(activity, '_', 1)",
        "json_extract_string(attributes, '$.page')",
        "of",
    )
    lines = dict.fromkeys(gzip.decompress(packed).decode().splitlines())
    told = [_told(one) for one in lines]
    assert len(lines) == 9_981
    assert Counter(found) == Counter(filter(None, told))
    assert len(found) == 1_856
    assert rejected_of(bench) == [("web", 8899, "no line of an access log")]


def _told(text: str) -> tuple[object, ...] | None:
    """Return what a line should tell, found by cutting it at its marks."""
    head, *quoted = text.split('"')
    host, _, _, at = head.rstrip("] ").split(" ", 3)
    if len(quoted) != 6:
        return None
    request, status, _, _, agent, _ = quoted
    method, address, _ = request.split(" ")
    page = address.partition("?")[0]
    _, dot, suffix = page.rpartition("/")[2].lower().rpartition(".")
    is_suffix = dot and suffix.isalnum() and suffix[0].isalpha() and len(suffix) < 13
    suffix = suffix if is_suffix else ""
    is_robot = agent == "-" or any(word in agent.lower() for word in ROBOTS)
    if is_robot or method not in ("GET", "POST") or suffix not in PAGES + FILES:
        return None
    code, rest = int(status.split()[0]), None
    if code == 404 or code >= 500:
        rest = "page"
    elif method == "GET" and code in (200, 304):
        rest = "view" if suffix in PAGES else "download"
    elif method == "POST" and code == 200:
        rest = "send"
    if rest is None:
        return None
    seconds = datetime.strptime(at[1:], "%d/%b/%Y:%H:%M:%S %z").timestamp()
    return (int(seconds), rest, page, visitor(host, agent))
