# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that goes up and comes down while the link is cut again and again: test-cut-upload.py BATON_SERVER SOURCE_ROOT UPLOAD_CLIENT"""
import os
import sys

from cutting import through_cuts
from servertest import MEMORY, check, main

SOAK = bool(os.environ.get('BATON_TEST_SOAK'))


def test_a_link_that_is_cut():
    """Little is sent twice, and neither side holds the file in its memory."""
    megabytes = 1024 if SOAK else 120
    # As slow as a good line, so that there is something to cut.
    found = through_cuts(sys.argv[3], megabytes, 1, rate=40 << 20, back=True)
    print(f'# {found}')
    check(found['cuts'] >= 2 and found['down_cuts'] >= 2, f'it was not cut: {found}')
    # What is lost with a cut is what was under way in buffers: a chunk at most.
    for way in ('', 'down_'):
        check(found[f'{way}resent_percent'] <= 100 * (found[f'{way}cuts'] + 1) * 8 / megabytes, str(found))
        check(found[f'{way}client_mb'] < 60 * MEMORY and found['server_mb'] < 60 * MEMORY, str(found))


main([test_a_link_that_is_cut])
