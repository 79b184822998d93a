#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command with real windows on a private virtual display, so that tests never touch a person's desktop and
# any number of them run side by side:
#
#   run-ui.sh [-w WM|none] [-g WIDTHxHEIGHT] [-r RENDERER] [-k] [--] COMMAND [ARGS...]
#
# COMMAND gets an X server of its own on a free display number, a session bus, a window manager (openbox unless -w
# says otherwise) and an empty HOME with XDG folders; -k keeps the caller's HOME, data and settings. UI_TMP names
# the temporary folder. The exit status is COMMAND's; 99 means that the display did not start. What is started here
# is ended here, by process id. Without Xvfb the test counts as skipped, unless BATON_NEED_DISPLAY is set.
set -u

wm=openbox geometry=1280x800 renderer=cairo keep=
while [ $# -gt 0 ]; do
  case $1 in
    -w) wm=$2; shift 2 ;;
    -g) geometry=$2; shift 2 ;;
    -r) renderer=$2; shift 2 ;;
    -k) keep=1; shift ;;
    --) shift; break ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "usage: run-ui.sh [-w WM] [-g WxH] [-r RENDERER] [-k] [--] COMMAND" >&2; exit 2; }

for tool in Xvfb dbus-run-session xprop; do
  command -v $tool >/dev/null && continue
  if [ -n "${BATON_NEED_DISPLAY:-}" ]; then
    echo "run-ui.sh: $tool is not installed" >&2
    exit 99
  fi
  # A TAP test says in TAP that it is skipped, any other by its exit status.
  case " $* " in *" --tap "*) echo "1..0 # SKIP $tool is not installed"; exit 0 ;; esac
  echo "run-ui.sh: $tool is not installed, skipped" >&2
  exit 77
done
[ "$wm" = none ] || command -v "$wm" >/dev/null || wm=none

# Short, because the paths of sockets below it may have 108 bytes at most.
UI_TMP=$(mktemp -d /tmp/baton-ui.XXXXXX) || exit 99
mkdir -p "$UI_TMP"/{home,run,data,config,cache,state,etc/gtk-4.0}
chmod 700 "$UI_TMP/run"
# The font of a GNOME desktop, and a text cursor that stands still in pictures.
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-cursor-blink=0\n' >"$UI_TMP/etc/gtk-4.0/settings.ini"
export XDG_CONFIG_DIRS=$UI_TMP/etc:${XDG_CONFIG_DIRS:-/etc/xdg}
export UI_TMP UI_WM=$wm XDG_RUNTIME_DIR=$UI_TMP/run
if [ -z "$keep" ]; then
  export HOME=$UI_TMP/home GSETTINGS_BACKEND=memory
  export XDG_DATA_HOME=$UI_TMP/data XDG_CONFIG_HOME=$UI_TMP/config
  export XDG_CACHE_HOME=$UI_TMP/cache XDG_STATE_HOME=$UI_TMP/state
  export LANG="${BATON_TEST_LANG:-C.UTF-8}"
  unset LANGUAGE LC_ALL
fi

x_pid= session_pid=
clean_up ()
{
  # The window manager, the bus and the programs on it follow the display.
  [ -z "$x_pid" ] || { kill "$x_pid"; wait "$x_pid"; } 2>/dev/null
  [ -z "$session_pid" ] || wait "$session_pid" 2>/dev/null
  [ -n "${UI_KEEP:-}" ] || rm -rf "$UI_TMP"
}
trap 'clean_up; exit 143' TERM INT HUP

mkfifo "$UI_TMP/display"
Xvfb -displayfd 6 -screen 0 "${geometry}x24" -nolisten tcp -noreset +extension RANDR \
  6>"$UI_TMP/display" 2>"$UI_TMP/xvfb.log" </dev/null &
x_pid=$!
if ! read -r -t 30 display <"$UI_TMP/display"; then
  echo "run-ui.sh: the virtual display did not start" >&2
  cat "$UI_TMP/xvfb.log" >&2
  clean_up
  exit 99
fi

export DISPLAY=:$display GDK_BACKEND=x11 GSK_RENDERER=$renderer LIBGL_ALWAYS_SOFTWARE=1
unset WAYLAND_DISPLAY NO_AT_BRIDGE DBUS_SESSION_BUS_ADDRESS SESSION_MANAGER DESKTOP_STARTUP_ID
[ "${GTK_A11Y:-}" = test ] || unset GTK_A11Y

cat >"$UI_TMP/inside.sh" <<'EOS'
if [ "$UI_WM" != none ]; then
  "$UI_WM" >"$UI_TMP/wm.log" 2>&1 7>&- 8>&- &
  wm_pid=$!
  for _ in $(seq 200); do
    xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 0x && break
    sleep 0.05
  done
fi
"$@" >&7 2>&8 7>&- 8>&-
status=$?
[ -z "${wm_pid:-}" ] || { kill "$wm_pid"; wait "$wm_pid"; } 2>/dev/null
exit $status
EOS

# In the background and waited for, so that TERM is handled at once. What the services of the bus chatter goes to
# bus.log, away from the TAP of a test; COMMAND's own output is ours.
dbus-run-session -- bash "$UI_TMP/inside.sh" "$@" 7>&1 8>&2 >"$UI_TMP/bus.log" 2>&1 &
session_pid=$!
wait "$session_pid"
status=$?
session_pid=
clean_up
exit $status
