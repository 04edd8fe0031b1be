"""A project file to begin with."""

from pathlib import Path

from journeymine.errors import ConfigError

TEMPLATE = """\
# What journeymine reads, and what a journey is here. Paths are relative to this file.

[project]
name = "My shop"
timezone = "Europe/Berlin"      # of times without a zone, and of calendar days
output = "build"

[sources.web]                   # any table with one event a row
system = "web"                  # web | crm | support | feedback | commerce | marketing
format = "csv"                  # csv | tsv | jsonl | parquet | xes
path = "exports/web/*.csv"
columns = { occurred_at = "timestamp", activity = "event", channel = "channel" }
identifiers = { user_id = "user_id" }

[journey]
goal = ["order_placed"]         # what ends a journey well

[funnels.checkout]
steps = ["product_view", "cart", "payment", "order_placed"]
window = "14 days"

[pain_points]                   # what to fix first, and what it would bring
"""


def write_template(path: Path) -> None:
    """Write a project file that a person fills in.

    Raises
    ------
    ConfigError
        If the file is there already.
    """
    if path.exists():
        message = f"{path}: is there already; choose another name with --project"
        raise ConfigError(message)
    path.write_text(TEMPLATE, encoding="utf-8")
