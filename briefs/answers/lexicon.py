"""Words that tell what a question asks for: general English, no name of a person, place or outlet."""

from briefs.language.words import word_set

WH = {"who", "whom", "whose", "what", "which", "when", "where", "why", "how"}
TIME_NOUNS = word_set("date day time year month week hour weekday decade century era season")
SPAN_NOUNS = word_set("length duration span age")
AMOUNT_NOUNS = word_set(
    """profit revenue cost price number amount vote toll score share percentage percent salary budget loss size
    total result tally magnitude population rate value fine proportion fraction turnout margin majority deficit
    debt bill fee ransom prize speed height depth width weight distance temperature sum earnings income turnover
    dividend stake wage bonus figure count record capacity attendance"""
)
NAME_NOUNS = {"name", "names"}
PERSON_NOUNS = word_set(
    """person people man woman leader officer president minister senator politician actor actress singer player
    judge lawyer governor mayor chief head director boss king queen pope general commander scientist author
    writer journalist reporter astronaut cosmonaut candidate winner owner founder ceo chairman chairwoman
    captain coach striker driver pilot doctor suspect victim witness spokesman spokeswoman spokesperson official
    lawmaker congressman congresswoman representative administrator secretary ambassador envoy chancellor prince
    princess emperor philosopher artist composer musician economist executive banker student teacher professor
    guy sister brother wife husband son daughter father mother premier sheriff prosecutor attorney detective
    analyst goalkeeper defender midfielder quarterback pitcher referee manager researcher physicist chemist
    biologist engineer architect poet novelist painter director sultan duke bishop archbishop rabbi imam
    cardinal soldier rebel hostage survivor gunman attacker killer robber thief hacker whistleblower donor
    investor billionaire entrepreneur successor predecessor rival opponent challenger runner cyclist swimmer
    boxer golfer skater jockey athlete champion partner spouse girlfriend boyfriend fiance parent uncle aunt
    cousin nephew niece grandson granddaughter child kid girl boy resident deputy aide adviser advisor alderman
    councillor councilman councilwoman nominee inventor explorer designer producer editor publisher speaker
    treasurer host presenter anchor celebrity model chef monk priest nun theologian historian mathematician"""
)
PERSON_NOUNS |= {"head of government", "head of state"}
ORGANISATION_NOUNS = word_set(
    """airline company firm outlet studio bank agency organisation organization group party team club university
    school newspaper network station manufacturer maker carmaker automaker business corporation union court
    ministry department league band label publisher operator carrier retailer supplier council committee
    commission parliament congress senate institute charity foundation association federation army militia
    brand startup lender insurer chain broadcaster magazine website utility shipyard brewery museum college
    church orchestra regulator watchdog contractor coalition alliance"""
)
PLACE_NOUNS = word_set(
    """place city country state town village nation region province county continent location venue site island
    river mountain street airport port stadium capital district area building hotel planet lake sea ocean
    neighbourhood neighborhood address hometown birthplace headquarters base road highway bridge border valley
    desert forest park prison jail hospital territory colony suburb destination spaceport cosmodrome"""
)
GROUP_NOUNS = word_set("state country nation government city town province county")  # they act as well as lie somewhere
MONEY_NOUNS = word_set(
    """profit revenue cost price salary budget loss fine fee ransom debt deficit bill sum earnings income turnover
    dividend wage bonus money cash funding aid compensation damages payout investment dollar euro pound worth value"""
)
MONEY_VERBS = word_set(
    """pay cost spend earn owe buy sell raise donate charge invest fine lend borrow repay fund give win lose make
    worth bid offer"""
)
SHARE_NOUNS = word_set("percentage percent share proportion fraction rate stake")
PEOPLE_NOUNS = word_set(
    """people person man woman child victim worker employee soldier passenger survivor resident student member
    protester voter player migrant refugee hostage patient civilian troop casualty guest fan supporter prisoner
    official senator republican democrat lawmaker judge officer staff crew tourist pupil teacher"""
)
RUNNING = {"run", "lead", "head", "chair", "govern", "manage", "boss"}  # "who runs the agency" asks for an office
FUTURE_CUES = {
    "will",
    "shall",
    "'ll",
    "going",
    "due",
    "expected",
    "supposed",
    "scheduled",
    "planned",
    "set",
    "upcoming",
    "next",
}
ORDER = {
    "next": "next",
    "upcoming": "next",
    "coming": "next",
    "forthcoming": "next",
    "last": "last",
    "latest": "last",
    "newest": "last",
    "previous": "last",
    "recent": "last",
    "first": "first",
    "earliest": "first",
    "original": "first",
    "maiden": "first",
    "inaugural": "first",
    "final": "last",
}
LIGHT_VERBS = word_set("""do have be get make take go give happen hold call put use become""")
CARRYING = word_set("have make give take hold do pay deliver stage issue conduct face file launch lodge undergo")
ANY_HEAD = {"head", "chief", "boss", "leader", "person", "man", "woman"}  # words for whoever holds the highest office
AUXILIARIES = word_set(
    """is are was were am be been 's 're did do does has have had will would can could should shall may might must
    'll 'd ca wo sha ai"""
)
BE = {"is", "are", "was", "were", "am", "be", "been", "being", "'s", "'re"}
HAVE = {"has", "have", "had", "'ve"}
DO = {"did", "do", "does"}
# Verbs and adjectives that only announce, bring about or round off what the next verb says.
ANNOUNCING = word_set(
    """expect suppose schedule go plan set head start slate due likely able about bound tip want manage happen
    begin intend ready prepare fail continue decide hope"""
)
ROUNDING = {"end up", "wind up", "finish", "stop", "keep", "get to", "come to", "go on to", "go on"}
PARTICLES = word_set("up down off out over back away in on through apart together around along aside forward")
PREPOSITIONS = word_set(
    """to with by from for about of on in at into against over under after before during between among through as
    toward towards near since until till behind around above across onto inside outside without within upon despite
    via per amid besides alongside regarding concerning"""
)
ASKING = word_set(
    """date name actually exactly exact precisely day days really thing things kind kinds type types sort sorts
    else anyone anybody someone somebody something anything everyone everybody whether currently nowadays yet ever
    still already today anymore present currently much many long old often far ago alot lot lots one ones okay ok
    also too n't not currently please even precise specific specifically originally eventually ultimately
    finally main certain particular particularly called named known part apart away like such various different
    order several any each every who whom whose apart whats per upon onto"""
)  # words that only ask; no sentence must share them
SUPERLATIVES = {"most", "least", "only", "best", "worst", "main", "top", "sole"}
DEGREES = {
    "many": "count", "much": "amount", "long": "time", "often": "frequency", "frequently": "frequency",
    "old": "age", "young": "age", "far": "length", "tall": "length", "high": "length", "deep": "length", "wide": "length",
    "big": "size", "large": "size", "small": "size", "short": "length", "thick": "length",
    "fast": "speed", "quick": "speed", "quickly": "time", "soon": "time", "heavy": "weight", "hot": "temperature",
    "cold": "temperature", "strong": "size", "powerful": "size", "expensive": "money", "cheap": "money",
    "costly": "money", "rich": "money", "valuable": "money", "late": "time", "early": "time", "close": "length", "bad": "size",
}  # fmt: skip
AGENT_NOUNS = {
    "winner": "win", "founder": "found", "owner": "own", "buyer": "buy", "killer": "kill", "author": "write",
    "creator": "create", "inventor": "invent", "producer": "produce", "designer": "design", "maker": "make",
    "host": "host", "sponsor": "sponsor", "builder": "build", "discoverer": "discover", "architect": "design",
    "successor": "succeed", "publisher": "publish", "organiser": "organise", "organizer": "organize",
    "writer": "write", "composer": "compose", "painter": "paint", "developer": "develop", "manufacturer": "manufacture",
}  # fmt: skip  # "the winner of X" asks who won X
