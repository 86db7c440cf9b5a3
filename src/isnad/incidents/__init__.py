"""Incidents: claims about the same event, joined across reports, with every telling kept.

In: tellings (a claim with what is known of its report) and people's "same" and "different".
Out: incidents, their links with reasons, and views over them (figures, origins, grade, framing).
May import the model, errors, knowledge and language; touches nothing.
"""

from isnad.incidents.index import Index
from isnad.incidents.tellings import tellings_of

__all__ = ["Index", "tellings_of"]
