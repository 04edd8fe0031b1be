"""The CRM: contacts with the dates of their life cycle, and deals of businesses."""

from journeymine.sample.draws import between, pick
from journeymine.sample.story import Story
from journeymine.sample.times import DAY, HOUR, SECOND, local_text

_NEGOTIATES = 0.6
_WINS = 0.55
_OWNERS = ("j.müller", "s.weiß", "r.rené")


def file_contact(story: Story, known_at: int) -> None:
    """Write the contact, as it stands at the end of the data."""
    customer = story.customer
    created_at = known_at // SECOND * SECOND
    first_order = min(story.order_times, default=None)
    lead_at = story.first_cart_at
    dates = [created_at, lead_at, first_order]
    reached = [None if at is None else max(at, created_at) for at in dates]
    latest = max(at for at in reached if at is not None)
    row = [customer.contact_id, customer.email, customer.user_id, customer.country]
    row += ["" if at is None else local_text(at) for at in reached]
    row.append(local_text(latest))
    story.add_row("contacts", created_at, row, own=False)


def file_deal(story: Story, known_at: int) -> None:
    """Write the stages of a business customer's quote."""
    rng, customer = story.rng, story.customer
    at = known_at + between(rng, HOUR, 5 * DAY)
    amount = f"{between(rng, 400, 6000)}.00"
    owner = pick(rng, _OWNERS)
    stages = ["quote_requested", "quote_sent"]
    if rng.random() < _NEGOTIATES:
        stages.append("negotiation")
    stages.append("won" if rng.random() < _WINS else "lost")
    # Somebody who has left the shop asks for nothing any more.
    if story.has_left and at > story.last_active_at:
        return
    for number, stage in enumerate(stages, 1):
        deal = f"D-{customer.number}"
        row = [f"{deal}-{number}", deal, customer.contact_id, stage]
        row += [local_text(at), amount, "EUR", owner]
        story.add_row("deals", at, row, own=stage == "quote_requested")
        at += between(rng, 6 * HOUR, 6 * DAY)
