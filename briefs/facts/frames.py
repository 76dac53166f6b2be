"""What kinds of events news tells, and the words it tells them with.

General English, grown from what news prose uses; no name of a person, place or outlet belongs here. A frame is a kind of
event ("meet"); its verbs carry their particle ("lift off") and its nouns name the same event ("meeting"). The lexicon
follows FrameNet's idea of frames (Baker, Fillmore and Lowe 1998) at the grain a reader asks at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.models import Role

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Frame:
    """A kind of event: its verbs, its nouns, and whom "of" and a possessor name beside the noun.

    "the launch of a probe" launches the probe, "the visit of the king" is made by him: ``of`` is patient or agent.
    """

    name: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    of: Role = "patient"
    possessor: Role = "agent"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _frame(name: str, verbs: str, nouns: str = "", of: Role = "patient", possessor: Role = "agent") -> Frame:
    return Frame(name, _words(verbs), _words(nouns), of, possessor)


FRAMES: tuple[Frame, ...] = (
    # ---------------------------------------------------------------------------------------------------- people meet
    _frame(
        "meet",
        "meet, meet up, convene, gather, get together, sit down, confer, reunite, assemble, huddle",
        "meeting, talk, talks, summit, conference, gathering, encounter, get-together, conversation, engagement, session",
        of="agent",
    ),
    _frame(
        "discuss",
        "discuss, talk, debate, address, negotiate, deliberate, consult, speak",
        "discussion, negotiation, debate, consultation, dialogue",
        of="patient",
    ),
    _frame("visit", "visit, tour, drop by, stop by, call in", "visit, tour, stopover, trip", of="agent"),
    _frame(
        "travel",
        "travel, go, come, fly, arrive, leave, depart, return, head, move, drive, journey, sail, walk, flee, enter, reach, "
        "land, migrate, cross, set off, set out, come back, go back, relocate",
        "travel, journey, arrival, departure, return, flight, exodus, landing",
        of="agent",
    ),
    _frame("invite", "invite, ask over", "invitation, invite", of="agent"),
    _frame("attend", "attend, participate, take part, witness", "attendance, participation", of="patient"),
    _frame("welcome", "welcome, host, greet", "welcome, reception", of="patient"),
    # ------------------------------------------------------------------------------------------------------ people say
    _frame(
        "say",
        "say, tell, state, add, note, remark, comment, mention, explain, declare, report, claim, argue, insist, "
        "stress, emphasise, emphasize, reiterate, point out, recall, warn, suggest, write, tweet, post, observe, "
        "assert, contend, concede, admit, acknowledge, confirm, reveal, disclose, testify, respond, reply, answer, estimate, "
        "quote, cite, brief, inform, indicate, hint, allege, joke, quip, predict, assure, affirm, describe",
        "statement, remark, comment, claim, report, warning, testimony, briefing, speech, interview, confirmation",
        of="agent",
    ),
    _frame(
        "announce",
        "announce, unveil, proclaim, make public, publish, release, issue",
        "announcement, publication, proclamation",
        of="patient",
    ),
    _frame(
        "deny",
        "deny, reject, refuse, decline, dismiss, rebuff, rule out, turn down, dispute, refute",
        "denial, rejection, refusal",
        of="patient",
    ),
    _frame("accuse", "accuse, blame, fault, implicate", "accusation, allegation", of="patient", possessor="agent"),
    _frame(
        "criticise",
        "criticise, criticize, condemn, denounce, slam, blast, rebuke, decry, attack verbally, deplore",
        "criticism, condemnation, rebuke",
        of="patient",
    ),
    _frame(
        "praise",
        "praise, commend, applaud, hail, congratulate, thank, laud, honour, honor, celebrate",
        "praise, tribute, congratulation, celebration",
    ),
    _frame(
        "ask",
        "ask, request, urge, call for, call on, demand, appeal, plead, beg, petition",
        "request, appeal, demand, plea, petition, call",
    ),
    _frame(
        "propose",
        "propose, offer, recommend, put forward, table, advise, suggest to",
        "proposal, offer, recommendation, suggestion",
    ),
    _frame("threaten", "threaten, menace, vow", "threat"),
    _frame("apologise", "apologise, apologize", "apology"),
    _frame(
        "protest",
        "protest, demonstrate, march, rally, riot",
        "protest, demonstration, march, rally, riot, unrest",
        of="agent",
    ),
    # --------------------------------------------------------------------------------------------------------- agree
    _frame(
        "agree",
        "agree, consent, accept, come to terms, settle",
        "agreement, deal, accord, settlement, consent, pact, treaty",
        of="agent",
    ),
    _frame("sign", "sign, ink, initial, ratify, seal", "signing, signature, ratification"),
    _frame(
        "approve",
        "approve, endorse, back, support, authorise, authorize, green-light, clear, sanction, adopt, pass, permit, allow, grant",
        "approval, endorsement, backing, support, authorisation, authorization, permission, clearance, blessing, adoption",
    ),
    _frame("oppose", "oppose, resist, object, contest, fight, challenge, defy", "opposition, resistance, objection"),
    _frame(
        "cooperate",
        "cooperate, collaborate, work together, team up, partner, join forces",
        "cooperation, collaboration, partnership",
        of="agent",
    ),
    _frame("join", "join, enter into, sign up, enlist, enrol, enroll", "accession, membership", of="agent"),
    _frame("withdraw", "withdraw, pull out, back out, drop out, quit, exit", "withdrawal, pullout, exit", of="agent"),
    _frame(
        "ban",
        "ban, prohibit, outlaw, bar, forbid, block, prevent, stop from, restrict",
        "ban, prohibition, restriction, blockade, embargo",
    ),
    _frame("sanction", "impose, penalise, penalize, fine, punish", "sanction, fine, penalty, punishment"),
    # ------------------------------------------------------------------------------------------------------ launches
    _frame(
        "launch",
        "launch, lift off, blast off, take off, lift, blast, send up, fire off",
        "launch, liftoff, lift-off, takeoff, take-off, blastoff, blast-off",
        of="patient",
        possessor="agent",
    ),
    _frame(
        "delay",
        "delay, postpone, put off, push back, hold up, defer, reschedule, suspend",
        "delay, postponement, suspension, deferral",
    ),
    _frame(
        "cancel",
        "cancel, call off, scrap, scrub, abandon, axe, abort, drop, shelve, revoke, annul, rescind",
        "cancellation, abandonment, revocation",
    ),
    _frame(
        "plan",
        "plan, schedule, intend, aim, prepare, set, arrange, slate, organise, organize, expect",
        "plan, preparation, scheduling",
    ),
    _frame(
        "start",
        "start, begin, commence, kick off, initiate, inaugurate, get under way, launch into, trigger, embark",
        "start, beginning, commencement, inauguration, outbreak, onset",
        of="patient",
    ),
    _frame(
        "end",
        "end, finish, conclude, complete, stop, cease, halt, expire, terminate, wrap up, come to an end, discontinue",
        "end, conclusion, completion, termination, expiry, halt",
    ),
    _frame(
        "continue",
        "continue, keep, maintain, sustain, go on, persist, remain, last, carry on, resume, extend, prolong",
        "continuation, extension, resumption, renewal",
    ),
    _frame("happen", "happen, occur, take place, unfold, come about, arise", "incident, event, occurrence"),
    _frame("hold", "hold, stage, conduct, run, carry out, perform", ""),
    # ------------------------------------------------------------------------------------------------------- offices
    _frame(
        "hold_office",
        "head, lead, chair, preside, serve, direct, govern, manage, command",
        "leadership, presidency, tenure",
        of="agent",
    ),
    _frame(
        "appoint",
        "appoint, name, nominate, hire, install, promote, tap, assign, swear in, select, pick, choose, designate, recruit",
        "appointment, nomination, promotion, selection",
        possessor="patient",
    ),
    _frame(
        "resign", "resign, step down, stand down, retire, quit as, step aside", "resignation, retirement", of="agent"
    ),
    _frame(
        "dismiss_from_office",
        "fire, sack, oust, remove, depose, dismiss from, lay off, impeach, recall from",
        "dismissal, ouster, removal, firing, layoff, impeachment, sacking",
        possessor="patient",
    ),
    _frame("elect", "elect, re-elect, reelect", "election, re-election, reelection", possessor="patient"),
    _frame("vote", "vote, cast", "vote, ballot, referendum, poll", of="agent"),
    _frame("run_for", "run for, campaign, stand for", "campaign, candidacy, bid", of="agent"),
    # ------------------------------------------------------------------------------------------------------ justice
    _frame("sue", "sue, file, litigate, take to court", "lawsuit, suit, litigation, complaint", of="agent"),
    _frame(
        "arrest",
        "arrest, detain, capture, seize, apprehend, take into custody, round up, jail, imprison, hold in custody",
        "arrest, detention, capture, imprisonment",
        possessor="patient",
    ),
    _frame("charge", "charge, indict, prosecute, book", "charge, indictment, prosecution", possessor="patient"),
    _frame(
        "convict",
        "convict, find guilty, sentence, condemn to",
        "conviction, sentence, sentencing, verdict",
        possessor="patient",
    ),
    _frame(
        "acquit",
        "acquit, clear of, exonerate, pardon, free, release from",
        "acquittal, pardon, exoneration, release",
        possessor="patient",
    ),
    _frame(
        "investigate",
        "investigate, probe, examine, inquire, look into, inspect, review, study, search",
        "investigation, probe, inquiry, enquiry, examination, inspection, review, study, search",
    ),
    _frame(
        "rule",
        "rule, decide, order, overturn, uphold, strike down, judge",
        "ruling, decision, order, judgment, judgement",
        of="agent",
    ),
    _frame("try", "try, hear", "trial, hearing", possessor="patient"),
    # --------------------------------------------------------------------------------------------------- violence
    _frame(
        "attack",
        "attack, bomb, shell, strike, raid, invade, assault, ambush, shoot, shoot at, fire at, fire on, open fire, stab, storm, bombard, hijack",
        "attack, bombing, shelling, strike, raid, invasion, assault, ambush, shooting, airstrike, bombardment, stabbing, offensive, hijacking",
    ),
    _frame(
        "kill",
        "kill, murder, assassinate, slay, execute, massacre, gun down, shoot dead",
        "killing, murder, assassination, massacre, slaying, execution",
        possessor="patient",
    ),
    _frame(
        "die",
        "die, perish, pass away, be killed, drown, succumb",
        "death, passing, fatality",
        of="agent",
        possessor="agent",
    ),
    _frame("injure", "injure, wound, hurt, maim, hospitalise, hospitalize", "injury, wound"),
    _frame("fight_war", "fight, battle, clash, combat", "war, conflict, fighting, battle, clash, combat", of="agent"),
    _frame(
        "explode", "explode, detonate, blow up, erupt, go off", "explosion, blast, detonation, eruption", of="agent"
    ),
    _frame(
        "crash",
        "crash, collide, derail, sink, capsize, run aground",
        "crash, collision, derailment, sinking",
        of="agent",
    ),
    _frame(
        "destroy",
        "destroy, damage, demolish, ruin, wreck, burn, flatten, burn down, devastate",
        "destruction, damage, demolition, fire, blaze",
    ),
    _frame(
        "hit",
        "hit, strike at, batter, ravage, sweep",
        "earthquake, quake, storm, hurricane, flood, tsunami, tornado",
        of="agent",
    ),
    _frame("rescue", "rescue, save, evacuate, free from", "rescue, evacuation"),
    _frame("abduct", "abduct, kidnap, take hostage", "abduction, kidnapping", possessor="patient"),
    _frame("steal", "steal, rob, loot, hack, breach, defraud", "theft, robbery, looting, hack, breach, fraud, heist"),
    _frame(
        "deploy",
        "deploy, send, dispatch, station, mobilise, mobilize, deliver, ship",
        "deployment, dispatch, mobilisation, mobilization, delivery, shipment",
    ),
    _frame("infect", "infect, spread, contract, catch", "infection, outbreak of disease, epidemic, pandemic"),
    # ------------------------------------------------------------------------------------------------------ money
    _frame(
        "buy",
        "buy, acquire, purchase, take over, snap up, order from",
        "purchase, acquisition, takeover, buyout",
        of="patient",
    ),
    _frame("sell", "sell, divest, auction, sell off, offload, export", "sale, divestment, auction, export"),
    _frame("merge", "merge, combine, unite, amalgamate", "merger, combination", of="agent"),
    _frame(
        "invest",
        "invest, fund, finance, sponsor, bankroll, donate, contribute",
        "investment, funding, financing, donation, contribution",
    ),
    _frame(
        "pay",
        "pay, spend, repay, reimburse, compensate, reward, pay out, subsidise, subsidize",
        "payment, spending, repayment, compensation, payout",
        of="patient",
    ),
    _frame("cost", "cost, total, price, value, be worth", "cost, price, value", possessor="patient"),
    _frame("earn", "earn, make money, gross, profit, raise money", "earnings, profit, revenue, income"),
    _frame(
        "grow",
        "grow, rise, increase, climb, jump, surge, soar, expand, advance, go up, double, triple, raise, boost, rebound, improve, strengthen, swell",
        "growth, rise, increase, gain, jump, surge, expansion, rebound, improvement",
        of="patient",
        possessor="patient",
    ),
    _frame(
        "fall",
        "fall, drop by, decline by, decrease, sink to, slump, plunge, tumble, lose ground, slip, slide, shrink, dip, cut, reduce, lower, go down, weaken, plummet, ease, lower, halve, contract by",
        "fall, drop, decline, decrease, slump, plunge, slide, reduction, cut, dip, downturn",
        of="patient",
        possessor="patient",
    ),
    _frame(
        "collapse",
        "collapse, fail, fall apart, break down, go bankrupt, crumble, stall",
        "collapse, failure, bankruptcy, breakdown",
        of="agent",
    ),
    _frame("trade", "trade, import, exchange, swap", "trade, import, exchange, swap"),
    # ------------------------------------------------------------------------------------------------------ contests
    _frame(
        "win",
        "win, triumph, prevail, defeat, beat, clinch, overcome, rout",
        "win, victory, triumph",
        of="agent",
    ),
    _frame("lose", "lose, be defeated, forfeit", "loss, defeat"),
    _frame(
        "compete",
        "compete, play, face, race, contend for, take on",
        "competition, match, game, race, contest, tournament",
        of="agent",
    ),
    _frame("score", "score, net", "goal, score"),
    _frame("award", "award, present, bestow, confer on, honour with, receive", "award, prize"),
    # ------------------------------------------------------------------------------------------- making and changing
    _frame(
        "build",
        "build, construct, erect, make, create, develop, produce, manufacture, design, assemble",
        "construction, creation, development, production, manufacture, design",
    ),
    _frame(
        "found", "found, establish, set up, form, launch as, start up", "founding, establishment, formation, foundation"
    ),
    _frame("open", "open, reopen, open up", "opening, reopening", of="patient", possessor="patient"),
    _frame("close", "close, shut, shut down, close down", "closure, closing, shutdown", possessor="patient"),
    _frame(
        "change",
        "change, alter, amend, modify, replace, convert, reform, transform, update, revise, shift",
        "change, amendment, modification, replacement, conversion, reform, transformation, update, revision, shift",
    ),
    _frame(
        "discover",
        "discover, find, detect, identify, uncover, locate, spot",
        "discovery, finding, detection, identification",
    ),
    _frame(
        "give",
        "give, provide, supply, hand over, transfer, offer to, lend, lease",
        "provision, supply, transfer, handover, loan, lease",
    ),
    _frame("get", "get, obtain, receive, secure, take, collect, gain", "receipt"),
    _frame("use", "use, utilise, utilize, employ, apply", "use"),
    _frame(
        "show",
        "show, demonstrate that, display, present to, exhibit, broadcast, air, screen",
        "show, display, presentation, exhibition, broadcast",
    ),
    _frame("help", "help, assist, aid, support with", "help, assistance, aid"),
    _frame("cause", "cause, lead to, result in, bring about, spark, prompt, provoke", ""),
    _frame("begin_service", "debut, premiere, roll out, introduce", "debut, premiere, rollout, introduction"),
    _frame("born", "bear, be born", "birth", of="agent", possessor="agent"),
    _frame("marry", "marry, wed, get married", "marriage, wedding", of="agent"),
    _frame("divorce", "divorce, split from, separate", "divorce, separation", of="agent"),
    # ------------------------------------------------------------------------------------------------------- states
    _frame(
        "believe",
        "believe, think, know, feel, consider, hope, trust, fear, doubt, suspect, want, wish, need, like, love, understand, realise, realize, see, hear, worry",
        "belief, hope, fear, concern, doubt",
    ),
    _frame("have", "have, own, hold shares, possess, include, contain, keep possession", "ownership, possession"),
    _frame("be", "be, become, represent, constitute, seem, appear, mark", ""),
    _frame("live", "live, reside, stay, dwell", "residence, stay"),
)


# Events that all who take part in do alike: "X met Y" is "Y met with X".
MUTUAL = frozenset(
    {"meet", "discuss", "agree", "cooperate", "sign", "merge", "marry", "divorce", "fight_war", "trade", "compete"}
)


@lru_cache(maxsize=1)
def _by_verb() -> dict[str, Frame]:
    # The first frame that names a word keeps it: the table is ordered by how news uses the word.
    table: dict[str, Frame] = {}
    for item in FRAMES:
        for verb in item.verbs:
            table.setdefault(verb, item)
    return table


@lru_cache(maxsize=1)
def _by_noun() -> dict[str, Frame]:
    table: dict[str, Frame] = {}
    for item in FRAMES:
        for noun in item.nouns:
            table.setdefault(noun, item)
    return table


_DIRECTIONS = frozenset(
    {"back", "away", "in", "out", "home", "up", "down", "on", "over", "off", "along", "around", "ahead"}
)
_MOVING = frozenset({"travel", "grow", "fall"})


def verb_frame(lemma: str) -> Frame | None:
    """The frame of a verb, its particle included.

    A particle that the lexicon does not know makes another verb ("pick up" appoints nobody), unless it says whither.
    """
    verbs = _by_verb()
    if lemma in verbs or " " not in lemma:
        return verbs.get(lemma)
    bare, particle = lemma.split(" ", 1)
    found = verbs.get(bare)
    return found if found is not None and particle in _DIRECTIONS and found.name in _MOVING else None


def noun_frame(lemma: str) -> Frame | None:
    """The frame of the event a noun names, if it names one."""
    return _by_noun().get(lemma)


def frame(lemma: str, pos: str) -> str:
    """The name of the frame of a lemma ("lift off", "VERB" gives "launch"), "other" if none is known."""
    found = noun_frame(lemma) if pos in {"NOUN", "PROPN"} else verb_frame(lemma)
    return found.name if found else OTHER


@lru_cache(maxsize=256)
def synonyms(name: str) -> frozenset[str]:
    """All verbs and nouns of a frame; empty for "other" and for names that are no frame."""
    return frozenset(word for item in FRAMES if item.name == name for word in (*item.verbs, *item.nouns))
