"""The press kit: one text in each language, with named figures and charts, as Word, PDF and Excel.

`press` makes it from the texts in `texts/<language>/press-kit.md`. No number is written there, and none is
computed here: figures, measures and charts give them.
"""
