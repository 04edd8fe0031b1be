"""Write constraints.txt: every version with its hashes, for Python 3.11 and newer.

uv resolves for all platforms at once, which pip cannot, but does not read pip's
configuration. So the indexes that pip uses are handed over here; none of them is
written down.
"""

import os
import subprocess
import sys
from pathlib import Path

PINS = Path("constraints.txt")
HEADER = "# Every version that a checkout is tested with. Made by `make constraints`.\n"
OPTIONS = [
    *("pip", "compile", "pyproject.toml", "--output-file", PINS.name, "--quiet"),
    "--all-extras",
    *("--group", "dev"),
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
    *("--no-header", "--no-annotate"),
    *("--system-certs", "--index-strategy", "unsafe-best-match"),
]


def main() -> None:
    """Resolve, then put the header above what was written."""
    subprocess.run(
        [sys.executable, "-m", "uv", *OPTIONS, *sys.argv[1:]],
        env=os.environ | indexes(),
        check=True,
    )
    pins = PINS.read_text(encoding="utf-8").removeprefix(HEADER)
    PINS.write_text(HEADER + pins, encoding="utf-8")


def indexes() -> dict[str, str]:
    """Return the indexes of pip's configuration as the variables that uv reads.

    The main index goes first among equals: a mirror beside it may hold the wheels
    of one platform only, and their hashes alone would shut out all others.
    """
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        capture_output=True,
        text=True,
        check=True,
    )
    settings: dict[str, str] = {}
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        settings[name.rpartition(".")[2]] = value.strip("'")
    others = settings.get("extra-index-url", "").replace("\\n", " ").split()
    if "index-url" not in settings:
        return {"UV_INDEX": " ".join(others)}  # the main one is what uv takes anyway
    main_index = settings["index-url"]
    return {"UV_INDEX": " ".join([main_index, *others]), "UV_DEFAULT_INDEX": main_index}


if __name__ == "__main__":
    main()
