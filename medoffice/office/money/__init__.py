"""A patient's money over a store: what is due, taken, receipted and given back."""
