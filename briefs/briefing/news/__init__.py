"""What is new in a story for a channel that was told some of it before.

    told articles ──▶ what is known ┐
    shown passages ─▶ what was shown ┴─ each sentence of newer articles ─▶ changes ─▶ the greatest, each once ─▶ developments

What a told article says is no news, shown or not: it was there to be chosen. Only what was shown can be replaced.

- ``passages``: what a channel was told; ``memory``: the sentences of that, to look up; ``lines``: a sentence and its words
- ``changes``: what a sentence changes: ``states`` (a plan came true), ``revisions`` (another figure), ``happenings``
  (an event), ``details`` (what is worth a line beside those); ``chapters``: what the next chapter of a matter opens with
- ``statements``: how a sentence puts a fact; ``matters``: which facts are of one event; ``overtaking``: which of two is past
- ``counts``: what is counted; ``clauses``: the words of a fact, to be named as replaced; ``weighing``: how telling a change is;
  ``repeating``: whether two sentences tell one thing
"""

from briefs.briefing.news.chapters import opened
from briefs.briefing.news.developments import Development, News, news
from briefs.briefing.news.passages import Passage, Told, told
from briefs.briefing.news.repeating import same_event

__all__ = ["Development", "News", "Passage", "Told", "news", "opened", "same_event", "told"]
