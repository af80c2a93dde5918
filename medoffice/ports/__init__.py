"""What the domain asks of the world: protocols only, carried out by adapters."""
