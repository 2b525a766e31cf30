"""The model as plain JSON values, and back: two functions for each type, side by side.

The functions that read raise KeyError, TypeError or ValueError for a value of the wrong shape.
"""

# ruff: noqa: D103  # what each does is said above for all, and its name says for which type

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from newsdedup.model.article import Article, ArticleRef, Origin, Skipped, SkipReason, Status
from newsdedup.model.filing import Filing
from newsdedup.model.match import Evidence, Match, MatchTable, Relation, Test
from newsdedup.model.report import (
    Cluster,
    Counts,
    Edit,
    EditKind,
    Entry,
    Facts,
    Link,
    LiveCopy,
    Passage,
    RunHeader,
    Tie,
    Variant,
    Version,
    Withdrawal,
)

Form = dict[str, Any]

EVIDENCE_FIELDS = tuple(f.name for f in fields(Evidence))
_MATCH_FIELDS = ("a", "b", "relation", "probability", *EVIDENCE_FIELDS, "tests")
_FACTS_FIELDS = tuple(f.name for f in fields(Facts))
_COUNTS_FIELDS = tuple(f.name for f in fields(Counts))
_ARTICLE_TEXTS = (
    "title", "byline", "dateline", "publisher", "credit", "url", "language", "slug", "guid", "version", "editor_note",
    "date_text",
)  # fmt: skip
_REF_TEXTS = ("slug", "guid", "version")


_evidence, _article_texts = attrgetter(*EVIDENCE_FIELDS), attrgetter(*_ARTICLE_TEXTS)


def header_form(header: RunHeader) -> Form:
    return {
        "version": header.version,
        "created": header.created.isoformat(),
        "inputs": list(header.inputs),
        "settings": dict(header.settings),
        "counts": {name: _plain(getattr(header.counts, name)) for name in _COUNTS_FIELDS},
    }


def header_from(form: Form) -> RunHeader:
    return RunHeader(
        version=form["version"],
        created=datetime.fromisoformat(form["created"]),
        inputs=tuple(form["inputs"]),
        settings=form["settings"],
        counts=Counts(**{name: form["counts"][name] for name in _COUNTS_FIELDS}),
    )


def article_form(article: Article) -> Form:
    return {
        "id": article.id,
        "source": article.origin.source,
        "record": article.origin.record,
        **dict(zip(_ARTICLE_TEXTS, _article_texts(article), strict=True)),
        "published": _when(article.published),
        "version_created": _when(article.version_created),
        "urgency": article.urgency,
        "status": article.status.value,
        "text": article.text,
    }


def article_from(form: Form) -> Article:
    return Article(
        id=form["id"],
        text=form["text"],
        origin=Origin(form["source"], form["record"]),
        published=_when_from(form["published"]),
        version_created=_when_from(form["version_created"]),
        urgency=form["urgency"],
        status=Status(form["status"]),
        **{name: form[name] for name in _ARTICLE_TEXTS},
    )


def ref_form(ref: ArticleRef) -> Form:
    return {
        "id": ref.id,
        "source": ref.origin.source,
        "record": ref.origin.record,
        "title": ref.title,
        "publisher": ref.publisher,
        "published": _when(ref.published),
        "status": ref.status.value,
        "words": ref.words,
        **{name: getattr(ref, name) for name in _REF_TEXTS if getattr(ref, name)},
    }


def ref_from(form: Form) -> ArticleRef:
    return ArticleRef(
        id=form["id"],
        origin=Origin(form["source"], form["record"]),
        title=form["title"],
        publisher=form["publisher"],
        published=_when_from(form["published"]),
        words=form["words"],
        status=Status(form["status"]),
        **{name: form.get(name, "") for name in _REF_TEXTS},
    )


def skipped_form(skipped: Skipped) -> Form:
    return {
        "source": skipped.origin.source,
        "record": skipped.origin.record,
        "reason": skipped.reason.value,
        "detail": skipped.detail,
    }


def skipped_from(form: Form) -> Skipped:
    return Skipped(Origin(form["source"], form["record"]), SkipReason(form["reason"]), form["detail"])


def evidence_form(evidence: Evidence) -> Form:
    return dict(zip(EVIDENCE_FIELDS, _evidence(evidence), strict=True))


def match_form(match: Match) -> Form:
    return {
        "a": match.a,
        "b": match.b,
        "relation": match.relation.value,
        "probability": match.probability,
        **evidence_form(match.evidence),
        "tests": tests_form(match.tests),
    }


def match_forms(matches: MatchTable) -> Iterator[Form]:
    """What `match_form` gives for each match of a table, without making matches of its rows."""
    for a, b, relation, probability, evidence, tests in matches.plain():
        told = a, b, relation.value, probability, *evidence, tests_form(tests)
        yield dict(zip(_MATCH_FIELDS, told, strict=True))


