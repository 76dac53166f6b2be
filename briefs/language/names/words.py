"""Word lists of English that tell what a name names: titles, offices, head nouns of kinds. No names of things."""

from __future__ import annotations

from briefs.language.words import word_set
from briefs.models import EntityKind

KIND_OF_LABEL: dict[str, EntityKind] = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
    "PRODUCT": EntityKind.PRODUCT,
    "EVENT": EntityKind.EVENT,
    "WORK_OF_ART": EntityKind.WORK,
    "LAW": EntityKind.WORK,
}


# Head nouns that are surnames as well: "Jerry Hall", "City Hall".
SURNAMES_TOO = word_set(
    "hall house park lake bay street bridge hills times post guard beach tower ford song show book bill race cup bank base "
    "city county prison port forest desert plaza mount island prince fund trust major castle field page young"
)
# Written with a capital before a person's name, and no part of it.
COURTESY = word_set("mr mrs ms miss dr sir dame lord lady madam mme rev messrs")
TITLES = word_set(
    """president vice-president premier chancellor minister secretary undersecretary senator sen sens rep reps representative
    congressman congresswoman governor gov gov-elect lieutenant mayor councilman councilwoman judge justice magistrate
    chairman chairwoman chairperson chair speaker leader whip king queen prince princess emperor pope archbishop bishop
    cardinal rabbi imam ayatollah sheikh reverend pastor father brother sister general gen colonel col major maj captain capt
    commander cmdr admiral adm sergeant sgt corporal cpl lt private officer detective det sheriff marshal chief director
    administrator commissioner ambassador envoy attorney prosecutor solicitor professor prof doctor coach manager editor
    correspondent reporter spokesman spokeswoman spokesperson candidate nominee trooper constable inspector superintendent
    agent deputy ceo cfo coo founder executive principal dean analyst economist astronaut cosmonaut pilot actor actress
    singer director-general president-elect supt insp hon amb adviser advisor counsel counselor counsellor presidents senators governors ministers representatives
    justices judges generals"""
)
PLURAL_TITLES = word_set(
    "presidents senators governors ministers representatives justices judges generals sens reps drs messrs"
)
TITLES_EXTRA = word_set("vice deputy acting former prime foreign chief attorney assistant interim first lady late then")
MALE = word_set(
    """mr sir lord king prince father brother monsignor congressman chairman spokesman councilman businessman policeman
    husband son widower boyfriend actor man boy gunman pope cardinal sheikh waiter nephew uncle grandfather himself he his
    him"""
)
FEMALE = word_set(
    """mrs ms miss dame lady madam mme queen princess mother sister congresswoman chairwoman spokeswoman councilwoman
    businesswoman policewoman wife daughter widow girlfriend actress woman girl nun waitress niece aunt grandmother herself
    she her hers"""
)
RELATIVES = word_set(
    """wife husband son daughter brother sister mother father widow widower lady gentleman nephew niece cousin uncle aunt
    grandson granddaughter grandfather grandmother sons daughters brothers sisters stepson stepdaughter"""
)
# Given names by which one knows whom "she" can mean: the commonest of the English-speaking countries' registers,
# and some that are common in other languages.
MALE_NAMES = word_set(
    """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric
    jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry
    tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah
    gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan alan
    juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny mike jim bob bill tom dan steve dave
    tim greg jeff ben sam matt tony chris rick ron ken ted phil fred harry mohammed muhammad ahmed ali ivan igor
    vladimir dmitry sergei oleg luis carlos miguel hans pierre jean giovanni"""
)
FEMALE_NAMES = word_set(
    """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy
    angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel carolyn janet catherine
    maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea
    cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy
    sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla
    alexis lori hillary susan kate liz sally anne ellen olga natalia elena irina svetlana fatima aisha carmen lucia ingrid
    yulia tatiana claire eleanor hilary"""
)
# Short forms of given names, each with the long form.
NICKNAMES: dict[str, str] = {
    short: long
    for long, shorts in {
        "michael": "mike mick",
        "robert": "bob rob bobby",
        "william": "bill will billy",
        "james": "jim jimmy jamie",
        "thomas": "tom tommy",
        "richard": "rick dick rich",
        "joseph": "joe joey",
        "charles": "charlie chuck",
        "donald": "don donny",
        "david": "dave",
        "daniel": "dan danny",
        "stephen": "steve steven",
        "edward": "ed ted eddie",
        "anthony": "tony",
        "christopher": "chris",
        "matthew": "matt",
        "gregory": "greg",
        "jeffrey": "jeff",
        "benjamin": "ben",
        "samuel": "sam",
        "timothy": "tim",
        "nicholas": "nick",
        "kenneth": "ken",
        "ronald": "ron",
        "lawrence": "larry",
        "andrew": "andy drew",
        "patrick": "pat",
        "raymond": "ray",
        "frederick": "fred",
        "philip": "phil",
        "alexander": "alex",
        "elizabeth": "liz beth betsy",
        "katherine": "kate kathy",
        "susan": "sue",
        "deborah": "debbie",
        "margaret": "maggie peggy",
        "jennifer": "jen",
        "rebecca": "becky",
        "victoria": "vicky",
    }.items()
    for short in shorts.split()
}
SUFFIXES = word_set("jr sr ii iii iv phd md esq")

