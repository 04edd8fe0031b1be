"""The summary: the answer, four figures, the drop-offs that cost most."""

from dataclasses import dataclass

from journeymine.report import queries, words
from journeymine.report.facts import Facts
from journeymine.report.funnels.funnel import Funnel
from journeymine.report.reader import Tables

NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Figure:
    """One headline figure: what, how much, how sure, and what else."""

    term: str
    value: str
    evidence: str
    note: str
    query: str


@dataclass(frozen=True)
class Summary:
    """The first screen."""

    title: str
    lead: str
    figures: list[Figure]


def read_summary(tables: Tables, facts: Facts, funnels: list[Funnel]) -> Summary:
    """Return the first screen of the report."""
    main = funnels[0] if funnels else None
    figures = [
        _conversion(main),
        _conversions(facts),
        _leaving(tables, facts),
        _recommendation(tables, facts),
    ]
    return Summary(_title(facts, main), _lead(facts), figures)


def _title(facts: Facts, funnel: Funnel | None) -> str:
    if not facts.customers:
        return "There are no customers in the data yet"
    if funnel is None:
        if facts.converted:
            made = words.plural(facts.journeys, "journey", "journeys")
            return f"{words.count(facts.converted)} of {made} converted"
        people = words.plural(facts.customers, "customer", "customers")
        return f"{people}; what they should reach is not defined"
    rate = funnel.panels[0].rate
    goal = funnel.panels[0].goal
    if rate.value == NOT_KNOWN:
        return f"How many reach “{goal}” is not known yet. {funnel.title}."
    return f"{rate.value} reach “{goal}”. {funnel.title}."


def _lead(facts: Facts) -> str:
    if not facts.customers:
        return facts.withheld or "The run found no event that belongs to a customer."
    people = words.plural(facts.customers, "customer", "customers")
    made = words.plural(facts.journeys, "journey", "journeys")
    ended = f"{words.count(facts.converted)} converted"
    verb = "is" if facts.in_progress == 1 else "are"
    open_ = f"{words.count(facts.in_progress)} {verb} still in progress"
    all_of_it = f"{people} made {made} from {facts.period}. {ended}, {open_}."
    return f"{all_of_it} {facts.withheld}".rstrip()


def _conversion(funnel: Funnel | None) -> Figure:
    if funnel is None:
        return Figure(
            "Conversion",
            NOT_KNOWN,
            "The project defines no funnel",
            "Set [funnels] in the project file",
            queries.FUNNEL,
        )
    panel = funnel.panels[0]
    rate, observed = panel.rate, panel.rates[0]
    term = f"Reach “{panel.goal}”, within {panel.window}"
    so_far = f"Observed so far: {observed.value} ({observed.interval})"
    if rate.value == NOT_KNOWN:
        return Figure(term, NOT_KNOWN, rate.name, so_far, queries.FUNNEL)
    note = so_far if observed.value != rate.value else words.capital(rate.name)
    evidence = f"{rate.interval}, n{words.SPACE}={words.SPACE}{rate.cases}"
    return Figure(term, rate.value, evidence, note, queries.FUNNEL)


def _conversions(facts: Facts) -> Figure:
    still = f"{words.count(facts.in_progress)} still in progress"
    ended = f"of {words.plural(facts.journeys, 'journey', 'journeys')}; {still}"
    amount = words.money(float(facts.amount), facts.currency) if facts.amount else ""
    note = f"Worth {amount}" if amount else "No amount is recorded"
    return Figure(
        "Journeys that converted",
        words.count(facts.converted),
        ended,
        note,
        queries.TOTALS,
    )


def _leaving(tables: Tables, facts: Facts) -> Figure:
    """Return churn; retention where churn is not known."""
    for row in tables.rows(queries.CHURN):
        pooled = row.period == "all"
        when = "all settled months" if pooled else f"the month from {row.period}"
        return Figure(
            "Customers lost per month (churn)",
            words.percent(row.churn_rate, row.settled),
            _evidence(row.churn_rate_low, row.churn_rate_high, row.settled),
            f"{words.count(row.undetermined)} not determined yet; {when}",
            queries.CHURN,
        )
    return _staying(tables, facts)


def _staying(tables: Tables, facts: Facts) -> Figure:
    kept = tables.rows(queries.RETENTION)
    if not kept and tables.is_withheld("fct_churn"):
        return _withheld("Customers lost (churn)", facts, queries.CHURN)
    if not kept:
        return Figure(
            "Customers lost (churn)",
            NOT_KNOWN,
            "Neither churn nor retention could be determined",
            "Set [churn] or [retention] in the project file",
            queries.CHURN,
        )
    row = kept[min(3, len(kept)) - 1]
    return Figure(
        f"Active again in period {row.period_index} after the first event",
        words.percent(float(row.retention_rate), row.at_risk),
        f"{words.cases(row.at_risk)}, no interval",
        "Cohorts whose period has ended",
        queries.RETENTION,
    )


def _recommendation(tables: Tables, facts: Facts) -> Figure:
    for row in tables.rows(queries.NPS):
        note = "Response rate not recorded"
        if row.response_rate is not None:
            rate = words.percent(row.response_rate)
            note = f"Response rate over all surveys {rate}"
        cases = words.cases(row.nps_answers)
        bounds = words.between(row.nps_low, row.nps_high, decimals=0)
        evidence = ", ".join(part for part in (bounds, cases) if part)
        return Figure("NPS", words.signed(row.nps, 0), evidence, note, queries.NPS)
    if tables.is_withheld("fct_experience"):
        return _withheld("NPS", facts, queries.NPS)
    return Figure(
        "NPS",
        NOT_KNOWN,
        "Nobody was asked, or nobody answered",
        "Set a [feedback] section of kind nps",
        queries.NPS,
    )


def _withheld(term: str, facts: Facts, query: str) -> Figure:
    few = f"It would tell of fewer than {facts.min_cell} people"
    return Figure(term, "Withheld", few, "Small cells are not shown", query)


def _evidence(low: float | None, high: float | None, cases: int) -> str:
    bounds = words.interval(low, high, cases)
    return ", ".join(p for p in (bounds, words.cases(cases)) if p)
