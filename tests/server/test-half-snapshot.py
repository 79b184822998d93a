# SPDX-License-Identifier: GPL-3.0-or-later
"""A device that begins with a large board is stopped while that arrives: killed, told to give up, closed. It shows
nothing or everything, never a part, and goes on the next time. 12 times; BATON_TEST_SOAK=1: 100 times.

  test-half-snapshot.py BATON_SERVER SOURCE_ROOT BATONCTL
"""
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

BATONCTL = sys.argv[3]

from servertest import PASSWORD, Server, check, equal, main  # noqa: E402

TIMES = 100 if os.environ.get('BATON_TEST_SOAK') else 12
SEED = int(os.environ.get('BATON_TEST_SEED') or random.randrange(1 << 30))
CARDS = 4000


class Beginner:
    def __init__(self, base, name, server):
        self.name, self.folder, self.password = name, os.path.join(base, name), os.path.join(base, 'password')
        self.link = server.invite('member')
        self.env = {**os.environ, 'BATON_KEYRING': 'no', 'HOME': base, 'DBUS_SESSION_BUS_ADDRESS': 'disabled:'}
        with open(self.password, 'w', encoding='utf-8') as out:
            out.write(PASSWORD)

    def start(self, *words):
        return subprocess.Popen([BATONCTL, '-w', self.folder, '--json', *words], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.env)

    def run(self, *words):
        process = self.start(*words)
        said, why = process.communicate(timeout=120)
        check(process.returncode == 0, f'{self.name}: {words}: {why}')
        return json.loads(said) if said.strip() else None

    def join(self):
        return self.start('join', self.link, '--name', self.name, '--password-file', self.password)

    def parts(self):
        """(cards, what the cursor says, parts of a snapshot) as another program sees them; None: no workspace yet."""
        path = os.path.join(self.folder, 'workspace.db')
        if not os.path.exists(path) or os.path.getsize(path) == 0 and not os.path.exists(path + '-wal'):
            return None
        with contextlib.closing(sqlite3.connect(path)) as database:
            names = {name for name, in database.execute('SELECT name FROM sqlite_schema')}
            if not {'card', 'meta', 'snapshot', 'search'} <= names:
                return None
            cursor = database.execute("SELECT value FROM meta WHERE key = 'sync.cursor'").fetchone()
            return (database.execute('SELECT count (*) FROM card').fetchone()[0], int(cursor[0]) if cursor else 0,
                    database.execute('SELECT count (*) FROM snapshot').fetchone()[0])

    def check_whole_or_nothing(self, head):
        found = self.parts()
        check(found is None or found[:2] == (0, 0) or found[0] == CARDS and found[1] >= head, f'half of it: {found}, {head}')
        return found

    def go_on(self):
        """As a person would: go on, or join where nobody had come so far. None: the invitation was used up."""
        process = self.start('sync')
        _, why = process.communicate(timeout=120)
        if process.returncode != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            process = self.join()
            _, more = process.communicate(timeout=120)
            if process.returncode != 0:
                check('invitation' in more, f'{why} {more}')
                return None
        return self.parts()


def test_stopped_at_any_time():
    print(f'# seed {SEED} (BATON_TEST_SEED repeats it)')
    chance = random.Random(SEED)
    base = tempfile.mkdtemp(prefix='baton-half-')
    seen = {'nothing': 0, 'parts': 0, 'everything': 0, 'again': 0}
    try:
        with Server('--backup-minutes', '0') as server:
            ada = server.join('Ada')
            _, stages = ada.make_board()
            for n in range(0, CARDS, 500):
                ops = [ada.op('card.add', rows=[ada.row('card', stage=stages[i % 3], title=f'Card {i}', brief='x' * 300)])
                       for i in range(n, n + 500)]
                check(all('seq' in receipt for receipt in ada.push(*ops)['receipts']))
            head = ada.pull()['head']
            took = 100
            for name in ('First', 'Second'):
                beginner = Beginner(base, name, server)
                begun = time.monotonic()
                equal(beginner.join().wait(120), 0)
                took = min(took, time.monotonic() - begun)
                equal(beginner.check_whole_or_nothing(head)[0], CARDS)
            print(f'# undisturbed: {took:.2f} s')
            for n in range(TIMES):
                beginner = Beginner(base, f'Member {n}', server)
                process = beginner.join()
                time.sleep(chance.uniform(0.05, 0.95) * took)
                process.send_signal(signal.SIGKILL if n % 3 else signal.SIGTERM)
                process.communicate(timeout=240)
                found = beginner.check_whole_or_nothing(head)
                seen['nothing' if not found or not any(found) else 'parts' if not found[0] else 'everything'] += 1
                found = beginner.go_on()
                if found is None:
                    seen['again'] += 1
                else:
                    check(found[0] == CARDS and found[1] >= head and beginner.run('verify')['ok'], f'{found}')
                shutil.rmtree(beginner.folder, ignore_errors=True)
            print(f'# {seen}')
    finally:
        shutil.rmtree(base, ignore_errors=True)


def test_given_up():
    """sync --timeout: in words, and with nothing half."""
    chance = random.Random(SEED)
    base = tempfile.mkdtemp(prefix='baton-half-')
    try:
        with Server('--backup-minutes', '0') as server:
            ada = server.join('Ada')
            _, stages = ada.make_board()
            beginner = Beginner(base, 'Late', server)
            equal(beginner.join().wait(120), 0)
            with contextlib.closing(sqlite3.connect(os.path.join(beginner.folder, 'workspace.db'))) as database:
                before = database.execute("SELECT value FROM meta WHERE key = 'sync.cursor'").fetchone()[0]
            for n in range(0, CARDS, 500):
                ops = [ada.op('card.add', rows=[ada.row('card', stage=stages[i % 3], title=f'Card {i}')])
                       for i in range(n, n + 500)]
                check(all('seq' in receipt for receipt in ada.push(*ops)['receipts']))
            head, given_up = ada.pull()['head'], 0
            for _ in range(6):
                process = beginner.start('sync', '--timeout', f'{chance.uniform(0.02, 0.4):.2f}')
                _, why = process.communicate(timeout=240)
                cards, cursor, _ = beginner.parts()
                given_up += process.returncode != 0
                check(process.returncode == 0 or why.strip(), 'no sentence')
                # One card is one operation, so what is shown is what the cursor says.
                equal(cards, cursor - int(before), 'cards behind the cursor')
            print(f'# given up {given_up} times of 6')
            beginner.run('sync')
            equal(beginner.parts()[:2], (CARDS, head))
            check(beginner.run('verify')['ok'])
    finally:
        shutil.rmtree(base, ignore_errors=True)


main([test_stopped_at_any_time, test_given_up])
