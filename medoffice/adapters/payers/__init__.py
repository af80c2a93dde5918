"""Ways to payers: one made up from coverages, and one through the folders of a clearing house's program."""

from medoffice.adapters.payers.folders import FolderGateway
from medoffice.adapters.payers.made_up import MadeUpPayers

__all__ = ["FolderGateway", "MadeUpPayers"]
