"""Articles in other languages are kept, split and summarised, never read for facts, and never break anything."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from foreign_news import NEWS

from briefs.language import foreign
from briefs.models import Article, Block, BlockKind
from briefs.newsroom import Newsroom
from briefs.summary import SUMMARISERS, choose
from briefs.summary.fitness import stands_alone, usable

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 8, 2, 12, tzinfo=UTC)
SAMPLES = files("briefs").joinpath("samples", "articles.jsonl").read_text("utf-8").splitlines()
FOREIGN = [
    json.dumps(
        {
            "id": code,
            "title": title,
            "text": text,
            "source": f"Outlet {code}",
            "url": f"https://{code}.example/bridge",
            "published_at": "2025-08-01T10:00:00Z",
        },
        ensure_ascii=False,
    )
    for code, (title, text) in NEWS.items()
]


def desk(folder: Path, lines: list[str]) -> Newsroom:
    path = folder / "articles.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    newsroom = Newsroom.in_memory(clock=lambda: NOW)
    assert newsroom.load(path).problems == ()
    return newsroom


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    newsroom = desk(tmp_path_factory.mktemp("mixed"), SAMPLES + FOREIGN)
    yield newsroom
    newsroom.close()


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    newsroom = desk(tmp_path_factory.mktemp("english"), SAMPLES)
    yield newsroom
    newsroom.close()


def test_every_foreign_article_is_kept_with_its_language(mixed):
    assert {code: article.language for code, article in mixed.store.articles(list(NEWS)).items()} == {
        c: c for c in NEWS
    }


def test_it_is_split_into_sentences_and_read_for_nothing_else(mixed):
    for code, reading in mixed.store.readings(list(NEWS)).items():
        assert len(reading.sentences) >= 5, code
        assert (reading.facts, reading.mentions, reading.whens) == ((), (), ())


def test_a_briefing_quotes_every_language_verbatim(mixed):
    briefing = mixed.compose(None, max_stories=50)
    mixed.verify(briefing)
    told = {item.article_ids[0]: item for item in briefing.items if item.article_ids[0] in NEWS}
    assert set(told) == set(NEWS)
    for code, item in told.items():
        assert item.headline == NEWS[code][0]
        assert item.sentences, code
        assert all(sentence.text in NEWS[code][1] for sentence in item.sentences)


def test_the_first_sentence_of_a_lone_article_leads_its_briefing(mixed):
    items = {item.article_ids[0]: item for item in mixed.compose(None, max_stories=50).items}
    for code in NEWS:
        assert NEWS[code][1].startswith(items[code].sentences[0].text)


def test_a_story_is_of_one_language(mixed):
    for story in mixed.stories():
        assert len({article.language for article in mixed.store.articles(story.article_ids).values()}) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Who met whom?",
        "Who met Sean Duffy?",
        "How many people were killed in the Oruna earthquake?",
        "What did Brandt say?",
        "When does the plant at Eastmere open?",
    ],
)
def test_english_answers_are_what_they_were(mixed, english, question):
    one, other = mixed.answer(None, question), english.answer(None, question)
    assert (one.status, one.text, one.evidence) == (other.status, other.text, other.evidence)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Ilse Brandt?",
        "Who reopened the Halden bridge?",
        "¿Quién cortó la cinta?",
        "谁剪彩？",
        "Quand le pont a-t-il rouvert ?",
    ],
)
def test_no_answer_quotes_a_foreign_sentence(mixed, question):
    assert not [e for e in mixed.answer(None, question).evidence if e.article_id in NEWS]


def test_reports_of_one_event_in_one_language_are_one_story(tmp_path):
    again = {
        "de": "Nach drei Jahren Bauzeit rollt der Verkehr wieder über die Brücke von Halden. Bürgermeisterin Ilse Brandt gab sie am Montag frei. Ingenieure hatten Risse im Pfeiler gefunden, die Arbeiten kosteten 12,5 Mio. Euro.",
        "zh": "青石大桥星期一重新开放。市长林晓梅为大桥剪彩。工程历时三年，耗资一千二百万元，因为工程师在中央桥墩发现了裂缝。",
        "hi": "हरिपुर का पुल तीन साल बाद सोमवार को फिर खुला। महापौर सुनीता वर्मा ने फीता काटा। इंजीनियरों को बीच के खंभे में दरारें मिली थीं और काम पर बारह करोड़ रुपये खर्च हुए।",
    }  # fmt: skip
    more = [
        json.dumps(
            {
                "id": f"{code}2",
                "title": NEWS[code][0],
                "text": text,
                "source": "Second",
                "published_at": "2025-08-01T12:00:00Z",
            }
        )
        for code, text in again.items()
    ]
    newsroom = desk(tmp_path, FOREIGN + more)
    together = {frozenset(story.article_ids) for story in newsroom.stories()}
    newsroom.close()
    assert {frozenset((code, f"{code}2")) for code in again} <= together


@pytest.mark.parametrize("summariser", SUMMARISERS)
@pytest.mark.parametrize("code", NEWS)
def test_every_summariser_takes_every_language(code, summariser):
    title, text = NEWS[code]
    article = Article(code, text, (Block(0, len(text), BlockKind.PROSE),), NOW, title, language=code)
    chosen = choose([article], {code: foreign.read(article)}, summariser=summariser, count=3)
    assert 1 <= len(chosen) <= 3


# ------------------------------------------------------------------------------------------------------------- sentences
@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "de",
            [
                "Am 3. August traf Dr. Keller z. B. den Rat.",
                "„Wir bauen. Das ist sicher.“",
                "Er ging.",
                "Es kostet 3,5 Mio. Euro!",
            ],
        ),
        ("fr", ["M. Dupré a ouvert le pont.", "« Nous sommes prêts. Enfin ! » a dit le maire.", "Il pleut ?", "Oui…"]),
        ("es", ["El Sr. Ruiz abrió el puente.", "¿Cuándo?", "«No. Sí», dijo ella.", "¡Mañana!"]),
        ("ru", ["Мост открыли.", "«Мы рады. Очень», — сказал А. С. Седов.", "Он ушёл."]),
        ("ar", ["افتتح الجسر يوم الاثنين.", "هل عاد الناس؟", "نعم، عادوا."]),
        ("ur", ["پل کھل گیا۔", "لوگ واپس آئے۔"]),
        ("hi", ["पुल सोमवार को खुला।", "क्या लोग लौटे?", "हाँ।"]),
        ("xx", ["Abc def.", "Ghi jkl."]),
    ],
)
def test_sentences_end_where_a_language_ends_them(language, sentences):
    text = " ".join(sentences)
    ends = foreign.ends(text, language)
    starts = [0, *ends[:-1]]
    assert [text[a:b].strip() for a, b in zip(starts, ends, strict=True)] == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["大桥周一开放。", "“我们很高兴。谢谢大家。”市长说。", "真的吗？", "是的！"]),
        ("ja", ["橋が開いた。", "「うれしいです。」と市長は述べた。", "費用は三億円だ。"]),
    ],
)
def test_sentences_end_without_a_space_behind_them(language, sentences):
    text = "".join(sentences)
    ends = foreign.ends(text, language)
    assert [text[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)] == sentences


@pytest.mark.parametrize(
    "text", ["", "。", "。。。”", "…", "„", "«" * 2_000, "." * 5_000, "a. " * 3_000, "“" + "x. Y" * 1_000]
)
def test_odd_texts_are_cut_somewhere_and_lose_nothing(text):
    ends = foreign.ends(text, "de")
    assert ends == sorted(set(ends))
    assert (ends or [0])[-1] == len(text)


def test_list_items_lose_their_bullets_and_furniture_is_not_read():
    text = "- Die Brücke ist offen.\n\n© 2024 Haldener Bote"
    split = text.index("\n\n")
    blocks = (Block(0, split, BlockKind.LIST), Block(split + 2, len(text), BlockKind.FURNITURE))
    article = Article("a", text, blocks, NOW, language="de")
    assert [text[s.start : s.end] for s in foreign.read(article).sentences] == ["Die Brücke ist offen."]


# --------------------------------------------------------------------------------------------------------------- fitness
@pytest.mark.parametrize("code", NEWS)
def test_an_ordinary_sentence_of_any_language_may_be_briefed(code):
    text = NEWS[code][1]
    first = text[: foreign.ends(text, code)[0]]
    assert usable(first)
    assert stands_alone(first, code)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Er lächelte und ging davon."),
        ("fr", "Elle a coupé le ruban."),
        ("ru", "Они ждали долго."),
        ("zh", "他随后离开了。"),
        ("ja", "これは三度目だ。"),
    ],
)
def test_a_sentence_that_points_back_is_told_in_other_languages_too(language, text):
    assert not stands_alone(text, language)
    assert stands_alone("I ministri di Halden votano lunedì.", "it")  # no English pronoun
