"""The customers of the snapshot published before: an input of a run."""

from journeymine.plan import Context
from journeymine.records import quoted
from journeymine.restricted import full_folder
from journeymine.warehouse import write_table


def make_former_identities(context: Context) -> None:
    """Write `py_former_identities`: identifier_type, identifier, customer_id.

    It is empty if nothing is published yet.
    """
    former = full_folder(context.config.output / "current")
    published = former / "tables" / "dim_identities.parquet"
    columns = ("identifier_type", "identifier", "customer_id")
    name = "py_former_identities"
    if not published.exists():
        written = ", ".join(f"{column} varchar" for column in columns)
        write_table(context.con, name, written, [])
        return
    context.con.execute(
        f"create or replace table {name} as select {', '.join(columns)}"
        f" from read_parquet({quoted(str(published))})"
    )
