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
    from collections.abc import Container

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
        "meet, meet up, convene, gather, get together, sit down, confer, reunite, assemble, huddle, meet with",
        "meeting, talk, talks, summit, conference, gathering, encounter, get-together, conversation, engagement, "
        "session",
        of="agent",
    ),
    _frame(
        "discuss",
        "discuss, talk, debate, address, negotiate, deliberate, consult, speak, bargain, haggle, mediate",
        "discussion, negotiation, debate, consultation, dialogue, mediation",
        of="patient",
    ),
    _frame(
        "visit",
        "visit, tour, drop by, stop by, call in",
        "visit, tour, stopover, trip, pilgrimage",
        of="agent",
    ),
    _frame(
        "travel",
        "travel, go, come, fly, head, walk, drive, journey, sail, move, cross, enter, ride, relocate, migrate, "
        "emigrate, immigrate, commute, wander",
        "travel, journey, flight, migration, voyage, crossing, relocation, ride",
        of="agent",
    ),
    _frame(
        "arrive",
        "arrive, reach, land, touch down, turn up, show up, get to, get in, dock, come in",
        "arrival, landing, touchdown",
        of="agent",
    ),
    _frame(
        "leave",
        "leave, depart, set off, set out, move out, go away",
        "departure, exodus",
        of="agent",
    ),
    _frame(
        "escape",
        "escape, flee, run away, break out, break free, get away, evade",
        "escape, getaway, jailbreak",
        of="agent",
    ),
    _frame(
        "return",
        "return, come back, go back, come home, go home, fly back, head back, get back",
        "return, homecoming",
        of="agent",
    ),
    _frame(
        "disappear",
        "disappear, vanish, go missing",
        "disappearance",
        of="agent",
    ),
    _frame(
        "invite",
        "invite, ask over",
        "invitation, invite",
        of="agent",
    ),
    _frame(
        "attend",
        "attend, participate, take part, witness, sit in",
        "attendance, participation",
        of="patient",
    ),
    _frame(
        "welcome",
        "welcome, host, greet",
        "welcome, reception",
        of="patient",
    ),
    # ------------------------------------------------------------------------------------------------------ people say
    _frame(
        "say",
        "say, tell, state, add, note, remark, comment, mention, explain, declare, report, claim, argue, insist, "
        "stress, emphasise, emphasize, reiterate, point out, recall, warn, suggest, tweet, post, observe, caution, "
        "assert, contend, concede, admit, acknowledge, confirm, reveal, disclose, testify, respond, reply, "
        "answer, estimate, quote, cite, brief, inform, indicate, hint, allege, joke, quip, predict, assure, "
        "affirm, describe, forecast, boast, lament, complain, swear, confess, speculate, imply, clarify",
        "statement, remark, comment, claim, report, warning, testimony, briefing, speech, interview, "
        "confirmation, explanation, forecast, prediction, confession, admission, complaint",
        of="agent",
    ),
    _frame(
        "write",
        "write, pen, author, compose, draft, co-write, blog",
        "authorship",
    ),
    _frame(
        "announce",
        "announce, proclaim, make public, publish, issue, leak",
        "announcement, publication, proclamation, leak",
        of="patient",
    ),
    _frame(
        "deny",
        "deny, reject, refuse, decline, dismiss, rebuff, rule out, turn down, dispute, refute, spurn, snub",
        "denial, rejection, refusal",
        of="patient",
    ),
    _frame(
        "accuse",
        "accuse, blame, fault, implicate",
        "accusation, allegation",
        of="patient",
        possessor="agent",
    ),
    _frame(
        "criticise",
        "criticise, criticize, condemn, denounce, slam, blast, rebuke, decry, deplore, lambaste, scold, chide, "
        "censure, mock, ridicule, insult, hit out, lash out, disparage, assail",
        "criticism, condemnation, rebuke, censure, backlash, outcry, mockery, insult",
        of="patient",
    ),
    _frame(
        "praise",
        "praise, commend, applaud, hail, congratulate, thank, laud, honour, honor, pay tribute, salute",
        "praise, tribute, congratulation",
    ),
    _frame(
        "celebrate",
        "celebrate, commemorate, toast",
        "celebration, commemoration, festivity",
    ),
    _frame(
        "ask",
        "ask, request, urge, call for, call on, call upon, demand, appeal, appeal for, plead, plead for, beg, "
        "petition, implore, push for, press for",
        "request, appeal, demand, plea, petition, call",
    ),
    _frame(
        "propose",
        "propose, offer, recommend, put forward, table, advise, float, advocate",
        "proposal, offer, recommendation, suggestion",
    ),
    _frame(
        "threaten",
        "threaten, menace, intimidate",
        "threat, intimidation, ultimatum",
    ),
    _frame(
        "promise",
        "promise, pledge, vow, commit to, guarantee",
        "promise, pledge, vow, commitment, guarantee",
        of="patient",
    ),
    _frame(
        "apologise",
        "apologise, apologize, say sorry",
        "apology",
    ),
    _frame(
        "protest",
        "protest, demonstrate, march, rally, riot",
        "protest, demonstration, march, rally, riot, unrest",
        of="agent",
    ),
    _frame(
        "walk_out",
        "walk out, go on strike, down tools, be on strike",
        "walkout, stoppage",
        of="agent",
    ),
    # --------------------------------------------------------------------------------------------------------- agree
    _frame(
        "agree",
        "agree, consent, accept, come to terms, settle, compromise, reconcile",
        "agreement, deal, accord, settlement, consent, pact, treaty, truce, compromise, ceasefire, cease-fire, "
        "armistice",
        of="agent",
    ),
    _frame(
        "sign",
        "sign, ink, initial, ratify, seal",
        "signing, signature, ratification",
    ),
    _frame(
        "approve",
        "approve, endorse, back, support, authorise, authorize, green-light, clear, sanction, adopt, pass, "
        "permit, allow, grant, enact, legalise, legalize, license, certify, favour, favor, sign off",
        "approval, endorsement, backing, support, authorisation, authorization, permission, clearance, blessing, "
        "adoption, passage, enactment, legalisation, legalization",
    ),
    _frame(
        "oppose",
        "oppose, resist, object, contest, challenge, defy, stand up, speak out, filibuster, boycott",
        "opposition, resistance, objection, filibuster, boycott",
    ),
    _frame(
        "veto",
        "veto",
        "veto",
    ),
    _frame(
        "obey",
        "comply, obey, abide, heed, adhere",
        "compliance, adherence",
        of="agent",
    ),
    _frame(
        "violate",
        "violate, flout, break law, infringe, contravene",
        "violation, infringement",
    ),
    _frame(
        "commit",
        "commit, perpetrate",
    ),
    _frame(
        "cooperate",
        "cooperate, collaborate, work together, team up, partner, join forces",
        "cooperation, collaboration, partnership",
        of="agent",
    ),
    _frame(
        "join",
        "join, enter into, sign up, enlist, enrol, enroll, accede",
        "accession, membership, enrolment, enrollment",
        of="agent",
    ),
    _frame(
        "withdraw",
        "withdraw, pull out, back out, drop out, exit, retreat, secede, opt out",
        "withdrawal, pullout, exit, retreat, secession",
        of="agent",
    ),
    _frame(
        "ban",
        "ban, prohibit, outlaw, bar, forbid, block, prevent, restrict, bar from, ban from, censor",
        "ban, prohibition, restriction, blockade, embargo, moratorium, censorship, curfew, lockdown",
    ),
    _frame(
        "sanction",
        "fine, impose, penalise, penalize, punish, discipline",
        "sanction, fine, penalty, punishment, tariff",
    ),
    # ------------------------------------------------------------------------------------------------------ launches
    _frame(
        "launch",
        "launch, lift off, blast off, take off, lift, send up, fire off",
        "launch, liftoff, lift-off, takeoff, take-off, blastoff, blast-off",
        of="patient",
        possessor="agent",
    ),
    _frame(
        "delay",
        "delay, postpone, put off, push back, hold up, defer, reschedule, suspend, adjourn, put on hold",
        "delay, postponement, suspension, deferral, adjournment",
    ),
    _frame(
        "cancel",
        "cancel, call off, scrap, scrub, abandon, axe, abort, drop, shelve, revoke, annul, rescind, repeal, "
        "abolish, do away with, void, ditch",
        "cancellation, abandonment, revocation, repeal, abolition",
    ),
    _frame(
        "plan",
        "plan, schedule, intend, aim, prepare, set, arrange, slate, organise, organize, expect",
        "plan, preparation, scheduling",
    ),
    _frame(
        "start",
        "start, begin, commence, kick off, initiate, inaugurate, get under way, trigger, embark, embark on",
        "start, beginning, commencement, inauguration, outbreak, onset, kickoff",
        of="patient",
    ),
    _frame(
        "end",
        "end, finish, conclude, complete, stop, cease, halt, expire, terminate, wrap up, come to an end, "
        "discontinue, lapse, phase out, put end",
        "end, conclusion, completion, termination, expiry, halt, expiration",
    ),
    _frame(
        "continue",
        "continue, keep, maintain, sustain, go on, persist, remain, last, carry on, resume, extend, prolong, "
        "renew, restart",
        "continuation, extension, resumption, renewal",
    ),
    _frame(
        "happen",
        "happen, occur, take place, unfold, come about, arise",
        "incident, event, occurrence, accident",
    ),
    _frame(
        "hold",
        "hold, stage, conduct, carry out, perform",
        "performance",
    ),
    _frame(
        "operate",
        "run, operate, administer, oversee, supervise",
        "operation, oversight, supervision",
    ),
    # ------------------------------------------------------------------------------------------------------- offices
    _frame(
        "hold_office",
        "head, lead, chair, preside, serve, direct, govern, manage, command, serve as",
        "leadership, presidency, tenure",
        of="agent",
    ),
    _frame(
        "appoint",
        "appoint, name, nominate, hire, install, promote, tap, assign, swear in, select, pick, choose, designate, "
        "recruit",
        "appointment, nomination, promotion, selection, hiring, recruitment",
        possessor="patient",
    ),
    _frame(
        "resign",
        "resign, step down, stand down, retire, quit, step aside, bow out, give up, stand aside, leave office, "
        "leave job",
        "resignation, retirement",
        of="agent",
    ),
    _frame(
        "dismiss_from_office",
        "fire, sack, oust, remove, depose, lay off, impeach, dismiss from, recall from, topple, overthrow, "
        "let go, make redundant, force out, kick out, throw out, unseat, suspend from, drum out, push out, "
        "demote, expel",
        "dismissal, ouster, removal, firing, layoff, impeachment, sacking, overthrow, coup, expulsion, redundancy",
        possessor="patient",
    ),
    _frame(
        "replace",
        "replace, succeed, take over from, take over as, substitute, supersede, stand in, fill in",
        "replacement, substitution, succession",
        possessor="patient",
    ),
    _frame(
        "elect",
        "elect, re-elect, reelect, vote in",
        "election, re-election, reelection",
        possessor="patient",
    ),
    _frame(
        "vote",
        "vote, cast, abstain, vote for, vote against, vote down",
        "vote, ballot, referendum, poll, abstention",
        of="agent",
    ),
    _frame(
        "run_for",
        "run for, campaign, campaign for, stand for",
        "campaign, candidacy, bid",
        of="agent",
    ),
    _frame(
        "register",
        "register, sign up for, apply for, enter for",
        "registration, application",
    ),
    # ------------------------------------------------------------------------------------------------------ justice
    _frame(
        "sue",
        "sue, file, litigate, take to court, file suit, file lawsuit",
        "lawsuit, suit, litigation",
        of="agent",
    ),
    _frame(
        "arrest",
        "arrest, detain, capture, apprehend, take into custody, round up, hold in custody, handcuff, nab",
        "arrest, detention, capture",
        possessor="patient",
    ),
    _frame(
        "seize",
        "seize, confiscate, impound, take control, commandeer, repossess",
        "seizure, confiscation",
    ),
    _frame(
        "charge",
        "charge, indict, prosecute, book, arraign",
        "charge, indictment, prosecution, arraignment",
        possessor="patient",
    ),
    _frame(
        "plead",
        "plead guilty, plead not guilty, plead innocent, plead no contest",
        "",
        of="agent",
    ),
    _frame(
        "convict",
        "convict, find guilty",
        "conviction, verdict",
        possessor="patient",
    ),
    _frame(
        "sentence",
        "sentence, jail, imprison, incarcerate, lock up, condemn to, put away, send to prison",
        "sentence, sentencing, imprisonment, incarceration",
        possessor="patient",
    ),
    _frame(
        "acquit",
        "acquit, clear of, exonerate, find not guilty, absolve",
        "acquittal, exoneration",
        possessor="patient",
    ),
    _frame(
        "free",
        "free, pardon, set free, parole, liberate, release from, let out, bail",
        "pardon, parole, liberation, clemency, amnesty",
        possessor="patient",
    ),
    _frame(
        "investigate",
        "investigate, probe, examine, inquire, look into, inspect, review, study, audit, scrutinise, scrutinize, "
        "monitor, inquire into",
        "investigation, probe, inquiry, enquiry, examination, inspection, review, study, audit, scrutiny",
    ),
    _frame(
        "search",
        "search, search for, look for, hunt, hunt for, comb, scour",
        "search, manhunt, hunt",
    ),
    _frame(
        "question",
        "question, interrogate, interview, quiz, grill, cross-examine",
        "questioning, interrogation",
    ),
    _frame(
        "rule",
        "rule, decide, order, overturn, uphold, strike down, judge, quash",
        "ruling, decision, order, judgment, judgement",
        of="agent",
    ),
    _frame(
        "try",
        "try, hear, put on trial, stand trial",
        "trial, hearing",
        possessor="patient",
    ),
    _frame(
        "extradite",
        "extradite, deport, repatriate, send back, exile",
        "extradition, deportation, repatriation, exile",
        possessor="patient",
    ),
    # --------------------------------------------------------------------------------------------------- violence
    _frame(
        "attack",
        "attack, bomb, shell, strike, raid, assault, ambush, shoot, shoot at, fire at, fire on, open fire, stab, "
        "storm, bombard, beat up, punch, rape, mug, torture, harass, abuse, molest",
        "attack, bombing, shelling, strike, raid, assault, ambush, shooting, airstrike, bombardment, stabbing, "
        "offensive, rape, beating, torture, harassment, abuse, gunfire",
    ),
    _frame(
        "invade",
        "invade, occupy, overrun, annex, conquer, march into",
        "invasion, occupation, annexation, incursion, conquest",
    ),
    _frame(
        "hijack",
        "hijack, carjack",
        "hijacking, carjacking",
    ),
    _frame(
        "kill",
        "kill, murder, assassinate, slay, execute, massacre, gun down, shoot dead, behead, strangle, lynch, "
        "wipe out, put to death",
        "killing, murder, assassination, massacre, slaying, execution, homicide, manslaughter, beheading, genocide",
        possessor="patient",
    ),
    _frame(
        "die",
        "die, perish, pass away, be killed, drown, succumb, lose life, starve, commit suicide",
        "death, passing, fatality, suicide, demise, drowning",
        of="agent",
        possessor="agent",
    ),
    _frame(
        "survive",
        "survive, outlive, escape death",
        "survival",
        of="agent",
    ),
    _frame(
        "injure",
        "injure, wound, hurt, maim, harm",
        "injury, wound",
    ),
    _frame(
        "fight_war",
        "fight, battle, clash, combat, wage, declare war",
        "war, conflict, fighting, battle, clash, combat, warfare",
        of="agent",
    ),
    _frame(
        "surrender",
        "surrender, capitulate, lay down arms, turn in",
        "surrender, capitulation",
        of="agent",
    ),
    _frame(
        "explode",
        "explode, detonate, blow up, erupt, go off, burst",
        "explosion, blast, detonation, eruption",
        of="agent",
    ),
    _frame(
        "crash",
        "crash, collide, derail, sink, capsize, run aground, crash into, slam into, run into",
        "crash, collision, derailment, sinking, wreck, pileup",
        of="agent",
    ),
    _frame(
        "destroy",
        "destroy, damage, demolish, ruin, wreck, flatten, devastate, tear down, knock down, raze, vandalise, "
        "vandalize, smash",
        "destruction, damage, demolition, vandalism, devastation",
    ),
    _frame(
        "burn",
        "burn, burn down, set on fire, set fire, torch, ignite, catch fire, go up in flames",
        "fire, blaze, wildfire, arson",
        of="agent",
    ),
    _frame(
        "hit",
        "hit, strike at, batter, ravage, sweep, pummel, lash",
        "earthquake, quake, storm, hurricane, flood, tsunami, tornado, typhoon, cyclone, landslide, avalanche, "
        "drought, heatwave, blizzard, flooding, mudslide",
        of="agent",
    ),
    _frame(
        "rescue",
        "rescue, save, pull from, pluck",
        "rescue",
    ),
    _frame(
        "evacuate",
        "evacuate, clear out, displace, uproot",
        "evacuation, displacement",
    ),
    _frame(
        "abduct",
        "abduct, kidnap, take hostage, snatch",
        "abduction, kidnapping, kidnap",
        possessor="patient",
    ),
    _frame(
        "steal",
        "steal, rob, loot, burgle, make off with, embezzle, swindle, defraud, shoplift, plunder, launder",
        "theft, robbery, looting, fraud, heist, burglary, embezzlement, scam",
    ),
    _frame(
        "hack",
        "hack, hack into, breach, infiltrate",
        "hack, hacking, breach, intrusion, cyberattack",
    ),
    _frame(
        "spy",
        "spy, spy on, eavesdrop, wiretap, bug",
        "espionage, surveillance, spying",
        of="agent",
    ),
    _frame(
        "bribe",
        "bribe, pay off, buy off",
        "bribery, bribe, kickback",
    ),
    _frame(
        "smuggle",
        "smuggle, traffic",
        "smuggling, trafficking",
    ),
    _frame(
        "deploy",
        "deploy, send, dispatch, station, mobilise, mobilize, send in",
        "deployment, dispatch, mobilisation, mobilization",
    ),
    _frame(
        "deliver",
        "deliver, ship, hand over, bring, transport, carry, mail, hand in, drop off",
        "delivery, shipment, handover, transport",
    ),
    _frame(
        "protect",
        "protect, defend, guard, shield, safeguard",
        "protection, defence, defense",
    ),
    # ----------------------------------------------------------------------------------------------------- health
    _frame(
        "infect",
        "infect, spread, contract, catch, come down with, test positive, fall ill, sicken, fall sick",
        "infection, epidemic, pandemic",
    ),
    _frame(
        "treat",
        "treat, hospitalise, hospitalize, operate on, cure, heal, vaccinate, immunise, immunize, inoculate, "
        "diagnose, prescribe, take to hospital, admit to",
        "treatment, hospitalisation, hospitalization, surgery, cure, vaccination, immunisation, immunization, "
        "diagnosis, transplant",
        possessor="patient",
    ),
    _frame(
        "recover",
        "recover, recuperate, get better, get well, regain, bounce back",
        "recovery",
        of="agent",
    ),
    # ------------------------------------------------------------------------------------------------------ money
    _frame(
        "buy",
        "buy, acquire, purchase, take over, snap up, order from, buy out, buy up, buy back",
        "purchase, acquisition, takeover, buyout, buyback",
        of="patient",
    ),
    _frame(
        "sell",
        "sell, divest, auction, sell off, offload, export, put up for sale",
        "sale, divestment, auction, export",
    ),
    _frame(
        "merge",
        "merge, combine, unite, amalgamate",
        "merger, combination",
        of="agent",
    ),
    _frame(
        "split_up",
        "spin off, break up, split up, demerge",
        "breakup, spinoff, spin-off",
        possessor="patient",
    ),
    _frame(
        "invest",
        "invest, fund, finance, sponsor, bankroll, donate, contribute, pour into, bail out, chip in, underwrite",
        "investment, funding, financing, donation, contribution, sponsorship, bailout",
    ),
    _frame(
        "pay",
        "pay, spend, repay, reimburse, compensate, reward, pay out, pay back, pay for, subsidise, subsidize, refund",
        "payment, spending, repayment, compensation, payout, refund, reimbursement",
        of="patient",
    ),
    _frame(
        "owe",
        "owe, default, default on, borrow",
        "default, borrowing",
        of="agent",
    ),
    _frame(
        "tax",
        "tax, levy",
    ),
    _frame(
        "cost",
        "cost, total, price, value, be worth",
        "cost, price, value",
        possessor="patient",
    ),
    _frame(
        "earn",
        "earn, make money, gross, profit, raise money, rake in, take home, net",
        "earnings, profit, revenue, income",
    ),
    _frame(
        "raise_funds",
        "raise funds, fundraise",
        "fundraiser, fundraising",
    ),
    _frame(
        "grow",
        "grow, rise, increase, climb, jump, surge, soar, expand, advance, go up, double, triple, quadruple, "
        "raise, boost, rebound, improve, strengthen, swell, accelerate, hike, widen, mount, escalate, edge up, "
        "push up",
        "growth, rise, increase, gain, jump, surge, expansion, rebound, improvement, hike, upturn, boom, escalation",
        of="patient",
        possessor="patient",
    ),
    _frame(
        "fall",
        "fall, drop to, decline by, decline to, decrease, sink to, slump, plunge, tumble, lose ground, slip, "
        "slide, shrink, dip, cut, reduce, lower, go down, weaken, plummet, ease, halve, contract by, cut back, "
        "cut down, scale back, narrow, diminish, dwindle, curb, trim, slash, shed, get rid of, cut off, "
        "bring down, roll back, come down, depreciate, worsen",
        "fall, drop, decline, decrease, slump, plunge, slide, reduction, cut, dip, downturn, recession, cutback, "
        "contraction",
        of="patient",
        possessor="patient",
    ),
    _frame(
        "collapse",
        "collapse, fail, fall apart, break down, crumble, stall, fall through, cave in, flop, backfire, give way",
        "collapse, failure, breakdown",
        of="agent",
    ),
    _frame(
        "go_bankrupt",
        "go bankrupt, file for bankruptcy, go bust, go under, declare bankruptcy, go into administration, "
        "seek bankruptcy",
        "bankruptcy, insolvency, receivership",
        of="agent",
    ),
    _frame(
        "trade",
        "trade, import, exchange, swap, barter",
        "trade, import, exchange, swap",
    ),
    _frame(
        "rent",
        "rent, lease, hire out, rent out, charter",
        "rent, lease, rental",
    ),
    # ------------------------------------------------------------------------------------------------------ contests
    _frame(
        "win",
        "win, triumph, prevail, defeat, beat, clinch, overcome, rout, thrash, knock out",
        "win, victory, triumph",
        of="agent",
    ),
    _frame(
        "lose",
        "lose, be defeated, forfeit, go down to, be beaten",
        "loss, defeat",
    ),
    _frame(
        "draw",
        "tie, draw with",
        "draw",
    ),
    _frame(
        "overtake",
        "overtake, surpass, outpace, outperform, exceed, eclipse, top, outsell, outnumber, overhaul, break record",
    ),
    _frame(
        "qualify",
        "qualify, reach final",
        "qualification",
        of="agent",
    ),
    _frame(
        "compete",
        "compete, play, face, race, contend for, take on, compete for, vie, vie for, compete with",
        "competition, match, game, race, contest, tournament, rivalry",
        of="agent",
    ),
    _frame(
        "coach",
        "coach, train, mentor",
    ),
    _frame(
        "score",
        "score, equalise, equalize",
        "goal, score",
    ),
    _frame(
        "award",
        "award, bestow, confer on, honour with, honor with",
        "award, prize",
    ),
    # ------------------------------------------------------------------------------------------- making and changing
    _frame(
        "build",
        "build, construct, erect, make, create, develop, produce, manufacture, design, rebuild, invent, engineer, "
        "craft",
        "construction, creation, development, production, manufacture, design, reconstruction, invention",
    ),
    _frame(
        "found",
        "found, establish, set up, form, start up, co-found, cofound",
        "founding, establishment, formation, foundation",
    ),
    _frame(
        "open",
        "open, reopen, open up",
        "opening, reopening",
        of="patient",
        possessor="patient",
    ),
    _frame(
        "close",
        "close, shut, shut down, close down, shutter, mothball",
        "closure, closing, shutdown",
        possessor="patient",
    ),
    _frame(
        "change",
        "change, alter, amend, modify, convert, reform, transform, update, revise, shift, rename, switch, "
        "redesign, adjust, turn into, adapt, restructure, reverse, turn around",
        "change, amendment, modification, conversion, reform, transformation, update, revision, shift, overhaul, "
        "switch, reversal",
    ),
    _frame(
        "repair",
        "repair, fix, mend, restore, renovate, refurbish, patch",
        "repair, restoration, renovation, fix",
    ),
    _frame(
        "discover",
        "discover, find, detect, identify, uncover, locate, spot, find out, come across, unearth, dig up, trace, "
        "pinpoint",
        "discovery, finding, detection, identification",
    ),
    _frame(
        "test",
        "test, trial, experiment, try out, experiment with",
        "test, experiment, testing",
    ),
    _frame(
        "give",
        "give, provide, supply, transfer, lend, give away, give back, bequeath, allocate, distribute, hand out, "
        "hand, furnish",
        "provision, supply, transfer, loan, allocation, distribution",
    ),
    _frame(
        "get",
        "get, obtain, receive, secure, take, collect, gain, pick up, inherit",
        "receipt",
    ),
    _frame(
        "use",
        "use, utilise, utilize, apply, rely, rely on, make use",
        "use",
    ),
    _frame(
        "show",
        "show, display, exhibit, broadcast, air, screen, televise, livestream",
        "show, display, exhibition, broadcast",
    ),
    _frame(
        "star",
        "star, act in, perform in, star in",
        "concert, gig",
        of="agent",
    ),
    _frame(
        "help",
        "help, assist, aid, support with",
        "help, assistance, aid",
    ),
    _frame(
        "cause",
        "cause, lead to, result in, bring about, spark, prompt, provoke, stem from, contribute to, give rise to, "
        "drive up, unleash",
    ),
    _frame(
        "begin_service",
        "unveil, present, introduce, debut, premiere, roll out, release, go on sale, come out, hit market, "
        "bring out, showcase, put out",
        "debut, premiere, rollout, introduction, release, unveiling, presentation",
    ),
    _frame(
        "remove",
        "take away, strip, clear away, delete, erase, eliminate, discard, throw away, pull down, dispose of",
        "elimination, disposal",
    ),
    _frame(
        "connect",
        "link, connect, tie to, associate, relate",
    ),
    _frame(
        "name_as",
        "dub, nickname, label, brand, know as, title",
        "nickname",
    ),
    _frame(
        "teach",
        "teach, educate, instruct, lecture",
        "teaching, lecture",
    ),
    _frame(
        "learn",
        "learn, study at, graduate, attend school, major in",
        "graduation",
        of="agent",
    ),
    _frame(
        "born",
        "bear, be born",
        "birth",
        of="agent",
        possessor="agent",
    ),
    _frame(
        "give_birth",
        "give birth, deliver baby",
        "",
        of="agent",
    ),
    _frame(
        "marry",
        "marry, wed, get married, tie knot",
        "marriage, wedding",
        of="agent",
    ),
    _frame(
        "engage",
        "get engaged, become engaged, propose marriage",
        "",
        of="agent",
    ),
    _frame(
        "divorce",
        "divorce, split from, separate, split up with, break up with",
        "divorce, separation",
        of="agent",
    ),
    _frame(
        "bury",
        "bury, cremate, lay to rest, inter",
        "burial, funeral, cremation",
        possessor="patient",
    ),
    # ------------------------------------------------------------------------------------------------------- states
    _frame(
        "believe",
        "believe, think, feel, consider, trust, doubt, suspect, regard, deem, view, assume, suppose, guess",
        "belief, doubt",
    ),
    _frame(
        "want",
        "want, wish, need, hope, desire, long, yearn, look forward, prefer, seek",
        "hope",
    ),
    _frame(
        "fear",
        "fear, worry, dread, be afraid, be worried, be concerned",
        "fear, concern",
    ),
    _frame(
        "like",
        "like, love, enjoy, admire, adore",
    ),
    _frame(
        "hate",
        "hate, dislike, detest, despise, loathe, resent",
    ),
    _frame(
        "know",
        "know, understand, realise, realize, recognise, recognize, remember, forget, be aware",
    ),
    _frame(
        "perceive",
        "see, watch, notice, overhear, look at, listen, listen to",
    ),
    _frame(
        "own",
        "own, possess, hold shares, keep possession, co-own",
        "ownership, possession",
    ),
    _frame(
        "have",
        "have, include, contain, comprise, consist, consist of",
    ),
    _frame(
        "be",
        "be, become, represent, constitute, seem, appear, mark, make up, turn out",
    ),
    _frame(
        "live",
        "live, reside, stay, dwell, inhabit",
        "residence, stay",
    ),
    _frame(
        "work",
        "work, work for, work at, employ",
        "",
        of="agent",
    ),
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


def verbs_known() -> Container[str]:
    """All verbs of the lexicon."""
    return _by_verb()


@lru_cache(maxsize=1)
def _by_noun() -> dict[str, Frame]:
    table: dict[str, Frame] = {}
    for item in FRAMES:
        for noun in item.nouns:
            table.setdefault(noun, item)
    return table


@lru_cache(maxsize=1)
def _idioms() -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    """By first word: what follows in verbs of several words, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for verb, item in _by_verb().items():
        first, *rest = verb.split()
        if rest:
            table.setdefault(first, []).append((tuple(rest), item))
    return {first: tuple(sorted(rests, key=lambda rest: -len(rest[0]))) for first, rests in table.items()}


def idioms(lemma: str) -> tuple[tuple[tuple[str, ...], Frame], ...]:
    """What may follow a verb to make another of it ("for", "bankruptcy" after "file"), each with its frame."""
    return _idioms().get(lemma, ())


_DIRECTIONS = frozenset(
    {"back", "away", "in", "out", "home", "up", "down", "on", "over", "off", "along", "around", "ahead"}
)
_MOVING = frozenset({"travel", "arrive", "leave", "return", "grow", "fall"})


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
