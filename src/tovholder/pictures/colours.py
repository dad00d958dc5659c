"""The colours a picture may use, each with its one role."""

INK = "#1A1A1A"
MUTED = "#595959"
FJORD = "#0A4A66"
THREAD = "#A8123E"
LINE = "#DDD8CF"
STRONG_LINE = "#8A857B"
WHITE = "#FFFFFF"
ATTENTION = "#8A5C00"
EMPTY_CELL = "#E4E0D8"
OUTSIDE = "#ECE8E0"
MAP_FILLS = ("#BBD3DE", "#E9DCBB", "#CBDDC4", "#DCC3D6", "#F0CFC2")
