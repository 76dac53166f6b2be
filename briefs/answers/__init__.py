"""What a question asks, what matches it, and how the answer reads."""
