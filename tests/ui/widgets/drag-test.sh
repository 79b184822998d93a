#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# drag-test.sh DEMO [SHOTS]: real pointer drags in the demo window on $DISPLAY (960×640 screen, xdotool). TAP on
# stdout; screenshots of moments worth looking at go to the folder SHOTS.
set -u
demo=$1 shots=${2:-}
out=$(mktemp) n=0 bad=0
G_DEBUG=fatal-criticals "$demo" >"$out" 2>"$out.err" & pid=$!
trap 'kill $pid 2>/dev/null; rm -f "$out" "$out.err"' EXIT

shot() { [ -z "$shots" ] || import -window root "$shots/$1.png"; }
mark() { from=$(($(wc -l <"$out") + 1)); }
# wait_for REGEX: a line since the last mark, within 5 s
wait_for() {
  for _ in $(seq 100); do tail -n +"$from" "$out" | grep -qE "$1" && return 0; sleep 0.05; done
  return 1
}
check() { # NAME REGEX…
  local name=$1 ok=ok; shift
  for r in "$@"; do wait_for "$r" || { ok="not ok"; echo "# missing: $r"; }; done
  [ "$ok" = ok ] || { bad=1; tail -n +"$from" "$out" | sed 's/^/# /'; }
  n=$((n + 1)); echo "$ok $n $name"
}
refute() { # NAME REGEX
  n=$((n + 1))
  if tail -n +"$from" "$out" | grep -qE "$2"; then echo "not ok $n $1"; bad=1; else echo "ok $n $1"; fi
}
travel() { # X1 Y1 X2 Y2: presses at the first point and travels to the second, button held
  xdotool mousemove "$1" "$2"; sleep 0.1; xdotool mousedown 1; sleep 0.05
  for i in 4 8 12 16; do xdotool mousemove $(($1 + i)) $(($2 + i / 2)); sleep 0.02; done
  for i in $(seq 15); do
    xdotool mousemove $(($1 + 16 + ($3 - $1 - 16) * i / 15)) $(($2 + 8 + ($4 - $2 - 8) * i / 15)); sleep 0.02
  done
  sleep 0.3
}

mark; from=1
check "the window is there" ready

mark
xdotool mousemove 100 40 sleep 0.1 mousedown 1 sleep 0.05 mouseup 1
check "a click is a click" clicked
refute "and lifts nothing" lifted

mark
travel 100 40 480 160
shot between
xdotool mouseup 1
check "a card moves to another column" "lifted 0" "order 0: 1 2 3" "order 1: .* 0( |$)" "ended 1"
sleep 0.3

mark
travel 100 40 110 300
shot within
xdotool mouseup 1
check "a card moves within its column" "lifted 1" "order 0: 2 .* 1 " "ended 1"
sleep 0.3

mark
travel 100 40 480 160
xdotool key Escape
check "Escape cancels while the button is held" "lifted 2" cancelled "ended 0"
refute "Escape goes no further" "key Escape"
xdotool mousemove 500 200 sleep 0.1 mouseup 1; sleep 0.2
refute "the release after it drops nothing" "order"

mark
travel 100 40 480 160
xdotool key n; sleep 0.1
refute "other keys are swallowed during a drag" "key n"
xdotool mousedown 3 sleep 0.1 mouseup 3
check "another button cancels" cancelled "ended 0"
xdotool mouseup 1; sleep 0.2
refute "and nothing is dropped" order
mark
xdotool key n
check "keys work again afterwards" "key n"

mark
travel 100 40 800 200
xdotool mouseup 1; sleep 0.16
shot sliding
check "a refused card goes back" "lifted 2" refused "ended 0"
sleep 0.2; shot refused
refute "and is not moved" order
xdotool mousemove 500 600 sleep 0.1 click 1; sleep 0.3
shot dismissed

mark
travel 480 40 100 632
sleep 1.2; shot edge
check "the edge scrolls under a resting card" "scrolled 0 [0-9]{3,}"
xdotool key Escape; check "Escape ends that too" cancelled "ended 0"
xdotool mouseup 1; sleep 0.3
mark; sleep 0.4
refute "and nothing scrolls on" scrolled

echo "1..$n"
if grep -E 'CRITICAL|WARNING' "$out.err" | grep -vE 'GtkSettings|Vulkan|accessibility bus' | sed 's/^/# /' | grep .; then bad=1; fi
kill -0 $pid || { echo "# the demo has died"; bad=1; }
exit $bad
