"""What an article is found by, as keys of 36 bits; which kind of thing a key was made from is mixed into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from newsdedup.model.sketch import UInt64Array
from newsdedup.stores.interface import KEY_BITS

ID, PRINT, SAMPLE, BAND = 1, 2, 3, 16
"""Kinds: an id, a fingerprint, a sampled shingle; band b is kind BAND + b."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31 = np.uint64(27), np.uint64(30), np.uint64(31)
_TOP = np.uint64(64 - KEY_BITS)


def keys_of(hashes: UInt64Array, kinds: UInt64Array) -> UInt64Array:
    """The keys of some 64-bit hashes, each of its kind (the finaliser of splitmix64)."""
    mixed = hashes + kinds * _GOLDEN
    mixed = (mixed ^ (mixed >> _S30)) * _M1
    mixed = (mixed ^ (mixed >> _S27)) * _M2
    keys: UInt64Array = (mixed ^ (mixed >> _S31)) >> _TOP
    return keys


def id_keys(ids: Iterable[str]) -> UInt64Array:
    """The keys of some ids."""
    digests = [hashlib.blake2b(own.encode("utf-8", "surrogatepass"), digest_size=8).digest() for own in ids]
    hashes = np.frombuffer(b"".join(digests), "<u8").astype(np.uint64)
    return keys_of(hashes, np.full(len(hashes), ID, np.uint64))
