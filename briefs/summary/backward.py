"""What in a sentence points to another before it: pronouns without their name, connectives, things not yet spoken of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.language.words import STOP_WORDS, word_set
from briefs.models import EntityKind
from briefs.summary.notices import unquoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Mention

NEAR = (
    60  # characters in which what is pointed at would have to stand, or a person is named whom a first phrase speaks of
)


def _any(listed: str) -> str:
    """A pattern for any of the words and phrases listed; a phrase is joined by "_"."""
    return "(?:" + "|".join(phrase.replace("_", r"\s+") for phrase in listed.split()) + ")"


_CALENDAR = _any(
    "week month year morning afternoon evening weekend summer winter spring autumn fall season decade century january february march "
    "april may(?=,) june july august september october november december monday tuesday wednesday thursday friday saturday sunday"
)
_NO_SPAN = rf"\b(?!\s+{_CALENDAR}\b)"  # "this week" and "these days of May" need nothing before them
_WHICH = r"\s+(?:who|whose|with|in|of|that|on|at|from|days|were|are|most|already|aged|under|over|\w+ing|\w+ed|made|held|known|left|sent|taken|given)\b"
_OPEN = r"^[\"'“‘]?"
_CONNECTIVES = _any(
    "but and or so yet nor however also instead meanwhile moreover furthermore in_addition additionally nevertheless nonetheless "
    "therefore thus hence then(?!-) besides otherwise likewise similarly consequently as_a_result as_such as_for for_example "
    "for_instance for_now for_one for_that on_the_other_hand in_contrast in_response in_turn in_return in_other_words in_fact "
    "by_contrast by_comparison at_the_same_time at_another_point at_one_point at_the_time at_issue after_that afterwards? that_said "
    "indeed of_course again oddly somehow even_so not_so either_way all_the_same among_them when_asked if_asked as_asked "
    "asked_about asked_whether asked_if asked_why asked_how asked_by pressed_on pressed_about speaking_after_the speaking_before_the "
    "speaking_to_the speaking_at_the in_the_next in_the_meantime in_the_thread in_the_end in_the_letter in_the_video in_the_filing "
    "in_the_interview in_the_complaint in_the_statement in_the_e-?mail in_the_tweet in_the_post in_the_speech in_the_memo in_the_call "
    "in_a_similar_fashion in_a_similar_way in_a_similar_vein"
)
_WITH = _any("despite because_of following since during before by in on at with for under from of to")
_POINTED_AT = rf"(?:this(?!\s+day\b)|that|these|those(?!{_WHICH})|it|them|which)"
_LATELY = r"(?:now|today|tonight|finally|eventually|soon|perhaps|maybe|\w+ly|on\s+\w+day|in\s+\d{4})\s*,?"
_CONNECTIVE = re.compile(
    rf"{_OPEN}(?:{_CONNECTIVES}\b|{_any('still yes no well sure ok okay')}\s*,|{_WITH}\s+{_POINTED_AT}{_NO_SPAN}|"
    rf"(?:earlier|later)\b(?!\s+(?:this|on|in|today|last|next)\b)|{_LATELY}\s+(?:they|it|he|she)\b)",
    re.IGNORECASE,
)
_PRONOUNS = _any("he she they his her hers its their theirs him them that those such both here this these")
_PLAIN_IT = (  # "It is unclear whether …" points to nothing
    rf"it(?!\s+(?:took\b|(?:is|was|remains|remained)\s+(?:not\s+)?(?:immediately\s+)?"
    rf"{_any('unclear clear known unknown possible impossible likely unlikely too_early no_secret rare common unusual')}"
    r"(?:\s[\w’'-]+){0,6}\s(?:whether|if|how|why|when|who|what|where|that|to|for)\b))"
)
_PLAIN_THERE = r"there(?!['’]s\b|\s+(?:is|are|was|were|has|have|will|may|could)\b)"
_MORE = r"another(?!\s+(?:[\d.,]+|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|several)\b)"
_SOME = _any("some many most several all few one two three four five six both")
_VERB = _any("have had has are were was is said say do did will would could can")
_REST = _any(
    "two three four (?:\\w+_)?(?:pair|duo|trio) couple (?:former|latter)(?=,|_(?:is|was|has|had|will|said)\\b) others? same rest remaining remainder (?:\\w+_)?ones? other_\\w+"
)
_PRONOUN_FIRST = re.compile(
    rf"{_OPEN}(?:{_PRONOUNS}|{_PLAIN_IT}|{_PLAIN_THERE}|{_MORE}|others?|neither|none|either|each|"
    rf"{_SOME}\s+(?:of\s+(?:them|those|these|his|her|its|their)|{_VERB})|the\s+{_REST}|"
    rf"the\s+(?:first|second|third|last)\s+(?:is|was|were|will|has|had|of)){_NO_SPAN}",
    re.IGNORECASE,
)
_THAT_ONE = _any(
    "list promise end point letter meeting decision effort claim case incident issue report proposal number view stance purpose reason "
    "regard way"
)
_CONTRAST = re.compile(
    rf",\s*{_any('however though too meanwhile instead nevertheless nonetheless therefore in_turn for_example for_instance')}\s*[,.]|"
    r"\bthe\s+other\s+(?:two|three|four|ones?)\b|"
    r"\bthe\s+(?:latter|former)\b(?=\s*(?:[,.;]|is|was|has|had|will))",
    re.IGNORECASE,
)
_THOSE = re.compile(
    rf"^\W*(?:\w+\W+){{1,2}}of\s+them\b|^.{{0,{NEAR}}}?(\b(?:of|in|for|by|from|with|at|to|about)\s+(?:that\s+(?!(?:he|she|it|they|the|a|an)\b)[a-z]+)\b|\b(?:doing|do)\s+so\b|\b(?:those|these)(?!{_WHICH})\s+\w+|(?<!said )(?<!says )(?<!warned )\b(?:that|this)\s+{_THAT_ONE}\b)",
    re.IGNORECASE,
)
_NAMED_SUBJECT = re.compile(r"[A-Z][\w’'-]*\s(?:has|had|is|was|will|would|\w+ed)\b|(?:[\w’'-]+\s){1,3}[A-Z]")
_OF_IT = re.compile(r"\b(?:of|about|from)\s+it\W*$", re.IGNORECASE)
_QUOTED_PRONOUN = re.compile(r"^[\"“](?:he|she|they|him|her|them)\b", re.IGNORECASE)  # whoever says so, of whom?
_SPOKEN_BY_PRONOUN = re.compile(
    rf"[\"”’,]\s*(?:they|it)\s+{_any('said says added noted told wrote continued explained asked tweeted replied')}\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:added|continued|went\s+on)\s+that\b|[\"”’]\s*[^\"”,.]{1,60}\s(?:added|continued)(?=\s*[,.:;])", re.IGNORECASE
)
_ADDS = re.compile(
    rf"^(?:\W*\w+\W+){{0,9}}?(?:{_any('also still similarly again instead meanwhile')}|{_MORE}|later(?!\s+(?:this|on|in|today|than))|"
    r"then\s+\w+ed)\b|\b(?:afterwards?|thereafter|shortly\s+after)\W*$",
    re.IGNORECASE,
)
# Nouns for what was told before, when nothing behind them says which: "The bill was signed on Monday".
_TOLD_BEFORE = _any(
    "announcement answer approach arrest article attack ban bid bill blast blaze boat body bodies book briefings? building caller cases? "
    "ceremony changes? charges? claims? comments? company complaint concept contract couple crash criticism deal deaths? decision delay "
    "demand details device disclosure discovery discussions? dispute disruption documents? donation driver effects? effort e-?mails? "
    "episode event exact_reason exchange explosion fact figures? film findings? fire firm flaw flight funding game gathering girl group "
    "guest hack idea images? impact incident information initiative injury inquiry interview invitation island issue judgment killings? "
    "launch law lawsuit legislation letter line list loss man match measures? meeting men message mission moment motion move murders? "
    "negotiations news newspaper nomination numbers? offer office operation order paper partnership patch patient payment performance "
    "phone photo photograph pictures? planes? plans? policy post prize problem programme program project proposal protests? provision "
    "purchase questions? race raid rally reaction reason recall record release remarks? report request resignation resolution response "
    "results? revelations? review robbery rules? ruling sale scene scheme sentence service shooting show signing site situation speech "
    "statement statistics step stop storm story strike stud(?:y|ies) suit suspects? system talks team tests? threat total tour trial trip tweets? "
    "vehicle verdict version vessel victims? victory videos? visit vote warning win woman women work youths?"
)
_QUALIFIED = _any("of that which who for in on by between to at from against with over into behind about near under")
_KIND = r"(?:(?:\w+ed|\w+ing|new|latest|same|\w+\s+and\s+\w+)\s+)?"
_UNSPOKEN_OF = re.compile(
    rf"[\"“]?(?P<thing>The\s+{_KIND}{_TOLD_BEFORE}(?=\s+(?!{_QUALIFIED}\b)[a-z]|,\s(?!(?:known|called|dubbed|named)\b)[a-z])|"
    rf"(?:Following|During|After|Before|Since)\s+the\s+{_KIND}{_TOLD_BEFORE}(?=,))"
)
_OFSOMEBODY = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b", re.IGNORECASE)
_INTRODUCTORY = re.compile(
    r"^\W*(?:(?:\w+\s+){1,3}(?:before|after)|\w+ing|\w+ly|"
    rf"{_any('about after although amid as asked at before besides by citing despite during even for from given in just like moments')}|"
    rf"{_any('on once since so though three to two under unlike until when while with without')})\b",
    re.IGNORECASE,
)
SOMEBODY = word_set(
    "man woman boy girl child teen teenager toddler baby person suspect victim driver pilot officer soldier student teacher "
    "player coach captain striker goalkeeper president minister premier chancellor senator congressman congresswoman lawmaker "
    "governor mayor judge justice lawyer attorney prosecutor secretary director chairman chairwoman chair chief executive ceo "
    "founder owner leader boss head candidate nominee king queen prince princess pope bishop priest singer actor actress artist "
    "author writer reporter journalist spokesman spokeswoman spokesperson doctor nurse patient father mother son daughter brother "
    "sister husband wife widow worker employee resident tourist climber hiker astronaut cosmonaut scientist researcher engineer "
    "gunman attacker robber thief prisoner inmate defendant witness survivor passenger customer neighbour neighbor colleague "
    "predecessor successor who somebody someone anyone everyone nobody himself herself"
)
_BREAK = re.compile(r"[,·]\s")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_DAYS_AND_MONTHS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december"
)

# Words of other languages that point back when a sentence begins with them: pronouns and conjunctions.
_BACKWARD_WORDS = {
    "de": word_set(
        "er sie es dies diese dieser dieses und aber doch jedoch auch damit dort dabei zudem außerdem so dann"
    ),
    "fr": word_set("il elle ils elles cela celui celle ce cette ces et mais ou donc ainsi aussi ensuite"),
    "es": word_set("él ella ellos ellas esto eso ese esa y pero o además también luego así"),
    "it": word_set("egli lui lei essi loro questo questa quello ciò e ma o inoltre anche poi così"),
    "pt": word_set("ele ela eles elas isto isso esse essa e mas ou além também depois assim"),
    "nl": word_set("hij zij ze het dit dat deze en maar of ook daarna toen zo"),
    "ru": word_set("он она они оно это эти этот эта и но а или также однако потом затем"),
    "uk": word_set("він вона вони воно це ці цей ця і й та але або також однак потім"),
    "ar": word_set("هو هي هم هذا هذه ذلك لكن كما"),
    "hi": word_set("वह वे यह ये उन्होंने उसने और लेकिन पर"),
}
_BACKWARD_STARTS = {
    "zh": ("他", "她", "它", "这", "那", "但", "而", "此外"),
    "ja": ("彼", "これ", "それ", "この", "その", "しかし", "また", "同"),
}


def pointer(text: str, language: str = "en", mentions: Sequence[Mention] = (), start: int = 0) -> str | None:
    """The words in a sentence that cannot be understood without one before it; None: there are none.

    ``mentions`` are its article's, where they are known, and ``start`` is where the sentence stands in the article.
    """
    if language not in ("en", "und"):
        return _foreign_pointer(text, language)
    own = unquoted(text)
    return _marked(text, own) or _nobody(own, mentions, start)


@lru_cache(maxsize=4_096)  # wire copies
def _marked(text: str, own: str) -> str | None:
    """The first words that point back whoever the sentence names."""
    spoken = () if _names_speaker(own) else (_SPOKEN_BY_PRONOUN,)
    patterns = (
        *((pattern, own) for pattern in (_CONNECTIVE, _PRONOUN_FIRST, _CONTRAST, _THOSE, _OF_IT)),
        *((pattern, text) for pattern in (*spoken, _ADDED, _QUOTED_PRONOUN)),
    )
    found = next((match for pattern, where in patterns if (match := pattern.search(where))), None)
    return found[found.lastindex or 0].strip(" \"'“‘”’,.") if found else None


def _names_speaker(own: str) -> bool:
    """Whether it may be the sentence's subject who says so: "The insurer Halgate has made an offer, it said"."""
    return _SPOKEN_BY_PRONOUN.search(own) is not None and _NAMED_SUBJECT.match(own) is not None


