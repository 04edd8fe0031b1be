"""What attribution and what-if say, as sentences of a few rows."""

from types import SimpleNamespace

from tests.report.credited import DISPUTED, as_rows, credits

from journeymine.report.whatif import findings


def test_the_channel_on_which_models_differ_most_is_named_with_both_ends() -> None:
    rows = as_rows(credits(DISPUTED))
    said = "The models differ most on “Email”: 10 to 70 of 150 conversions"
    assert findings.disagreement(rows) == said
    lead = findings.lead(rows).replace("\N{WORD JOINER}", "")
    ends = "“Email” is credited with: First touch 10.0, Last touch 70.0, Markov 30.0"
    assert lead.startswith(f"{ends} (20.0\N{EN DASH}40.0). ")
    assert "Each of the 150 conversions had a touch" in lead


def test_models_within_the_interval_of_the_headline_one_agree() -> None:
    rows = as_rows(credits({"web": [50, 45, 55, 50, 50, 50, 50], "ads": [9.0] * 7}))
    assert findings.disagreement(rows) == (
        "The models agree on every channel, within chance"
    )


def test_conversions_without_a_touch_are_told() -> None:
    rows = as_rows(credits({"(none)": [90.0] * 7, "web": [10.0] * 7}))
    said = "90 of 100 conversions had no touch: no channel is credited with them"
    assert findings.untouched(rows) == said
    assert findings.most_credited(rows) == (
        "“Web” gets most credit: 10 of 100 conversions"
    )


def test_a_quarter_fewer_leaving_is_told_of_the_step_where_it_brings_most() -> None:
    figures = {"uplift_low": 1.04, "uplift_high": 99.0, "drop_rate": 0.25}
    rows = [
        SimpleNamespace(
            scenario=name,
            step=step,
            step_index=index,
            uplift=uplift,
            at_risk=400,
            **figures,
        )
        for name, step, index, uplift in (
            ("minus_25_percent", "cart_viewed", 1, 12.34),
            ("minus_25_percent", "payment", 2, 56.78),
            ("minus_25_percent", "unknown", 3, None),
            ("best_persona", "cart_viewed", 1, 999.0),
        )
    ]
    title, evidence = findings.best_cut(rows)
    assert title == "A quarter fewer leaving after “Payment”: +56.8 conversions"
    assert evidence.replace("\N{NO-BREAK SPACE}", " ") == (
        "95% interval +1.0 to +99.0; now 25.0% leave there (n = 400)."
    )
    assert findings.best_cut(rows[3:]) == ("What if fewer left?", "")


def test_the_most_frequent_path_is_told_by_its_first_channels() -> None:
    told = {
        "web": "“Web” alone is",
        "web > email": "“Web” then “Email” is",
        "web > (none) > email > ads": "“Web” then “No touch” and 2 more is",
    }
    for path, said in told.items():
        row = SimpleNamespace(path=path, conversions=30, all_conversions=120)
        assert findings.frequent_path(row) == (
            f"{said} the most frequent path to conversion: 30 of 120"
        )
