"""Names: what an article mentions, typed and named consistently, and the same things over several articles."""

from briefs.language.names.find import find
from briefs.language.names.unify import Names, unify

__all__ = ["Names", "find", "unify"]
