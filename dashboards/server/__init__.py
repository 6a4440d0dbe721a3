"""What stands between a request and the pages: who may ask what, what is kept, which scripts browsers get.

A page knows nothing of it.
"""
