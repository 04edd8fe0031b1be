"""Support tickets: what is asked, and how the help goes."""

from journeymine.sample.draws import between, pick, weighted
from journeymine.sample.personas import HUNTER
from journeymine.sample.story import Story
from journeymine.sample.surveys import ask_after_ticket
from journeymine.sample.times import END, HOUR, MINUTE, in_incident, offset_text

_PENDING = 0.35
_REOPENED = 0.1
_CHANNELS = (("email", 0.6), ("chat", 0.2), ("phone", 0.2))
_HUNTER_CHANNELS = (("email", 0.2), ("chat", 0.7), ("phone", 0.1))


def ask(story: Story, at: int, topic: str) -> None:
    """Open a ticket some minutes after `at`, and follow it until it is solved."""
    customer, rng = story.customer, story.rng
    if customer.is_anonymous or at >= END:
        return
    story.tickets += 1
    ticket = f"T-{customer.number}-{story.tickets}"
    is_hunter = customer.persona is HUNTER
    channel = weighted(rng, _HUNTER_CHANNELS if is_hunter else _CHANNELS)
    priority = "high" if topic == "payment" else pick(rng, ("normal", "low"))
    at += between(rng, MINUTE, 15 * MINUTE)
    # In the incident the queue is long, and help comes late.
    wait = between(rng, 20, 60) if in_incident(at) else between(rng, 1, 20)
    was_reopened = False
    for number, (status, actor, delay) in enumerate(_course(story, wait * HOUR), 1):
        at += delay
        was_reopened |= status == "reopened"
        row = [f"{ticket}-{number}", ticket, customer.email, status, offset_text(at)]
        row += [channel, priority, topic, actor]
        story.add_row("tickets", at, row, own=actor == "customer")
    spoilt = was_reopened or in_incident(at)
    ask_after_ticket(story, at, ticket, topic, spoilt)


def _course(story: Story, wait: int) -> list[tuple[str, str, int]]:
    rng = story.rng
    course = [("new", "customer", 0), ("open", "agent", wait)]
    if rng.random() < _PENDING:
        course.append(("pending", "agent", between(rng, 5, 90) * MINUTE))
        course.append(("open", "customer", between(rng, 10, 600) * MINUTE))
    course.append(("solved", "agent", between(rng, 10, 300) * MINUTE))
    if rng.random() < _REOPENED:
        course.append(("reopened", "customer", between(rng, 2, 30) * HOUR))
        course.append(("solved", "agent", between(rng, 1, 20) * HOUR))
    return course
