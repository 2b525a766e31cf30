"""Western and Central European text told apart by its letters, where each byte could be a letter of either."""

from __future__ import annotations

from typing import Final

# A text is taken for one of these languages if all its letters beyond ASCII are of that language.
_WESTERN: Final = tuple(
    map(
        frozenset,
        (
            "àâæçéèêëîïôœùûüÿ",  # French
            "äöüßé",  # German
            "áéíñóúüªº",  # Spanish
            "áâãàçéêíóôõúüªº",  # Portuguese
            "àèéìíîòóùú",  # Italian
            "àçèéíïòóúü",  # Catalan
            "åæøäöéü",  # Danish, Norwegian, Swedish, Finnish
            "áðéíóúýþæö",  # Icelandic
            "áäéèëïíóöúü",  # Dutch
            "äõöüšž",  # Estonian
        ),
    )
)
_CENTRAL: Final = tuple(
    map(
        frozenset,
        (
            "ąćęłńóśźż",  # Polish
            "áčďéěíňóřšťúůýž",  # Czech
            "áäčďéíĺľňóôŕšťúýž",  # Slovak
            "áéíóöőúüű",  # Hungarian
            "ăâîşţ",  # Romanian
            "čćđšž",  # Croatian, Slovene
        ),
    )
)
_SIGNS: Final = frozenset("‘’“”„‚…–—•€£©®°½¼¾«»§´¡™·¿\xa0")
_LETTERS_OF: Final = (("cp1252", _WESTERN), ("cp1250", _CENTRAL), ("iso8859-2", _CENTRAL))
_ASCII: Final = bytes(range(128))
_DENSEST: Final = 0.25
"""More of a text than this is not accented letters in any of these languages; it is Greek, Russian or Chinese."""


def by_letters(data: bytes) -> str | None:
    """The text of `data`, if there is an encoding in which it has the letters of one language."""
    if len(data.translate(None, _ASCII)) > _DENSEST * len(data):
        return None
    for encoding, languages in _LETTERS_OF:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = {c.lower() for c in set(text) - _SIGNS if c >= "\x80"}
        if any(letters <= language for language in languages):
            return text
    return None
