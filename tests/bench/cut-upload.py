# SPDX-License-Identifier: GPL-3.0-or-later
"""cut-upload.py BATON_SERVER SOURCE_ROOT UPLOAD_CLIENT [MEGABYTES]: 2 GB while the link is cut every 5 seconds."""
import json
import os
import sys

sys.path.insert(0, os.path.join(sys.argv[2], 'tests', 'server'))
from cutting import through_cuts  # noqa: E402

megabytes = int(sys.argv[4]) if len(sys.argv) > 4 else 2048
print(json.dumps({'bench': 'server_cut_upload', **through_cuts(sys.argv[3], megabytes, 5, rate=60 << 20)},
                 separators=(',', ':')), flush=True)
