"""Votes and assignments: what is asked, what a form makes of it, and what a picture may show."""
