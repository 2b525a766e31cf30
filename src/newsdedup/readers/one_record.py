"""One record of many, made under guard: what fails or takes too long costs that record and no other."""

from __future__ import annotations

from collections.abc import Callable

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.interface import Record
from newsdedup.readers.streams import BrokenStreamError
from newsdedup.readers.time_limit import TimeLimitError, time_limit


def one_record(make: Callable[[], Record], origin: Origin, params: ReaderParams) -> Record:
    """What `make` gives, or why it gave nothing.

    Raises BrokenStreamError and OSError, after which there is no next record either.
    """
    try:
        with time_limit(params.max_record_s):
            return make()
    except TimeLimitError as error:
        return Skipped(origin, SkipReason.TOO_LARGE, f"a record that {error}")
    except (BrokenStreamError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  # extractors fail in ways of their own on hostile input
        return Skipped(origin, SkipReason.MALFORMED, f"{type(error).__name__}: {error}".removesuffix(": "))
