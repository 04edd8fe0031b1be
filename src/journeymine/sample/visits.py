"""Visits to the shop: landing, looking around, and single clicks."""

from dataclasses import dataclass

from journeymine.sample.catalogue import (
    AD_CAMPAIGNS,
    APP_CONTEXT,
    NEWSLETTERS,
    PAGE_CONTEXTS,
    PAGE_HEADS,
    PRODUCT_TEXTS,
    SCREEN_HEADS,
    SEARCHES,
    TRACK_HEADS,
)
from journeymine.sample.draws import between, pause, pick, weighted
from journeymine.sample.story import Story, WebEvent
from journeymine.sample.times import END, HOUR, MINUTE, SECOND, month_index

_PRODUCT_ACTIONS = {
    "Product Viewed",
    "Product Compared",
    "Size Guide Opened",
    "Reviews Read",
    "Product Added",
    "Product Removed",
}


@dataclass
class Visit:
    """A visit under way: `at` is the moment of its latest event."""

    device: int
    device_type: str
    is_app: bool
    campaign: str  # a piece of JSON for the landing event, then empty
    at: int


def open_visit(story: Story, at: int, medium: str | None = None) -> Visit:
    """Return a visit that has just landed, on one of the customer's devices."""
    customer, rng = story.customer, story.rng
    device = _device(story)
    device_type = customer.devices[device]
    if medium is None:
        medium = weighted(rng, customer.persona.mediums)
    in_app = device_type == "mobile" and rng.random() < customer.persona.in_app
    visit = Visit(device, device_type, in_app, _campaign(medium, at), at)
    if not customer.is_anonymous and device not in story.identified_at and at < END:
        delay = between(rng, 5 * SECOND, 6 * MINUTE)
        # At the very end there is no time to lose: every device is linked in the data.
        story.identified_at[device] = at if at > END - HOUR else at + delay
    landing = customer.persona.landing
    record(story, visit, landing)
    return visit


def _device(story: Story) -> int:
    if len(story.customer.devices) == 1 or not story.web:
        return 0
    # The second visit is on the other device; later ones now and then.
    if all(event.device == 0 for event in story.web):
        return 1
    return int(story.rng.random() < 0.3)


def _campaign(medium: str, at: int) -> str:
    if not medium:
        return ""
    if medium == "email":
        source, name = "newsletter", NEWSLETTERS[month_index(at)][0]
    else:
        source, name = AD_CAMPAIGNS[medium]
    return f'"campaign":{{"source":"{source}","medium":"{medium}","name":"{name}"}},'


def look_around(story: Story, visit: Visit) -> None:
    """Do some of what the persona likes to do, and look at one product at least."""
    persona = story.customer.persona
    for _ in range(between(story.rng, *persona.looks)):
        act(story, visit, pick(story.rng, persona.menu))
    act(story, visit, "Product Viewed")


def glance(story: Story, at: int, medium: str | None = None) -> None:
    """Come by without looking at any product."""
    visit = open_visit(story, at, medium)
    act(story, visit, "Product List Viewed")


def act(story: Story, visit: Visit, action: str, properties: str | None = None) -> None:
    """Click, some time after the event before."""
    visit.at += pause(story.rng, story.customer.persona.think)
    record(story, visit, action, properties)


def record(
    story: Story, visit: Visit, action: str, properties: str | None = None
) -> None:
    """Keep an event of the visit, at its present moment."""
    if properties is None:
        properties = _properties(story, action)
    device = f'"device":{{"type":"{visit.device_type}"}}'
    place = APP_CONTEXT if visit.is_app else PAGE_CONTEXTS[action]
    context = f"{visit.campaign}{device},{place}"
    visit.campaign = ""
    head = TRACK_HEADS.get(action)
    if head is None:
        head = (SCREEN_HEADS if visit.is_app else PAGE_HEADS)[action]
    story.add_web(
        WebEvent(visit.at, visit.device, visit.is_app, head, context, properties)
    )
    if action == "Products Searched" and not visit.is_app:
        # The results' page loads in the very millisecond of the search: a tie.
        record(story, visit, "Search", properties)


def _properties(story: Story, action: str) -> str:
    if action in _PRODUCT_ACTIONS:
        return pick(story.rng, PRODUCT_TEXTS)
    if action == "Products Searched":
        return pick(story.rng, SEARCHES)
    return "{}"
