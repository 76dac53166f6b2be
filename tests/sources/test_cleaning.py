"""Cleaning: what each stretch of an awkward text is, and the title, outlet and date that stand in it.

A text is written with a mark before each piece: «H» headline, «S» heading (sub-title), «P» prose, «L» list, «F» furniture.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.models import BlockKind
from briefs.sources.cleaning import mark

KINDS = {
    "H": BlockKind.HEADLINE,
    "S": BlockKind.HEADING,
    "P": BlockKind.PROSE,
    "L": BlockKind.LIST,
    "F": BlockKind.FURNITURE,
}
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

TEXTS = {
    "a plain paragraph per line": """\
«P»The harbour of Ostmere reopened on Monday after a week of repairs to its northern pier.
«P»Two ferries left before noon, the port authority said.
«P»“We are glad to be back,” said its director, Ilse Brandt.
""",
    "one short sentence": "«P»The bridge is open.",
    "one line without a full stop": "«P»Ferry service to resume in the spring",
    "one line that looks like an item of a list": "«P»16. Nov. 2016",
    "a headline with an abbreviation inside": """\
«H»Gov. Lund wins vote on pier

«P»The council of Ostmere voted on Friday evening to repair the northern pier, as Governor Lund had asked.
""",
    "a question as the only line": "«P»When does the ferry leave?",
    "breadcrumb, headline, date, summary, body": """\
«F»Home / Region / Ostmere reopens its harbour after repairs
«H»Ostmere reopens its harbour after repairs
«F»4 Mar
«F»Summary
«L»- Northern pier repaired after the winter storm
«L»- Ferries leave twice a day again

«P»On March 4, 2024, the harbour of Ostmere reopened after a week of repairs to its northern pier.
«P»Two ferries left before noon, the port authority said.
""",
    "slogan, byline, headline, sub-heading, broken paragraph, pull quote": """\


«F»News for the coast
«F»Since 1911



«F»By: KL | Reuters Brief

«H»Ostmere harbour reopens after a week of repairs



«P»The harbour of Ostmere reopened on Monday after a week of repairs, its director said in a statement.

«S»Storms on the coast

«P»Ilse Brandt told reporters that the port would

keep both ferries running through the winter.

«F»Both ferries and the cargo lines will run through the winter if the weather allows it

«P»The director added that both ferries and the cargo lines will run through the winter if the weather allows it at all.
""",
    "date lines twice, highlights with dots, section labels, end": """\
«F»Mar 4, 2024, 4:13 PM
«F»Mar 4, 2024, 4:13 PM

«H»Harbour of Ostmere opens again

«F»Highlights
  «L»• The harbour of Ostmere reopened after a week of repairs.
  «L»• Ferries leave twice a day.
«F»Story

«P»The harbour of Ostmere reopened on Monday, and two ferries left before noon.

«F»Opinions

«F»You've reached the end
""",
    "wire copy with a dateline": """\
«H»Ostmere harbour reopens
«F»OSTMERE, Norland (AP) —«P» The harbour of Ostmere reopened on Monday, officials said.

«P»Two ferries left before noon.

«F»Reporting by Jane Doe and Karl Lund; Editing by Ann Poe
""",
    "dateline with a date and a hyphen": "«F»OSTMERE, March 4 (Reuters) -«P» The harbour reopened on Monday, officials said.",
    "dateline in small letters": "«F»Ostmere (AFP) –«P» The harbour reopened on Monday, officials said.",
    "a picture's credit that ran into the dateline": "«F»CreditIda Holm/Northern Wire OSTMERE —«P» The harbour reopened on Monday, officials said.",
    "only an agency": "«F»(CNN) --«P» The harbour reopened on Monday, officials said.",
    "a dash that belongs to the sentence": "«P»The harbour — closed for a week — reopened on Monday, officials said.",
    "an acronym with a dash in mid-text": """\
«P»The harbour reopened on Monday, officials said in the morning.

