"""A small Wagtail site of somebody else that takes the dialogue in, as the tutorial says.

Its own users, its own base.html, its own page type, Django's own sign-in; no case studies, none
of our theme, none of our site.
"""
