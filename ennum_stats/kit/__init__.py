"""The press kit: one text a language, with named figures and charts, as Word, PDF and Excel.

`press` makes it; the text stands in `texts/<language>/press-kit.md`. No number is typed there, and none is
computed here: figures, measures and charts give them.
"""