«P»NATO — The alliance, that is — sent nobody.
""",
    "a headline glued to the text": (
        "«H»Harbour Of Ostmere Reopens «P»The harbour of Ostmere reopened on Monday, officials said.",
        "Harbour Of Ostmere Reopens",
    ),
    "a headline glued with a full stop": (
        "«H»Harbour Of Ostmere Reopens. «P»The harbour of Ostmere reopened on Monday, officials said.",
        "Harbour Of Ostmere Reopens",
    ),
    "a label with a colon": """\
«P»The council of Ostmere voted on Friday evening to repair the northern pier.

«S»The plan:

«P»Two cranes are bought, the clerk said, and the pier is raised by a metre.
""",
    "a title that is merely how the sentence begins": (
        "«P»Harbour of Ostmere reopens on Monday, officials said.",
        "Harbour of Ostmere reopens",
    ),
    "a headline and a time glued to the text": (
        "«H»Ferry back in service after storm «F»Updated 3/14/2024 1:41 PM «P»The ferry to Ostmere sailed again on Monday."
    ),
    "a date inside the first sentence is no stamp": (
        "«P»The council recalled on Monday the March 4, 2024 Harbour Act, which nobody had read."
    ),
    "bylines, share buttons, advertisements, credits": """\
«H»Council of Ostmere votes to repair the pier
«F»By Jane Doe, Staff writer
«F»Updated 4:13 PM EDT, Fri March 1, 2024
«F»5 min read
«F»Share this article
«F»Facebook
«F»Photo: Karl Lund/Getty Images

«P»The council of Ostmere voted on Friday to repair the northern pier before the summer.

«F»Advertisement

«F»Story continues below

«P»Nine members voted for the plan and two against it, the clerk said.

«F»Read more: Storm closes the harbour of Ostmere

«F»A worker stands on the northern pier in Ostmere on Friday. (AP Photo/Ann Poe)

«P»Work starts in May.

«F»Subscribe to our newsletter
«F»We use cookies to improve your experience. By continuing you accept our cookie policy.
«F»© 2024 Ostmere Herald. All rights reserved.
«F»Related stories
«F»Storm closes the harbour of Ostmere
«F»Ferry captain retires after forty years
""",
    "a picture's caption ends in an agency after a stroke": """\
«P»The council of Ostmere voted on Friday to repair the northern pier.

«F»The northern pier on Friday. REUTERS/Karl Lund

«P»The repair will cost nine million, the clerk told Reuters.
""",
    "a paragraph about an agency or a site stays": """\
«P»Getty Images sued the makers of the program in London on Friday.

«P»Share prices of both firms fell by four percent after the news, brokers told AFP.

«P»Advertisement spending rose for the third year in a row, the study found.

«P»Comments by the minister angered the fishermen of the coast.

«P»By Friday evening, nobody had replied.

«P»Home owners in the north must register by May.

«P»Reporting by the paper in March had led to the inquiry.

«P»Written in 1815, the letter names the ship and its captain.
""",
    "lines wrapped by hand": """\
«H»Harbour reopens after storm

«P»The harbour of Ostmere reopened on Monday after a week of repairs to
its northern pier. Two ferries left before noon, the port authority
said. The director called it a good day for everyone on the coast and
thanked the workers.

«P»The next ferry leaves on Tuesday at six in the morning. It will take
forty cars and about two hundred passengers to the islands, which had
been cut off since the storm.
""",
    "wrapped lines with indented paragraphs": """\
«P»   The harbour of Ostmere reopened on Monday after a week of repairs to
its northern pier. Two ferries left before noon, the port authority
said. The director called it a good day for everyone on the coast.
«P»   The next ferry leaves on Tuesday at six in the morning. It will take
forty cars and about two hundred passengers to the islands.
""",
    "a wrapped list item": """\
«P»The council of Ostmere decided three things on Friday evening:

«L»* the northern pier is repaired
  before the summer;
«L»* the ferry stays cheap.

«P»Nobody voted against the second, the clerk of the council said.
""",
    "numbered headings over prose": """\
«P»Three questions are open after the vote of the council on Friday evening.

«S»1. The pier

«P»Nobody knows who will pay for the northern pier, the clerk said.

«S»2. The ferry

