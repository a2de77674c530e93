"""Articles as they come from outside, made for tests: a web page, and PDFs by hand."""

from __future__ import annotations

from collections.abc import Sequence

PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Bridge | Herald</title>
<meta property="og:site_name" content="Harbour Herald">
<meta name="author" content="Ada Lindqvist; Bo Berg">
<meta property="article:published_time" content="2025-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/a#top"></head>
<body><nav><a href="/">Home</a> <a href="/subscribe">Subscribe</a></nav>
<article><h1>Bridge closed to traffic</h1>
<p>The harbour bridge was closed to all traffic on Tuesday night, the port authority said in a
statement that was read out to reporters at the gate.</p>
<p>Engineers had found a crack of 40 centimetres in a girder, according to the ministry; “nobody
is to cross it”, she said, and <b>nobody</b> did.<script>alert(1)</script></p>
<ul><li>The ferry runs</li><li>Buses do not</li></ul>
<p>It will take three weeks to mend, says the ministry of roads, and it may take more.</p>
</article><footer>All rights reserved</footer></body></html>
"""


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a small PDF with these lines on its pages, in ASCII without brackets."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for index, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects.append(
        "<< /Title (Bridge closed) /Author (Ada Lindqvist) /CreationDate (D:20250304100000Z) >>"
    )
    written, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count, start = len(objects) + 1, len(written)
    trailer = f"<< /Size {count} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return (
        f"{written}xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n{trailer}\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode("ascii")
