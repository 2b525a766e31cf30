from newsdedup.model.article import Article, Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.memory import UNIT_ARTICLES, MemoryCorpus


def article(n):
    return Article(f"a{n}", "ten chars.", Origin("memory", n))


def read(corpus):
    return [record for unit in corpus.units() for record in corpus.read_unit(unit, ReaderParams())]


def test_every_record_is_read_once_and_in_order_skipped_ones_too():
    records = [article(0), Skipped(Origin("memory", 1), SkipReason.NO_TEXT), article(2)]
    assert read(MemoryCorpus(records)) == records


def test_many_records_are_parted_into_units_that_together_hold_all():
    records = [article(n) for n in range(2 * UNIT_ARTICLES + 1)]
    corpus = MemoryCorpus(records)
    assert [len(unit.records) for unit in corpus.units()] == [UNIT_ARTICLES, UNIT_ARTICLES, 1]
    assert read(corpus) == records
    assert corpus.size_bytes == 10 * len(records)


def test_the_wanted_articles_come_again_with_the_ids_they_are_given():
    corpus = MemoryCorpus([article(0), Skipped(Origin("memory", 1), SkipReason.NO_TEXT), article(2)])
    wanted = {Origin("memory", 2): "other", Origin("memory", 1): "skipped"}
    assert [(found.id, found.origin) for found in corpus.select(wanted)] == [("other", Origin("memory", 2))]


def test_nothing_is_a_corpus_too():
    corpus = MemoryCorpus([])
    assert (read(corpus), corpus.size_bytes, list(corpus.select({}))) == ([], 0, [])
