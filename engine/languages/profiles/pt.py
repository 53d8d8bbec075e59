"""Portuguese."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="pt",
    name="português",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """a à ainda ao aos as às até boa bom com como da das de dela dele deles depois deve devo do dos e é ela
        elas ele eles em entre era essa esse esta está estão este eu foi foram há isso isto já la lhe lo mais mas
        me mesmo meu meus minha minhas muito na não nas nem no nos nós nossa nosso num numa o obrigada obrigado olá
        onde os ou para pela pelas pelo pelos pode podem por porque porquê posso qual quais quando quanta quantas
        quanto quantos que quê quem quero se sem ser será seu seus só sobre sua suas são também te tem tenho ter
        teu tu tua um uma umas uns você vocês vos favor"""
    ),
    abbreviations=folded_words("aprox av cf dr dra ex exa exmo máx mín p.ex prof profa sr sra srta v.exa"),
    numbered=folded_words("art cap fig n n.º núm pág págs tel vol"),
    common_words=folded_words(
        """ajuda avaria avariado boleto cancelar cartão chaleira compra comprar conta código devolução devolver
        dias dinheiro dúvida encomenda endereço entrega enviar envio erro esqueci estorno fatura fiscal frete
        funciona garantia grátis loja morada nota número obrigada obrigado olá pacote pagamento pagar pedido peça
        prazo preciso preço problema produto reclamação reembolso reparação reparo senha tarde troca trocar"""
    ),
    stemmer="portuguese",
    joiner=" ",
    question_cues=folded_cues(
        when="quando|que dia|a que horas|que horas|em que data|qual a data|qual o prazo|qual é o prazo|em quanto tempo|"
        "quanto tempo|quantos dias|até quando|desde quando|em que ano|quanto demora",
        how_much="quanto custa|quanto custam|qual o preço|qual é o preço|qual o valor|qual é o valor|quanto pago|"
        "quanto tenho de pagar|quais são os custos|quanto é",
        number="quantos|quantas|quanto|quanta|quantas vezes|qual a percentagem|qual a porcentagem|a que distância",
        who="quem|de quem|a quem|qual empresa|que empresa",
        where="onde|aonde|de onde|para onde|em que país|em que cidade|qual o endereço|qual a morada",
        why="por que|porque|por quê|porquê|por que motivo|qual o motivo|qual a causa|qual é o motivo",
        how_to="como|de que forma|de que maneira|o que devo fazer|o que faço|que passos|que devo fazer",
        yes_no="é|são|está|estão|posso|pode|podem|se pode|há|existe|tenho de|tenho que|tem|têm|preciso|devo|aceitam|"
        "vocês aceitam|fazem|é possível",
        what="o que|que|qual|quais|o quê",
    ),
    calendar=calendar_words(
        months="janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|"
        "set outubro|out novembro|nov dezembro|dez",
        numerals="um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze",
        minute="minutos|minuto|min",
        hour="horas|hora|h",
        day="dias|dia",
        working_day="dias_úteis|dia_útil",
        week="semanas|semana",
        month="meses|mês",
        year="anos|ano",
    ),
    phrases=Phrases(
        no_evidence="Lamento, não encontrei essa informação nos nossos documentos. "
        "Deseja que eu transfira o atendimento para um colega?",
        low_confidence="Encontrei algo relacionado, mas não tenho certeza de que responda à sua pergunta. "
        "Deseja que eu transfira o atendimento para um colega?",
        conflict="Os nossos documentos dizem coisas diferentes sobre este assunto e prefiro não arriscar. "
        "Deseja que um colega confirme?",
        unsafe="Lamento, não posso ajudar com esse pedido. "
        "Se tiver alguma dúvida sobre os nossos produtos ou serviços, terei todo o gosto em ajudar.",
        lead_in="De acordo com “{title}”:",
        lead_in_policy="A nossa política “{title}” estabelece:",
        lead_in_steps="Estes são os passos a seguir (“{title}”):",
        lead_in_case="Num caso semelhante (“{title}”), respondemos:",
        other_language="Só temos esta informação em {language}:",
        clarify="Qual destes casos é o seu?",
        handoff="Claro. Vou passar a conversa a um colega, que já pode ver o que escreveu.",
    ),
)
