"""What a user installs is whole, pinned, and free of what it need not have."""

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
LIBRARY = CHECKOUT / "src" / "journeymine"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what is installed: no network is needed."""
    folder = tmp_path_factory.mktemp("wheel")
    _run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_every_file_of_the_library_and_all_sql(wheel: Path) -> None:
    library = {path.relative_to(LIBRARY.parent).as_posix() for path in _files(LIBRARY)}
    sql = {
        f"journeymine/{path.relative_to(CHECKOUT).as_posix()}"
        for path in _files(CHECKOUT / "sql")
    }

    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert packed == library | sql
    assert any(name.startswith("journeymine/sql/marts/") for name in packed)
    assert any(name.startswith("journeymine/report/templates/") for name in packed)
    assert any(name.endswith(".toml") for name in packed)


def test_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip = ("-m", "pip", "install", "--no-deps", "--no-index", "--quiet")
    _run(*pip, "--target", str(site), str(wheel))

    environment = os.environ | {"PYTHONPATH": str(site)}
    away = partial(_run, folder=elsewhere, environment=environment)
    listed = away("-m", "journeymine", "models")
    found = away("-c", "import journeymine as j; print(j.__file__)")

    assert found.startswith(str(site))
    for model in (CHECKOUT / "sql" / "marts").glob("*.sql"):
        assert model.stem in listed


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    _run("-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path))
    source = next(tmp_path.glob("*.tar.gz"))
    pip = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index")
    _run(*pip, "--quiet", "--wheel-dir", str(tmp_path), str(source))

    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()
    with tarfile.open(source) as archive:
        names = archive.getnames()
    assert not [name for name in names if name.endswith(".duckdb")]


def test_every_pin_is_exact_and_has_hashes_but_no_address() -> None:
    text = (CHECKOUT / "constraints.txt").read_text()
    pins = re.sub(r"(?m)^#.*\n", "", text).replace("\\\n", "").splitlines()

    assert len(pins) > 100
    for pin in pins:
        assert re.fullmatch(
            r"[a-z0-9._-]+==\S+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+", pin
        ), pin
    assert not re.search(r"://|[/@]|--(index|find|extra)|localhost", text)


@pytest.mark.parametrize("package", ["duckdb", "pm4py", "prefect", "pytest", "ruff"])
def test_each_group_of_packages_is_pinned(package: str) -> None:
    assert re.search(
        rf"^{package}==", (CHECKOUT / "constraints.txt").read_text(), flags=re.MULTILINE
    )


def test_the_library_never_imports_prefect_or_the_flows() -> None:
    for path in LIBRARY.rglob("*.py"):
        assert not {"prefect", "pipelines"} & set(_imports(path)), path


def test_only_discovery_imports_pm4py() -> None:
    users = {path.name for path in LIBRARY.rglob("*.py") if "pm4py" in _imports(path)}
    assert users <= {"discovery.py"}


def test_a_flow_imports_prefect_the_library_and_nothing_else() -> None:
    allowed = {"journeymine", "prefect"} | set(sys.stdlib_module_names)
    for path in (CHECKOUT / "pipelines").rglob("*.py"):
        assert set(_imports(path)) <= allowed, path


def test_the_linter_knows_every_parameter_of_the_sql() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    known = settings["tool"]["sqlfluff"]["templater"]["placeholder"]
    for path in (CHECKOUT / "sql").rglob("*.sql"):
        parameters = set(re.findall(r"(?<!['`])\$([a-z_]+)", path.read_text()))
        assert parameters <= set(known), path


def _run(
    *arguments: str,
    folder: Path = CHECKOUT,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run Python with these arguments, and return what it writes."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that are part of the project, not left by running it."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        caches = [part for part in parts if part.startswith((".", "__pycache__"))]
        if path.is_file() and not caches:
            yield path


def _imports(path: Path) -> list[str]:
    """Return the top names of all that a Python file imports, anywhere in it."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module or "")
    return [name.partition(".")[0] for name in names]