def adds(text: str) -> bool:
    """Whether a sentence begins by adding to something: "also", "another"."""
    return _ADDS.search(unquoted(text)) is not None


def unspoken_of(text: str) -> str | None:
    """What a sentence begins with as if it had been spoken of: "The bill"."""
    found = _UNSPOKEN_OF.match(text)
    return found["thing"] if found else None


def _foreign_pointer(text: str, language: str) -> str | None:
    bare = text.lstrip("\"'“„«»「『(¿¡—– ")
    first = re.split(r"[\s,،]", bare, maxsplit=1)[0]
    known = first.lower() in _BACKWARD_WORDS.get(language, ())
    return first if known or bare.startswith(_BACKWARD_STARTS.get(language, ("\0",))) else None


def _nobody(own: str, mentions: Sequence[Mention], start: int) -> str | None:
    """The first "he" or "her" of a sentence that names nobody it could mean."""
    found = _OFSOMEBODY.search(own)
    if found is None or _names_somebody(own[: found.start()], mentions, start, start + found.start()):
        return None
    breaks = _BREAK.search(own, found.end())
    if breaks and _INTRODUCTORY.match(own) and "," not in own[: found.start()]:
        near = own[breaks.end() : breaks.end() + NEAR]
        if _names_somebody(near, mentions, start + breaks.end(), start + breaks.end() + NEAR):
            return None  # "In her first speech as minister, Liv Aasen …"
    return found[0]


def _names_somebody(part: str, mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a part of a sentence, which stands at ``start`` to ``end``, names or describes a person."""
    words = _WORD.findall(part)
    if any(word.lower().removesuffix("'s").removesuffix("’s") in SOMEBODY for word in words):
        return True
    if mentions and any(
        start <= m.start < end and m.form == "name" and m.entity.kind is EntityKind.PERSON for m in mentions
    ):
        return True
    names = (w for w in words if w[0].isupper() and w.lower() not in STOP_WORDS and w.lower() not in _DAYS_AND_MONTHS)
    named = next((word for word in names if not _INTRODUCTORY.match(word)), None)
    if not mentions:
        return named is not None
    # The first word of a sentence, which nobody read as any name, may be a name that was overlooked.
    first = named is not None and part.lstrip("\"'“‘·").startswith(named)
    return first and not any(start <= m.start < start + len(part) and m.form == "name" for m in mentions)
