"""Which entries are new: a table of what publishers do to their feeds, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from briefs.collecting import deciding
from briefs.models import Entry

FEED = "https://tidings.example/feed"
NOON = datetime(2025, 8, 1, 12, tzinfo=UTC)
BODY = "The harbour council of Brindle opened the new quay on Friday, after two years of work. " * 3
FIRST = Entry("g1", BODY, url="https://tidings.example/quay", title="Brindle opens its quay", published_at=NOON)
OTHER = Entry("g2", BODY[::-1], url="https://tidings.example/ferry", title="A ferry for Corvale", published_at=NOON)


@dataclass(frozen=True)
class Seen:
    guid: str
    fingerprint: str
    article_id: str | None


def remembered(*entries, feed_id=1, home=None):
    return [
        Seen(c.entry.guid, c.fingerprint, c.article_id)
        for c in deciding.candidates(feed_id, entries, home=home, feed=FEED)
    ]


def plan(*entries, seen=(), most=100, at_once=100, home=None):
    return deciding.decide(deciding.candidates(1, entries, home=home, feed=FEED), seen, most=most, at_once=at_once)


def guids(candidates):
    return [each.entry.guid for each in candidates]


def test_what_was_never_seen_is_fresh_and_what_did_not_change_is_nothing():
    assert guids(plan(FIRST, OTHER).fresh) == ["g1", "g2"]
    assert plan(FIRST, OTHER, seen=remembered(FIRST, OTHER)) == deciding.Plan()


def test_another_date_is_no_change():
    assert plan(replace(FIRST, published_at=NOON + timedelta(days=9)), seen=remembered(FIRST)) == deciding.Plan()


def test_other_words_under_one_guid_are_an_edit_of_the_same_article():
    edited = replace(FIRST, content=BODY.replace("two", "three"), url="https://tidings.example/moved")
    found = plan(edited, seen=remembered(FIRST))
    assert (guids(found.edited), found.fresh) == (["g1"], ())
    assert found.edited[0].article_id == remembered(FIRST)[0].article_id


def test_a_new_guid_at_the_same_address_is_the_same_article():
    again = replace(FIRST, guid="new", url="http://www.tidings.example/quay/?utm_source=x")
    found = plan(again, seen=remembered(FIRST))
    assert (guids(found.known), found.fresh, found.edited) == (["new"], (), ())


def test_a_new_guid_and_other_words_at_the_same_address_are_an_edit():
    found = plan(replace(FIRST, guid="new", content="Short now."), seen=remembered(FIRST))
    assert (guids(found.edited), found.fresh) == (["new"], ())


def test_the_same_text_at_a_new_address_under_a_new_guid_is_the_same_article():
    moved = replace(FIRST, guid="new", url="https://new.example/2025/quay")
    found = plan(moved, seen=remembered(FIRST))
    assert (guids(found.known), found.fresh) == (["new"], ())
    assert found.known[0].article_id == remembered(FIRST)[0].article_id


def test_few_words_are_not_enough_to_know_an_article_by():
    daily = Entry(
        "g1", "All you need to know.", url="https://tidings.example/1", title="Morning briefing", summary_only=True
    )
    tomorrow = replace(daily, guid="g2", url="https://tidings.example/2")
    assert guids(plan(tomorrow, seen=remembered(daily)).fresh) == ["g2"]


def test_what_is_still_there_is_not_taken_for_what_replaced_it():
    twin = replace(FIRST, guid="twin", url="https://tidings.example/twin")
    assert guids(plan(FIRST, twin, seen=remembered(FIRST)).fresh) == ["twin"]


def test_entries_of_one_page_with_titles_of_their_own_are_articles_of_their_own():
    posts = [
        replace(FIRST, guid=f"p{k}", title=f"At {k} o'clock", url="https://tidings.example/live") for k in range(3)
    ]
    found = plan(*posts)
    assert len({each.article_id for each in found.fresh}) == 3
    later = replace(FIRST, guid="p3", title="At noon", url="https://tidings.example/live")
    assert guids(plan(*posts, later, seen=remembered(*posts)).fresh) == ["p3"]


def test_a_home_page_names_no_article():
    one, other = (replace(FIRST, guid=guid, url="https://show.example/") for guid in ("e1", "e2"))
    assert remembered(one)[0].article_id != remembered(other)[0].article_id
    shop = "https://host.example/show"
    one, other = (replace(FIRST, guid=guid, url=shop) for guid in ("e1", "e2"))
    assert remembered(one, home=shop)[0].article_id != remembered(other, home=shop)[0].article_id


def test_a_guid_without_an_address_belongs_to_its_feed():
    bare = replace(FIRST, url=None)
    assert remembered(bare, feed_id=1)[0].article_id != remembered(bare, feed_id=2)[0].article_id


def test_of_too_many_the_newest_are_taken_and_the_rest_is_remembered_as_skipped():
    flood = [
        replace(
            FIRST,
            guid=f"g{k}",
            url=f"https://tidings.example/{k}",
            title=f"Item {k}",
            published_at=NOON + timedelta(hours=k),
        )
        for k in range(10)
    ]
    found = plan(*flood, most=4)
    assert guids(found.fresh) == ["g9", "g8", "g7", "g6"]
    assert (set(guids(found.skipped)), found.later) == ({f"g{k}" for k in range(6)}, 0)


def test_what_one_visit_cannot_take_is_left_for_the_next():
    flood = [replace(FIRST, guid=f"g{k}", url=f"https://tidings.example/{k}", title=f"Item {k}") for k in range(10)]
    found = plan(*flood, most=8, at_once=3)
    assert (guids(found.fresh), len(found.skipped), found.later) == (["g0", "g1", "g2"], 2, 5)


def test_an_article_listed_twice_is_taken_once():
    twice = replace(FIRST, guid="again", url=FIRST.url + "?utm_medium=rss")
    found = plan(FIRST, twice)
    assert (guids(found.fresh), guids(found.known)) == (["g1"], ["again"])


def test_a_page_that_could_not_be_read_is_asked_for_three_times():
    teaser = replace(FIRST, content="The quay is open.", summary_only=True)
    fingerprint = deciding.fingerprint(teaser)
    seen = [Seen("g1", deciding.marked(fingerprint, 1), "a1")]
    asked = 1
    while found := plan(teaser, seen=seen).edited:
        asked += 1
        seen = [Seen("g1", deciding.marked(fingerprint, found[0].tries + 1), "a1")]
    assert asked == deciding.PAGE_TRIES


def test_entries_of_an_earlier_version_of_debrief_are_known_and_learned():
    assert guids(plan(FIRST, seen=[Seen("g1", "", None)]).known) == ["g1"]


def test_a_sitemaps_stated_change_is_a_change():
    listed = replace(FIRST, content="", revision="2025-08-01")
    assert guids(plan(replace(listed, revision="2025-08-02"), seen=remembered(listed)).edited) == ["g1"]


def test_a_new_address_of_a_known_article_is_remembered():
    found = plan(replace(FIRST, url="https://tidings.example/moved"), seen=remembered(FIRST))
    assert guids(found.known) == ["g1"]
    ((own, article),) = deciding.moved(1, found.known).items()
    assert article == remembered(FIRST)[0].article_id
    assert own == remembered(replace(FIRST, url="https://tidings.example/moved"))[0].article_id


def test_the_page_of_several_items_is_no_ones_address():
    posts = [replace(FIRST, guid=f"p{k}", title=f"At {k}", url="https://tidings.example/live") for k in range(2)]
    alone = plan(posts[0], seen=remembered(*posts))
    assert deciding.moved(1, alone.known) == {}
