"""Everything of the dialogue inside the Wagtail admin; ``wagtail_hooks`` registers it."""
