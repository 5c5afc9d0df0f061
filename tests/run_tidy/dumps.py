"""Invented dumps in the shapes of real ones, as many as a test wants."""

from random import Random
from unicodedata import normalize

PLACES = ["Đồng Xuân", "Hạ Long Hai", "Thạch Bàn Thượng", "Mỹ Lộc Đông", "Sơn Trà Nam", "Vĩnh Khê"]
PEOPLE = ["Lê Hoài An", "Trần Thu Hạnh", "Nguyễn Đức Khôi", "Phạm Bảo Ngân", "K'Brêu Nhã"]
ACTS = [
    "khánh thành cầu mới sau tám tháng thi công",
    "mở thêm hai lớp mầm non cho trẻ vùng cao",
    "trồng một nghìn cây xanh dọc bờ sông",
    "đưa nước sạch về ba thôn còn thiếu nước",
    "tổ chức hội chợ nông sản đầu mùa",
]
SENTENCES = [
    "Theo kế hoạch, công trình hoàn thành trước mùa mưa năm nay.",
    "Bà con góp hơn hai trăm ngày công và hiến gần một nghìn mét vuông đất vườn.",
    "“Từ nay trẻ em đi học không còn phải lội suối”, một người dân nói.",
    "Đại diện xã cho biết sẽ tiếp tục vận động các nhà hảo tâm trong thời gian tới.",
    "Trước đó, đoạn đường này thường xuyên ngập sâu mỗi khi nước sông dâng cao.",
    "Kinh phí do ngân sách tỉnh hỗ trợ một nửa, phần còn lại do người dân đóng góp.",
]
FURNITURE = ["Chia sẻ", "Bình luận", "Lưu bài viết", "browser not support iframe.", "XEM CLIP:"]
JUNK = [".", ",", ">>", "***", ":", "\xa0", " . "]


def dump(number: int) -> str:
    """The dump of that number: always the same, each with damage of its own."""
    random = Random(number)
    place, person = random.choice(PLACES), random.choice(PEOPLE)
    title = f"Xã {place} {random.choice(ACTS)}"
    day = f"{random.randint(1, 28):02}/{random.randint(1, 12):02}/20{random.randint(10, 24)}"
    rows = [title, f"Cập nhật lúc {random.randint(6, 22)}:{random.randint(10, 59)}, {day} (GMT+7)"]
    rows += _between(random)
    rows.append(f"Sáng {day[:5]}, xã {place} {random.choice(ACTS)}. {random.choice(SENTENCES)}")
    for _ in range(random.randint(1, 6)):
        rows += _between(random)
        rows.append(" ".join(random.sample(SENTENCES, random.randint(1, 3))))
        if random.random() < 0.4:
            caption = f"Bà con xã {place} trong ngày hội thứ {random.randint(2, 99)}."
            rows += ["", caption, caption]
    rows += ["", person, *random.sample(FURNITURE, random.randint(0, 3)), random.choice(JUNK)]
    return _damaged("\n".join(rows), random)


def _between(random: Random) -> list[str]:
    choice = random.random()
    if choice < 0.5:
        return [""] * random.randint(1, 3)
    return [random.choice(JUNK), *[""] * random.randint(0, 2)] if choice < 0.8 else []


def _damaged(text: str, random: Random) -> str:
    if random.random() < 0.2:
        text = normalize("NFD", text)
    if random.random() < 0.3:
        text = text.replace(" ", "\xa0", 3)
    if random.random() < 0.2:
        text = text.replace("\n", " \n", 2)
    if random.random() < 0.7:
        text += "\n" * random.randint(1, 3)
    return text


def markdown(number: int) -> str:
    """A Markdown article with front matter, a picture, a list, and what a crawler has left."""
    title, *body = dump(number).split("\n")
    head = f'---\ntitle: "{title}"  \ntags: [a,  b]\n---\n\n# {title}\n\n'
    picture = "![Cầu mới lúc bình minh](cau.jpg)\n\n*Cầu mới lúc bình minh*\n\n"
    rest = "- một\n- hai\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1 \n```\n"
    return head + picture + "\n\n".join(body) + "\n\n" + rest


def files(count: int) -> dict[str, bytes]:
    """So many files, a third of them with CRLF and some with a BOM: names and contents."""
    made = {}
    for number in range(count):
        name, text = f"tin/{number:04}.txt", dump(number)
        if number % 10 == 7:
            name, text = f"bài viết/{number:04}.md", markdown(number)
        data = text.encode()
        if number % 3 == 1:
            data = data.replace(b"\n", b"\r\n")
        if number % 11 == 5:
            data = b"\xef\xbb\xbf" + data
        made[name] = data
    return made
