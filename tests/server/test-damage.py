# SPDX-License-Identifier: GPL-3.0-or-later
"""One letter is another: on the way between client and server, in a row of the server's database, in one of a client's.
It is never taken for what somebody wrote.

  test-damage.py BATON_SERVER SOURCE_ROOT BATONCTL
"""
import contextlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

BATONCTL = sys.argv[3]

from servertest import PASSWORD, Server, check, equal, main  # noqa: E402

RIGHT, WRONG = b'Marked 0120', b'Marked 0121'


class ChangingProxy:
    """Hands bytes on, and makes another letter of the first so many places that say RIGHT."""

    def __init__(self, port, times, upwards=False):
        self.port, self.times, self.upwards, self.changed = port, times, upwards, 0
        self.listening = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listening.getsockname()[1]}'
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                down, _ = self.listening.accept()
                up = socket.create_connection(('127.0.0.1', self.port))
                for source, target, goes_up in ((down, up, True), (up, down, False)):
                    threading.Thread(target=self.hand_on, args=(source, target, goes_up), daemon=True).start()

    def hand_on(self, source, target, goes_up):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 20):
                while goes_up == self.upwards and self.changed < self.times and RIGHT in data:
                    data = data.replace(RIGHT, WRONG, 1)
                    self.changed += 1
                target.sendall(data)
        for sock in (source, target):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def end(self):
        self.listening.close()


class Member:
    """A workspace that batonctl works on."""

    def __init__(self, base, name):
        self.name, self.folder = name, os.path.join(base, name)
        self.env = {**os.environ, 'BATON_KEYRING': 'no', 'HOME': base, 'DBUS_SESSION_BUS_ADDRESS': 'disabled:'}
        self.password = os.path.join(base, 'password')
        with open(self.password, 'w', encoding='utf-8') as out:
            out.write(PASSWORD)

    def any(self, *words):
        return subprocess.run([BATONCTL, '-w', self.folder, '--json', *words], capture_output=True, text=True, env=self.env,
                              check=False, timeout=120)

    def ctl(self, *words):
        done = self.any(*words)
        check(done.returncode == 0, f'{self.name}: {words}: {done.stderr}')
        return json.loads(done.stdout) if done.stdout.strip() else None

    def join(self, server, url):
        link = server.invite('member').replace(server.url.replace(':', '%3A').replace('/', '%2F'), url)
        check(url in link, link)
        self.patient('join', link, '--name', self.name, '--password-file', self.password)
        return self

    def patient(self, *words):
        """The program goes on by itself; a command ends in words, and is given again."""
        for _ in range(8):
            done = self.any(*words)
            if done.returncode == 0:
                return
            check('changed on its way' in done.stderr, f'{words}: {done.stderr}')
            words = ('sync',)
        check(False, f'{self.name} does not come to an end')

    def titles(self):
        return {card['title'] for stage in self.ctl('board', 'show', 'Campaign')['stages'] for card in stage['cards']}


@contextlib.contextmanager
def team():
    """A server with cards, and a folder for who joins."""
    base = tempfile.mkdtemp(prefix='baton-damage-')
    try:
        with Server('--backup-minutes', '0') as server:
            ada = server.join('Ada')
            _, stages = ada.make_board()
            ops = [ada.op('card.add', rows=[ada.row('card', stage=stages[0], title=f'Marked {i:04}')]) for i in range(200)]
            check(all('seq' in receipt for receipt in ada.push(*ops)['receipts']))
            yield server, ada, stages, base
    finally:
        shutil.rmtree(base, ignore_errors=True)


def card_of(folder, title):
    with contextlib.closing(sqlite3.connect(os.path.join(folder, 'workspace.db'))) as database:
        return database.execute('SELECT id FROM card WHERE title = ?', (title,)).fetchone()[0]


def damage(folder, sql, *values):
    """Nothing of Baton runs on it meanwhile."""
    with contextlib.closing(sqlite3.connect(os.path.join(folder, 'workspace.db'))) as database:
        equal(database.execute(sql, values).rowcount, 1)
        database.commit()


def test_changed_on_the_way_down():
    """A part of a snapshot, an entry of the log and one of its history say another letter, once each."""
    with team() as (server, ada, stages, base):
        for times in (1, 3, 5):
            proxy = ChangingProxy(server.port, times)
            bob = Member(base, f'Bob {times}').join(server, proxy.url)
            bob.patient('sync')
            check(proxy.changed >= 1, 'nothing was changed')
            check('Marked 0120' in bob.titles() and len(bob.titles()) == 200)
            check(bob.ctl('verify')['ok'], 'the log')
            proxy.end()
        # What comes behind the cursor.
        check('seq' in ada.do('card.add', rows=[ada.row('card', stage=stages[0], title='Marked 0120 again')]))
        proxy = ChangingProxy(server.port, 2)
        late = Member(base, 'Late').join(server, proxy.url)
        equal(len(late.titles() | {'-'}), 202)
        proxy.times = proxy.changed + 2
        check('seq' in ada.do('card.add', rows=[ada.row('card', stage=stages[0], title='Marked 0120 anew')]))
        late.patient('sync')
        check(proxy.changed >= 2 and 'Marked 0120 anew' in late.titles(), f'{proxy.changed}')
        proxy.end()


