"""Questions in words: what they mean, which figure or published number answers, and what is not known."""
