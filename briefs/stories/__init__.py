"""Articles to stories: what many outlets say about one event.

article ─count─▶ content ─weigh─▶ vectors, less the doubts of evidence, nearness in days ─▶ similarity ─average link─▶ stories
a story that begins ─▶ the older story whose next chapter it is
"""

from briefs.stories.grouping import group

__all__ = ["group"]