«P»The ferry may stop for a month, and the islands would be cut off.
""",
    "a numbered list": """\
«P»The council of Ostmere decided these things on Friday evening:
«L»1. Repair the northern pier.
«L»2. Keep the ferry.
«P»Nobody voted against the second, the clerk of the council said.
""",
    "key points without bullets": """\
«H»Council of Ostmere votes to repair the pier
«F»Key points
«L»Pier to be repaired before summer
«L»Ferry stays cheap

«P»The council of Ostmere voted on Friday to repair the northern pier.
""",
    "a summary that is prose": """\
«F»Summary

«P»The council of Ostmere voted on Friday to repair the northern pier.

«P»Nine members voted for the plan and two against it, the clerk said.
""",
    "only list items": """\
«F»Morning digest for the coast
«P»- The harbour of Ostmere reopened on Monday.
«P»- The council voted to repair the pier.
""",
    "an advertisement inside a sentence": """\
«P»The council of Ostmere voted on Friday to repair the northern pier. It also agreed to

«F»Advertisement

«P»keep the ferry cheap for another year, the clerk said.
""",
    "a standfirst without a full stop": """\
«H»Council votes to repair the pier
«S»Nine members were for it, two against

«P»The council of Ostmere voted on Friday to repair the northern pier, nine members to two.
""",
    "menus before and comments after": """\
«F»Menu
«F»World | Region | Sport
«F»Home > Region > Ostmere
«H»Council votes to repair the northern pier
«F»Jane Doe, Staff Reporter
«F»2024-03-01T16:13:00Z

«P»The council of Ostmere voted on Friday evening to repair the northern pier, which the storm of last month had damaged so badly that no ship could land there, and to raise the money from the tourists of the summer.

«P»Nine members voted for the plan and two against it, the clerk said, and the mayor, who has no vote, praised both sides for their patience.

«F»12 Comments

«F»About time, I would say. My boat has been in the shed since.

«F»They should have asked the fishermen first.
""",
    "tags, links and symbols": """\
«P»The council of Ostmere voted on Friday to repair the northern pier.

«F»* * *

«F»Tags: harbour, council
«F»#ostmere #harbour
«F»https://ostmere.example/council
«F»Follow @ostmere on Twitter
""",
    "a paragraph printed twice": """\
«P»The council of Ostmere voted on Friday to repair the northern pier.

«P»Nine members voted for the plan and two against it, the clerk said.

«F»The council of Ostmere voted on Friday to repair the northern pier.
""",
    "a quotation pulled out of the next paragraph": """\
«P»The council of Ostmere voted on Friday to repair the northern pier.

«F»“We have waited long enough for this”

«P»“We have waited long enough for this,” said the mayor, Ilse Brandt, after the vote.
""",
    "a headline that ends in an abbreviation": """\
«H»Harbour builder sells ferry to rival from the U.S.
«P»The builder of the harbour sold its ferry on Friday to a rival from the United States.
""",
    "a headline in quotation marks repeated below the picture": """\
«H»‘We waited long enough’: Ostmere repairs its pier
«F»The pier in winter. Picture: Karl Lund
«F»‘We waited long enough’: Ostmere repairs its pier
«P»The council of Ostmere voted on Friday to repair the northern pier.
""",
    "a name in small letters begins the paragraph": """\
«H»Ferry line sells tickets by telephone
«P»iPhone owners in Ostmere can buy their ticket for the ferry on the way, the line said.
""",
    "an agency without brackets": "«F»London CNN —«P» The harbour of Ostmere reopened on Monday, officials said.",
    "a date and an agency without a place": "«F»Aug. 1 (UPI) --«P» The harbour of Ostmere reopened on Monday, officials said.",
    "links in capitals, appeals, a writer's life": """\
«F»NEWYou can now listen to our articles!
«P»The council of Ostmere voted on Friday evening to repair the northern pier.
«F»FERRY LINE RAISES ITS PRICES AFTER A WEEK OF STORMS
«P»Nine members voted for the plan and two against it, the clerk said.
«F»CLICK HERE TO GET THE HERALD APP
«F»The Associated Press contributed to this report.
«F»Jane Doe is a senior writer for the Ostmere Herald.
""",
    "labels over a list of links": """\
