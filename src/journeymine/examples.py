"""The worked questions of sql/examples/: one file, one question of a marketer."""

from difflib import get_close_matches
from functools import cache

from journeymine.errors import QueryError
from journeymine.models import Model, load_folder
from journeymine.records import quoted

FOLDER = "examples"
LIST = "list"


@cache
def load_examples() -> dict[str, Model]:
    """Read the worked questions, by name."""
    return load_folder(FOLDER)


def question(example: Model) -> str:
    """Return what is asked, in one sentence."""
    return example.description.split("Look at: ")[0].strip()


def advice(example: Model) -> str:
    """Return what to look at in the answer."""
    return example.description.partition("Look at: ")[2]


def chosen(name: str, asked: str | None) -> tuple[str, str]:
    """Return the query of an example, and what to say above its answer.

    Parameters
    ----------
    name
        Of the example; `list` stands for the list of them.
    asked
        What else was asked for: nothing, or it is a mistake.
    """
    examples = load_examples()
    if asked is not None:
        message = "query: --example and SQL are two questions; leave one out"
        raise QueryError(message)
    if name == LIST:
        return _list(), "Questions that `journeymine query --example NAME` answers:"
    if name not in examples:
        near = get_close_matches(name, examples, 1)
        hint = f"did you mean {near[0]}?" if near else "`--example list` names them"
        message = f"query: there is no example {name}; {hint}"
        raise QueryError(message)
    example = examples[name]
    return example.sql, f"{question(example)}\nLook at: {advice(example)}"


def _list() -> str:
    rows = ", ".join(
        f"({quoted(name)}, {quoted(question(example))})"
        for name, example in load_examples().items()
    )
    return f"select * from (values {rows}) as examples (example, question)"
