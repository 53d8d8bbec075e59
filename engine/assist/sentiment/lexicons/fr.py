"""French."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("fr",),
    fury=r"merde|putain|connard\w*|incapables?|nul(?:le|s)?|escro\w+|arnaqu\w+|voleurs?|honteux|inadmissible|"
    r"remboursez|plus jamais|à fuir|foutez|moquez|dégout\w*|dégoût\w*|exige|déteste|ras[- ]le[- ]bol|marre|"
    r"c'est du vol|menteurs?",
    grievance=r"toujours (?:pas|rien|en attente)|encore une fois|j'attends|attends depuis|depuis (?:des|"
    r"\w+) (?:jours|semaines|mois|heures)|personne|aucune (?:réponse|nouvelle)|pourquoi (?:dois|faut)|chaque fois|"
    r"ignor\w+|promis|plain\w+|réclam\w+|mécontent\w*|impoli\w*|désagréable|baladé|perte de temps|déjà (?:écrit|"
    r"appelé|demandé|dit)|sans réponse|inacceptable",
    regret=r"déçu\w*|décev\w*|dommage|malheureusement|hélas|regrett\w+|triste|espér\w+|pire|mauvais\w*|médiocre|"
    r"trop (?:cher|bruyant|petit|lent|tard)|pas à la hauteur|ne recommande",
    fault=r"cassé\w*|abîmé\w*|défectueu\w+|en panne|manqu\w+|faux|erreur|fuit|fuite|rayé\w*|retard|endommagé\w*|"
    r"ne (?:marche|fonctionne) (?:pas|plus)|sent mauvais|perdu",
    worry=r"inqui\w+|peur|crains|angoiss\w+|urgent\w*|urgence|au secours|aidez|dangereu\w+|stress\w*|vite|à temps|"
    r"piraté|que (?:dois|faire)|panique",
    puzzle=r"compren\w+ (?:pas|rien|plus)|perdu (?:dans|avec)|confus\w*|pas clair|que (?:signifie|veut dire)|lequel|"
    r"laquelle|embrouill\w+|aucune idée|contradict\w+",
    thanks=r"merci|remerci\w+|reconnaissant\w*",
    content=r"bien|bon|bonne|d'accord|ok|satisfait\w*|content\w*|ravi\w*|aimable|gentil\w*|rapide\w*|efficace|utile|"
    r"soulag\w+|résolu|marche|fonctionne|propre|pratique|agréable",
    delight=r"génial\w*|super|excellent\w*|parfait\w*|formidable|magnifique|adore|j'aime|fantastique|incroyable|"
    r"bravo|top|meilleur\w*|enchant\w+|recommande|merveilleu\w+|impeccable|au top",
    irony=r"merci pour rien|bravo l'équipe|quel service|chapeau|super service,? vraiment|félicitations",
    litotes=r"pas mal|rien à (?:dire|redire)|aucun (?:souci|problème)|pas de (?:souci|problème)",
    tepid=r"pas (?:très |vraiment |trop |terrible|super)\s?(?:bon|bien|content|satisfait|utile|pratique)?|bof|"
    r"moyen\w*|sans plus|ne recommande pas",
    contrast=r"mais|cependant|pourtant|toutefois|sauf|malheureusement",
    stress=r"très|vraiment|trop|tellement|absolument|totalement|complètement|extrêmement",
    request=r"s'il (?:vous|te) plaît|svp|pouvez-vous|pourriez-vous|je voudrais|je souhaite|j'aimerais|commande",
    asking=r"^(?:quel\w*|quand|où|qui|comment|combien|est-ce|puis-je|peut-on|y a-t-il|avez-vous)",
    negators_before=r"ne|n'\w*|pas|jamais|aucun\w*|sans|rien|ni",
    negators_after=r"\s(?:pas|plus|jamais|rien)",
)
