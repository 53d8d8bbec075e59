"""Vietnamese."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="vi",
    name="Tiếng Việt",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """ạ ai anh bạn bao bị bởi các cái chào cho chị chúng có của cũng cứ dạ do đã đang đâu để đến đó được em gì
        hay hãy hoặc hỏi không khi là làm lâu mà mình một mấy này nào nên nếu nhé nhiêu nhưng những như ơi ở phải
        qua ra rất rồi sao sẽ số ta tại thể thế thì tôi từ tới và vào vậy vẫn về vì với vui lòng xin"""
    ),
    abbreviations=folded_words("bs gs mr ms pgs q st th.s ths tp tp.hcm ts"),
    numbered=folded_words("đ p sđt stt tr"),
    common_words=folded_words(
        """bán bảo bụi chuyển chào chỉ chữa cảm giao giá giúp gửi hoàn hàng hành hóa hỏng hủy khoản khách khẩu kiện
        lỗi mua máy mật ngày nhận nước phí phẩm quên sản sửa thanh tháng tiền toán trả tài vận đơn đặt địa đổi ơn
        ấm"""
    ),
    stemmer=None,
    joiner=" ",
    question_cues=folded_cues(
        when="khi nào|bao giờ|lúc nào|mấy giờ|ngày nào|mấy ngày|bao nhiêu ngày|bao lâu|trong vòng bao lâu|năm nào|"
        "từ khi nào|đến khi nào|tháng nào",
        how_much="bao nhiêu tiền|giá bao nhiêu|hết bao nhiêu|phí bao nhiêu|giá là bao nhiêu|chi phí là bao nhiêu|"
        "tốn bao nhiêu|mất phí bao nhiêu",
        number="bao nhiêu|mấy|mấy lần|bao nhiêu lần|bao xa|bao nhiêu phần trăm",
        who="ai|người nào|công ty nào|của ai",
        where="ở đâu|đâu|nơi nào|chỗ nào|nước nào|thành phố nào|địa chỉ nào",
        why="vì sao|tại sao|sao lại|lý do gì|do đâu|nguyên nhân",
        how_to="làm thế nào|làm sao|như thế nào|bằng cách nào|cách nào|phải làm gì|làm cách nào|thế nào",
        yes_no="có phải|liệu|có thể|có được|tôi có thể|mình có thể",
        what="gì|cái gì|cái nào|nào|loại nào|những gì",
    ),
    calendar=calendar_words(
        numerals="một hai ba bốn năm sáu bảy tám chín mười",
        minute="phút",
        hour="giờ|tiếng",
        day="ngày",
        working_day="ngày_làm_việc",
        week="tuần",
        month="tháng",
        year="năm",
    ),
    phrases=Phrases(
        no_evidence="Rất tiếc, tôi không tìm thấy thông tin này trong tài liệu của chúng tôi. "
        "Quý khách có muốn tôi chuyển cho nhân viên hỗ trợ không ạ?",
        low_confidence="Tôi tìm thấy một số thông tin liên quan, nhưng chưa chắc đã trả lời đúng câu hỏi. "
        "Quý khách có muốn tôi chuyển cho nhân viên hỗ trợ không ạ?",
        conflict="Các tài liệu của chúng tôi ghi khác nhau về vấn đề này nên tôi không muốn trả lời phỏng đoán. "
        "Quý khách có muốn nhân viên xác nhận lại không ạ?",
        unsafe="Xin lỗi, tôi không thể hỗ trợ yêu cầu này. "
        "Nếu quý khách có câu hỏi về sản phẩm hoặc dịch vụ, tôi rất sẵn lòng giải đáp.",
        lead_in="Theo “{title}”:",
        lead_in_policy="Chính sách “{title}” quy định:",
        lead_in_steps="Các bước thực hiện (theo “{title}”):",
        lead_in_case="Trong một trường hợp tương tự (“{title}”), chúng tôi đã trả lời:",
        other_language="Thông tin này hiện chỉ có bằng {language}:",
        clarify="Trường hợp của bạn là trường hợp nào sau đây?",
        handoff="Vâng. Tôi đang chuyển bạn đến nhân viên hỗ trợ, người đã có thể xem những gì bạn viết.",
    ),
)
