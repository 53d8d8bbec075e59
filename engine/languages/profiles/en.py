"""English."""

from __future__ import annotations

from engine.languages.profile import LanguageProfile, Phrases, calendar_words, folded_cues, folded_words

__all__ = ["PROFILE"]

PROFILE = LanguageProfile(
    code="en",
    name="English",
    scripts=("Latn",),
    spaced=True,
    sentence_stops=".!?",
    stop_words=folded_words(
        """a about after all also am an and any are as at be because been before being but by can could d did do
        does doing done for from had has have having he hello her hi him his how i if in into is it its just ll m
        may me might must my no nor of on or our out over please re s shall she should so some t than thanks that
        the their them then there these they this those to too under until up us ve very was we were what when
        where which while who whom whose why will with would you your"""
    ),
    abbreviations=folded_words("approx capt cf dept dr e.g eg excl i.e ie incl mr mrs ms mt prof resp st viz vs"),
    numbered=folded_words("art ch ext fig figs max min no nos nr p para pp ref sec tel vol"),
    common_words=folded_words(
        """account address again always another anything app ask away back battery best better bill broken buy call
        cancel cancelled card change charge cheap check code confirm contact cost customer damaged day days delayed
        delivered delivery device different discount done email error every everything exchange fee filter find
        first fix free get getting gift give go going good got great guarantee help hey hi home idea instructions
        invoice item keep know label last late leaking let level like login look looking lost made make manual many
        maybe mean missing money more most much need never new next nice night noise now number ok old one only
        open order other parcel password pay payment phone please points price problem product put read really
        receipt refund repair replacement reset return right said same say see send sent set shipping should show
        sign since something soon spare status still stop support take talk tell thank thing things think time
        today tomorrow track tracking try trying two unable update use used voucher want warranty water way week
        well went whether without work working wrong yes yesterday yet"""
    ),
    stemmer="english",
    joiner=" ",
    question_cues=folded_cues(
        when="when|how long|how soon|how late|what time|which day|what day|what date|which date|by when|until when",
        how_much="how much|what does it cost|what do i pay|what is the price|what's the price|what is the fee|"
        "what are the fees|is there a fee|is there a charge",
        number="how many|how often|how far|how big|how heavy|how old|how large|how high|how loud|how hot|"
        "what percentage|what number",
        who="who|whom|whose|which company|which person",
        where="where|which country|which city|which page|what address|which address",
        why="why|how come|for what reason|what is the reason|what causes|what caused",
        how_to="how do|how can|how to|how should|how does|how would|how could|what should i do|what do i do|"
        "what can i do|what steps",
        yes_no="is|are|am|was|were|do|does|did|can|could|will|would|may|must|should|shall|has|have|had|isn't|aren't|"
        "don't|doesn't|can't|won't",
        what="what|which",
    ),
    calendar=calendar_words(
        months="january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|"
        "sep october|oct november|nov december|dec",
        numerals="one two three four five six seven eight nine ten eleven twelve",
        minute="minutes|minute|mins|min",
        hour="hours|hour|hrs|hr|h",
        day="days|day",
        working_day="working_days|working_day|business_days|business_day|weekdays",
        week="weeks|week",
        month="months|month",
        year="years|year|yrs|yr",
    ),
    phrases=Phrases(
        no_evidence="I'm sorry, I could not find this in our documents. Shall I pass you to a colleague?",
        low_confidence="I found something related, but I am not sure that it answers your question. "
        "Shall I pass you to a colleague?",
        conflict="Our documents say different things about this, so I would rather not guess. "
        "Shall I ask a colleague to confirm?",
        unsafe="I'm sorry, I can't help with that. If you have a question about our products or services, "
        "I'm happy to help.",
        lead_in="From “{title}”:",
        lead_in_policy="Our policy “{title}” says:",
        lead_in_steps="These are the steps from “{title}”:",
        lead_in_case="In a similar case (“{title}”), we answered:",
        other_language="We have this information in {language} only:",
        clarify="Which of these applies to you?",
        handoff="Of course. I am passing you to a colleague, who will answer here and can see what you have written.",
    ),
)
