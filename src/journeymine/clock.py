"""What a run judges by: the watermark `A`, and the silence that ends a journey."""

from datetime import UTC, datetime, timedelta

from journeymine.config_sources import Source
from journeymine.config_values import microseconds
from journeymine.errors import SourceError
from journeymine.plan import Context
from journeymine.warehouse import Row, scalar, write_table

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_GAP = timedelta(days=90)
Seen = tuple[datetime | None, datetime | None, int | None]
"""Of a source: last event, last one up to A, longest silence in seconds."""

STOPPED = 2
"""A source stopped if it is silent for this many times its longest silence before."""


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
    declared = [
        source.complete_until
        for source in config.sources.values()
        if source.required and source.complete_until
    ]
    known = config.project.as_of or min(declared, default=None)
    activity: dict[str, Seen] = {
        name: (last_at, silent_since, usual)
        for name, last_at, silent_since, usual in con.execute(
            _ACTIVITY, [known]
        ).fetchall()
    }
    if not activity:
        message = "sources: no file holds a good event; check columns and paths"
        raise SourceError(message)
    as_of = known or max(last_at for last_at, _, _ in activity.values() if last_at)
    write_table(
        con,
        "py_watermarks",
        "source varchar, complete_until timestamptz, is_assumed boolean, "
        "last_at timestamptz, silent_since timestamptz, silence_seconds bigint, "
        "usual_silence_seconds bigint, is_stopped boolean",
        [
            _watermark(name, source, as_of, activity.get(name, (None, None, None)))
            for name, source in config.sources.items()
        ],
    )
    context.parameters["as_of"] = as_of
    context.parameters["as_of_us"] = microseconds(as_of - EPOCH)
    context.parameters["is_as_of_assumed"] = known is None


_ACTIVITY = """
with days as (
    select
        source,
        epoch_us(occurred_at) // 86400000000 as day,
        max(occurred_at) as last_at,
        max(occurred_at) filter (
            where occurred_at <= coalesce($1::timestamptz, 'infinity')
        ) as last_before
    from int_kept
    group by all
), silences as (
    select
        *,
        day - lag(day) over (partition by source order by day) as silence
    from days
)
select
    source,
    max(last_at),
    max(last_before),
    case
        when count(last_before) >= 3
            then max(silence) filter (where last_before is not null) * 86400
    end
from silences
group by source
"""


def _watermark(name: str, source: Source, as_of: datetime, seen: Seen) -> Row:
    """Return a row of `py_watermarks`: a source, and how long it is silent at A."""
    last_at, silent_since, usual = seen
    silence = None
    if silent_since is not None:
        silence = (as_of - silent_since) // timedelta(seconds=1)
    is_stopped = (
        silence is not None
        and usual is not None
        and silence > max(STOPPED * usual, 86_400)
    )
    complete_until = source.complete_until or last_at
    is_assumed = source.complete_until is None
    return (
        name,
        complete_until,
        is_assumed,
        last_at,
        silent_since,
        silence,
        usual,
        is_stopped,
    )


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
