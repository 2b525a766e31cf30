"""Make the compressed, packed and binary files of `wire/` again, from the plain files beside them.

Run it after changing a plain file: `python corpus/pack.py`. No clock, owner or host enters an archive, so that the
same libraries write the same bytes.
"""  # noqa: INP001  # a script beside the data it makes, not a package

from __future__ import annotations

import bz2
import codecs
import gzip
import html
import io
import json
import lzma
import quopri
import re
import tarfile
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import zstandard
from pyarrow import feather, parquet

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
    story = plain("formats/story.txt")
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
        **told_in_every_format(story),
        "broken/binary.txt": bytes(range(256)) * 8,
        "broken/climbing.zip": zipped({"../climbed.txt": observatory, "inside.txt": observatory}),
        "broken/truncated.jsonl.gz": cut_in_the_last_line([{k: r[k] for k in ("title", "content")} for r in wall]),
    }


def told_in_every_format(story: str) -> dict[str, bytes]:
    """The story in five encodings, and as wire messages, mail, a web archive and tables."""
    typeset = re.sub(r'"(.*?)"', "\u201c\\1\u201d", story).replace("'", "\u2019").replace(" - ", " \u2013 ")
    title, _, published, *paragraphs = story.rstrip("\n").split("\n\n")
    when = published.removeprefix("Published ").replace(",", "").removesuffix(" UTC") + ":00 +0000"
    author, agency, day, year, time = "Petra Lindquale", "Northwire", "0603", "24", "0615"
    indented = "".join(f"   {line}\r\n" for line in paragraphs)
    page = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs)
    document = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="windows-1252"><title>{title}</title>'
        f'<meta property="article:published_time" content="2024-06-03T06:15:00Z"></head>\n'
        f"<body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav>\n"
        f"<article><h1>{title}</h1>\n{page}</article></body></html>\n"
    ).encode("cp1252")
    message = (
        f"Return-Path: <desk@northwire.example>\nMessage-ID: <0107.20240603@northwire.example>\nDate: Mon, {when}\n"
        f"From: {author} <desk@northwire.example>\nTo: clients@northwire.example\nSubject: {title}\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    ).encode() + quopri.encodestring("\n\n".join(typeset.rstrip("\n").split("\n\n")[3:]).encode() + b"\n")
    row = {
        "headline": title,
        "author": author,
        "body": "\n\n".join(paragraphs),
        "published": datetime(2024, 6, 3, 6, 15, tzinfo=UTC),
    }
    parquet_file, arrow_file = io.BytesIO(), io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([{"id": "nw-0107-parquet"} | row]), parquet_file)
    feather.write_feather(pa.Table.from_pylist([{"id": "nw-0107-arrow"} | row]), arrow_file, compression="uncompressed")
    return {
        "formats/story-utf8-bom.txt": typeset.encode("utf-8-sig"),
        "formats/story-utf16.txt": codecs.BOM_UTF16_LE + typeset.encode("utf-16-le"),
        "formats/story-utf16-no-bom.txt": typeset.encode("utf-16-be"),
        "formats/story-utf32.txt": codecs.BOM_UTF32_LE + typeset.encode("utf-32-le"),
        "formats/story-cp1252.txt": typeset.encode("cp1252"),
        "formats/message.eml": message,
        "formats/messages.mbox": b"From desk@northwire.example Mon Jun  3 06:15:00 2024\n" + message + b"\n",
        "formats/wire.iptc": (
            f"\x16\x16\x01nwr0107 4 ec 214  nwr 0044\r\nSALT/SEEDS/\r\n\x02{title} =\r\nBy {author} =\r\n\r\n{indented}"
            f"nwr pl\r\n\x03{day[2:]}{time} GMT Jun {year}\r\n\x04\x04"
        ).encode(),
        "formats/wire.anpa": (
            f"\x16\x16\x01a0107\x1fbc-h9\r\nr f\x13\x11 BC-Salt-Seeds,1st Ld-Writethru {day[:2]}-{day[2:]} 0214\r\n"
            f"\x02^BC-Salt-Seeds, 1st Ld-Writethru,0214<\r\n^{title}<\r\n^By {author.upper()}=\r\n^{agency} Writer=\r\n"
            + "".join(f"\t{line}<\r\n" for line in paragraphs)
            + f"\x03NW-WF-{day[:2]}-{day[2:]}-{year} {time}GMT<\r\n\x04"
        ).encode(),
        "formats/reuters.sgm": (
            '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS TOPICS="NO" NEWID="107">\n'
            f"<DATE> 3-JUN-2024 06:15:00.00</DATE>\n<TEXT>\n<TITLE>{title.upper()}</TITLE>\n"
            f"<AUTHOR>    By {author}, {agency}</AUTHOR>\n<BODY>"
            + "\n    ".join(map(html.escape, paragraphs))
            + "\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        ).encode(),
        "formats/crawl.arc": arc_file(document),
        "formats/crawl.warc.gz": b"".join(gzip.compress(record, mtime=0) for record in web_archive(document)),
        "formats/table.parquet": parquet_file.getvalue(),
        "formats/table.arrow": arrow_file.getvalue(),
    }


def arc_file(page: bytes) -> bytes:
    """A crawl of one page in the format before WARC."""
    about = b"1 0 Northwire\nURL IP-address Archive-date Content-type Archive-length\n"
    reply = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    return (
        f"filedesc://crawl.arc 0.0.0.0 20240603070000 text/plain {len(about)}\n".encode()
        + about
        + b"\n"
        + f"https://northwire.example/seed-store 192.0.2.1 20240603070000 text/html {len(reply)}\n".encode()
        + reply
        + b"\n"
    )


def web_archive(page: bytes) -> list[bytes]:
    """The records of a small crawl: what made it, a request, the page and a picture."""
    reply = "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n"
    url = "https://northwire.example/2024/06/03/seed-store"
    return [
        warc_record("warcinfo", "", "application/warc-fields", b"software: newsdedup corpus\r\n"),
        warc_record(
            "request", url, "application/http; msgtype=request", b"GET /2024/06/03/seed-store HTTP/1.1\r\n\r\n"
        ),
        warc_record(
            "response", url, "application/http; msgtype=response", reply.format("text/html", len(page)).encode() + page
        ),
        warc_record(
            "response",
            f"{url}.gif",
            "application/http; msgtype=response",
            reply.format("image/gif", 6).encode() + b"GIF89a",
        ),
    ]


def warc_record(kind: str, url: str, content_type: str, block: bytes) -> bytes:
    """One record of a WARC file."""
    number = zlib.crc32(kind.encode() + url.encode())
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-0000{number:08x}>\r\n"
            f"WARC-Date: 2024-06-03T07:00:00Z\r\n{target}Content-Type: {content_type}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


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
