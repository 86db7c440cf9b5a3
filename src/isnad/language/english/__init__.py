"""English, in small: the same files as Arabic, for reports and quotations that mix both.

In: text. Out: normal form, tokens, sentences and numbers with exact spans. Times are not read.
"""
