"""The laws of :class:`medoffice.testing.store_conformance.StoreConformance`, one idea a file."""
