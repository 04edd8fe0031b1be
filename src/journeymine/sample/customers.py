"""Who a customer of the sample is: persona, devices, identifiers, entry."""

from dataclasses import dataclass
from random import Random

from journeymine.sample.catalogue import COUNTRIES, FIRST_NAMES
from journeymine.sample.draws import between, pick, weighted
from journeymine.sample.personas import BROWSER, COMPARER, LOYAL, PERSONAS, Persona
from journeymine.sample.times import DAY, END, START, on_day

_TWO_DEVICES = 0.42  # some of these never come back, so fewer show both
_OTHER_DEVICE = {"mobile": "desktop", "desktop": "mobile", "tablet": "desktop"}
_BAD_CARD = 0.97
_KEEPS_ITS_DAYS = 0.92
_SATURDAY = 5
_DOMAINS = ("example.com", "example.org", "example.net")


@dataclass(frozen=True)
class Customer:
    """One person, as only the truth knows them."""

    number: int
    persona: Persona
    entered_at: int
    devices: tuple[str, ...]
    anonymous_ids: tuple[str, ...]
    is_anonymous: bool  # all along
    is_business: bool
    card_fails: float
    country: str
    email: str

    @property
    def user_id(self) -> str:
        """The account in the shop."""
        return f"u{100_000 + self.number}"

    @property
    def contact_id(self) -> str:
        """The contact in the CRM."""
        return f"C-{500_000 + self.number}"


def draw_customer(number: int, rng: Random) -> Customer:
    """Return the customer of that number."""
    persona = weighted(rng, PERSONAS)
    is_anonymous = rng.random() < persona.anonymous
    devices = _devices(persona, is_anonymous, rng)
    is_business = persona in (COMPARER, LOYAL) and rng.random() < 0.075
    return Customer(
        number=number,
        persona=persona,
        entered_at=_entry(persona, rng),
        devices=devices,
        anonymous_ids=tuple(f"{rng.getrandbits(64):016x}" for _ in devices),
        is_anonymous=is_anonymous,
        is_business=is_business and not is_anonymous,
        card_fails=_BAD_CARD
        if rng.random() < persona.bad_cards
        else persona.card_fails,
        country=weighted(rng, COUNTRIES),
        email=f"{pick(rng, FIRST_NAMES)}{number}@{pick(rng, _DOMAINS)}",
    )


def _devices(persona: Persona, is_anonymous: bool, rng: Random) -> tuple[str, ...]:
    first = weighted(rng, persona.devices)
    # Nothing could ever link the second device of somebody who stays anonymous.
    if is_anonymous or rng.random() >= _TWO_DEVICES:
        return (first,)
    # Browsers own another phone or tablet: they are not found at a desk.
    second = "tablet" if persona is BROWSER else _OTHER_DEVICE[first]
    return (first, second)


def _entry(persona: Persona, rng: Random) -> int:
    # Loyal customers come early, so that their habit can show; the shop grows.
    share = rng.random() ** (2.0 if persona is LOYAL else 0.75)
    at = next_visit(persona, START + int(share * (END - START - 1)), rng)
    return at if at < END else at - 7 * DAY


def next_visit(persona: Persona, at: int, rng: Random) -> int:
    """Return a moment in the hours that the persona keeps.

    It lies on the day of `at`, or some days later, when the persona is free.
    """
    weekday = (at - START) // DAY % 7  # the data start on a Monday
    if rng.random() < _KEEPS_ITS_DAYS:
        if persona.on_weekends and weekday < _SATURDAY:
            at += (_SATURDAY + between(rng, 0, 2) - weekday) * DAY
        elif not persona.on_weekends and weekday >= _SATURDAY:
            at += (7 - weekday) * DAY
    low, high = persona.hours
    return on_day(at, low + rng.random() * (high - low)) + between(rng, 0, 60_000)
