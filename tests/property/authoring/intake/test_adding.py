"""Articles as they may come: whatever the bytes are, a source comes of them or a refusal."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.authoring.intake.adding import add
from sitegen.authoring.intake.incoming import Incoming
from sitegen.authoring.refusals import Refused
from sitegen.build import examine
from sitegen.diagnostics import Severity
from tests.articles import PAGE, pdf

PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<article>", "<table><tr><td>", "<script>", "</script>", "<!--", "-->",
         "<html lang='", "<meta charset=", "utf-7", "<title>", "<link rel=canonical href='", "'>",
         "&#0;", "&#xD800;", "&amp;", "The bridge was closed, she said, and nobody came. " * 4,
         "\x00", "\ufeff", "\u202e", "<![CDATA[", "<?xml version='1.0' encoding='x'?>", "<svg>"]
    )
    | st.text(max_size=9),
    max_size=25,
).map("".join)  # fmt: skip
PDF = pdf([["The bridge was closed."], ["It rained."]])
BROKEN_PDF = st.tuples(st.integers(0, len(PDF)), st.integers(0, 40), st.binary(max_size=20)).map(
    lambda cut: PDF[: cut[0]] + cut[2] + PDF[cut[0] + cut[1] :]
)
NAMES = st.sampled_from(["a.html", "a.txt", "a.pdf", "a", "x" * 300, "con.txt", "-", "a\n.md", ""])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    raw=st.binary() | PIECES.map(lambda each: each.encode("utf-8", "replace")) | BROKEN_PDF,
    name=NAMES,
    media_type=st.sampled_from(["", "text/html", "text/plain"]),
    charset=st.sampled_from(["", "utf-8", "utf-16", "idna", "unicode_escape", "rot13", "x\x00"]),
)
@example(raw=PAGE.encode("utf-16"), name="a.html", media_type="", charset="")
@example(raw=b"<p>" * 20_000 + b"words", name="a.html", media_type="", charset="")
@example(raw=b"<!-- a -->" * 500, name="", media_type="", charset="")
@example(raw=b"a " * 300_000, name="a.txt", media_type="", charset="")
def test_any_bytes_give_a_sound_source_or_a_refusal(
    raw: bytes, name: str, media_type: str, charset: str
) -> None:
    """What was written is no error to a build; what was refused left nothing behind."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "content").mkdir()
        (project / "content/site.yaml").write_text("title: T\n")
        before = sorted(project.rglob("*"))
        added = None
        with suppress(Refused):
            incoming = Incoming(raw, name, media_type, charset)
            added = add(project, incoming, collected="2025", most=1_000_000)
        assert added or sorted(project.rglob("*")) == before
        found = examine(project).diagnostics
        assert not [each for each in found if each.severity is Severity.ERROR]
