"""The members of `Label`, each under a name of its own.

A member of an enum costs as much to reach as ten names (Python 3.11), and labels are asked for
hundreds of times a document. Compiled modules reach these without any look-up.
"""

from typing import Final

from artclean.model import Label

TITLE: Final = Label.TITLE
KICKER: Final = Label.KICKER
TIMESTAMP: Final = Label.TIMESTAMP
LEAD: Final = Label.LEAD
PARAGRAPH: Final = Label.PARAGRAPH
HEADING: Final = Label.HEADING
CAPTION: Final = Label.CAPTION
REPEAT: Final = Label.REPEAT
BYLINE: Final = Label.BYLINE
AGENCY: Final = Label.AGENCY
TAGS: Final = Label.TAGS
RELATED: Final = Label.RELATED
BOILERPLATE: Final = Label.BOILERPLATE
JUNK: Final = Label.JUNK
BLANK: Final = Label.BLANK
