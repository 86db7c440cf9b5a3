"""One file a form: incidents in, one file out, losses told on the way.

In: incidents and a context. Out: rows on a binary stream. May import the rest of ``publish`` and
what that may; imports heavy libraries only when it writes.
"""
