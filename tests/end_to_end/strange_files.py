"""Files that are no report or cannot be read, as they turn up among reports."""

from __future__ import annotations

from random import Random

from tests.sample.files import SampleFile

# the smallest picture that decoders accept: one grey pixel
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "08" * 64
    + "ffc0000b080001000101011100ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000"
    "ffda0008010100003f0054dfffd9"
)


def truncated(file: SampleFile) -> bytes:
    """The first two thirds of a file, as a broken transfer leaves it."""
    data = file.data()
    return data[: len(data) * 2 // 3]


def noise() -> bytes:
    """Bytes that mean nothing."""
    return Random(0).randbytes(20_000)


def news_page(agency: str, year: int) -> bytes:
    """A page that speaks of a report: it names every section and many figures, and holds no table."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>一图读懂{agency}{year}年政府信息公开工作年度报告</title></head>
<body><h1>一图读懂{agency}{year}年政府信息公开工作年度报告</h1>
<p>近日，{agency}发布{year}年政府信息公开工作年度报告。</p>
<p>一、总体情况。全年主动公开信息512条。二、主动公开政府信息情况。制发行政规范性文件9件。</p>
<p>三、收到和处理政府信息公开申请情况。新收申请77件，办结75件，结转2件。</p>
<p>四、政府信息公开行政复议、行政诉讼情况。行政复议3件，行政诉讼1件。</p>
<p>五、存在的主要问题及改进情况。六、其他需要报告的事项。</p></body></html>""".encode()
