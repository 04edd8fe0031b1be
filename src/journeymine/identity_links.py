"""Links that are only probable: persons who look alike, and share no record."""

from journeymine.linkage import link_records
from journeymine.plan import Context
from journeymine.warehouse import write_table

COLUMNS = (
    "left_type varchar, left_identifier varchar, "
    "right_type varchar, right_identifier varchar, probability double"
)


def make_probable_links(context: Context) -> None:
    """Write `py_probable_links`: pairs of identifiers, each with its probability.

    Nothing is taken for probable unless the project asks for it.
    """
    write_table(context.con, "py_probable_links", COLUMNS, [])
    if context.config.identity.linkage:
        link_records(context.con, context.config.identity.linkage)
