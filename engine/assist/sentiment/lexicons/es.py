"""Spanish."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("es",),
    fury=r"mierda|estafa\w*|ladron\w*|sinvergüenza\w*|vergüenza|asco|inútil\w*|basura|nunca más|jamás|devuélv\w+|"
    r"hart[oa]s?|idiotas?|imbécil\w*|odio|robo|exijo|mentiros\w+|incompetent\w+|pésim\w+|denunci\w+",
    grievance=r"todavía (?:no|sigo)|sigo esperando|esperando|llevo .{1,20}(?:días|semanas|meses|horas)|otra vez|"
    r"nadie|sin respuesta|por qué (?:tengo|debo)|cada vez|ignor\w+|prometi\w+|quej\w+|reclam\w+|molest\w+|"
    r"maleducad\w+|pérdida de tiempo|ya (?:he|les|os) (?:escrito|llamado|dicho)|inaceptable|no (?:contestan|"
    r"responden)",
    regret=r"decepcion\w*|lástima|pena|lamentablemente|desgraciadamente|arrepient\w+|triste|esperaba|peor|mal[oa]?|"
    r"mediocre|demasiado (?:caro|ruidoso|pequeño|lento|tarde)|no (?:lo )?recomiendo",
    fault=r"rot[oa]s?|dañad\w+|defectuos\w+|averiad\w+|falt\w+|equivocad\w+|no (?:funciona|sirve|enciende|carga)|"
    r"gote\w+|retras\w+|tarde|huele|perdid\w+|fall\w+|error",
    worry=r"preocup\w+|miedo|nervios\w*|urgente\w*|ayuda|ayúd\w+|peligros\w+|angusti\w+|a tiempo|qué hago|temo|"
    r"seguro (?:para|usar)|desesper\w+",
    puzzle=r"confus\w+|no (?:lo )?entiendo|no me queda claro|qué significa|cuál (?:es|de)|no sé (?:cómo|si|qué|cuál)|"
    r"lío|contradic\w+",
    thanks=r"gracias|agradezco|agradecid\w+",
    content=r"bien|bueno|buena|vale|ok|content\w+|satisfech\w+|amable\w*|rápid\w+|útil|aliviad\w+|resuelt\w+|"
    r"funciona|perfecto|cómod\w+|fácil|limpi\w+|puntual",
    delight=r"genial|excelente\w*|increíble|maravillos\w+|encanta\w*|encantad\w+|fantástic\w+|estupend\w+|"
    r"magnífic\w+|feliz|mejor|recomiendo|lo máximo|espectacular|amo|impecable|de diez",
    irony=r"gracias por nada|muy bonito|qué bien,|enhorabuena|vaya servicio|menudo servicio|bravo",
    litotes=r"nada mal|no está (?:nada )?mal|sin (?:quejas|problemas?)|ningún problema|nada que objetar",
    tepid=r"no (?:muy|es muy|está muy|del todo) (?:bien|bueno|buena|content\w+|satisfech\w+|útil)|regular|"
    r"más o menos|normalit\w+",
    contrast=r"pero|sin embargo|aunque|no obstante|lamentablemente",
    stress=r"muy|mucho|realmente|totalmente|demasiado|tan|súper|absolutamente|nada",
    request=r"por favor|podría\w*|puede\w*|quisiera|quiero|me gustaría|necesito|pedido",
    asking=r"^¿|^(?:qué|cuándo|dónde|quién|cómo|cuánto|cuál|hay|puedo)",
    negators_before=r"no|nunca|sin|ni|ningún|tampoco|nada",
)
