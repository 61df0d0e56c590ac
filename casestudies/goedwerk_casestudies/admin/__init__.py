"""Everything of stories inside the Wagtail admin; ``wagtail_hooks`` registers it."""
