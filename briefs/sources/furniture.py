"""What stands around an article and is not its text: recognised by the words of one piece alone.

The lists hold what publishing systems write, in English; they name no outlet but wire services, whose copy is marked by name.
"""

from __future__ import annotations

import re

from briefs.language.agencies import WIRES

_LONGEST = 500  # characters; nothing longer is furniture by its words alone
_LONGEST_BYLINE = 200
_LONGEST_WALL = 240

# Each pattern must cover the whole piece (fullmatch), without its case.
_LABELS = r"""
    advertisements?|advertising|ads?|sponsored(?:\ content)?|promoted(?:\ content)?|paid\ content
  | menu|search|home|navigation|sections?|skip\ to\ .{0,30}|back\ to\ top|top\ of\ page|close|open|loading|next|previous
  | sign\ (?:in|up|out)|log\ ?(?:in|out)|register|subscribe(?:\ now|\ today)?|my\ account|account|newsletters?|donate|support\ us
  | story|stories|articles?|full\ (?:story|article)|opinions?|comment(?:s|ary)?|editorials?|analysis|explainers?|features?
  | breaking(?:\ news)?|exclusive|live(?:\ updates?|\ blog)?|developing|latest(?:\ news)?|just\ in|top\ stories|must\ reads?
  | trending(?:\ now)?|most\ (?:read|popular|viewed|shared)|recommended(?:\ for\ you|\ stories)?|editor[’']?s[’']?\ picks?
  | more\ (?:news|stories|from\ .{1,40}|on\ .{1,40}|in\ .{1,30})|you\ (?:may|might)\ (?:also\ )?like.{0,30}|around\ the\ web
  | share|tweet|print|e-?mail|save|bookmark|facebook|twitter|x|whatsapp|linkedin|reddit|telegram|instagram|youtube|bluesky
  | copy\ link|link\ copied|text\ size|font\ size|follow(?:\ us)?|gift(?:\ this)?\ article|listen|watch|play|pause|mute|videos?|photos?
  | gallery|galleries|images?|slideshow|view\ (?:gallery|all|more|comments)|show\ (?:more|less|all)|see\ (?:more|all)|expand|collapse
  | tags?|topics?|keywords?|categories|category|about(?:\ us)?|contact(?:\ us)?|terms(?:\ of\ (?:use|service))?|privacy(?:\ policy)?
  | (?:enlarge|zoom)\ (?:this\ )?image|(?:hide|toggle|show)\ caption|list\ of\ \d+\ items?|end\ of\ list|for\ immediate\ release
  | faq|careers|advertise(?:\ with\ us)?|read\ (?:more|next|on|also|full\ .{0,20}|the\ full\ .{0,20})|learn\ more|click\ here
  | end(?:s|\ of\ (?:the\ )?(?:article|story|page))?|you[’']?(?:ve|\ have)\ reached\ the\ end.{0,40}|no\ more\ (?:stories|articles)
"""
SUMMARY_LABEL = re.compile(
    r"(?:(?:story |article |news )?(?:summary|highlights)|key (?:points?|takeaways|facts|findings|developments)|takeaways"
    r"|at a glance|in (?:brief|short|a nutshell)|the (?:gist|takeaway|bottom line)|tl;?dr|quick read|what to know"
    r"|what you need to know|(?:main|bullet) points)\s*:?",
    re.IGNORECASE,
)
RELATED_LABEL = re.compile(
    r"(?:related(?: (?:stories|articles|news|content|topics|posts|links|coverage|reading))?|read (?:more|next|also)|see also|also read"
    r"|more (?:stories|news|on this (?:story|topic)|from .{1,40}|on .{1,40})|most (?:read|popular|viewed|shared)|trending(?: now)?"
    r"|recommended(?: for you| stories)?|you (?:may|might) (?:also )?like.{0,30}|top stories|latest(?: news)?|editor[’']?s picks?"
    r"|around the web|don[’']t miss|in this (?:article|story))\s*:?",
    re.IGNORECASE,
)
END_LABEL = re.compile(
    r"(?:\d[\d,.]*k? comments?|comments?(?: \(?\d[\d,]*\)?)?|(?:leave|post|add|write) a (?:comment|reply)|join the (?:conversation|discussion)"
    r"|(?:view|show|hide) (?:all )?comments?|about the (?:author|writer|reporter)s?|you[’']?(?:ve| have) reached the end.{0,40})\s*:?",
    re.IGNORECASE,
)
_CALLS = r"""
    share\ (?:this|via|on|with)\b.{0,80} | (?:follow|like|find|join)\ us\ (?:on|at)\b.{0,100} | follow\ @?\S+(?:\ \S+)?\ on\ (?:x|twitter|facebook|instagram)\b.{0,60}
  | (?:read|see|watch|listen|related|more|also\ read|read\ also|see\ also|read\ more|read\ next|don[’']?t\ miss|must\ read|also\ on\ .{1,20}|in\ pictures|in\ photos
      |further\ reading)\s?[:>»→|]\s*\S.{0,200}
  | read\ more\ (?:about|at|on|from|here|in|stories|news|of\ our)\b.{0,120} | (?:continue|keep)\ reading\b.{0,120} | click\ (?:here|to|on|through)\b.{0,120}
  | read\ (?:the|our)\ full\ .{1,80} | (?:story|article)\ continues\b.{0,60} | (?:scroll|swipe)\b.{0,30}\ (?:to|for)\b.{0,40}
  | (?:subscribe|sign\ up|signup|register)\ (?:to|for|now|here|today|and|with)\b.{0,200} | get\ (?:the|our|all|unlimited)\b.{0,120}(?:\ in\ your\ inbox|newsletter|subscription|access).{0,60}
  | (?:already|not)\ (?:a|yet\ a)\ (?:subscriber|member)\b.{0,80} | create\ (?:a|your)\ (?:free\ )?account\b.{0,80}
  | this\ (?:article|story|content)\ is\ (?:only\ )?(?:for|available\ (?:to|for))\ (?:our\ )?(?:subscribers|members)\b.{0,80}
  | (?:download|get)\ (?:the|our)\ .{0,30}\bapp\b.{0,100} | (?:support|help\ fund)\ (?:our|independent)\ (?:journalism|work|reporting)\b.{0,120}
  | (?:have|got|do\ you\ have)\ (?:a|any)\ (?:news\ )?(?:tips?|story|question|comment)\b.{0,200} | (?:contact|reach|email|e-mail)\ .{0,60}\S+@\S+\.\S+.{0,40}
  | (?:please\ )?(?:enable|turn\ on)\ javascript\b.{0,80} | your\ browser\ does\ not\b.{0,80} | (?:thank\ you|thanks)\ for\ (?:reading|signing|subscribing)\b.{0,80}
  | (?:we|this\ (?:web)?site|our\ (?:web)?site)\b.{0,80}\b(?:uses?|sets?|stores?|places?|rel(?:y|ies)\ on)\b.{0,40}\bcookies?\b.{0,300}
  | (?:by\ (?:continuing|using|clicking|browsing)|to\ (?:give|provide|offer)\ you|accept|manage|reject)\b.{0,200}\bcookies?\b.{0,300}
  | (?:accept|reject|allow|manage)(?:\ all)?(?:\ cookies)?
  | (?:new)?you\ can\ now\ listen\ to\b.{0,60} | listen\ to\ this\b.{0,60} | .{1,300}\ (?:hide|toggle)\ caption | (?:-\ )?list\ \d+\ of\ \d+.{0,200}
  | (?:media\ |press\ )?contacts?\s?:\s?.{1,200}
  | \d+\ min(?:ute)?s?\ (?:read|listen|watch)\b.{0,30} | (?:estimated\ )?reading\ time\b.{0,30}
  | [\d.,]+\ ?[km]?\ (?:views?|shares?|likes?|comments?|retweets?|reads?|followers?) | \d{1,2}:\d\d(?:\ ?/\ ?\d{1,2}:\d\d)
"""
_NOTICES = r"""
    (?:©|\(c\)|copyright\b).{0,300} | .{0,200}\ball\ rights\ reserved\b.{0,250}
  | .{0,150}\bmay\ not\ be\ (?:published|reproduced|reprinted|redistributed)\b.{0,250}
  | (?:the\ post\ .{1,200}|this\ (?:article|story|post|piece)\ (?:was\ )?)(?:\ ?(?:first|originally))?\ ?(?:appeared|published|posted|written|produced)\b.{0,150}
  | (?:originally|first)\ (?:published|appeared|posted)\b.{0,150}
  | .{0,250}\bcontributed\ (?:reporting\ )?(?:to|from)\ (?:this|the)\ (?:report|story|article)\b.{0,60}
  | (?:editor[’']?s[’']?\ note|note\ to\ (?:readers|editors)|disclaimer|our\ standards)\s?:.{0,400}
  | (?:tags?|topics?|keywords?|filed\ under|categor(?:y|ies)|sections?|in\ this\ article|sources?|via|by\ ?line|published\ in|posted\ in)\s?:\s*.{1,200}
  | with\ (?:inputs?|reporting|files)\ (?:from|by)\b.{0,60}
"""
# What stands where an article breaks off; only a page's own voice says it, and never in the middle of the news.
_WALLS = r"""
    (?:please\ |to\ |you\ (?:must|need\ to)\ )?(?:subscribe|register|sign\ (?:up|in)|log\ ?in|join(?:\ (?:now|us|today))?|become\ a\ (?:subscriber|member)|create\ an?\ (?:free\ )?account|pay)
      (?:\ (?:now|today|for\ free|here|or\ (?:sign|log)\ ?in))*,?\ (?:to|and)\ (?:continue|keep|go\ on|finish|read|unlock|access|view|see|enjoy|get\ (?:full|unlimited))\b.{0,120}
  | (?:want\ )?to\ (?:continue|keep|finish)\ reading\b.{0,60}\b(?:subscribe|register|sign|log\ ?in|join|pay|account|member|subscription)\b.{0,100} | (?:continue|keep)\ reading\ (?:with|for|by|as)\b.{0,120} | (?:unlock|get\ access\ to)\ (?:this|the\ (?:full|rest|whole))\b.{0,120}
  | (?:the\ (?:full|rest\ of\ (?:this|the))\ |this\ (?:premium\ )?|premium\ )(?:article|story|post|content|report|page)\ (?:is\ )?(?:only\ |exclusively\ |reserved\ )*(?:for|available\ (?:only\ )?(?:to|for))
      \ (?:our\ |paid\ |paying\ |premium\ |registered\ )*(?:subscribers|members|readers\ with)\b.{0,80}
  | (?:this\ (?:article|story|post|content)\ is|you[’']re\ reading\ a)\ (?:locked|premium|subscriber[- ]only|members?[- ]only|behind\ (?:a|our)\ paywall)\b.{0,80} | (?:subscribers?|members?|premium)[- ]only(?:\ (?:content|article|story))?
  | you(?:\ have|[’']ve)\ (?:now\ )?(?:reached|read|used|hit|exceeded)\ (?:up\ )?(?:your|the|all)\b.{0,60}\b(?:free|limit|monthly|complimentary)\b.{0,80}
  | you\ have\ (?:no|0)\ (?:free\ |more\ )*(?:articles|stories)\ (?:left|remaining)\b.{0,60} | (?:a|your)\ (?:paid\ )?subscription\ is\ required\b.{0,80}
  | the\ author\ made\ this\ (?:story|post)\ available\ to\ .{0,40}members\ only\b.{0,60} | this\ post\ is\ for\ (?:paid|paying)\ subscribers\b.{0,40}
"""
_DOORS = r"""(?:already|are\ you)\ (?:an?\ |our\ )?(?:paid\ |registered\ )?(?:subscriber|member|subscribed|registered|have\ an\ account)\b.{0,60}"""
_CREDITS = r"""
    (?:file\ )?(?:photos?|pictures?|images?|pics?|photographs?|photography|video|graphics?|illustrations?|maps?|screenshot|caption|credits?)
      (?:\ (?:credits?|source|caption|illustration|copyright))?
      (?:\s?[:/|]\s*.{1,400}|\ (?:by|via|courtesy(?:\ of)?)\ (?-i:[A-Z]).{1,60})
  | (?:image|photo|picture)\ (?:credit|source|caption|courtesy|copyright)\b.{0,300}
"""
_RIGHTS = r"Getty(?: Images)?|Shutterstock|iStock|Alamy|Unsplash|Pexels|Wikimedia(?: Commons)?|Handout|EPA|Pool|Sputnik|NurPhoto|Zuma"
# With its case: a picture's credit at the end of its caption. Prose ends "told Reuters." too, so a stroke or bracket is asked.
_CAPTION = re.compile(
    rf"""(?:
        .*[(\[]\s*(?:AP\ Photo|Photo|Image|Picture|File|Credit|Pool|Courtesy|{_RIGHTS}|[^()\[\]]{{1,80}}/\ ?(?:{WIRES}|{_RIGHTS}))[^()\[\]]{{0,120}}[)\]]\.?
      | .*\b(?:AP\ Photo|REUTERS|Photo\ by|Photograph\ by|Photo\ courtesy|Photo\ credit)\s?[/:]?\s?[^.]{{0,80}}\.?
      | .*\b(?:Photo|Photograph|Picture|Image|Credit|Illustration)s?(?:\ credit)?\s?:\s?[A-Z][\w.'’-]*(?:[\s/,]+(?:[A-Z(][\w.'’)-]*|of|the|via)){{0,7}}
      | .*(?:/|\bvia\ )\s?(?:{WIRES}|{_RIGHTS})(?:/[\w\ .]{{1,40}})?
      | (?:[\w.'’ -]{{2,40}}/)?\s*(?:{_RIGHTS})
    )""",
    re.VERBOSE | re.DOTALL,
)
_WHOLE = re.compile(
    rf"(?:(?:{_LABELS})[\s.:…!>»→]*|{_CALLS}|{_NOTICES}|{_CREDITS})", re.IGNORECASE | re.VERBOSE | re.DOTALL
)
_WALL = re.compile(rf"(?:{_WALLS})[\s.!…»→]*", re.IGNORECASE | re.VERBOSE | re.DOTALL)
_DOOR = re.compile(rf"(?:{_DOORS})[\s.!…»→]*", re.IGNORECASE | re.VERBOSE | re.DOTALL)
_READ_ON = re.compile(
    r"\[?(?:(?:continue reading|keep reading|read (?:more|on|the (?:full|rest|whole|entire))|click here to read)\b[^.!?]{0,100}"
    r"|(?:more|full (?:story|article)|(?:sign|log) ?in(?: here| now)?))[\s.!…»→\]>]*",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=[.!?…\])”\"’])\s+(?=\S)")
