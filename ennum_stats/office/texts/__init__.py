"""Texts of people, in whatever file: their words with the place of each, and what an audit found marked on them."""
