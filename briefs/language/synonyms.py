"""Words that mean nearly the same in news: what people ask in other words than a source tells it.

General English from everyday and newsroom use; no name of a person, place or outlet belongs here. A word may stand in
several groups. Verbs of one kind of event are also held together by ``briefs.facts.frames``; here stands what is closer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefs.language.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUPS = """
accident, crash, collision, wreck
advert, advertisement, commercial, ad, spot
aeroplane, airplane, plane, aircraft, jet, airliner, jetliner
agency, bureau, authority
aid, help, assistance, relief
aim, goal, target, objective
airline, carrier
aides, staff, staffers, advisers, advisors
allegation, claim, accusation, charge
allow, permit, let, legalise, legalize, legal
alliance, coalition, bloc, pact
ally, partner
amount, sum, figure, total
anger, outrage, fury, rage
apartment, flat, home
army, military, forces, troops, soldiers, armed
arrested, detained, apprehended, nabbed, caught, captured, custody
arms, weapons, weaponry
attack, assault, strike, raid
attacker, gunman, shooter, assailant
attempt, try, bid, effort
attorney, lawyer, counsel, solicitor
automaker, carmaker, manufacturer
award, prize, honour, honor, medal
baby, infant, newborn
ban, banned, prohibit, outlaw, bar, forbid, blacklist
bank, lender
bankrupt, bankruptcy, insolvent, insolvency, administration, receivership
beat, defeat, won, win, victory, triumph
begin, start, commence, open, launch
biggest, largest, greatest, main
bill, law, legislation, act, measure, statute
blast, explosion, bomb, detonation
boat, ship, vessel, ferry
bomb, explosive, device
boss, chief, head, leader, ceo, director, president, chairman
bought, buy, purchase, acquire, acquisition, takeover
boyfriend, partner
brief, short
broke, bankrupt
budget, spending
build, construct, construction, erect, built
building, structure
bus, coach
business, company, firm, corporation, enterprise
buyout, takeover, acquisition
campaign, drive
cancel, scrap, axe, abandon, drop
cancer, tumour, tumor
candidate, contender, nominee, hopeful
cannabis, marijuana, pot, weed
capital, money, funds
car, vehicle, automobile, auto
cash, money, funds
cause, reason, motive, motivation
ceasefire, truce, armistice
ceo, chief executive, executive
chair, chairman, chairwoman, chairperson
chance, likelihood, probability, odds
cheap, inexpensive, affordable
child, kid, children, youngster
chip, semiconductor
choose, pick, select, name, chosen, picked, selected
church, parish
city, town
climb, rise, increase, grow, gain, jump, surge, soar
close, shut, closure, shutdown, closing
clothes, clothing
coach, manager
coast, shore, coastline
colleague, coworker
college, university
commander, general
compensation, damages, payout, restitution, refund
complaint, lawsuit, suit
condition, state
conference, convention, summit
congressman, congresswoman, representative, lawmaker, legislator
conspiracy, plot
contest, competition, race
contract, deal, order, agreement
convicted, guilty, conviction
cooperation, collaboration, partnership
cop, police, officer, policeman, policewoman
corpse, body, remains
corruption, bribery, graft
cost, price, worth, pay, paid
country, nation, state
court, tribunal, judge
coup, putsch, overthrow
cover, hide, conceal
crew, astronauts
crime, offence, offense
critic, opponent
criticism, backlash, condemnation
crop, harvest
crowd, audience, spectators
cure, treatment, therapy
customer, client, buyer, shopper, consumer
cut, reduce, reduction, slash, trim, lower, decrease, shed, eliminate
danger, risk, threat, hazard
daughter, girl, child
dead, died, death, killed, deaths, die, fatal, fatality, fatalities, casualties, toll
deal, agreement, accord, pact, contract, treaty, settlement
dealer, dealership
debt, loan, borrowing
decision, ruling, verdict, judgment, judgement
decline, fall, drop, decrease, dip, slide, slump, plunge, plummet, tumble
defect, fault, flaw, problem, glitch
delay, late, postpone, setback, behind
delegation, team
deliver, hand over, handover, delivery, supply, ship
demand, call
demonstration, protest, rally, march
demonstrator, protester, protestor, activist
department, ministry, office
deputy, vice
device, gadget
dialogue, talks, negotiations
disaster, catastrophe, tragedy
discount, rebate, refund
discover, find, found, detect, discovery, uncover
find, found, recover, retrieve
disease, illness, sickness, infection, virus
dispute, row, quarrel, fight, feud, conflict, argument, battle
doctor, physician, surgeon, medic
document, paper, file, record
donate, give, donation, contribution, contribute, gift
donor, contributor, backer
doubt, suspicion
drone, uav
drug, medicine, medication, pill
drop out, withdraw, withdrawal, quit, pull out
earn, make, income, salary, wage, pay
earnings, profit, profits, income
earthquake, quake, tremor
economy, growth
election, vote, poll, ballot
employee, worker, staff, workforce, personnel
employer, company
encounter, meet, meeting, talks
end, finish, stop, conclude, over
endorse, back, support, endorsement, backing
enemy, foe, rival
engine, motor
environment, climate
epidemic, outbreak, pandemic
error, mistake, blunder
escape, flee, fled
estimate, forecast, projection, prediction
evacuate, flee, leave
evidence, proof
exam, test
expand, grow, extend, expansion
expel, deport, oust
expert, specialist, analyst, scientist, researcher
explain, say
explode, blow up, explosion, blast
fail, failure, collapse
fake, false, bogus, hoax, forged
famous, well-known, renowned
fan, supporter
farmer, grower
father, dad, parent
fee, charge, price, cost
female, woman, women
festival, fair
fight, combat, battle, struggle
film, movie, picture
fine, penalty
fire, blaze, wildfire, inferno
fired, sacked, dismissed, ousted, axed
flag, banner
flee, escape, fled
flood, flooding, inundation, deluge
follower, supporter
food, meal
footballer, player
foreign, overseas, abroad, international
former, ex, previous, past
founder, co-founder, creator
fraud, scam, swindle
friend, pal, buddy, ally
fuel, petrol, gasoline, gas, diesel
funeral, burial
game, match, fixture
gay, homosexual, lgbt
general, overall
get, receive, obtain, gain
girlfriend, partner
goods, products, merchandise
governing, ruling
government, administration, state, federal
grand, thousand
ground, base
group, organisation, organization, association, body
growth, increase, expansion
guest, visitor
guilty, convicted
guns, firearms, weapons
happen, occur, take place
hearing, trial, proceedings, session, arraignment, court
height, altitude
help, assist, aid, support
hire, recruit, appoint, employ
hit, struck, strike
holiday, vacation
home, house, residence
homicide, murder, killing
hospital, clinic
hostage, captive
hotel, inn
huge, massive, enormous, giant
hunger, famine, starvation
hurricane, storm, cyclone, typhoon
hurt, injure, injury, wound, wounded, injured
husband, spouse
image, photo, photograph, picture
immigrant, migrant, refugee
imports, tariffs
imprison, jail, prison, incarcerate, behind bars
improve, upgrade, better
incident, event
income, earnings, revenue, salary
increase, raise, rise, hike, boost
independent, third-party
indict, charge, indictment, charged, accused
inflation, prices
inquiry, investigation, probe, enquiry
insurance, coverage, cover
interview, conversation
introduce, unveil, launch, present, reveal, release
invent, create, develop
investor, shareholder, stockholder
island, isle
issue, problem, matter
jail, prison, sentence
job, post, position, role, employment, work
join, enter
journalist, reporter, correspondent
judge, justice, magistrate
kid, child
kidnap, abduct, kidnapping, abduction
kill, murder, slay, shoot dead, killed, assassinate
king, monarch
lab, laboratory
label, record company
landslide, mudslide
last, final
late, delayed, delay
lawmaker, legislator, senator, representative, politician, mp
lawsuit, suit, case, sue, litigation, legal action
lead, head, run
leak, spill
leave, depart, quit, exit, departure
letter, note
liberal, progressive
limit, cap, ceiling, restriction
loan, credit
location, site, place, venue
lose, loss, lost, defeat
low, cheap
mad, angry, furious
mail, post
make, produce, manufacture
male, man, men
market, exchange
marry, wed, wedding, marriage
medicine, drug, treatment
meeting, summit, talks, conference, gathering
member, participant
memo, memorandum
merger, takeover, combination
message, note, text
minister, secretary
miss, skip
missing, disappeared, lost, vanished
mission, flight
money, cash, funds, funding, dollars
monitor, watch, track
mother, mum, mom, parent
murder, kill, killing, homicide, slaying
museum, gallery
music, song
nation, country
newest, latest
nominee, candidate, pick, nomination
nuclear, atomic
objective, aim
offer, bid, proposal
office, headquarters
official, officer, authority
oil, petroleum, crude
opponent, rival, challenger
opposition, resistance
order, purchase, contract
origin, source
outcome, result
outlet, newspaper, media, broadcaster
owner, proprietor
parcel, package, packet
parliament, congress, legislature, assembly
party, group
passenger, traveller, traveler
patient, sufferer
pay, payment, wage, salary, compensation
pay back, repay, reimburse, refund, return
peace, ceasefire
people, persons, residents, citizens, individuals
permit, licence, license, permission
phone, telephone, smartphone, handset
plant, factory, works
play, perform
player, athlete
plead, plea
police, officers, authorities
politician, lawmaker
poll, survey
pollution, contamination
pope, pontiff
population, inhabitants
port, harbour, harbor
postpone, delay, put off, push back, reschedule, defer
poverty, poor
power, electricity
president, leader
press, media, reporters
press conference, news conference, briefing
previous, former, earlier
price, cost
prime minister, premier, pm
prison, jail
probe, investigation, inquiry
problem, issue, difficulty, trouble
produce, make, output, production
professor, academic
profit, earnings, gain
project, programme, program, plan, scheme
promise, pledge, vow, pledged, vowed, promised
protest, demonstration
publish, release
pull out, withdraw, withdrawal
punish, punishment, penalty
purchase, buy
put off, delay, postpone, push back
quarter, three months
quit, resign, resignation, step down, leave, left
race, contest, election
radio, broadcast
rain, rainfall
rally, event, protest
rebel, insurgent, militant
recall, withdraw
recession, downturn, slump
record, album
refuse, reject, decline, turn down
region, area, province, district
relative, family
release, free, freed
remark, comment, statement, said
remove, take out
replace, succeed, successor, take over, replacement
replacement, successor
report, study, document
reporter, journalist, correspondent
request, ask, appeal
rescue, save
research, study
researcher, scientist
resign, quit, step down, resignation
restart, resume, reopen
restaurant, diner, cafe
result, outcome
retire, retirement
return, come back
revenue, sales, turnover
rich, wealthy
riot, unrest, violence
river, stream
road, highway, street, motorway
robbery, theft, heist, burglary
rocket, booster, launcher
rule, ruling, decision, decide, regulation
rumour, rumor, speculation
salary, pay, wage
sanctions, embargo
satellite, spacecraft, probe
scandal, affair, controversy
scientist, researcher
search, hunt
seat, post
secret, classified, confidential
sell, sale, sold, vendor
send, dispatch, sent, mail
senior, top
sentence, term
shares, stock, stake, equity
shop, store, outlet, retailer
shoot, shooting, gunfire, shot
shut, close
sick, ill, unwell
singer, vocalist, musician
site, location
smartphone, phone
soldier, troop, serviceman
son, boy, child
sorry, apologise, apologize, apology, regret
source, origin
space station, outpost, station
speak, talk, address, speech
speech, address, remarks
speed, velocity
spend, expenditure, spending
spokesman, spokeswoman, spokesperson
spread, transmission
stadium, arena
stake, share, shares, holding, interest
step down, resign, quit
stock, share, shares, equities
storm, hurricane, cyclone
strategy, plan
strike, walkout, stoppage
student, pupil
study, research, survey, report
subway, metro, underground
suspect, accused
talks, negotiations, discussions, meeting
tax, levy, duty
teacher, instructor
team, club, squad, side
teen, teenager, youth
television, tv
temperature, heat
terror, terrorism, terrorist, extremism
theft, stealing, robbery
ticket, pass
top, leading
tour, visit, trip, journey
toxic, poisonous, poison
trade, commerce
train, railway, rail
training, practice, exercise
travel, trip, journey
treatment, therapy
trial, court case, hearing
trip, journey, visit, tour
try, attempt
turnout, attendance
twitter, tweet
underground, subway
union, federation
university, college
vaccine, jab, vaccination, inoculation, immunisation
vessel, ship
victim, casualty
video, footage, clip, film
viewer, audience
visit, trip, tour
vote, ballot, election, referendum
voter, electorate
walkout, strike
war, conflict, fighting
warn, warning, alert
wealth, fortune
weapon, arm, gun
weather, conditions
website, site
wife, spouse
win, victory, winner, won
wire, wiring, cable
withdraw, pull out, withdrawal, pullout
witness, onlooker, bystander
woman, female
work, job
worker, employee, labourer, laborer
worry, concern, fear
wounded, injured, hurt
wreckage, debris
wreck, crash
yearly, annual, annually
young, youth
"""


@lru_cache(maxsize=1)
def _index() -> dict[str, frozenset[str]]:
    """For each stem the stems of its groups; terms of several words only lead from, not to."""
    found: dict[str, set[str]] = {}
    for line in GROUPS.strip().splitlines():
        single = {stem(word) for term in line.split(",") if " " not in (word := term.strip())}
        for one in single:
            found.setdefault(one, set()).update(single - {one})
    return {one: frozenset(others) for one, others in found.items()}


def synonyms(word: str) -> frozenset[str]:
    """The stems of words that mean nearly what the stem ``word`` does."""
    return _index().get(word, frozenset())


_SUFFIXES = (
    "ational", "ization", "isation", "ability", "ibility", "iveness", "fulness", "ousness", "ation", "ition", "ution",
    "ement", "ments", "ingly", "ction", "ment", "ance", "ence", "ancy", "ency", "tion", "sion", "ator", "ship", "hood",
    "ness", "ible", "able", "ion", "ity", "ism", "ist", "ive", "ous", "ant", "ent", "age", "ery", "ary", "ory", "ial",
    "ian", "eri", "ari", "al", "er", "or", "ic", "cy", "ci", "ee", "ur", "i", "y", "e",
)  # fmt: skip
_ROOT = 4  # letters that a word keeps at least


@lru_cache(maxsize=16_384)  # 3 MB
def family(word: str) -> str:
    """What the words of one family share: "resign" for the stems of resigned and resignation.

    Endings that make nouns and adjectives are cut from the stem, at most twice; short words stay whole.
    """
    root = word
    for _ in range(2):
        cut = next((root[: -len(s)] for s in _SUFFIXES if root.endswith(s) and len(root) - len(s) >= _ROOT), root)
        if cut == root:
            break
        root = cut
    return root[:-1] if len(root) > _ROOT and root[-1] == root[-2] else root


def families(words: Iterable[str]) -> frozenset[str]:
    """The families of stems."""
    return frozenset(map(family, words))


@lru_cache(maxsize=8_192)  # 3 MB
def meanings(word: str) -> frozenset[str]:
    """The families of a stem and of what means nearly the same."""
    return families((word, *synonyms(word)))
