"""Patient flow."""
