"""How right and how complete the connections are that are drawn; the floors never fall silently."""

from __future__ import annotations

import pytest
from links_told import cases, draw, told

PRECISION, RECALL = 0.97, 0.88


@pytest.fixture(scope="module")
def looked_at():
    """Each case with what is drawn of it."""
    every = cases()
    return list(zip(every, draw(every), strict=True))


def test_what_is_drawn_is_right(looked_at):
    """A wrong link in a picture is worse than a missing one."""
    drawn = sum(len(found.links) for _, found in looked_at)
    wrong = [f"{told(link)}: {case.text or case.section}" for case, found in looked_at for link in case.wrong(found)]
    assert 1 - len(wrong) / drawn >= PRECISION, "\n".join(wrong)


def test_what_is_wanted_is_drawn(looked_at):
    """Most of what a careful reader would draw is drawn."""
    wanted = sum(link.wanted for case, _ in looked_at for link in case.links)
    missing = [f"{link}: {case.text or case.section}" for case, found in looked_at for link in case.missing(found)]
    assert 1 - len(missing) / wanted >= RECALL, "\n".join(missing)


def test_every_sentence_shown_for_a_link_is_told_of_by_an_article(looked_at):
    """A link has evidence, and no more independent sources than sources."""
    for _, found in looked_at:
        for link in found.links:
            assert link.evidence
            assert 1 <= link.independent <= link.sources
