"""Life as a program that is run for a year: alone on its database, its jobs watched over, its health judged, stopped in time."""
