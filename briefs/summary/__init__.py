"""A story to chosen sentences: sumy ranks, and what sumy lacks is added.

sentences ─fit to stand alone?─▶ candidates ─rank (sumy)─▶ scores ─pick, nothing twice─▶ ─order─▶ sentences
"""

from briefs.summary.choosing import choose
from briefs.summary.ranking import SUMMARISERS

__all__ = ["SUMMARISERS", "choose"]
