"""The ledger under fire: the real program is killed over and over, with a Discord that fails, and what arrived is counted.

    python -m tests.faults --kills 500 [--postgres] [--seed 1]

runs it for long; ``test_ledger_under_fire.py`` is the short run. ``trial.py`` is the order of events, ``lives.py`` the program
as it is started and killed, ``press.py`` what there is to tell, ``verdict.py`` the counting.
"""
