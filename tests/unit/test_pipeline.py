import multiprocessing
from datetime import UTC, datetime

import pytest

from newsdedup import __version__
from newsdedup.engines.local import LocalEngine
from newsdedup.errors import InputChangedError
from newsdedup.model.match import Relation
from newsdedup.pipeline import dedupe
from newsdedup.plan import Plan
from newsdedup.progress import Silent
from newsdedup.readers.corpus import FileCorpus

NOW = datetime(2024, 3, 18, 20, 43, tzinfo=UTC)


class Diary:
    """A progress that notes what it is told."""

    def __init__(self):
        self.stages = []
        self.done = {}
        self.finished = 0

    def start(self, stage, total=None, unit="articles"):
        self.stages.append(stage)
        self.done[stage] = [0, total]

    def advance(self, done=1):
        self.done[self.stages[-1]][0] += done

    def finish(self):
        self.finished += 1


def run(corpus, progress=None, **options):
    options = {"settings": {"seed": 1}, "now": NOW, "workers": 1} | options
    return dedupe(corpus, LocalEngine(1), Plan(), progress=progress or Silent(), **options)


@pytest.fixture
def wire(corpus_dir):
    with FileCorpus.open([str(corpus_dir / "wire"), str(corpus_dir / "seeds")], Plan().reader) as corpus:
        yield corpus


def test_the_header_says_what_made_the_report(wire, corpus_dir):
    header = run(wire).header
    assert (header.version, header.created, header.settings) == (__version__, NOW, {"seed": 1})
    assert header.inputs == (str(corpus_dir / "seeds"), str(corpus_dir / "wire"))


def test_the_counts_add_up(wire):
    report = run(wire)
    counts = report.header.counts
    records = [record for unit in wire.units() for record in wire.read_unit(unit, Plan().reader)]
    assert counts.read == counts.kept + counts.skipped == len(records) + len(wire.found)
    assert (counts.kept, counts.skipped) == (len(report.catalog), len(report.skipped))
    assert list(counts.matches) == [relation.value for relation in Relation]
    assert sum(counts.matches.values()) == len(report.matches) <= counts.candidates
    assert counts.clusters == len(report.clusters) == len(list(report.entries))
    assert counts.clustered == sum(len(cluster.members) for cluster in report.clusters)
    assert counts.variants == counts.clustered - counts.clusters
    assert counts.links == len(list(report.links))


def test_entries_are_those_of_the_clusters_in_order_with_every_variant(wire):
    report = run(wire)
    for cluster, entry in zip(report.clusters, report.entries, strict=True):
        assert entry.cluster == cluster
        assert {entry.canonical.id, *(variant.article.id for variant in entry.variants)} == set(cluster.members)
        assert all({v.match.a, v.match.b} == {cluster.canonical, v.article.id} for v in entry.variants)


def test_entries_and_links_are_worked_out_as_they_are_read_and_each_once(wire):
    diary = Diary()
    report = run(wire, diary)
    assert diary.stages == ["read", "candidates", "verify"]
    entries, links = list(report.entries), list(report.links)
    assert diary.stages == ["read", "candidates", "verify", "diff", "links"]
    assert diary.done["diff"] == [len(entries)] * 2
    assert diary.done["links"] == [len(links)] * 2
    assert diary.finished == len(diary.stages)
    assert (list(report.entries), list(report.links)) == ([], [])


def test_all_that_is_read_is_told_to_the_progress(wire):
    diary = Diary()
    run(wire, diary)
    assert diary.done["read"] == [wire.size_bytes] * 2


def test_clusters_and_links_have_no_article_in_common_with_what_was_skipped(wire):
    report = run(wire)
    skipped = {skip.origin for skip in report.skipped}
    assert skipped.isdisjoint(ref.origin for ref in report.catalog)


def test_a_reader_who_stops_halfway_leaves_no_process_behind(wire):
    entries = run(wire, workers=2).entries
    next(entries)
    assert multiprocessing.active_children()
    entries.close()
    assert multiprocessing.active_children() == []


def test_without_diffs_no_variant_has_edits(wire):
    assert {variant.edits for entry in run(wire, diffs=False).entries for variant in entry.variants} == {None}


@pytest.mark.parametrize(
    "left", ["", '{"text": "Rain."}\n', 2 * '{"text": "Snow fell on seven towns along the coast."}\n']
)
def test_a_file_that_changes_between_the_two_readings_stops_the_run(tmp_path, left):
    path = tmp_path / "wire.jsonl"
    line = '{"text": "Rain fell on seven towns along the coast on Tuesday and the river rose by a metre."}\n'
    path.write_text(2 * line)

    class Meddler(Silent):
        """Writes to the input while pairs are verified."""

        def start(self, stage, total=None, unit="articles"):
            if stage == "verify":
                path.write_text(left)

    with (
        FileCorpus.open([str(path)], Plan().reader) as corpus,
        pytest.raises(InputChangedError, match="jsonl: changed"),
    ):
        list(run(corpus, Meddler()).entries)