«P»The council of Ostmere voted on Friday evening to repair the northern pier.

«F»Recommended Stories
«F»list of 2 items
«F»- list 1 of 2Storm closes harbour
«F»- list 2 of 2Ferry stays cheap
«F»end of list

«P»Nine members voted for the plan and two against it, the clerk said.
""",
    "a broadcaster's captions": """\
«H»Council votes to repair pier
«F»3-Minute Listen
«F»Enlarge this image
«F»The pier in Ostmere on Friday. Karl Lund/AP hide caption
«F»toggle caption

«P»The council of Ostmere voted on Friday evening to repair the northern pier.
""",
    "an agency's page": """\
«H»Council votes to repair pier

«F»BY JANE DOE
«F»Associated Press

«F»OSTMERE, Norland (AP) —«P» The council of Ostmere voted on Friday evening to repair the northern pier.

«F»___

«F»Follow Jane Doe at https://x.example/jane
""",
    "a press release": """\
«F»FOR IMMEDIATE RELEASE

«F»Contact: Jane Doe, press@ostmere.example

«F»OSTMERE, Norland, Aug. 1, 2024 /PRNewswire/ --«P» The council of Ostmere voted on Friday to repair the pier.

«F»###
""",
    "questions over their answers": """\
«H»Will Ostmere get its pier back?

«P»The council of Ostmere voted on Friday evening to repair the northern pier.

«S»What happens next?

«P»Nine members voted for the plan and two against it, the clerk said.
""",
    "a speech after a stroke": """\
«P»The council of Ostmere voted on Friday evening to repair the northern pier.

«P»— We have waited long enough, the mayor said on Friday.

