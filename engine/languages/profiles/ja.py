"""Japanese."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="ja",
    name="日本語",
    scripts=("Jpan",),
    spaced=False,
    sentence_stops="。！？",
    stop_words=folded_words(
        """教えてください 教えて下さい 教えて お願いします お願いいたします ください 下さい すみません こんにちは
        でしょうか ですか ますか ましたか ませんか のですが んですが たいです したい です ます ました どうすれば
        どうしたら どうやって どのように どうして どのくらい どれくらい どれぐらい どの どう どこ どれ どちら いつ
        いくら いくつ なぜ なに なんで 何時 何日 何 誰 だれ ありますか できますか いいですか よいですか 場合
        について という わたし 私 しかし または および それ これ あれ その この あの"""
    ),
    stemmer="english",
    joiner="",
    question_cues=folded_cues(
        when="いつ|何時|何日|何月|何年|何曜日|何日間|何日以内|何時間|何分|何ヶ月|何か月|どのくらいの期間|どれくらいの期間|"
        "期限|期間は",
        how_much="いくら|何円|何ドル|料金|値段|費用|送料は|価格",
        number="何人|何個|何回|何枚|何台|何件|何度|何種類|何歳|何本|何番|何パーセント|何%|何メートル|何キロ|いくつ|どのくらい|"
        "どれくらい|どれぐらい|どれほど",
        who="誰|だれ|どなた|どの会社|何者",
        where="どこ|どちら|どの国|どの都市|何処|場所は|どの県",
        why="なぜ|どうして|何故|なんで|理由は|原因は|何が原因",
        how_to="どうすれば|どうしたら|どうやって|どのように|やり方|方法|手順|どうすると",
        yes_no="ですか|ますか|ませんか|でしょうか|可能か|かどうか",
        what="何|なに|なん|どれ|どの|どんな|どういう|どのような",
    ),
    calendar=calendar_words(
        minute="分間|分",
        hour="時間",
        day="日間|日",
        working_day="営業日",
        week="週間",
        month="ヶ月間|ヶ月|か月間|か月|カ月|ヵ月|ケ月|箇月",
        year="年間|年",
    ),
    phrases=Phrases(
        no_evidence=""
        "申し訳ございません。手元の資料には該当する内容が見つかりませんでした。担当者におつなぎしましょうか。",
        low_confidence="関連しそうな資料はありましたが、ご質問への正しいお答えになるか確信が持てません。"
        "担当者におつなぎしましょうか。",
        conflict="この件については資料によって記載が異なるため、推測でのお答えは控えます。担当者に確認しましょうか。",
        unsafe=""
        "申し訳ございませんが、そのご依頼にはお応えできません。商品やサービスについてのご質問でしたら、喜んでお答えします。",
        lead_in="「{title}」には次のように記載されています。",
        lead_in_policy="「{title}」では次のように定めています。",
        lead_in_case="以前の同様のお問い合わせ（「{title}」）では、次のようにご案内しました。",
        other_language="この内容は{language}の資料のみとなります。",
    ),
)
