"""How alike two articles are: what is kept of them, what speaks against one event, and what an archive changes."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.errors import StoreError
from briefs.models import Article
from briefs.stories import content
from briefs.stories.clusters import THRESHOLD, clusters
from briefs.stories.evidence import (
    OTHER_DAYS,
    OTHER_FIGURES,
    OTHER_MATTER,
    OTHER_NUMBER,
    OTHER_WEEKDAYS,
    OTHER_YEARS,
    doubt,
    stated,
)
from briefs.stories.similarity import Frequencies, likeness, similarity

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUAKE = "An earthquake of magnitude 6.2 shook Sorvik in Tavia on Monday and killed 14 people in the harbour quarter."


def told(text: str, *, name: str = "a", title: str | None = None, days: float | None = 0, language: str = "en"):
    published = None if days is None else DAY + timedelta(days=days)
    return content.of(Article(name, text, (), DAY, title, published_at=published, language=language))


def alike(*contents: content.Content) -> float:
    return float(similarity(likeness(contents, Frequencies.among(contents)), contents)[0, 1])


def doubts(one: content.Content, other: content.Content) -> float:
    return doubt(stated(one), stated(other))


# ------------------------------------------------------------------------------------------------------------ content
@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from(["en", "und", "de", "ja"]))
def test_a_content_comes_back_as_it_was_packed(text, title, language):
    made = told(text, title=title, language=language)

    assert content.unpack(made.pack()) == made


@pytest.mark.parametrize(
    "damaged", [b"", b"no zlib", zlib.compress(b"[1, 2]"), zlib.compress(b"{}"), zlib.compress(b"3")]
)
def test_damaged_bytes_are_refused_in_a_sentence(damaged):
    with pytest.raises(StoreError, match="damaged"):
        content.unpack(damaged)


def test_a_packed_content_stays_small():
    assert len(told(" ".join(f"{QUAKE} word{k}" for k in range(60))).pack()) < 1_000


def test_what_tells_most_of_an_article_are_its_names_and_not_everyday_words():
    first = told(f"{QUAKE} Officials said that many people had left their homes at night.")

    most = content.telling(first, Frequencies.among([first]), 6)

    assert {"sorvik", "tavia"} <= set(most)
    assert not {"monday", "peopl", "offici", "night"} & set(most)


def test_an_article_is_looked_up_by_what_others_hold_and_half_of_what_tells_it_is_such():
    first = told(QUAKE)
    other = told(
        "In Sorvik a mule called Bramble, a lute and eleven umbrellas were found in the harbour quarter.", name="b"
    )
    frequencies = Frequencies.among((first, other))

    assert set(content.held(other, frequencies, 3)) == {"sorvik", "harbour", "quarter"}
    assert len({"sorvik", "harbour", "quarter"} & set(content.telling(other, frequencies, 4))) == 2


# ----------------------------------------------------------------------------------------------------------- evidence
@pytest.mark.parametrize(
    ("one", "other", "doubted"),
    [
        ("A quake of magnitude 6.2 shook Sorvik.", "The quake at Sorvik had a magnitude of 6.2.", 0),
        ("A quake of magnitude 6.2 shook Sorvik.", "A quake of magnitude 5.4 shook Sorvik.", OTHER_FIGURES),
        ("A quake of magnitude 6.2 shook Sorvik.", "A quake shook Sorvik.", 0),
        ("Sorvik shook on Monday.", "Sorvik shook on Thursday.", OTHER_WEEKDAYS),
        ("Sorvik shook on Monday.", "Sorvik shook on Monday, and again on Thursday.", 0),
        ("Sorvik shook in 2019 and 120 died.", "Sorvik shook in 2024 and 120 died.", OTHER_YEARS),
    ],
)
def test_other_figures_weekdays_and_years_speak_for_two_events(one, other, doubted):
    assert doubts(told(one), told(other)) == pytest.approx(doubted)


@pytest.mark.parametrize(
    ("one", "other", "doubted"),
    [
        ("The probe Teal 1 left Sander.", "The probe Teal 2 left Sander.", True),
        ("The probe Teal 1 left Sander.", "The probes Teal 1 and Teal 2 left Sander.", False),
        ("The probe Teal 1 left Sander.", "The probe Gull 2 left Sander.", False),
        ("The Sorvik 6 died.", "In Sorvik 9 people died.", False),  # counts are no names
        ("By June 4 all had left.", "By June 9 all had left.", False),
    ],
)
def test_another_number_of_one_name_speaks_for_two_events(one, other, doubted):
    assert (doubts(told(one), told(other)) > OTHER_NUMBER) is doubted


@pytest.mark.parametrize(("days", "doubted"), [(1, 0), (3, 0), (7, OTHER_DAYS), (14, OTHER_DAYS)])
def test_a_monday_is_another_a_week_later(days, doubted):
    first, later = told("Sorvik shook on Monday."), told("Sorvik shook on Monday.", days=days)

    assert doubts(first, later) == pytest.approx(doubted)


def test_a_report_that_begins_in_the_street_tells_of_the_event_whose_names_it_knows():
    first = told("A quake shook the province of Ardun in Marenga; in Kelvasa houses fell, Emil Sarto said.")
    street = told(
        "They ran out with flour on their hands and saw walls bend like grass before the wind. By night the baker "
        "stood among stones at the gate in Kelvasa, where Emil Sarto spoke and soldiers dug."
    )

    assert doubts(first, street) == 0


def test_a_figure_that_the_other_names_further_down_is_no_other_figure():
    short = told("The toll at Sorvik is 14 now.")
    long = told(f"A quake of magnitude 6.2 shook Sorvik. {'Houses fell in the harbour quarter. ' * 20} In all 14 died.")

    assert doubts(short, long) == 0


def test_a_report_that_begins_with_nothing_the_other_knows_tells_of_something_else():
    lake = told(
        "The lake above the Brack dam sank by half a metre; the road by the mill, flooded in 1958, is seen again."
    )
    museum = told(
        "Ada Nyland collects clocks that stopped, each by some quarrel, flash of lightning or missed ferry, and shows "
        "them to schools in Orlund. One is from the mill by the Brack lake, flooded in 1958."
    )

    assert doubts(museum, lake) == pytest.approx(OTHER_MATTER)
    assert alike(museum, lake) < THRESHOLD < float(likeness((museum, lake), Frequencies.among((museum, lake)))[0, 1])


# --------------------------------------------------------------------------------------------------------- similarity
def test_days_between_reports_make_them_less_alike_and_missing_dates_do_not():
    first = told(QUAKE)
    later = [alike(first, told(QUAKE, name="b", days=days)) for days in (0, 1, 4, 9, 30)]

    assert later[0] == later[1] > later[2] > later[3] > later[4]
    assert alike(first, told(QUAKE, name="b", days=None)) == later[0]


def test_reports_in_two_languages_are_not_alike():
    assert alike(told(QUAKE), told(QUAKE, name="b", language="de")) == 0
    assert alike(told(QUAKE), told(QUAKE, name="b", language="und")) > 0.9


def test_an_archive_that_grows_changes_little():
    contents = (told(QUAKE), told("Fourteen died when a 6.2 quake shook houses in the harbour of Sorvik.", name="b"))
    shares = {stem: 0.02 for one in contents for stem in one.counts}
    small, large = (
        similarity(
            likeness(contents, Frequencies(n, {stem: int(n * share) for stem, share in shares.items()})), contents
        )[0, 1]
        for n in (2_000, 200_000)
    )

    assert large == pytest.approx(small, abs=0.02)


# ----------------------------------------------------------------------------------------------------------- clusters
def matrix(size: int, within: float, across: float) -> np.ndarray:
    """Two groups of articles: how alike those of one group are, and those of both."""
    same = np.equal.outer(np.arange(2 * size) < size, np.arange(2 * size) < size)
    found = np.where(same, within, across).astype(np.float32)
    np.fill_diagonal(found, 0)
    return found


def test_two_close_clusters_join_only_what_is_nearly_as_close():
    assert len(set(clusters(matrix(6, 0.6, 0.25)))) == 2
    assert len(set(clusters(matrix(6, 0.25, 0.25)))) == 1


def test_what_is_alike_for_one_article_is_little_for_another_that_has_better_matches():
    assert len(set(clusters(matrix(1, 0, 0.2)))) == 1
    assert len(set(clusters(matrix(2, 0.45, 0.2)))) == 2


def test_near_copies_do_not_keep_other_reports_of_the_event_away():
    assert len(set(clusters(matrix(2, 0.95, 0.35)))) == 1


def test_below_the_threshold_nothing_joins():
    assert len(set(clusters(matrix(5, THRESHOLD - 0.01, 0)))) == 10
