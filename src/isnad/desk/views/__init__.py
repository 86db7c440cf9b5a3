"""What claims, reports and incidents look like as JSON.

In: nouns of the model, and the world. Out: plain data. Text from outside is only ever text.
"""
