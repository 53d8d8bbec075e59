"""Vietnamese."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("vi",),
    fury=r"lừa đảo|khốn|chó|ngu|vô lý|rác|trả (?:lại )?tiền|không bao giờ|tẩy chay|vô trách nhiệm|mất dạy|quá đáng|"
    r"bực|điên|ăn cướp",
    grievance=r"vẫn (?:chưa|không)|chờ|đợi|bao lâu nữa|không ai|chưa (?:thấy|có|nhận)|lần thứ|mãi|hứa|khiếu nại|"
    r"phàn nàn|thái độ|lờ|phớt lờ|sao (?:lại|cứ|mãi)",
    regret=r"thất vọng|tiếc|buồn|đáng lẽ|tưởng|tệ|kém|không như|không đáng|hối hận|chán",
    fault=r"hỏng|vỡ|lỗi|thiếu|sai|chậm|trễ|rò rỉ|không (?:chạy|lên|hoạt động|dùng được)|trầy|mất|hôi",
    worry=r"lo|sợ|gấp|khẩn|giúp (?:tôi|mình|em)|nguy hiểm|kịp|phải làm sao|an toàn không|hoảng",
    puzzle=r"không hiểu|khó hiểu|rối|nghĩa là gì|cái nào (?:đúng|mới)|không biết (?:phải|làm|chọn|cách)|chưa rõ",
    thanks=r"cảm ơn|cám ơn|biết ơn",
    content=r"tốt|ổn|được rồi|hài lòng|nhanh|nhiệt tình|dễ thương|tiện|xong rồi|hiểu rồi|yên tâm|đẹp|ok",
    delight=r"tuyệt|tuyệt vời|xuất sắc|rất (?:thích|tốt|hài lòng|vui|đẹp)|yêu|quá (?:tốt|đẹp|tuyệt|thích)|hoàn hảo|"
    r"đỉnh|xịn|giới thiệu cho|vui quá|hạnh phúc",
    litotes=r"không (?:tệ|chê|có gì để chê|vấn đề)",
    tepid=r"không (?:tốt|hài lòng|hay|đẹp) lắm|bình thường|tạm",
    contrast=r"nhưng|tuy nhiên|mà",
    stress=r"rất|quá|lắm|thật|cực|hoàn toàn",
    request=r"vui lòng|làm ơn|cho (?:tôi|mình|em)|muốn|xin|đơn hàng",
    asking=r"(?:không|chưa|ạ|vậy)\s?\?|bao giờ|bao nhiêu|ở đâu|thế nào|khi nào",
    negators_before=r"không|chưa|chẳng|đừng",
)
