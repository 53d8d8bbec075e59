"""English."""

from __future__ import annotations

from engine.assist.sentiment.lexicon import Lexicon

__all__ = ["LEXICON"]

LEXICON = Lexicon(
    codes=("en",),
    fury=r"f\W?\*+\w*|fuck\w*|shit\w*|crap|bloody|hell|bastards?|morons?|stupid|dumb|incompeten\w+|criminals?|"
    r"crooks?|con artists?|conned|rubbish|garbage|trash|nightmare|disaster|hate|despise|vile|insult\w*|insane|"
    r"outrage|(?:a|utter|absolute|total|complete) disgrace|disgraceful|unbelievable|shameful|abysmal|dreadful|"
    r"atrocious|never again|never (?:buy|order|shop)\w*|(?:avoid|stay away)(?: at all costs)?(?=\W*$)|ruined|"
    r"cheat\w*|stole|steal\w*|theft|thief|robbed|swindl\w+|ripped off|lied|lie to me|my money back now|demand|"
    r"gives? a damn|how dare|last straw|are you (?:kidding|serious|joking)|you must be joking|good riddance|"
    r"beyond a joke|do(?:n't| not) contact me|what the|for god'?s sake|for crying out loud|screw\w*|cowboys|"
    r"taking the (?:mick|piss)|infuriat\w*|livid|fuming|enraged|pissed(?: off)?|robbery|extortion\w*|bunch of|"
    r"waste of money|clowns?|worthless|i'?m done|done with (?:you|this)|switching to (?:a |your )?(?:competitor|"
    r"another)|tak(?:e|ing) my business|cancel(?:l)?ing (?:my (?:account|contract|subscription|membership)|"
    r"everything)|class action|blood boil\w*|drop dead|go to hell|get lost|spineless|arrogant|mockery|laughing stock|"
    r"zero respect|how (?:dare|stupid)|bandits?|vultures?|leeches|parasites|robbers|crooked|do you (?:understand|"
    r"hear me|people)|i hope you|live with (?:that|yourselves)|you (?:people|lot) (?:are|should)|how do you sleep|"
    r"speechless with|with rage|killed|injured|in tears because|put me in",
    grievance=r"still (?:waiting|no|not|nothing|haven'?t|hasn'?t|isn'?t|don'?t|doesn'?t)|"
    r"(?<!use )(?<!come )(?<!back )(?<!you )again(?=\W*$)|yet again|once again|(?:i'?ve|"
    r"i have) (?:already )?(?:asked|told|written|called|explained|said|sent|emailed|checked|been)|(?:two|three|four|"
    r"five|six|several|many|\d+) (?:times|emails|calls|phone calls|days ago|weeks ago|months ago)|why (?:do|should|"
    r"must|is it that) i|how (?:hard|long|many|difficult) (?:can|does|more|do)|nobody|no one|(?:actually|even|"
    r"ever) (?:answer|read|listen|reply|help)\w*|ignor\w+|instead of|every (?:single )?time|you (?:said|promised|"
    r"told me|people|guys said|claimed)|was promised|were promised|wast(?:e|ed|ing)|for nothing|fault(?=\W*\?)|"
    r"my fault|your (?:fault|driver|warehouse|system|mistake)|passed around|run ?around|different (?:story|answer)|"
    r"without (?:asking|solving|telling|warning)|closed my|hung up|on hold|(?:not|n't) (?:happy|satisfied|acceptable|"
    r"good enough|fair|my problem|accept)|unhappy|annoy\w*|irritat\w+|frustrat\w+|complain\w*|complaint|excuses?|"
    r"nothing (?:has )?happen\w*|no (?:email|call|reply|answer|response|update|explanation)|so basically|do your job|"
    r"your job|can(?:'t| ?not) (?:even|count|be bothered)|i(?:'m| am) tired of|sick and tired|threw|dumped|"
    r"overcharged|charged twice|supposed to|should have (?:been|told)|thanks to you|i don'?t want another|"
    r"read what i|copy-?paste\w*|automated|the whole (?:thing|story)|unprofessional|rude|careless|sloppy|(?:been|"
    r"kept|left) waiting|waiting (?:for|since|on) (?:over |more than |almost |nearly )?(?:an? |two |three |"
    r"\d+ )?(?:hours?|days?|weeks?|months?)|since (?:last|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|"
    r"kept (?:getting|being|asking)|keeps? (?:asking|sending|telling|charging|getting|being)|transferred|bounced|"
    r"fobbed off|brushed off|not (?:a|one) single|hidden (?:fees?|charges?|costs?)|without (?:my |any )?(?:consent|"
    r"permission|notice|warning)|unanswered|overbooked|getting nowhere|not my (?:problem|fault|mistake)|"
    r"disrespect\w*|unfair|dismissive|condescending|misled|bait and switch|last[- ]minute|no[- ]show|(?:didn'?t|"
    r"never) (?:show|turn) up|never (?:called|showed|replied|answered|got|received|heard|came|arrived)|(?:second|"
    r"2nd) time|what'?s the point|too much to ask|is it (?:really )?(?:so|that) (?:hard|difficult)|nonsense|"
    r"care to explain|explain (?:why|how come)|nobody (?:can|could|seems)|stood me up|no refund|refus(?:e|es|ed|ing)|"
    r"same (?:answer|reply|excuse)|chas(?:e|ed|ing)|unhelpful|useless",
    regret=r"disappoint\w*|let ?down|unfortunately|sadly|regret\w*|shame|pity|hoped|hoping for|expected better|"
    r"not what i (?:expected|ordered|paid)|expected (?:more|something)|used to be|misleading|overpriced|mediocre|"
    r"poor(?:ly)?|bad|worse|underwhelm\w*|subpar|could be better|could be worse|too (?:noisy|loud|expensive|slow|"
    r"small|heavy|late|weak|long|short|hot)|so much for|less than half|barely|nothing like|send it back|"
    r"wouldn'?t (?:buy|recommend|order)|can(?:'t|not) recommend|don'?t recommend|sorry to bother|wish i|"
    r"thought (?:the|it|that|this)|(?:two|three|one|2|3|1) stars?|to be (?:frank|honest)|not worth|waste of|"
    r"let me down|meh|dissatisf\w+|unsatisf\w+|inconvenien\w+|upset|sad|unlucky|flims\w+|cheap-looking|not (?:as|"
    r"what was|like) (?:advertised|described|promised|pictured|expected)|gone downhill|went downhill|unimpressed|"
    r"lacking|shoddy|cheap(?:ly)?[- ]made|fell apart|falls? apart|second thoughts|mistake|wish (?:it|you|they|the)|"
    r"expectations|sorry to (?:say|see)|too bad|underwhelming|bland|stale|dirty|slow|tasteless|awkward|clunky|"
    r"confusing menu|not (?:quite )?(?:there|up to)|fall(?:s|en)? short|missed the mark|worse than|not the same|"
    r"dissapoint\w*|disapoint\w*|hardly|limited|only (?:lasted|works|got)",
    fault=r"broken?|broke|crushed|dented|scratch\w*|cracked|missing|leak\w*|wrong|damaged|defective|faulty|"
    r"doesn'?t (?:fit|work|turn|charge|start|open)|does not (?:fit|work|turn|charge|start)|won'?t|stopp?ed|came off|"
    r"fell off|smells?|stain\w*|streaks|late|delay\w*|lost|empty box|bumps|same (?:fault|problem|issue|error)|"
    r"keeps? \w+ing|dies|died|dead|fail\w*|never (?:finds|works|arrived|came)|isn'?t working|not working|unusable|"
    r"noisy|crash(?:es|ed|ing)?|freez(?:es|ing)|froze|frozen|glitch\w*|bugs?|buggy|rejected|declined|spilled|torn|"
    r"ripped|dripp\w+|flicker\w*|overheat\w*|disconnect\w*|blocked|stuck|mould\w*|rust\w*|faded|cold food|incomplete|"
    r"expired|cancel(?:l)?ed",
    worry=r"worr\w+|scared|afraid|fear\w*|frighten\w*|nervous|anxious|concern\w*|panic\w*|help me|please help|(?:is|"
    r"are) (?:it|that|this|they) safe|not comfortable|uncomfortable|urgent\w*|asap|hurry|desperate\w*|oh no|"
    r"(?:really )?need it (?:before|by|for)|in time|don'?t know what to do|what should i do|please don'?t|burn(?:t|"
    r"ing|s)?|smoke|gone|by mistake|hacked|stolen|fraudulent|unauthori[sz]ed|will i lose|lose my|deadline|"
    r"what happens (?:to|if)|hospital|surgery|funeral|wedding|baby|stress\w*|before (?:saturday|sunday|monday|"
    r"tuesday|wednesday|thursday|friday|christmas)|pointless|uneasy|troubl(?:ed|ing)|alarm(?:ed|ing)|terrified|"
    r"dread\w*|at risk|dangerous|suspicious|phishing|as soon as possible|emergency|critical|stranded|locked out|"
    r"can'?t (?:sleep|afford)|running out of time|interview|please (?:hurry|advise|respond|reply|tell me)|what if|"
    r"going to miss|miss my|(?:might|could) lose|is my (?:money|data|account|card)|safe to|not safe|unsafe|sensitive|"
    r"allerg\w+|any idea (?:when|if)|time is running",
    puzzle=r"confus\w*|(?:don'?t|do not|didn'?t|can'?t) (?:follow|understand|get it|see how|find)|not sure|unsure|"
    r"unclear|no idea|puzzl\w+|baffl\w+|lost (?:here|me)|what does .{1,30}mean|which (?:one )?is (?:right|correct|"
    r"it)|am i (?:doing|missing)|makes? no sense|doesn'?t make sense|how am i supposed|where exactly|what exactly|"
    r"contradict\w*|do you mean|what do you mean|mixed up|says .{1,40}(?:but|your|and) .{0,30}says?",
    thanks=r"thanks?|thank you|thx|ty|cheers|appreciat\w+|grateful|much obliged|ta",
    content=r"good|great|fine|ok(?:ay)?|nice|lovely|cool|perfect|helpful|helped|useful|clear(?:ly)?|works (?:now|"
    r"fine|so far|well|again)|works|pleased|glad|happy|satisf\w+|relie(?:f|ved)|better|quick(?:ly)?|fast|friendly|"
    r"kind|patient|did the trick|no (?:worries|problem)|never mind|fair enough|makes sense|sounds good|found it|"
    r"got it|all good|sorted|solved|fixed|resolved|smooth(?:ly)?|easy|comfortable|reliable|quiet|sceptical at first|"
    r"skeptical at first|got there in the end|have a (?:nice|good|great)|well made|honest(?= about)|impress\w*|"
    r"worth (?:it|the)|like it|reassur\w+|decent|solid|tasty|clean|enjoy\w*|courteous|polite|professional|attentive|"
    r"efficient|responsive|prompt(?:ly)?|as described|like a charm|good to know|problem solved|neat|handy|convenient|"
    r"intuitive|straightforward|that (?:helps|helped|explains|works)|that'?s (?:all i needed|it|better|fine|clear)|"
    r"understood|will do|brill|sweet|cosy|well explained|spacious|fresh|warm|delicious|up and running|in no time|"
    r"no rush|can live with|pleasant(?:ly)?|recommended|looks (?:like )?new|as good as new|like new|fair play|"
    r"would use|use (?:you |it )?again|be back|back (?:within|in) (?:the|an?) |toasty|does what it|happy days|"
    r"turned up|regret nothing|without being asked|hats? off|clicked|sparkl\w+|came out (?:well|nicely)|trustworthy",
    delight=r"amazing|awesome|fantastic|excellent|brilliant|wonderful|superb|outstanding|incredible|fabulous|stellar|"
    r"perfectly|love(?:d|s)?|adore\w*|thrilled|delighted|over the moon|ecstatic|best|wow|yay|hooray|woohoo|a star|"
    r"hero|legends?|life ?saver|saved my|made my day|(?:couldn'?t|could not|can'?t) be happier|(?:couldn'?t|"
    r"can'?t) (?:ask for|fault)|highly recommend\w*|would recommend|recommend (?:it )?to|ten out of ten|10/10|"
    r"five stars?|5 stars?|like a dream|so happy|very happy|really happy|absolutely|huge thanks|thank you so much|"
    r"thanks so much|thank you thank you|can'?t believe (?:how (?:good|fast|quick|well)|you)|dream|exceeded|spot on|"
    r"super|even better|beyond my expectations|never been (?:this|so) (?:clean|good|happy|easy)|fab|gorgeous|"
    r"flawless(?:ly)?|top[- ]notch|first[- ]class|world[- ]class|phenomenal|terrific|magic(?:al)?|blown away|"
    r"speechless|above and beyond|gem|favou?rite|bless(?: you)?|genius|kudos|hats off|a million|forever grateful|"
    r"can(?:'t| ?not) thank (?:you|them) enough|extra mile|for life|stunning|obsessed|chuffed|impeccable|"
    r"beyond (?:impressed|happy)|so (?:impressed|grateful|good|pleased)|really impressed|unforgettable|"
    r"the dream team|exceptional|remarkable|sensational|best (?:\w+ )?ever|tears of joy|deserve a medal|golden hands|"
    r"telling (?:all|everyone)|told (?:all|everyone)|jealous|goosebumps|saved (?:us|me)|years younger|"
    r"first time in my life|no idea how happy|made us|in love|bless",
    irony=r"thanks (?:a lot )?for nothing|(?:really|so|very) helpful, |well done|great (?:job|"
    r"service|work),? (?:guys|really|as always|losing)|oh (?:great|brilliant|wonderful|lovely|fantastic|perfect)|"
    r"how (?:nice|lovely|wonderful|generous) of you|just (?:great|what i needed|perfect|brilliant)|my foot|as if|"
    r"yeah,? right|congratulations|bravo|slow clap|[\\x22“'](?:premium|experts?|support|service|customer service|"
    r"quality|free|professional|care|help|new)\w*(?: \w+)?[\\x22”']|\bso much for\b|would be nice if (?:somebody|"
    r"someone|you)|impressive,? really|what a surprise|just wonderful|keep it up|good luck with that|lucky me|"
    r"what a (?:joy|treat|service|bargain)|thanks for the (?:heads[- ]up|warning) (?:after|once)|love (?:how|that|"
    r"it when) (?:you|your|nobody)|so glad i (?:paid|pay|waited)|couldn'?t care less|take your time|10/10 for|award|"
    r"outstanding work|genius idea",
    litotes=r"not (?:at all )?(?:bad|terrible|wrong)(?: at all)?|no complaints?|can'?t complain|nothing to complain|"
    r"can(?:'t|not) fault|never (?:had )?(?:a |any )?(?:problems?|issues?)|no (?:problems?|issues?)(?: at all|"
    r" so far)?|couldn'?t be (?:happier|better|easier)|don'?t worry|no worries|nothing (?:bad|negative) to say|"
    r"couldn'?t (?:ask|wish) for|no regrets|didn'?t (?:disappoint|take long)|never (?:let|lets) me down|"
    r"not disappointed|without (?:a|any) (?:hitch|problems?|issues?)|hassle[- ]free|wasn'?t (?:bad|wrong)",
    tepid=r"not (?:a |so |very |really |exactly |particularly |all that )*(?:great|good|happy|nice|helpful|impressed|"
    r"convinced|perfect|satisfied|pleased|clear|ideal|amazing|worth|recommend\w*)|wouldn'?t say (?:it|that)|okay but|"
    r"ok but|it'?s okay|so-so|average|nothing special|isn'?t (?:great|good|right|fair)|not a (?:great|good)|"
    r"(?:don'?t|wouldn'?t|can'?t) recommend|could have been better|leaves? (?:a lot|much) to be desired|"
    r"room for improvement|nothing to write home|not worth|hardly (?:worth|what)|not (?:exactly )?(?:cheap|as good)|"
    r"isn'?t (?:working|helping|helpful)|expected more",
    contrast=r"but|however|although|though|yet|except|unfortunately|only that|still",
    stress=r"very|really|so|extremely|absolutely|totally|completely|utterly|incredibly|ever|ages|single|at all|"
    r"always|whatsoever|honestly|truly|even",
    request=r"please|could you|can you|would you|i'?d like|i would like|i want to|i need (?:a|an|to|the)|send me|"
    r"kindly|in advance|can i|could i|may i|is there|are there|do you|does the|can the|can it|will it|order number|"
    r"order",
    asking=r"^(?:what|when|where|which|who|how|is|are|do|does|did|can|could|will|would|if|has|have|may|should)",
    negators_before=r"not|n't|never|no|nor|neither|without|hardly|wouldn'?t say|nothing|isnt|dont|cannot|far from",
)
