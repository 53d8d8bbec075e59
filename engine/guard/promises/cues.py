"""Words by which promises are known, by matter; for folded text of every language at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from engine.domain.check import PromiseMatter
from engine.languages.folding import converted

__all__ = ["DISCOUNT", "asks", "commits", "is_about", "is_case", "is_condition", "is_goodwill", "matters", "reports"]

DISCOUNT = r"[\d一二三四五六七八九] ?折(?![叠页伞])"
"""What is left to pay in tenths, as in 85折 and 八折, in a pattern for folded text; 三折叠 is a telephone."""

# The first that is named tells what a promise is about; the order settles those that name several.
_MATTERS: Mapping[PromiseMatter, str] = {
    PromiseMatter.WARRANTY: r"\bwarrant\w+|\bcovered\b|\bguarantee period\b|保修|保固|质保|延保|"
    r"保[\d一二两三四五六半]+个?[年月]|保证(?!金)(?:期|は|が|の|书|いた)",
    PromiseMatter.COMPENSATION: r"积\d+分|赔|"
    r"\bvouchers?\b|\bcompensat\w+|\bgoodwill\b|\bpoints?\b(?! out)|"
    r"\bgift cards?\b|\bcoupons?\b|"
    r"补偿|赔偿|赔付|赔您|红包|赠[品送]|优惠券|折价券|折扣券|礼品券|代金券|积分|点数|抵\d|可以抵|抵扣|クーポン|"
    r"ポイント|"
    r"ギフト券|お诧び|お詫び(?:として|に)|补偿|补偿金",
    PromiseMatter.REPAIR: r"\blend\b|借您|借用|"
    r"\brepair\w*|\btechnicians?\b|\bloan (?:device|robot|machine)\w*|维修|返修|修好|"
    r"修理|师傅|备用机|出借机|备机|贷出|技术スタッフ|伺(?:って|い)",
    PromiseMatter.REPLACEMENT: r"\bexchang\w+|\breplac\w+|\bnew (?:one|kettle|parcel|machine|device|unit|"
    r"robot)\b|换货|更换|换新|换一台|发新机|"
    r"补寄|补发|重新寄|免费换|交换|代わりの|代替品",
    PromiseMatter.REFUND: r"\bmoney\b[^.]{0,20}\bback\b|\bpaid in money\b|"
    r"\brefund\w*|\bmoney back\b|\breimburse\w*|\bpa(?:y|id) (?:you )?back\b|"
    r"\bcredited\b|\bprice (?:protection|drops?|match\w*)\b|\byour money\b|\bpaid out\b|"
    r"退款|退还|退给|退差|差价|差额|价保|退回(?:到|至|原|您)|原路退|汇款退|返金|払い戻し|払戻|入金|[入到][账帐]|报遗失",
    PromiseMatter.RETURN: r"\breturn(?:s|ed|ing)?\b|\b(?:send|sent|take|taken)\b[^.]{0,30}\bback\b|退货|退换|"
    r"无理由|可以退|能退|[天内]退(?![款还回差给])|"
    r"寄回|返品|返送|送り返",
    PromiseMatter.CHANGE: r"\brestored?\b|救回|撤销|恢复|予約商品|"
    r"\bcancel\w*|\bskip\b|\bchange (?:the|your)\b|\bbe changed\b|\bchange your mind\b|\bminimum term\b|"
    r"\b(?:un)?lock(?:ed|s)?\b|取消|反悔|修改|改(?:一次|抬头|地址)|"
    r"换开|绑约|跳过|"
    r"锁定|解锁|ロック|キャンセル|取り?消|変更",
    PromiseMatter.DELIVERY: r"破损|郵送|旧机|\blost\b|"
    r"\bdeliver\w*|\barriv\w+|\bparcels?\b|\bship(?:s|p\w+)?\b|\bdispatch\w*|\bexpress\b|"
    r"\bpost(?:ed)? (?:you|it|them)\b|"
    r"\b(?:is|are|be) (?:sent|posted)\b|\binvestigation\b|\bcouriers?\b|送达|到货|发货|配送|快递|包邮|免运|运费|"
    r"次日达|宅配|"
    r"寄[出送]|邮寄|送到|[天日]就?会到|包裹|送货|上门|到府|调查|"
    r"お届け|配送|発送|お急ぎ便|通常便|届きます|届け|お荷物|お送り|调查|送料",
    PromiseMatter.COST: r"\bcharge[sd]?\b|\bpayable\b|\binvoices?\b|分\d+期|垫付|邮费|押金|请款|扣款|定期购|登记|"
    r"花呗|支払い期限|お支払い(?:が可能|いただけ)|"
    r"领収书|締め日|"
    r"\bfree of charge\b|\b(?:is|are|be) free\b|\bfees?\b|\bcosts?\b|\bpostage\b|"
    r"\bduties\b|\b(?:save|discount)\b|\d ?% off|"
    r"\beuros? off\b|\binstal?ments?\b|免费|收费|收\d|手续费|[账帐]期|付款|缴费|分期|承担|负担|折优惠|打折|"
    rf"{DISCOUNT}|"
    r"无料|手数料|ご负担|割引|见积书|请求书|インボイス|分割",
    PromiseMatter.CONTACT: r"\banswers?\b|\blink\b|\bclaims?\b|答复|通知|ご連絡|審査|"
    r"\bcall (?:you )?back\b|\bcalls? you\b|\bget back to you\b|\b(?:reply|"
    r"answer) (?:to )?you\b|\bdownload link\b|"
    r"\bexport\b|\byour data\b|回电|回复您|给您打电话|打电话[跟和]您|打电话给您|"
    r"联[系络]您|通知您|发票|新票|连结|链接|お电话|"
    r"ご连络(?:いた|し|さし)|リンク|データ",
}
_ANY = "|".join(_MATTERS.values())
_COMMITS = (
    r"\b(?:members?|customers?|companies|recipients?) (?:get|have|receive|pay|save)\b|"
    r"\b(?:we|i) (?:answer|lend|charge|reply|remind|keep|issue|add)\b|\b(?:is|are) (?:payable|charged|paid|sent)\b|"
    r"\bwill (?:still |also |only )?(?:wait|arrive|reach|come|have|get|be|take|cost|keep|expire|need)\b|"
    r"\b(?:would|can|may|must)(?: not|not)? (?:still |also |always |only |never )*be\b|"
    r"\b(?:is|are) (?:not|never|only|also|still) \w+|\b(?:is|are) (?:included|excluded|refunded|repaired|replaced|"
    r"exchanged|valid|due|posted)\b|\bthere (?:is|are|will be) no\b|\bha(?:s|ve) no\b|\bwe (?:do not|don't|never)\b|"
    r"能(?:够|退|换|拿|用)|[也就都才还仍](?:能|可)|不(?:能|需要|用|必|会|在[^,。]{1,6}范围)|需要您|要您|我们会|"
    r"由(?:我们|我方|本店|您|客户)|"
    r"(?:没有|无|无需)(?:绑约|费用|手续费|押金)|"
    r"通知您|"
    r"できません|かかりません|いただきません|いただけません|可能です|お受けし|になります|となります|承ります|"
    r"終わります|"
    r"\b(?:we|i|our \w+|one of our \w+)(?:'ll| will| can(?:not|'t)?| (?:always )?(?:refund|exchange|pay|cover|send|"
    r"post|"
    r"repair|replace|give|take|deliver|"
    r"offer|collect))\b|\byou(?:'ll| will| can(?:not)?| may| would| get| have| save| receive| do not (?:have|need)|"
    r" don't (?:have|need)| pay)\b|"
    r"\b(?:(?:will|can|may) be|is free|are free|free of charge|never expires?|runs? for|takes?|come with|comes with|"
    r"will take|are covered|is covered|no charge)\b|"
    r"才[会能扣收发退开]|酌收|会(?:原路|自动|重新|先|直接|全额|给|为|帮|向|发|在|安排|派|请|寄|送|完成|汇|退|到|上)|"
    r"给您|(?<!因)为您|帮您|送您|赔偿|补偿您|可以|都能|支持|"
    r"免费|承担|负担|包邮|免运|永久|随时|当天|"
    r"隔天|随即|[到入][账帐]|我们有|就会|最长|只能|送达|先给您|才发|才会|借您|"
    r"いたします|致します|承り|差し上げ|お付けし|お届けし|お送りし|できます|いただけます|お选び|无料(?:です|で|"
    r"になり|でござ)|ご负担となり|负担し|"
    r"かかります|有效です|(?:\d|后)以内|お预かりし|终わります|入金されます|日间です|か月です|ケ月です|お电话し|"
    r"返品を承|振り込み|伺って"
)
_ASKS = (
    r"[?？؟]\s*$|吗[。？?\s]*$|(?:什么|哪|怎|几[个天]|多少|谁|是否|何时|还是|有没有)[^。]*呢[。\s]*$|(?:でしょうか|"
    r"ますか|ですか)[。？?\s]*$|^(?:\W*(?:please|could you|"
    r"can you|may i|have you|what|when|which|where|"
    r"how|go to|hold|keep|wipe|pack|put|let|try|open|choose)\b)|"
    r"^\W*(?:请(?!假)|麻烦|烦请|建议您?|方便的话)|(?:ください|お愿いいたします|お愿いします|下さい)[。！!\s]*$"
)
_REPORTS = (
    r"\b(?:left|was|were|has been|(?<!they )have been|had|yesterday|already|thank(?:s| you))\b|已经?(?:查到|为您|转|"
    r"转给|"
    r"发出|寄出|从)|昨[天晚日]|稍早|目前在|"
    r"ました[。！!\s]*$|昨日|现在[^。]{0,20}(?:ございます|あります)[。\s]*$|ありがとうございます[。！!\s]*$"
)
_CONDITIONS = (
    r"^\W*(?:if|when|once|since|because|as|should|even if|unless|although)\b|"
    r"^\W*(?:如果|若|要是|超过|未满|因为|由于|既然)|(?:的话|时候?|之后|以后)$|"
    r"^[^,。要须得请]*[\d点]之?前(?:完成)?(?:结[账帐]|下单|付款|订购)[^,。]{0,4}$|(?:场合は?|とき|であれば)$"
)
_GOODWILL = (
    r"补偿(?!金)|歉意|破例|特例|お詫び|お诧び|今回に限り|\bone-off\b|\bgoodwill\b|\bfor the trouble\b|"
    r"\bas an exception\b|\bby way of (?:an )?apology\b"
)
# What is said of the customer's own order, basket or day: quantities in it are no terms.
_CASES = (
    r"\b(?:it is|it's|that is|that's) [^.]{0,20}\bnow\b|^\W*(?:since|because|as|given that)\b|"
    r"\byour (?:order|basket|cart|total)\b[^.]{0,20}\b(?:is|comes to|stands at)\b|"
    r"\byou (?:bought|ordered|paid|received|are (?:on|at))\b|"
    r"(?:购物车|金额|合计|总额|总计|[这那][笔单台张]|[这那]个?订单)[^,。]{0,10}[是为共]|第[\d一二三四五六七八九十]+天|"
    r"现在[是才]|您(?:是|在|于)[^,。]{0,16}(?:签收|下单|购买|买|付款|下)的|[用选]的是|查到|已经(?!拆|开封|过保)|"
    r"(?:です|ます|ました)(?:ので|から|が)$|ため$|ございますので$"
)


def matters(folded: str) -> Iterator[PromiseMatter]:
    """Yield what a folded clause is about, the most telling first."""
    return (matter for matter, pattern in _MATTERS.items() if _has(pattern, folded))


def is_about(folded: str) -> bool:
    """Tell whether a folded clause names any matter."""
    return _has(_ANY, folded)


def commits(folded: str) -> bool:
    """Tell whether a folded clause commits the desk, or entitles or obliges the customer."""
    return _has(_COMMITS, folded)


def asks(folded: str) -> bool:
    """Tell whether a folded sentence asks, or tells the customer what to do."""
    return _has(_ASKS, folded)


def reports(folded: str) -> bool:
    """Tell whether folded clauses report what has happened."""
    return _has(_REPORTS, folded)


def is_goodwill(folded: str) -> bool:
    """Tell whether folded text promises something beyond the rules, to make up for trouble."""
    return _has(_GOODWILL, folded)


def is_condition(folded: str) -> bool:
    """Tell whether a folded clause only says in which case another one holds."""
    return _has(_CONDITIONS, folded.strip())


def is_case(folded: str) -> bool:
    """Tell whether a folded clause tells the customer's own case, such as the sum or the day of an order."""
    return _has(_CASES, folded.strip())


def _has(pattern: str, folded: str) -> bool:
    return _compiled(pattern).search(folded) is not None


@lru_cache(maxsize=32)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(converted(pattern, "t2s"))
