"""What outlets tell on some days: title, time and text of each article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

THURSDAY = datetime(2026, 3, 5, 9, tzinfo=UTC)
FRIDAY, SATURDAY = THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=2)

DELAYED = (
    "Launch of Meridian-4 delayed by weather",
    THURSDAY,
    (
        "The launch of the Meridian-4 capsule with four astronauts was delayed by weather on Thursday, the space agency said.\n"
        "The next attempt is planned for Friday evening at the Corran spaceport."
    ),
)
LAUNCHED = (
    "Meridian-4 lifts off with four astronauts",
    SATURDAY,
    (
        "The Meridian-4 capsule lifted off from the Corran spaceport on Friday evening with four astronauts aboard.\n"
        "It will dock with the Concord station on Sunday."
    ),
)
DOCKED = (
    "Meridian-4 reaches Concord station",
    SATURDAY + timedelta(days=1, hours=4),
    (
        "The Meridian-4 capsule docked with the Concord station on Sunday morning after a flight of 38 hours.\n"
        "Its crew will stay for six months."
    ),
)
NINE = (
    "Flood in Lindal kills nine",
    THURSDAY,
    (
        "At least nine people were killed when the river Aske flooded the town of Lindal on Wednesday night.\n"
        "Rescuers were searching the market quarter for survivors."
    ),
)
FOURTEEN = (
    "Death toll of Lindal flood rises to 14",
    FRIDAY,
    "The death toll of the flood in Lindal rose to 14 on Friday, the governor said.\nWater levels are falling.",
)
PLAN = (
    "Marbury council to close Halden library",
    THURSDAY,
    (
        "The council of Marbury will close the Halden library in May to save money, Mayor Ruth Amsel said on Thursday.\n"
        "The library was built in 1911."
    ),
)
CANCELLED = (
    "Council drops plan to close library",
    FRIDAY,
    "The council of Marbury cancelled the closure of the Halden library on Friday after 9,000 people had signed a petition.",
)
REWRITTEN = (
    "Nine dead as Lindal is flooded",
    FRIDAY,
    (
        "Nine people died in Lindal when the Aske burst its banks and flooded the town on Wednesday night.\n"
        "Survivors were being sought in the market quarter."
    ),
)
BACKGROUND = (
    "A short history of the Aske's floods",
    FRIDAY,
    (
        "The Aske has flooded Lindal six times since records began, and the worst flood was in 1882.\n"
        "Engineers built the stone dam above the town in 1931."
    ),
)
ARREST = (
    "Police arrest dam keeper after Lindal flood",
    FRIDAY,
    (
        "Police arrested the keeper of the Aske dam, Jost Brenner, on Friday on suspicion of leaving a sluice open.\n"
        "Brenner denied it, his lawyer said."
    ),
)
