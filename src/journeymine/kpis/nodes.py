"""The nodes of the build graph that make KPIs."""

from journeymine.kpis.changes import make_changes
from journeymine.kpis.entries import make_entries
from journeymine.kpis.projections import make_projections
from journeymine.kpis.sums import make_sums
from journeymine.plan import Step

STEPS = (
    Step(
        "py_kpi_entries",
        reads=(
            "int_unit_events",
            "int_funnel_roles",
            "int_funnel_holds",
            "int_kpi_periods",
        ),
        make=make_entries,
    ),
    Step(
        "py_kpi_sums",
        reads=(
            *("int_kpi_cases", "int_kpi_units", "int_kpi_periods"),
            *("int_kpi_sets", "int_slices"),
        ),
        make=make_sums,
    ),
    Step(
        "py_kpi_changes",
        reads=("int_kpis", "int_kpi_periods", "py_kpi_sums"),
        make=make_changes,
    ),
    Step("py_kpi_projections", reads=("int_kpis",), make=make_projections),
)
