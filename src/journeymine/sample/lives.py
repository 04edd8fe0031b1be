"""The six months of one customer, from the first visit on."""

from random import Random

from journeymine.sample.attempts import attempt
from journeymine.sample.crm import file_contact, file_deal
from journeymine.sample.customers import Customer, next_visit
from journeymine.sample.draws import between
from journeymine.sample.newsletters import newsletters
from journeymine.sample.personas import LOYAL
from journeymine.sample.story import Story
from journeymine.sample.times import DAY, END, SECOND
from journeymine.sample.visits import glance

_BUYS_AGAIN = 0.3  # when coming by after an order


def live(customer: Customer, rng: Random) -> Story:
    """Return what happens to the customer, within the data's six months."""
    story = Story(customer, rng)
    if customer.persona is LOYAL:
        _live_by_newsletters(story)
    else:
        _live_by_attempts(story)
        for at, clicked in newsletters(story):
            if clicked:
                glance(story, at + between(rng, 1, 20) * SECOND, "email")
    if story.known_at is not None:
        file_contact(story, story.known_at)
        if customer.is_business:
            file_deal(story, story.known_at)
    return story


def _live_by_attempts(story: Story) -> None:
    persona, rng = story.customer.persona, story.rng
    at = attempt(story, story.customer.entered_at)
    for _ in range(between(rng, *persona.episodes) - 1):
        if story.order_times or at >= END:
            break
        later = next_visit(persona, at + between(rng, *persona.days_between) * DAY, rng)
        at = attempt(story, later)
    if story.order_times and not _leaves(story):
        _stay(story, at)


def _stay(story: Story, at: int) -> None:
    """Come by every few weeks, and now and then buy again."""
    persona, rng = story.customer.persona, story.rng
    while not story.has_left:
        at = next_visit(persona, at + between(rng, 18, 34) * DAY, rng)
        if at >= END:
            return
        if rng.random() < _BUYS_AGAIN:
            orders = len(story.order_times)
            at = attempt(story, at)
            if len(story.order_times) > orders:
                _leaves(story)
        else:
            glance(story, at)


def _live_by_newsletters(story: Story) -> None:
    """Order once a month, when the newsletter comes."""
    persona, rng = story.customer.persona, story.rng
    attempt(story, story.customer.entered_at, "")
    if story.order_times:
        _leaves(story)
    for at, clicked in newsletters(story):
        if story.has_left:
            continue
        orders = len(story.order_times)
        if clicked:
            attempt(story, at + between(rng, 1, 20) * SECOND, "email")
        else:
            attempt(story, next_visit(persona, at + between(rng, 1, 4) * DAY, rng), "")
        if len(story.order_times) > orders:
            _leaves(story)


def _leaves(story: Story) -> bool:
    story.has_left = story.rng.random() < story.customer.persona.leaves
    return story.has_left
