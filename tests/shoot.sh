#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Starts a program on the present display, waits until its window is there and has stopped changing, and takes a
# picture of the screen:
#
#   shoot.sh [--stay] PICTURE.png COMMAND [ARGS...]
#
# Then ends the program; with --stay it waits until somebody else does. Meant to be run inside run-ui.sh.
set -u

stay=
[ "$1" != --stay ] || { stay=1; shift; }
picture=$1
shift

"$@" </dev/null &
app=$!
trap 'kill "$app" 2>/dev/null; wait "$app" 2>/dev/null; exit 143' TERM INT HUP

fail ()
{
  echo "$1" >&2
  kill "$app" 2>/dev/null
  wait "$app" 2>/dev/null
  exit 1
}

windows () { xprop -root _NET_CLIENT_LIST 2>/dev/null | grep -o '0x[0-9a-f]*'; }

for _ in $(seq 600); do
  [ -z "$(windows)" ] || break
  kill -0 "$app" 2>/dev/null || fail "The program ended before it showed a window."
  sleep 0.1
done
[ -n "$(windows)" ] || fail "No window appeared within a minute."

# Still means: three looks in a row show the same picture. A text cursor may blink, so not for ever.
before= same=0
for _ in $(seq 40); do
  now=$(import -window root -depth 8 rgb:- 2>/dev/null | cksum)
  if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
  [ $same -lt 2 ] || break
  before=$now
  sleep 0.3
done

mkdir -p "$(dirname "$picture")"
import -window root "$picture" || fail "No picture could be taken."
echo "Screenshot: $picture"

if [ -n "$stay" ]; then
  echo "The window stays open on display $DISPLAY. Ctrl+C ends it."
  wait "$app"
  exit $?
fi
kill -0 "$app" 2>/dev/null || fail "The program ended while the picture was taken."
kill "$app"
wait "$app" 2>/dev/null
exit 0
