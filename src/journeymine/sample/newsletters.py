"""The monthly newsletter: sent, delivered, opened, clicked, unsubscribed."""

from collections.abc import Iterator

from journeymine.sample.catalogue import NEWSLETTERS
from journeymine.sample.customers import next_visit
from journeymine.sample.draws import between
from journeymine.sample.story import Story
from journeymine.sample.times import DAY, HOUR, MINUTE, SECOND, seconds_text

_DELIVERED = 0.985
_UNSUBSCRIBES = 0.04  # of those who open


def newsletters(story: Story) -> Iterator[tuple[int, bool]]:
    """Send the newsletters that come out once the shop knows the customer.

    Yields
    ------
    tuple of int and bool
        A moment in the newsletter's first days, and whether the customer clicks
        then. Between two newsletters the caller may tell what the customer does: one
        who has left opens no more.
    """
    persona, rng = story.customer.persona, story.rng
    for name, starts_at in NEWSLETTERS:
        known_at = story.known_at
        if known_at is None or known_at > starts_at:
            continue
        at = next_visit(persona, starts_at + between(rng, 0, 3) * DAY, rng)
        is_sent = not story.has_unsubscribed and rng.random() < persona.mailed
        yield at, is_sent and _send(story, name, starts_at, at)


def _send(story: Story, name: str, starts_at: int, clicked_at: int) -> bool:
    """Return whether the customer opens the newsletter and clicks."""
    persona, rng = story.customer.persona, story.rng
    sent_at = starts_at + between(rng, 0, HOUR)
    _mail(story, name, "email_sent", sent_at)
    if rng.random() >= _DELIVERED:
        return False
    _mail(story, name, "email_delivered", sent_at + between(rng, 1, 90) * SECOND)
    if story.has_left or rng.random() >= persona.opens:
        return False
    _mail(story, name, "email_opened", clicked_at - between(rng, 5, 180) * SECOND)
    if rng.random() < persona.clicks:
        _mail(story, name, "email_clicked", clicked_at)
        return True
    if rng.random() < _UNSUBSCRIBES:
        _mail(story, name, "email_unsubscribed", clicked_at + MINUTE)
        story.has_unsubscribed = True
    return False


def _mail(story: Story, campaign: str, event: str, at: int) -> None:
    story.mails += 1
    event_id = f"M-{story.customer.number}-{story.mails}"
    row = [event_id, campaign, story.customer.email, event, seconds_text(at)]
    is_own = event not in ("email_sent", "email_delivered")
    story.add_row("campaigns", at, row, own=is_own)
