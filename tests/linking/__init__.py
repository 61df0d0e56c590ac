"""A week on the site, what an insider without keys could see of it, and what she could try."""
