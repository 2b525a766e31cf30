"""File names for articles: safe on every file system, and no two alike."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_MAX_BYTES = 160
_ODD = re.compile(r"[^\w.-]+|_{2,}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_HASHED = re.compile(r"-[0-9a-f]{10}$")


def file_names(ids: Iterable[str], suffix: str) -> dict[str, str]:
    """A file name for each id, ending with `suffix`.

    Names that would be equal, also on a file system that ignores case or composes accents, get a hash of their id, and
    so does one that looks as if it had such a hash already.
    """
    stems = {i: _stem(i) for i in ids}
    taken = Counter(_folded(stem) for stem in stems.values())
    return {
        i: f"{stem}-{_hash(i)}{suffix}" if taken[_folded(stem)] > 1 or _HASHED.search(_folded(stem)) else stem + suffix
        for i, stem in stems.items()
    }


def _stem(article_id: str) -> str:
    name = _ODD.sub("_", unicodedata.normalize("NFC", article_id)).removesuffix(".txt")
    name = name.encode("utf-8", "replace")[:_MAX_BYTES].decode("utf-8", "ignore").strip("._- ")
    return f"_{name}" if not name or _DEVICES.match(name) else name


def _folded(stem: str) -> str:
    return unicodedata.normalize("NFKC", stem.casefold())


def _hash(article_id: str) -> str:
    return hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
