from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsdedup import deduplicate
from newsdedup.errors import InputError
from newsdedup.model.article import Article, Origin, SkipReason
from newsdedup.model.match import Relation
from newsdedup.plan import CandidateParams, FieldNames, Plan, ReaderParams

PIER = "The harbour board voted seven to two on Tuesday to close the old ferry pier by the end of June."
SNOW = "Heavy snow fell in the hills last night, and schools in nine villages stayed closed for the whole day."
NOW = datetime(2024, 3, 18, 20, 43, tzinfo=UTC)


def members(report):
    return [cluster.members for cluster in report.clusters]


def test_texts_alone_are_called_by_their_place():
    assert members(deduplicate([PIER, SNOW, PIER])) == [("0", "2")]


def test_mappings_articles_and_texts_can_stand_together():
    given = [{"id": "wire", "headline": "Pier", "body": PIER}, Article("paper", PIER, Origin("mine", 9)), SNOW, PIER]
    report = deduplicate(given)
    assert members(report) == [("3", "paper", "wire")]
    assert [ref.origin for ref in report.catalog] == [Origin("memory", i) for i in range(4)]
    assert report.catalog[0].title == "Pier"


def test_files_and_folders_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(PIER)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.jsonl").write_text(f'{{"id": "b", "text": "{PIER}"}}\n')
    report = deduplicate(path for path in (tmp_path / "a.txt", tmp_path / "more"))
    assert [set(cluster) for cluster in members(report)] == [{ref.id for ref in report.catalog}]
    assert report.header.inputs == (str(tmp_path / "a.txt"), str(tmp_path / "more"))


def test_a_report_is_complete_and_can_be_read_again():
    report = deduplicate([PIER, PIER])
    assert isinstance(report.entries, tuple)
    assert isinstance(report.links, tuple)
    ((entry,), (variant,)) = report.entries, report.entries[0].variants
    assert (entry.canonical.text, variant.article.text, variant.match.relation) == (PIER, PIER, Relation.EXACT)
    assert variant.edits == ()


def test_the_report_says_when_it_was_made():
    assert deduplicate([PIER], now=NOW).header.created == NOW
    before = datetime.now(UTC)
    assert before <= deduplicate([PIER]).header.created <= datetime.now(UTC)


def test_the_plan_is_followed_and_recorded():
    plan = Plan(reader=ReaderParams(fields=FieldNames(text=("wording",))), candidates=CandidateParams(min_words=100))
    other = PIER.replace("June", "July")
    report = deduplicate([{"wording": PIER}, {"wording": other}, {"text": PIER}], plan, diffs=False)
    assert members(report) == []
    assert [skip.reason for skip in report.skipped] == [SkipReason.NOT_AN_ARTICLE]
    assert report.header.settings["candidates"]["min_words"] == 100
    assert report.header.settings["run"]["diffs"] is False


def test_a_record_without_a_text_is_skipped_and_said_so():
    report = deduplicate([{"id": "a", "text": PIER}, {"id": "b", "text": " "}, {"title": "Pier"}])
    assert [(skip.origin.record, skip.reason) for skip in report.skipped] == [
        (1, SkipReason.NO_TEXT),
        (2, SkipReason.NOT_AN_ARTICLE),
    ]
    assert (report.header.counts.read, report.header.counts.kept) == (3, 1)


def test_a_file_that_holds_no_article_is_skipped_and_said_so(tmp_path):
    (tmp_path / "empty.txt").touch()
    assert [skip.reason for skip in deduplicate([tmp_path]).skipped] == [SkipReason.EMPTY]


def test_equal_ids_are_told_apart():
    assert members(deduplicate([{"id": "a", "text": PIER}] * 2)) == [("a", "a~2")]


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59.999999Z", "0001-01-01"])
def test_a_date_at_the_end_of_the_calendar_is_no_reason_to_stop(when):
    report = deduplicate([{"text": PIER, "published": when}] * 2)
    assert members(report) == [("0", "1")]
    assert f"{report.catalog[0].published:%m-%d}" == when[5:10]


def test_a_path_that_does_not_exist_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="gone"):
        deduplicate([tmp_path / "gone"])


def test_paths_cannot_stand_among_other_articles():
    with pytest.raises(InputError, match=r"news\.txt: paths cannot stand among"):
        deduplicate([PIER, Path("news.txt")])


def test_nothing_at_all_gives_an_empty_report():
    report = deduplicate([])
    assert (report.header.counts.read, report.clusters, report.entries, report.links) == (0, (), (), ())


def test_workers_and_order_change_nothing_but_the_names_of_what_has_none(corpus_dir):
    paths = [corpus_dir / "wire", corpus_dir / "seeds"]
    one, two = deduplicate(paths, now=NOW), deduplicate(paths[::-1], workers=2, now=NOW)
    assert (one.header, one.clusters, one.entries, one.links) == (two.header, two.clusters, two.entries, two.links)
