# SPDX-License-Identifier: GPL-3.0-or-later
"""A link that is cut again and again, and a large file that goes through it."""
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time

from servertest import Server, check

PIECE = 1 << 20


class CuttingProxy:
    """Hands bytes on, counts those that go up, and cuts all connections every so many seconds."""

    def __init__(self, port, every, rate=0):
        self.port, self.every, self.rate = port, every, rate
        self.up = self.cuts = 0
        self.open, self.ended = set(), False
        self.listening = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listening.getsockname()[1]}'
        for work in (self.accept, self.cut):
            threading.Thread(target=work, daemon=True).start()

    def accept(self):
        while not self.ended:
            try:
                down, _ = self.listening.accept()
                up = socket.create_connection(('127.0.0.1', self.port))
            except OSError:
                return
            pair = (down, up)
            self.open.add(pair)
            for source, target, counts in ((down, up, True), (up, down, False)):
                threading.Thread(target=self.hand_on, args=(pair, source, target, counts), daemon=True).start()

    def hand_on(self, pair, source, target, counts):
        buffer = bytearray(PIECE)
        try:
            while n := source.recv_into(buffer):
                if counts:
                    self.up += n
                    if self.rate:
                        time.sleep(n / self.rate)
                target.sendall(memoryview(buffer)[:n])
        except OSError:
            pass
        self.drop(pair)

    def drop(self, pair):
        self.open.discard(pair)
        for sock in pair:
            try:
                # What is under way is lost, as it is when a cable is pulled.
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()

    def cut(self):
        while not self.ended:
            time.sleep(self.every)
            if self.open:
                self.cuts += 1
            for pair in list(self.open):
                self.drop(pair)

    def end(self):
        self.ended = True
        self.listening.close()


def make_file(path, megabytes):
    with open(path, 'wb') as file:
        for _ in range(megabytes):
            file.write(os.urandom(1 << 20))


def peak_mb(pid):
    """The most memory that a process has had, while it lives."""
    try:
        with open(f'/proc/{pid}/status', encoding='ascii') as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith('VmHWM')), 0)
    except OSError:
        return 0


def upload_through_cuts(program, megabytes, every, rate=0):
    """Figures of a file that goes up while the link is cut."""
    base = tempfile.mkdtemp(prefix='baton-cuts-', dir=os.environ.get('BATON_BENCH_FOLDER'))
    try:
        make_file(os.path.join(base, 'film.mov'), megabytes)
        with Server(folder=os.path.join(base, 'data')) as server:
            ada = server.join('Ada')
            ada.connection.close()
            before = server.resident()
            proxy = CuttingProxy(server.port, every, rate)
            process = subprocess.Popen([program, proxy.url, os.path.join(base, 'client'), os.path.join(base, 'film.mov')],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            process.stdin.write(ada.token + '\n')
            process.stdin.close()
            begin, client = time.monotonic(), 0
            while process.poll() is None:
                client = max(client, peak_mb(process.pid))
                time.sleep(0.02)
            took = time.monotonic() - begin
            said = process.stdout.read()
            process.stdout.close()
            check(process.returncode == 0, 'the upload failed')
            told = json.loads(said)
            proxy.end()
            stored = os.path.join(server.folder, 'blobs', told['hash'][:2], told['hash'])
            check(os.path.getsize(stored) == told['size'], 'it has not arrived')
            check(subprocess.run(['cmp', '-s', stored, os.path.join(base, 'film.mov')], check=False).returncode == 0,
                  'another file has arrived')
            return {'megabytes': megabytes, 'cuts': proxy.cuts, 'tries': told['tries'], 's': round(took, 1),
                    'resent_percent': round(100 * (proxy.up - told['size']) / told['size'], 2),
                    'client_mb': round(client, 1), 'server_mb': round(server.resident(), 1),
                    'server_before_mb': round(before, 1)}
    finally:
        shutil.rmtree(base, ignore_errors=True)
