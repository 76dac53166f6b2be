"""What many articles tell together, looked at from above: what happened when, what is planned, who is connected with whom.

Each takes articles with their readings and gives frozen values whose words are ranges of the articles; pure.
"""

from briefs.overviews.agenda import agenda
from briefs.overviews.connections import connections
from briefs.overviews.timeline import timeline

__all__ = ["agenda", "connections", "timeline"]
