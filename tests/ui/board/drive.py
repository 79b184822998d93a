# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the whole program from outside, as a person does: finds things by their accessible names, and moves a real
pointer and presses real keys. Run with Debian's own python3 inside run-ui.sh. What became of it is read with
batonctl, never from the screen."""
import json
import os
import re
import subprocess
import sys
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 15.0
GROUP = ('panel', 'grouping')  # one role, named differently by different GTK versions


class NotThere(Exception):
    """The program is not on the accessibility bus just now."""


def wait(condition, what, patience=PATIENCE):
    """Looks again and again until the condition gives something true; fails in words when it never does."""
    end = time.monotonic() + patience
    while True:
        try:
            result = condition()
        except (GLib.Error, NotThere) as why:
            result, problem = None, f'; {why}'
        else:
            problem = ''
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f'waited {patience:g} s for {what}{problem}')
        time.sleep(0.03)


def holds(condition, seconds=0.4):
    """That something stays as it is can only be watched for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not condition():
            return False
        time.sleep(0.05)
    return True


def xdo(*words):
    return subprocess.run(['xdotool', *map(str, words)], check=True, capture_output=True, text=True).stdout


def write_file(path, text):
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def geometry(window):
    """(x, y, width, height) of an X window, its shadow included."""
    lines = dict(line.split('=') for line in xdo('getwindowgeometry', '--shell', window).split() if '=' in line)
    return tuple(int(lines[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT'))


NEAR = 60  # borders and shadows that a window manager counts or leaves out


def put_window(search, x, y, width=None, height=None):
    """Moves the last window that is found, and waits until the window manager has done it."""
    window = wait(lambda: subprocess.run(['xdotool', 'search', '--all', '--onlyvisible', *map(str, search)], check=False,
                                         capture_output=True, text=True).stdout.split(), f'the window {search}')[-1]
    wanted = (x, y, width, height)
    last = []

    def is_there():
        last[:] = [*last[-1:], geometry(window)]
        return len(last) == 2 and last[0] == last[1] and all(want is None or abs(got - want) <= NEAR
                                                             for got, want in zip(last[1], wanted))
    if width:
        xdo('windowsize', window, width, height)
    xdo('windowmove', window, x, y)
    try:
        wait(is_there, f'the window to be at {wanted}')
    except AssertionError as why:
        raise AssertionError(f'{why}; it is at {last}') from None


def children(accessible):
    for i in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(i)
        if child is not None:
            yield child


def walk(accessible, depth=40):
    yield accessible
    if depth:
        for child in children(accessible):
            yield from walk(child, depth - 1)


class Workspace:
    def __init__(self, batonctl, folder, *init, env=None):
        self.batonctl, self.folder, self.env = batonctl, folder, env
        if init:
            self.run('init', *init)

    def run(self, *words):
        done = subprocess.run([self.batonctl, '-w', self.folder, '--json', *words], capture_output=True, text=True,
                              env=self.env)
        if done.returncode != 0:
            raise AssertionError(f'batonctl {" ".join(words)}: {done.stderr}')
        return json.loads(done.stdout) if done.stdout.strip() else None

    def stages(self, board='Spring'):
        return {stage['name']: [card['title'] for card in stage['cards'] if not card['archived']]
                for stage in self.run('board', 'show', board)['stages']}

    def history(self, verb):
        return self.run('history', '--verb', verb)

    def verify(self):
        self.run('verify')


# What it says then, one after the other.
OF_GTK = re.compile(r"g_variant_is_object_path: assertion 'string != NULL'|"
                    r"g_variant_new_object_path: assertion 'g_variant_is_object_path|"
                    r"g_variant_(get_type|builder_add_value|ref_sink|unref|get_child_value): assertion 'value != NULL'|"
                    r"g_variant_builder_end: assertion")


class App:
    started = None  # the last one; all write to one log

    def __init__(self, program, workspace, *arguments, env=None):
        """workspace: None when the arguments say where to begin. env: when it is not this process's."""
        self.log = open(os.path.join(os.environ['UI_TMP'], 'app.log'), 'a+')
        where = ['-w', workspace.folder] if workspace else []
        # GTK 4.8 complains of itself when it is asked about a window that is just coming or going, and whoever waits
        # for one asks. So complaints do not end the program; Tap.end counts those that are not of this kind.
        env = {key: value for key, value in (env or os.environ).items() if key != 'G_DEBUG'}
        self.process = subprocess.Popen([program, *where, *arguments], stderr=self.log, env=env)
        App.started = self
        self.pid = self.process.pid
        self.steady()
        wait(lambda: self.accessible, 'the program on the accessibility bus')
        self.frame = wait(lambda: self.find(role='frame'), 'its window')

    def steady(self, n=None):
        """GTK 4.8 crashes when it is asked about a window that is just coming or going. So whoever opens or closes one
        waits here, without asking: until as many windows (any number) stand on the screen for a while."""
        seen = []

        def is_so():
            if self.process.poll() is not None:
                raise AssertionError(f'the program has ended with {self.process.returncode}: {self.complaints()}')
            seen.append(subprocess.run(['xdotool', 'search', '--all', '--onlyvisible', '--pid', str(self.pid), '--name', '.'],
                                       check=False, capture_output=True, text=True).stdout.split())
            return seen[-1] and (n is None or len(seen[-1]) == n) and len(seen) > 15 and all(s == seen[-1] for s in seen[-15:])
        try:
            wait(is_so, f'{n or "its"} windows to stand still', 3 * PATIENCE)
        except AssertionError as why:
            raise AssertionError(f'{why}; there are {seen[-1:]}') from None

    @property
    def accessible(self):
        """Looked for each time: on a busy machine the library has been seen to think that programs were gone."""
        if self.process.poll() is not None:
            raise AssertionError(f'the program has ended with {self.process.returncode}: {self.complaints()}')
        desktop = Atspi.get_desktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for child in children(desktop):
            if self.is_it(child):
                # Everything is asked anew, which takes no longer: what the library keeps is out of date after changes,
                # and clearing it overflows the stack where an object came back under a path that was used before.
                child.set_cache_mask(Atspi.Cache.NONE)
                return child
        raise NotThere(f'the program {self.pid} runs, and is not on the accessibility bus')

    def is_it(self, child):
        try:
            return child.get_process_id() == self.pid
        except GLib.Error:
            return False

    def find(self, role=None, name=None, inside=None):
        roles = (role,) if isinstance(role, str) else role
        for accessible in walk(inside or self.accessible):
            try:
                # The name first: few share it, and each question goes to the program and back.
                if name is not None and accessible.get_name() != name or \
                   roles and accessible.get_role_name() not in roles:
                    continue
                if accessible.get_state_set().contains(Atspi.StateType.VISIBLE):
                    return accessible
            except GLib.Error:
                pass
        return None

    def card(self, title):
        return wait(lambda: self.find(GROUP, title), f'the card {title}')

    def column(self, stage):
        return wait(lambda: self.find('list', stage), f'the column {stage}')

    def header(self, stage):
        return wait(lambda: next((a for a in walk(self.accessible) if a.get_role_name() in GROUP and
                                  a.get_name().startswith(stage + ', ')), None), f'the head of {stage}')

    def origin(self):
        """Where the window lies on the screen. AT-SPI says where things lie in the window, whose own shadow or border
        lies outside of that."""
        lines = xdo('search', '--all', '--onlyvisible', '--pid', self.pid, '--name', f'^{self.frame.get_name()}$',
                    'getwindowgeometry', '--shell').split()
        place = dict(line.split('=') for line in lines if '=' in line)
        extents = Atspi.Component.get_extents(self.frame, Atspi.CoordType.WINDOW)
        border = (int(place['WIDTH']) - extents.width) // 2
        return int(place['X']) + border - extents.x, int(place['Y']) + border - extents.y

    def tells_places(self):
        """GTK 4.18 leaves the borders, paddings and margins of all containers out of what it tells; then nothing can be
        found for the pointer. The window itself shows it: its frame seems to lie outside of it."""
        return Atspi.Component.get_extents(self.frame, Atspi.CoordType.WINDOW).x >= 0

    def box(self, accessible):
        """(x, y, width, height) on the screen, once it has come to rest."""
        last = [None]

        def rests():
            extents = Atspi.Component.get_extents(accessible, Atspi.CoordType.WINDOW)
            now = (extents.x, extents.y, extents.width, extents.height)
            same = now == last[0] and extents.height > 0
            last[0] = now
            return same
        wait(rests, f'{accessible.get_name()} to rest')
        left, top = self.origin()
        x, y, width, height = last[0]
        return left + x, top + y, width, height

    def middle(self, accessible):
        x, y, width, height = self.box(accessible)
        return x + width // 2, y + height // 2

    def focused(self):
        for accessible in walk(self.accessible):
            try:
                if accessible.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return accessible.get_name()
            except GLib.Error:
                pass
        return None

    def focus(self, title):
        """GTK 4.8 does not take the focus for Component.grab_focus; a card's own actions do."""
        self.act(self.card(title), 'card.select')
        wait(lambda: self.focused() == title, f'the focus on {title}')
        xdo('key', 'Escape')
        wait(self.none_selected, 'nothing to be selected')

    def none_selected(self):
        """What tells of a selection is hidden; newer GTK does not show hidden widgets here at all."""
        return not any(re.fullmatch('[1-9][0-9]* cards? selected', accessible.get_name() or '') and
                       accessible.get_state_set().contains(Atspi.StateType.SHOWING)
                       for accessible in walk(self.accessible))

    def press(self, x, y):
        """Presses and leaves the threshold by small steps, so that GTK sees the pointer come and go."""
        xdo('mousemove', x - 2, y, 'sleep', 0.05, 'mousemove', x, y, 'sleep', 0.05, 'mousedown', 1, 'sleep', 0.05)
        for i in (4, 8, 12, 16):
            xdo('mousemove', x + i, y + i // 2, 'sleep', 0.02)

    def travel(self, x1, y1, x2, y2, steps=12):
        for i in range(1, steps + 1):
            xdo('mousemove', x1 + (x2 - x1) * i // steps, y1 + (y2 - y1) * i // steps, 'sleep', 0.015)
        xdo('mousemove', x2 + 1, y2 + 1, 'sleep', 0.03, 'mousemove', x2, y2, 'sleep', 0.15)

    def drag(self, start, end, release=True):
        self.press(*start)
        self.travel(start[0] + 16, start[1] + 8, *end)
        if release:
            xdo('mouseup', 1)

    def click(self, accessible):
        x, y = self.middle(accessible)
        xdo('mousemove', x - 2, y, 'sleep', 0.05, 'mousemove', x, y, 'sleep', 0.05, 'click', 1)

    def click_with(self, key, accessible):
        x, y = self.middle(accessible)
        xdo('mousemove', x, y, 'sleep', 0.05, 'keydown', key, 'click', 1, 'keyup', key, 'sleep', 0.05)

    def choose(self, button, item):
        """Opens a menu by its button and chooses an item of it. A popover lies in a surface of its own, whose place is
        not told, so the item is chosen by the action that a screen reader would use."""
        self.click(wait(lambda: self.find(name=button) if isinstance(button, str) else button, f'{button}'))
        found = wait(lambda: self.find(('menu item', 'push button', 'button', 'radio menu item', 'check menu item'),
                                       item), f'the item {item}')
        assert Atspi.Action.do_action(found, 0)

    def act(self, accessible, name):
        """Does one of the accessible actions, by its name."""
        for i in range(Atspi.Action.get_n_actions(accessible)):
            if Atspi.Action.get_action_name(accessible, i) == name:
                return Atspi.Action.do_action(accessible, i)
        raise AssertionError(f'{accessible.get_name()} has no action {name}')

    def said(self):
        """What was last announced to a screen reader."""
        return next((a.get_name() for a in walk(self.accessible) if a.get_role_name() in ('alert', 'notification') and
                     a.get_name()), '')

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.process.terminate()
        self.process.wait()

    def complaints(self):
        self.log.flush()
        self.log.seek(0)
        return '\n'.join(line for line in self.log.read().splitlines()
                         if 'CRITICAL' in line and not OF_GTK.search(line) or 'WARNING' in line and 'GtkSettings' not in line and
                         'accessibility bus' not in line and 'Vulkan' not in line)


class Tap:
    """Says what was tried, and goes on after a failure."""
    def __init__(self):
        self.n = self.bad = 0

    def try_out(self, name, function, *arguments):
        self.n += 1
        try:
            function(*arguments)
            print(f'ok {self.n} {name}', flush=True)
        except Exception as problem:  # the next one may still tell something
            self.bad += 1
            shots = os.environ.get('BATON_TEST_SHOTS')
            if shots:
                subprocess.run(['import', '-window', 'root', f'{shots}/{self.n}.png'], check=False)
            for line in str(problem).splitlines() or [repr(problem)]:
                print(f'# {line}')
            print(f'not ok {self.n} {name}', flush=True)
            # Of a test that speaks TAP, meson shows only this.
            print(f'{name}: {str(problem) or repr(problem)}', file=sys.stderr, flush=True)

    def skip_all(self, why):
        print(f'1..0 # SKIP {why}')
        sys.exit(0)

    def end(self):
        said = App.started and [line for line in App.started.complaints().splitlines() if 'CRITICAL' in line]
        if said:
            print('complaints:', *said, sep='\n', file=sys.stderr)
            self.bad += 1
        print(f'1..{self.n}')
        sys.exit(1 if self.bad else 0)
