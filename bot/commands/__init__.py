"""One file per group of slash commands: check, defer, one call to the newsroom, render, send."""
