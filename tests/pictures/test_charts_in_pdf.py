"""The same drawings in a PDF: Typst reads every chart, and draws something of the right shape."""

import pytest

from tests.pictures.test_control_chart import GOAL as CONTROL
from tests.pictures.test_funnel_plot import region
from tests.pictures.test_goal_strip import GOAL as STRIP
from tests.pictures.test_gradient_bars import GOAL as GRADIENT
from tests.pictures.test_gradient_bars import SHARED
from tests.pictures.test_many_places import ninety_eight, standings
from tovholder.pictures import control_chart, funnel_plot, goal_strip, gradient_bars, lorenz_curve, municipality_map, small_multiples

pytestmark = pytest.mark.once
CHARTS = {
    "control": lambda: control_chart(CONTROL, headed=True),
    "funnel": lambda: funnel_plot(region()),
    "gradient": lambda: gradient_bars(GRADIENT),
    "lorenz": lambda: lorenz_curve(SHARED),
    "small": lambda: small_multiples(ninety_eight(), width=560),
    "map": lambda: municipality_map(standings()),
    "goal": lambda: goal_strip(STRIP),
}


@pytest.mark.parametrize("name", CHARTS)
def test_typst_draws_every_chart_at_its_own_size(name, tmp_path):
    import typst

    picture = CHARTS[name]()
    (tmp_path / "chart.svg").write_text(picture.svg, encoding="utf-8")
    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image("chart.svg", alt: "Tegning")\n'
    (tmp_path / "page.typ").write_text(source, encoding="utf-8")
    pdf = typst.compile(str(tmp_path / "page.typ"), root=str(tmp_path), format="pdf")
    assert pdf[:5] == b"%PDF-"
    png = typst.compile(str(tmp_path / "page.typ"), root=str(tmp_path), format="png", ppi=72)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    ratio = float(picture.svg.split('width="')[1].split('"')[0]) / float(picture.svg.split('height="')[1].split('"')[0])
    assert wide / high == pytest.approx(ratio, rel=0.01)
    assert len(png) > 2000
