"""One story as wire messages, mail, web archives and tables, and as plain text in five encodings."""

from newsdedup import deduplicate

TOLD_IN = {
    "crawl.arc", "crawl.warc.gz", "message.eml", "messages.mbox", "reuters.sgm", "story-cp1252.txt",
    "story-utf16-no-bom.txt", "story-utf16.txt", "story-utf32.txt", "story-utf8-bom.txt", "story.txt", "table.arrow",
    "table.parquet", "wire.anpa", "wire.iptc",
}  # fmt: skip


def test_a_story_is_one_cluster_whatever_carried_it(corpus_dir):
    report = deduplicate([corpus_dir / "wire/formats"])
    (cluster,) = report.clusters
    sources = {ref.id: ref.origin.source.rpartition("/")[2] for ref in report.catalog}
    assert {sources[member] for member in cluster.members} >= TOLD_IN
