"""The desk: a web application over an archive, where people read, check and decide.

In: an archive, requests over HTTP. Out: JSON, CSV, Atom, and the built pages of ``static/``.
May import all rooms but ``cli``; touches the archive and the address that it listens on.
"""
