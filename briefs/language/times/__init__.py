"""Time expressions and what they mean: "met Thursday" in an article of 1 August 2025 is 2025-07-31.

Text ─lex─▶ lexemes ─rules─▶ pieces ─mean─▶ terms ─join neighbours─▶ expressions ─tense, anchor─▶ When
"""

from briefs.language.times.recognition import find
from briefs.language.times.values import describe, grain, value_range

__all__ = ["describe", "find", "grain", "value_range"]
