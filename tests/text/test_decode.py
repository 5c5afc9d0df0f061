"""bytes -> text: every encoding, with bytes that other programs wrote."""

import pytest

from artclean.errors import DecodeError
from artclean.text.decode import Decoded, decode, encodes_back
from artclean.text.legacy import detect, reading
from artclean.text.repair import repair, repair_report

TEXT = (
    "Bản Nà Khoang vừa dựng xong cây cầu gỗ. Thầy giáo Lò Văn Sướng kể: "
    "trẻ nhỏ hết phải lội suối, cả xóm mừng rỡ.\n"
)

# The text above, written by glibc's iconv; VNI by hand from its table.
WRITTEN = {
    "viscii": "42e46e204ee0204b686f616e672076d7612064f16e6720786f6e672063e2792063a5752067b22e205468"
    "a579206769e16f204cf22056e56e2053dfbe6e67206bac3a207472eb206e68f62068aa74207068e469206cb5692073"
    "75af692c2063e42078f36d206dd76e672072de2e0a",
    "tcvn3": "42b66e204eb5204b686f616e672076f5612064f96e6720786f6e672063a9792063c7752067e72e205468c7"
    "79206769b86f204cdf2056a86e2053aded6e67206bd33a207472ce206e68e12068d574207068b669206ce969207375"
    "e8692c2063b62078e36d206df56e672072ec2e0a",
    "cp1258": "4261d26e204ee0204b686f616e672076fdcc612064fdf26e6720786f6e672063e2792063e2cc752067f4"
    "de2e205468e2cc79206769e16f204c6fcc2056e36e2053fdf5ec6e67206bead23a20747265d2206e686fd22068eaec"
    "7420706861d269206cf4f269207375f4ec692c206361d22078f36d206dfdcc6e672072f5de2e0a",
    "vni": "4261fb6e204e61f8204b686f616e672076f6f8612064f6ef6e6720786f6e67206361e279206361e07520676f"
    "e32e20546861e079206769 61f96f204c6ff8205661ea6e2053f6f4f96e67206b65e53a20747265fb206e686ffb2068"
    "65e174207068 61fb69206c6fe469207375 6fe1692c206361fb20786ff96d206df6f86e672072f4f52e0a",
}


@pytest.mark.parametrize("encoding", WRITTEN)
def test_old_encodings_are_found_and_read(encoding: str) -> None:
    data = bytes.fromhex(WRITTEN[encoding])
    for asked in ("auto", encoding):
        decoded = decode(data, asked)
        assert decoded.encoding == encoding
        assert encodes_back(data, decoded)
        assert repair(data, encoding=asked) == TEXT
    assert repair_report(data).encoding == encoding


@pytest.mark.parametrize("encoding", ["vps", "bkhcm1", "bkhcm2", "vietwarex"])
def test_the_rarer_ones_too(encoding: str) -> None:
    assert detect(reading(encoding).write(TEXT)) == encoding
    assert repair(reading(encoding).write(TEXT)) == TEXT


def test_tcvn5712_differs_by_its_toned_capitals() -> None:
    data = bytes.fromhex(WRITTEN["tcvn3"]) + b"C\x9cT \x97NG\n"  # Ợ, Ộ
    decoded = decode(data)
    assert decoded.encoding == "tcvn5712"
    assert decoded.text == TEXT + "CỢT ỘNG\n"
    assert encodes_back(data, decoded)


def test_capitals_of_tcvn3_come_back_as_repairs() -> None:
    data = b"TH\xa4NG B\xb8O C\xf1A B\xb6N\n" + bytes.fromhex(WRITTEN["tcvn3"])
    report = repair_report(data)
    assert decode(data).text.startswith("THÔNG BáO CủA BảN\n")
    assert report.text == "THÔNG BÁO CỦA BẢN\n" + TEXT
    assert {edit.rule for edit in report.edits} == {"capitals"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode(), Decoded(TEXT, "utf-8")),
        (TEXT.encode("utf-8-sig"), Decoded(TEXT, "utf-8")),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8-sig"), Decoded("\ufeff" + TEXT, "utf-8")),
        (TEXT.encode("utf-16"), Decoded(TEXT, "utf-16")),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), Decoded(TEXT, "utf-16")),
        (TEXT.encode("utf-16-le"), Decoded(TEXT, "utf-16")),
        (TEXT.encode("utf-16-be"), Decoded(TEXT, "utf-16")),
        (TEXT.encode("utf-32"), Decoded(TEXT, "utf-32")),
        (TEXT.encode("utf-32-le"), Decoded(TEXT, "utf-32")),
        (TEXT.encode("utf-32-be"), Decoded(TEXT, "utf-32")),
        (b"", Decoded("", "utf-8")),
        (b"plain", Decoded("plain", "utf-8")),
        ("đen\0trắng".encode(), Decoded("đen\0trắng", "utf-8")),  # a NUL is no UTF-16 yet
        (
            "L'été à Orléans, déjà.".encode("latin-1"),
            Decoded(
                "L'été à Orléans, déjà.",
                "cp1252",
                ("in no encoding that is known: read as cp1252",),
            ),
        ),
    ],
)
def test_decoded(data: bytes, expected: Decoded) -> None:
    assert decode(data) == expected
    assert encodes_back(data, expected)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode()[:-2] + b"\xff\n", TEXT[:-2] + "\ufffd\n"),
        ("Cả bản mừng".encode() + b"\xe1\xbb", "Cả bản mừng\ufffd"),
        ("đủ".encode() + b"\xe1\xbb", "đủ\ufffd"),
        (TEXT.encode("utf-16") + b"a", TEXT + "\ufffd"),
    ],
)
def test_nearly_good_bytes_are_read_and_the_loss_is_told(data: bytes, expected: str) -> None:
    decoded = decode(data)
    assert decoded.text == expected
    assert decoded.encoding in ("utf-8", "utf-16")
    assert "1 places are not UTF" in decoded.warnings[0]
    assert not encodes_back(data, decoded)


@pytest.mark.parametrize(
    ("data", "encoding", "offset"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "auto", 0),
        (b"GIF89a\x01\x00\xff\xfe\x00\x80", "auto", 8),
        ("đẹp".encode() + b"\xff", "utf-8", 6),
        (b"\xef\xbb\xbfa\xff", "utf-8", 4),
        (b"\xff\xfea\x00\x00\xd8", "utf-16", 4),
        (b"a\x00b", "utf-16", 2),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, encoding: str, offset: int) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(data, encoding)
    assert caught.value.offset == offset
    assert f"byte {offset}" in str(caught.value)


def test_an_old_encoding_can_be_forced_on_any_bytes() -> None:
    everything = bytes(range(256))
    for encoding in ("cp1258", "tcvn3", "tcvn5712", "vni", "viscii", "vps"):
        assert decode(everything, encoding).encoding == encoding


def test_what_was_not_in_the_table_does_not_encode_back() -> None:
    data = b"C\xc2ng"  # TCVN3 has no C2; it would be written as A2
    assert not encodes_back(data, decode(data, "tcvn3"))
