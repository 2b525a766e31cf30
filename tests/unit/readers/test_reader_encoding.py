import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdedup.readers.encoding import decode, wide_encoding

RUSSIAN = "Президент России заявил в понедельник, что страна готова к переговорам. Решение будет принято позже. "
JAPANESE = "中国の習近平国家主席は月曜日、ロシアのプーチン大統領の再選を祝福した。両国の関係は今後も発展すると述べた。"
CHINESE = "中国国家主席习近平周一祝贺俄罗斯总统普京再次当选,并表示愿意进一步推动两国关系的发展。"
FRENCH = "Le président a déclaré lundi que l’économie était prête à redémarrer après l’été, malgré les difficultés."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-8"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32-le"),
        (RUSSIAN, "utf-16-be"),
    ],
)
def test_text_in_a_common_encoding_is_recognised(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_english_with_one_pound_sign_is_western():
    text = "The company made a profit of £3m in the last quarter, it said on Monday. " * 20
    assert decode(text.encode("cp1252")) == text


def test_a_byte_order_mark_wins_over_what_is_declared():
    assert decode(codecs.BOM_UTF16_LE + "é".encode("utf-16-le"), "utf-8") == "é"


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert decode(codecs.BOM_UTF8 + b"Storm") == "Storm"


def test_a_declared_encoding_wins_over_a_guess():
    assert decode("Łódź".encode("iso8859-2"), "iso-8859-2") == "Łódź"


@pytest.mark.parametrize("declared", ["no-such-encoding", "rot13", "base64", "ascii\0", "ascii", "big5"])
def test_a_declared_encoding_that_is_wrong_is_passed_over(declared):
    assert "Storm" in decode("Storm über Köln".encode(), declared)


def test_what_declares_latin_1_means_windows_1252():
    assert decode(b"\x93Storm\x94", "iso-8859-1") == "“Storm”"


def test_utf_8_with_a_broken_end_stays_utf_8():
    text = FRENCH * 3 + "é"
    assert decode(text.encode()[:-1]) == FRENCH * 3 + "Ã"


def test_a_large_file_is_guessed_by_a_part_of_it_and_decoded_whole():
    text = "Plain words. " * 100_000 + RUSSIAN * 5_000
    assert decode(text.encode("koi8-r")) == text


def test_bytes_that_mean_nothing_in_windows_1252_are_kept_apart():
    nothing = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
    assert len(set(decode(nothing, "cp1252"))) == 5


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "shift_jis"]))
def test_decoding_never_fails(data, declared):
    text = decode(data, declared)
    text.encode()
    assert bool(text) == bool(data) or data in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@given(st.text(max_size=400))
def test_utf_8_comes_back_as_it_was(text):
    if not text.startswith("\ufeff") and "\0" not in text:
        assert decode(text.encode()) == text


def test_utf_8_has_newlines_of_one_byte():
    assert wide_encoding(codecs.BOM_UTF8 + b"{}") is None
