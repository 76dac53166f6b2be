"""From the sources that are due to new articles in the store, each exactly once."""

from briefs.collecting.collector import Collector, CollectReport, Steps
from briefs.collecting.looking import Looking, Trial

__all__ = ["CollectReport", "Collector", "Looking", "Steps", "Trial"]
