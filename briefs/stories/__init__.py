"""Articles to stories: what many outlets say about one event.

article ─count─▶ content ─weigh─▶ vectors, less the doubts of evidence, nearness in days ─▶ similarity ─average link─▶ clusters
clusters ─put together where a matter moved on, parted at a pause─▶ stories ─▶ each the next chapter of an older one
"""

from briefs.stories.grouping import group

__all__ = ["group"]
