"""The live dashboard: server-drawn pages over the published store, with what needs a script on top.

It uses the package's figures, measures, charts and words, and computes no number itself. `app.create_app`
makes the server's application, `server.serve` runs it.
"""
