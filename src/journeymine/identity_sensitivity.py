"""How far conversions rest on identities that are only probable."""

from dataclasses import asdict, dataclass

import duckdb

from journeymine.config import Config
from journeymine.plan import Context


@dataclass(frozen=True)
class Sensitivity:
    """How the conversion of a funnel changes without uncertain customers.

    These are customers whom only a probable link holds together, so whose steps may be
    those of two persons: what remains without them rests on certain links alone.

    Attributes
    ----------
    conversion
        Share of the units that converted.
    certain
        The same of those with a certain identity; None if there are none.
    uncertain
        Share of the units with an uncertain identity.
    """

    funnel: str
    conversion: float
    certain: float | None
    uncertain: float


def sensitivities(con: duckdb.DuckDBPyConnection) -> list[Sensitivity]:
    """Return one per funnel, by name; none where no link is only probable."""
    rows = con.execute(
        """
        select
            int_funnel_units.funnel,
            avg(cast(int_funnel_units.state = 'converted' as integer)),
            avg(cast(int_funnel_units.state = 'converted' as integer))
                filter (where int_identity_confidence.customer_code is null),
            avg(cast(int_identity_confidence.customer_code is not null as integer))
        from int_funnel_units
        left join int_identity_confidence
            on int_funnel_units.customer_code = int_identity_confidence.customer_code
        where exists (from int_identity_confidence)
        group by int_funnel_units.funnel
        order by int_funnel_units.funnel
        """
    ).fetchall()
    return [Sensitivity(*row) for row in rows]


def sensitivity_facts(
    con: duckdb.DuckDBPyConnection, config: Config
) -> dict[str, object]:
    """Return what the manifest says of it: nothing if the project links nobody so."""
    if not config.identity.linkage:
        return {}
    return {"identity_sensitivity": [asdict(one) for one in sensitivities(con)]}


def conversion_sensitivity(context: Context) -> dict[str, str]:
    """Return the same figures by name, as `py_run` holds them."""
    figures = {}
    for one in sensitivities(context.con):
        name = f"funnel_{one.funnel}"
        figures[f"{name}_conversion"] = _share(one.conversion)
        figures[f"{name}_conversion_of_certain_identities"] = _share(one.certain)
        figures[f"{name}_share_of_uncertain_identities"] = _share(one.uncertain)
    return figures


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.6f}"
