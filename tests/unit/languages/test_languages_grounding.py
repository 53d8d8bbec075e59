from __future__ import annotations

import pytest

from engine.languages.quantities import quantities_supported


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("You have 30 days.", "退货期限为签收后30天。"),
        ("您有三十天时间。", "Returns are possible within 30 days."),
        ("您有30天時間。", "返品は30日以内に承ります。"),
        ("Die Garantie gilt zwei Jahre.", "The warranty is 24 months."),
        ("La garantie est de deux ans.", "整机保修两年。"),
        ("Answer within 48 hours.", "我们会在两天内回复。"),
        ("Lieferung in 3 Werktagen", "3 営業日以内に発送します"),
        ("It costs EUR 4.90.", "Versand: 4,90 €"),
        ("运费80元", "運費NT$80"),
        ("price ¥199", "满199元包邮"),
        ("5,480 yen", "５，４８０円"),
        ("1.190 EUR", "EUR 1,190"),
        ("The policy of 2026-03-01", "effective from March 1, 2026"),
        ("自2026年3月1日起", "民國115年3月1日起適用"),
        ("since 1 March", "in force since 2026-03-01"),
        ("since March 2026", "in force since 2026-03-01"),
        ("since 2026", "in force since 2026-03-01"),
        ("order by 2 pm", "order by 14:00"),
        ("下午2点前下单", "Order by 2:00 p.m."),
        ("1.2 litres", "容量1200毫升"),
        ("1.5 kW", "1,500 W"),
        ("error E12", "E12：电池温度超出范围"),
        ("order MV-2026-004512", "Your order mv-2026-004512 was sent"),
        ("15% off", "享受百分之十五的优惠"),
        ("30 days", "Return period (days): 30 / 14"),
        ("3 working days", "1-3 working days"),
        ("40 °C", "40/60/80 °C"),
        ("Call +44 20 7946 0123", "phone: +44 (20) 7946-0123"),
        ("no numbers at all", ""),
        ("", "30 days"),
        ("1. Open the lid.\n2. Rinse it.", "Open the lid and rinse it."),
        ("It is free [1].", "It is free."),
    ],
)
def test_supported(claim: str, evidence: str) -> None:
    assert quantities_supported(claim, evidence)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("You have 30 days.", "You have 14 days."),
        ("30天内", "14天内"),
        ("30 days", ""),
        ("30 days", "30 working days"),
        ("3 working days", "3天内"),
        ("2 years", "2 months"),
        ("2 years", "2周"),
        ("EUR 4.90", "CNY 4.90"),
        ("EUR 4.90", "EUR 49"),
        ("5480円", "5,480元"),
        ("2026-03-01", "2026-03-02"),
        ("2026-03-01", "March 2026"),
        ("1 March 2026", "1 March 2025"),
        ("3月1日", "3月2日"),
        ("14:00", "15:00"),
        ("2 pm", "2 am"),
        ("error E12", "error E7"),
        ("Breva K2", "Alto P5"),
        ("MV-2026-004512", "MV-2026-004513"),
        ("15%", "50%"),
        ("1.2 L", "1.4 L"),
        ("40 °C", "40 dB"),
        ("30 days or 14 days", "30 days"),
        ("version 2.3.1", "version 2.3.2"),
    ],
)
def test_not_supported(claim: str, evidence: str) -> None:
    assert not quantities_supported(claim, evidence)
