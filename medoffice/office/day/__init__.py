"""The day of a visit over a store: arrival, the board, each step, and the way out."""
