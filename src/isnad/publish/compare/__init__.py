"""Compare: files of ACLED and UCDP read back, matched with our incidents, and what they agree on.

In: a file of others, incidents. Out: pairs, what only one side has, and a table of agreement.
May import the rest of ``publish`` and what that may; touches only the files it is given.
"""
