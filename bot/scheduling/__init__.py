"""What the bot does by itself and when: briefings that are due, feeds, backups, and what is forgotten in time."""
