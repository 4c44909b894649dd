"""Damaged files of the text formats, some seconds of them: text or a sentence, never a crash, a hang or runaway memory.

The long campaigns are run by hand: `python -m tests.bench.fuzzed_readers`.
"""

from tests.bench import fuzzed_readers

# Formats whose readers need a second a page are left to the campaigns.
ENDINGS = (".docx", ".html", ".mht", ".zip", ".rtf", ".doc", ".ofd", ".pdf")
SECONDS = 6.0


def test_no_damage_brings_a_reader_down():
    told = fuzzed_readers.campaign(ENDINGS, SECONDS, seed=7)
    assert not told.failures, "\n".join(told.failures)
    assert {outcome.partition(" ")[0] for outcome in told.outcomes} == set(ENDINGS)
