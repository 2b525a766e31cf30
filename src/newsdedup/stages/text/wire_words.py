"""The words by which agencies and newspapers say what a filing is, in the languages of the wires.

From the agencies' style guides and from headlines as they were sent. A word in capitals is meant only in capitals
(`KILL-`, but not `Kill`), any other however it is written. Words for kills are in capitals where they could as well be
news of their own: a concert can be cancelled and a bill withdrawn.
"""

from __future__ import annotations

from newsdedup.model.filing import Filing

WORDS: dict[Filing, tuple[str, ...]] = {
    Filing.FORM: (
        "BRIEF", "FACTBOX", "TIMELINE", "CHRONOLOGY", "QUOTEBOX", "HIGHLIGHTS", "SCENARIOS", "INSTANT VIEW", "ANALYSIS",
        "SNAP ANALYSIS", "ANALYST VIEW", "ANALYSTS VIEW", "EXPLAINER", "INTERVIEW", "FEATURE", "INSIGHT", "EXCLUSIVE",
        "NEWSMAKER", "PREVIEW", "TABLE", "TEXT", "BUY OR SELL", "POLL", "PROFILE", "ADVISORY",
        "KURZMELDUNG", "HINTERGRUND", "PORTRÄT", "CHRONOLOGIE", "INFOBOX", "HINWEIS",
        "BREF", "ENCADRÉ", "ECLAIRAGE", "ÉCLAIRAGE", "REPÈRES", "EXCLUSIF", "SCHEDA", "ESCLUSIVA", "INTERVISTA",
        "RECUADRO", "CRONOLOGÍA", "EXCLUSIVA", "ENTREVISTA", "EXCLUSIVO", "ANÁLISE", "ANÁLISIS",
        "СПРАВКА", "ЭКСКЛЮЗИВ", "ИНТЕРВЬЮ", "ファクトボックス", "情報BOX", "焦点", "アングル",
    ),
    Filing.ALERT: (
        "urgent", "FLASH", "BULLETIN", "ALERT", "SNAP", "NEWSALERT", "NEWS ALERT", "APNEWSALERT", "BREAKING", "JUST IN",
        "BREAKING NEWS", "NEWSBREAK", "EIL", "eilmeldung", "BLITZ", "VORAB", "ALERTE", "ÚLTIMA HORA", "ÚLTIMO MOMENTO",
        "URGENTE", "ULTIM'ORA", "СРОЧНО", "МОЛНИЯ", "عاجل", "快讯", "快訊", "突发", "突發", "急电", "速報", "緊急",
        "속보", "긴급", "1보",
    ),
    Filing.UPDATE: (
        "update", "updated", "updates", "ADDS", "RECASTS", "REWRITES", "LEAD", "LD", "LD-WRITETHRU", "WRITETHRU",
        "WRITE-THRU", "LEDE", "WRAPUP", "WRAP-UP", "ROUNDUP", "ROUND-UP",
        "zusammenfassung", "aktualisiert", "aktualisierung", "neu", "ergänzt", "erweitert",
        "actualisation", "actualise", "actualisé", "actualisée", "complète", "SYNTHÈSE", "SYNTHESE",
        "actualiza", "actualización", "actualizado", "act", "ampl", "amplía", "amplia", "ampliación", "RESUMEN",
        "aggiornamento", "aggiornato", "AGG", "PUNTO", "RIEPILOGO",
        "atualiza", "atualizada", "atualizado", "atualização", "RESUMO",
        "bijgewerkt", "uppdaterad", "opdateret", "oppdatert", "aktualizacja", "güncelleme", "güncellendi",
        "обновление", "обновлено", "дополнено", "дополнение", "расширенная версия", "оновлено",
        "تحديث", "محدث", "إضافة", "更新", "更新版", "综合", "綜合", "続報", "詳報",
        "종합", "2보", "3보", "4보", "상보", "업데이트",
    ),
    Filing.REPEAT: (
        "RPT", "REPEAT", "repeats", "RESENDING", "RETRANSMITS", "REISSUE", "WDH", "WDHLG", "wiederholung",
        "répétition", "RAPPEL", "REPETICIÓN", "REPITE", "ripetizione", "REPETIÇÃO", "REPETE",
        "повтор", "повторение", "تكرار", "مكرر", "重发", "重發", "再送", "再配信", "再掲", "재송",
    ),
    Filing.ADVANCE: ("ADV", "ADVANCE", "ADVANCER", "CURTAIN RAISER", "CURTAINRAISER", "VORSCHAU", "VORBERICHT"),
    Filing.EMBARGO: (
        "EMBARGO", "embargoed", "HFR", "HOLD FOR RELEASE", "SPERRFRIST", "SOUS EMBARGO", "EMBARGADO", "SOTTO EMBARGO",
        "ЭМБАРГО", "解禁", "엠바고",
    ),
    Filing.CORRECTION: (
        "correction", "corrected", "corrects", "corrective", "C O R R E C T I O N", "C O R R E C T E D", "CORRECT",
        "CORR", "REFILE", "REFILED", "clarification", "CLARIFIES", "erratum",
        "korrektur", "korrigiert", "KORR", "berichtigung", "berichtigt", "richtigstellung", "präzisierung",
        "rectif", "rectificatif", "rectification", "rectifié", "rectifie", "corrigé", "corrige",
        "corrección", "correccion", "corregido", "corregida", "rectificación", "rectifica", "fe de erratas",
        "rettifica", "correzione", "corretto", "errata corrige", "errata", "correção", "corrigido", "corrigida",
        "retificação", "correctie", "gecorrigeerd", "rättelse", "rettelse", "korjaus", "sprostowanie", "düzeltme",
        "исправление", "исправлено", "исправленная версия", "поправка", "уточнение", "уточнено", "виправлення",
        "تصحيح", "تصويب", "توضيح", "更正", "修正", "勘误", "勘誤", "订正", "訂正", "訂正・おわび", "おわびと訂正",
        "정정", "수정", "고침", "바로잡습니다", "정정보도",
    ),
    Filing.KILL: (
        "KILL", "KILLED", "BULLETIN KILL", "MANDATORY KILL", "KILL KILL KILL", "story withdrawn", "WITHDRAWN",
        "WITHDRAWAL", "retraction", "retracted", "RETRACTS", "ELIMINATION", "MANDATORY ELIMINATION",
        "ZURÜCKGEZOGEN", "RÜCKZUG", "LÖSCHUNG", "ANNULATION", "ANNULÉ", "ANNULÉE", "ANULADO", "ANULADA", "ANULACIÓN",
        "RETRACTACIÓN", "ANNULLAMENTO", "ANNULLATO", "ANULAÇÃO", "INGETROKKEN", "АННУЛИРОВАНО", "АННУЛИРОВАНИЕ",
        "ОТОЗВАНО", "撤稿", "記事取り消し", "取り消し", "전문취소", "전문 취소",
    ),
}  # fmt: skip
"""What stands for each filing but the first at the head or the end of a headline or in a slug."""
