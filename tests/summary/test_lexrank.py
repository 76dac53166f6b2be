"""Our LexRank and TextRank beside sumy's own: the same ratings for the same sentences."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import null_stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefs.language.words import stemming, stop_words
from briefs.summary import lexrank
from briefs.summary.lexrank import LexRank, TextRank
from briefs.summary.ranking import RANKED_SLOWLY, SUMMARISERS, Words, scores

PAIRS = [(LexRank, LexRankSummarizer), (TextRank, TextRankSummarizer)]
FLOOD = (
    "The river Aune left its banks near Tolvik on Friday and flooded nine streets.",
    "Nine streets of Tolvik were flooded on Friday when the river left its banks.",
    "Rescuers in Tolvik took 40 people out of flooded houses along the river.",
    "Schools in Tolvik stay closed on Monday, the mayor, Ida Brekke, said.",
    "The mayor said that the schools will open again when the river falls.",
    "A cheese fair in Lund drew record crowds.",
)
TEXTS = {
    "nothing in common": ("Ferries sail.", "Bakers sleep.", "Ravens sing."),
    "one sentence": FLOOD[:1],
    "one sentence twice": FLOOD[:1] * 2,
    "duplicates among others": (*FLOOD, FLOOD[0], FLOOD[3], FLOOD[3]),
    "no words at all": ("", "...", "—"),
    "sentences without words among others": ("", *FLOOD, "…"),
    "stop words alone": ("It was not that.", "And so did they.", "Who is it?"),
    "one word each": ("Tolvik", "tolvik", "Lund"),
    "a word again and again": ("flood " * 40, "flood and river", "river"),
    "German": ("Die Fähren fahren wieder.", "Eine Fähre fährt nach Süden.", "Der Süden wartet auf Fähren."),
    "Russian": ("Паром снова идёт на юг.", "Паромы идут на север.", "Север ждёт паром."),
    "Chinese": ("渡轮今天恢复航行。", "渡轮昨天停止航行。", "学校今天关闭。"),
    "Arabic": ("عادت العبارة إلى الميناء.", "غادرت العبارة الميناء.", "أغلقت المدارس."),
}


def made(kind, language="en"):
    summariser = kind(stemming(language))
    summariser.stop_words = stop_words(language)
    return summariser


def document(texts):
    return ObjectDocumentModel([Paragraph([Sentence(text, Words()) for text in texts])])


def ratings(summariser, texts):
    """Each text's rating as sumy would choose by it; zero where sumy divides by nothing."""
    found = {}

    def keep(sentences, _count, rating):
        found.update((sentence, rating[sentence]) for sentence in sentences)
        return ()

    summariser._get_best_sentences = keep
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # sumy divides by nothing and goes on with NaN
        summariser(document(texts), 1)
    return [0.0 if math.isnan(found[s]) else float(found[s]) for s in document(texts).sentences]


def on_the_edge(texts):
    """Whether two sentences are as alike as the threshold, so that sumy's own answer depends on how it rounds."""
    like = LexRankSummarizer(null_stemmer)
    words = [like._to_words_set(s) for s in document(texts).sentences]
    tf, idf = like._compute_tf(words), like._compute_idf(words)
    pairs = ((i, j) for i in range(len(words)) for j in range(i))
    return any(abs(like.cosine_similarity(words[i], words[j], tf[i], tf[j], idf) - 0.1) < 1e-9 for i, j in pairs)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize("language", ["en", "de", "ru", "zh", "ar", "und"])
def test_the_ratings_are_those_of_sumy(ours, theirs, case, language):
    texts = TEXTS[case]

    assert ratings(made(ours, language), texts) == pytest.approx(ratings(made(theirs, language), texts), abs=1e-9)


SOME_WORDS = st.sampled_from(
    ["river", "flood", "Tolvik", "mayor", "school", "40", "said", "the", "über", "渡轮", "’", "—", "a"]
)
SENTENCES = st.one_of(st.lists(SOME_WORDS, max_size=12).map(" ".join), st.text(max_size=40), st.sampled_from(FLOOD))


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@settings(max_examples=150)
@given(texts=st.lists(SENTENCES, min_size=1, max_size=25), stops=st.booleans())
@example(texts=["a b", "a"], stops=False)
def test_the_ratings_of_any_texts_are_those_of_sumy(ours, theirs, texts, stops):
    one, other = ours(null_stemmer), theirs(null_stemmer)
    one.stop_words = other.stop_words = stop_words("en") if stops else ()
    if on_the_edge(texts):
        return

    assert ratings(one, texts) == pytest.approx(ratings(other, texts), abs=1e-9)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_the_ratings_do_not_depend_on_how_much_is_held_together(ours, theirs, monkeypatch):
    texts = [f"{text} {k % 7} {k % 3}" for k, text in enumerate(FLOOD * 6)]
    whole = ratings(made(ours), texts)
    monkeypatch.setattr(lexrank, "AT_ONCE", 50)

    assert ratings(made(ours), texts) == whole == pytest.approx(ratings(made(theirs), texts), abs=1e-9)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
@pytest.mark.parametrize("count", [0, 1, 3, "50%", 100])
def test_it_chooses_what_sumy_chooses(ours, theirs, count):
    chosen = made(ours)(document(FLOOD), count)

    assert isinstance(made(ours), theirs)
    assert chosen == made(theirs)(document(FLOOD), count)
    assert made(ours)(document([]), count) == ()


@pytest.mark.parametrize("summariser", sorted(SUMMARISERS))
def test_more_texts_than_can_be_ranked_in_a_moment_are_ranked_as_far_as_they_can(summariser):
    texts = [f"{FLOOD[k % len(FLOOD)]} {k}" for k in range(RANKED_SLOWLY + 40)]
    found = scores(texts, summariser)

    assert len(found) == len(texts)
    assert max(found[:RANKED_SLOWLY]) == 1
    assert all(found[RANKED_SLOWLY:]) == (summariser in ("lex-rank", "text-rank"))


@pytest.mark.parametrize("summariser", sorted(SUMMARISERS))
def test_every_summariser_has_a_best_sentence_and_others_that_are_not(summariser):
    between = "Rescuers closed the flooded schools of Tolvik along the river on Friday."
    found = scores((*FLOOD, between), summariser)

    assert max(found) == 1
    assert min(found) < 1


@pytest.mark.parametrize("summariser", sorted(SUMMARISERS))
@pytest.mark.parametrize("case", TEXTS)
def test_any_texts_are_scored_from_zero_to_one(summariser, case):
    assert all(0 <= score <= 1 for score in scores(TEXTS[case], summariser))


def test_sumy_and_numpy_are_loaded_when_something_is_ranked():
    code = "import sys, briefs.summary; print({'sumy', 'numpy'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert loaded.stdout.strip() == "set()"