«P»Nine members voted for the plan and two against it, the clerk said.
""",
    "Windows line ends": "«H»Council votes to repair the pier\r\n\r\n«P»The council of Ostmere voted on Friday to repair the pier.\r\n",
    "nothing but white space": " \n\t\n",
    "nothing": "",
}


def parted(marked: str) -> tuple[str, list[tuple[BlockKind, str]]]:
    """Give a marked text without its marks, and the pieces it must fall into."""
    parts = re.split(r"«([HSPLF])»", marked)
    expected = [(KINDS[kind], piece.strip()) for kind, piece in zip(parts[1::2], parts[2::2], strict=True)]
    return "".join([parts[0], *parts[2::2]]), expected


@pytest.mark.parametrize("name", TEXTS)
def test_every_piece_of_an_awkward_text_gets_its_kind(name):
    case = TEXTS[name]
    marked, title = case if isinstance(case, tuple) else (case, None)
    text, expected = parted(marked)
    found = [(block.kind, text[block.start : block.end]) for block in mark(text, title=title).blocks]
    assert found == expected


# --------------------------------------------------------------------------------------------------------------- findings
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("breadcrumb, headline, date, summary, body", "Ostmere reopens its harbour after repairs"),
        (
            "slogan, byline, headline, sub-heading, broken paragraph, pull quote",
            "Ostmere harbour reopens after a week of repairs",
        ),
        ("date lines twice, highlights with dots, section labels, end", "Harbour of Ostmere opens again"),
        ("menus before and comments after", "Council votes to repair the northern pier"),
        ("a plain paragraph per line", None),
        ("only list items", None),
    ],
)
def test_the_title_is_the_headline_and_never_a_breadcrumb_slogan_or_byline(name, title):
    assert mark(parted(TEXTS[name])[0]).title == title


def test_a_known_title_wins():
    assert mark("Other words here\n\nThe council voted on Friday evening to repair it.", title="Known").title == "Known"


BODY = "The council of Ostmere voted on Friday to repair the northern pier."


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("By: KL | AP Brief", "AP"),
        ("By Jane Doe, Reuters", "Reuters"),
        ("By The Associated Press", "Associated Press"),
        ("Source: AFP", "AFP"),
        ("Source: Ostmere Herald News", "Ostmere Herald News"),
        ("Originally published by The Ostmere Herald", "The Ostmere Herald"),
        ("This article was originally published on Ostmere Today.", "Ostmere Today"),
        ("© 2024 Ostmere Herald. All rights reserved.", "Ostmere Herald"),
        ("By Jane Doe, Staff writer", None),
        ("Source: World Bank", None),
        ("Photo: Karl Lund/Getty Images", None),
    ],
)
def test_an_outlet_is_taken_only_where_it_is_sure(line, outlet):
    assert mark(f"{line}\n\n{BODY}").outlet == outlet


def test_the_outlet_of_a_dateline():
    assert mark(f"OSTMERE, Norland (Reuters) - {BODY}").outlet == "Reuters"


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("Aug 1, 2024, 4:13 PM", datetime(2024, 8, 1, 16, 13, tzinfo=UTC)),
        ("Updated 4:13 PM EDT, Thu August 1, 2024", datetime(2024, 8, 1, 20, 13, tzinfo=UTC)),
        ("Published: 2024-08-01T16:13Z", datetime(2024, 8, 1, 16, 13, tzinfo=UTC)),
        ("2024-08-01T16:13:00+02:00", datetime(2024, 8, 1, 14, 13, tzinfo=UTC)),
        ("Thursday 1 August 2024 08.23 BST", datetime(2024, 8, 1, 7, 23, tzinfo=UTC)),
        ("1 August 2024", datetime(2024, 8, 1, tzinfo=UTC)),
        ("Published on 18th September 2013", datetime(2013, 9, 18, tzinfo=UTC)),
        ("Posted 9/14/2013 1:03 PM", datetime(2013, 9, 14, 13, 3, tzinfo=UTC)),
        ("Posted: 07/05/2016 10:25 am EDT", datetime(2016, 7, 5, 14, 25, tzinfo=UTC)),
        ("By Jane Doe | Aug 1, 2024 | 4:13 PM", datetime(2024, 8, 1, 16, 13, tzinfo=UTC)),
        ("08/02/2013", None),  # 8 February or 2 August
        ("1 Aug", None),
        ("2 hours ago", None),
        ("31 Feb 2024", None),
    ],
)
def test_the_time_of_publication_in_a_line_of_its_own(line, time):
    marked = mark(f"{line}\n\n{BODY}")
    assert marked.published_at == time
    assert [block.kind for block in marked.blocks] == [BlockKind.FURNITURE, BlockKind.PROSE]


def test_a_date_between_paragraphs_is_that_of_its_part_unless_it_says_otherwise():
    assert mark(f"{BODY}\n\nMarch 4, 2024\n\nThe storm came.").published_at is None
    assert mark(f"{BODY}\n\nPublished: March 4, 2024").published_at == datetime(2024, 3, 4, tzinfo=UTC)


def test_publication_goes_before_the_last_update():
    marked = mark(f"Updated: Aug 3, 2024\nPublished: Aug 1, 2024\n\n{BODY}")
    assert marked.published_at == datetime(2024, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("OSTMERE, Aug 1, 2024 (Reuters) - The harbour reopened.", datetime(2024, 8, 1, tzinfo=UTC)),
        ("OSTMERE, Aug 1 (Reuters) - The harbour reopened.", None),
        ("31 Jul\n\nOn July 31, 2024, the harbour of Ostmere was reopened.", datetime(2024, 7, 31, tzinfo=UTC)),
        ("1 Aug\n\nOn July 31, 2024, the harbour of Ostmere was reopened.", datetime(2024, 8, 1, tzinfo=UTC)),
        ("On Wednesday, July 31, 2024, the harbour of Ostmere was reopened.", datetime(2024, 7, 31, tzinfo=UTC)),
        ("The harbour was reopened on Wednesday, 31 July 2024, the mayor said.", datetime(2024, 7, 31, tzinfo=UTC)),
        ("A man was sentenced on Monday for the fire of March 11, 2005.", None),
        ("The pier was first opened on 11 March 1905.", None),
        ("On March 11, 1905, the pier was opened by the king.", None),  # history
    ],
)
def test_the_day_is_taken_from_the_first_sentence_only_when_it_is_the_news_of_that_day(text, time):
    assert mark(text).published_at == time


# --------------------------------------------------------------------------------------------------------------- promises
PARTS = st.sampled_from(
    [
        *(
            line
            for case in TEXTS.values()
            for line in parted(case[0] if isinstance(case, tuple) else case)[0].splitlines()
        ),
        "",
        "  ",
        "•",
        "- ",
        "1.",
        "\u2028",
        "\ufeff",
        "（。",
    ]
)
TITLES = st.none() | PARTS | st.text(max_size=30)


def check_promises(text: str, title: str | None) -> None:
    blocks = mark(text, title=title).blocks
    ends = [0, *(block.end for block in blocks)]
    assert all(before <= block.start < block.end <= len(text) for before, block in zip(ends, blocks, strict=False))
    assert all(text[block.start : block.end] == text[block.start : block.end].strip() for block in blocks)
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())


@given(st.lists(PARTS, max_size=12), st.sampled_from(["\n", "\n\n", "\r\n", " "]), TITLES)
def test_blocks_are_ordered_apart_trimmed_and_cover_every_article(parts, joint, title):
    check_promises(joint.join(parts), title)


@given(st.text(max_size=300), TITLES)
def test_blocks_are_ordered_apart_trimmed_and_cover_any_text(text, title):
    check_promises(text, title)


@given(st.text(alphabet="abc DE.,-•1\n", min_size=1, max_size=200))
def test_a_text_with_a_full_sentence_in_it_keeps_it(noise):
    sentence = "The council of Ostmere voted on Friday evening to repair the northern pier."
    text = f"{noise}\n\n{sentence}\n\n{noise}"
    kinds = [block.kind for block in mark(text).blocks if sentence in text[block.start : block.end]]
    assert kinds == [BlockKind.PROSE]


def test_the_promises_hold_on_the_seeds():
    if not SEEDS.exists():
        pytest.skip("the seeds are not at hand")
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        check_promises(text, None)
        assert sum(block.kind is BlockKind.PROSE for block in mark(text).blocks) >= 1


@pytest.mark.parametrize(
    "line",
    [
        "By " + "A" * 190,
        "By " + "Aa-" * 60 + "!",
        "A.@@A.@" * 60,
        "www." * 120,
        "a " * 5_000,
        "of " * 160,
        "/" * 400,
        "(" * 400,
        "A. " * 60,
        "1 " * 240,
        "Aug 1, 2024 " * 40,
        "© © 2024 ©",
        "\u2028\u2029\x85\x1c",
    ],
)
def test_a_hostile_line_is_marked_at_all(line):
    check_promises(f"{line}\n\n{BODY}", None)  # an exponential pattern would not come back
    check_promises(line, line)


@pytest.mark.parametrize(
    "line",
    [
        "Anzeige",
        "Lesen Sie auch: Tunnel auf die Nordinsel geplant.",
        "Foto: Karl Lund/dpa",
        "Lire aussi : Le pont de Valmer rouvre lundi.",
        "Réservé aux abonnés",
        "© 2024 Haldener Bote. Alle Rechte vorbehalten.",
        "Читайте также: Мост открыт.",
        "相关阅读：大桥开放",
    ],
)
def test_what_stands_around_an_article_is_known_in_other_languages(line):
    text = f"Die Brücke von Halden ist am Montag nach drei Jahren wieder geöffnet worden.\n\n{line}"
    assert [block.kind for block in mark(text).blocks] == [BlockKind.PROSE, BlockKind.FURNITURE]


@pytest.mark.parametrize(
    "line",
    [
        "Die Quelle: ein Bach im Wald lief am Montag über.",
        "Bild und Ton fielen in Halden am Montag für eine Stunde aus.",
        "Das Foto des Tages hat Karl Lund in Sandholm gemacht.",
    ],
)
def test_foreign_news_stays_prose(line):
    text = f"Die Brücke von Halden ist am Montag nach drei Jahren wieder geöffnet worden.\n\n{line}"
    assert [block.kind for block in mark(text).blocks] == [BlockKind.PROSE, BlockKind.PROSE]