def test_changed_on_the_way_up():
    """A push that arrives with another letter is not taken; it comes again, and the device keeps its name."""
    with team() as (server, ada, _, base):
        proxy = ChangingProxy(server.port, 0, upwards=True)
        bob = Member(base, 'Bob').join(server, proxy.url)
        bob.patient('sync')
        proxy.times = 2
        before = ada.pull()['head']
        bob.ctl('card', 'add', 'Campaign', 'Marked 0120 by Bob')
        bob.patient('sync')
        equal(proxy.changed, 2)
        added = ada.pull(after=before)['entries']
        equal([entry['op']['rows'][0]['set']['title'] for entry in added], ['Marked 0120 by Bob'])
        equal(len(bob.titles()), 201)
        check(bob.ctl('verify')['ok'])
        proxy.end()


def test_changed_on_the_live_channel():
    """What is told at once is not believed either."""
    with team() as (server, ada, stages, base):
        proxy = ChangingProxy(server.port, 0)
        bob = Member(base, 'Bob').join(server, proxy.url)
        following = subprocess.Popen([BATONCTL, '-w', bob.folder, '--json', 'sync', '--follow'], stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, text=True, env=bob.env)
        try:
            check(following.stdout.readline().startswith('{'))
            deadline = time.monotonic() + 30
            metrics = ''
            while '\nbaton_live 1' not in metrics and time.monotonic() < deadline:
                metrics = ada.request('GET', '/metrics', raw=True, token=False)[1].decode()
                time.sleep(0.1)
            proxy.times = 1
            check('seq' in ada.do('card.add', rows=[ada.row('card', stage=stages[0], title='Marked 0120 live')]))
            found = set()
            while not any('live' in title for title in found) and time.monotonic() < deadline:
                with contextlib.closing(sqlite3.connect(f'file:{bob.folder}/workspace.db?mode=ro', uri=True)) as database:
                    found = {title for title, in database.execute('SELECT title FROM card')}
                time.sleep(0.1)
            equal(proxy.changed, 1)
            check('Marked 0120 live' in found, f'{sorted(found)[-3:]}')
        finally:
            following.terminate()
            following.wait(20)
            following.stdout.close()
        proxy.end()


def test_a_damaged_row_at_the_server():
    """It is not given to who joins, nothing is decided by it, and it is made anew from the log."""
    with team() as (server, ada, stages, base):
        server.may_warn = True
        card = card_of(server.folder, 'Marked 0120')
        check('seq' in ada.do('card.set', ids=[card], set={'brief': 'Marked 0120'}))
        for table, sql in (('card', "UPDATE card SET title = 'Marked 0121' WHERE id = ?"),
                           ('effect', "UPDATE effect SET body = replace (body, 'Marked 0120', 'Marked 0121')"
                                      " WHERE body LIKE '%Marked 0120%' AND ? != ''")):
            server.stop()
            damage(server.folder, sql, card)
            check(server.command_any('verify') != 0, 'verify is content')
            server.start()
            path = '/v1/snapshot' if table == 'card' else f'/v1/history?epoch={ada.epoch}&before=1000000&most=2000'
            if table == 'effect':
                # What lies behind the damaged place is handed out.
                last = ada.ok('GET', path)['entries'][-1]['seq']
                path = f'/v1/history?epoch={ada.epoch}&before={last}&most=10'
            said = ada.fails((500, 'failed'), 'GET', path)['message']
            check('damaged' in said and table in said and 'rebuild' in said, said)
            if table == 'card':
                status, answer = ada.request('POST', '/v1/push', ada.push_body([ada.move(card, stages[0], stages[1])]))
                check(status >= 500 or not answer['receipts'], f'{answer}')
                ada.number -= 1
                other = card_of(server.folder, 'Marked 0119')
                check('seq' in ada.push(ada.move(other, stages[0], stages[1]))['receipts'][0], 'work goes on')
            server.stop()
            done = subprocess.run([BATONCTL, '-w', server.folder, 'rebuild'], capture_output=True, text=True, check=False)
            equal(done.returncode, 0, done.stderr)
            check(server.command_json('verify')['ok'])
            server.start()
            bob = Member(base, f'Bob {table}').join(server, server.url)
            bob.ctl('sync')
            check('Marked 0120' in bob.titles())


def test_a_damaged_row_at_a_client():
    """What is written is never worked out from a row that nobody wrote."""
    with team() as (server, ada, _, base):
        bob = Member(base, 'Bob').join(server, server.url)
        bob.ctl('sync')
        card = card_of(bob.folder, 'Marked 0120')
        damage(bob.folder, "UPDATE card SET brief = 'Nobody wrote this.' WHERE id = ?", card)
        before = ada.pull()['head']
        done = bob.any('card', 'set', card, '--title', 'New')
        check(done.returncode != 0 and 'damaged' in done.stderr and 'rebuild' in done.stderr, f'{done.returncode} {done.stderr}')
        bob.ctl('sync')
        equal(ada.pull()['head'], before)
        bob.ctl('rebuild')
        bob.ctl('card', 'set', card, '--title', 'New')
        bob.ctl('sync')
        entry = ada.pull(after=before)['entries'][-1]
        check('New' in json.dumps(entry) and 'Nobody' not in json.dumps(entry), f'{entry}')


main([test_changed_on_the_way_down, test_changed_on_the_way_up, test_changed_on_the_live_channel,
      test_a_damaged_row_at_the_server, test_a_damaged_row_at_a_client])
