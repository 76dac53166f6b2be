"""A server in which everything is as awkward as Discord and feeds allow: right to left, full of emoji, forged, and long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcord.components import walk_components
from simulated import NOON, SERVER

from bot import rendering
from bot.commands.feeds.choosing import Offer
from bot.delivery import posting
from briefs.preferences import Topic, TopicKind
from briefs.sources.discovery import Candidate

if TYPE_CHECKING:
    from simulated import World

AWKWARD = "\u202eالعربيّة\u202c 👩\u200d👩\u200d👧\u200d👦🇮🇱 سَلام\u200f 🏴\u200d☠\ufe0f🧑🏽\u200d🚀 עברית "
SIGN = "קברנוסט"
SIGNS = (SIGN, "Eva Lund", "Skagen")  # stand in what is this server's own, and in nothing that a person types
FORGED = (
    "[bank](https://evil.example/a) @everyone @here <@666> <@&666> <#666> <t:666:R> </ask:666> <:x:666> "
    "||666 hidden|| https://evil.example/b discord.gg/evil `666` ~~666~~ **[x](<https://evil.example/c>)**"
)
GONE = 4_040_404  # the number of nothing


def long(limit: int, start: str = "") -> str:
    """Return as many awkward characters."""
    return (start + AWKWARD * limit)[: limit - 1] + "ם"


SERVER_NAME, CHANNEL_NAME = long(100, SIGN), long(100, SIGN).replace(" ", "-")


def articles() -> list[dict]:
    """News of one event, of many outlets, and of what is to come; each says enough to be quoted and looked at."""
    return [
        {
            "id": f"awkward-{number}",
            "source": long(80, f"{SIGN} {number} {FORGED} "),
            "title": long(400, f"Ada Berg met Jon Vik in Oslo {SIGN} {FORGED} "),
            "author": FORGED,
            "url": f"https://www.outlet{number}.example/{'x' * 300}",
            "published_at": f"2026-03-02T{10 + number}:00:00Z",
            "text": f"Foreign minister Ada Berg met her counterpart Jon Vik in Oslo on Monday {AWKWARD}, {FORGED} they said.\n\n"
            f"The two ministers agreed to reopen the ferry line {AWKWARD} between Skagen {SIGN} and Larvik on {number + 3} June.\n\n"
            f"Ada Berg will visit Jon Vik in Bergen on {number + 10} March, said יוסף כהן {AWKWARD}.\n\n"
            f"Jon Vik met Eva Lund in Malmö on {number} February {FORGED}.",
        }
        for number in range(1, 8)
    ]


class Town:
    """The server in one world, with the numbers of what is kept for it."""

    def __init__(self, world: World) -> None:
        self.world, self.store, self.desk = world, world.newsroom.store, world.newsroom
        self.ids: dict[str, object] = {"gone": GONE, "channel": world.channel.id}

    async def furnish(self) -> None:
        """Keep something of everything."""
        store, admin, here = self.store, self.world.admin.id, self.world.channel.id
        feed = store.subscribe(SERVER, "https://outlet.example/rss", title=long(300, SIGN + FORGED), now=NOON)
        store.record_failure(feed.id, f"It said {SIGN} {FORGED} {AWKWARD}", at=NOON, next_poll_at=NOON)
        for number in range(24):
            store.subscribe(
                SERVER, f"https://outlet.example/{number}/{'x' * 200}", title=long(200, SIGN + FORGED), now=NOON
            )
            store.note_action(SERVER, admin, "topics follow", long(300, SIGN + FORGED), NOON)
        for number in range(12):
            store.set_topic(SERVER, here, Topic(TopicKind.WORD, long(80, f"{number} {SIGN} "), 3.0), now=NOON)
        times = tuple(f"{hour:02}:30" for hour in range(12))
        schedule = store.add_schedule(SERVER, here, times, (0, 2, 4), "America/Argentina/ComodRivadavia", admin, NOON)
        for number in range(12):
            store.add_schedule(SERVER, here, (f"2{number % 4}:00",), (number % 7,), "UTC", admin, NOON)
        posting.choose(store, SERVER, here, "thread", value=True)
        [topic, *_] = store.chosen(SERVER, here).topics
        self.ids |= {"topic": topic.text, "feed": str(feed.id), "schedule": str(schedule.id)}
        await self.publish()
        store.raise_alarm(SERVER, f"post {here}", f"<#{here}>: {rendering.clip(long(300, SIGN + FORGED), 250)}", NOON)

    async def publish(self) -> None:
        """Post a briefing; keep its numbers, and that of an answer."""
        world, here = self.world, self.world.channel.id
        briefing = self.desk.compose(SERVER, now=NOON, channel_id=here)
        assert briefing.items, "there is news"
        await world.env.bot.publisher.publish(SERVER, here, briefing, run_key="run")
        await world.env.bot.publisher.settled()
        asked = await world.reader.slash(world.channel, "ask", question="Who met Jon Vik?")
        [number] = {each.split(":")[1] for each in self.standing(asked.response) if each.startswith("answer:")}
        found = self.store.latest_briefing(SERVER)
        self.ids |= {"briefing": found[0], "answer": number, "story": briefing.items[0].story_id}

    def offer(self, *addresses: str) -> None:
        """Offer sources to choose from, as after `/feeds add`."""
        found = tuple(Candidate(each, long(200, SIGN + FORGED)) for each in addresses)
        self.ids["token"] = self.world.env.bot.offers.keep(Offer(SERVER, found, None, NOON))

    @staticmethod
    def standing(message) -> list[str]:
        """The ids of what can be pressed under a message."""
        return [
            each["custom_id"]
            for each in walk_components(message.components)
            if each.get("custom_id") and not each.get("disabled")
        ]

    def kept(self) -> object:
        """All that is kept for the server and that only its admins may change."""
        store, here = self.store, self.world.channel.id
        chosen = store.chosen(SERVER, 0), store.chosen(SERVER, here), store.settings(SERVER)
        return (
            [each.id for each in store.feeds(SERVER)],
            store.schedules(SERVER),
            chosen,
            store.actions(SERVER, limit=99),
        )

    def forget(self) -> None:
        """Lose all that a button may lead to."""
        self.store.forget_guild(SERVER)
        self.world.env.bot.offers._open.clear()
