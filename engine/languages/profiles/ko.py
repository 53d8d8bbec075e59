"""Korean."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="ko",
    name="한국어",
    scripts=("Kore",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """안녕하세요 저 제가 저는 제 나 내 우리 저희 그 이 저것 이것 그것 및 또는 그리고 하지만 그런데 그래서 혹시
        어떻게 어떤 어느 어디 어디서 어디에 어디로 어디에서 언제 언제까지 언제부터 왜 누가 누구 무엇 무엇을 무엇이
        뭐 뭘 몇 얼마 얼마나 얼마예요 얼마인가요 있나요 있습니까 있을까요 되나요 됩니까 될까요 하나요 합니까 할까요
        인가요 입니까 해요 돼요 되요 알려주세요 가르쳐주세요 해주세요 주세요 싶어요 싶습니다 싶은데요 수 것 좀 때
        경우"""
    ),
    stemmer="english",
    joiner=" ",
    question_cues=folded_cues(
        when="언제|언제까지|언제부터|언제쯤|며칠|며칠이나|몇 시|몇시|몇 일|몇 달|몇 년|"
        "얼마나 오래|얼마 동안|얼마나 걸리나요|얼마나 걸려요|기간은|기한은",
        how_much="얼마|얼마예요|얼마에요|얼마인가요|얼마입니까|얼마죠|요금은|가격은|비용은|비용이|배송비는",
        number="몇|몇 개|몇 명|몇 번|몇번|몇 회|얼마나|몇 퍼센트|몇 살",
        who="누가|누구|누구를|누구에게|누구의|누구인가요|누구입니까|어느 회사",
        where="어디|어디서|어디에|어디에서|어디로|어디인가요|어디예요|어디입니까|어느 나라|어느 도시|어느 곳",
        why="왜|이유는|이유가|무슨 이유|어째서|원인은",
        how_to="어떻게|방법은|방법을|방법이|어떡해|어떡하죠|절차는",
        yes_no="혹시|가능한가요",
        what="무엇|무엇을|무엇이|무엇인가요|무엇입니까|뭐|뭘|뭐가|뭔가요|뭐예요|무슨|어떤|어느",
    ),
    calendar=calendar_words(
        numerals="한 두 세 네 다섯 여섯 일곱 여덟 아홉 열",
        minute="분",
        hour="시간",
        day="일간|일|하루",
        working_day="영업일|근무일",
        week="주일|주간|주",
        month="개월|달",
        year="년간|년",
    ),
    phrases=Phrases(
        no_evidence="죄송합니다. 저희 자료에서 해당 내용을 찾지 못했습니다. 상담원에게 연결해 드릴까요?",
        low_confidence="관련 자료를 찾았지만 질문에 대한 정확한 답인지 확실하지 않습니다. 상담원에게 연결해 드릴까요?",
        conflict="이 내용은 자료마다 설명이 달라 추측해서 답변드리지 않겠습니다. 상담원에게 확인을 요청할까요?",
        unsafe="죄송하지만 해당 요청은 도와드릴 수 없습니다. "
        "제품이나 서비스에 관한 문의라면 기꺼이 안내해 드리겠습니다.",
        lead_in="‘{title}’에 다음과 같이 안내되어 있습니다.",
        lead_in_policy="‘{title}’의 규정은 다음과 같습니다.",
        lead_in_steps="‘{title}’에 따른 방법은 다음과 같습니다.",
        lead_in_case="이전의 비슷한 문의(‘{title}’)에는 다음과 같이 답변드렸습니다.",
        other_language="이 내용은 {language} 자료로만 제공됩니다.",
        clarify="다음 중 어느 경우에 해당하시나요?",
        handoff="네, 상담원에게 연결해 드리겠습니다. 지금까지의 내용은 상담원에게 전달되니 잠시만 기다려 주세요.",
    ),
)
