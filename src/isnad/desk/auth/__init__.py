"""Who people are: passwords, sessions, invitations, tokens.

In: what a browser or a program sends. Out: a caller, or nobody. Secrets are kept as hashes only.
"""
