"""Coding: a report in, claims out, each value with the rule that made it.

mentions → clauses → frames → claims. May import ``knowledge``, ``language`` and ``model``; touches
no file and no network.
"""