HEADS: dict[EntityKind, frozenset[str]] = {
    EntityKind.ORGANISATION: word_set(
        """agency company corporation corp inc ltd llc plc gmbh co department dept ministry committee council commission court
        bank university college school institute institution party union group team club army police force forces navy senate
        house congress parliament assembly legislature association federation foundation administration bureau office board
        firm airline airlines airways newspaper magazine network broadcaster league caucus authority service services
        organization organisation alliance coalition society trust fund ventures partners holdings systems industries
        laboratory laboratories lab labs guard patrol cabinet chamber publisher manufacturer carrier
        maker retailer operator contractor startup start-up guerrillas militia rebels times post journal tribune herald news"""
    ),
    EntityKind.PLACE: word_set(
        """city county state province country nation river lake mountain mount island islands street avenue road boulevard
        square airport center centre cosmodrome base bay sea ocean region valley district hotel park stadium headquarters
        prison tower bridge beach village town peninsula territory republic kingdom capital suburb neighborhood neighbourhood
        port harbor harbour coast desert forest spaceport facility complex plaza cathedral palace mall arena strait gulf
        canyon canal highway interstate station terminal camp border hills heights room building tower hall house-museum restaurant cemetery"""
    ),
    EntityKind.CRAFT: word_set(
        """spacecraft rocket capsule satellite shuttle probe rover ship vessel submarine aircraft telescope lander orbiter
        module frigate destroyer ferry tanker yacht boat jet airliner plane helicopter drone carrier-ship booster freighter
        cruiser trawler warship spaceship"""
    ),
    EntityKind.PROGRAMME: word_set("program programme project initiative mission scheme operation plan"),
    EntityKind.EVENT: word_set(
        """war cup olympics games summit conference election elections festival hurricane earthquake championship championships
        revolution bowl storm typhoon cyclone uprising massacre race derby prix awards debate inauguration referendum"""
    ),
    EntityKind.WORK: word_set(
        "book film movie novel album song show series memoir painting play documentary podcast act bill"
    ),
    EntityKind.PRODUCT: word_set(
        "phone smartphone software app browser drug vaccine car model device console tablet laptop chip"
    ),
}
KIND_OF_HEAD: dict[str, EntityKind] = {head: kind for kind, heads in HEADS.items() for head in sorted(heads)}

