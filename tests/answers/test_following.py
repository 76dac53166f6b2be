"""Follow-ups are told in full from the question before them."""

from __future__ import annotations

import pytest

from briefs.answers.following import resolve
from briefs.language import pipeline
from briefs.models import Answer, Evidence, Status


def told(question: str, text: str | None, quoted: str = "") -> Answer:
    """An answer as a follow-up finds it."""
    status = Status.ANSWERED if text else Status.UNKNOWN
    evidence = (Evidence("a", 0, len(quoted), quoted, "The Gull"),) if quoted else ()
    return Answer(question, status, text, text or "", evidence=evidence)


MET = told("who met the mayor of Brindle?", "Anna Okoye")
SAW = told("who did Sanders meet on Capitol Hill", "Harry Reid")
LAUNCH = told("when is the next launch from Baikonur?", "Friday 8 August 2025")
FLOOD = told("How many people died in the flood in Tarn?", "11")
BOUGHT = told("which airline bought 12 jets?", "Aer Tarn")
TREATY = told("did Lunara sign the treaty?", "Yes, on 3 May 2025")
ARREST = told("where was Dario Mendes arrested", None)
WHY = told("why did the minister resign?", "because of the leak")
MAYOR = told("who is Ines Falk?", "the mayor of Brindle")
CUP = told("who won the cup?", "Tarn City")
LATEST = told("what's the latest on the quake?", None)
WHOM = told("Who did Ada Stone meet?", "Harry Roth")
SPOT = told("where did Ada Stone meet Harry Roth", "Brindle")
NEXT = told("next quayside launch?", "Monday 4 May", "The next launch from Quayside is due in May.")
SAID = told("what did lunara say about the meeting", "that it was useful", "Lunara said that it was useful.")
MERGER = told("who needs to approve the merger?", None)
PAIR = told("who met whom?", "Anna Okoye and Tom Reed, Thursday 31 July 2025")


@pytest.mark.parametrize(
    ("before", "question", "full"),
    [
        (MET, "when?", "when Anna Okoye met the mayor of Brindle"),
        (MET, "and where?", "where Anna Okoye met the mayor of Brindle"),
        (MET, "Who is she?", "Who is Anna Okoye"),
        (MET, "who else?", "besides Anna Okoye, who met the mayor of Brindle"),
        (MET, "when was that?", "when Anna Okoye met the mayor of Brindle"),
        (MET, "what about Tom Reed?", "who met Tom Reed"),
        (SAW, "when", "when did Sanders meet on Capitol Hill"),
        (SAW, "what about Obama?", "who did Obama meet on Capitol Hill"),
        (SAW, "why did he meet him?", "why did Sanders meet Harry Reid?"),
        (SAW, "and on Friday?", "who did Sanders meet on Capitol Hill on Friday"),
        (LAUNCH, "and from Vostochny?", "when is the next launch from Vostochny"),
        (LAUNCH, "is it still on?", "is the next launch from Baikonur still on?"),
        (FLOOD, "where?", "where people died in the flood in Tarn"),
        (FLOOD, "and in Solvik?", "How many people died in the flood in Solvik"),
        (FLOOD, "how many were hurt?", "how many were hurt in the flood in Tarn"),
        (FLOOD, "really?", "How many people died in the flood in Tarn"),
        (BOUGHT, "how much did they pay?", "how much did Aer Tarn pay?"),
        (BOUGHT, "why", "why Aer Tarn bought 12 jets"),
        (TREATY, "when", "when did Lunara sign the treaty"),
        (TREATY, "what about Norvia?", "did Norvia sign the treaty"),
        (ARREST, "did he plead guilty", "did Dario Mendes plead guilty"),
        (ARREST, "tell me more", "what is new with Dario Mendes"),
        (WHY, "when?", "when did the minister resign"),
        (WHY, "what about the chancellor?", "why did the chancellor resign"),
        (MAYOR, "what did she say about taxes?", "what did Ines Falk say about taxes?"),
        (MAYOR, "since when?", "since when is Ines Falk the mayor of Brindle"),
        (CUP, "who scored?", "who scored in the cup"),
        (CUP, "by how much?", "by how much Tarn City won the cup"),
        (LATEST, "how many people died?", "how many people died in the quake"),
        (LATEST, "and where?", "where was the quake"),
        (FLOOD, "and injured?", "how many people were injured in the flood in Tarn"),
        (WHOM, "and where?", "where did Ada Stone meet Harry Roth"),
        (WHOM, "what did they talk about?", "what did Ada Stone and Harry Roth talk about?"),
        (SPOT, "what did they talk about?", "what did Ada Stone and Harry Roth talk about?"),
        (SPOT, "who else was there?", "who else was at Brindle?"),
        (NEXT, "who is flying on it?", "who is flying on the next Quayside launch?"),
        (SAID, "what about norvia?", "what did norvia say about the meeting"),
        (SAID, "and about the launch?", "what did Lunara say about the launch"),
        (MERGER, "has Roth approved it?", "has Roth approved the merger?"),
        (PAIR, "where did they meet?", "where did Anna Okoye and Tom Reed meet?"),
    ],
)
def test_what_leans_on_the_question_before_is_told_in_full(nlp, before, question, full):
    assert resolve(nlp, question, before) == full


@pytest.mark.parametrize(
    "question",
    [
        "When is the next launch?",
        "who did Ada Stone meet in Tarn?",
        "did Lunara say that it signed?",
        "is it true that the bridge is closed",
        "what did the mayor promise?",
    ],
)
def test_what_stands_alone_is_left_as_it_is(nlp, question):
    assert resolve(nlp, question, MET) == question


def test_names_typed_in_lower_case_are_known_from_the_sources_quoted(nlp):
    before = told("who is falk", "the mayor of Brindle", "On Monday Ines Falk, the mayor of Brindle, spoke.")

    assert resolve(nlp, "what did she say about taxes", before) == "what did Falk say about taxes"


def test_a_follow_up_of_a_follow_up_leans_on_what_that_one_meant(nlp):
    first = told("and where?", "Oslo")
    before = Answer(first.question, first.status, first.text, "", understood="where Ada Berg met Jon Vik")

    assert resolve(nlp, "when?", before) == "when Ada Berg met Jon Vik"


@pytest.fixture(scope="module")
def nlp():
    """The parser."""
    return pipeline.load()
