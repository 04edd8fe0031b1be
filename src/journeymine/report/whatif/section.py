"""Attribution and what-if: how their section is filled."""

from journeymine.report.ground import Ground
from journeymine.report.whatif import findings, queries
from journeymine.report.whatif.channel_paths import HEAD as PATH_HEAD
from journeymine.report.whatif.channel_paths import read_channel_paths
from journeymine.report.whatif.credits import Attribution, read_attribution
from journeymine.report.whatif.material import as_json, read_material
from journeymine.report.whatif.scenarios import HEAD as SCENARIO_HEAD
from journeymine.report.whatif.scenarios import Scenarios, read_scenarios


def fill(ground: Ground) -> dict[str, object]:
    """Return what the template shows."""
    tables, facts = ground.tables, ground.facts
    attribution = read_attribution(tables, facts)
    scenarios = read_scenarios(ground)
    material = read_material(ground)
    credited = attribution.personas if attribution else {}
    return {
        "title": _title(attribution, scenarios),
        "attribution": attribution,
        "lacking": _lacking(ground),
        "models": findings.MODELS,
        "paths": read_channel_paths(tables, facts),
        "path_head": PATH_HEAD,
        "scenarios": scenarios,
        "scenario_head": SCENARIO_HEAD,
        "changeable": material["personas"],
        "material": as_json(
            material | {"credits": {key: one.by_model for key, one in credited.items()}}
        ),
        "queries": queries,
    }


def _title(attribution: Attribution | None, scenarios: dict[str, Scenarios]) -> str:
    if attribution is not None:
        return attribution.title
    if "all" in scenarios:
        return scenarios["all"].title
    return "No channel is credited, and no scenario counted"


def _lacking(ground: Ground) -> dict[str, str]:
    """Say of each part why it has nothing to show."""
    withheld = (
        f"Withheld: these figures would tell of fewer than {ground.facts.min_cell}"
        " people."
    )
    said = {
        "fct_attribution": (
            "No conversion is credited to a channel. Set [attribution] and the goal of"
            " [journey] in the project file; the next run fills this part."
        ),
        "fct_chain": (
            "There is no journey that has ended, so nothing can be said of what a"
            " change would bring."
        ),
    }
    return {
        table: withheld if ground.tables.is_withheld(table) else told
        for table, told in said.items()
    }