PERSON_NOUNS = TITLES | word_set(
    """man woman boy girl teenager student teacher lawyer attorney doctor nurse banker billionaire businessman businesswoman
    politician lawmaker official aide adviser advisor historian scientist researcher physicist engineer activist journalist
    author writer novelist poet artist musician rapper guitarist drummer comedian host anchor player quarterback pitcher
    striker midfielder goalkeeper defender driver champion swimmer boxer owner wife husband son daughter mother father
    brother sister widow friend girlfriend boyfriend partner neighbor neighbour suspect defendant victim witness gunman
    shooter driver resident veteran soldier boss head strategist pollster donor blogger model filmmaker producer designer
    architect chef priest monk nun expert critic counsel lobbyist developer entrepreneur investor trader cofounder
    co-founder secretary-general farmer singer dancer baker fisherman fisher plumber carpenter mechanic builder painter sculptor
    photographer translator interpreter librarian economist chemist biologist astronomer mathematician psychologist surgeon
    dentist pharmacist midwife paramedic firefighter policeman policewoman guard sailor skipper captain miner logger hunter
    gardener waiter waitress cook bartender barber tailor weaver cobbler salesman saleswoman clerk cashier accountant auditor
    broker banker financier landlord tenant retiree pensioner migrant refugee immigrant prisoner inmate convict thief robber
    burglar hacker smuggler dealer gangster terrorist militant rebel warlord dissident protester campaigner volunteer organizer
    organiser whistleblower informant spy diplomat negotiator mediator councillor legislator deputy lawmaker mp assemblyman
    alderman treasurer regent trustee chancellor provost rector lecturer tutor pupil graduate alumnus athlete runner cyclist
    skier skater golfer boxer wrestler gymnast rower sprinter jockey referee umpire trainer forward winger goalie batsman
    bowler captain teammate opponent rival challenger incumbent predecessor successor heir cousin uncle aunt nephew niece
    grandfather grandmother grandson granddaughter fiancee spouse parent child baby toddler youth adult person native
    citizen survivor hero star celebrity comic magician conductor composer violinist pianist cellist trumpeter critic
    columnist editor publisher anchorman broadcaster presenter narrator screenwriter playwright biographer"""
)
# Offices that say nearly the same of a person: "space chief" is "head of the space agency".
OFFICES: tuple[frozenset[str], ...] = (
    word_set(
        "chief head director administrator boss leader chairman chairwoman chair ceo president executive manager commander"
    ),
    word_set("spokesman spokeswoman spokesperson"),
    word_set("lawyer attorney counsel"),
    word_set("senator sen lawmaker politician"),
    word_set("representative rep congressman congresswoman lawmaker politician"),
)

_FIRM = "company firm"
# What a thing may be called besides: an airline is a carrier and a company, an act of parliament a law and a measure.
_KINDRED: tuple[tuple[str, str], ...] = (
    (
        """company firm corporation conglomerate manufacturer maker retailer automaker carmaker supplier contractor operator
        publisher brewer insurer lender startup start-up chain giant subsidiary brand developer utility studio drugmaker
        chipmaker shipbuilder planemaker supermarket group""",
        _FIRM,
    ),
    ("airline carrier", f"airline carrier {_FIRM}"),
    ("airways", f"airline carrier {_FIRM}"),
    ("bank lender", f"bank lender {_FIRM}"),
    ("motor", f"automaker carmaker manufacturer {_FIRM}"),
    ("broadcaster network channel", "broadcaster network channel"),
    ("newspaper paper daily tabloid", "newspaper paper"),
    ("act bill law legislation statute measure proposition amendment", "act bill law legislation measure"),
    ("hurricane typhoon cyclone storm", "hurricane typhoon cyclone storm"),
    ("agency bureau administration", "agency"),
    ("department ministry", "department ministry agency"),
    ("club team side", "club team side"),
    ("university college school", "university college school"),
    (
        "group organization organisation nonprofit charity coalition alliance association federation union foundation society",
        "group organization organisation",
    ),
    ("committee commission council board panel", "panel"),
    ("ship vessel boat ferry tanker yacht frigate destroyer freighter trawler warship cruiser", "ship vessel boat"),
    ("aircraft plane jet airliner", "aircraft plane jet airliner"),
    ("spacecraft capsule probe orbiter lander spaceship satellite", "spacecraft craft"),
    ("rocket booster", "rocket booster"),
    ("film movie documentary", "film movie"),
    ("book novel memoir biography", "book"),
    ("song single", "song single"),
    ("album record", "album"),
    ("treaty pact accord agreement", "treaty pact accord agreement deal"),
    ("festival", "festival event"),
    ("earthquake quake", "earthquake quake"),
)
CALLED: dict[str, frozenset[str]] = {}
for _nouns, _other in _KINDRED:
    for _noun in _nouns.split():
        CALLED[_noun] = CALLED.get(_noun, frozenset()) | word_set(_other) | {_noun}

