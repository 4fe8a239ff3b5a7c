"""Figures stated in the prose: sentences to tokens, tokens to claims, by a grammar that is data (`catalog/rows/claims`)."""
