"""ninjs, IPTC's news in JSON, versions 1 to 3, as a record with the plain fields that other JSON has.

Version 1 has `headline`, `body_text`, `body_xhtml`; version 2 has lists, `headlines` and `bodies`, whose members have a
`role`, a `contenttype` and a `value`; version 3 spells names like `versionCreated`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from newsdedup.model.article import Status
from newsdedup.plan import FieldNames
from newsdedup.readers.management import is_embargoed, parse_status
from newsdedup.readers.markup import text_of_html

NAMES: Final = FieldNames(
    id=("uri", "guid", "id"),
    text=("text",),
    title=("headline", "title"),
    byline=("byline",),
    dateline=("dateline",),
    publisher=("publisher", "provider", "copyrightholder"),
    credit=("credit", "infosource", "source"),
    published=("versioncreated", "contentcreated", "firstcreated"),
    url=("url", "link"),
    language=("language",),
    slug=("slug", "slugline"),
    guid=("uri", "guid"),
    version=("version",),
    version_created=("versioncreated",),
    status=("status", "pubstatus"),
    urgency=("urgency",),
    editor_note=("ednote",),
)
"""Where a plain record has what. Case does not matter, so this holds for version 3 too."""

_PLAIN: Final = tuple(sorted({key for name in NAMES.__slots__ for key in getattr(NAMES, name)}))
_MARKS: Final = frozenset(
    (
        "uri", "type", "mimetype", "representationtype", "profile", "versioncreated", "firstcreated",
        "contentcreated", "pubstatus", "urgency", "ednote", "copyrightholder", "copyrightnotice", "usageterms",
        "slugline", "located", "headlines", "bodies", "descriptions", "by", "renditions", "associations", "altids",
        "subjects", "subject", "people", "person", "places", "place",
    )
)  # fmt: skip
_BODIES: Final = frozenset(
    {"bodies", "body_text", "body_xhtml", "body_html", "headlines", "renditions", "associations"}
)
_LEAST_MARKS: Final = 3
_LEAST_MARKS_WITHOUT_BODY: Final = 6
_ROLES: Final = ("main", "html", "xhtml", "richtext", "text")
"""What the body or headline that is meant is called; others are `short`, `teaser` and the like."""


def is_ninjs(keys: Collection[object]) -> bool:
    """Whether a record with these keys is ninjs: `uri` or `guid`, and enough of its names, fewer if it has bodies."""
    found = {key.lower() for key in keys if isinstance(key, str)}
    least = _LEAST_MARKS if found & _BODIES else _LEAST_MARKS_WITHOUT_BODY
    return bool(found & {"uri", "guid"}) and len(found & _MARKS) >= least


def plain_record(item: Mapping[str, object]) -> dict[str, object]:
    """The fields of an item that NAMES tells how to read, with a headline and a text."""
    fields: dict[str, Any] = {key.lower(): value for key, value in item.items()}
    fields["text"] = _text(item)
    fields["headline"] = _best(fields.get("headlines")) or _best(fields.get("headline")) or fields.get("headline")
    fields["byline"] = fields.get("by") or fields.get("byline")
    withdrawn = parse_status(fields.get("pubstatus")) not in {None, Status.USABLE}
    if not withdrawn and is_embargoed(fields.get("embargoed"), fields.get("versioncreated")):
        fields["pubstatus"] = Status.EMBARGOED.value
    return {key: fields[key] for key in _PLAIN if key in fields}


def kind_of(item: Mapping[str, object]) -> str:
    """What an item without a text is, if it says so: `picture`, `video`."""
    kind = item.get("type")
    return kind[:40] if isinstance(kind, str) else ""


def _text(item: Mapping[str, object]) -> str:
    """The longest body; marked-up ones, which know their paragraphs, before plain ones of the same words."""
    bodies = [text_of_html(body) for body in _bodies(item)]
    return max(bodies, key=_weight, default="")


def _weight(text: str) -> tuple[int, int]:
    return len(text.split()), text.count("\n")


def _bodies(item: Mapping[str, object]) -> Iterator[str]:
    for key, value in item.items():
        name = key.lower()
        if name in {"bodies", "body"} or name.startswith("body_"):
            if isinstance(value, str):
                yield value
            elif isinstance(value, list):
                yield from (text for member in value if (text := _value(member)))


def _best(values: object) -> str:
    """Of a list of values with roles, the main one, or the first."""
    if not isinstance(values, list):
        return ""
    by_role = {_role(member): text for member in reversed(values) if (text := _value(member))}
    first = next(filter(None, map(_value, values)), "")
    return text_of_html(next((by_role[role] for role in _ROLES if role in by_role), first))


def _role(member: object) -> str:
    if not isinstance(member, dict):
        return ""
    return str(member.get("role") or member.get("name") or "")


def _value(member: object) -> str:
    if not isinstance(member, dict):
        return ""
    value = member.get("value") or member.get("text")
    return value if isinstance(value, str) else ""
