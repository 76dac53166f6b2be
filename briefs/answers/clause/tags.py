"""The word classes by which clauses are read, as the Penn Treebank names them, and the words that open a clause inside."""

from briefs.answers.lexicon import WH

NOUNS = {"NN", "NNS", "NNP", "NNPS"}
NAMES = {"NNP", "NNPS"}
HEADS = NOUNS | {"CD", "PRP", "EX", "FW", "$"}
MODIFIERS = {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "POS", "HYPH", "``", "''", "SYM", "#", "WP$", "AFX", "NFP"}
ADJECTIVES = {"JJ", "JJR", "JJS"}
NOMINAL = HEADS | ADJECTIVES | {"DT", "PRP$", "PDT"}  # may begin a noun phrase
PARTICIPLES = {"VBG", "VBN"}
PAST = {"VBN", "VBD"}  # taggers mix up the two behind an auxiliary
PLAIN = {"VB", "VBP"}  # and these
FINITE = {"VBD", "VBZ", "VBP", "MD"}
VERBS = {"VB", "VBD", "VBZ", "VBP", "VBG", "VBN"}
ADVERBS = {"RB", "RBR", "RBS", "UH"}
OPENING = WH | {
    "after", "before", "because", "that", "if", "once", "while", "until", "since", "whether", "although", "though",
}  # fmt: skip
