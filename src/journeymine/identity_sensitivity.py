"""How far conversions rest on identities that are only probable."""

from journeymine.plan import Context


def conversion_sensitivity(context: Context) -> dict[str, str]:
    """Return, by name, each funnel's conversion with and without uncertain customers.

    These are customers whom only a probable link holds together, so whose steps may be
    those of two persons: what remains without them rests on certain links alone.
    Nothing is returned where no link is only probable.
    """
    funnels = context.con.execute(
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
        """
    ).fetchall()
    figures = {}
    for funnel, everyone, certain, uncertain in funnels:
        figures[f"funnel_{funnel}_conversion"] = _share(everyone)
        figures[f"funnel_{funnel}_conversion_of_certain_identities"] = _share(certain)
        figures[f"funnel_{funnel}_share_of_uncertain_identities"] = _share(uncertain)
    return figures


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.6f}"
