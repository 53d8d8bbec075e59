"""Portuguese."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("pt",),
    fury=r"merda|golpe|ladrões|vergonha|lixo|nojo|incompetent\w+|nunca mais|palhaçada|idiotas?|odeio|exijo|"
    r"mentiros\w+|péssim\w+|roubo|absurdo|descaso|reclame aqui|cansad[oa] de",
    grievance=r"ainda (?:não|estou|nada)|estou esperando|esperando|há (?:dias|semanas|meses|\d+)|de novo|novamente|"
    r"ninguém|sem resposta|por que (?:tenho|preciso)|toda vez|ignor\w+|promet\w+|reclam\w+|mal[- ]educad\w+|"
    r"perda de tempo|inaceitável|já (?:liguei|escrevi|falei|pedi)",
    regret=r"decepcion\w*|desapont\w*|pena|infelizmente|arrepend\w+|triste|esperava|pior|ruim|fraco|caro demais|"
    r"muito (?:caro|barulhento|pequeno|lento)|não (?:recomendo|compro)",
    fault=r"quebrad\w+|danificad\w+|defeit\w+|falt\w+|errad\w+|não (?:funciona|liga|carrega)|vaza\w*|atras\w+|cheiro|"
    r"perdid\w+|erro|travad\w+",
    worry=r"preocup\w+|medo|urgente\w*|socorro|ajuda|ajudem|perigos\w+|ansios\w+|a tempo|o que (?:eu )?faço|"
    r"seguro usar|desesper\w+|receio",
    puzzle=r"confus\w+|não (?:entendi|entendo)|não ficou claro|o que significa|qual (?:é|dos)|não sei (?:como|se|"
    r"qual)|contradi\w+",
    thanks=r"obrigad\w+|agradeç\w+|valeu|grat[oa]",
    content=r"bem|bom|boa|ok|certo|content\w+|satisfeit\w+|gentil|atencios\w+|rápid\w+|útil|aliviad\w+|resolvid\w+|"
    r"funciona|funcionou|fácil|limp\w+|pontual|tranquilo",
    delight=r"ótim\w+|excelente\w*|maravilh\w+|perfeit\w+|fantástic\w+|incrível|amei|amo|adorei|feliz|melhor|"
    r"recomendo|sensacional|espetacular|show|nota (?:10|dez)|parabéns pela",
    irony=r"obrigad\w+ por nada|parabéns pelo|que beleza|belo (?:serviço|atendimento)|muito bonito",
    litotes=r"nada mal|sem (?:reclamações|problemas?)|não (?:tenho )?do que reclamar|nenhum problema",
    tepid=r"não (?:muito|é muito|tão) (?:bom|boa|bem|útil|satisfeit\w+)|mais ou menos|regular|razoável",
    contrast=r"mas|porém|no entanto|entretanto|infelizmente|embora",
    stress=r"muito|realmente|totalmente|demais|tão|super|absolutamente",
    request=r"por favor|poderia\w*|pode\w*|gostaria|quero|preciso|pedido",
    asking=r"^(?:que|quando|onde|quem|como|quanto|qual|posso|tem|há)",
    negators_before=r"não|nunca|sem|nem|nenhum\w*|jamais",
)
