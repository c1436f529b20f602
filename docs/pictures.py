"""Makes the pictures of the program: `python docs/pictures.py [FOLDER] [ARTICLE...]`, by the real window.

Each picture is the window of this checkout on the sample articles (or the given ones), read by the real pipeline
and corrected in part, light and dark, narrow, and at double scale. Needs Qt, but no display.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHOTS = {
    "main-light": ("light", 1440, 900, 1, True),
    "main-dark": ("dark", 1440, 900, 1, True),
    "narrow-light": ("light", 1100, 700, 1, True),
    "main-200-light": ("light", 1100, 700, 2, True),
    "empty-light": ("light", 1440, 900, 1, False),
    "empty-dark": ("dark", 1440, 900, 1, False),
}
