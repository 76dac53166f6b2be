"""Words that tell what a question asks for: general English, no name of a person, place or outlet."""

from briefs.language.words import word_set

WH = {"who", "whom", "whose", "what", "which", "when", "where", "why", "how"}
TIME_NOUNS = {"date", "day", "time", "year", "month", "week", "hour", "weekday"}
AMOUNT_NOUNS = word_set(
    """profit revenue cost price number amount vote toll score share percentage percent salary budget loss size
    total result tally magnitude population rate value fine"""
)
NAME_NOUNS = {"name", "names"}
PERSON_NOUNS = word_set(
    """person people man woman leader officer president minister senator politician actor actress singer player
    judge lawyer governor mayor chief head director boss king queen pope general commander scientist author
    writer journalist reporter astronaut cosmonaut candidate winner owner founder ceo chairman chairwoman
    captain coach striker driver pilot doctor suspect victim witness spokesman spokeswoman spokesperson official
    lawmaker congressman congresswoman representative administrator secretary ambassador envoy chancellor prince
    princess emperor philosopher artist composer musician economist executive banker student teacher professor
    guy sister brother wife husband son daughter father mother"""
)
PERSON_NOUNS |= {"head of government", "head of state"}
ORGANISATION_NOUNS = word_set(
    """airline company firm outlet studio bank agency organisation organization group party team club university
    school newspaper network station manufacturer maker carmaker automaker business corporation union court
    ministry department league band label publisher operator carrier retailer supplier"""
)
PLACE_NOUNS = word_set(
    """place city country state town village nation region province county continent location venue site island
    river mountain street airport port stadium capital district area building hotel planet"""
)
RUNNING = {"run", "lead", "head", "chair", "govern", "manage"}  # "who runs the agency" asks for an office
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
    "last": "last",
    "latest": "last",
    "previous": "last",
    "recent": "last",
    "first": "first",
}
LIGHT_VERBS = word_set("""do have be get make take go give happen hold call put use become""")
ANY_HEAD = {"head", "chief", "boss", "leader", "person", "man", "woman"}  # words for whoever holds the highest office
