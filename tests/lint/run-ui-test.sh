#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Run inside run-ui.sh: what it promises to a test is there, and a second one beside it is apart from this one.
wrong=0
want () { "$@" || { echo "not so: $*"; wrong=1; }; }

want test "$HOME" = "$UI_TMP/home"
want test "$XDG_DATA_HOME" = "$UI_TMP/data"
want test "$(stat -c %a "$XDG_RUNTIME_DIR")" = 700
want test "$GSETTINGS_BACKEND" = memory
want test -n "$DBUS_SESSION_BUS_ADDRESS"
want xprop -root _NET_SUPPORTING_WM_CHECK >/dev/null

again=$(dirname "$0")/../run-ui.sh
other=$("$again" -w none -- sh -c 'echo "$DISPLAY $UI_TMP"; exit 7')
want test $? -eq 7
want test -n "$other"
want test "${other% *}" != "$DISPLAY"
want test ! -e "${other#* }"
exit $wrong
