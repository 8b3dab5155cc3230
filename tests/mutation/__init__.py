"""The mutation study: mistakes of the kinds that curators make, put into the real sources at random, and what is told of them."""
