"""News agencies by the names that credits give them."""

from __future__ import annotations

AGENCIES = (
    "AAP", "ADN", "ADNKronos", "AFP", "AGI", "AGERPRES", "ANI", "ANP", "ANSA", "AP", "APA", "APS", "ATA", "Agencies",
    "Associated Press", "BNA", "BNS", "BTA", "Belga", "Bernama", "Bloomberg", "CNA", "CNS", "CP", "Canadian Press",
    "DPA", "Deutsche Presse-Agentur", "EFE", "Europa Press", "IANS", "INA", "IRNA", "ITAR-TASS", "Interfax", "JTA",
    "KCNA", "KUNA", "Kyodo", "Kyodo News", "LUSA", "Lusa", "MENA", "MTI", "NAN", "NNA", "NTB", "PA", "PAP", "PNA",
    "PTI", "Petra", "QNA", "RIA Novosti", "Reuter", "Reuters", "SID", "SPA", "Sputnik", "TASS", "TT", "Tanjug", "UNI",
    "UPI", "Ukrinform", "WAFA", "WAM", "Xinhua", "Yonhap", "dpa",
    "ТАСС", "Интерфакс", "РИА Новости", "УНИАН", "Укринформ",
    "واس", "أ ف ب", "رويترز", "د ب أ", "وام", "كونا", "قنا", "بترا", "وكالات", "الوكالات", "أ ب",
    "新华社", "新華社", "中新社", "中央社", "共同", "時事", "ロイター", "共同通信", "時事通信", "연합뉴스", "뉴시스",
)  # fmt: skip
