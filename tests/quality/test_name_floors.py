"""How well names are found and joined, on articles of our own with every mention marked; the floors never fall silently.

``[words|name|kind]`` marks a mention and what it means. Pronouns that a careful reader could not decide are not marked.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from briefs.language import names, pipeline
from briefs.models import Article, Block, BlockKind

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)\|([a-z]+)\]")

ARTICLES = {
    "ferry": """
[Nordlink|Nordlink|organisation] Names New Chief After Sinking

[OSLO|Oslo|place] — The [Norwegian|Norwegian|group] ferry company [Nordlink|Nordlink|organisation] appointed [Mara Lindqvist|Mara Lindqvist|person] as [its|Nordlink|organisation] director on Tuesday, two months after the ferry sank off [Bergen|Bergen|place].

[Lindqvist|Mara Lindqvist|person], 48, replaces [Henrik Dahl|Henrik Dahl|person], who resigned in May. [Dahl|Henrik Dahl|person] told reporters that [he|Henrik Dahl|person] wanted to spend time with [his|Henrik Dahl|person] family.

"The sea forgives nothing," [Lindqvist|Mara Lindqvist|person] said. "We will train every crew again." [She|Mara Lindqvist|person] gave no date.

Transport Minister [Liv Aasen|Liv Aasen|person] welcomed the choice. [The minister|Liv Aasen|person] met [Lindqvist|Mara Lindqvist|person] in [Oslo|Oslo|place] on Monday.
""",
    "court": """
Judge Orders Retrial in [Harlan|Victor Harlan|person] Fraud Case

A federal judge ordered a new trial on Friday for [Victor Harlan|Victor Harlan|person], the founder of the investment firm [Brightwater Capital|Brightwater Capital|organisation], who was convicted of fraud in 2021.

Judge [Susan Okafor|Susan Okafor|person] of the [Federal District Court|Federal District Court|organisation] in [Denver|Denver|place] wrote that prosecutors had withheld evidence. "The defense never saw these letters," [Okafor|Susan Okafor|person] wrote.

[Harlan|Victor Harlan|person]'s lawyer, [Peter Quill|Peter Quill|person], said [he|Peter Quill|person] was relieved. A spokeswoman for the [Justice Department|Justice Department|organisation] declined to comment.

Mr. [Harlan|Victor Harlan|person]'s wife, [Helen Harlan|Helen Harlan|person], left the courtroom in tears.
""",
    "space": """
[Aurosat|Aurosat|organisation] and [Norstar|Norstar|organisation] Agree to Share Station

[Tomas Reiter|Tomas Reiter|person], head of [Austria|Austria|place]'s space agency [Aurosat|Aurosat|organisation], met [Norstar|Norstar|organisation]'s acting director, [Claire Dubois|Claire Dubois|person], in [Vienna|Vienna|place] on Thursday to discuss the [Harmony Space Station|Harmony Space Station|craft] ([HSS|Harmony Space Station|craft]).

[The Austrian space chief|Tomas Reiter|person] said [Dubois|Claire Dubois|person] would attend the November launch. The [HSS|Harmony Space Station|craft] needs a new crew, [he|Tomas Reiter|person] added.

[Norstar|Norstar|organisation] said in a statement that [it|Norstar|organisation] would pay for half of the work. [The space station|Harmony Space Station|craft] has been in orbit since 2009.

[Reiter|Tomas Reiter|person] also invited [Dubois|Claire Dubois|person] to visit [Linz|Linz|place].
""",
    "election": """
Senator [Ada Quill|Ada Quill|person] (D-[Ariz.|Ariz.|place]) and Gov. [Joel Crane|Joel Crane|person] of [Nevada|Nevada|place] traded accusations on Sunday in a debate on [Channel 9|Channel 9|organisation].

[Quill|Ada Quill|person] accused [Crane|Joel Crane|person] of hiding a report by the [State Water Board|State Water Board|organisation]. [Crane|Joel Crane|person] said [he|Joel Crane|person] had never seen it.

[Republicans|Republicans|group] called the report a stunt. President [Ruth Morrow|Ruth Morrow|person], who campaigned with [Quill|Ada Quill|person] last week, will speak in [Reno|Reno|place] on Tuesday, and [she|Ruth Morrow|person] is expected to raise it.
""",
    "company": """
[Kestrel Motors Inc.|Kestrel Motors Inc.|organisation] will close [its|Kestrel Motors Inc.|organisation] plant in [Toledo|Toledo|place], [Ohio|Ohio|place], the company said on Wednesday.

"This was not easy," said [Dana Whitfield|Dana Whitfield|person], the chief executive of [Kestrel Motors|Kestrel Motors Inc.|organisation]. [Whitfield|Dana Whitfield|person] said 1,200 people would lose their jobs.

The [United Metal Workers|United Metal Workers|organisation] union called the decision a betrayal. [Carlos Ibarra|Carlos Ibarra|person], a welder, has worked at [Kestrel|Kestrel Motors Inc.|organisation] for 20 years. "Nobody asked us," [Ibarra|Carlos Ibarra|person] said.
""",
    "quake": """
A strong earthquake struck the island of [Sarn|Sarn|place] before dawn on Monday, killing at least 12 people, officials said.

