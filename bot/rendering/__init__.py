"""Briefings, answers and sources as Discord messages within its limits; pure.

Components V2 throughout: a frame of short texts that reads well on a phone, and one row of buttons. Buttons carry only
ids, so they work after a restart.
"""

from bot.rendering.answers import answer_message
from bot.rendering.briefings import briefing_messages, find_marker, marker, preview_messages, without_images
from bot.rendering.cards import card_message
from bot.rendering.escaping import clip, escape, flat, link, safe_url, shorten, source
from bot.rendering.feeds import (
    candidate_row,
    extent_remark,
    feed_address,
    feed_name,
    feed_row,
    feed_trouble,
    standing,
    trial_text,
)
from bot.rendering.pages import COMPONENT_LIMIT, TEXT_LIMIT, Page, counted, dotted, lines, listed, page, stamp
from bot.rendering.plain import plain
from bot.rendering.preferences import SETTINGS, SORTS, SWITCHES, choosers_text, topic_name, topic_row, topics_text
from bot.rendering.sources import (
    PAGE_SIZE,
    Quotation,
    Shown,
    answer_quotations,
    briefing_quotations,
    card_quotations,
    on_page,
    sources_message,
)

__all__ = [
    "COMPONENT_LIMIT",
    "PAGE_SIZE",
    "SETTINGS",
    "SORTS",
    "SWITCHES",
    "TEXT_LIMIT",
    "Page",
    "Quotation",
    "Shown",
    "answer_message",
    "answer_quotations",
    "briefing_messages",
    "briefing_quotations",
    "candidate_row",
    "card_message",
    "card_quotations",
    "choosers_text",
    "clip",
    "counted",
    "dotted",
    "escape",
    "extent_remark",
    "feed_address",
    "feed_name",
    "feed_row",
    "feed_trouble",
    "find_marker",
    "flat",
    "lines",
    "link",
    "listed",
    "marker",
    "on_page",
    "page",
    "plain",
    "preview_messages",
    "safe_url",
    "shorten",
    "source",
    "sources_message",
    "stamp",
    "standing",
    "topic_name",
    "topic_row",
    "topics_text",
    "trial_text",
    "without_images",
]
