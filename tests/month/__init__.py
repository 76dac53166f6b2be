"""A month of the bot's life in one process, in minutes: does it hold more at the end than at the beginning?

    python -m tests.month [--articles 10000] [--briefings 1000]

runs a whole month. ``papers.py`` is what there is to read, ``living.py`` the real bot and
what befalls it, ``gauges.py`` what is measured and judged.
"""
