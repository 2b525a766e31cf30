"""One story in every format that is read."""

import json

from newsdedup import deduplicate


def test_a_story_told_in_every_format_is_one_cluster(corpus_dir):
    report = deduplicate([corpus_dir / "wire/formats"])
    lines = map(json.loads, (corpus_dir / "truth.jsonl").read_text("utf-8").splitlines())
    told = {line["source"] for line in lines if line.get("source", "").startswith("formats/") and not line["skip"]}

    (cluster,) = report.clusters
    sources = {ref.id: ref.origin.source for ref in report.catalog}
    assert {sources[member].partition("wire/")[2] for member in cluster.members} == told
    assert len(report.catalog) == len(cluster.members) >= 27
