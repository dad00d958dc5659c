"""How far a hidden number can move in a table of one or two dimensions: the largest flow around it, in whole numbers."""

from __future__ import annotations

from collections import deque

import numpy as np

from tovholder.evidence.disclosure.systems import System
from tovholder.evidence.disclosure.tables import Truth, Whole


class Network:
    """The flows of one system; what may move is told anew for each question."""

    def __init__(self, system: System) -> None:
        if system.arcs is None:
            raise ValueError("The sums of this system are not a network.")
        self.system = system
        self.tail, self.head = (one.tolist() for one in system.arcs)
        self.nodes = max(*self.tail, *self.head) + 1
        self.values: list[int] = system.values.tolist()

    def furthest(self, cell: int, sign: int, hidden: Truth, enough: int, without: int = -1) -> Whole:
        """This will give the change [n] of whole numbers that moves a hidden cell furthest up (sign 1) or down (-1), at most `enough`.

        hidden[n]: the cells that may change. without: a cell that its only person knows. Source: Ford and Fulkerson, Maximal flow
        through a network, Canadian Journal of Mathematics 8 (1956); shortest paths first, so it ends (Edmonds and Karp 1972).
        """
        change = np.zeros(self.system.size, dtype=np.int64)
        wanted = min(enough, self.values[cell]) if sign < 0 else enough
        begin, end = (self.head[cell], self.tail[cell]) if sign > 0 else (self.tail[cell], self.head[cell])
        around: list[list[tuple[int, int, int]]] = [[] for _ in range(self.nodes)]
        for arc in np.flatnonzero(hidden).tolist():
            if arc not in (cell, without):
                around[self.tail[arc]].append((arc, 1, self.head[arc]))
                around[self.head[arc]].append((arc, -1, self.tail[arc]))
        moved = [0] * self.system.size
        while wanted > 0:
            path = self._path(begin, end, around, moved)
            if path is None:
                break
            pushed = min([wanted, *(self.values[arc] + moved[arc] for arc, way in path if way < 0)])
            for arc, way in path:
                moved[arc] += way * pushed
            moved[cell] += sign * pushed
            wanted -= pushed
        change[:] = moved
        return change

    def _path(self, begin: int, end: int, around: list[list[tuple[int, int, int]]], moved: list[int]) -> list[tuple[int, int]] | None:
        came: dict[int, tuple[int, int, int]] = {begin: (-1, 0, begin)}
        waiting = deque([begin])
        while waiting:
            node = waiting.popleft()
            for arc, way, there in around[node]:
                if there not in came and (way > 0 or self.values[arc] + moved[arc] > 0):
                    came[there] = (arc, way, node)
                    if there == end:
                        waiting.clear()
                        break
                    waiting.append(there)
        if end not in came:
            return None
        path = []
        while end != begin:
            arc, way, end = came[end]
            path.append((arc, way))
        return path
