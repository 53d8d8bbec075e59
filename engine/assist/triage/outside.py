"""What people also write to a desk and no desk works on: examples of "none of these" for every taxonomy."""

from __future__ import annotations

from typing import Final

__all__ = ["OUTSIDE"]

OUTSIDE: Final[tuple[str, ...]] = (
    *("hello", "good morning", "thanks a lot", "ok, bye", "are you a robot?", "how old are you?", "tell me a joke"),
    *("what's the weather like today?", "will it rain at the weekend?", "who won the election?", "what time is it?"),
    *("what is the capital of Peru?", "how far away is the moon?", "write a poem about autumn", "sing me a song"),
    *("recommend me a good film", "where can I eat well around here?", "how do I lose weight?", "I am bored"),
    *("book me a hotel in Rome", "which shares should I buy?", "solve x squared minus four", "translate this for me"),
    *("what did the president say?", "my neighbour's dog barks all night", "how do I cook rice?", "nice shoes"),
    *("你好", "早上好", "谢谢啦", "再见", "你是机器人吗", "你几岁了", "讲个笑话", "今天天气怎么样", "周末会下雨吗"),
    *("现在几点了", "秘鲁的首都是哪里", "月亮离我们多远", "写一首关于秋天的诗", "唱首歌吧", "推荐一部好电影"),
    *("附近有什么好吃的", "怎么减肥", "好无聊啊", "帮我订个酒店", "买哪只股票好", "帮我解个方程", "翻译一下这句话"),
    *("昨晚的球赛谁赢了", "邻居家的狗一直叫", "米饭怎么煮", "你喜欢什么颜色", "我今天心情不好", "人生的意义是什么"),
    *("妳好", "講個笑話給我聽", "明天會下雨嗎", "附近有什麼好吃的", "推薦一部電影", "現在幾點", "好無聊喔"),
    *(
        "こんにちは",
        "おはよう",
        "どうもありがとう",
        "さようなら",
        "あなたはロボットですか",
        "何歳ですか",
        "冗談を言って",
    ),
    *("今日の天気は", "週末は雨ですか", "今何時ですか", "ペルーの首都はどこ", "月までどのくらい", "秋の詩を書いて"),
    *("歌って", "おすすめの映画は", "近くにおいしい店はありますか", "痩せる方法は", "暇だなあ", "ホテルを予約して"),
    *(
        "どの株を買えばいい",
        "方程式を解いて",
        "翻訳して",
        "昨日の試合はどっちが勝った",
        "隣の犬がうるさい",
        "ご飯の炊き方は",
    ),
)
"""Those that resemble an example of a taxonomy are left out of what it learns."""
