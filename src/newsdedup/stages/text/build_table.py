"""Builds `codepoints.bin` from `folding.fold`: `python -m newsdedup.stages.text.build_table > codepoints.bin`."""

from __future__ import annotations

import sys
import zlib

import numpy as np

from newsdedup.stages.text.codepoints import CLASS_SHIFT, EXPANDS, LENGTH_SHIFT, SIZE
from newsdedup.stages.text.folding import CharClass, fold


def build() -> bytes:
    """The compressed table: SIZE entries, then the expansions (see `codepoints`)."""
    entries = np.zeros(SIZE, np.uint32)
    expansions: list[int] = []
    places: dict[tuple[int, ...], int] = {}
    for code in range(SIZE):
        seen = tuple(ord(char) | kind << CLASS_SHIFT for char, kind in fold(chr(code)))
        if not seen:
            entries[code] = CharClass.IGNORED << CLASS_SHIFT
        elif len(seen) == 1:
            entries[code] = seen[0]
        else:
            if seen not in places:
                places[seen] = len(expansions)
                expansions += seen
            entries[code] = EXPANDS | len(seen) << LENGTH_SHIFT | places[seen]
    # most entries differ from their neighbour by one, so differences compress to a tenth
    differences = np.diff(entries, prepend=np.uint32(0))
    return zlib.compress(differences.tobytes() + np.array(expansions, np.uint32).tobytes(), 9)


if __name__ == "__main__":
    sys.stdout.buffer.write(build())
