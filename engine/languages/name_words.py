"""Frequent names, and words that stand where names stand and are none."""

from __future__ import annotations

from typing import Final

from engine.languages.folding import fold
from engine.languages.profile import folded_words

__all__ = [
    "GIVEN_NAMES",
    "JAPANESE_PLACES",
    "JAPANESE_SURNAMES",
    "KOREAN_SURNAMES",
    "NAMELESS",
    "NOT_CHINESE_NAMES",
    "SURNAMES",
    "is_nameless",
]

SURNAMES: Final = (
    *"欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 张简 張簡 范姜 慕容 夏侯 皇甫 尉迟".split(),  # noqa: SIM905
    *(
        "王李高张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅梁宋郑鄭谢謝韩韓唐冯馮董萧蕭肖程曹袁邓鄧许許"
        "傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔崔康毛邱"
        "秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔白游施洪柯簡翁殷章鲁魯倪严嚴温溫樊葛邢俞齐"
        "齊庞龐莫覃毕畢伍庄莊涂童詹連连阮巫欧歐"
    ),
)
"""The most frequent Chinese surnames, both scripts; those of two characters first."""

NOT_CHINESE_NAMES: Final = frozenset(
    """江苏 江蘇 江西 郑州 鄭州 徐州 苏州 蘇州 常州 常熟 金华 金華 马来 馬來 黄山 黃山 韩国 韓國 吴江 周口 邵阳 康定
    贺州 龙岩 雷州 万州 武汉 武漢 孟买 高雄 沈阳 许昌 許昌 唐山 温州 溫州 石家 连云 連江 金门 金門 温哥 高兴
    高興 高级 高級 高温 高溫 高度 高端 高中 马上 馬上 马桶 馬桶 马达 馬達 方便 方法 方案 方式 方面 常常 常见 常見
    常用 常规 黄色 黃色 黄金 黃金 金额 金額 金卡 金牌 金色 金属 金屬 万一 萬一 许多 許多 许可 許可 易碎 石头 石頭
    任何 任意 任务 任務 段落 钱包 錢包 周末 周日 周一 周二 周三 周四 周五 周六 周年 周围 何时 何時 毛病 毛衣 龙头
    龍頭 雷电 严重 嚴重 温度 溫度 温馨 白色 白天 白卡 白金 簡單 簡體 顾客 顧客 顾问 顧問 钟头 叶子 余额
    余下 康复 夏天 夏季 陆续 陸續 乔迁 曾经 曾經 程序 程式 韩语 韓文 谢谢 謝謝 谢意 苏打 李子 杨梅 连接 連接
    连不 連不 连续 連續 施工 游戏 章节 齐全 毕业 畢業 童装 欧洲 歐洲 欧元 歐元 洪水 莫非 庄园 汤锅 田园 秦岭
    江湖 胡乱""".split()  # noqa: SIM905
)
"""Places and words that begin like a Chinese name."""

JAPANESE_SURNAMES: Final = tuple(
    """佐藤 鈴木 高橋 田中 渡辺 渡邊 渡部 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤
    齋藤 清水 山崎 阿部 池田 橋本 山下 石川 中島 前田 藤田 小川 後藤 岡田 長谷川 石井 村上 近藤 坂本 遠藤 青木 藤井
    西村 福田 太田 三浦 藤原 岡本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田 柴田 酒井 工藤
    横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 武田 村田 上野 杉山 増田 平野 大塚 千葉 久保 松井
    小島 岩崎 桜井 野口 松尾 野村 木下 菊地 菊池 佐野 大西 杉本 新井 浜田 古川 水野 小松 市川 島田 小山 高野 山内
    西田 山中 吉川 川口 西川 菅原 五十嵐 福島 安田 中田 平田 川崎 東山 本田 久保田 沢田 辻本 永井 川上 秋山
    中西 石原 土屋 松岡 荒木 大久保 松下 早川 山城 荒井 大島 北村 馬場 矢野 須藤 服部 黒田 星野 広瀬 飯田 岩田 尾崎 望月
    片山 堀内 西山 吉村 篠原 川村 小池 野田 榎本 大橋 岡崎 田口 関口 熊谷 栗原 富田 八木 松永 桑原 成田 守屋
    古屋""".split()  # noqa: SIM905
)
"""The most frequent Japanese surnames of two characters or more."""

JAPANESE_PLACES: Final = frozenset(
    {"山口", "石川", "宮崎", "千葉", "福島", "川崎", "岡崎", "熊谷", "成田", "川口", "上野", "中野"}
)
"""Surnames that are places as well."""

KOREAN_SURNAMES: Final = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허남심노하곽성차주우민유나진지엄채원천방공현함변염여추"
)

