"""What a site prints under its articles is learned from several of them and read no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefs.models import Article, Block, BlockKind
from briefs.sources.boilerplate import RECURS, drop, drop_together, paragraphs, site_of
from briefs.sources.cleaning import mark

SEEN = datetime(2024, 3, 5, tzinfo=UTC)
ABOUT = "The Halden Tide is a daily newspaper that was founded in 1887 and is read on both islands."
BACKGROUND = "The bridge was closed in 2021, when divers found cracks in its middle pier below the water line."
NEWS = (
    "The council of Halden voted on Monday for a tunnel to the northern island.",
    "A trawler ran aground off Sandholm in the night, and its crew of six walked ashore at low water.",
    "The ferry will run every forty minutes until the lorries may use the bridge again.",
    "Farmers of the southern island asked the county for hay after the driest spring in a century.",
    "The school of Marbury opens a workshop for boats, in which pupils build one each winter.",
)


def article(name: str, *texts: str, site: str | None = "tide.example") -> Article:
    """An article of these paragraphs under its own headline."""
    text = "\n\n".join((f"Headline of {name} that tells the news", *texts))
    marked = mark(text, title=text.partition("\n")[0])
    url = f"https://{site}/{name}" if site else None
    return Article(name, text, marked.blocks, SEEN, url=url)


def prose(found: Article) -> list[str]:
    return [found.text[b.start : b.end] for b in found.blocks if b.kind is BlockKind.PROSE]


def several(*more: str, count: int = 4) -> list[Article]:
    """Articles of one site, each with its own news and then ``more``."""
    return [article(f"a{n}", NEWS[n], f"{NEWS[n - 1]} So it was said on day {n}.", *more) for n in range(count)]


def test_what_recurs_over_a_sites_articles_is_dropped_at_once():
    for found in drop_together(several(ABOUT), {}):
        assert ABOUT in found.text
        assert ABOUT not in prose(found)
        assert len(prose(found)) == 2


def test_what_two_articles_share_is_kept():
    assert all(ABOUT in prose(found) for found in drop_together(several(ABOUT, count=2), {}))


def test_what_was_learned_before_counts():
    new = several(ABOUT, count=1)
    about = paragraphs(article("b", ABOUT))[-1][0]
    assert [ABOUT in prose(found) for found in drop_together(new, {("tide.example", about): RECURS - 2})] == [True]
    assert [ABOUT in prose(found) for found in drop_together(new, {("tide.example", about): RECURS - 1})] == [False]
    assert [ABOUT in prose(found) for found in drop_together(new, {("other.example", about): 99})] == [True]


def test_figures_and_dates_do_not_make_a_box_another():
    boxes = [
        f"Sign-off: this page was put together on {day} by {n} hands and printed in Halden."
        for n, day in enumerate(("Monday 4 March", "Tuesday 5 March", "Sunday 1 Dec."), start=7)
    ]
    found = drop_together([article(f"a{n}", NEWS[n], NEWS[n + 1], box) for n, box in enumerate(boxes)], {})
    assert not any(box in prose(each) for each, box in zip(found, boxes, strict=True))


def test_background_deep_in_an_article_is_not_looked_at():
    tail = [f"{NEWS[0]} It was the {n}th such vote." for n in ("six", "seven", "eigh", "nin", "ten")]
    told = [
        article(
            f"a{n}", NEWS[n], NEWS[n + 1], BACKGROUND, *(f"{t} {n} times more, said voice {'abc'[n]}." for t in tail)
        )
        for n in range(3)
    ]
    assert all(BACKGROUND in prose(found) for found in drop_together(told, {}))


def test_an_article_never_loses_most_of_its_prose():
    same = [article(f"a{n}", ABOUT, BACKGROUND) for n in range(4)]
    same = [replace(a, text=a.text, url=f"https://tide.example/{n}") for n, a in enumerate(same)]
    for found in drop_together(same, {}):
        assert len(prose(found)) == 1


def test_an_article_of_one_paragraph_keeps_it():
    found = drop(article("a", ABOUT), {key: 99 for key, _ in paragraphs(article("a", ABOUT))})
    assert prose(found) == [ABOUT]


def test_a_headline_is_never_dropped():
    told = [replace(a, blocks=(replace(a.blocks[0], kind=BlockKind.HEADLINE), *a.blocks[1:])) for a in several(ABOUT)]
    assert all(found.blocks[0].kind is BlockKind.HEADLINE for found in drop_together(told, {}))
    assert all(0 not in [i for _, i in paragraphs(found)] for found in told)


def test_one_text_under_several_addresses_is_one_article():
    copies = [replace(article("a", *NEWS[:3]), id=f"a{n}", url=f"https://tide.example/{n}") for n in range(5)]
    assert drop_together(copies, {}) == tuple(copies)


def test_each_site_is_learned_by_itself():
    mixed = [replace(a, url=f"https://site{n % 2}.example/{a.id}") for n, a in enumerate(several(ABOUT))]
    assert all(ABOUT in prose(found) for found in drop_together(mixed, {}))
    assert drop_together([replace(a, url=None) for a in several(ABOUT)], {}) == tuple(
        replace(a, url=None) for a in several(ABOUT)
    )


def test_a_text_never_changes_and_blocks_stay_in_place():
    for before, after in zip(several(ABOUT), drop_together(several(ABOUT), {}), strict=True):
        assert after.text == before.text
        assert [(b.start, b.end) for b in after.blocks] == [(b.start, b.end) for b in before.blocks]


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.tide.example/a", "tide.example"),
        ("http://tide.example:8080/a", "tide.example:8080"),
        ("https://me:secret@Tide.Example/a", "tide.example"),
        (None, None),
        ("not an address", None),
    ],
)
def test_a_site_is_a_host(url, site):
    assert site_of(replace(article("a", ABOUT), url=url)) == site


def test_an_article_without_blocks_has_nothing_to_learn():
    empty = Article("a", "", (), SEEN, url="https://tide.example/a")
    assert paragraphs(empty) == ()
    assert drop(empty, {}) == empty
    assert (
        drop(replace(empty, text="x", blocks=(Block(0, 1, BlockKind.FURNITURE),)), {}).blocks[0].kind
        is BlockKind.FURNITURE
    )
