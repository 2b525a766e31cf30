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


GERMAN = "Die Behörden prüfen, ob die Brücke über den Fluß schließen muß, sagte der Bürgermeister von Köln. "
SPANISH = "El año pasado la población creció un tres por ciento, según el señor Núñez. ¿Qué pasará mañana? "
POLISH = "Minister powiedział, że źródło zanieczyszczeń zostało usunięte. Łódź i Gdańsk są już bezpieczne. "
CZECH = "Ministr řekl, že příčina znečištění řeky už byla odstraněna, škody však zůstávají značné. "
HUNGARIAN = "A miniszter hétfőn közölte, hogy az árvíz több száz házat öntött el, és a kő is megrepedt. "
UKRAINIAN = "Президент України заявив у понеділок, що країна готова до переговорів. Рішення ухвалять пізніше. "
GREEK = "Ο πρωθυπουργός δήλωσε τη Δευτέρα ότι η χώρα είναι έτοιμη. Η απόφαση θα ληφθεί αργότερα. "
TURKISH = "Başbakan pazartesi günü ülkenin müzakerelere hazır olduğunu söyledi. Karar daha sonra verilecek. "
HEBREW = "ראש הממשלה אמר ביום שני כי המדינה מוכנה למשא ומתן. ההחלטה תתקבל מאוחר יותר בישיבת הממשלה. "
ARABIC = "قال رئيس الوزراء يوم الاثنين إن البلاد مستعدة للمفاوضات. وسيتم اتخاذ القرار في وقت لاحق. "
LITHUANIAN = "Ministras pirmadienį pareiškė, kad šalis pasirengusi deryboms. Žmonės gali grįžti į namus. "
THAI = "นายกรัฐมนตรีกล่าวเมื่อวันจันทร์ว่าประเทศพร้อมสำหรับการเจรจา การตัดสินใจจะมีขึ้นในภายหลัง "
TAIWANESE = "總統週一表示,國家已經準備好進行談判。最後的決定將在稍後公布,民眾可以返回家園。"
KOREAN = "대통령은 월요일 나라가 협상할 준비가 되어 있다고 말했다. 결정은 나중에 내려질 것이다. "

LEGACY = [
    *((GERMAN, encoding) for encoding in ("cp1252", "iso8859-1", "iso8859-15")),
    *((SPANISH, encoding) for encoding in ("cp1252", "iso8859-1", "iso8859-15")),
    *((text, encoding) for text in (POLISH, CZECH, HUNGARIAN) for encoding in ("cp1250", "iso8859-2")),
    *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8-r", "iso8859-5", "cp866")),
    *((UKRAINIAN, encoding) for encoding in ("cp1251", "koi8-u")),
    *((GREEK, encoding) for encoding in ("cp1253", "iso8859-7")),
    *((TURKISH, encoding) for encoding in ("cp1254", "iso8859-9")),
    *((HEBREW, encoding) for encoding in ("cp1255", "iso8859-8")),
    *((ARABIC, encoding) for encoding in ("cp1256", "iso8859-6")),
    *((LITHUANIAN, encoding) for encoding in ("cp1257", "iso8859-13")),
    *((THAI, encoding) for encoding in ("cp874", "iso8859-11")),
    *((CHINESE, encoding) for encoding in ("gb18030", "gb2312")),
    (TAIWANESE, "big5"),
    *((JAPANESE, encoding) for encoding in ("shift_jis", "euc_jp")),
    *((KOREAN, encoding) for encoding in ("euc_kr", "cp949")),
]
TEXTS = list(dict.fromkeys(text for text, _ in LEGACY))


@pytest.mark.parametrize("copies", [1, 40])
@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_text_of_each_language_is_told_in_the_encodings_it_was_written_in(text, encoding, copies):
    assert decode(text.encode(encoding) * copies) == text * copies


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_every_unicode_encoding_is_told_with_and_without_a_mark(text, mark, encoding):
    assert decode((mark + text).encode(encoding)) == text


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_a_declared_encoding_that_is_right_is_taken(text, encoding):
    assert decode(text.encode(encoding), encoding) == text


@pytest.mark.parametrize("declared", ["ascii", "iso-8859-1", "windows-1251", "koi8-r", "shift_jis", "gbk"])
@pytest.mark.parametrize("text", TEXTS)
def test_utf_8_stays_utf_8_whatever_is_declared(text, declared):
    assert decode(text.encode(), declared) == text


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_utf_8_that_is_declared_and_wrong_is_passed_over(text, encoding):
    assert decode(text.encode(encoding), "utf-8") == text


def test_a_declared_encoding_of_seven_bits_is_taken():
    assert decode(JAPANESE.encode("iso2022_jp"), "iso-2022-jp") == JAPANESE


@pytest.mark.parametrize(("text", "encoding"), LEGACY)
def test_lines_of_two_encodings_in_one_file_are_told_apart(text, encoding):
    lines = [GERMAN.encode(), text.encode(encoding), b"Plain words.", text.encode(), FRENCH.encode()] * 3
    expected = "\n".join([GERMAN, text, "Plain words.", text, FRENCH] * 3)
    assert decode(b"\n".join(lines)) == expected


@pytest.mark.parametrize(
    "data", [bytes(400), b"\1\0\0\0\2\0\0\0" * 50, b"\x03\x01\x07\x02" * 50, bytes(range(256)) * 4]
)
def test_numbers_are_no_wide_characters(data):
    assert wide_encoding(data) is None


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
