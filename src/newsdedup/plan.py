"""Every stage's parameters, with their defaults, in one frozen bundle."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsdedup.model.sketch import SketchParams
from newsdedup.model.weights import Weights, shipped_weights


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Which fields of a record (JSON, CSV) hold what; the first that is present and not empty counts.

    Names are compared without regard to case; a dot goes one level down (`source.name`).
    """

    id: tuple[str, ...] = ("id", "article_id", "uid", "uuid", "guid", "_id")
    text: tuple[str, ...] = (
        "text", "body", "content", "maintext", "article_text", "articlebody", "full_text", "fulltext",
        "article", "story", "body_text", "plain_text", "raw_text", "description",
    )  # fmt: skip
    title: tuple[str, ...] = ("title", "headline", "head", "name")
    byline: tuple[str, ...] = ("byline", "author", "authors", "creator", "by")
    dateline: tuple[str, ...] = ("dateline",)
    publisher: tuple[str, ...] = (
        "publisher", "source", "source.name", "publication", "site", "outlet", "newspaper", "domain",
        "source_domain",
    )  # fmt: skip
    credit: tuple[str, ...] = ("credit", "creditline", "credit_line", "agency")
    published: tuple[str, ...] = (
        "published", "date", "published_at", "publishedat", "date_publish", "date_published", "pubdate", "pub_date",
        "publication_date", "datetime", "timestamp", "created", "created_at", "versioncreated", "time",
    )  # fmt: skip
    url: tuple[str, ...] = ("url", "link", "uri", "canonical_url", "permalink", "href")
    language: tuple[str, ...] = ("language", "lang")
    slug: tuple[str, ...] = ("slug", "slugline")
    guid: tuple[str, ...] = ("guid", "wire_id")
    version: tuple[str, ...] = ("version", "revision")
    version_created: tuple[str, ...] = (
        "version_created", "versioncreated", "updated", "updated_at", "modified", "modified_at", "date_modified",
        "datemodified", "last_modified",
    )  # fmt: skip
    status: tuple[str, ...] = ("status", "pubstatus")
    urgency: tuple[str, ...] = ("urgency",)
    editor_note: tuple[str, ...] = ("editor_note", "editors_note", "editorial_note", "ednote")


@dataclass(frozen=True, slots=True)
class HtmlParams:
    """How the text of a web page is found."""

    extractor: str = "trafilatura"
    """One of EXTRACTORS."""


EXTRACTORS = ("trafilatura", "fast")
"""Careful; or several times faster, with more page furniture left in the text (resiliparse, the extra `fast-html`)."""


@dataclass(frozen=True, slots=True)
class ReaderParams:
    """How the input is read."""

    fields: FieldNames = field(default_factory=FieldNames)
    html: HtmlParams = field(default_factory=HtmlParams)
    encoding: str | None = None
    """Taken for every file that has no byte order mark, instead of guessing."""
    hidden: bool = False
    """Also read files and folders whose names begin with a dot."""
    max_record_mb: float = 16.0
    """A record or file of a single article larger than this is skipped."""
    max_record_s: float = 60.0
    """A page that takes longer than this to find its text in is skipped."""
    max_document_mb: float = 256.0
    """A file that must be held whole to be read (a JSON array, an SGML file) larger than this is skipped."""
    max_archive_mb: float = 8192.0
    """What one archive or compressed file may unpack to before the rest of it is skipped."""
    max_member_mb: float = 4096.0
    """A file in an archive larger than this is skipped, and the others are read."""
    max_archive_ratio: float = 250.0
    """How many times larger than its packed form a file may unpack to (once past 16 MB) before it counts as a bomb."""
    max_archive_members: int = 1_000_000


@dataclass(frozen=True, slots=True)
class TextParams:
    """What the matching view leaves out."""

    credits: bool = True
    """Recognise datelines, credits and syndication notices, and leave them out of the matching view."""
    repair_mojibake: bool = True


@dataclass(frozen=True, slots=True)
class FurnitureParams:
    """What the pages of a publisher have in common."""

    learn: bool = True
    """Learn what each publisher prints around its stories, and compare articles by the rest."""


@dataclass(frozen=True, slots=True)
class CandidateParams:
    """Which pairs are worth a full comparison."""

    min_words: int = 12
    """Shorter texts match only when equal."""
    max_group: int = 32
    """Groups of articles that share a band or a sampled shingle are paired in full up to this size, then as stars."""
    min_shared: int = 2
    """Sampled shingles two articles must share."""
    min_overlap: float = 0.08
    """Least share of the smaller sample that must be shared."""


@dataclass(frozen=True, slots=True)
class VerifyParams:
    """Where the lines between the relations lie."""

    weights: Weights = field(default_factory=shipped_weights)
    """The model; in a configuration, the path of a file of weights, or null for those that come with the program."""
    min_probability: float = 0.5
    """Two articles are one story from here on."""
    copy_alignment: float = 0.9
    """From here on (share of both texts, without credits, that aligns) a revision is a copy."""
    excerpt_run: int = 20
    """Words in the shortest passage that makes an excerpt."""
    excerpt_alignment: float = 0.4
    """Share of the shorter article's words, aligned in order with the other, that makes an excerpt."""
    excerpt_containment: float = 0.25
    """Share of the smaller article that must be shared to make an excerpt, whatever the passage."""


@dataclass(frozen=True, slots=True)
class CanonicalParams:
    """Which member of a cluster is kept."""

    policy: tuple[str, ...] = ("live", "correction", "complete", "dated", "earliest", "publisher", "id")
    preferred_publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All parameters of a run."""

    reader: ReaderParams = field(default_factory=ReaderParams)
    text: TextParams = field(default_factory=TextParams)
    sketch: SketchParams = field(default_factory=SketchParams)
    furniture: FurnitureParams = field(default_factory=FurnitureParams)
    candidates: CandidateParams = field(default_factory=CandidateParams)
    verify: VerifyParams = field(default_factory=VerifyParams)
    canonical: CanonicalParams = field(default_factory=CanonicalParams)
