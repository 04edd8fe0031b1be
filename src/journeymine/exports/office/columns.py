"""The columns of the sheets that are tables."""

from journeymine.exports.office.tables import Column

BOUNDS = (Column("from", "share", 9), Column("to", "share", 9))
FUNNEL = (
    *(Column("Funnel", wide=16), Column("Customers", wide=28)),
    Column("Step", "count", 6),
    *(Column("Name", wide=28), Column("Entered", "count"), Column("Reached", "count")),
    *(Column("Of entered", "bar"), Column("Dropped here", "count")),
    *(Column("In progress", "count"), Column("Excluded", "count")),
    *(Column("Conversion", "share"), *BOUNDS, Column("Basis", wide=22)),
)  # fmt: skip
DROP_OFFS = (
    *(Column("Funnel", wide=16), Column("Customers", wide=28)),
    *(Column("Leave after", wide=26), Column("Before", wide=26)),
    *(Column("At risk", "count"), Column("Left", "count"), Column("Rate", "bar")),
    *(*BOUNDS, Column("Expected", "share", 10), Column("Expected from", wide=14)),
    *(Column("Beyond expected", "number", 16), Column("Value lost", "money")),
    *(Column("q", "small", 9), Column("In progress", "count")),
    *(Column("Went to support", "count", 16), Column("Next", wide=24)),
)  # fmt: skip
PAINS = (
    *(Column("Rank", "count", 6), Column("Finding", wide=70), Column("Kind", wide=12)),
    *(Column("Customers", wide=26), Column("Months", wide=11)),
    *(Column("At risk", "count"), Column("Observed", "number")),
    *(Column("Expected", "number"), Column("Excess", "number")),
    *(Column("from", "number", 9), Column("to", "number", 9)),
    *(Column("Value", "money"), Column("from", "money", 9), Column("to", "money", 9)),
    *(Column("Effort", "number", 8), Column("Priority", "number", 10)),
    *(Column("q", "small", 9), Column("Significant", wide=11)),
)  # fmt: skip
KPIS = (
    *(Column("KPI", wide=44), Column("Period", wide=12), Column("Value", "number")),
    *(Column("from", "number", 9), Column("to", "number", 9), Column("n", "count", 9)),
    *(Column("Final", wide=8), Column("Change", "number"), Column("q", "small", 9)),
    *(Column("Target", "number"), Column("By", "day"), Column("Owner", wide=16)),
    *(Column("Status", wide=22), Column("What it counts", wide=70)),
)  # fmt: skip
NOTES = (
    *(Column("Note", wide=10), Column("About", wide=30), Column("Customers", wide=24)),
    *(Column("Text", wide=60), Column("Kind", wide=12), Column("Author", wide=16)),
    *(Column("On", "day"), Column("Owner", wide=16), Column("Effort", wide=8)),
    *(Column("Status", wide=10), Column("Place still there", wide=16)),
)  # fmt: skip
