"""Archives: files that hold other inputs in, the reports of what they hold out.

In: ``.zip`` of any kinds, WARC and WACZ. Out: reports, and a refusal by name for each part that is
damaged or dangerous. Nothing is ever unpacked to a path that an archive names; memory is bounded.
"""
