"""A story to chosen sentences: sumy ranks, and what sumy lacks is added.

sentences ─fit to be briefed?─▶ candidates ─rank (sumy), agree (consensus)─▶ worth of sets ─pick─▶ a set ─order─▶ sentences
"""

from briefs.summary.choosing import choose
from briefs.summary.ranking import SUMMARISERS

__all__ = ["SUMMARISERS", "choose"]
