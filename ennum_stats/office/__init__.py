"""Word, PowerPoint and Excel files of people: what ennum-stats wrote in them stays alive.

`refresh` brings a Word file up to a day after people edited it, `fill` puts figures, charts and tables into a
document that names them between braces, `names` lists what can be named.
"""
