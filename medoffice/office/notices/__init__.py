"""What patients are told about money beforehand: good-faith estimates and Medicare's ABN."""
