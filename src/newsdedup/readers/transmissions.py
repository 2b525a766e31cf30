"""Wire transmissions: what stands between the control characters of IPTC 7901 and ANPA 1312."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from newsdedup.model.article import Origin, Skipped, SkipReason
from newsdedup.plan import ReaderParams
from newsdedup.readers.interface import Source
from newsdedup.readers.lines import limit_of
from newsdedup.readers.streams import HEAD_BYTES, peekable

START_OF_HEADER: Final = b"\x01"
_START_OF_TEXT: Final = b"\x02"
_END_OF_TEXT: Final = b"\x03"
_BETWEEN: Final = b"\x00\x04\x16\x7f \t\r\n"
"""What may stand around a message: idle characters, the end of a transmission, white space."""
_MOST_HEADER_BYTES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Transmission:
    """One message of a wire: the lines above its text, the text, and what follows it."""

    header: bytes
    text: bytes
    trailer: bytes


def transmissions(
    stream: BinaryIO, source: Source, params: ReaderParams
) -> Iterator[tuple[Origin, Transmission | Skipped]]:
    """The messages of a stream, numbered from 0; in place of one that is not whole, why it is skipped."""
    number = 0
    for piece in _pieces(stream, limit_of(params.max_record_mb)):
        origin = Origin(source.name, number)
        if piece is None:
            yield origin, Skipped(origin, SkipReason.TOO_LARGE, f"a message of more than {params.max_record_mb:g} MB")
        elif piece.startswith(START_OF_HEADER):
            yield origin, _message(piece, origin)
        elif piece.strip(_BETWEEN):
            yield origin, Skipped(origin, SkipReason.MALFORMED, "bytes that no message begins with")
        else:
            continue
        number += 1


def _message(piece: bytes, origin: Origin) -> Transmission | Skipped:
    header, started, rest = piece[1:].partition(_START_OF_TEXT)
    if not started:
        return Skipped(origin, SkipReason.MALFORMED, "a message without a start of text")
    if len(header) > _MOST_HEADER_BYTES:
        return Skipped(origin, SkipReason.MALFORMED, f"a message with a header of more than {_MOST_HEADER_BYTES} bytes")
    text, ended, trailer = rest.partition(_END_OF_TEXT)
    if not ended:
        return Skipped(origin, SkipReason.TRUNCATED, "a message without an end of text")
    return Transmission(header, text, trailer[:_MOST_HEADER_BYTES])


def _pieces(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The stream cut before every start of a header; None for a piece that is too large, which is not held."""
    buffered = peekable(stream)
    held = bytearray()
    overlong = False
    while chunk := buffered.read1(HEAD_BYTES):
        first, *others = chunk.split(START_OF_HEADER)
        held += first
        for other in others:
            yield None if overlong or len(held) > limit else bytes(held)
            held, overlong = bytearray(START_OF_HEADER + other), False
        if len(held) > limit:
            held, overlong = bytearray(), True
    yield None if overlong else bytes(held)
