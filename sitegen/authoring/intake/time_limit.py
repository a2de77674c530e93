"""Work on bytes from outside, in a process of its own that can be ended when it takes too long.

Libraries that read pages and PDFs can be kept busy for hours by a document made for it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from sitegen.authoring.refusals import Refused

T = TypeVar("T")


def within(seconds: float, work: Callable[..., T], *arguments: object) -> T:
    """Return what a function gives for some arguments; refuse where it takes too long.

    Function, arguments and result travel between processes, so they must be picklable. A refusal
    in there is one out here.
    """
    context = multiprocessing.get_context("spawn")  # the same on every system
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, work, arguments), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            help_ = "give it more time with --timeout, or save its words as plain text and add that"
            raise Refused(f"this could not be read within {seconds:g} seconds", help_)
        is_refused, answer = receiver.recv()
    except EOFError as fault:
        help_ = "save its words as plain text, and add that file"
        raise Refused(
            "this could not be read: the program that reads it broke off", help_
        ) from fault
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()
    if is_refused:
        raise Refused(*answer)
    result: T = answer
    return result


def _answer(sender: Connection, work: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    """Do the work and send what came of it."""
    try:
        sender.send((False, work(*arguments)))
    except Refused as refusal:
        sender.send((True, (refusal.message, refusal.help)))
    finally:
        sender.close()
