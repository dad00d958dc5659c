"""Pictures: charts and maps as SVG, each with its title, description and table. Knows no Django."""

from .cells import gauge_cells
from .chart_words import chart_words
from .control_chart import control_chart
from .denmark import CREDIT, Area, area_fills, map_of_denmark, swatch
from .elements import Markup, Picture, Table
from .funnel_plot import funnel_plot
from .goal_strip import goal_strip
from .gradient_bars import gradient_bars
from .lines import spark
from .lorenz import lorenz_curve
from .measured_people import Gradient, GradientGroup, GradientLine, Lorenz
from .measured_places import Funnel, FunnelLimits, FunnelPoint, MunicipalityFigure, MunicipalityFigures, SmallMultiples, SmallSeries
from .measured_time import ControlPoint, ControlSeries, GoalFigures, Mark
from .municipality_map import municipality_map
from .opinion import opinion_map
from .opinion_bars import agreement_bars
from .sectors import SECTORS, Sector, sector_shape, sectorbar
from .small_multiples import small_multiples
from .themes import ThemeCount, flow
from .threads import Step, timeline

__all__ = [
    "CREDIT",
    "SECTORS",
    "Area",
    "ControlPoint",
    "ControlSeries",
    "Funnel",
    "FunnelLimits",
    "FunnelPoint",
    "GoalFigures",
    "Gradient",
    "GradientGroup",
    "GradientLine",
    "Lorenz",
    "Mark",
    "Markup",
    "MunicipalityFigure",
    "MunicipalityFigures",
    "Picture",
    "Sector",
    "SmallMultiples",
    "SmallSeries",
    "Step",
    "Table",
    "ThemeCount",
    "agreement_bars",
    "area_fills",
    "chart_words",
    "control_chart",
    "flow",
    "funnel_plot",
    "gauge_cells",
    "goal_strip",
    "gradient_bars",
    "lorenz_curve",
    "map_of_denmark",
    "municipality_map",
    "opinion_map",
    "sector_shape",
    "sectorbar",
    "small_multiples",
    "spark",
    "swatch",
    "timeline",
]
