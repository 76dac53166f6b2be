"""Inputs as an enemy would make them: what reads them may refuse them, and never crashes, hangs or fills the memory.

Each module of ``targets`` is one way in: ``one_input(data)`` reads some bytes and raises where a promise is broken, ``seeds()``
gives what to begin with, and ``mutated(data, rng, most)`` makes another input of one. What breaks a promise is kept in
``findings/<target>/`` and read again by every run of the tests.
"""
