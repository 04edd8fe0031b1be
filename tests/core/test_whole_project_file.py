"""A project file that uses every setting is read; what is left out has a default."""

from datetime import timedelta
from pathlib import Path

from journeymine.project_file import load_config

EVERYTHING = """
[project]
name = "Bakery"
timezone = "Europe/Lisbon"
as_of = 2025-02-01T00:00:00Z
output = "out"
currency = "EUR"
segments = ["device"]
keep = 3

[sources.site]
connector = "segment"
path = "site/*.ndjson.gz"
complete_until = 2025-02-01T00:00:00Z
required = true
mode = "add"
dedupe = true

[sources.desk]
system = "support"
format = "csv"
path = "tickets.csv"
identifiers = { email = "mail" }
attributes = ["priority"]
segments = ["priority"]
mode = "replace"
dedupe = false
lifecycle = "all"
publish_attributes = true

[sources.desk.columns]
event_id = "id"
occurred_at = "at"
activity = "state"
channel = "via"
order = "n"
version = "v"
actor = "who"
lifecycle = "phase"
instance = "run"
resource = "agent"
amount = "cost"
currency = "money"
session_id = "visit"

[ingest]
max_quarantined_share = 0.02

[privacy]
pseudonymise = ["email"]
key_file = "key"
country_code = "+351"
free_text = "dropped"
test_domains = "qa.bakery.pt"
internal_domains = ["bakery.pt"]

[filters]
internal = { attribute = "ip", prefix = ["10."] }

[expected]
steps = ["bagged", { any = "bread_bought", within = "1 day" }]
never = "order_cancelled"

[journey]
goal = ["bread_bought"]
exits = { cancelled = ["order_cancelled"] }
inactivity = "learned"
session_gap = "20 minutes"
case = "case_id"
value = 12.5

[stages]
interest = ["menu_viewed"]
purchase = ["bread_bought"]

[funnels.counter]
window = "2 days"
entry = "first"
mode = "ordered"
ties = "strict"
unit = "journey"
exclusions = { end_attempt = ["order_cancelled"], drop_unit = ["fraud_found"] }
hold = ["order_id"]
from = 2025-01-01
until = 2025-02-01T00:00:00Z
steps = [
    "menu_viewed",
    ["bagged", "boxed"],
    { any = ["coupon_used"], optional = true, name = "coupon" },
    { any = "bread_bought", within = "1 hour" },
]

[abandonment.basket]
intent = ["bagged"]
goal = ["bread_bought"]

[patterns]
empty_basket = "bagged -> !bread_bought* $"

[paths]
anchors = ["bagged"]
steps = 3

[retention]
period = "week"

[churn]
kind = "non-contractual"

[attribution]
lookback = "45 days"
half_life = "3 days"
ignore = "flyer_printed"
costs = { radio = 90.5, flyers = { "2025-01" = 40 } }

[prediction]
horizon = "20 days"
prefixes = 5000

[personas]
count = "auto"

[feedback.csat]
activity = "csat_answered"
score = "score"
scale = [1, 5]

[objects]
ticket = { attribute = "priority", qualifier = "about" }
agent = { field = "resource" }

[objectives.counter]
metric = "funnel.counter.conversion"
target = 0.35
by = 2025-12-31
"""


def test_every_setting_is_read(tmp_path: Path) -> None:
    project = tmp_path / "journeymine.toml"
    project.write_text(EVERYTHING, encoding="utf-8")
    config = load_config(project)
    assert config.output == tmp_path / "out"
    assert config.sources["site"].system == "web"
    assert config.sources["site"].format == "jsonl"
    assert config.sources["desk"].columns.session_id == "visit"
    assert config.sources["desk"].columns.instance == "run"
    assert config.sources["desk"].publishes_attributes
    assert config.objects["ticket"].qualifier == "about"
    assert config.journey.session_gap == timedelta(minutes=20)
    assert config.funnels["counter"].steps[1].any == ("bagged", "boxed")
    assert config.abandonment["basket"].timeout == "learned"
    assert config.patterns == {"empty_basket": "bagged -> !bread_bought* $"}
    assert (config.paths.anchors, config.paths.steps) == (("bagged",), 3)
    assert config.expected is not None
    assert config.expected.steps[1].within == timedelta(days=1)
    assert config.churn is not None
    assert config.churn.horizon is None
    assert config.prediction is not None
    assert config.prediction.horizon == timedelta(days=20)
    assert config.prediction.prefixes == 5000
    assert config.attribution is not None
    assert config.attribution.ignore == ("flyer_printed",)
    assert [*config.attribution.costs] == ["radio", "flyers"]
    assert config.privacy is not None
    assert config.privacy.pseudonymise == ("email",)
    assert config.privacy.test_domains == ("qa.bakery.pt",)


def test_a_name_and_a_source_are_enough(tmp_path: Path) -> None:
    project = tmp_path / "journeymine.toml"
    project.write_text(
        '[project]\nname = "B"\n[sources.a]\nformat = "csv"\npath = "a.csv"\n'
        'columns = { occurred_at = "at", activity = "what" }\n',
        encoding="utf-8",
    )
    config = load_config(project)
    assert config.output == tmp_path / "build"
    assert config.journey.inactivity == timedelta(days=30)
    assert config.journey.goal == ()
    assert (config.patterns, config.paths.anchors) == ({}, None)
    assert (config.retention, config.privacy) == (None, None)
