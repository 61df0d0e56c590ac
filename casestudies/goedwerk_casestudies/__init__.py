"""Practice stories and dilemmas, discussed through ``goedwerk_forum``."""
