"""What the sliders say in a browser is what the library says, to the last digit."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from tests.e2e.running import SAMPLE, Published
from tests.report.browsing import opened
from tests.report.published import publish
from tests.report.whatif_drawn import (
    conversions_of,
    drawn_moves,
    drawn_steps,
    drawn_tables,
    leaving,
    nudged_variance,
    number_of,
    redrawn,
    signed,
    told_of,
)

from journeymine.pain_points.chain import (
    START,
    Chain,
    chain_of,
)
from journeymine.pain_points.changes import changed
from journeymine.pain_points.scenarios import Step, gain, kept
from journeymine.pain_points.what_if import Asked, what_if
from journeymine.project_file import load_config
from journeymine.report import words, write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PERSONAS = ("all", "p1", "p2", "p3")
PLAY = """settings => settings.map(([persona, subject, rates]) => {
    const host = document.querySelector(`[data-whatif="${persona}"]`);
    const part = name => host.querySelector(`[data-wi=${name}]`);
    const of = part("of");
    of.value = [...of.options].findIndex(one => one.text.startsWith(subject));
    of.onchange();
    const add = part("add");
    for (const one of [...add.options].slice(1)) {
        add.value = one.value;
        add.onchange();
    }
    Object.entries(rates).forEach(([name, rate]) => {
        const row = [...part("list").children].find(
            one => one.querySelector("bdi").textContent === name);
        const input = row.querySelector("input");
        input.max = 100;
        input.value = 100 * rate;
        input.dispatchEvent(new Event("input"));
    });
    return ["gain", "interval", "then", "value"].map(name => part(name).textContent);
})"""


class Setting(NamedTuple):
    """Whose, of a funnel or of activities, and which shares are set."""

    persona: str
    subject: str
    rates: Mapping[str, float]


@pytest.fixture(scope="module")
def chains() -> dict[str, Chain]:
    return {key: chain_of(drawn_moves(place)) for place, key in enumerate(PERSONAS)}


@pytest.fixture(scope="module")
def steps() -> dict[str, list[Step]]:
    return {key: drawn_steps(key) for key in PERSONAS}


@pytest.fixture(scope="module")
def page(
    browser: "Browser",
    tmp_path_factory: pytest.TempPathFactory,
    chains: dict[str, Chain],
    steps: dict[str, list[Step]],
) -> Iterator["Page"]:
    folder = tmp_path_factory.mktemp("sliders")
    database = publish(folder / "journeymine.duckdb", drawn_tables(chains, steps))
    with opened(browser, write_report(database, folder)) as one:
        yield one.page
        assert one.told == []


def test_one_share_of_a_chain_brings_what_the_library_says(
    page: "Page", chains: dict[str, Chain]
) -> None:
    rng, settings, expected = random.Random(1), [], []
    for persona, chain in chains.items():
        for state in chain.states:
            if state == START:
                continue
            now = leaving(chain, state)
            for rate in (0.0, 1.0, *(rng.randrange(1000) / 1000 for _ in range(6))):
                found = changed(chain, state, rate)
                assert found is not None
                if words.percent(rate) == words.percent(now):
                    continue  # looks like now, so it is
                settings.append(
                    Setting(persona, "Activities", {words.label(state): rate})
                )
                figures = (found.uplift, found.low, found.high)
                expected.append(told_of(round(found.conversions), *figures))
    assert len(settings) > 200
    assert page.evaluate(PLAY, settings) == expected


def test_one_share_of_a_funnel_brings_what_the_library_says(
    page: "Page", steps: dict[str, list[Step]]
) -> None:
    rng, settings, expected = random.Random(2), [], []
    for persona, own in steps.items():
        for step in own:
            for rate in (0.0, 1.0, *(rng.randrange(1000) / 1000 for _ in range(6))):
                if words.percent(rate) == words.percent(step.rate):
                    continue  # looks like now, so it is
                name = f"After “Step {step.step_index}”"
                settings.append(Setting(persona, "Order", {name: rate}))
                figures = gain(step, *kept(step, rate))
                expected.append(told_of(step.converted, *figures))
    assert page.evaluate(PLAY, settings) == expected


def test_a_figure_just_between_two_is_rounded_as_python_does(
    page: "Page", steps: dict[str, list[Step]]
) -> None:
    first, rates = steps["p3"][0], (0.599, 0.597)
    settings = [Setting("p3", "Order", {"After “Step 1”": rate}) for rate in rates]
    expected = [
        told_of(first.converted, *gain(first, *kept(first, rate))) for rate in rates
    ]
    assert [told[0] for told in expected] == ["+0.2", "+0.8"]
    assert page.evaluate(PLAY, settings) == expected


def test_several_shares_of_a_chain_bring_what_solving_and_nudging_give(
    page: "Page", chains: dict[str, Chain]
) -> None:
    rng, settings, expected = random.Random(3), [], []
    for persona, chain in chains.items():
        for _ in range(6):
            states = rng.sample([one for one in chain.states if one != START], 3)
            rates = {state: rng.randrange(50, 950) / 1000 for state in states}
            named = {words.label(state): rate for state, rate in rates.items()}
            settings.append(Setting(persona, "Activities", named))
            now = conversions_of(chain, {}, chain)
            uplift = conversions_of(chain, rates, chain) - now
            half = 1.959963984540054 * np.sqrt(nudged_variance(chain, rates))
            expected.append(told_of(round(now), uplift, uplift - half, uplift + half))
    assert page.evaluate(PLAY, settings) == expected


def test_several_shares_of_a_funnel_bring_their_product_as_surely_as_draws_say(
    page: "Page", steps: dict[str, list[Step]]
) -> None:
    rates = {2: 0.1, 4: 0.05}
    named = {f"After “Step {at}”": rate for at, rate in rates.items()}
    settings = [Setting(persona, "Order", named) for persona in steps]
    said = page.evaluate(PLAY, settings)
    for (gained, interval, *_), own in zip(said, steps.values(), strict=True):
        now, then = redrawn(own[1:], rates)
        on = 1 - own[2].rate
        exact = own[1].at_risk * (1 - rates[2]) * on * (1 - rates[4])
        assert gained == signed(exact - own[0].converted)
        low, high = interval.removeprefix("95% interval ").split(" to ")
        half = (number_of(high) - number_of(low)) / 2
        assert half == pytest.approx(1.96 * np.std(then - now), rel=0.03)


def test_the_sample_says_what_the_command_says(
    browser: "Browser", sample: Published, tmp_path: Path
) -> None:
    config = load_config(SAMPLE / "journeymine.toml", sample.output)
    asked = [
        (Asked("checkout.product_added", 0.2), "Checkout", "After “Product added”"),
        (Asked("size_guide_opened", 0.3, "p2"), "Activities", "Size guide opened"),
    ]
    settings = [Setting(one.persona, of, {name: one.rate}) for one, of, name in asked]
    with opened(browser, write_report(sample.database, tmp_path)) as one:
        said = one.page.evaluate(PLAY, settings)
    for shown, (question, _, _) in zip(said, asked, strict=True):
        found = what_if(config, question)
        uplift = (found.uplift, found.uplift_low, found.uplift_high)
        assert found.value is not None
        assert shown == told_of(found.conversions, *uplift, found.value / found.uplift)
