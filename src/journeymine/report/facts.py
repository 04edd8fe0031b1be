"""What every section needs to know: the project, its personas, its stages."""

from dataclasses import dataclass
from datetime import datetime

from journeymine.report import queries, words
from journeymine.report.reader import Tables

EVERYONE = "All customers"
NAMELESS = {"none": "In no group"}


@dataclass(frozen=True)
class Persona:
    """A group of customers, or all of them (`all`)."""

    key: str
    label: str
    customers: int
    share: float
    profile: str = ""
    traits: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True)
class Facts:
    """The project and its run, as the header and all sections show them."""

    project: str
    zone: str
    currency: str
    as_of: datetime | None
    is_assumed: bool
    customers: int
    journeys: int
    converted: int | None
    in_progress: int | None
    amount: float | None
    first_at: datetime | None
    last_at: datetime | None
    stages: tuple[str, ...]
    personas: tuple[Persona, ...]
    min_cell: str = ""
    part: str = ""  # what a narrower page tells of; empty if it tells of everything

    @property
    def withheld(self) -> str:
        """What is not shown for the sake of few people; empty if all is."""
        if not self.min_cell:
            return ""
        return (
            f"Counts of fewer than {self.min_cell} people are withheld, and what would"
            " give them away."
        )

    @property
    def period(self) -> str:
        """First and last day with a journey, in the project's zone."""
        if not self.first_at or not self.last_at:
            return ""
        first, last = (
            words.day(moment, self.zone) for moment in (self.first_at, self.last_at)
        )
        return f"{first} to {last}"

    @property
    def complete_to(self) -> str:
        """The watermark, in the project's zone."""
        return words.minute(self.as_of, self.zone) if self.as_of else "not known"

    def label_of(self, persona: str) -> str:
        """Return the name of a persona."""
        known = {one.key: one.label for one in self.personas}
        return known.get(persona) or NAMELESS.get(persona, words.label(persona))


def read_facts(tables: Tables) -> Facts:
    """Return the facts of a published run."""
    run = {row.name: row.value for row in tables.rows(queries.RUN)}
    is_shared = tables.has("meta_totals")
    (totals,) = tables.rows(queries.SHARED_TOTALS if is_shared else queries.TOTALS)
    as_of = run.get("as_of")
    return Facts(
        project=run.get("project_name", "Project"),
        zone=run.get("timezone", "UTC"),
        currency=run.get("currency", ""),
        as_of=datetime.fromisoformat(as_of) if as_of else None,
        is_assumed=str(run.get("as_of_is_assumed")).lower() == "true",
        customers=totals.customers,
        journeys=totals.journeys,
        converted=totals.converted,
        in_progress=totals.in_progress,
        amount=totals.amount,
        first_at=totals.first_at,
        last_at=totals.last_at,
        stages=tuple(row.stage for row in tables.rows(queries.STAGES)),
        personas=_personas(tables, totals.customers),
        min_cell=run.get("min_cell", ""),
        part=tables.part.told if tables.part else "",
    )


def _personas(tables: Tables, customers: int) -> tuple[Persona, ...]:
    """Return all customers first; then the groups, if there is more than one."""
    whose = tables.part.label if tables.part else ""
    everyone = Persona("all", whose or EVERYONE, customers, 1.0)
    found = [
        Persona(
            key=row.persona,
            label=row.persona_name or NAMELESS.get(row.persona, row.persona),
            customers=row.customers,
            share=row.share or 0.0,
            profile=row.profile or "",
            traits=tuple(row.traits or ()),
        )
        for row in tables.rows(queries.PERSONAS)
    ]
    return (everyone, *found) if len(found) > 1 else (everyone,)
