"""What holds for every sequence of publications."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sitegen.output import in_place
from sitegen.views import OutputFile
from sitegen.write import publish

contents = st.sampled_from([b"", b"a", b"b", b"long " * 3000])
# "part" is a file in some sites and a folder in others.
sites = st.dictionaries(
    st.sampled_from(
        ["index.html", "part", "claims/a.html", "claims/b.html", "events/e.html", "a/b/c.css"]
    ),
    contents,
) | st.dictionaries(st.sampled_from(["index.html", "part/x.html", "part/y.html"]), contents)
own_files = st.dictionaries(
    st.sampled_from(["CNAME", "claims/own.txt", "own/a/b.txt", ".git/HEAD", "a/own.css"]),
    contents,
    max_size=3,
)
tampering = st.dictionaries(st.integers(0, 5), st.none() | st.binary(max_size=3), max_size=3)
Step = tuple[dict[str, bytes], dict[str, bytes], dict[int, bytes | None]]
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(sites, own_files, tampering), min_size=1, max_size=5
)


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files by hand."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def tamper(site: Mapping[str, bytes], faults: Mapping[int, bytes | None], folder: Path) -> None:
    """Change (or, with None, delete) by hand some of a site's files, counted in order."""
    paths = sorted(site)
    for number, content in faults.items():
        if number < len(paths) and content is None:
            (folder / paths[number]).unlink()
        elif number < len(paths) and content is not None:
            (folder / paths[number]).write_bytes(content)


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return bytes by path, and None for each folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@given(steps, st.sampled_from([0, 1000]))
def test_history_leaves_no_trace(history: list[Step], fewest: int) -> None:
    """After any publications and changes by hand, a folder is as if only the last had been.

    So it is where each makes a new folder, and where few files are exchanged in the last one.
    """
    with (
        TemporaryDirectory() as parent,
        patch.object(in_place, "_FEWEST", fewest),
        patch.object(in_place, "_SHARE", 0),
    ):
        output, fresh = Path(parent, "site"), Path(parent, "fresh")
        own: dict[str, bytes] = {}
        for site, added, faults in history:
            done = publish([OutputFile(*each) for each in site.items()], output)
            assert sorted(done.written + done.unchanged) == sorted(site)
            put(added, output)
            own |= added
            tamper(site, faults, output)
        last = [OutputFile(*each) for each in history[-1][0].items()]
        publish(last, output)
        publish(last, fresh)
        put(own, fresh)
        assert snapshot(output) == snapshot(fresh)
        again = publish(reversed(last), output)
        assert (again.written, again.removed) == ((), ())
