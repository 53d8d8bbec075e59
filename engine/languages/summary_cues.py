"""Words by which a sentence of a conversation is worth telling: attempts, steps, deeds, pledges, wishes, days.

Regular expressions on folded text, of several languages at once: chats mix them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.languages.folding import converted, fold

__all__ = [
    "DAYS",
    "acknowledges",
    "affirms_or_denies",
    "asks_for_details",
    "decides",
    "explains",
    "introduces",
    "names_trouble",
    "offers",
    "pledges",
    "questions",
    "reports_attempt",
    "reports_deed",
    "tells_step",
    "wishes",
]

_ATTEMPT = (
    r"\b(?:i|we|my \w+) (?:(?:have|had|also|even|just|already|then)(?:'ve)? )*(?:tried|did|reset|restarted|rebooted|"
    r"reinstalled|cleaned|descaled|checked|changed|replaced|swapped|emptied|unplugged|plugged|charged|called|wrote|"
    r"written|emailed|requested|e-mailed|contacted|reported|asked|waited|looked|searched|entered|updated|followed|moved|wiped|"
    r"rinsed|run|ran)\b|\b(?:i|we)'ve (?:already |also |just )?\w+(?:ed|ne|un)\b|\btried (?:that|it|all|every)\b|"
    r"\balready (?:tried|done|did|reset|restarted|cleaned|checked|called|descaled|wrote)\b|^(?:done|did that)\b",
    r"试(?:过|了)|重启(?:过|了|也)|重置(?:过|了|也)|(?:清理|清洗|擦|换|充|拔|插|等|问|查|打|写|找|报|联系|反馈|登记|重装|"
    r"更新|检查|除垢|洗|重新\w{1,4})(?:过|了)|也(?:不行|没用)|都(?:不行|没用)|做(?:过|了)|弄(?:过|了)",
    r"(?:试し|やっ|し|替え|换え|拭い|拭き|洗っ|掃除し|充电し|确认し|再起动し|初期化し|连络し|电话し|待っ|送っ|入れ直し|"
    r"差し直し|交换し|探し|问い合わせ)(?:て?みまし?た|ました|たけど|たのに|たん|てい?ます(?:が|けど)|ても|たんですが|"
    r"てもらいました|てあります)|やりました|试しました|"
    r"(?:何度|もう)\w{0,6}(?:ても|ました)",
)
_STEP = (
    r"^\W*(?:(?:now|then|next|first)\W+)?(?:please|(?:could|can|would) you|try|let's|hold|press|unplug|plug|reset|"
    r"restart|remove|take out|open|clean|wipe|rinse|empty|switch|turn|put|pull|push|check|choose|select|go to|move|"
    r"run|boil|fill|leave|log out|sign (?:in|out)|enter|delete|reinstall|update|keep|make sure)\b|"
    r"\b(?:please|you could|try to|could you|can you|you can) (?:try|hold|press|unplug|plug|reset|restart|remove|take|"
    r"open|clean|wipe|rinse|empty|switch|turn|put|pull|push|check|choose|select|move|run|boil|fill|leave|log|"
    r"delete|reinstall|update|refresh|look|ask)\b|\b(?:have|did) you (?:also |already |ever )?(?!got|have)\w+",
    r"请(?!问|稍|您?放心|您?谅解|您?见谅|您?留意|您?耐心)|麻烦(?:您|你)|(?:您|你)(?:可以)?(?:先|再|试试|试一下|看下|看看)|"
    r"建议(?:您|你)|试试|试一下|长按|重启|重置|拔掉|清理|(?:先|再)把",
    r"(?:て|で)(?:ください|いただけ(?:ます|ません)か|头けますか|みてください|いただけますでしょうか|みていただけ)|"
    r"[ごお](?:试し|确かめ|拭き|确认|使用)(?:ください|いただけ|顶け)|お愿いできますか|お愿いします$",
)
_DETAILS = (
    r"\b(?:(?:may|can|could) i have|what is your|what's your|which (?:order|model|version|address|one|colour)|"
    r"(?:could|can|would) you (?:please )?(?:tell|send|give|share|provide|confirm|let)|please (?:send|give|tell|"
    r"provide|confirm|share|let)|(?:send|give) (?:me|us))\b",
    r"(?:提供|告诉|告知|发(?:一?下|给|张|我|一张)|报(?:一?下)|说(?:一?下)|确认(?:一?下)?(?:您|你|订单|地址|电话)|留(?:一?下))"
    r"|请问|需要.{0,8}(?:名|号|地址|照片|截图|资料)|(?:是|有)?多少[?？]|哪(?:个|一|款|里|天)",
    r"(?:教え|お知らせ|お送り|送っ|お闻かせ|お伝え|ご提供)(?:て)?(?:ください|いただけ|顶け|愿)|お伺い|でしょうか|"
    r"(?:番号|宛名|住所|氏名|商品名)を?お愿い",
)
_DEED = (
    r"\b(?:i|we)(?: have|'ve)(?: now| just| already| also)? (?!checked|read|looked|seen|understood)\w+|"
    r"\b(?:i|we) (?:just |now |also )?(?:refunded|sent|issued|cancelled|changed|corrected|opened|arranged|booked|"
    r"registered|reset|removed|updated|extended|credited|escalated|passed|posted|released|unlocked|restored)\b|"
    r"\bhas been (?:refunded|sent|issued|cancelled|changed|corrected|opened|arranged|booked|registered|reset|updated|"
    r"extended|credited|released|unlocked|restored|dispatched|confirmed|approved|logged|closed)\b|"
    r"\b(?:i am|i'm|we are|we're) (?:sending|issuing|refunding|opening|booking|arranging|passing|cancelling)\b",
    r"(?:已经?|刚刚?|这边|现在)(?:帮|给|为|替)?(?:您|你|把)?.{0,8}?(?:登记|提交|申请|安排|退|补发|寄|发|取消|修改|改|换|开|"
    r"创建|建|反馈|转|升级|通知|恢复|解锁|撤销|备注|催|核实|核查|查到|处理|通报|上报|请示|联系|确认)(?!了?吗)"
    r"|确认是|核实了|(?:帮|给|为|替)您.{0,8}(?:好|完|掉|成功)了?",
    r"(?:手配|登録|登录|手続き|手续き|返金|发送|变更|取り?消し?|キャンセル|再发行|受付|申请|依頼|依赖|送信|お送り|解除|"
    r"更新|调査|修正|延长|发行|エスカレーション|起票|承り|引き継ぎ|复旧|付与|确认)(?:を)?(?:いたし|致し|し|完了し|が完了し|さ"
    r"せていただき|)まし?た|いたしました|承りました",
)
_CAUSE = (
    r"\b(?:because|the (?:reason|cause)|caused by|due to|that's (?:a|the|why)|it means|that means|is (?:faulty|broken|"
    r"defective)|needs replacing|(?:is|was) filed|the fault|"
    r"(?:my|our) (?:mistake|fault)|unfortunately|i'm afraid|cannot be)\b",
    r"因(?!此)|由于|原因|所以延误|导致|可能是|应该是|属于|说明.{0,4}(?:坏|故障)|是我们的(?:问题|疏漏|疏失)|无法|不能|不支持",
    r"ため(?:です|でござい|と)|からです|原因|可能性が|と思われます|故障です|できません|できかね|いたしかね|误っており|が过ぎ",
)
_PLEDGE = (
    r"\b(?:i|we|they|he|she|it|you|\w+ team|a colleague|the \w+|someone)(?:'ll| will| am going to| are going to)\b"
    r"(?! (?:check|look|see|have a look|be right|take a look))|\b(?:is|are) (?:due|expected)\b|"
    r"\bshould (?:arrive|be|show|reach|come)\b|\byou(?:'ll| will) (?:get|have|receive|hear)\b",
    r"预计|(?:会|将)(?:在|给|为|帮|尽快|安排|通知|联系|有|由|发|寄|退|打|主动|第一时间|跟进|再|和|与|于)|"
    r"(?:内|前|之前)(?:给|为|帮|回复|回电|联系|答复|处理|退|到账|发|寄|完成)|优先(?:给|为|安排|处理)",
    r"(?:いたします|致します|差し上げます|お送りします|ご连络します|お届けします|お伺いします|伺います|お届けの予定|"
    r"入金され(?:ます|る)|返金され(?:ます|る)|手配します|发送します|お电话します|お返事します|ご案内します|"
    r"予定です|见込みです|お待ちしております(?!が))",
)
_TROUBLE = (
    r"\b(?:broken|broke|damaged|crushed|missing|lost|late|wrong|faulty|defect\w*|error|leak\w*|noise|noisy|stuck|charged|"
    r"twice|declined|refund\w*|return|cancel|exchange|replace\w*|repair|invoice|warranty|never|stopp?(?:s|ed)|"
    r"won't|doesn't|didn't|can't|cannot|not (?:working|arrived|received|been|here)|hasn't|haven't|no longer|still|"
    r"want|need|would like|problem|issue|trouble|fails?|locked|hacked|overcharged|double|complain\w*|dented|"
    r"cracked|swollen|smell\w*|dead|expired|where)\b",
    r"坏|破|漏|丢|没(?:有)?(?:收到|到|反应|用)|少(?:了|发|一)|(?<!不)错|报(?:错|[a-z]\d)|显示|退|换|取消|投诉|发票|扣|"
    r"重复|多收|登录不|登不|锁|收不到|打不开|连不上|不(?:能|动|转|工作|出|热|亮|通|了)|故障|异常|维修|保修|噪音|异味|"
    r"迟|延误|到哪|催|想|要|需要|麻烦|碎|裂|鼓|闪|停",
    r"壊れ|破损|漏れ|届(?:か|い)(?:な|て(?:い)?ない)|届きません|ない|なく(?:な|て)|なかった|ません|エラー|止ま|动か|故障|不具合|间违|违う|"
    r"返品|返金|交换|キャンセル|请求|二重|重复|ログイン|できな|遅|异音|臭|点灯|点灭|修理|保证|领収|変更|变更|"
    r"したい|てほしい|ほしい|困って|つぶれ|割れ|足り|教えて|ですか|ますか",
)
_WISH = (
    r"\b(?:i(?:'d| would) (?:like|rather|prefer)|i (?:want|need|expect|insist)|(?:can|could|would|will) you|"
    r"(?:can|could|may) i|please|do i|how (?:do|can|long|much)|when (?:do|will|can)|is there|are there|"
    r"i(?:'m| am) going to)\b",
    r"想|要(?!是)|希望|能不能|能(?:否|给|退|换|帮)|可以.{0,12}吗|可不可以|帮我|给我|麻烦|请(?!问)|什么时候|怎么(?:办|退|赔)|多久",
    r"したい|て(?:ください|ほしい|もらえ|いただけ)|でき(?:ます|ません)か|お愿い|いつ|ですか|ますか|希望|つもり|ないと困",
)
_ACKNOWLEDGEMENT = (
    r"^(?:(?:oh|ah|hm+|well|ok(?:ay)?|no|so|and|yes|yeah|right)\b\W*)*(?:(?:i see|found it|(?:i've )?got it|understood|"
    r"makes sense|that (?:fits|makes sense|explains it)|good to know|fair enough|no (?:problem|worries)|"
    r"sounds (?:good|great|fine)|(?:you're|you are|that's|that is) (?:quite |absolutely |very |so )?(?:right|true|"
    r"great|good|fine|nice|kind|lovely|annoying|ok(?:ay)?|perfect|ridiculous|unbelievable)|most kind|"
    r"how (?:annoying|kind|nice|lovely)|take your time|congratulations|unbelievable|ridiculous|incredible)\b|$)|"
    r"\b(?:a (?:pity|shame|relief)|apologi[sz]e|apologies|sorry|i (?:do |completely |fully )*understand|"
    r"i (?:really )?(?:hope|appreciate)|let me|(?:glad|happy|pleased) to|thank(?:s| you))\b",
    r"抱歉|不好意思|对不起|理解您|辛苦(?:了|您|你)|放心|别(?:着)?急|添(?:了)?.{0,4}麻烦|久等|太好了|感谢|谢谢|"
    r"^(?:那?我)?(?:这就|马上|先|现在|来|去)?(?:帮您|帮你|为您|给您)?(?:查|看|核实|确认)(?:一下|下|看|一查)?$|"
    r"^(?:找到|查到|看到|收到|明白|了解|知道|晓得|原来如此|好|行|可以|没问题)",
    r"^(?:はい|ええ|なるほど)?(?:さよう|左様|そう)(?:で(?:ございま)?(?:す|した)(?:か|ね)?|なんですね|でしたか|ですか)|"
    r"申し訳|お詫び|(?:ご不便|ご迷惑|ご心配|お手間|お手数)を?|(?:仰る|おっしゃる|ご指摘の)と?(?:お|通)り|"
    r"助かり|よかったです|何より|お気持ち|もっともで|嬉し|残念|恐れ入|ありがとう|担当の\S{1,6}(?:です|でござい)|"
    r"確認(?:いた)?します$|お调べ",
    r"알겠습니다|그렇군요|죄송|감사|다행",
    r"\b(?:tut mir leid|entschuldig\w*|verstehe|verstanden|alles klar|freut mich|schade|da haben sie recht|"
    r"je comprends|c'est compris|d'accord|navrée?|désolée?|dommage|ravie?|vous avez raison|"
    r"entiendo|comprendo|lo siento|lamento|de acuerdo|tienes? razón|capisco|mi dispiace|ha ragione|peccato|"
    r"entendo|sinto muito|tem razão|que pena)\b",
    r"понимаю|понятно|извините|сожале|вы правы|\b(?:tôi hiểu|xin lỗi|rất tiếc)\b|เข้าใจ|ขออภัย|ขอโทษ|أفهم|نعتذر|آسف",
)
_DECISION = (
    r"\b(?:leave it|never ?mind|forget (?:it|about it)|no need|(?:not|hardly) worth|(?:don't|do not) (?:need|want|"
    r"bother)|(?:i|we)(?:'ll| will) (?:take|keep|have|go|do|wait|leave|stick|come|bring|pay)|(?:go|going|stick) "
    r"(?:with|for)|rather|prefer|instead|(?:the )?(?:first|second|other|latter) one)\b",
    r"算了|不(?:要|用|必|需要)(?!是)|不想|那就|就(?:要|选|换|退|这样|行)|还是.{0,8}(?:吧|好了|就好)|决定|"
    r"(?:第.个|前者|后者|换|退|选|按|等|买).{0,6}吧",
    r"結構です|いりません|不要です|やめ(?:て|ます|ておき)|で(?:いい|大丈夫|お願いし)|に(?:します|しておき)|"
    r"することにし|前者|後者",
    r"(?:로|으로) (?:할게|해 주|하겠)|필요 없|됐어요|괜찮아요",
    r"\b(?:ich nehme|nehmen wir|dann (?:warte|nehme|behalte)|lieber|brauche? ich nicht|nicht nötig|"
    r"je (?:prends|préfère|garde|choisis)|nous prenons|pas besoin|plutôt|tant pis|"
    r"prefiero|me quedo con|no hace falta|no lo necesito|preferisco|prendo|non serve|"
    r"prefiro|fico com|não precisa)\b",
    r"(?:возьму|выбираю|не надо|не нужно|лучше)|\b(?:tôi chọn|không cần|thôi)\b|ไม่ต้อง|ขอเป็น|ไม่เอา|لا داعي|أفضل|أختار",
)
_OFFER = (
    r"\b(?:would (?:you (?:like|prefer|rather)|that|it|this|\w+day|(?:the )?\d+)|shall (?:i|we)|do you (?:want|prefer)|"
    r"should (?:i|we)|is (?:that|it|this) (?:ok(?:ay)?|all right|fine)|(?:can|could|may) (?:i|we) (?:offer|send|call|"
    r"book|arrange)|how about|what about)\b",
    r"(?:可以|好|行|方便|合适|愿意)(?:不)?[吗么]|您看|要不要|是否(?:要|需要|同意|接受)|还是(?!不|没|报)|需要(?:我)?(?:帮|为|给)您|您选",
    r"どちら|よろしい|いかが|ご希望|いたしましょうか|しましょうか|構いません|差し支え",
    r"드릴까요|괜찮으신가요|원하시나요|\b(?:moechten|möchten|wollen|soll(?:en)?) (?:sie|ich|wir)\b|"
    r"\b(?:souhaitez|voulez|preferez|préférez)[- ]vous\b|\b(?:quiere|prefiere|desea|vuole|preferisce|deseja|prefere)\b",
    r"хотите|предпоч|\bbạn có muốn\b|ต้องการให้|هل تريد|هل تفضل",
)
_QUESTION = (
    r"^\W*(?:(?:and|but|so|or|ok|then|also)\b\W*)*(?:what|which|who|whose|where|when|why|how|if|is|are|was|were|do|does|"
    r"did|can|could|would|will|shall|should|may|might|has|have|had)\b",
    r"请问|哪|什么|怎么|几|多少|是否|有没有|吗|呢",
    r"どの|どちら|どう|いつ|何|でしょうか|ますか|ですか|(?:が|ので|ば|たら)$",
    r"^(?:was|welche\w*|wer|wo|wann|warum|wie|haben|ist|sind|quel\w*|que|qui|quand|ou|où|comment|est-ce|como|cómo|"
    r"qué|cuál|cuándo|quale|che|quando|come|qual|какой|что|где|когда|как)\b",
)
_YES_OR_NO = (
    r"^\W*(?:yes|yeah|yep|yup|no|nope|nah|not|ja|nein|oui|non|si|sí|sim|não|да|нет)\b",
    r"^\W*(?:是的?|对|有|没有?|不|冇)",
    r"^\W*(?:はい|いいえ|いえ|ええ|うん|ない)",
    r"^\W*(?:네|예|아니|vâng|không|ใช่|ไม่|نعم|لا)",
)
_INTRODUCTION = re.compile(
    r"\b(?:[Tt]his is|[Mm]y name is|[Mm]y name's) (?:[A-Z]\w+)|(?:^|[,.!] )[A-Z]\w+ (?:here|speaking)\b|"
    r"我(?:是|係|叫)(?:客服|专员|專員|组长|組長|阿|小)\w{1,4}|客服(?:小|阿)\w|(?:工号|工號)\s?\w|"
    r"と申します|担当の\S{1,6}(?:です|でござい)|^[\u4e00-\u9fff]{1,4}(?:です|でございます)。?$|"
    r"\b(?:[Mm]ein Name ist|[Hh]ier ist|[Jj]e m'appelle|[Mm]e llamo|[Mm]i chiamo|[Mm]eu nome é|"
    r"[Tt]ên tôi là) \w|"
    r"[Мм]еня зовут|(?:상담원|저는) \S+(?:입니다|라고)|ดิฉันชื่อ|ผมชื่อ|اسمي"
)
DAYS = re.compile(
    r"(?i:\b(?:by |before |on |until |no later than )?(?:(?:this|next|the end of the|end of) )?(?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day(?: (?:morning|noon|afternoon|evening))?\b|"
    r"\b(?:by |before |until )?(?:today|tonight|tomorrow"
    r"(?: (?:morning|noon|afternoon|evening))?|this (?:morning|afternoon|evening|week|month)|next (?:working )?"
    r"(?:business )?(?:day|week|month)|end of (?:the )?(?:day|week|month)|same day)\b)"
    r"|(?:今天|明天|后天|後天|今晚|明早|当天|當天|隔天|次日|今日|本周|本週|这周|這週|下周|下週|周|週|星期|礼拜|禮拜)"
    r"[一二三四五六日天末]?(?:上午|中午|下午|晚上|早上|内|內|前|之前|底)*"
    r"|月底(?:前|之前)?|下[个個]?工作[日天]|(?:本日中?|明日中?|明後日|今日中|(?:(?:来週|今週)の?)?[月火水木金土日]曜日?|今週中?|来週中?|"
    r"翌営業日|翌日|即日|今月末|月末)(?:の?(?:午前|午後|夕方|夜))?(?:中|まで|までに)?"
)
"""Words for a day near at hand, as they are written."""


def reports_attempt(text: str) -> bool:
    """Tell whether a customer says what they have tried or done about it."""
    return _has(_ATTEMPT, text)


def tells_step(text: str) -> bool:
    """Tell whether the desk tells the customer to do something."""
    return _has(_STEP, text)


def asks_for_details(text: str) -> bool:
    """Tell whether the desk asks for a number, a photograph, an address and the like."""
    return _has(_DETAILS, text)


def explains(text: str) -> bool:
    """Tell whether the desk says why something is as it is."""
    return _has(_CAUSE, text)


def reports_deed(text: str) -> bool:
    """Tell whether the desk says what it has done."""
    return _has(_DEED, text)


def pledges(text: str) -> bool:
    """Tell whether the desk says what will be done."""
    return _has(_PLEDGE, text)


def names_trouble(text: str) -> bool:
    """Tell whether a customer names what is wrong or wanted."""
    return _has(_TROUBLE, text)


def wishes(text: str) -> bool:
    """Tell whether a customer asks for something, or says what they want or will do."""
    return _has(_WISH, text)


def acknowledges(clause: str) -> bool:
    """Tell whether a clause only shows that its speaker has understood, regrets or is glad."""
    return _has(_ACKNOWLEDGEMENT, clause)


def affirms_or_denies(text: str) -> bool:
    """Tell whether an answer begins with yes or no, so that it says little without its question."""
    return _has(_YES_OR_NO, text)


def decides(text: str) -> bool:
    """Tell whether a customer says what they choose, or that they do without something."""
    return _has(_DECISION, text)


def introduces(text: str) -> bool:
    """Tell whether somebody of the desk gives their name."""
    return _INTRODUCTION.search(text) is not None


def offers(text: str) -> bool:
    """Tell whether a question of the desk offers something, or asks whether it may be done."""
    return _has(_OFFER, text)


def questions(clause: str) -> bool:
    """Tell whether a clause begins a question, or leads up to one."""
    return _has(_QUESTION, clause)


def _has(parts: tuple[str, ...], text: str) -> bool:
    return _compiled(parts).search(fold(text).replace("’", "'")) is not None


@lru_cache(maxsize=16)
def _compiled(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{converted(part, 't2s')})" for part in parts))
