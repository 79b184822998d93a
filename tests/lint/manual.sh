#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# manual.sh ROOT: every manual page is laid out without a warning.
set -u
command -v groff >/dev/null || { echo "groff is not installed"; exit 77; }
cd "$1/data/man" || exit 1
status=0
for page in *.[1-9]; do
  said=$(groff -man -t -k -Tutf8 -rLL=78n -z -ww "$page" 2>&1) || status=1
  [ -z "$said" ] || { echo "$said"; status=1; }
done
exit $status