def match_from(form: Form) -> Match:
    return Match(
        a=form["a"],
        b=form["b"],
        relation=Relation(form["relation"]),
        probability=form["probability"],
        evidence=Evidence(**{name: form[name] for name in EVIDENCE_FIELDS}),
        tests=tests_from(form["tests"]),
    )


def tests_form(tests: int) -> list[str]:
    return list(_names_of(tests))


@cache
def _names_of(tests: int) -> tuple[str, ...]:
    return tuple(str(test.name).lower() for test in Test if test & tests)


def tests_from(names: list[str]) -> Test:
    tests = Test(0)
    for name in names:
        tests |= Test[name.upper()]
    return tests


def facts_form(facts: Facts) -> Form:
    return {name: list(getattr(facts, name)) for name in _FACTS_FIELDS}


def facts_from(form: Form) -> Facts:
    return Facts(**{name: tuple(form[name]) for name in _FACTS_FIELDS})


def cluster_form(cluster: Cluster) -> Form:
    return {
        "id": cluster.id,
        "canonical": cluster.canonical,
        "reason": cluster.reason,
        "members": list(cluster.members),
    }


def cluster_from(form: Form) -> Cluster:
    return Cluster(form["id"], form["canonical"], tuple(form["members"]), form["reason"])


def edit_form(edit: Edit) -> Form:
    form: Form = {
        "kind": edit.kind.value,
        "canonical": edit.canonical_span,
        "variant": edit.variant_span,
        "text": edit.text,
    }
    if edit.move is not None:
        form["move"] = edit.move
    return form


def edit_from(form: Form) -> Edit:
    a, b = form["canonical"]
    c, d = form["variant"]
    return Edit(EditKind(form["kind"]), (a, b), (c, d), form["text"], form.get("move"))


def entry_form(entry: Entry) -> Form:
    return {
        "cluster": entry.cluster.id,
        "canonical": article_form(entry.canonical),
        "variants": [_variant_form(variant) for variant in entry.variants],
        **({"chain": [_version_form(version) for version in entry.chain]} if entry.chain else {}),
    }


def entry_from(form: Form, clusters: Mapping[str, Cluster]) -> Entry:
    """`clusters` are those of the report, by id."""
    return Entry(
        cluster=clusters[form["cluster"]],
        canonical=article_from(form["canonical"]),
        variants=tuple(_variant_from(variant) for variant in form["variants"]),
        chain=tuple(_version_from(version) for version in form.get("chain", ())),
    )


def withdrawal_form(withdrawal: Withdrawal) -> Form:
    return {
        "article": ref_form(withdrawal.article),
        "live": [{"article": ref_form(copy.article), "tie": copy.tie.value} for copy in withdrawal.live],
    }


def withdrawal_from(form: Form) -> Withdrawal:
    return Withdrawal(
        article=ref_from(form["article"]),
        live=tuple(LiveCopy(ref_from(copy["article"]), Tie(copy["tie"])) for copy in form["live"]),
    )


def link_form(link: Link) -> Form:
    return {
        "match": match_form(link.match),
        "a": ref_form(link.a),
        "b": ref_form(link.b),
        "passages": [{"a": list(p.a_span), "b": list(p.b_span), "text": p.text} for p in link.passages],
        "facts": facts_form(link.facts),
    }


def link_from(form: Form) -> Link:
    return Link(
        match=match_from(form["match"]),
        a=ref_from(form["a"]),
        b=ref_from(form["b"]),
        passages=tuple(_passage_from(passage) for passage in form["passages"]),
        facts=facts_from(form["facts"]),
    )


def _variant_form(variant: Variant) -> Form:
    return {
        "article": article_form(variant.article),
        "match": match_form(variant.match),
        "facts": facts_form(variant.facts),
        "edits": None if variant.edits is None else [edit_form(edit) for edit in variant.edits],
    }


def _variant_from(form: Form) -> Variant:
    edits = form["edits"]
    return Variant(
        article=article_from(form["article"]),
        match=match_from(form["match"]),
        edits=None if edits is None else tuple(edit_from(edit) for edit in edits),
        facts=facts_from(form["facts"]),
    )


def _version_form(version: Version) -> Form:
    return {
        "id": version.id,
        "filing": version.filing.value,
        "number": version.number,
        "published": _when(version.published),
        "added": version.added,
        "cut": version.cut,
    }


def _version_from(form: Form) -> Version:
    return Version(
        id=form["id"],
        filing=Filing(form["filing"]),
        number=form["number"],
        published=_when_from(form["published"]),
        added=form["added"],
        cut=form["cut"],
    )


def _passage_from(form: Form) -> Passage:
    a, b = form["a"]
    c, d = form["b"]
    return Passage((a, b), (c, d), form["text"])


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _when(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _when_from(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
