"""What reading a file promises, whatever is in it."""

import os
import time
from pathlib import Path

from newsdedup.model.article import Article
from newsdedup.plan import ReaderParams
from newsdedup.readers import READERS
from newsdedup.readers.reading import read_file
from newsdedup.readers.sniff import container_of, format_of
from newsdedup.readers.walk import File

CORPUS = Path(__file__).parents[2] / "corpus"
CONTAINERS = ("bzip2", "gzip", "tar", "xz", "zip", "zstd")
FAMILIES = (*READERS.names(), *CONTAINERS)
PARAMS = ReaderParams(max_record_mb=1, max_document_mb=1, max_archive_mb=20, max_archive_members=500, max_record_s=10)
MOST_SECONDS = 15.0
"""Of this process, for a file of a few hundred kilobytes."""


def samples(family):
    """The files of the corpus that a family reads, smallest first."""
    found = []
    for path in sorted((CORPUS / "wire").rglob("*")):
        if path.is_file() and (data := path.read_bytes()):
            kind = container_of(path.name, data) or format_of(path.name, data[:65536])
            if kind == family:
                found.append(data)
    return sorted(found, key=lambda data: (len(data), data))


def check(path, family):
    """Read a file as one of the family and hold what comes to the contract.

    Raises AssertionError where it is broken, and whatever reading raises.
    """
    source = os.fsencode(path).decode("utf-8", "replace")
    known = family if family in READERS.names() else None
    start = time.process_time()
    records = list(read_file(File(str(path), source, "id", path.stat().st_size, format=known), PARAMS))
    elapsed = time.process_time() - start
    assert records, "nothing is lost silently"
    assert len({record.origin for record in records}) == len(records), "each record has an origin of its own"
    for record in records:
        if isinstance(record, Article):
            assert record.text, "an article has a text"
            assert record.text.strip(), "which is not all white space"
            for text in (
                record.id,
                record.text,
                record.title,
                record.byline,
                record.publisher,
                record.url,
                record.guid,
            ):
                text.encode()  # raises for half surrogates
        else:
            record.detail.encode()
    assert elapsed < MOST_SECONDS, f"took {elapsed:.1f} s"
