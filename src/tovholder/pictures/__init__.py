"""Pictures: charts and maps as SVG, each with its title, description and table. Knows no Django."""

from .cells import gauge_cells
from .denmark import CREDIT, Area, area_fills, map_of_denmark, swatch
from .elements import Markup, Picture, Table
from .lines import spark
from .opinion import opinion_map
from .opinion_bars import agreement_bars
from .sectors import SECTORS, Sector, sector_shape, sectorbar
from .themes import ThemeCount, flow
from .threads import Step, timeline

__all__ = [
    "CREDIT",
    "SECTORS",
    "Area",
    "Markup",
    "Picture",
    "Sector",
    "Step",
    "Table",
    "ThemeCount",
    "agreement_bars",
    "area_fills",
    "flow",
    "gauge_cells",
    "map_of_denmark",
    "opinion_map",
    "sector_shape",
    "sectorbar",
    "spark",
    "swatch",
    "timeline",
]