The [European Relief Council|European Relief Council|organisation] ([ERC|European Relief Council|organisation]) sent two planes from [Brussels|Brussels|place]. [ERC|European Relief Council|organisation] coordinator [Jonas Weber|Jonas Weber|person] said roads were blocked.

[Weber|Jonas Weber|person] spoke to Prime Minister [Elena Costa|Elena Costa|person] by telephone. [Costa|Elena Costa|person] declared three days of mourning in the [United States|United States|place]-built capital. The [U.S.|United States|place] offered help.
""",
    "football": """
[Redmoor|Redmoor United|organisation] Sack Coach After Cup Defeat

[Redmoor United|Redmoor United|organisation] have sacked coach [Enzo Falcone|Enzo Falcone|person] after Saturday's 4-0 defeat by [Port Ellen|Port Ellen|organisation], the club's chairman, [Graham Tull|Graham Tull|person], said.

"[Enzo|Enzo Falcone|person] gave everything," [Tull|Graham Tull|person] told [Radio Wye|Radio Wye|organisation]. "But we cannot go on losing."

[Falcone|Enzo Falcone|person], a former [Italy|Italy|place] midfielder, joined [Redmoor|Redmoor United|organisation] in 2023. [His|Enzo Falcone|person] assistant, [Kofi Mensah|Kofi Mensah|person], will take over until June. [Mensah|Kofi Mensah|person] said [he|Kofi Mensah|person] had not slept.
""",
    "summit": """
[India|India|place] and [Brazil|Brazil|place] Sign Deal on Rare Metals

[Indian|Indian|group] Foreign Minister [Anjali Rao|Anjali Rao|person] and [her|Anjali Rao|person] [Brazilian|Brazilian|group] counterpart, [Paulo Teixeira|Paulo Teixeira|person], signed an agreement on rare metals at the [Geneva Minerals Summit|Geneva Minerals Summit|event] on Thursday.

[Rao|Anjali Rao|person] said the deal would free both countries from [Chinese|Chinese|group] suppliers. [Teixeira|Paulo Teixeira|person], who flew in from [São Paulo|São Paulo|place], called it historic.

The [U.N.|U.N.|organisation] trade agency warned that mines near [Belém|Belém|place] could harm the [Amazon|Amazon|place].
""",
}

RECALL, KIND, PRECISION = 0.97, 0.93, 0.97


def unmarked(marked):
    """The plain text, its blocks, and the marked mentions as (start, end, name, kind)."""
    text, gold, last = "", [], 0
    for mark in MARK.finditer(marked.strip()):
        text += marked.strip()[last : mark.start()]
        gold.append((len(text), len(text) + len(mark[1]), mark[2], mark[3]))
        text += mark[1]
        last = mark.end()
    text += marked.strip()[last:]
    blocks, start = [], 0
    for paragraph in text.split("\n\n"):
        kind = BlockKind.PROSE if paragraph.rstrip().endswith((".", '"')) else BlockKind.HEADLINE
        blocks.append(Block(start, start + len(paragraph), kind))
        start += len(paragraph) + 2
    return text, tuple(blocks), gold


@pytest.fixture(scope="module")
def scored():
    """Every marked mention with what was found there, and every found mention that is not marked."""
    nlp = pipeline.load()
    hits, spurious = [], []
    for name, marked in ARTICLES.items():
        text, blocks, gold = unmarked(marked)
        found = names.find(pipeline.parse(nlp, Article(name, text, blocks, NOW)))
        by_range = {(mention.start, mention.end): mention for mention in found}
        hits += [(name, text[s:e], meant, kind, by_range.get((s, e))) for s, e, meant, kind in gold]
        marks = {(s, e): meant for s, e, meant, _ in gold}
        spurious += [
            (name, text[m.start : m.end], m.entity.name)
            for m in found
            if m.form != "description" and marks.get((m.start, m.end)) != m.entity.name
            if not any(
                s <= m.start and m.end <= e and e - s > m.end - m.start for s, e in marks
            )  # "Austrian" in "The Austrian space chief"
        ]
    return hits, spurious


def share(good, everything):
    return len(good) / len(everything)


def test_most_mentions_are_found_and_mean_the_right_thing(scored):
    hits, _ = scored
    good = [hit for hit in hits if hit[4] is not None and hit[4].entity.name == hit[2]]
    missed = [hit[:3] for hit in hits if hit not in good]
    print(f"recall {share(good, hits):.3f} of {len(hits)}", missed)
    assert share(good, hits) >= RECALL, missed


def test_most_found_things_are_of_the_right_kind(scored):
    hits, _ = scored
    found = [hit for hit in hits if hit[4] is not None]
    good = [hit for hit in found if hit[4].entity.kind == hit[3]]
    wrong = [(*hit[:4], hit[4].entity.kind) for hit in found if hit not in good]
    print(f"kind {share(good, found):.3f}", wrong)
    assert share(good, found) >= KIND, wrong


def test_little_is_found_that_is_not_there(scored):
    hits, spurious = scored
    total = len(hits) + len(spurious)
    print(f"precision {1 - len(spurious) / total:.3f}", spurious)
    assert 1 - len(spurious) / total >= PRECISION, spurious
