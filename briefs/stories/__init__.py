"""Articles to stories: what many outlets say about one event.

article ─count─▶ content ─weigh─▶ vectors, nearness in days ─▶ similarity ─average link─▶ stories
"""

from briefs.stories.grouping import group

__all__ = ["group"]
