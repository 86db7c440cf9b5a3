"""Evaluate: how good the coding is, against gold and between coders.

In: gold and coded records (the contract's JSON). Out: figures. May import ``coding`` and below;
touches only the files it is given.
"""
