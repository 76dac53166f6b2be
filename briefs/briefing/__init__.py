"""Stories to a briefing for one channel: what is new to it, ranked, within its length.

stories ─news─▶ what the channel was not told ─rank─▶ standings ─choose, cite─▶ items ─▶ briefing ─verify─▶ sent
"""

from briefs.briefing.card import card
from briefs.briefing.composing import Edition, compose
from briefs.briefing.news import Passage, Told, told
from briefs.briefing.ranking import Factor, Standing
from briefs.briefing.verifying import quoted, verify

__all__ = ["Edition", "Factor", "Passage", "Standing", "Told", "card", "compose", "quoted", "told", "verify"]
