"""Exports are compressed beside the work, and nothing of them is lost or piled up."""

import gzip
import time
from concurrent.futures import Future, ThreadPoolExecutor
from errno import ENOSPC

import pytest

from journeymine.errors import OutputError
from journeymine.sample import files, generate


def test_a_block_that_could_not_be_written_is_never_passed_over(tmp_path, monkeypatch):
    genuine = gzip.GzipFile.write
    failures = [OSError(ENOSPC, "No space left on device")]

    def write(file, data):
        if failures:
            raise failures.pop()
        return genuine(file, data)

    monkeypatch.setattr(gzip.GzipFile, "write", write)
    with pytest.raises(OutputError, match="No space left"):
        generate(10, 1, tmp_path)


def test_a_file_has_one_block_at_most_that_waits_to_be_written(tmp_path, monkeypatch):
    submit = ThreadPoolExecutor.submit
    blocks: list[Future[int]] = []

    def watched_submit(writer, *work):
        assert all(block.done() for block in blocks)
        blocks.append(submit(writer, *work))
        return blocks[-1]

    genuine = gzip.GzipFile.write

    def write(file, data):
        time.sleep(0.01)
        return genuine(file, data)

    monkeypatch.setattr(files, "_BLOCK", 1)
    monkeypatch.setattr(ThreadPoolExecutor, "submit", watched_submit)
    monkeypatch.setattr(gzip.GzipFile, "write", write)
    with ThreadPoolExecutor(max_workers=1) as writer:
        export = files.web_export(tmp_path, "2024-01", writer)
        for number in range(5):
            export.write([str(number)])
        export.close()
    assert gzip.decompress(export.path.read_bytes()) == b"0\n1\n2\n3\n4\n"
    assert len(blocks) == 5
