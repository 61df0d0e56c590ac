"""A state machine over a discussion: what people and processes do, in any order, and what holds."""
