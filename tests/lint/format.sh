#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# format.sh ROOT: every .c and .h file is laid out as clang-format 14 does it. Other versions disagree in places, so
# the check is skipped when that one is not here.
cd "$1" || exit 1
for tool in clang-format-14 clang-format; do
  case $("$tool" --version 2>/dev/null) in *"version 14."*) break ;; esac
  tool=
done
[ -n "$tool" ] || { echo "clang-format 14 is not installed"; exit 77; }

complaints=$(find src tests -name '*.[ch]' -print0 | xargs -0r -n 50 -P 2 "$tool" --style=file --dry-run -Werror 2>&1) && exit
echo "$complaints" | grep 'error:' | awk -F: '!seen[$1]++'
echo "These files are laid out differently; ./dev format does it."
exit 1
