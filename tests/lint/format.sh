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

wrong=0
while IFS= read -r -d '' file; do
  if ! complaint=$("$tool" --style=file --dry-run -Werror "$file" 2>&1); then
    wrong=$((wrong + 1))
    echo "$complaint" | grep -m 2 'error:'
  fi
done < <(find src tests -name '*.[ch]' -print0 | sort -z)
[ $wrong -eq 0 ] || { echo "$wrong files are laid out differently; ./dev format does it."; exit 1; }
