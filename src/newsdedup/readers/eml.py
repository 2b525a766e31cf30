"""EML: a file is a message (RFC 822, RFC 2045)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, Final

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.interface import Reader, Record, Source
from newsdedup.readers.mail import article_of_mail
from newsdedup.readers.one_record import one_record
from newsdedup.readers.streams import read_whole


class EmlReader:
    """One file, one article."""

    def read(self, source: Source, stream: BinaryIO, params: ReaderParams) -> Iterator[Record]:
        origin = Origin(source.name)
        data = read_whole(stream, params.max_record_mb)
        if data is None:
            yield Skipped(origin, SkipReason.TOO_LARGE, f"a message of more than {params.max_record_mb:g} MB")
        else:
            yield one_record(partial(article_of_mail, data, source.default_id, origin, params), origin, params)


READER: Final[Reader] = EmlReader()
