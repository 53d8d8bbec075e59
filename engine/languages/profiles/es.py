"""Spanish."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="es",
    name="español",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """a adónde al algo como cómo con cual cuál cuáles cuando cuándo cuánta cuántas cuánto cuántos cuya cuyo de
        debe debo del desde donde dónde dos durante e el él ella ellas ellos en entre era eres es esa ese eso esta
        está están este esto estoy fue gracias ha haber había hasta hay he hola la las le les lo los mas más me mi
        mis muy no nos nosotros o os para pero podría por porque puede pueden puedo que qué quien quién quiénes
        quiero se sea según ser si sí sin sobre son soy su sus también te tengo ti tiene tu tú tus u un una unas
        uno unos usted ustedes va y ya yo favor"""
    ),
    abbreviations=folded_words(
        "aprox atte av avda cía d.ª dña dr dra ej ee ee.uu esq etc izq p.ej máx mín prof sr sra sres srta ud uds vd"
    )
    - {"etc"},
    numbered=folded_words("art cap fig n n.º núm no pág págs tel vol"),
    common_words=folded_words(
        """averiado ayuda buenas buenos cafetera cambiar cambio cancelar compra comprar contraseña correo cuenta
        cuesta código devolución devolver dinero dirección días entrega enviar envío error factura funciona
        garantía gastos gracias gratis hola llega llegado necesito número olvidada olvidado pagar pago paquete
        pedido pieza plazo precio problema producto reclamación reembolso reparación repuesto retraso roto
        seguimiento tarjeta tienda vale"""
    ),
    stemmer="spanish",
    joiner=" ",
    question_cues=folded_cues(
        when="cuándo|cuando|qué día|a qué hora|qué hora|en qué fecha|qué fecha|qué plazo|en qué plazo|cuánto tiempo|"
        "cuánto tarda|cuántos días|hasta cuándo|desde cuándo|en qué año|cuánto dura",
        how_much="cuánto cuesta|cuánto cuestan|cuánto vale|qué precio|cuál es el precio|qué coste|cuánto se paga|"
        "cuánto tengo que pagar|cuáles son los gastos",
        number="cuántos|cuántas|cuánto|cuánta|cada cuánto|cuántas veces|qué porcentaje|qué cantidad|a qué distancia",
        who="quién|quiénes|a quién|de quién|qué empresa|qué persona",
        where="dónde|adónde|a dónde|de dónde|en qué país|en qué ciudad|a qué dirección|donde",
        why="por qué|por qué motivo|por qué razón|cuál es el motivo|cuál es la causa",
        how_to="cómo|de qué manera|de qué forma|qué debo hacer|qué tengo que hacer|qué hago|qué pasos|como",
        yes_no="es|son|está|están|puedo|se puede|pueden|puede|podría|hay|tengo que|tiene|tienen|debo|existe|aceptan|"
        "hacen|envían|funciona|es posible",
        what="qué|cuál|cuáles|que",
    ),
    calendar=calendar_words(
        months="enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|"
        "setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic",
        numerals="uno|un|una dos tres cuatro cinco seis siete ocho nueve diez once doce",
        minute="minutos|minuto|min",
        hour="horas|hora|h",
        day="días|día",
        working_day="días_laborables|día_laborable|días_hábiles|día_hábil",
        week="semanas|semana",
        month="meses|mes",
        year="años|año",
    ),
    phrases=Phrases(
        no_evidence="Lo siento, no he encontrado esa información en nuestros documentos. "
        "¿Quiere que le pase con un compañero?",
        low_confidence="He encontrado algo relacionado, pero no estoy seguro de que responda a su pregunta. "
        "¿Quiere que le pase con un compañero?",
        conflict="Nuestros documentos no coinciden en este punto y prefiero no darle un dato equivocado. "
        "¿Quiere que lo confirme un compañero?",
        unsafe="Lo siento, no puedo ayudarle con eso. "
        "Si tiene alguna pregunta sobre nuestros productos o servicios, estaré encantado de ayudarle.",
        lead_in="Según «{title}»:",
        lead_in_policy="Nuestra política «{title}» establece:",
        lead_in_steps="Estos son los pasos que debe seguir («{title}»):",
        lead_in_case="En un caso parecido («{title}»), respondimos:",
        other_language="Solo disponemos de esta información en {language}:",
        clarify="¿Cuál de estos casos es el suyo?",
        handoff="Por supuesto. Le paso con un compañero, que ya puede ver lo que ha escrito.",
    ),
)
