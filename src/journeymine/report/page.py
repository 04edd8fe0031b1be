"""The page: read every section, fill the template, write one file."""

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from journeymine.process_map.coverage import LEVELS
from journeymine.report import doubts, map_queries, queries, unmatched
from journeymine.report.facts import read_facts
from journeymine.report.funnel import read_funnels
from journeymine.report.journey_map import map_title, read_maps
from journeymine.report.losses import read_losses
from journeymine.report.meanings import MEANINGS
from journeymine.report.paths import read_process_maps
from journeymine.report.quality import read_quality
from journeymine.report.reader import Tables, open_tables
from journeymine.report.summary import read_summary
from journeymine.report.variants import read_models, read_variants


def write_report(database: Path, folder: Path) -> Path:
    """Write `index.html` into a folder, from a published DuckDB file.

    The page is one file: no network, no clock; the same tables give the same bytes.
    """
    tables = open_tables(database)
    try:
        page = _render(tables)
    finally:
        tables.con.close()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _render(tables: Tables) -> str:
    facts = read_facts(tables)
    funnels = read_funnels(tables, facts)
    main = funnels[0] if funnels else None
    losses = read_losses(tables, facts, main)
    maps = read_maps(tables, facts, main.key if main else None, losses)
    return (
        _environment()
        .get_template("report.html.jinja")
        .render(
            facts=facts,
            summary=read_summary(tables, facts, funnels),
            losses=losses,
            funnels=funnels,
            maps=maps,
            map_title=map_title(maps, facts),
            processes=read_process_maps(tables, facts),
            levels=LEVELS,
            variants=read_variants(tables),
            models=read_models(tables, facts),
            quality=read_quality(tables, facts),
            queries=queries,
            map_queries=map_queries,
            doubt_queries=(doubts.CONFLICTS, doubts.TIMES),
            unmatched_query=unmatched.UNMATCHED,
            meanings=MEANINGS,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("journeymine.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Style and script are ours; in their elements text is not HTML.
    environment.globals["asset"] = lambda name: Markup(
        files("journeymine.report").joinpath("templates", name).read_text("utf-8")
    )
    return environment
