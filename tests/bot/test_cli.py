"""The command line: records exactly as fixed, readable text for people, and one clear sentence for what goes wrong."""

from __future__ import annotations

import json
import sqlite3

import program
import pytest

pytest_plugins = ["commandline", "connected"]
pytestmark = pytest.mark.usefixtures("outside")

ARTICLES = [
    {
        "id": "bell",
        "url": "https://bell.example/harbour",
        "source": "The Bell",
        "title": "Mayor opens the rebuilt harbour",
        "text": "Mayor Ines Moreau met Captain Olaf Brandt in Velmouth on Thursday. "
        "The harbour will open to ships in September, the mayor said.",
        "published_at": "2025-08-01T16:00:00Z",
    },
    {
        "id": "tide",
        "source": "Tide Weekly",
        "title": "Moreau and Brandt meet at the harbour",
        "text": "Ines Moreau met Olaf Brandt at the rebuilt harbour of Velmouth on 31 July. The works took two years.",
        "published_at": "2025-08-01T18:00:00Z",
    },
    {
        "id": "late",
        "source": "Tide Weekly",
        "title": "Goats win the hill race",
        "text": "A herd of goats won the hill race of Ulm Falls on Sunday.\u2028Nobody else had dared to run.",
        "published_at": "2025-08-04T08:00:00Z",
    },
]
NOW = "2025-08-02T09:00:00Z"
TEXTS = {article["id"]: article["text"] for article in ARTICLES}


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in ARTICLES), encoding="utf-8")
    return str(path)


@pytest.fixture
def records(debrief, articles):
    """Run an inspection command over the articles; return its records."""

    def run(command, *arguments):
        status, out, err = debrief(command, "--input", articles, "--json", *arguments)
        assert (status, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    return run


def is_span(record, article=None):
    return TEXTS[article or record["article"]][record["start"] : record["end"]] == record["text"]


# ----------------------------------------------------------------------------------------------------------- contract
def test_stories_gives_each_article_its_story_in_input_order(records):
    found = records("stories")
    assert [record["article"] for record in found] == ["bell", "tide", "late"]
    assert all(set(record) == {"article", "story"} for record in found)
    assert found[2]["story"] not in {found[0]["story"], found[1]["story"]}


def test_brief_gives_stories_of_verbatim_sentences_and_nothing_from_after_now(records):
    found = records("brief", "--now", NOW)
    assert all(set(record) == {"story", "headline", "articles", "sentences"} for record in found)
    sentences = [sentence for record in found for sentence in record["sentences"]]
    assert sentences
    assert all(set(sentence) == {"article", "start", "end", "text"} and is_span(sentence) for sentence in sentences)
    assert "late" not in {article for record in found for article in record["articles"]}


def test_brief_gives_every_story_whatever_the_setting_says(records, monkeypatch):
    monkeypatch.setenv("BRIEFING_STORIES", "1")
    told = {article for record in records("brief") for article in record["articles"]}
    assert told == {"bell", "tide", "late"}


def test_words_bounds_each_storys_sentences_together(records):
    for record in records("brief", "--words", "14"):
        assert sum(len(sentence["text"].split()) for sentence in record["sentences"]) <= 14


def test_dates_gives_each_articles_times_as_timex_values(records):
    found = records("dates")
    assert [record["article"] for record in found] == ["bell", "tide", "late"]
    assert all(is_span(date, record["article"]) for record in found for date in record["dates"])
    assert {date["text"]: date["value"] for date in found[0]["dates"]}["Thursday"] == "2025-07-31"


def test_facts_gives_predicates_and_arguments_with_their_ranges(records):
    found = records("facts")
    keys = {"article", "start", "end", "kind", "predicate", "arguments", "time", "modality", "negated", "attribution"}
    assert found
    for record in found:
        assert set(record) == keys
        assert set(record["predicate"]) == {"lemma", "start", "end"}
        for argument in record["arguments"]:
            assert set(argument) == {"role", "start", "end", "text", "entity"}
            assert is_span(argument, record["article"])
    assert any(record["predicate"]["lemma"] == "meet" for record in found)


def test_ask_gives_a_short_answer_with_its_evidence_and_time(records):
    [found] = records("ask", "--now", NOW, "Who did Ines Moreau meet?")
    keys = {"id", "question", "status", "answer", "alternatives", "evidence", "latency_ms"}
    assert set(found) == keys
    assert (found["question"], found["status"]) == ("Who did Ines Moreau meet?", "answered")
    assert "Brandt" in found["answer"]
    assert found["evidence"]
    assert all(is_span(evidence) for evidence in found["evidence"])
    assert found["latency_ms"] > 0


def test_questions_of_a_file_have_their_own_clock_and_articles(records, tmp_path):
    questions = [
        {"id": "q1", "question": "Who won the hill race?"},
        {"id": "q2", "question": "Who won the hill race?", "now": "2025-08-05T00:00:00Z"},
        {"id": "q3", "question": "Who won the hill race?", "now": "2025-08-05T00:00:00Z", "articles": ["bell", "tide"]},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, questions)) + "\n\n", encoding="utf-8")
    found = records("ask", "--now", NOW, "--questions", str(path))
    assert [(record["id"], record["status"]) for record in found] == [
        ("q1", "unknown"),
        ("q2", "answered"),
        ("q3", "unknown"),
    ]
    assert found[0]["answer"] is None


