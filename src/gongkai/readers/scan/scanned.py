"""A page read from a picture, whose places lead back to that."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from gongkai.document import Place
from gongkai.readers.pdf.page import Box, Page
from gongkai.readers.scan.picture import Matrix


@dataclass(slots=True)
class ScannedPage(Page):
    """A page read from a picture: its places are mapped back to where they were on the picture as it is displayed.

    `back` leads from this page's points to the picture's; `boxes` remembers the box of every place given.
    """

    back: Matrix = field(default_factory=lambda: np.eye(3))
    boxes: dict[Place, Box] = field(default_factory=dict)

    def place(self, box: Box) -> Place:
        x0, top, x1, bottom = box
        corners = np.array([[[x0, top], [x1, top], [x1, bottom], [x0, bottom]]], dtype=np.float64)
        moved = cv2.perspectiveTransform(corners, self.back)[0]
        sides = (*moved.min(axis=0).tolist(), *moved.max(axis=0).tolist())
        place = Place(self.number, *(round(side, 3) for side in sides))
        self.boxes[place] = box
        return place