GIVEN_NAMES: Final = folded_words(
    """adam adrian agnes ahmed aisha alan albert alejandro alessandro alex alexander alexandra alice alicia alina
    amanda amélie amy ana andrea andreas andrew andré angela anita anja anke ann anna anne annette annika anthony
    antoine antonia antonio arthur astrid aurélie ayşe barbara beatrice ben benjamin bernd bettina birgit björn
    brenda brian bruno camille carina carla carlos carmen carolin caroline catherine charles charlotte chiara chloe
    chloé chris christian christina christine christoph christopher clara claudia claire clemens clément conor
    cristina daniel daniela dave david deborah dennis diana diego dieter dirk dominik donald dorothea ed edward
    elena elisa elisabeth elizabeth elke ella emil emily emma emmanuel eric erik erika ernst esther eva evelyn
    fabian fatima felix fernando finn florian francesca francesco francisco frank franz françois frederik gabriel
    gabriele george gerhard giovanni giulia giuseppe gisela greg gregor guillaume günter hannah hanna hans harriet
    harry heike heinz helen helena helga helmut henrik henry holger hugo ian ida ines inga ingrid irene isabel
    isabella ivan jack jacob jakob james jan jana jane janet javier jean jeff jens jennifer jessica jim joachim
    joana joanna joe joel johanna johannes john jonas jonathan jorge josef joseph josé joão juan julia julian
    juliane julie julien jürgen kai karen karin karl karla katarina kate katharina katherine kathrin katie katja
    katrin kelly ken kerstin kevin kim klara klaus konrad kurt lara lars laura lauren lea lena leo leon leonie lewis
    liam linda lisa lorenzo louis louise luca lucas lucia lucía luis luisa lukas lutz lydia léa magdalena manfred
    manuel manuela marc marcel marco marcos marcus margaret maria marie marina mario marion marius markus marta
    martha martin martina mary mareike mateo mathias matteo matthew matthias maurice mehmet melanie mia michael
    michaela michel michelle miguel mike miriam mohamed mohammed monica monika nadia nadine nancy natalia natalie
    nathalie nicholas nick nico nicolas nicole niklas nina noah nora norbert olaf olga oliver olivia oscar pablo
    pamela paola patricia patrick paul paula paulo pedro peggy peter petra philip philipp philippe pierre priya
    rachel rainer ralf raphael rebecca regina renate ricardo richard robert roberto roger roland ruth ryan sabine
    sabrina sam samantha samuel sandra sara sarah sebastian silke silvia simon simone sofia sofie sonia sonja sophia
    sophie stefan stefanie stella stephan stephanie stephen steve steven sue susan susanne suzanne sven svenja
    sylvia tamara tanja tanya tatjana teresa theo theresa thierry thomas thorsten tim tina tobias tom tomas tomás
    tony torsten udo ulrich ulrike ursula ute uwe valentina valeria vanessa vera verena veronica vincent vladimir
    walter werner wilhelm william wolfgang yasmin yvonne zoe анна иван елена ольга мария сергей андрей алексей
    наталья татьяна дмитрий александр екатерина ирина светлана"""
)
"""Frequent given names that are hardly ever anything else, folded."""

NAMELESS: Final = folded_words(
    """all again and any anyone but buyer customer customers client everyone everybody folks for friend from guest
    guys in is it just ladies madam madame maam ma'am member miss mister no not ok okay please question sir sirs so
    sorry subscriber support team that thank thanks the there this to user valued very we what yes you your i my me
    he she they damen herren kunde kundin kunden zusammen team für ihr ihre ihren ihrem ihres sie ich wir das die
    der ein eine es mr mrs ms dr herr herrn frau monsieur mme mademoiselle client cliente clientes clienti tous
    todos tutti senhor senhora señor señora équipe equipo signori pour por per a o very much clienta utente usuario
    usuário коллеги клиент вам за quý khách le la les un une el los las una il lo gli os as um uma service services
    desk help helpdesk center centre department office company shop store online hotline reception billing sales
    shipping delivery returns refund refunds order orders parcel account invoice warranty manager agent operator
    admin administrator bot robot assistant system management accounting marketing security newsletter club gold
    silver platinum premium vip plus pro prime amazon google apple ebay paypal samsung microsoft facebook whatsapp
    dhl ups fedex hermes gmbh inc ltd llc ag kundenservice kundendienst kundenbetreuung stammkunde neukunde firma
    abteilung mitarbeiter problem frage bestellung atención atencion servicio soporte tienda equipe suporte
    atendimento servizio assistenza ufficio great good fine perfect excellent wonderful awesome amazing super nice
    cool well right wrong done still also new happy glad sad angry upset confused disappointed ready able unable
    unsure sure aware afraid interested waiting late here now today tomorrow yesterday then nothing something
    anything same look come down up out over more best perfekt prima toll klasse gut schön danke bitte hallo ja nein
    neu genau mist schade parfait super bien merci bonjour oui non perfecto genial bien vale hola perfetto ottimo
    grazie ciao perfeito ótimo olá sim não спасибо здравствуйте да нет хорошо отлично german english french spanish
    italian portuguese chinese japanese korean russian american british irish scottish welsh dutch swiss austrian
    belgian polish turkish indian canadian australian mexican brazilian european asian african muslim jewish
    deutscher deutsche österreicher schweizer français française anglais allemand belge suisse español
    española francés inglés alemán mexicano mexicana italiano italiana inglese tedesco português portuguesa
    brasileiro brasileira русский русская vegan catholic autistic diabetic germany england france spain italy
    portugal china japan korea russia america britain ireland scotland wales europe asia africa london paris berlin
    munich münchen hamburg köln wien zürich madrid barcelona rome roma milano lisboa deutschland österreich schweiz
    españa italia москва россия monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december christmas easter black montag dienstag mittwoch
    donnerstag freitag samstag sonntag urgent important normal bad worse misspelled misspelt spelled incorrect
    missing written printed different kaputt falsch mal mit nicht on at of by with or as wird wurde ist está esta es
    mal è é nome non not written bien déjà"""
)
"""Words, folded, that are nobody's name where a name might stand."""


def is_nameless(word: str) -> bool:
    """Tell whether a word that stands where a name might stand is none."""
    return fold(word).strip(".,") in NAMELESS
