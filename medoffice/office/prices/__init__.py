"""The office's official tables, charges and contracts, and the priced lines of a visit."""
