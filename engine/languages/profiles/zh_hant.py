"""Chinese in traditional characters; words and cues are those of simplified Chinese, since folding unites them."""

from __future__ import annotations

from dataclasses import replace

from engine.languages.profile import Phrases, folded_words
from engine.languages.profiles.zh_hans import PROFILE as SIMPLIFIED

__all__ = ["PROFILE"]

PROFILE = replace(
    SIMPLIFIED,
    code="zh-Hant",
    name="繁體中文",
    scripts=("Hant",),
    stop_words=SIMPLIFIED.stop_words | folded_words("哈囉 不好意思 想請問 囉 喔 耶 邊度 幾時 點解 點樣 係咪"),
    phrases=Phrases(
        no_evidence="很抱歉，我在現有資料中找不到相關內容。需要為您轉接專人服務嗎？",
        low_confidence="我找到了一些相關資料，但不確定是否能正確回答您的問題。需要為您轉接專人服務嗎？",
        conflict="關於這個問題，我們的資料說法不一致，我不希望提供您不正確的答覆。需要請專人為您確認嗎？",
        unsafe="不好意思，這項要求我無法協助。如果您想了解我們的商品或服務，我很樂意為您說明。",
        lead_in="《{title}》中提到：",
        lead_in_policy="依據《{title}》的規定：",
        lead_in_steps="請依照《{title}》中的步驟操作：",
        lead_in_case="過去類似的情況（《{title}》），我們是這樣回覆的：",
        other_language="這部分內容目前只有{language}版本：",
        clarify="請問您是以下哪一種情況？",
        handoff="好的，正在為您轉接專人服務，您前面說的內容同事都看得到，請稍候。",
    ),
)
