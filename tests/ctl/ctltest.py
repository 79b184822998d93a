# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of batonctl share: a workspace of one's own, the program, and TAP.

  test-X.py BATONCTL OWNER SOURCE_ROOT
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What tests take from here.
from tap import Failed, Skip, check, equal, is_sanitized, main  # noqa: E402,F401

BATONCTL, OWNER, ROOT = sys.argv[1:4]


class Workspace:
    """A temporary folder with a home, and batonctl in it."""

    def __init__(self, **env):
        self.base = tempfile.mkdtemp(prefix='baton-ctl-')
        self.folder = os.path.join(self.base, 'ws')
        self.env = {**os.environ, 'HOME': self.base, 'XDG_DATA_HOME': os.path.join(self.base, 'data'),
                    'TMPDIR': self.base, 'DBUS_SESSION_BUS_ADDRESS': 'disabled:', **env}
        self.env.pop('BATON_WORKSPACE', None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(['chmod', '-R', 'u+rwX', self.base], check=False)
        shutil.rmtree(self.base, ignore_errors=True)

    def run(self, *args, stdin='', folder=True, raw=False):
        """(exit status, standard output, standard error)"""
        words = [BATONCTL] + (['-w', self.folder] if folder else []) + list(args)
        done = subprocess.run(words, input=stdin if raw else stdin.encode(), capture_output=True, env=self.env,
                              check=False, timeout=240)
        err = done.stderr.decode()
        check('CRITICAL' not in err and 'WARNING' not in err, f'{args}: {err}')
        return done.returncode, done.stdout.decode(), err

    def ok(self, *args, **more):
        status, out, err = self.run(*args, **more)
        check(status == 0, f'{args}: exit status {status}: {err}')
        check(err == '', f'{args}: said {err}')
        return out

    def json(self, *args, **more):
        return json.loads(self.ok('--json', *args, **more))

    def fails(self, wanted, *args, **more):
        """What it says on standard error; standard output must be empty."""
        status, out, err = self.run(*args, **more)
        check(status == wanted, f'{args}: exit status {status}, wanted {wanted}: {err}')
        check(out == '', f'{args}: failed, but answered {out}')
        check(err.startswith('batonctl: '), f'{args}: said {err!r}')
        return err

    def titles(self, board, stage):
        for found in self.json('board', 'show', board)['stages']:
            if found['name'] == stage:
                return [card['title'] for card in found['cards']]
        raise Failed(f'no stage {stage}')


class Owner:
    """Another program that has the workspace open."""

    def __init__(self, workspace, *how):
        self.process = subprocess.Popen([OWNER, workspace.folder, *how], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env=workspace.env)
        check(self.process.stdout.readline() == b'ready\n', 'the owner did not start')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        equal(self.process.wait(20), 0)


class Bus:
    """A session bus of one's own."""

    def __enter__(self):
        if not shutil.which('dbus-daemon'):
            raise Skip('dbus-daemon is not installed')
        self.process = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address'],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return self.process.stdout.readline().decode().strip()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()