ABBREVIATED = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "adm": "admiral",
    "prof": "professor",
    "pres": "president",
    "supt": "superintendent",
    "det": "detective",
}

SPEECH = word_set(
    """say tell ask add reply answer announce state declare explain note argue warn insist claim suggest admit acknowledge
    concede confirm deny stress emphasize observe remark respond write tweet recall predict continue conclude testify
    comment complain joke promise vow believe think hope want praise urge"""
)

CALENDAR = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday tomorrow am pm est edt gmt
    utc pst pdt christmas thanksgiving easter"""
)
FIRMS = word_set(
    """motors airlines airways industries partners capital bank ventures holdings systems technologies pharmaceuticals
    energy foods brothers electric oil media entertainment records studios stores laboratories university management
    investments securities associates solutions networks communications insurance financial petroleum steel pharma equity
    logistics railways shipping telecom telecommunications software semiconductor semiconductors aerospace automotive
    publishing pictures wireless airplanes aircraft shipyards breweries chemicals mining minerals robotics biotech"""
)
COMPANY_FORMS = word_set("inc corp corporation co company ltd limited llc plc gmbh ag sa nv group holdings")
# A name before one of these is the name of such a thing: "the Halden lunar program", "a Brisling rocket".
TYPED_BY_HEAD: dict[str, EntityKind] = {
    **dict.fromkeys(("program", "programme"), EntityKind.PROGRAMME),
    **dict.fromkeys(
        (
            "rocket",
            "spacecraft",
            "capsule",
            "rover",
            "probe",
            "satellite",
            "telescope",
            "lander",
            "module",
            "spaceship",
        ),
        EntityKind.CRAFT,
    ),
    **dict.fromkeys(("cosmodrome", "spaceport", "airport", "facility"), EntityKind.PLACE),
}
# A name that begins with one of these is of this kind: "Hurricane Ida", "Mount Sarn", "University of Linz".
KIND_OF_FIRST: dict[str, EntityKind] = {
    **dict.fromkeys(("hurricane", "typhoon", "cyclone", "storm"), EntityKind.EVENT),
    **dict.fromkeys(("mount", "lake", "fort", "port", "cape", "isle", "gulf", "republic", "kingdom"), EntityKind.PLACE),
    **dict.fromkeys(
        ("university", "department", "ministry", "bank", "bureau", "office", "court"), EntityKind.ORGANISATION
    ),
    "operation": EntityKind.PROGRAMME,
}
# These before a name that spaCy takes for an organisation make it a person's.
OFFICE_TITLES = COURTESY | word_set(
    "president senator sen rep representative governor gov secretary minister judge justice mayor prof professor dr sgt"
)
# What has one of these people at its top is an organisation (or a land): "Acme's director", "the head of Acme".
LEADERS = word_set(
    "director head chief ceo chairman chairwoman founder co-founder administrator boss executive spokesman spokeswoman "
    "headquarters shares employees shareholders owner board staff"
)
PORTFOLIOS = word_set(
    "state defense defence justice treasury commerce labor labour energy education health interior agriculture transportation "
    "transport finance trade war foreign"
)
PLACES_NAMED = word_set(
    "island city town state province village district region county kingdom republic capital port peninsula suburb "
    "territory country nation"
)  # "the island of Sarn"
LOCATIVE = word_set("in near outside across throughout within into around toward towards via")
