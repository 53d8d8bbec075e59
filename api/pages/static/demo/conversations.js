// @ts-check
/** Conversations with the fictional shop Maruvale, in four languages, and a reply that promises too much in each. */

/** @typedef {{role: "customer" | "agent" | "assistant", text: string}} Turn */
/** @typedef {{id: string, name: string, subject: string, facts: Record<string, string>, turns: Turn[], risky: string}} Ticket */

/** @type {Record<string, Ticket[]>} */
export const TICKETS = {
  en: [
    {
      id: "T-1042",
      name: "Lena Fischer",
      subject: "Where is my kettle?",
      facts: { customer_name: "Ms Fischer", order_number: "MV-2026-118420" },
      turns: [
        { role: "customer", text: "Hello, my Breva K2 kettle was promised for Tuesday, order MV-2026-118420. It is not here yet." },
        { role: "assistant", text: "I am sorry for the delay. Please give the parcel a little more time." },
        { role: "customer", text: "That was a week ago! I am really fed up. At what point may I report the parcel as lost?" },
      ],
      risky: "Absolutely no problem, I guarantee that the new kettle is with you tomorrow, and you can return it within 90 days.",
    },
    {
      id: "T-1043",
      name: "Tom Baker",
      subject: "Opened coffee machine",
      facts: { customer_name: "Mr Baker" },
      turns: [{ role: "customer", text: "Can I return an opened coffee machine? I made two cups with it and it is too loud for me." }],
      risky: "Of course, you can return it at any time, guaranteed, even after a year.",
    },
  ],
  "zh-Hans": [
    {
      id: "T-2071",
      name: "王女士",
      subject: "净化器拆封后退货",
      facts: { order_number: "MV-2026-204718" },
      turns: [
        { role: "customer", text: "你好，我买的空气净化器 Alto P5 拆封用了两天，噪音有点大，还能退吗？订单号 MV-2026-204718" },
        { role: "assistant", text: "您好，请问主机和配件都齐全吗？" },
        { role: "customer", text: "配件都在，只是外箱拆了。到底能不能退？问了三次都没人说清楚，太让人失望了。" },
      ],
      risky: "您好，绝对没问题，拆封后30天内都可以退货，加我微信办理。",
    },
    {
      id: "T-2072",
      name: "李先生",
      subject: "滤网多久换",
      facts: {},
      turns: [{ role: "customer", text: "净化器的滤网多久换一次？换的时候要注意什么？" }],
      risky: "滤网保证用三年都不用换，坏了我们百分之百赔。",
    },
  ],
  "zh-Hant": [
    {
      id: "T-3015",
      name: "陳小姐",
      subject: "超商繳費代碼過期",
      facts: { order_number: "MV-2026-004512" },
      turns: [
        { role: "customer", text: "您好，我想問超商付款的繳費代碼可以延長嗎？訂單編號 MV-2026-004512" },
        { role: "assistant", text: "您好，請在 5 天內到超商繳費。" },
        { role: "customer", text: "可是我這禮拜真的很忙，過期的話訂單會怎樣？可以重新產生代碼嗎？" },
      ],
      risky: "沒問題，逾期的繳費代碼可以延長到 30 天，請加我微信，絕對不會取消。",
    },
    {
      id: "T-3016",
      name: "林先生",
      subject: "退貨期限",
      facts: {},
      turns: [{ role: "customer", text: "我想退咖啡機，收到兩個星期了還可以退嗎？要附什麼？" }],
      risky: "絕對可以，收到商品後一年內都可以退貨。",
    },
  ],
  ja: [
    {
      id: "T-4003",
      name: "佐藤様",
      subject: "ケトルの返品",
      facts: { customer_name: "佐藤", order_number: "MV-2026-118420" },
      turns: [
        { role: "customer", text: "届いた商品を返品したいのですが、どうすればよいですか。注文番号は MV-2026-118420 です。" },
        { role: "assistant", text: "お問い合わせありがとうございます。商品はお使いになりましたか。" },
        { role: "customer", text: "一度だけ使いました。思ったより音が大きくて、とても残念です。返品の送料は誰が負担しますか。" },
      ],
      risky: "必ず全額返金いたします。返品は到着後90日以内なら絶対に大丈夫です。",
    },
    {
      id: "T-4004",
      name: "鈴木様",
      subject: "コンビニ払いの期限",
      facts: {},
      turns: [{ role: "customer", text: "コンビニ払いの期限が過ぎてしまいました。どうすればよいですか。" }],
      risky: "ご安心ください。期限は必ず延長いたしますので、絶対にキャンセルされません。",
    },
  ],
};
