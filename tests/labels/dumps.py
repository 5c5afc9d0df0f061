"""A neutral story to set lines into, and what its lines are labelled."""

from artclean.labels.label import label_lines
from artclean.labels.line import Line
from artclean.language.load import load_language
from artclean.pipeline import explain

TITLE = "Xã vùng bãi sửa xong trạm bơm trước mùa mưa"
FIRST = (
    "Sáng 2/8, xã Phú Lạc đưa trạm bơm mới vào vận hành trước sự chứng kiến của hơn hai trăm hộ dân"
    " ở bốn thôn ven sông."
)
SECOND = (
    "Trạm có bốn tổ máy, mỗi giờ bơm được ba nghìn mét khối nước, đủ tưới cho toàn bộ diện tích lúa"
    " và rau màu của xã vùng bãi."
)
THIRD = (
    "Chủ tịch xã cho biết phần việc còn lại, gồm hai cây số kênh đất và một cống qua đường, sẽ xong"
    " trong tháng 9 năm nay."
)


def labels(text: str, language: str = "vi") -> list[str]:
    """The label of each line."""
    return [str(line.label) for line in explain(text, language=language)]


def rules(text: str, language: str = "vi") -> list[str]:
    """The rule that decided each line."""
    return [line.rule for line in explain(text, language=language)]


def line_at(text: str, number: int, language: str = "vi") -> Line:
    """A line as the labels leave it, with the value that the deciding rule read."""
    lines = label_lines(text, load_language(language))
    return next(line for line in lines if line.first <= number <= line.last)


def dump(*lines: str) -> str:
    return "\n".join(lines)


def around(*lines: str) -> str:
    """The lines between the second and the third paragraph; the first of them is line 4."""
    return dump(TITLE, FIRST, SECOND, *lines, THIRD)


def behind(*lines: str) -> str:
    """The lines behind the last paragraph; the first of them is line 5."""
    return dump(TITLE, FIRST, SECOND, THIRD, *lines)


def above(*lines: str) -> str:
    """The lines in front of the title, which stands behind them."""
    return dump(*lines, TITLE, FIRST, SECOND, THIRD)


def below_title(*lines: str) -> str:
    """The lines under the title; the first of them is line 2."""
    return dump(TITLE, *lines, FIRST, SECOND, THIRD)
