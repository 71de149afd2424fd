"""The entry point of ``python -m bot``, which is the same as ``bot``."""

import sys

from bot.cli import main

sys.exit(main())
