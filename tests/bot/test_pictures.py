"""What the pictures of timelines and connections keep to: they can be read, by everybody, and are the same each time."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import looks
import pytest
from PIL import Image

from bot import pictures
from bot.pictures import canvas, chronicle, layout, network
from bot.rendering import describing
from briefs.models import Connections, Grain, Modality, Timeline, When

ARABIC = "قال الوزير محمد بن سلمان إن العبّارة ستعود إلى العمل بين سكاغن ولارفيك."
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PEOPLE = [
    "Ada Berg",
    "Jon Vik",
    "Harbour Lines",
    "Larvik",
    "Kasimir Quill",
    "Port Authority of Skagen",
    "Teal Dynamics",
    "Nora Lund",
    "Olaf Moe",
]


def timelines():
    """Yield timelines that are hard to draw."""
    one = looks.SHORT.moments[1]
    yield "one moment", replace(looks.SHORT, moments=(one,))
    yield "twenty-eight moments", looks.LONG
    yield (
        "one day",
        Timeline("A day", tuple(replace(one, evidence=looks.evidence(f"{n} {looks.MEETING}")) for n in range(40))),
    )
    yield (
        "hours",
        Timeline("Hours", tuple(looks.moment(looks.MEETING, looks.minute(f"2026-03-02T{h:02}:30Z")) for h in range(9))),
    )
    yield (
        "years",
        Timeline("Years", tuple(looks.moment(looks.STORM, looks.day(f"{y}-05-01")) for y in range(1950, 2030, 9))),
    )
    yield "all ways it can stand", Timeline("Ways", tuple(replace(one, modality=each) for each in Modality))
    yield "right to left", Timeline("كأس العالم 2026", (looks.moment(ARABIC, looks.day("2026-01-02")),))
    yield (
        "emoji and scripts",
        Timeline("🚀 launch 🎉", (looks.moment("🚀🚀 The ship 日本丸 sailed with Łukasz.", looks.day("2026-01-02")),)),
    )
    yield "nothing that can be drawn", Timeline("日本丸", (looks.moment("日本丸", looks.day("2026-01-02")),))
    yield (
        "long words",
        Timeline(
            f"{LONG_WORD} {LONG_WORD}",
            (looks.moment(f"{LONG_WORD} {LONG_WORD} {LONG_WORD}", looks.day("2026-01-02")),) * 9,
        ),
    )
    yield "no instant", Timeline("Vague", (looks.moment(looks.STORM, When("PAST_REF", 0, 0, Grain.VAGUE)),) * 2)


def networks():
    """Yield connections that are hard to draw."""
    chance = random.Random(7)
    acts = ["met", "sued", "signed a far-reaching agreement on fishing with", "is to visit"]
    yield "one link", Connections("Ada Berg", looks.MET.links[:1])
    yield "three links", looks.MET
    yield "thirty links", Connections(None, tuple(looks.link(*_pair(chance, acts)) for _ in range(30)))
    yield (
        "a star",
        Connections(
            "Ada Berg",
            tuple(
                looks.link("Ada Berg", "met", name, modality=how)
                for name, how in zip(PEOPLE[1:], 2 * [*Modality], strict=True)
            ),
        ),
    )
    yield (
        "everybody with everybody",
        Connections(None, tuple(looks.link(a, "met", b, mutual=True) for a, b in combinations(PEOPLE[:5], 2))),
    )
    yield (
        "pairs",
        Connections(None, tuple(looks.link(a, "met", b) for a, b in zip(PEOPLE[::2], PEOPLE[1::2], strict=False))),
    )
    yield (
        "both ways",
        Connections(
            None,
            (
                looks.link("Ada", "sued", "Jon"),
                looks.link("Jon", "sued", "Ada"),
                looks.link("Ada", "met", "Jon", mutual=True),
            ),
        ),
    )
    yield "right to left", Connections(None, (looks.link("محمد بن سلمان", "met", "דוד לוי"),))
    yield "long names", Connections(None, (looks.link(LONG_WORD, "sued", f"Ministry of {LONG_WORD} and Transport"),))
    yield "emoji", Connections(None, (looks.link("🚀 Rocket Co", "bought", "Teal 🎉"),))


def _pair(chance, acts):
    one, other = chance.sample(PEOPLE, 2)
    return one, chance.choice(acts), other


TIMELINES, NETWORKS = dict(timelines()), dict(networks())


@pytest.fixture(scope="module")
def drawn():
    """All pictures, each drawn once."""
    canvas.prepare()
    cards = {("timeline", name): chronicle.drawn(each) for name, each in TIMELINES.items()}
    return cards | {("network", name): network.drawn(each) for name, each in NETWORKS.items()}


def each_card(test):
    """Run a test over all pictures."""
    keys = [("timeline", name) for name in TIMELINES] + [("network", name) for name in NETWORKS]
    return pytest.mark.parametrize("key", keys, ids=[" of ".join(key) for key in keys])(test)


@each_card
def test_no_words_lie_over_others(drawn, key):
    words = drawn[key].words

    assert [(a, b) for (a, one), (b, other) in combinations(words, 2) if one.overlaps(other)] == []


@each_card
def test_all_words_stand_inside_the_card(drawn, key):
    card = drawn[key]

    assert all(b.x - b.width / 2 >= 0 and b.x + b.width / 2 <= canvas.WIDTH for _, b in card.words)
    assert all(b.y - b.height / 2 >= 0 and b.y + b.height / 2 <= card.height for _, b in card.words)


@pytest.mark.parametrize("name", list(NETWORKS))
def test_an_arrow_is_seen_between_each_name_and_its_words(name):
    canvas.prepare()
    arrows, found = network._fitting([network._as_arrow(pair) for pair in network._pairs(NETWORKS[name].links)])

    near = [
        (end, arrow.words)
        for arrow, words in zip(arrows, found.words, strict=True)
        for end in (arrow.agent, arrow.patient)
        if found.names[end].overlaps(words, layout.SHAFT / 2)
    ]
    assert near == []


@each_card
def test_a_phone_shows_it_whole_with_letters_that_can_be_read(drawn, key):
    card = drawn[key]

    assert card.height <= 1.5 * canvas.WIDTH
    assert all(box.height >= 22 for text, box in card.words if not text.isdigit())  # half of it where it is 400 wide


@pytest.mark.parametrize("key", [("timeline", "right to left"), ("network", "one link")], ids=" of ".join)
def test_something_is_drawn_beside_the_words(drawn, key):
    colours = Image.open(BytesIO(drawn[key].png())).convert("RGB").getcolors(1 << 20)

    assert len(colours) > 50


def _brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    low, high = sorted((_brightness(one), _brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_colour_of_words_stands_out_from_its_ground():
    """4.5 to 1 is what WCAG 2 asks of text."""
    pairs = [(colour, canvas.GROUND) for colour in canvas.TEXT_COLOURS]

    assert all(_contrast(*pair) >= 4.5 for pair in [*pairs, (canvas.INK, canvas.PANEL)])


@pytest.mark.parametrize("name", ["twenty-eight moments", "right to left"])
def test_the_same_timeline_gives_the_same_bytes(name):
    first, second = (pictures.timeline_picture(TIMELINES[name]) for _ in range(2))

    assert first == second
    assert b"tEXt" not in first
    assert b"tIME" not in first


def test_the_same_connections_give_the_same_bytes():
    first, second = (pictures.connections_picture(NETWORKS["three links"]) for _ in range(2))

    assert first == second


def test_a_timeline_carries_the_numbers_of_its_list(drawn):
    numbers = [text for text, _ in drawn["timeline", "twenty-eight moments"].words if text.isdigit()]

    assert numbers[0] == "1"
    assert numbers[-1] == "28"
    assert "5 of 28 moments" in [text for text, _ in drawn["timeline", "twenty-eight moments"].words]


def test_how_a_moment_stands_is_told_in_words(drawn):
    told = " ".join(text for text, _ in drawn["timeline", "all ways it can stand"].words)

    assert all(word in told for word in ("planned", "possible", "called off"))


def test_what_is_told_by_many_is_shown_first():
    one = looks.SHORT.moments[0]
    moments = tuple(replace(one, independent=5 if n in (3, 4) else 1) for n in range(20))

    assert chronicle.chosen(moments, 4) == (0, 3, 4, 19)


def test_moments_told_alike_are_spread_over_the_time():
    assert chronicle.chosen(looks.LONG.moments, 3) == (0, 13, 27)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("2026-03-01", "2026-03-02", ""),
        ("2026-03-01", "2026-03-04", "3 days later"),
        ("2026-03-01", "2026-03-22", "3 weeks later"),
        ("2026-03-01", "2026-06-01", "3 months later"),
        ("2020-03-01", "2026-06-01", "6 years later"),
    ],
)
def test_the_time_between_two_moments_is_said_in_words(one, other, told):
    assert chronicle.between(looks.day(one), looks.day(other)) == told


def test_what_cannot_be_drawn_is_left_out_or_marked():
    canvas.prepare()

    assert canvas.drawable("🚀 Rocket Co 🎉") == "Rocket Co"
    assert canvas.drawable("The ship 日本丸 sailed") == "The ship … sailed"
    assert canvas.drawable("日本丸") == ""
    assert canvas.drawable("a\u202eb") == "ab"


def test_names_that_cannot_be_drawn_have_no_picture():
    assert pictures.connections_picture(Connections(None, (looks.link("日本丸", "met", "北京"),))) is None
    assert pictures.connections_picture(Connections(None, ())) is None
    assert pictures.timeline_picture(Timeline("Nobody", ())) is None


def test_each_picture_says_in_words_what_it_shows():
    told = describing.timeline_described(looks.SHORT)

    assert told.startswith("Timeline of Ada Berg: 3 moments. 2024: It was closed")
    assert "June 2026 (planned): The two ministers" in told
    assert "Ada Berg met Jon Vik, Monday 2 March 2026." in describing.connections_described(looks.MET)


@pytest.mark.parametrize("name", list(TIMELINES))
def test_the_words_of_a_picture_keep_to_what_discord_takes(name):
    told = describing.timeline_described(TIMELINES[name])

    assert 0 < len(told) <= describing.LIMIT


def test_what_a_description_leaves_out_is_counted():
    assert describing.timeline_described(looks.LONG).endswith("more in the list.")


ALONE = """
import os
from bot import pictures
from briefs.models import Connection, Connections, Entity, EntityKind, Modality
one, other = Entity("Ada Berg", EntityKind.PERSON), Entity("Jon Vik", EntityKind.PERSON)
link = Connection(one, "met", other, "meet", True, Modality.HAPPENED, None, (), 1, 1)
png = pictures.connections_picture(Connections(None, (link,)))
from matplotlib.font_manager import fontManager
assert all("mpl-data" in font.fname for font in fontManager.ttflist)
assert "MPLCONFIGDIR" not in os.environ
import sys
assert "discord" not in sys.modules
assert len(png) > 5_000
"""


def test_it_draws_where_nothing_can_be_written_at_home(tmp_path):
    """It neither looks through the machine's fonts nor keeps what it found; and it needs nothing of Discord."""
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    environment = {**os.environ, "HOME": str(home), "PYTHONWARNINGS": "error"}
    for name in ("MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(name, None)

    run = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, env=environment, check=False)

    assert (run.returncode, run.stderr) == (0, "")
    assert list(home.iterdir()) == []
