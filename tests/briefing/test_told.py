"""What a channel was told decides what comes back to it, through the desk and its store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from days import CANCELLED, FRIDAY, LAUNCHED, NINE, PLAN, REWRITTEN, SATURDAY, THURSDAY

from briefs.briefing.verifying import passages
from briefs.newsroom import Newsroom
from briefs.preferences import MUTED, TopicKind, topic

GUILD, CHANNEL, OTHER = 1, 10, 11
EVENING = timedelta(hours=10)


class Desk:
    """A desk whose clock is set, and a channel that it posts to."""

    def __init__(self, folder):
        self.folder = folder
        self.now = THURSDAY
        self.room = Newsroom.in_memory(clock=lambda: self.now)

    def take(self, *stories, at, outlet="Gazette"):
        """Read articles that came together."""
        self.now = at
        rows = [
            {
                "id": f"{outlet} {title}",
                "title": title,
                "source": outlet,
                "published_at": when.isoformat(),
                "text": text,
            }
            for title, when, text in stories
        ]
        file = self.folder / "articles.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        assert self.room.load(file, guild_id=GUILD).problems == ()

    def brief(self, channel=CHANNEL):
        return self.room.compose(GUILD, channel_id=channel)

    def post(self, briefing, channel=CHANNEL, *, arrives=True):
        """Post a briefing, or fail to."""
        place = {"guild_id": GUILD, "channel_id": channel}
        saved = self.room.store.save_briefing(briefing, **place)
        post = self.room.store.claim(f"{saved}", 0, briefing_id=saved, nonce="n", now=self.now, **place)
        if arrives:
            self.room.store.record_sent(post.id, 1)
        else:
            self.room.store.record_failed(post.id, "No permission.")


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.take(PLAN, at=THURSDAY + EVENING)
    yield made
    made.room.close()


def test_a_known_story_comes_back_as_an_update_and_once(desk):
    desk.post(desk.brief())
    assert desk.brief().items == ()
    desk.take(CANCELLED, at=FRIDAY + EVENING, outlet="Courier")
    (item,) = desk.brief().items
    assert item.is_update
    assert item.changes[0].sentence.text.startswith("The council of Marbury cancelled")
    assert "will close the Halden library" in item.changes[0].earlier.text
    assert item.changes[0].sentence in item.sentences
    desk.post(desk.brief())
    assert desk.brief().items == ()


def test_what_an_outlet_told_before_it_was_muted_is_known_and_not_quoted_again(desk):
    desk.post(desk.brief())
    muted = topic(TopicKind.OUTLET, "Gazette", MUTED)
    desk.room.store.set_topic(GUILD, CHANNEL, muted, now=FRIDAY)
    desk.take(PLAN, at=FRIDAY, outlet="Herald")
    assert desk.brief().items == ()

    desk.take(CANCELLED, at=FRIDAY + EVENING, outlet="Courier")
    (item,) = desk.brief().items
    assert item.is_update
    assert item.outlets == ("Herald", "Courier")
    assert {cited.article_id.partition(" ")[0] for cited in passages(item)} == {"Courier"}


def test_a_briefing_that_failed_or_was_only_looked_at_told_nothing(desk):
    desk.room.store.save_briefing(desk.brief(), guild_id=GUILD, channel_id=CHANNEL)  # saved, and never claimed
    desk.post(desk.brief(), arrives=False)
    desk.take(CANCELLED, at=FRIDAY + EVENING, outlet="Courier")
    (item,) = desk.brief().items
    assert not item.is_update


def test_another_channel_and_the_inspector_were_told_nothing(desk):
    desk.post(desk.brief())
    desk.take(CANCELLED, at=FRIDAY + EVENING, outlet="Courier")
    assert [item.is_update for item in desk.brief(OTHER).items] == [False]
    assert [item.is_update for item in desk.room.compose(None).items] == [False]
    assert [item.is_update for item in desk.brief().items] == [True]


def test_what_adds_nothing_is_named_once_and_then_counts_as_told(desk):
    desk.take(NINE, at=THURSDAY + EVENING)
    desk.post(desk.brief())
    desk.take(REWRITTEN, at=FRIDAY + EVENING, outlet="Courier")
    briefing = desk.brief()
    assert briefing.items == ()
    assert [each.article_ids for each in briefing.unmoved] == [(f"Gazette {NINE[0]}", f"Courier {REWRITTEN[0]}")]
    desk.take(LAUNCHED, at=SATURDAY + EVENING)
    briefing = desk.brief()
    assert len(briefing.unmoved) == 1
    desk.post(briefing)
    assert desk.brief().unmoved == ()


@pytest.mark.parametrize(("written", "sum_told"), [("45", None), ("54", "54 million")])
def test_an_edit_comes_back_when_it_corrects_what_was_shown(desk, written, sum_told):
    text = "The new bridge at Halden will cost 45 million crowns, the road office of Lindal said on Thursday."
    desk.take(("Halden gets a new bridge", THURSDAY, text), at=THURSDAY + EVENING, outlet="Courier")
    desk.post(desk.brief())
    (old,) = desk.room.store.articles(["Courier Halden gets a new bridge"]).values()
    edited = text.replace("45", written).replace("said on Thursday", "announced on Thursday")
    block = replace(old.blocks[-1], end=old.blocks[-1].end - len(text) + len(edited))
    new = replace(old, id=f"{old.id}~2", text=edited, blocks=(block,), version=2, version_of=old.id)
    desk.now = FRIDAY
    desk.room._take([new], feed_id=None)
    found = [item.changes[0] for item in desk.brief().items]
    if sum_told is None:
        assert found == []
        return
    (change,) = found
    assert sum_told in change.sentence.text
    assert "45 million" in change.earlier.text
    desk.room.verify(desk.brief())
