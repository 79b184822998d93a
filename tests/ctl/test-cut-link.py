# SPDX-License-Identifier: GPL-3.0-or-later
"""Files over a link that is slow and breaks: what is sent again, and what memory it takes.

  test-cut-link.py BATONCTL OWNER SOURCE_ROOT BATON_SERVER
"""
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time

SERVER = sys.argv.pop(4)

from ctltest import Workspace, check, equal, is_sanitized, main  # noqa: E402

SANITIZED = is_sanitized(SERVER)  # its own memory would be measured
PASSWORD = 'a password of many words'
MIB = 1024 * 1024
SIZE = 160 * MIB
RATE = 20e6     # bytes per second that the link carries
CUT_EVERY = 2   # seconds
MOST_CHUNK = 4 * MIB


class Link:
    """A way to the server that carries RATE, and counts. While `cuts` is set, it breaks every connection that carries
    a file after CUT_EVERY seconds."""

    def __init__(self, port):
        self.target, self.cuts, self.broken, self.up, self.down = port, False, 0, 0, 0
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(('127.0.0.1', self.target))
            pair = {'client': client, 'server': server, 'since': time.monotonic(), 'carried': 0}
            for way in ('up', 'down'):
                threading.Thread(target=self.carry, args=(pair, way), daemon=True).start()

    def carry(self, pair, way):
        source, target = (pair['client'], pair['server']) if way == 'up' else (pair['server'], pair['client'])
        try:
            while data := source.recv(65536):
                setattr(self, way, getattr(self, way) + len(data))
                pair['carried'] += len(data)
                time.sleep(len(data) / RATE)
                age = time.monotonic() - pair['since']
                if self.cuts and pair['carried'] > MIB and age > CUT_EVERY:
                    self.broken += 1
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (pair['client'], pair['server']):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def peak(pid):
    with open(f'/proc/{pid}/status', encoding='ascii') as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith('VmHWM'))


def sync(ws, *options):
    """What it said, the seconds and the most memory that it took."""
    begin, most = time.monotonic(), 0
    process = subprocess.Popen([sys.argv[1], '-w', ws.folder, '--json', 'sync', *options], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=ws.env)
    while process.poll() is None:
        try:
            most = max(most, peak(process.pid))
        except (OSError, StopIteration):
            pass
        time.sleep(0.02)
    out, err = process.communicate()
    equal(process.returncode, 0, err.decode())
    return json.loads(out), time.monotonic() - begin, most


class Team:
    def __enter__(self):
        self.ada, self.bob = Workspace(BATON_KEYRING='no'), Workspace(BATON_KEYRING='no')
        self.data = os.path.join(self.ada.base, 'server')
        self.server = subprocess.Popen([SERVER, '--data', self.data, '--listen', '127.0.0.1:0', '--json'],
                                       stdout=subprocess.PIPE)
        said = json.loads(self.server.stdout.readline())
        port = said['listen'].rsplit(':', 1)[1]
        self.link = Link(int(port))
        self.ada.ok('init', '-t', 'campaign', '-n', 'Spring')
        self.card = self.ada.json('card', 'add', 'Spring', 'Hero image')['id']
        invited = subprocess.run([SERVER, 'invite', '--role', 'member', '--json', '--data', self.data], check=True,
                                 capture_output=True)
        for ws, how, link, name in ((self.ada, 'share', said['invitation'], 'Ada'),
                                    (self.bob, 'join', json.loads(invited.stdout)['invitation'], 'Bob')):
            path = os.path.join(ws.base, 'pw')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(PASSWORD)
            ws.ok(how, link.replace(port, str(self.link.port)), '--name', name, '--password-file', path)
        return self

    def __exit__(self, *_):
        self.link.listener.close()
        self.server.terminate()
        self.server.wait(20)
        self.server.stdout.close()
        self.ada.__exit__()
        self.bob.__exit__()

    def add(self, size, seed):
        path = os.path.join(self.ada.base, f'film-{seed}.mp4')
        maker = random.Random(seed)
        with open(path, 'wb') as file:
            for _ in range(size // MIB):
                file.write(maker.randbytes(MIB))
        self.ada.ok('asset', 'add', self.card, path)
        os.unlink(path)


def test_cut_link():
    """At most a chunk goes twice for each cut, in both directions, and neither side holds the file in memory."""
    with Team() as team:
        team.add(SIZE, 1)
        link, before = team.link, peak(team.server.pid)
        for ws, way, key in ((team.ada, 'up', 'uploaded'), (team.bob, 'down', 'downloaded')):
            link.cuts, link.broken, link.up, link.down = True, 0, 0, 0
            said, took, most = sync(ws)
            carried = getattr(link, way)
            print(f'# {way}: {SIZE / MIB:.0f} MiB in {took:.1f} s, {link.broken} cuts, '
                  f'{100 * (carried / SIZE - 1):.1f} % more than the file; batonctl {most:.0f} MB, '
                  f'server {peak(team.server.pid):.0f} MB ({before:.0f} before)', flush=True)
            equal(said[key], 1)
            check(link.broken >= 2, 'the link did not break')
            check(carried < SIZE * 1.05, f'{carried - SIZE} bytes too many')
            check(carried < SIZE + (link.broken + 1) * MOST_CHUNK, 'more than a chunk for a cut')
            check(SANITIZED or most < 80, f'batonctl took {most} MB')
            check(SANITIZED or peak(team.server.pid) < before + 40, f'the server took {peak(team.server.pid)} MB')
        team.bob.ok('asset', 'get', team.card, '-o', os.path.join(team.bob.base, 'copy'))
        equal(os.path.getsize(os.path.join(team.bob.base, 'copy')), SIZE)


def test_limit():
    """4 MiB at 2 MB/s take about two seconds."""
    with Team() as team:
        team.add(4 * MIB, 2)
        team.ada.fails(2, 'sync', '--limit', 'much')
        for ws in (team.ada, team.bob):
            _, took, _ = sync(ws, '--limit', '2M')
            print(f'# 4 MiB at 2 MB/s: {took:.2f} s', flush=True)
            check(1.7 < took < 8, f'{took} s')


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
