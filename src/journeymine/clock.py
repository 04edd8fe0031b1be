"""What a run judges by: the watermark `A`, and the silence that ends a journey."""

from datetime import UTC, datetime, timedelta

from journeymine.config_values import microseconds
from journeymine.errors import SourceError
from journeymine.plan import Context
from journeymine.warehouse import scalar, write_table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_GAP = timedelta(days=90)


def make_watermarks(context: Context) -> None:
    """Write `py_watermarks`, and set `as_of`, `as_of_us`: the watermark `A`.

    `A` is `as_of` if set; else the least `complete_until` of the required sources
    that declare one; else the last event of any source, marked as assumed.

    Raises
    ------
    SourceError
        If there is no event at all, and so no moment to judge from.
    """
    con, config = context.con, context.config
    last_seen = dict(con.execute(_LAST_SEEN).fetchall())
    if not last_seen:
        message = "sources: no file holds a good event; check columns and paths"
        raise SourceError(message)
    declared = [
        source.complete_until
        for source in config.sources.values()
        if source.required and source.complete_until
    ]
    as_of = config.project.as_of or min(declared, default=max(last_seen.values()))
    is_assumed = config.project.as_of is None and not declared
    write_table(
        con,
        "py_watermarks",
        "source varchar, complete_until timestamptz, is_assumed boolean, "
        "last_at timestamptz",
        [
            (
                name,
                source.complete_until or last_seen.get(name),
                source.complete_until is None,
                last_seen.get(name),
            )
            for name, source in config.sources.items()
        ],
    )
    context.parameters["as_of"] = as_of
    context.parameters["as_of_us"] = microseconds(as_of - EPOCH)
    context.parameters["is_as_of_assumed"] = is_assumed


_LAST_SEEN = """
select stg_events.source, max(stg_events.occurred_at)
from stg_events
anti join int_rejected
    on stg_events.sha256 = int_rejected.sha256
    and stg_events.record_index = int_rejected.record_index
    and stg_events.source = int_rejected.source
left join int_repeats
    on stg_events.sha256 = int_repeats.sha256
    and stg_events.record_index = int_repeats.record_index
    and stg_events.event_id = int_repeats.event_id
where int_repeats.is_lost is null or not int_repeats.is_lost
group by stg_events.source
"""


def make_inactivity(context: Context) -> None:
    """Write `py_inactivity`, and set `inactivity_us`: the silence that ends a journey.

    Learned, it is the 0.95 quantile of the silences between sessions that began
    before A - 90 days, bounded to [session gap, 90 days].
    """
    setting = context.config.journey.inactivity
    gap = context.config.journey.session_gap
    if isinstance(setting, timedelta):
        length = microseconds(setting)
    else:
        learned = scalar(
            context.con,
            f"""
            select quantile_disc(silence_us, 0.95)
            from (
                select
                    ended_us,
                    lead(epoch_us(started_at)) over (
                        partition by customer_code order by session_index
                    ) - ended_us as silence_us
                from int_sessions
            )
            where silence_us is not null
                and ended_us < {context.parameters["as_of_us"]}
                    - {microseconds(LONGEST_GAP)}
            """,
        )
        longest = microseconds(LONGEST_GAP)
        length = longest if learned is None else int(str(learned))
        length = min(max(length, microseconds(gap)), longest)
    write_table(
        context.con,
        "py_inactivity",
        "inactivity_us bigint, is_learned boolean",
        [(length, setting == "learned")],
    )
    context.parameters["inactivity_us"] = length
