"""What a run will take, guessed from the names, sizes and beginnings of its files before any is read in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newsdedup.plan import ReaderParams
from newsdedup.readers.compression import COMPRESSIONS, unpack, unpacked_name
from newsdedup.readers.sniff import Refused, container_of, format_of
from newsdedup.readers.streams import HEAD_BYTES, BrokenStreamError
from newsdedup.readers.units import PACKED_WEIGHT
from newsdedup.readers.walk import File, walk

UNREAD: Final = "unread"
"""Stands for a format where a file is empty, cannot be opened, or is of a kind that no reader takes."""
PAGES: Final = frozenset({"html", "warc"})
"""Formats whose articles have to be found in web pages, which takes longer than all else together."""

_ONE_A_FILE: Final = frozenset({"text", "markdown", "html", "nitf", "newsml-1", "newsml-g2", "rcv1", "eml"})
_ONE_BY_NAME: Final = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".eml": "eml",
}  # fmt: skip
"""Suffixes that say enough of a small file: it is not opened."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What a run takes on two cores; the forecast is as good as these figures, which `benchmarks/` measures."""

    start_s: float = 1.5
    articles_per_s: float = 16_000.0
    """Read, sketched, compared and clustered, to `clusters.jsonl` alone and without diffs."""
    pages_per_s: float = 60.0
    """Web pages, by the extractor trafilatura."""
    fast_pages_per_s: float = 550.0
    """Web pages, by the extractor fast."""
    all_outputs: float = 6.0
    """Times as long, with every diff and all outputs, where four articles in ten are variants."""
    memory_bytes: int = 300_000_000
    memory_per_article: int = 1_500
    cluster_bytes_per_article: int = 60
    """In `clusters.jsonl`. This and the next as in a corpus where four articles in ten are variants."""
    output_bytes_per_article: int = 7_000
    """In all outputs."""
    article_bytes: Mapping[str, int] = field(
        default_factory=lambda: {
            "jsonl": 1_400, "json": 2_500, "csv": 1_400, "tsv": 1_400, "reuters-sgml": 1_300, "feed": 2_000,
            "iptc7901": 2_000, "anpa1312": 2_000, "mbox": 5_000, "warc": 40_000, "parquet": 800, "arrow": 1_400,
        }
    )  # fmt: skip
    """Bytes of input for each article, in the formats that hold many."""
    other_article_bytes: int = 2_500
    """The same for an archive, of which only the outside is looked at, and for a format of an installed package."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The files of one format: how many, their bytes on disk, and the articles they may hold."""

    format: str
    files: int
    size_bytes: int
    articles: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What there is to read, the largest format first, and what a run over it will take."""

    kinds: tuple[Kind, ...]
    clusters_s: float
    """To `clusters.jsonl` alone, without diffs."""
    report_s: float
    """With every diff and all outputs."""
    memory_bytes: int
    clusters_bytes: int
    report_bytes: int

    @property
    def files(self) -> int:
        return sum(kind.files for kind in self.kinds)

    @property
    def size_bytes(self) -> int:
        return sum(kind.size_bytes for kind in self.kinds)

    @property
    def articles(self) -> int:
        return sum(kind.articles for kind in self.kinds)


def forecast(paths: Sequence[str], params: ReaderParams, costs: Costs | None = None) -> Forecast:
    """Look at the files at or below `paths` and say what a run over them will take.

    A small file whose name tells that it holds one article is not opened; of others up to HEAD_BYTES are read. Raises
    InputError if a path does not exist.
    """
    costs = costs or Costs()
    found: dict[str, tuple[int, int, float]] = {}
    for file in walk(paths, hidden=params.hidden).files:
        name, articles = _look(file, params, costs)
        files, size, before = found.get(name, (0, 0, 0.0))
        found[name] = files + 1, size + file.size, before + articles
    kinds = tuple(
        sorted(
            (Kind(name, files, size, round(articles)) for name, (files, size, articles) in found.items()),
            key=lambda kind: (-kind.size_bytes, kind.format),
        )
    )
    return _told(kinds, params, costs)


def _told(kinds: tuple[Kind, ...], params: ReaderParams, costs: Costs) -> Forecast:
    articles = sum(kind.articles for kind in kinds)
    pages = sum(kind.articles for kind in kinds if kind.format in PAGES)
    extracted = costs.fast_pages_per_s if params.html.extractor == "fast" else costs.pages_per_s
    matching_s = articles / costs.articles_per_s
    before_s = costs.start_s + pages / extracted
    return Forecast(
        kinds=kinds,
        clusters_s=before_s + matching_s,
        report_s=before_s + matching_s * costs.all_outputs,
        memory_bytes=costs.memory_bytes + articles * costs.memory_per_article,
        clusters_bytes=articles * costs.cluster_bytes_per_article,
        report_bytes=articles * costs.output_bytes_per_article,
    )


def _look(file: File, params: ReaderParams, costs: Costs) -> tuple[str, float]:
    """The format of a file and how many articles it may hold."""
    if 0 < file.size <= HEAD_BYTES and (named := _ONE_BY_NAME.get(Path(file.source).suffix.lower())):
        return named, 1
    try:
        with Path(file.path).open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            name, size = file.source, file.size
            container = container_of(name, head)
            if container in COMPRESSIONS:
                stream.seek(0)
                head = next(unpack(container, stream), b"")[:HEAD_BYTES]
                name, size = unpacked_name(name), size * PACKED_WEIGHT
                container = container_of(name, head)
    except (OSError, BrokenStreamError):
        return UNREAD, 0
    if not head:
        return UNREAD, 0
    if container:
        packed = PACKED_WEIGHT if container == "zip" else 1
        return container, max(1, size * packed / costs.other_article_bytes)
    found = format_of(name, head, params.encoding)
    return (UNREAD, 0) if isinstance(found, Refused) else (found, _articles(found, size, head, costs))


def _articles(found: str, size: int, head: bytes, costs: Costs) -> float:
    if found in _ONE_A_FILE or (found == "json" and size <= HEAD_BYTES and head.lstrip().startswith(b"{")):
        return 1
    each = costs.article_bytes.get(found, costs.other_article_bytes)
    if found == "jsonl" and (lines := head.count(b"\n")):
        each = (head.rfind(b"\n") + 1) // lines or each
    return max(1, size / each)
