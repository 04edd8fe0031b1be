"""Generate the sample: customer after customer, written as they come."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from importlib.resources import files
from pathlib import Path

from journeymine.errors import ConfigError, OutputError
from journeymine.sample.customers import draw_customer
from journeymine.sample.draws import customer_random
from journeymine.sample.files import (
    CSV_COLUMNS,
    Export,
    csv_export,
    csv_record,
    web_export,
)
from journeymine.sample.lives import live
from journeymine.sample.quality import DUPLICATES
from journeymine.sample.story import Story
from journeymine.sample.times import MONTHS
from journeymine.sample.truth import Truth
from journeymine.sample.web import web_months


def generate(customers: int, seed: int, output: Path) -> None:
    """Write a shop's exports of six months, their truth, and a project file.

    The same numbers give the same files, and a customer is the same however many
    others there are. Memory does not grow with the number of customers.

    Parameters
    ----------
    customers
        How many people visit the shop.
    seed
        Chooses one of many shops; not negative.
    output
        The folder to write into; files of an earlier sample are replaced.

    Raises
    ------
    ConfigError
        If there are no customers, or the seed is negative.
    OutputError
        If the folder cannot be written.
    """
    if customers < 1 or seed < 0:
        message = "sample: --customers starts at 1 and --seed at 0; give such numbers"
        raise ConfigError(message)
    try:
        _write(customers, seed, output)
    except OSError as error:
        message = (
            f"{output}: cannot write the sample ({error.strerror}); choose another"
        )
        raise OutputError(message) from error


def _write(customers: int, seed: int, output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for name in ("journeymine.toml", "notes.toml"):
        text = files("journeymine.sample").joinpath(name).read_bytes()
        (output / name).write_bytes(text)
    with closing(Truth(output / "truth")) as truth:
        exports = _write_customers(customers, seed, output, truth)
        truth.tell_incident()
        for export in sorted(exports, key=lambda one: one.path):
            file = export.path.relative_to(output).as_posix()
            truth.tell_quality(file, export.counts)


def _write_customers(
    customers: int, seed: int, output: Path, truth: Truth
) -> list[Export]:
    with ExitStack() as stack:
        writer = stack.enter_context(ThreadPoolExecutor(max_workers=1))
        web = [
            stack.enter_context(closing(web_export(output, month, writer)))
            for month in MONTHS
        ]
        tables = {
            name: stack.enter_context(closing(csv_export(output, name, writer)))
            for name in CSV_COLUMNS
        }
        for number in range(1, customers + 1):
            rng = customer_random(seed, number)
            story = live(draw_customer(number, rng), rng)
            _write_web(story, web)
            _write_tables(story, tables)
            truth.tell(story)
    return [*web, *tables.values()]


def _write_web(story: Story, exports: list[Export]) -> None:
    for month, export in zip(web_months(story), exports, strict=True):
        export.write(month.lines, month.duplicates)
        export.counts.late += month.late
        export.counts.ties += month.ties


def _write_tables(story: Story, exports: dict[str, Export]) -> None:
    for name, rows in story.rows.items():
        records = [csv_record(fields) for fields in rows]
        copies = [one for one in records if story.rng.random() < DUPLICATES]
        exports[name].write(records + copies, len(copies))
