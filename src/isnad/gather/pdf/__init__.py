"""PDF: the text layer in, one report out, in the order in which it is read, right to left too.

In: a PDF. Out: a report, or the reason why there is none (encrypted, no text layer, letters whose
order or identity cannot be told). Pictures are not looked at, no script is run, nothing fetched.
"""
