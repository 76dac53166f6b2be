"""The Discord voice of the desk."""
