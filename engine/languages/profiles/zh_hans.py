"""Chinese in simplified characters."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="zh-Hans",
    name="简体中文",
    scripts=("Hans",),
    spaced=False,
    sentence_stops="。！？",
    stop_words=folded_words(
        """请问 你好 您好 谢谢 麻烦 我想知道 我想问 想问一下 想问 想了解 告诉我 帮我 我们 你们 您们 他们 她们 它们
        我 你 您 吗 呢 吧 呀 啊 嘛 啦 什么时候 为什么 为何 为啥 什么 甚么 啥 怎么办 怎么样 怎么 怎样 如何 多久
        多长时间 多少钱 多少 几时 何时 哪里 哪儿 哪些 哪个 哪一个 哪种 谁 是不是 是否 能不能 可不可以 能否 可否
        有没有 会不会 要不要 可以 一下 以及 或者 还是 但是 因为 所以 如果 的话 这个 那个 这些 那些"""
    ),
    stemmer="english",
    joiner="",
    question_cues=folded_cues(
        when="什么时候|何时|几时|几点|几号|哪天|哪一天|多久|多长时间|几天|多少天|什么日期|何日|到什么时候|哪一年|哪年|"
        "几月|时间是",
        how_much="多少钱|多少费用|费用是多少|价格|几块钱|收费|运费多少|多少元|怎么收费|什么价",
        number="多少|几个|几次|几件|几人|几种|第几|多大|多高|多重|多远|多长|几",
        who="谁|哪位|哪家|什么人|何人|哪个人",
        where="哪里|哪儿|在哪|什么地方|何处|何地|哪个国家|哪个城市|哪个地方|哪国|位于",
        why="为什么|为何|为啥|什么原因|怎么会|怎么回事|原因是|何以",
        how_to="怎么|怎样|如何|咋|怎么办|什么步骤|什么方法|该怎么",
        yes_no="吗|是否|能不能|可不可以|可否|能否|是不是|有没有|会不会|要不要|行不行|对不对|需不需要",
        what="什么|哪些|哪个|哪种|哪一|何|啥",
    ),
    calendar=calendar_words(
        minute="分钟|分",
        hour="个小时|小时|个钟头|钟头",
        day="天内|天|日内|日|个自然日|自然日",
        working_day="个工作日|个工作天|工作日|工作天",
        week="个星期|星期|个礼拜|礼拜|周",
        month="个月",
        year="年",
    ),
    phrases=Phrases(
        no_evidence="很抱歉，我在现有资料中没有找到相关内容。需要为您转接人工客服吗？",
        low_confidence="我找到了一些相关资料，但不确定能否准确回答您的问题。需要为您转接人工客服吗？",
        conflict="关于这个问题，我们的资料说法不一，我不想给您不准确的答复。需要请人工客服为您确认吗？",
        unsafe="抱歉，这个请求我无法协助。如果您想了解我们的产品或服务，我很乐意为您解答。",
        lead_in="《{title}》中提到：",
        lead_in_policy="根据《{title}》的规定：",
        lead_in_steps="请按《{title}》中的步骤操作：",
        lead_in_case="以往类似的情况（《{title}》），我们是这样答复的：",
        other_language="这部分内容目前只有{language}版本：",
        clarify="请问您是以下哪一种情况？",
        handoff="好的，正在为您转接人工客服，您前面说的内容同事都能看到，请稍候。",
    ),
)
