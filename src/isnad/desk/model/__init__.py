"""The read model: incidents of an archive in memory, as rows that filters and counts run over.

In: reports, claims, decisions. Out: views that never change, one for each state of the archive.
"""
