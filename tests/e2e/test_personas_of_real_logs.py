"""Personas of real logs, against the groups that are known of their customers."""

import duckdb
import pytest
from sklearn.metrics import adjusted_rand_score
from tests.e2e.running import Published, filled, once, ran


@pytest.fixture(scope="module")
def retail(logs, shared_folder):
    def make(folder):
        export = folder / "baskets.parquet"
        data = logs / "retail_completejourney"
        duckdb.execute(
            f"""
            copy (
                select
                    cast(household_id as varchar) as household_id,
                    transaction_timestamp as occurred_at,
                    department,
                    case when sum(quantity) > 3 then 'many' else 'few' end as size
                from read_parquet('{data}/transactions_801_households.parquet')
                inner join read_parquet('{data}/products.parquet') using (product_id)
                group by household_id, basket_id, transaction_timestamp, department
                order by all
            ) to '{export}'
            """
        )
        return ran(filled("retail", folder, export=export), folder / "output")

    return once(shared_folder / "retail", make)


def test_households_that_shop_everywhere_have_no_clear_structure(retail):
    assert retail.counts("select persona, customers from dim_personas") == {"none": 801}
    assert retail.counts("select * from meta_run where name = 'personas_basis'") == {
        "personas_basis": "no clear structure: use segment channel"
    }
    offered = retail.rows("select distinct segment from fct_persona_offers")
    assert offered == [("channel",)]


def test_applicants_are_parted_by_denied_appointments_which_meet_one_group(
    published, logs
):
    loans = published("lending_parquet")
    told = dict(
        duckdb.execute(
            "select distinct case_id, cast(protected as varchar) from read_parquet("
            f"'{logs}/lending_personas/events.parquet')"
        ).fetchall()
    )
    shares = loans.counts(
        "select persona, value from fct_persona_traits"
        " where family = 'activity' and feature = 'Appointment Denied' order by all"
    )
    assert loans.counts("select persona, persona_name from dim_personas") == {
        "p1": "Appointment requesters",
        "p2": "Denied appointment customers",
    }
    assert shares["p1"] == 0
    assert shares["p2"] > 0.3
    assert _agreement(loans, told) == pytest.approx(0.107, abs=0.001)


def _agreement(found: Published, told: dict[str, str]) -> float:
    """Return the adjusted Rand index of personas and known groups."""
    personas = found.counts(
        "select identifier, persona from dim_identities"
        " inner join dim_customers on dim_identities.customer_id"
        " = dim_customers.customer_id"
    )
    known = sorted(personas.keys() & told.keys())
    assert len(known) == len(told)
    return float(
        adjusted_rand_score(
            [told[one] for one in known], [personas[one] for one in known]
        )
    )
