"""Raw formats: one file each, named in the tables below and loaded only when the input holds one.

To add a format, write a module whose `READER` satisfies `interface.Reader`, add a line to `READERS` and its suffixes
to `SUFFIXES`, and, if it can be told by its first bytes, a test in `sniff`. An installed package adds one under the
entry point group `newsdedup.readers`; it is used for files whose suffix is the entry point's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsdedup.registry import Registry

if TYPE_CHECKING:  # the interface leads to numpy, which --help must not load
    from newsdedup.readers.interface import Reader

READERS: Final[Registry[Reader]] = Registry(
    "input format",
    {
        "text": "newsdedup.readers.plain_text:READER",
        "markdown": "newsdedup.readers.markdown:READER",
        "html": "newsdedup.readers.web_page:READER",
        "json": "newsdedup.readers.json_document:READER",
        "jsonl": "newsdedup.readers.json_lines:READER",
        "csv": "newsdedup.readers.delimited:CSV",
        "tsv": "newsdedup.readers.delimited:TSV",
        "reuters-sgml": "newsdedup.readers.reuters_sgml:READER",
        "newsml-g2": "newsdedup.readers.newsml_g2:READER",
        "newsml-1": "newsdedup.readers.newsml_1:READER",
        "nitf": "newsdedup.readers.nitf:READER",
        "rcv1": "newsdedup.readers.rcv1:READER",
        "feed": "newsdedup.readers.feed:READER",
        "iptc7901": "newsdedup.readers.iptc7901:READER",
        "anpa1312": "newsdedup.readers.anpa1312:READER",
        "eml": "newsdedup.readers.eml:READER",
        "mbox": "newsdedup.readers.mbox:READER",
        "warc": "newsdedup.readers.web_archive:READER",
        "parquet": "newsdedup.readers.arrow_tables:PARQUET",
        "arrow": "newsdedup.readers.arrow_tables:ARROW",
    },
    entry_point_group="newsdedup.readers",
)

SUFFIXES: Final[dict[str, str]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".newsml": "newsml-g2",
    ".nitf": "nitf",
    ".rss": "feed",
    ".atom": "feed",
    ".sgm": "reuters-sgml",
    ".sgml": "reuters-sgml",
    ".iptc": "iptc7901",
    ".anpa": "anpa1312",
    ".eml": "eml",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".warc": "warc",
    ".arc": "warc",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".arrows": "arrow",
    ".feather": "arrow",
}
"""Lower-case suffixes to formats. Content that plainly is something else wins over the suffix."""
