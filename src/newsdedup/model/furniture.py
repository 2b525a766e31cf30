"""What publishers print around their stories, as learned from their articles."""

from __future__ import annotations

from dataclasses import dataclass

from newsdedup.model.sketch import Int32Array, Int64Array, UInt64Array


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines and sampled shingles that publishers repeat from story to story.

    A line is a run of tokens from one stop to another (see `stages.kernels.lines`). Publisher p has the lines
    `offsets[p]:offsets[p + 1]`: uint64 `lines`, hashes, sorted for each publisher; int32 `articles`, how many of its
    articles hold each. Its sampled shingles are uint64 `samples[sample_offsets[p]:sample_offsets[p + 1]]`, sorted.
    int32 `read` (publishers,): of how many different articles this was learned; 0 for a publisher of which too few
    are known.
    """

    lines: UInt64Array
    articles: Int32Array
    offsets: Int64Array
    samples: UInt64Array
    sample_offsets: Int64Array
    read: Int32Array

    def __len__(self) -> int:
        return len(self.lines)
