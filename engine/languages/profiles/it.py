"""Italian."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="it",
    name="italiano",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """a abbia abbiamo ad agli ai al alla alle allo anche avere avete c che chi ci ciao come con cosa cui d da
        dagli dai dal dalla dalle dallo degli dei del della delle dello deve devo di do dopo dove due e è ed era
        essere fa fra gli grazie ha hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mie miei mio
        molto ne negli nei nel nella nelle nello no noi non nostra nostro o ogni per perché più può posso possono
        prima puoi qual quale quali quando quanta quante quanti quanto quella quelle quelli quello questa queste
        questi questo s se sei si sì sia sono sta su sua sue sugli sui sul sulla sulle suo suoi tra tu tua tue tuo
        tuoi un una uno v vi voi vorrei vostra vostro favore"""
    ),
    abbreviations=folded_words(
        "avv ca cfr dott dott.ssa dr es gent.mo ing max min p.es pagg prof rag sig sig.ra sigg spett"
    ),
    numbered=folded_words("art cap fig n nr p pag tel vol"),
    common_words=folded_words(
        """acquisto aiuto annullare assistenza batteria bollitore buonasera buongiorno cambiare cambio carta ciao
        codice comprare consegna conto costa costi dimenticata errore fattura funziona garanzia giorni gratuita
        grazie guasto indirizzo numero ordinare ordine pacco pagamento pagare password perde prezzo problema
        prodotto reso restituire restituzione ricambio ricevuto rimborso riparazione ritardo rotto sconto scontrino
        soldi spedire spedizione spese tempi tracciamento"""
    ),
    stemmer="italian",
    joiner=" ",
    question_cues=folded_cues(
        when="quando|a che ora|che ora|che giorno|in che data|quale data|entro quando|entro quanto|quanto tempo|"
        "quanti giorni|fino a quando|da quando|in che anno|quanto ci vuole|quanto dura",
        how_much="quanto costa|quanto costano|quanto si paga|quanto devo pagare|qual è il prezzo|qual è il costo|"
        "quali sono i costi|a quanto ammonta",
        number="quanti|quante|quanto|quanta|ogni quanto|quante volte|quale percentuale|a che distanza",
        who="chi|a chi|di chi|quale azienda|quale persona",
        where="dove|da dove|in quale paese|in quale città|a quale indirizzo|in che città",
        why="perché|come mai|per quale motivo|qual è il motivo|qual è la causa",
        how_to="come|in che modo|cosa devo fare|che cosa devo fare|che devo fare|cosa faccio|quali passi",
        yes_no="è|sono|posso|si può|può|possono|devo|bisogna|c'è|ci sono|avete|accettate|spedite|è possibile|ho|ha|"
        "funziona",
        what="cosa|che cosa|che|quale|quali|qual",
    ),
    calendar=calendar_words(
        months="gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
        "settembre|set ottobre|ott novembre|nov dicembre|dic",
        numerals="uno|un|una due tre quattro cinque sei sette otto nove dieci undici dodici",
        minute="minuti|minuto|min",
        hour="ore|ora|h",
        day="giorni|giorno",
        working_day="giorni_lavorativi|giorno_lavorativo|giorni_feriali",
        week="settimane|settimana",
        month="mesi|mese",
        year="anni|anno",
    ),
    phrases=Phrases(
        no_evidence="Mi dispiace, non ho trovato questa informazione nei nostri documenti. "
        "Desidera che La metta in contatto con un collega?",
        low_confidence="Ho trovato qualcosa di attinente, ma non sono certo che risponda alla Sua domanda. "
        "Desidera che La metta in contatto con un collega?",
        conflict="Su questo punto i nostri documenti non concordano e preferisco non tirare a indovinare. "
        "Desidera che chieda conferma a un collega?",
        unsafe="Mi dispiace, non posso aiutarLa con questa richiesta. "
        "Per domande sui nostri prodotti o servizi sono a Sua disposizione.",
        lead_in="Da «{title}»:",
        lead_in_policy="Il nostro regolamento «{title}» prevede:",
        lead_in_steps="Ecco i passaggi da seguire («{title}»):",
        lead_in_case="In un caso simile («{title}») abbiamo risposto:",
        other_language="Questa informazione è disponibile solo in {language}:",
        clarify="Quale di questi casi è il suo?",
        handoff="Certo. La metto in contatto con un collega, che può già leggere quanto ha scritto.",
    ),
)
