"""German."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("de",),
    fury=r"scheiß\w*|verdammt\w*|idiot\w*|unfähig\w*|abzock\w*|dreist\w*|nie wieder|finger weg|geld zurück|müll|"
    r"schrott|hass\w*|reicht mir|es reicht|schnauze voll|die höhe|das letzte|lügner|gelogen|verarscht|kündige|"
    r"spinnt ihr|ernsthaft\?",
    grievance=r"immer noch|schon wieder|zum (?:zweiten|dritten|vierten) mal|seit (?:tagen|wochen|monaten|\w+ wochen|"
    r"\w+ tagen)|warte\w*|niemand|keiner|keine (?:antwort|reaktion|rückmeldung)|warum (?:muss|wird|dauert|kann)|"
    r"jedes mal|ignorier\w*|vertröst\w*|versproch\w*|zugesagt|beschwer\w*|reklam\w*|ärger\w*|nervt\w*|unfreundlich|"
    r"unhöflich|hingehalten|textbaustein\w*|angeblich|wie lange noch|was soll das",
    regret=r"enttäusch\w*|leider|schade|bedauer\w*|traurig|bereu\w*|erwartet|gehofft|schlecht\w*|schlechter|"
    r"mangelhaft|überteuert|nicht wie (?:beschrieben|abgebildet)|nie (?:mehr|wieder)|zu (?:laut|klein|teuer|langsam|"
    r"spät)|umständlich",
    fault=r"kaputt|defekt|beschädigt|fehlt|fehlen|falsch\w*|undicht|leckt|zerkratzt|gebrochen|verspätet|verspätung|"
    r"stinkt|riecht|ausgefallen|funktioniert nicht|geht nicht|abgestürzt|locker",
    worry=r"sorge\w*|angst|befürcht\w*|nervös|unsicher|dringend|eilig|schnellstmöglich|hilfe|gefährlich|verzweifelt|"
    r"sicher (?:ist|für)|gehackt|rechtzeitig|was (?:soll|muss) ich (?:jetzt|denn)|beunruhig\w*|panik",
    puzzle=r"verwirr\w*|versteh\w* (?:ich )?(?:das )?nicht|nicht verstanden|unklar|was bedeutet|was heißt|"
    r"welche\w* .{1,25} richtig|keine ahnung|blicke nicht|widerspr\w*|mache ich .{1,15}falsch",
    thanks=r"danke\w*|dankeschön|vielen dank|besten dank|merci",
    content=r"gut|super|prima|okay|passt|zufrieden|freundlich|nett|schnell|hilfreich|klappt|geklappt|"
    r"funktioniert (?:jetzt|wieder|gut|einwandfrei)|erleichtert|alles klar|verstanden|angenehm|sauber|pünktlich|"
    r"gern\w*|ordentlich|einfach",
    delight=r"toll\w*|fantastisch|großartig\w*|hervorragend\w*|ausgezeichnet|perfekt\w*|liebe|begeistert|"
    r"wunderbar\w*|klasse|spitze|genial|überglücklich|beste\w*|empfehle|weiterempfehl\w*|traumhaft|mega|hammer|"
    r"wahnsinn",
    irony=r"na (?:toll|super|prima|klasse)|vielen dank auch|danke für (?:nichts|gar nichts)|bravo|"
    r"herzlichen glückwunsch|ganz (?:toll|großes kino)|klasse leistung",
    litotes=r"nicht schlecht|keine beschwerden|nichts (?:zu meckern|auszusetzen)|kein problem|keine probleme",
    tepid=r"nicht (?:so |besonders |wirklich |gerade )?(?:gut|toll|schön|zufrieden|empfehlenswert|hilfreich)|naja|"
    r"geht so|mittelmäßig|mäßig",
    contrast=r"aber|jedoch|allerdings|trotzdem|nur|leider",
    stress=r"sehr|wirklich|total|extrem|absolut|völlig|echt|überhaupt|gar|so",
    request=r"bitte|könnten sie|können sie|ich möchte|ich hätte gern|würden sie|ich brauche|bestellung",
    asking=r"^(?:was|wann|wo|wer|wie|welche\w*|ist|sind|kann|gibt|haben|wird|warum)",
    negators_before=r"nicht|kein\w*|nie|niemals|ohne|kaum|weder",
    negators_after=r"\s(?:\w+\s)?nicht",
)
