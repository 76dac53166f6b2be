"""What a text says on its face: sentences, names, times."""