def test_the_users_own_database_is_neither_read_nor_made(records, tmp_path):
    records("stories")
    assert not (tmp_path / "data").exists()


# --------------------------------------------------------------------------------------------------------- for people
def test_people_see_a_briefing_with_its_sources(debrief, articles):
    status, out, _ = debrief("brief", "--input", articles, "--now", NOW)
    assert status == 0
    assert "The Bell" in out
    assert "[1]" in out


def test_people_see_tables(debrief, articles):
    assert "Goats win the hill race" in debrief("stories", "--input", articles)[1]
    assert "2025-07-31" in debrief("dates", "--input", articles)[1]
    assert "meet" in debrief("facts", "--input", articles)[1]


def test_people_see_the_answer_first_and_the_words_themselves(debrief, articles):
    _, out, _ = debrief("ask", "--input", articles, "--now", NOW, "Who did Ines Moreau meet?")
    assert "Brandt" in out.splitlines()[1]
    assert "“" in out


def test_a_second_question_follows_up_the_first(debrief, articles):
    _, out, _ = debrief("ask", "--input", articles, "--now", NOW, "Who did Ines Moreau meet?", "when?")

    assert "when? → when did Ines Moreau meet" in out


def test_people_see_how_an_answer_came_about_and_why_others_were_not_told(debrief, articles):
    _, out, _ = debrief("ask", "--input", articles, "--now", NOW, "--explain", "Who did Ines Moreau meet?")

    assert "Question as understood" in out
    assert "lemma: meet" in out
    assert "may be told" in out
    assert "held back: " in out


def test_people_see_why_each_story_stands_where_it_does(debrief, articles):
    _, out, _ = debrief("brief", "--input", articles, "--now", NOW, "--explain", "--stories", "1", "--follow", "mayor")
    _, explained = out.split("\n1. ")

    assert "× 1.69  sources: 2 independent sources" in explained
    assert "news: new to this channel" in explained
    assert "topic: follows word “mayor”" in explained


def test_people_see_what_a_muted_word_keeps_out(debrief, articles):
    _, shown, _ = debrief("brief", "--input", articles)
    _, out, _ = debrief("brief", "--input", articles, "--explain", "--mute", "goats")

    assert "Goats win the hill race" in shown
    assert "Goats win the hill race" not in out.split("\n1. ")[0]
    assert "kept out)\n  mutes word “goats”: the subject of 1 of 1 article" in out


def test_people_see_what_the_sources_of_a_story_tell_differently(debrief, tmp_path):
    path = tmp_path / "crash.jsonl"
    told = (("police", "nine", "Gazette"), ("the hospital", "14", "Courier"))
    crash = "A bus crash near Halden killed {} people on Tuesday, {} said."
    records = [
        {"id": outlet, "source": outlet, "title": f"Bus crash: {who}", "text": crash.format(count, who)}
        for who, count, outlet in told
    ]
    path.write_text("\n".join(json.dumps({**each, "published_at": NOW}) for each in records), encoding="utf-8")

    out = debrief("brief", "--input", str(path), "--now", NOW, "--explain")[1].split("\n1. ")[1]

    assert "disputed amount: “" in out
    assert "“killed nine people” (Gazette)" in out


def test_wishes_on_the_command_line_shape_the_records_too(records):
    assert len(records("brief", "--stories", "1")) == 1
    assert all(len(record["sentences"]) <= 1 for record in records("brief", "--sentences", "1"))
    assert records("brief", "--sort", "newest")[0]["articles"] == ["late"]