# The commonest of these in other languages: advertisement, read also, photo by, source, all rights reserved; then the walls.
_FOREIGN = re.compile(
    r"""
    (?:anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|реклама|reklama|إعلان|广告|広告|विज्ञापन)[\s.:]*
  | (?:(?:lesen\ sie\ (?:auch|mehr|hier)|mehr\ zum\ thema|auch\ interessant|(?:à\ )?lire\ aussi|lea\ también|te\ puede\ interesar|leggi\ anche|leia\ (?:também|mais)
      |lees\ (?:ook|meer)|читайте\ также|читайте\ також|czytaj\ (?:też|także)|اقرأ\ أيضا\S?|यह\ भी\ पढ़ें|相关阅读|関連記事|あわせて読みたい)\s*[:：»>|-]?).{0,200}
  | (?:foto|bild|photo|crédit\ photo|fotografía|imagen|immagine|фото|zdjęcie|صورة|图|写真|फोटो)\s?[:：©/]\s?.{1,150}
  | (?:quelle|source|fuente|fonte|bron|источник|来源|المصدر|स्रोत)\s?[:：]\s?.{1,80}
  | .{0,120}\b(?:alle\ rechte\ vorbehalten|tous\ droits\ réservés|todos\ los\ derechos\ reservados|tutti\ i\ diritti\ riservati|todos\ os\ direitos\ reservados|все\ права\ защищены)\b.{0,150}
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_FOREIGN_WALLS = re.compile(
    r"""
    (?:jetzt\ (?:weiterlesen|abonnieren)|weiterlesen\ mit|(?:newsletter|abo)\ (?:bestellen|abonnieren)|(?:cet\ article\ est\ )?réservé\ aux\ abonnés|déjà\ abonné|abonnez-vous|inscrivez-vous
      |(?:contenido\ )?exclusivo\ para\ suscriptores|suscríbete|ya\ eres\ suscriptor|iscriviti|abbonati\ per|подпишитесь|подписывайтесь)\b.{0,150}
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SYMBOLS = re.compile(r"[\W_]*(?:-?30-?)?[\W_]*")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+|[#@]\w+|")
_CRUMB = re.compile(r"\s+(?:/|>|»|›|→|::|\|)\s+")
_ROOT = re.compile(r"(?:home|home ?page|front ?page|news|main|index|world)", re.IGNORECASE)
_ROLE = (
    r"and|of|the|for|in|with|at|von|van|der|de|del|da|la|le|bin|al|staff|writers?|reporters?|correspondents?|editors?|contributors?|columnist|senior"
    r"|special|chief|political|science|space|business|health|technology|foreign|diplomatic|national|international|freelance|agencies|desk|to|on"
    r"|updated|published|posted|min|read"
)
_NAMES = rf"(?:[A-Z0-9@][\w.'’@:-]*|{_ROLE})(?:(?:\s*[,;|/&·•–—]\s*|\s+(?:-\s+)?)(?:[A-Z0-9@][\w.'’@:-]*|{_ROLE})\b\.?){{0,21}}"
_BYLINE = re.compile(
    rf"(?i:by|written by|reported by|story by|words by|text by|posted by|authors?)\s?(?::\s*|\s)(?:{_NAMES})\.?"
)
_DESK = re.compile(
    rf"[(\[]?(?:(?:Additional\s)?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled|[Tt]ranslated|[Ee]dited|[Ww]ritten)"
    rf"(?:\sand\s(?:writing|editing))?(?:\sin\s[A-Z]\w+)?\sby\s(?:{_NAMES})[;.\s]*)+[)\]]?\.?"
)
_BIO = re.compile(
    r"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,2}\sis\san?\s(?:[\w-]+\s){0,4}(?:reporter|writer|correspondent|editor|columnist|journalist|producer)"
    r"\s(?:for|at|with|on|covering|based)\s(?:(?!\bwho\b|\bwas\b|\bwere\b)[^.]){0,120}\.?"
)
_SIGNATURE = re.compile(
    rf"[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){{1,3}}\s?(?:[,|/–—-]|\bfor\b)\s?(?:(?:{WIRES})(?:\s(?:News|Staff|Brief|Wire))?"
    r"|(?i:(?:senior |special |chief |staff |political |science )*(?:writer|reporter|correspondent|editor|columnist|contributor))\b.{0,40})"
)


def is_furniture(line: str) -> bool:
    """Say whether a piece, on one line, is furniture by its words alone."""
    if len(line) > _LONGEST:
        return False
    return bool(
        _SYMBOLS.fullmatch(line)
        or _is_links(line)
        or SUMMARY_LABEL.fullmatch(line)
        or RELATED_LABEL.fullmatch(line)
        or END_LABEL.fullmatch(line)
        or _WHOLE.fullmatch(line)
        or _FOREIGN.fullmatch(line)
        or is_wall(line)
        or is_subscribers_door(line)
        or _CAPTION.fullmatch(line)
        or is_byline(line)
        or crumbs(line)
    )


def is_wall(line: str) -> bool:
    """Say whether a piece, on one line, asks to pay or to register for the rest of the article."""
    return len(line) <= _LONGEST_WALL and bool(_WALL.fullmatch(line) or _FOREIGN_WALLS.fullmatch(line))


def is_subscribers_door(line: str) -> bool:
    """Say whether a piece asks subscribers to sign in, as full articles do too: "Already a subscriber? Sign in"."""
    return len(line) <= _LONGEST_WALL and bool(_DOOR.fullmatch(line))


def asking_from(line: str) -> int | None:
    """Find where the sentences at a paragraph's end begin that ask to pay, to register or to read on elsewhere."""
    start = None
    for gap in reversed(list(_GAP.finditer(line))):
        sentence = line[gap.end() : start].strip()
        if not (is_wall(sentence) or is_subscribers_door(sentence) or _READ_ON.fullmatch(sentence)):
            break
        start = gap.end()
    return start


def _is_links(line: str) -> bool:
    """Say whether a line holds addresses and tags only; word by word, for one pattern over all could take for ever."""
    return all(_LINK.fullmatch(word) for word in re.split(r"[\s,;|·•]+", line))


def is_byline(line: str) -> bool:
    """Say whether a line names the writer and nothing else."""
    return len(line) <= _LONGEST_BYLINE and any(
        p.fullmatch(line) for p in (_BYLINE, _SIGNATURE, _DESK, _BIO, _WIRE_CREDIT)
    )


def crumbs(line: str) -> list[str]:
    """Give the steps of a breadcrumb or menu line ("Home / World / …"), none for any other line."""
    steps = [step.strip() for step in _CRUMB.split(line)]
    short = all(len(step.split()) <= 3 for step in steps[:-1])
    if len(steps) < 2 or not short or line.endswith("."):
        return []
    return steps if _ROOT.fullmatch(steps[0]) or len(steps) > 2 else []


_OUTLET = r"(?P<outlet>(?:The )?[A-Z][\w&'’.-]*(?:\s(?:[A-Z][\w&'’.-]*|of|the|and|for)){0,5})"
_PUBLISHER = re.compile(
    rf"(?:this (?:article|story|post|piece) (?:was )?)?(?:originally|first) (?:published|appeared|posted)"
    rf"(?: \w+ [\d, \w]+?)? (?:by|in|on|at) (?-i:{_OUTLET})(?:\.|,|\s(?:on|in|and|under|as)\b.*)?",
    re.IGNORECASE,
)
_RIGHTS_OF = re.compile(
    rf"(?:(?:©|\(c\)|copyright)\s*)+(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?)?,?\s*(?:by )?(?-i:{_OUTLET})(?:[.,|]|\s(?:All|Inc|LLC|Ltd|GmbH)\b|$).*",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = re.compile(
    rf"(?:source|via)\s?:\s*(?P<outlet>{WIRES}|[A-Z][\w.'’& -]{{0,40}}(?:News|Times|Post|Herald|Tribune|Journal|Gazette|Chronicle|Daily|Agency))\.?",
    re.IGNORECASE,
)
_WIRE_CREDIT = re.compile(rf"(?:The )?(?P<outlet>{WIRES})(?:\s(?:News|Staff|Brief|Wire|Reports?))?\.?")


def outlet_of(line: str) -> str | None:
    """Give the outlet that a byline or notice surely names."""
    for pattern in (_PUBLISHER, _RIGHTS_OF, _SOURCE):
        if found := pattern.fullmatch(line):
            return _named(found)
    if not is_byline(line):
        return None
    parts = re.split(r"\s*[|,/;•·–—]\s*|\s-\s|\sfor\s|^(?i:by|from|author)\b:?\s*", line)
    return next((_named(found) for part in parts if part and (found := _WIRE_CREDIT.fullmatch(part))), None)


def _named(found: re.Match[str]) -> str:
    return found["outlet"].strip(" .")
