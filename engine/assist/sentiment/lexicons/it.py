"""Italian."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("it",),
    fury=r"merda|truff\w+|ladri|vergogn\w*|schifo|incapaci|incompetent\w+|mai più|rimborso subito|stuf[oa]|idioti|"
    r"odio|pretendo|bugiard\w+|pessim\w+|spazzatura|presa in giro",
    grievance=r"ancora (?:niente|nulla|in attesa|non)|sto aspettando|aspetto da|da (?:giorni|settimane|mesi|ore)|"
    r"di nuovo|nessuno|nessuna risposta|perché (?:devo|dobbiamo)|ogni volta|ignor\w+|promess\w+|reclam\w+|lament\w+|"
    r"maleducat\w+|perdita di tempo|inaccettabile|già (?:scritto|chiamato|detto)",
    regret=r"delus\w+|deludent\w+|peccato|purtroppo|pent\w+|triste|mi aspettavo|speravo|peggio|scarso|mediocre|"
    r"tropp[oa] (?:caro|rumoroso|piccolo|lento|tardi)|non (?:lo )?consiglio",
    fault=r"rott[oa]|danneggiat\w+|difettos\w+|guast\w+|manca\w*|sbagliat\w+|non (?:funziona|si accende|carica)|"
    r"perde|ritardo|puzza|pers[oa]|errore",
    worry=r"preoccup\w+|paura|urgente\w*|aiuto|aiutatemi|pericolos\w+|ansia|in tempo|cosa (?:devo|faccio)|temo|"
    r"sicuro (?:per|usare)|disperat\w+",
    puzzle=r"confus\w+|non capisco|non ho capito|non mi è chiaro|cosa (?:significa|vuol dire)|quale (?:è|dei)|"
    r"non so (?:come|se|quale)|contradd\w+",
    thanks=r"grazie|ringrazi\w+|grat[oa]",
    content=r"bene|buon[oa]|ok|va bene|content[oa]|soddisfatt\w+|gentil\w+|veloc\w+|rapid\w+|utile|sollevat\w+|"
    r"risolto|funziona|comod\w+|facile|pulit\w+|puntual\w+",
    delight=r"ottim\w+|eccellent\w+|fantastic\w+|perfett\w+|meraviglios\w+|ador\w+|felic\w+|stupend\w+|splendid\w+|"
    r"miglior\w*|consiglio|bravissim\w+|eccezional\w+|amo|impeccabil\w+|felicissim\w+",
    irony=r"grazie di niente|grazie per niente|complimenti|bravi davvero|bel servizio|che bel",
    litotes=r"non (?:è )?male|niente male|nessun problema|niente da (?:dire|ridire)|senza problemi",
    tepid=r"non (?:molto|proprio|tanto) (?:bene|buono|contento|soddisfatto|utile)|così così|insomma|mediocre",
    contrast=r"ma|però|tuttavia|purtroppo|anche se",
    stress=r"molto|davvero|tropp[oa]|così|assolutamente|totalmente|proprio|veramente",
    request=r"per favore|per piacere|potete|potreste|può|potrebbe|vorrei|desidero|ho bisogno|ordine",
    asking=r"^(?:che|cosa|quando|dove|chi|come|quanto|quale|posso|c'è|è)",
    negators_before=r"non|mai|senza|nessun\w*|né|niente|nulla",
)
