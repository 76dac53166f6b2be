"""One module for each way in; each is a ``target.Target``."""
