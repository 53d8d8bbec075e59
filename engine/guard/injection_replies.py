"""Wordings, by language, that steer the form or the content of "your reply"; see `injection_phrases`."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REPLY"]

_CHANGE = (
    "add|append|include|insert|integrate|incorporate|embed|attach|weave|sprinkle|inject|infuse|blend|work|slip|"
    "introduce|"
    "modify|augment|enhance|adjust|alter|change|extend|expand|enrich|supplement|complement|spice|tailor|adapt|"
    "replace|substitute|convert|render|encode|encrypt|cipher|translate|transcribe|transliterate|transform|turn|"
    "switch|shift|"
    "scramble|jumble|misspell|rearrange|anagram|reverse|invert|swap|flip|remove|delete|omit|combine|merge|"
    "group|split|mix|"
    "use|employ|apply|write|rewrite|rephrase|phrase|express|present|provide|give|deliver|produce|compose|craft|"
    "format|mask|"
    "end|begin|start|finish|conclude|close|open|precede|follow|fill|make|ensure|put|place|mention|suggest|"
    "promote|recommend|"
    "advertise|share|hint|tease|invite|encourage|claim|state|disguise|obfuscate|hide|capitali[sz]e|repeat|"
    "redirect|offer|ask"
)
# What a desk asks of its customers: "Please include your order number in your reply."
_OWN = (
    r"(?!\W{0,2}(?:(?:your|a|an|the|any|all|this|these|some|both)\s){1,3}(?:\w+\s){0,2}?(?:order|serial|ticket|"
    r"case|invoice|phone|"
    r"tracking|account|model|photos?|pictures?|screenshots?|receipt|proof|copy|numbers?|logs?|id|reference|"
    r"details|questions?|"
    r"comments?)\b|\W{0,2}(?:order|serial|ticket|case|invoice|phone|tracking|account|model|"
    r"reference)\s(?:numbers?|id|code)\b)"
)
_REPLIES = r"(?:responses?|repl(?:y|ies)|answers?|outputs?|completions?)"
REPLY: Mapping[str, str] = {
    "en": rf"\b(?:{_CHANGE})\b{_OWN}~{{2,140}}?\b(?:your|this|each|every)\s(?:\w+\s){{0,2}}?{_REPLIES}\b"
    rf"|\b(?:{_CHANGE})\s(?:your|each|every)\s{_REPLIES}(?:'s?)?\s(?:to|by|using|without|into|as|so|"
    rf"in\s(?!the\b|this\b|writing|person|"
    r"time|advance)|with\s(?!the\b|your\b|us\b|our\b|in\b|\d)|from\s(?:front|back|right|left)|upside|backwards?)"
    r"|\b(?:in|within|throughout|at the (?:end|start|beginning) of) your "
    rf"{_REPLIES},?\s(?:please\s)?(?:{_CHANGE})\b"
    r"|\b(?:scramble|jumble|encode|encrypt|reverse|convert|render|misspell|rearrange|substitute|replace|"
    r"transform|disguise)\b~{0,60}"
    r"\byour (?:message|text|sentences?|words?)\b"
    r"|\b(?:replace|substitute|swap|convert|encode|reverse|scramble|shift|shuffle|"
    r"change)\s(?:\w+\s){0,4}?(?:letters?|vowels?|consonants?|"
    r"syllables?|nouns|verbs|adjectives|(?:every|each) (?:\w+ )?word)\b~{0,30}\b(?:with|by|to|into|using|for)\b"
    r"|(?:^|[.!?:;>\n]\s*)\W*(?:please |always |only )*(?:respond|reply|answer|speak|write)(?: only| always| back)?"
    r" (?:in|using|with|as)\s(?:an? |the )?(?:base64|rot13|morse|pig latin|emojis?|leet|rhymes?|haiku|binary|"
    r"hex|all caps|"
    r"reverse|cipher|caesar|riddles?|pirate|json|french|german|spanish|italian|russian|chinese|japanese|korean|"
    r"latin|klingon)\b",
    "zh": r"你的(?:回答|回复|答复|输出|回应|答案)(?:中|里|内|的?(?:末尾|开头|结尾|最后))~{0,12}(?:加|添|插|附|"
    r"包含|提|写|推荐|声称|宣传|邀请|"
    r"鼓励|放|融入|引导|建议|说)"
    r"|(?:把|将|对)你的(?:回答|回复|答复|输出|回应|答案)~{0,20}(?:改|换|加密|编码|打乱|倒|翻译|变|替换|转换|写成)"
    r"|(?:修改|改写|打乱|加密|扩充|丰富|翻译)你的(?:回答|回复|答复|输出|回应|答案)"
    r"|用(?:base64|摩斯|莫尔斯|表情|暗语|密码|倒序|拼音|字谜|海盗)~{0,10}(?:回答|回复|输出|答复)"
    r"|(?:回答|回复|答复)时~{0,4}(?:加上|加入|插入|附上|提到|推荐|声称|宣传)",
    "ja": r"(?:あなたの(?:回答|返答|返信|応答|出力|答え)|(?:回答|返答|答え)(?:の中|内|の最後|の末尾|"
    r"の冒頭))(?:の(?:中|最後|末尾|冒頭))?[にへで]~{0,50}"
    r"(?:追加|含め|入れ|加え|挿入|付け加え|盛り込|宣伝|勧め|促)"
    r"|あなたの(?:回答|返答|返信|応答|出力|答え)(?:の文字|の単語)?を~{0,30}(?:変え|変換|置き換え|並べ替え|暗号|"
    r"翻訳|書き換え|修正|逆)"
    r"|(?:回答|返答|返信)(?:の際|するとき|する時)(?:は|に)~{0,30}(?:宣伝|勧め|付け加え|挿入)",
    "ko": r"(?:네|너의|당신의|귀하의) (?:답변|응답|대답|출력)(?:에|의 (?:끝|마지막|처음)에?|을|를|에서|의)~{0,50}"
    r"(?:추가|포함|넣|삽입|덧붙|바꾸|바꿔|변환|작성|섞|암호|번역|언급|권유|홍보)"
    r"|(?:답변|대답)(?:에|의 (?:끝|마지막|처음)에) ~{0,40}(?:문장|문구|링크|광고|홍보)~{0,10}(?:추가|포함|넣|"
    r"삽입|덧붙)",
    "de": r"\b(?:füge?n?|ergänzen?|integrieren?|bauen?|nimm|nehmen|schreiben?|erwähnen?|beenden?|ersetzen?|"
    r"verschlüsseln?|ändern?|"
    r"formulieren?|übersetzen?|vertauschen?|bewirb|empfiehl)\b~{0,90}\bdeine[rnms]? (?:antwort|ausgabe|"
    r"erwiderung|nachricht)"
    r"|\b(?:füge|baue|integriere|ergänze|erwähne)\b~{0,90}\b(?:der|die|deiner|ihrer) antwort\b"
    r"|\bin deiner (?:antwort|ausgabe)\b~{0,10}\b(?:erwähne|empfiehl|schlage|füge|bewirb|lade|nutze|verwende)"
    r"|\bfügen sie ihrer antwort\b~{0,60}\b(?:satz|hinweis|link|werbung)",
    "fr": r"\b(?:ajoute|inclus|insère|intègre|mentionne|termine|remplace|modifie|encode|chiffre|traduis|"
    r"mélange|enrichis|complète)[rz]?\b"
    r"~{0,90}\b(?:ta|tes) (?:réponse|sortie|message)s?\b"
    r"|\b(?:ajoutez|incluez|insérez|intégrez|modifiez|remplacez|enrichissez)\b~{0,90}\bvotre réponse\b"
    r"|\bdans (?:ta|votre) réponse,?\s(?:ajoute|inclu|insère|insérez|mentionne|invite|suggère|suggérez|"
    r"recommande|utilise)",
    "es": r"\b(?:añade|agrega|incluye|inserta|integra|menciona|termina|reemplaza|sustituye|modifica|codifica|"
    r"cifra|traduce|mezcla|"
    r"agregue|incluya|añada|inserte|modifique|enriquece)\b~{0,90}\b(?:tus?|su) (?:respuesta|salida|"
    r"contestación|réplica)"
    r"|\ben tu respuesta,?\s(?:añade|agrega|incluye|inserta|menciona|invita|sugiere|recomienda|usa|utiliza)",
    "pt": r"\b(?:adicione|acrescente|inclua|insira|integre|mencione|termine|substitua|modifique|codifique|"
    r"criptografe|traduza|misture|"
    r"embaralhe|enriqueça)\b~{0,90}\b(?:[àa] )?(?:sua|tua)s? (?:resposta|saída|réplica)"
    r"|\bna sua resposta,?\s(?:adicione|acrescente|inclua|insira|mencione|convide|sugira|recomende|use)",
    "ru": r"\b(?:добав|включи|встав|упомян|законч|замен|измен|дополн|зашифр|перевед|перемеш|переставь|"
    r"напиш)\w*\b~{0,90}"
    r"\b(?:сво|тво)\w{1,3} (?:ответ|вывод|сообщени)\w*|\bв (?:сво[её]м|тво[её]м) ответе\b~{0,10}\b(?:добав|"
    r"упомян|предлож|пригла|порекоменд|использ)"
    r"|\b(?:добав|встав|включ)ь?(?:те)?\b~{0,60}\b(?:в|к) (?:свой |своему |ваш |вашему )?ответу?\b",
    "ar": r"(?:أضف|أدرج|ضمّن|ضمن|اذكر|اختم|استبدل|غيّر|غير|عدّل|عدل|شفر|ترجم|ادمج)~{0,80}(?:إجابتك|ردك|ردّك|"
    r"جوابك|إجابتكم)"
    r"|في (?:إجابتك|ردك|جوابك)،?\s~{0,6}(?:أضف|اذكر|اقترح|ادع|استخدم|شجع)",
    "th": r"(?:เพิ่ม|ใส่|แทรก|ระบุ|รวม|กล่าวถึง|แทนที่|เปลี่ยน|สลับ|เข้ารหัส|แปล)~{0,80}(?:คำตอบ|การตอบกลับ|"
    r"ข้อความตอบกลับ)ของคุณ"
    r"|ในคำตอบของคุณ~{0,10}(?:ให้|จง|โปรด|ช่วย)",
    "vi": r"\b(?:thêm|chèn|bao gồm|đưa|nhắc|kết thúc|thay thế|thay đổi|sửa|mã hóa|dịch|"
    r"đảo)\b~{0,80}\b(?:câu trả lời|phản hồi|câu đáp) của bạn"
    r"|\btrong câu trả lời của bạn,?\s(?:hãy|thêm|đề xuất|mời|nhắc)",
}
