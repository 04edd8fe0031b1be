"""What happened to one customer, collected before it is written."""

from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from journeymine.sample.customers import Customer
from journeymine.sample.times import END


class WebEvent(NamedTuple):
    """One tracking call; the texts are pieces of JSON."""

    at: int
    device: int
    is_app: bool
    head: str
    context: str
    properties: str


class DropOff(NamedTuple):
    """An attempt that ended without an order: the last step reached, and why."""

    attempt: int
    step: str
    at: int
    reason: str


@dataclass
class Story:
    """One customer's events and rows, in the order in which they were made up.

    The story is told beyond the end of the data; what lies behind it is cut.
    """

    customer: Customer
    rng: Random
    web: list[WebEvent] = field(default_factory=list)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    identified_at: dict[int, int] = field(default_factory=dict)  # by device
    order_times: list[int] = field(default_factory=list)
    first_cart_at: int | None = None
    drop_offs: list[DropOff] = field(default_factory=list)
    attempts: int = 0
    tickets: int = 0
    mails: int = 0
    last_active_at: int = 0
    has_left: bool = False
    has_unsubscribed: bool = False
    in_progress: bool = False

    @property
    def known_at(self) -> int | None:
        """When the shop first learnt who the customer is."""
        return min(self.identified_at.values(), default=None)

    def add_web(self, event: WebEvent) -> None:
        """Keep a tracking call, unless it lies behind the end."""
        if event.at < END:
            self.web.append(event)
            self.last_active_at = max(self.last_active_at, event.at)

    def add_row(self, export: str, at: int, fields: list[str], own: bool) -> None:
        """Keep a row of a CSV export; `own` says that the customer acted."""
        if at < END:
            self.rows.setdefault(export, []).append(fields)
            if own:
                self.last_active_at = max(self.last_active_at, at)

    def drop(self, step: str, at: int, reason: str) -> None:
        """End the running attempt without an order, unless that is behind the end."""
        if at < END:
            self.drop_offs.append(DropOff(self.attempts, step, at, reason))
