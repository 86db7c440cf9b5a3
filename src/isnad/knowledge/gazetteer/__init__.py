"""The gazetteer: every place name the coder knows, in one immutable file.

In: our CSVs, an extract of GeoNames, a user's own files. Out: names found in a text and their
senses. Reads the built file and the user's data folder; touches no network.
"""
