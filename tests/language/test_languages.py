"""The language of an article: by its words, and where these leave a doubt by what is stated of it."""

from __future__ import annotations

import pytest
from foreign_news import NEWS

from briefs.language import languages
from briefs.language.languages import code_of, detect

ENGLISH = (
    "The swing bridge of Halden reopened to traffic on Monday after three years of repairs, the harbour office said."
)


@pytest.mark.parametrize("language", NEWS)
def test_the_language_of_an_article_is_told(language):
    title, text = NEWS[language]
    assert detect(f"{title}\n\n{text}") == language
    assert detect(text, stated="en-US") == language  # the setting many publishing systems are delivered with


@pytest.mark.parametrize(
    "text", [ENGLISH, ENGLISH.upper(), "The colour of the harbour has been grey, and people labour on with it."]
)
def test_english_of_any_variety_is_english(text):
    assert detect(text) == "en"
    assert detect(text, stated="de") == "en"
    assert detect(text, stated="en-ZA") == "en"


def test_the_model_is_not_loaded_for_english(monkeypatch):
    monkeypatch.setattr(languages, "_model", lambda: pytest.fail("English words settle it"))
    assert detect(ENGLISH) == "en"
    assert detect("The council of Halden votes", stated="en") == "en"
    assert detect(NEWS["ja"][1]) == "ja"
    assert detect(NEWS["zh"][1]) == "zh"


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("Brandt Halden", "sv-SE", "sv"),
        ("Harbour of Ostmere reopens", None, "en"),
        ("Bridge reopens in May", None, "en"),
        ("Die Brücke ist wieder offen.", None, "de"),
        ("Die Brücke ist wieder offen.", "en", "de"),
        ("Мост", None, "ru"),
        ("Мост", "bg", "bg"),
        ("Мост", "de", "ru"),  # never against the script
        ("جسر", None, "ar"),
        ("جسر", "fa", "fa"),
        ("पुल", None, "hi"),
        ("पुल", "mr", "mr"),
        ("大桥", None, "zh"),
        ("橋が開いた", None, "ja"),
        ("다리가 열렸다", None, "ko"),
        ("สะพานเปิดแล้ว", None, "th"),
        ("Η γέφυρα άνοιξε", None, "el"),
        ("הגשר נפתח", None, "he"),
        ("Krk", None, "und"),
        ("12.5 %", None, "und"),
        ("12.5 %", "fr", "fr"),
        ("", None, "und"),
        ("\0\ud800", None, "und"),
    ],
)
def test_a_short_text_falls_back_on_what_is_stated_then_on_its_script(text, stated, language):
    assert detect(text, stated=stated) == language


def test_of_two_languages_the_one_with_more_words_counts():
    german, french = NEWS["de"][1], NEWS["fr"][1]
    assert detect(f"{german}\n\n{french[:120]}") == "de"
    assert detect(f"{german[:120]}\n\n{french}") == "fr"
    assert detect(f"{ENGLISH} {ENGLISH} {NEWS['ar'][1][:60]}") == "en"
    assert detect(f"{NEWS['zh'][1]} {ENGLISH[:40]}") == "zh"


def test_a_foreign_name_or_title_does_not_make_english_foreign():
    assert (
        detect(
            "“Die Brücke von Halden” is the title of the film that the jury of Sandholm liked best, its chairman said."
        )
        == "en"
    )


def test_a_long_text_is_judged_by_its_beginning_middle_and_end():
    german = NEWS["de"][1]
    assert detect(ENGLISH * 5 + german * 40) == "de"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        (" DE ", "de"),
        ("nb-NO", "no"),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("gsw", None),
        ("English", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_is_stated_as_a_tag(tag, code):
    assert code_of(tag) == code
