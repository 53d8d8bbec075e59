"""German."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="de",
    name="Deutsch",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """aber alle als also am an auch auf aus bei beim bin bis bist bitte da damit danke dann das dass dem den
        denn der des dich die dies diese diesem diesen dieser dieses dir doch du durch ein eine einem einen einer
        eines er es euch für gegen hab habe haben hallo hat hatte hätte ich ihm ihn ihnen ihr ihre ihrem ihren
        ihrer im in ins ist ja kann kannst können könnte man mein meine meinem meinen meiner mich mir mit möchte
        muss müssen nach noch nun nur ob oder ohne sehr sein seine seit sich sie sind so soll sollte sowie über um
        und uns unser unsere unter vom von vor wann war waren warum was welche welchem welchen welcher welches wem
        wen wenn wer werde werden weshalb wessen wie wieso wieviel will wir wird wo woher wohin worden wurde wurden
        zu zum zur zwischen"""
    ),
    abbreviations=folded_words(
        """abb abs bspw bzgl bzw ca d.h dipl dr evtl exkl fam fr frl ggf hr inkl ing insb max min mind o.ä prof sog
        st u.a usf v.a vgl z.b zzgl"""
    ),
    numbered=folded_words("art bd hausnr kap nr s str tel ziff"),
    before_ordinal=folded_words("ab am beim bis das dem den der des die im ins jeden jeder jedes seit vom zum zur"),
    common_words=folded_words(
        """abholung adresse anfrage anleitung artikel bedienungsanleitung bestellen bestellnummer bestellung
        bezahlen dauert defekt entkalken erhalten ersatz ersatzteil fehler funktioniert garantie geht geld gerät
        gewährleistung guten gutschein gutschrift hallo hilfe kaputt kauf kaufen konto kosten kostenlos kunde
        kündigen liefern lieferung lieferzeit lädt mahnung morgen paket passwort preis rechnung reinigen
        reklamation reparatur retoure rückerstattung rückgabe rücksendung sendung stornieren storno tag tage
        umtausch undicht vergessen versand versandkosten wasserkocher zahlung zubehör zurück zurückgeben
        zurückschicken ändern"""
    ),
    stemmer="german",
    joiner=" ",
    question_cues=folded_cues(
        when="wann|bis wann|ab wann|seit wann|wie lange|wie schnell|um wie viel uhr|welches datum|welcher tag|"
        "an welchem tag|in welchem jahr|innerhalb welcher frist",
        how_much="was kostet|was kosten|wie teuer|welche kosten|wie hoch sind die kosten|wie hoch ist die gebühr|"
        "wie viel kostet|wieviel kostet|wie viel kosten|wie hoch ist der preis",
        number="wie viele|wie viel|wieviele|wieviel|wie oft|wie groß|wie schwer|wie hoch|wie weit|wie alt|wie laut",
        who="wer|wem|wen|wessen|welche firma|welche person",
        where="wo|wohin|woher|in welchem land|in welcher stadt|an welche adresse|welche adresse",
        why="warum|weshalb|wieso|aus welchem grund|wodurch",
        how_to="wie|auf welche weise|was muss ich tun|was soll ich tun|was kann ich tun|was mache ich",
        yes_no="ist|sind|bin|war|waren|kann|können|könnte|könnten|darf|dürfen|muss|müssen|soll|sollte|hat|haben|habe|"
        "wird|werden|gibt es|gilt|geht|bekomme|funktioniert|brauche|akzeptieren|liefern",
        what="was|welche|welcher|welches|welchen|welchem",
    ),
    calendar=calendar_words(
        months="januar|jan|jänner februar|feb märz|mär april|apr mai juni|jun juli|jul august|aug september|"
        "sept|sep oktober|okt november|nov dezember|dez",
        numerals="eins|ein|eine|einen|einem|einer|eines zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        minute="minuten|minute|min",
        hour="stunden|stunde|std|h",
        day="tagen|tage|tages|tag|tägige|tägigen",
        working_day="werktagen|werktage|werktag|arbeitstagen|arbeitstage|arbeitstag",
        week="wochen|woche",
        month="monaten|monate|monats|monat|monatige",
        year="jahren|jahre|jahres|jahr|jährige",
    ),
    phrases=Phrases(
        no_evidence="Dazu habe ich in unseren Unterlagen leider nichts gefunden. "
        "Soll ich Sie mit einer Kollegin oder einem Kollegen verbinden?",
        low_confidence="Ich habe etwas Passendes gefunden, bin aber nicht sicher, ob es Ihre Frage beantwortet. "
        "Soll ich Sie mit einer Kollegin oder einem Kollegen verbinden?",
        conflict="Unsere Unterlagen machen dazu unterschiedliche Angaben, und ich möchte nicht raten. "
        "Soll ich das intern für Sie klären lassen?",
        unsafe="Dabei kann ich Ihnen leider nicht helfen. "
        "Fragen zu unseren Produkten und Leistungen beantworte ich gern.",
        lead_in="Aus „{title}“:",
        lead_in_policy="In „{title}“ ist geregelt:",
        lead_in_steps="So gehen Sie vor (aus „{title}“):",
        lead_in_case="In einem ähnlichen Fall („{title}“) haben wir geantwortet:",
        other_language="Diese Information liegt uns nur auf {language} vor:",
        clarify="Was davon trifft auf Sie zu?",
        handoff="Gern. Ich gebe Sie an eine Kollegin oder einen Kollegen weiter; was Sie geschrieben "
        "haben, liegt dort schon vor.",
    ),
)
