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
    """Hands bytes on, counts them, and cuts all connections every so many seconds."""

    def __init__(self, port, every, rate=0):
        self.port, self.every, self.rate = port, every, rate
        self.up = self.down = self.cuts = 0
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
            for source, target, goes_up in ((down, up, True), (up, down, False)):
                threading.Thread(target=self.hand_on, args=(pair, source, target, goes_up), daemon=True).start()

    def hand_on(self, pair, source, target, goes_up):
        buffer = bytearray(PIECE)
        try:
            while n := source.recv_into(buffer):
                if goes_up:
                    self.up += n
                else:
                    self.down += n
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


def travel(program, proxy, token, folder, what):
    """What the program says, its most memory and its seconds."""
    process = subprocess.Popen([program, proxy.url, folder, what], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(token + '\n')
    process.stdin.close()
    begin, memory = time.monotonic(), 0
    while process.poll() is None:
        memory = max(memory, peak_mb(process.pid))
        time.sleep(0.02)
    took = time.monotonic() - begin
    said = process.stdout.read()
    process.stdout.close()
    check(process.returncode == 0, 'the file did not travel')
    return json.loads(said), round(memory, 1), round(took, 1)


def same(path, other):
    return subprocess.run(['cmp', '-s', path, other], check=False).returncode == 0


def blob(folder, hash):
    return os.path.join(folder, 'blobs', hash[:2], hash)


def through_cuts(program, megabytes, every, rate=0, back=False):
    """Figures of a file that goes up, and comes down to another client if wanted, while the link is cut."""
    base = tempfile.mkdtemp(prefix='baton-cuts-', dir=os.environ.get('BATON_BENCH_FOLDER'))
    film, one, other = (os.path.join(base, name) for name in ('film.mov', 'one', 'other'))
    try:
        make_file(film, megabytes)
        with Server(folder=os.path.join(base, 'data')) as server:
            ada = server.join('Ada')
            ada.connection.close()
            before = server.resident()
            proxy = CuttingProxy(server.port, every, rate)
            told, client, took = travel(program, proxy, ada.token, one, film)
            check(same(blob(server.folder, told['hash']), film), 'another file has arrived')
            found = {'megabytes': megabytes, 'cuts': proxy.cuts, 'tries': told['tries'], 's': took,
                     'resent_percent': round(100 * (proxy.up - told['size']) / told['size'], 2), 'client_mb': client}
            proxy.end()
            if back:
                proxy = CuttingProxy(server.port, every, rate)
                told, client, took = travel(program, proxy, ada.token, other, told['hash'])
                check(same(blob(other, told['hash']), film), 'another file has come down')
                proxy.end()
                found |= {'down_cuts': proxy.cuts, 'down_tries': told['tries'], 'down_s': took, 'down_client_mb': client,
                          'down_resent_percent': round(100 * (proxy.down - told['size']) / told['size'], 2)}
            return found | {'server_mb': round(server.resident(), 1), 'server_before_mb': round(before, 1)}
    finally:
        shutil.rmtree(base, ignore_errors=True)
