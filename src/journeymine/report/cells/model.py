"""What stands in a cell of the map, as numbers and names; nothing is rounded here."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
    """A step of the main funnel, and who leaves after it."""

    step_index: int
    name: str
    entered: int
    reached: int
    in_progress: int
    at_risk: int | None = None
    left: int | None = None
    drop_rate: float | None = None
    drop_rate_low: float | None = None
    drop_rate_high: float | None = None


@dataclass(frozen=True)
class Emotion:
    """What customers feel, from -1 to +1; null where fewer than five answered."""

    answers: int
    value: float | None
    low: float | None
    high: float | None
    is_asked: bool


@dataclass(frozen=True)
class Touchpoint:
    """A touchpoint, its channel, and how many customers met it."""

    name: str
    channel: str
    customers: int


@dataclass(frozen=True)
class Quote:
    """What one customer said, where that may be told."""

    text: str
    emotion: float
    origin: str


@dataclass(frozen=True)
class Act:
    """What the company did, and how often."""

    name: str
    events: int


@dataclass(frozen=True)
class Pain:
    """A pain point: where more is lost than expected.

    `key` is the same in every run. `opportunity` numbers those of which is known what
    there is to win, from 1.
    """

    key: str
    rank: int
    kind: str
    title: str
    finding: str
    who: str
    is_significant: bool
    opportunity: int | None
    uplift: float | None
    value: float | None
    value_low: float | None
    value_high: float | None
    effort: float | None


@dataclass(frozen=True)
class Kpi:
    """A measure over the whole period, with its target if an objective sets one."""

    metric: str
    objective: str
    name: str
    meaning: str
    unit: str
    direction: str
    cases: int
    value: float
    low: float | None
    high: float | None
    target: float | None
    target_by: date | None
    status: str
    owner: str

    @property
    def family(self) -> str:
        """What kind of measure it is: `emotion`, `funnel`, `retention`."""
        return self.metric.partition(".")[0]


@dataclass(frozen=True)
class Note:
    """What the team wrote on the map."""

    note_id: str
    kind: str
    text: str
    owner: str
    effort: str
    status: str
    place: str
