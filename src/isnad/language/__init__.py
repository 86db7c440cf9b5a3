"""Language: text in, normal form with an offset map, tokens, sentences, numbers and times out.

One folder a language with the same file names in each. May import ``isnad.model`` only.
"""