def test_opinion_stands_in_the_records_but_not_among_the_news(debrief, tmp_path):
    path = tmp_path / "articles.jsonl"
    essay = {
        "id": "essay",
        "title": "Opinion: Build benches",
        "text": "Sit down where you can. Nobody decides that benches rot.",
    }
    path.write_text("\n".join(json.dumps(each) for each in (*ARTICLES, essay)), encoding="utf-8")

    told = debrief("brief", "--input", str(path), "--json")[1]
    shown = debrief("brief", "--input", str(path), "--explain")[1]

    assert "essay" in {article for line in told.splitlines() for article in json.loads(line)["articles"]}
    assert "Opinion: Build benches" in shown.partition("opinion or background")[0].rpartition("kept out")[0]
    assert "Build benches" not in shown.split("\n1. ")[0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--sort", "beauty"), "importance, newest or sources, not by “beauty”"),
        (("--mute", "the"), "“the” stands in nearly every article"),
        (("--follow", "name:"), "A topic is a word, a name or an outlet"),
    ],
)
def test_a_wish_that_cannot_be_met_is_one_sentence(debrief, articles, options, sentence):
    assert sentence in complaint(debrief("brief", "--input", articles, *options))


def test_square_brackets_of_an_article_are_text_not_markup(debrief, tmp_path):
    path = tmp_path / "odd.txt"
    path.write_text("The council [red]approved[/red] the [bold]budget on Monday.", encoding="utf-8")
    status, out, _ = debrief("brief", "--input", str(path))
    assert status == 0
    assert "[red]approved[/red]" in out.replace("\n", " ")


# ------------------------------------------------------------------------------------------------------------ bad input
def complaint(result, *, status=2):
    """The one sentence that a command leaves on standard error."""
    code, _, err = result
    assert code == status
    assert err.startswith("debrief: ")
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
    return err


def test_a_missing_folder_is_one_sentence(debrief):
    assert "nowhere does not exist" in complaint(debrief("stories", "--input", "nowhere", "--json"))


def test_an_empty_file_is_one_sentence(debrief, tmp_path):
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert "empty.jsonl is empty" in complaint(debrief("facts", "--input", "empty.jsonl"))


def test_an_empty_folder_is_one_sentence(debrief, tmp_path):
    (tmp_path / "folder").mkdir()
    assert "holds no articles" in complaint(debrief("brief", "--input", "folder"))


def test_a_binary_file_is_one_sentence(debrief, tmp_path):
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 20)
    assert "picture.txt is not a text file" in complaint(debrief("dates", "--input", "picture.txt"))


