"""What others ask for reading numbers alone on the same text, where they are installed; Hebao never depends on them.

To compare: in an environment apart, beside what desktop.extraction needs, `pip install recognizers-text-number jionlp
"emoji<2"` (the recognizers want the emoji package of their time), then `python -m tests.bench.extraction`.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator

Job = Callable[[str], object]


def peers() -> Iterator[tuple[str, Job | None]]:
    """Yield (what it reads, a job on one text), the job None where the library is not installed."""
    yield from _recognizers()
    yield from _jionlp()


def _recognizers() -> Iterator[tuple[str, Job | None]]:
    """Microsoft recognizers-text: the Chinese number model, and the one of percentages."""
    names = ("recognizers-text: numbers", "recognizers-text: percentages")
    try:
        with _quietly():
            from recognizers_number import Culture, NumberRecognizer

            recognizer = NumberRecognizer(Culture.Chinese)
            jobs = (recognizer.get_number_model().parse, recognizer.get_percentage_model().parse)
    except ImportError:
        jobs = (None, None)
    yield from zip(names, jobs, strict=True)


def _jionlp() -> Iterator[tuple[str, Job | None]]:
    """JioNLP: amounts of money, and times."""
    names = ("jionlp: money", "jionlp: times")
    try:
        with _quietly():
            import jionlp

            jobs = (jionlp.ner.extract_money, jionlp.ner.extract_time)
            jobs[0]("罚款140.7万元"), jobs[1]("2024年")
    except ImportError:
        jobs = (None, None)
    yield from zip(names, jobs, strict=True)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep a library's greetings and warnings of itself off the screen."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
