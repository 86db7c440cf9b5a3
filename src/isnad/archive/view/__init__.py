"""The view of incidents: what the joining makes of an archive, kept beside it and kept up with it.

In: claims, decisions, the journal's position. Out: incidents, at once. It is never truth: it is
known by the journal's head and the rules that made it, thrown away when either is not as it was,
left out of backups, and the same as joining everything anew. Touches only its own tables.
"""
