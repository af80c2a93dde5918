"""Coverage over a store: payers are asked, their answers kept, visits verified."""
