"""Knowledge: what the coder knows, as data files that a non-programmer edits.

In: the files of ``data/``. Out: looked-up entries and one automaton over all their names.
May import ``isnad.model``, ``isnad.errors`` and ``isnad.language``; touches only its cache folder.
"""
