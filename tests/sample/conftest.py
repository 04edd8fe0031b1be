"""The sample's files and tracking calls, parsed once for all tests."""

import pytest
from tests.sample.reading import (
    SAMPLE,
    File,
    Row,
    activity_of,
    csv_file,
    owner_of_identifier,
    time_of,
    web_file,
)


@pytest.fixture(scope="package")
def files() -> dict[str, File]:
    web = [web_file(path) for path in sorted(SAMPLE.glob("web/*.gz"))]
    tables = [csv_file(path) for path in sorted(SAMPLE.glob("*/*.csv.gz"))]
    return {file.name: file for file in [*web, *tables]}


@pytest.fixture(scope="package")
def calls(files: dict[str, File]) -> list[Row]:
    """Every good tracking call once, with its time, activity and customer."""
    owners = owner_of_identifier()
    seen = {
        call["messageId"]: call
        for file in files.values()
        if file.name.startswith("web")
        for call in file.good
    }
    for call in seen.values():
        call["at"] = time_of(call["timestamp"])
        call["activity"] = activity_of(call)
        call["customer"] = owners["anonymous_id", call["anonymousId"]]
    return sorted(seen.values(), key=lambda call: (call["customer"], call["at"]))
