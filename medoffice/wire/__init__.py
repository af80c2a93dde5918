"""Text and bytes on one side, values on the other; still no input or output."""

from medoffice.wire.json import WireError, decode, decode_any, encode
from medoffice.wire.schemas import SCHEMAS, Schema

__all__ = ["SCHEMAS", "Schema", "WireError", "decode", "decode_any", "encode"]
