"""Make the compressed, packed and binary files of `wire/` again, from the plain files beside them.

Run it after changing a plain file: `python corpus/pack.py`. No clock, owner or host enters an archive, so that the
same libraries write the same bytes.
"""  # noqa: INP001  # a script beside the data it makes, not a package

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import zstandard

WIRE = Path(__file__).parent / "wire"
EPOCH_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def main(wire: Path = WIRE, out: Path | None = None) -> None:
    """Read the plain files below `wire` and write the packed ones below `out`, which is `wire` if not given."""
    for name, data in packed(wire).items():
        path = (out or wire) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def packed(wire: Path) -> dict[str, bytes]:
    """The bytes of every packed file, by its path below `wire`."""

    def plain(name: str) -> str:
        return (wire / name).read_text("utf-8")

    ferry = plain("copies/ferry-fares.txt")
    observatory = body(plain("copies/observatory.md"))
    lighthouse = plain("revisions/lighthouse.txt")
    meals = body(plain("revisions/school-meals.md"))
    wall = [json.loads(line) for line in plain("copies/press-wall.jsonl").splitlines()]
    german = (wire / "languages/german.txt").read_bytes()
    return {
        "copies/ferry-fares.txt.gz": gzip.compress(ferry.encode(), mtime=0),
        "copies/evening.zip": zipped(
            {
                "observatory.txt": "By Hollis Darrow, Evening Wall\n\n" + observatory.replace("kilometres", "km"),
                "late/ferry-fares.txt": paragraphs(ferry, 5),
            }
        ),
        "copies/week.tar": tarred(
            {
                "library.txt": f"{wall[2]['content']}\n".encode(),
                "science/observatory.md": plain("copies/observatory.md").encode(),
            }
        ),
        "revisions/smelter-1.txt.zst": zstandard.ZstdCompressor().compress(plain("revisions/smelter-1.txt").encode()),
        "revisions/lighthouse-brief.txt.bz2": bz2.compress(paragraphs(lighthouse, 5).encode()),
        "revisions/school-meals-short.txt.xz": lzma.compress(paragraphs(meals, 4).encode("utf-16")),
        "languages/desk.tar.gz": gzip.compress(tarred({"german-dos.txt": german.replace(b"\n", b"\r\n")}), mtime=0),
        "broken/binary.txt": bytes(range(256)) * 8,
        "broken/climbing.zip": zipped({"../climbed.txt": observatory, "inside.txt": observatory}),
        "broken/truncated.jsonl.gz": cut_in_the_last_line([{k: r[k] for k in ("title", "content")} for r in wall]),
    }


def body(markdown: str) -> str:
    """What follows the front matter."""
    return markdown.split("---\n\n", 1)[1]


def paragraphs(text: str, count: int) -> str:
    """The first `count` paragraphs, headline and date line included."""
    return "\n\n".join(text.split("\n\n")[:count]).rstrip() + "\n"


def zipped(members: dict[str, str]) -> bytes:
    """A zip archive of UTF-8 texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, EPOCH_OF_ZIP)
            info.create_system = 3  # Unix, wherever this runs
            archive.writestr(info, text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    """A tar archive; names, sizes and contents are all it holds."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def cut_in_the_last_line(records: list[dict[str, str]]) -> bytes:
    """Gzipped JSON lines that break off within the last one; those before it can be read whole."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as stream:
        for record in records[:-1]:
            stream.write(json.dumps(record).encode() + b"\n")
        stream.flush()  # what is written so far can be unpacked without what follows
        last = json.dumps(records[-1]).encode()
        stream.write(last[: len(last) // 2])
        stream.flush()
        end = out.tell()
    return out.getvalue()[:end]


if __name__ == "__main__":
    main()
