# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that are killed in the middle of their work, again and again: what they had told as done is there, at home and
at the server, and all are equal at the end. 20 times; BATON_TEST_SOAK=1: 300 times.

  test-client-kills.py BATON_SERVER SOURCE_ROOT BATONCTL BUSY_CLIENT
"""
import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

BATONCTL, BUSY = sys.argv[3:5]

from servertest import PASSWORD, Client, Server, check, equal, main  # noqa: E402

TIMES = int(os.environ.get('BATON_TEST_KILLS') or (300 if os.environ.get('BATON_TEST_SOAK') else 20))
SEED = int(os.environ.get('BATON_TEST_SEED') or random.randrange(1 << 30))


class Member:
    """A workspace that is shared, and what its program said was done."""

    def __init__(self, base, name):
        self.name, self.folder = name, os.path.join(base, name)
        self.env = {**os.environ, 'BATON_KEYRING': 'no', 'HOME': base, 'XDG_DATA_HOME': os.path.join(base, 'share'),
                    'DBUS_SESSION_BUS_ADDRESS': 'disabled:', 'TMPDIR': base}
        self.process, self.ops, self.files, self.lives = None, set(), set(), 0
        self.password = os.path.join(base, 'password')

    def ctl(self, *words):
        done = subprocess.run([BATONCTL, '-w', self.folder, '--json', *words], capture_output=True, text=True, env=self.env,
                              check=False, timeout=300)
        check(done.returncode == 0, f'{self.name}: {words}: {done.stderr}')
        return json.loads(done.stdout)

    def enter(self, how, link):
        self.ctl(how, link, '--name', self.name, '--password-file', self.password)

    def start(self):
        self.lives += 1
        self.process = subprocess.Popen([BUSY, self.folder, str(SEED + self.lives)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env)
        self.reader = threading.Thread(target=self.listen, args=(self.process,), daemon=True)
        self.reader.start()

    def listen(self, process):
        # A line that the end has cut was not said.
        for line in process.stdout:
            words = line.decode().split()
            if line.endswith(b'\n') and words[:1] == ['op']:
                self.ops.add((words[1], int(words[2])))
            elif line.endswith(b'\n') and words[:1] == ['file']:
                self.files.add(words[1])

    def end(self, kill=True):
        if kill:
            self.process.kill()
        else:
            self.process.stdin.close()
        self.process.wait(30)
        self.reader.join(30)
        said = self.process.stderr.read().decode()
        check('CRITICAL' not in said and 'ERROR' not in said, said)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()

    def waiting(self):
        """What of its operations was refused and waits for a person, by name."""
        with contextlib.closing(sqlite3.connect(f'file:{self.folder}/workspace.db?mode=ro', uri=True)) as db:
            return set(db.execute("SELECT device, number FROM attention WHERE kind = 'refused'"))


def whole_log(client):
    log, after = set(), 0
    while entries := client.pull(after)['entries']:
        after = entries[-1]['seq']
        log.update((entry['op']['dev'], entry['op']['n']) for entry in entries)
    return log, after


def test_clients_killed_at_work():
    chance = random.Random(SEED)
    print(f'# seed {SEED}, {TIMES} times')
    base = tempfile.mkdtemp(prefix='baton-kills-')
    try:
        with Server() as server:
            ada, bob = Member(base, 'Ada'), Member(base, 'Bob')
            with open(ada.password, 'w', encoding='utf-8') as file:
                file.write(PASSWORD + '\n')
            ada.ctl('init', '-t', 'campaign', '-n', 'Spring')
            ada.enter('share', server.invitation)
            bob.enter('join', server.invite('member'))
            bob.start()
            for i in range(TIMES):
                ada.start()
                time.sleep(0.05 + chance.random() * (0.5 if i % 5 else 1.5))
                ada.end()
                if i % 10 == 9:
                    bob.end()
                    bob.start()
                if i % 25 == 24:
                    check(ada.ctl('verify')['ok'], f'after {i + 1}')
            bob.end(kill=False)
            members = (ada, bob)
            for member in (*members, *members):
                said = member.ctl('sync', '--timeout', '250')
                check(said['in_step'] and said['pending'] == 0, str(said))
            log, head = whole_log(Client(server).sign_in('Ada'))
            equal(len(log), head, 'each operation once')
            print(f'# {head} operations in the log; told as done: ' +
                  ', '.join(f'{m.name} {len(m.ops)} and {len(m.files)} files in {m.lives} lives' for m in members))
            check(len(ada.ops) > TIMES and ada.files, 'it did too little')
            for member in members:
                waiting = member.waiting()
                equal(member.ops - log - waiting, set(), f'{member.name}: told as done, and nowhere')
                equal(log & waiting, set(), f'{member.name}: in two places')
                print(f'# {member.name}: {len(waiting)} refused')
                check(member.ctl('verify')['ok'], member.name)
            check(server.command_json('verify')['ok'])
            missing = Client(server).sign_in('Bob')
            hashes = sorted(ada.files | bob.files)
            for i in range(0, len(hashes), 1000):
                equal(missing.ok('POST', '/v1/blobs/missing', {'hashes': hashes[i:i + 1000]}), {'missing': []})
            equal(ada.ctl('board', 'show', 'Spring'), bob.ctl('board', 'show', 'Spring'))
            equal(ada.ctl('history', '-n', '200'), bob.ctl('history', '-n', '200'))
    finally:
        shutil.rmtree(base, ignore_errors=True)


main([test_clients_killed_at_work])