def test_of_a_file_with_a_broken_line_the_good_lines_still_count(debrief, tmp_path):
    lines = [json.dumps(ARTICLES[0]), '{"id": "broken", "text": ', json.dumps(ARTICLES[1])]
    (tmp_path / "broken.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = debrief("stories", "--input", "broken.jsonl", "--json")
    assert "broken.jsonl line 2: not valid JSON" in complaint(result, status=1)
    assert [json.loads(line)["article"] for line in result[1].splitlines()] == ["bell", "tide"]


def test_an_unreachable_feed_is_one_sentence(debrief, monkeypatch):
    monkeypatch.setenv("FETCH_ALLOW", "127.0.0.1/32")
    assert "127.0.0.1:9" in complaint(debrief("stories", "--input", "http://127.0.0.1:9/feed"))


@pytest.mark.parametrize(
    "now", ["yesterday", "2025-08-02", "2025-08-02T09:00:00", "2025-13-01T00:00:00Z", "0001-01-01T00:00:00+09:00"]
)
def test_a_time_without_zone_or_sense_is_one_sentence(debrief, articles, now):
    result = debrief("brief", "--input", articles, "--now", now)
    assert complaint(result) == f"debrief: --now must be a time with zone such as 2025-08-02T09:00:00Z, not {now!r}.\n"


@pytest.mark.parametrize("arguments", [(), ("",), ("Who?", "--questions", "q.jsonl")])
def test_ask_wants_one_question_or_a_file_of_them(debrief, articles, arguments):
    assert "Give either a question" in complaint(debrief("ask", "--input", articles, *arguments))


@pytest.mark.parametrize("line", ["who?", "[]", '{"id": "q1"}', '{"question": "Who?", "now": "soon"}'])
def test_a_broken_question_is_named_by_its_line(debrief, articles, tmp_path, line):
    (tmp_path / "q.jsonl").write_text(f'{{"question": "Who met?"}}\n{line}\n', encoding="utf-8")
    assert "Line 2 of q.jsonl is no question" in complaint(
        debrief("ask", "--input", articles, "--questions", "q.jsonl")
    )


def test_a_missing_file_of_questions_is_one_sentence(debrief, articles):
    assert "q.jsonl cannot be read" in complaint(debrief("ask", "--input", articles, "--questions", "q.jsonl"))


def test_a_wrong_setting_is_one_sentence(debrief, articles, monkeypatch):
    monkeypatch.setenv("BRIEFING_SENTENCES", "lots")
    assert "BRIEFING_SENTENCES must be a whole number" in complaint(debrief("brief", "--input", articles))


def test_a_pipeline_that_is_not_installed_is_one_sentence(debrief, articles, monkeypatch):
    monkeypatch.setenv("LANGUAGE_PIPELINE", "xx_no_such_pipeline")
    told = complaint(debrief("facts", "--input", articles))
    assert "xx_no_such_pipeline" in told
    assert "LANGUAGE_PIPELINE" in told


# -------------------------------------------------------------------------------------------------------------- the bot
def test_run_without_a_token_says_where_to_put_it(debrief):
    assert "DISCORD_TOKEN is not set" in complaint(debrief("run"))


def sentence_of(done):
    assert done.returncode == 2, done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("debrief: ")
    assert "Traceback" not in done.stderr
    return last


def test_a_wrong_token_is_one_sentence_and_not_shown(tmp_path, loopback):
    settings = {**loopback.environment, "DISCORD_TOKEN": "a-wrong-token"}
    done = program.run("run", folder=tmp_path, **settings)
    assert "Discord refuses DISCORD_TOKEN" in sentence_of(done)
    assert "a-wrong-token" not in done.stderr + done.stdout


def test_told_to_stop_while_it_logs_in_the_bot_stops(tmp_path, loopback):
    loopback.fault("silence", "GET /users/@me")
    running = program.start("run", folder=tmp_path, **loopback.environment)
    loopback.until(loopback.is_held, program.PATIENCE)
    running.terminate()
    assert running.wait(program.PATIENCE) == 0
    told = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert [line for line in told if "bot.operation.stopping" not in line] == []


def test_a_discord_that_cannot_be_reached_is_one_line_and_tried_again_until_the_bot_is_told_to_stop(tmp_path):
    settings = {"DISCORD_TOKEN": "a-token", "DISCORD_API_URL": "http://127.0.0.1:9/api/v10"}
    running = program.start("run", folder=tmp_path, **settings)
    try:
        [line] = program.until_said("seconds=15.0", running, folder=tmp_path).splitlines()
        running.terminate()
        assert running.wait(program.PATIENCE) == 0
    finally:
        running.kill()
    assert "Discord cannot be reached at http://127.0.0.1:9/api/v10; check the network and DISCORD_API_URL." in line


def test_a_database_from_a_newer_version_is_one_sentence(tmp_path):
    with sqlite3.connect(tmp_path / "debrief.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999_of_next_year')")
    database.close()
    settings = {"DISCORD_TOKEN": "t", "DATABASE_URL": f"sqlite:///{tmp_path}/debrief.db"}
    assert "newer" in sentence_of(program.run("run", folder=tmp_path, **settings))


def test_check_tells_what_is_wrong_and_what_to_do(tmp_path, loopback):
    (tmp_path / ".env").write_text("BRIEFING_STORYS=3\n", encoding="utf-8")
    done = program.run("check", folder=tmp_path, **{**loopback.environment, "DISCORD_TOKEN": "a-wrong-token"})
    told = " ".join(done.stdout.split())
    assert done.returncode == 1
    assert "BRIEFING_STORYS" in told
    assert "DISCORD_TOKEN" in told
    assert "a-wrong-token" not in done.stdout + done.stderr


def test_check_is_content_with_an_installation_that_works(tmp_path, loopback):
    done = program.run("check", folder=tmp_path, **loopback.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "logs in as Debrief" in " ".join(done.stdout.split())


def test_the_preview_prints_a_briefing_of_the_samples_without_a_token(tmp_path):
    done = program.run("preview", "--once", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[1]" in done.stdout


def test_the_previews_clock_follows_its_articles_unless_it_is_set(tmp_path, articles):
    done = program.run("preview", "--once", "--input", articles, folder=tmp_path)
    assert "The preview's clock shows 4 August 2025, 09:00 UTC" in done.stderr
    done = program.run("preview", "--once", "--input", articles, "--now", NOW, folder=tmp_path)
    assert "The preview's clock shows 2 August 2025, 09:00 UTC" in done.stderr
    assert "goats" not in done.stdout


def test_start_without_a_token_serves_the_preview_until_it_is_told_to_stop(tmp_path, articles):
    serving = program.start("start", "--input", articles, folder=tmp_path, PREVIEW_PORT="0")
    try:
        log = program.until_said("The briefing is at http://127.0.0.1:", serving, folder=tmp_path)
        assert "Moreau" in log
        serving.terminate()
        assert serving.wait(program.PATIENCE) == 0
    finally:
        serving.kill()
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_help_is_shown_without_loading_anything_heavy(tmp_path):
    code = (
        "import sys; sys.argv = ['debrief', '--help']\n"
        "from bot.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'discord', 'sqlalchemy', 'sumy', 'trafilatura', 'numpy', 'pydantic', 'apscheduler'}\n"
        "sys.exit(str(heavy & sys.modules.keys()) if heavy & sys.modules.keys() else 0)"
    )
    done = program.python(code, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Inspect a file of articles" in done.stdout
