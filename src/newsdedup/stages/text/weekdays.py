"""Days of the week by name, in languages whose names for them mean little else.

A report that comes without a date still says in its first sentences on which day of the week something was.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from newsdedup.model.sketch import UInt32Array
from newsdedup.stages.kernels.weekdays import SLOTS, pair_hash, slot_of_name
from newsdedup.stages.text.tokens import tokenize, word_hash

_MONDAY_TO_SUNDAY = """
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonntag
- - - - - sonnabend -
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
mandag tirsdag onsdag torsdag fredag lørdag søndag
måndag tisdag - - - lördag söndag
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira - -
lunedì martedì mercoledì giovedì venerdì sabato domenica
- marți miercuri joi vineri sâmbătă duminică
poniedziałek wtorek środa czwartek piątek sobota niedziela
- - środę - - sobotę niedzielę
pondělí úterý středa čtvrtek pátek - neděle
pondelok utorok streda štvrtok piatok - nedeľa
- - středu - - sobotu neděli
hétfő kedd szerda csütörtök péntek szombat vasárnap
hétfőn kedden szerdán csütörtökön pénteken szombaton -
pazartesi salı çarşamba perşembe cuma cumartesi -
senin selasa rabu kamis jumat sabtu -
понедельник вторник среда четверг пятница суббота воскресенье
- - среду - пятницу субботу -
понеділок вівторок середа четвер п'ятниця субота неділя
- - середу - п'ятницю суботу неділю
понеделник - сряда четвъртък петък събота неделя
понедељак уторак - четвртак петак - недеља
δευτέρα - - - παρασκευή σάββατο κυριακή
الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
الإثنين - الاربعاء - - - الاحد
دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه
सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
월요일 화요일 수요일 목요일 금요일 토요일 일요일
周一 周二 周三 周四 周五 周六 周日
週一 週二 週三 週四 週五 週六 週日
期一 期二 期三 期四 期五 期六 期日
月曜 火曜 水曜 木曜 金曜 土曜 日曜
"""
"""One week on a line; `-` where a language has no word of its own, or the word means something else as well.

The Chinese week of three characters, 星期一, is known by its last two.
"""


@lru_cache(maxsize=1)
def weekdays() -> UInt32Array:
    """The names of one or two tokens in a hash table, uint32 (SLOTS, 2): hash, and the day from 1 for Monday to 7."""
    table: UInt32Array = np.zeros((SLOTS, 2), np.uint32)
    for line in _MONDAY_TO_SUNDAY.strip().splitlines():
        for day, name in enumerate(line.split(), 1):
            hashes = [np.uint32(word_hash(token.folded)) for token in tokenize(name)]
            if hashes:
                named = hashes[0] if len(hashes) == 1 else pair_hash(hashes[0], hashes[1])
                table[slot_of_name(named, table)] = named, day
    return table
