"""What several commands share: options, and how they tell and write."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from journeymine.errors import ConfigError, OutputError

if TYPE_CHECKING:
    from journeymine.publish import Published

Project = Annotated[
    Path, typer.Option("--project", help="The project file.", metavar="FILE")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", help="Output folder instead of the file's.", metavar="DIR"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
DEFAULT_PROJECT = Path("journeymine.toml")


def tell_published(published: "Published", *, as_json: bool) -> None:
    """Say where a run published, what it read, and what is not as it should be."""
    manifest = published.manifest
    places = {
        "report": str(published.report),
        "database": str(published.database),
        "tables": str(published.tables),
    }
    if published.restricted:
        places["restricted"] = str(published.restricted)
    if as_json:
        wanted = ("loads", "warnings", "identity_sensitivity")
        facts = {name: manifest[name] for name in wanted if name in manifest}
        typer.echo(json.dumps({**places, **facts}))
        return
    for warning in manifest["warnings"]:
        typer.echo(f"Warning: {warning}", err=True)
    if (published.snapshot.parent / "landing" / "erasing.json").exists():
        line = "an erasure was stopped; complete it with `journeymine erase`"
        typer.echo(f"Warning: {line}", err=True)
    records, *fates = manifest["loads"].items()
    told = ", ".join(f"{count:,} {fate}" for fate, count in fates)
    typer.echo(f"{records[0]:<9} {records[1]:,}: {told}")
    for one in manifest.get("identity_sensitivity", []):
        typer.echo(f"{'identity':<9} {_sensitivity(one)}")
    for name, place in places.items():
        typer.echo(f"{name:<9} {place}")


def _sensitivity(of: dict[str, Any]) -> str:
    """Say how far a funnel's conversion rests on links that are only probable."""
    without = "nobody" if of["certain"] is None else f"{of['certain']:.1%}"
    return (
        f"{of['funnel']}: {of['conversion']:.1%} convert; {without} without the"
        f" {of['uncertain']:.1%} whom only a probable link holds together"
    )


def chosen_format(*, as_json: bool, as_csv: bool) -> str:
    """Return `json`, `csv` or `table`; two at once are a mistake."""
    if as_json and as_csv:
        message = "--json --csv: only one of them can be printed; leave one out"
        raise ConfigError(message)
    return "json" if as_json else "csv" if as_csv else "table"


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a failure to write into one line."""
    try:
        yield
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}; choose another place"
        raise OutputError(message) from error
