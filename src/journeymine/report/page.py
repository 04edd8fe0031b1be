"""The page: fill every section, and write one file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from journeymine.report.funnels import section as funnels
from journeymine.report.ground import Ground, read_ground
from journeymine.report.journey_map import section as journey_map
from journeymine.report.leaving import section as leaving
from journeymine.report.narrowing import EVERYTHING, Part
from journeymine.report.paths import section as paths
from journeymine.report.reader import Tables, open_tables
from journeymine.report.summary import section as summary
from journeymine.report.trends import section as trends
from journeymine.report.trust import section as trust
from journeymine.report.voice import section as voice
from journeymine.report.whatif import section as whatif


@dataclass(frozen=True)
class Section:
    """A section of the page: `<key>.html.jinja`, with what `fill` returns.

    `<key>.css` and `<key>.js` are its own style and script, where there are any.
    """

    key: str
    label: str
    fill: Callable[[Ground], Mapping[str, object]]


SECTIONS = (
    Section("summary", "Summary", summary.fill),
    Section("map", "Journey map", journey_map.fill),
    Section("funnel", "Funnel", funnels.fill),
    Section("paths", "Paths", paths.fill),
    Section("leaving", "Churn and retention", leaving.fill),
    Section("voice", "Voice of the customer", voice.fill),
    Section("whatif", "Attribution and what-if", whatif.fill),
    Section("trends", "Trends", trends.fill),
    Section("quality", "Data quality", trust.fill_quality),
    Section("method", "Method", trust.fill_method),
)
"""In the order of the page. A further section is a line here and its files."""


def write_report(database: Path, folder: Path, part: Part = EVERYTHING) -> Path:
    """Write `index.html` into a folder, from a published DuckDB file or a part of it.

    The page is one file: no network, no clock; the same tables give the same bytes.

    Raises
    ------
    QueryError
        If there is no such part, or none may be taken.
    """
    tables = open_tables(database, part)
    try:
        page = _render(tables)
    finally:
        tables.con.close()
    if tables.part:
        folder /= f"only-{tables.part.slug}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _render(tables: Tables) -> str:
    ground = read_ground(tables)
    environment = Environment(
        loader=PackageLoader("journeymine.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Each is filled by itself: no section sees the names of another.
    filled = [
        Markup(
            environment.get_template(f"{section.key}.html.jinja").render(
                facts=ground.facts, **section.fill(ground)
            )
        )
        for section in SECTIONS
    ]
    return environment.get_template("report.html.jinja").render(
        facts=ground.facts,
        sections=SECTIONS,
        filled=filled,
        style=_assets(".css"),
        script=_assets(".js"),
    )


def _assets(suffix: str) -> Markup:
    """Return the style or script of the page, and then those of its sections.

    Both are ours, and text in their elements is not HTML.
    """
    templates: Traversable = files("journeymine.report").joinpath("templates")
    parts = [
        templates.joinpath(f"{name}{suffix}")
        for name in ("report", *(section.key for section in SECTIONS))
    ]
    return Markup("".join(part.read_text("utf-8") for part in parts if part.is_file()))
