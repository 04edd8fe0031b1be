"""What the rules of the project file say of each event."""

from collections.abc import Iterator, Sequence
from datetime import date

from journeymine.config_rules import Rule
from journeymine.plan import Context
from journeymine.records import quoted

PATH_OF = (
    r"'^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)'"  # the group is the path
)
OWN_FIELDS = ("activity", "channel", "source")

Facts = dict[str, str]
"""Column of a fact that rules ask for, by the SQL that tells it of an event."""


def make_ruled_events(context: Context) -> None:
    """Make the view `py_ruled_events`: `int_events`, and what the rules say of each.

    Its `channel` is that of the rule where it names one; `rule_code` is the
    `rule_index` of the first rule that says the same (`cfg_rules`), 0 where none
    matches. Only distinct combinations of the facts that rules ask for are matched.
    """
    con, rules = context.con, context.config.rules
    if not rules:
        con.execute(
            "create or replace view py_ruled_events as"
            " select *, cast(0 as integer) as rule_code from int_events"
        )
        return
    facts = _facts(rules, context.config.project.timezone)
    told = ", ".join(f"{sql} as {name}" for sql, name in facts.items())
    cases = " ".join(
        f"when {' and '.join(_conditions(rule, facts, context))} then {index}"
        for index, rule in enumerate(rules, start=1)
    )
    con.execute(
        f"""
        create or replace table py_rule_matches as
        select *, case {cases} end as rule_index
        from (select distinct {told} from int_events where rule is null)
        """
    )
    same = " and ".join(
        f"{sql} is not distinct from py_rule_matches.{name}"
        for sql, name in facts.items()
    )
    con.execute(
        f"""
        create or replace view py_ruled_events as
        select
            int_events.* replace (
                coalesce(cfg_rules.channel, int_events.channel) as channel
            ),
            coalesce(cfg_rules.rule_code, 0) as rule_code
        from int_events
        left join py_rule_matches on {same}
        left join cfg_rules on py_rule_matches.rule_index = cfg_rules.rule_index
        """
    )


def _facts(rules: Sequence[Rule], zone: str) -> Facts:
    """Return all that rules ask of an event: its fields, and what days it is after."""
    fields = dict.fromkeys(field for rule in rules for field in rule.match)
    days = sorted({day for rule in rules for day in (rule.since, rule.until) if day})
    asked = [_field(name) for name in fields] + [_is_since(day, zone) for day in days]
    return {sql: f"fact_{place}" for place, sql in enumerate(asked, start=1)}


def _conditions(rule: Rule, facts: Facts, context: Context) -> Iterator[str]:
    """Yield what must hold of the facts for a rule to match."""
    zone = context.config.project.timezone
    for name, patterns in rule.match.items():
        fact = facts[_field(name)]
        yield f"({' or '.join(_is_like(fact, pattern) for pattern in patterns)})"
    if rule.since:
        yield facts[_is_since(rule.since, zone)]
    if rule.until:
        yield f"not {facts[_is_since(rule.until, zone)]}"


def _field(name: str) -> str:
    """Return SQL for a field of an event; of an address, only its path."""
    if name in OWN_FIELDS:
        return f"int_events.{name}"
    value = f"attribute_value(int_events.attributes, {quoted(name)})"
    path = f"coalesce(nullif(regexp_extract({value}, {PATH_OF}, 1), ''), '/')"
    return (
        f"case when contains({value}, '://') or starts_with({value}, '/')"
        f" then {path} else {value} end"
    )


def _is_since(day: date, zone: str) -> str:
    start = f"timezone({quoted(zone)}, timestamp '{day.isoformat()}')"
    return f"(int_events.occurred_at >= {start})"


def _is_like(fact: str, pattern: str) -> str:
    if "*" not in pattern:
        return f"{fact} = {quoted(pattern)}"
    escaped = pattern.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"{fact} like {quoted(escaped.replace('*', '%'))} escape '!'"
