"""``python -m artclean`` is the command ``artclean``."""

from artclean.cli import main

main(prog_name="artclean")
