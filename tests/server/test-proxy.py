# SPDX-License-Identifier: GPL-3.0-or-later
"""Through nginx and Caddy with TLS, with the configurations that we install; and TLS of our own."""
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import nginx
from nginx import free_port, make_certificate
from servertest import NO_LEAKS, ROOT, SERVER, Client, Server, Skip, check, equal, main


class Nginx(nginx.Nginx):
    def client(self, server):
        return Client(server, 'localhost', self.port, self.context)


class Caddy:
    """The same for Caddy."""

    def __init__(self, backend):
        for program in ('caddy', 'openssl'):
            if not shutil.which(program):
                raise Skip(f'{program} is not installed')
        self.folder = tempfile.mkdtemp(prefix='baton-caddy-')
        self.port = free_port()
        certificate, key, self.context = make_certificate(self.folder)
        with open(os.path.join(ROOT, 'data', 'server', 'Caddyfile'), encoding='utf-8') as file:
            self.sample = file.read()
        sample = self.sample
        for old, new in (('127.0.0.1:8470', f'127.0.0.1:{backend}'),
                         ('baton.example.org {', f'https://localhost:{self.port} {{\n\ttls {certificate} {key}')):
            check(old in sample, f'the sample has no “{old}”')
            sample = sample.replace(old, new)
        with open(os.path.join(self.folder, 'Caddyfile'), 'w', encoding='utf-8') as file:
            file.write('{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n' + sample)
        self.env = {**os.environ, 'HOME': self.folder, 'XDG_DATA_HOME': self.folder, 'XDG_CONFIG_HOME': self.folder}

    def run(self, *words, **more):
        return subprocess.run(['caddy', *words], env=self.env, capture_output=True, text=True, check=False, **more)

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(['caddy', 'run', '--adapter', 'caddyfile', '--config', self.folder + '/Caddyfile'],
                                        env=self.env, stdout=self.log, stderr=self.log)
        for _ in range(200):
            try:
                socket.create_connection(('127.0.0.1', self.port), timeout=1).close()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        self.log.seek(0)
        raise AssertionError(f'caddy did not start: {self.log.read().decode()}')

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, server):
        return Client(server, 'localhost', self.port, self.context)


def work_together(one, other):
    """Two people, the live channel, a file in chunks."""
    live = other.live()
    equal(live.message()['t'], 'head')
    board, stages = one.make_board()
    card = one.make_card(stages[0])
    check('seq' in one.push(one.move(card, stages[0], stages[1]))['receipts'][0])
    seen = []
    while len(seen) < 6 or seen[-1] != 'card.move':
        message = live.message()
        if message['t'] == 'tail':
            seen += [entry['op']['verb'] for entry in message['entries']]
    live.send({'t': 'at', 'board': board, 'card': card})
    while not any(who.get('card') == card for who in live.message('presence')['people']):
        pass
    data = os.urandom((20 << 20) + 7)
    hash = one.upload(data)
    equal(live.message('blob')['hash'], hash)
    got = b''
    while len(got) < len(data):
        status, part, _ = other.request('GET', f'/v1/blobs/{hash}?off={len(got)}&len={8 << 20}', raw=True)
        equal(status, 200)
        got += part
    check(got == data, 'another file came back')
    live.close()


def test_through_nginx():
    with Server('--public-url', 'https://localhost') as server, Nginx(server.port) as proxy:
        check('server=https%3A%2F%2Flocalhost&' in server.invitation, server.invitation)
        ada = proxy.client(server).join(server.invitation, 'Ada')
        bob = proxy.client(server).join(server.invite('member'), 'Bob')
        work_together(ada, bob)
        equal(ada.request('GET', '/health')[0], 200)
        equal(ada.request('GET', '/metrics', raw=True)[0], 404)


def test_through_caddy():
    """The sample as it is, is sound; with other names it does its work."""
    with Server('--public-url', 'https://localhost') as server:
        caddy = Caddy(server.port)
        done = caddy.run('validate', '--adapter', 'caddyfile', '--config', os.path.join(ROOT, 'data', 'server', 'Caddyfile'))
        check(done.returncode == 0 and 'Valid configuration' in done.stdout + done.stderr, done.stderr)
        with caddy:
            ada = caddy.client(server).join(server.invitation, 'Ada')
            bob = caddy.client(server).join(server.invite('member'), 'Bob')
            work_together(ada, bob)
            equal(ada.request('GET', '/health')[0], 200)
            equal(ada.request('GET', '/metrics', raw=True)[0], 404)
            stranger = caddy.client(server)
            stranger.fails((401, 'sign-in'), 'POST', '/v1/sign-in',
                           {'name': 'Ada', 'password': 'wrong password', 'device': stranger.device})
            said = [line['detail'] for line in server.command_json('log')['lines'] if line['what'] == 'sign-in-failed']
            check(said in (['127.0.0.1'], ['::1']), said)


def test_the_systemd_unit():
    """systemd finds nothing wrong with it, and finds it well shut in."""
    if not shutil.which('systemd-analyze'):
        raise Skip('systemd-analyze is not installed')
    folder = tempfile.mkdtemp(prefix='baton-unit-')
    try:
        with open(os.path.join(ROOT, 'data', 'server', 'baton-server.service.in'), encoding='utf-8') as file:
            unit = file.read()
        check('ExecStart=@bindir@/baton-server ' in unit and 'Documentation=man:baton-server(1)' in unit, unit)
        unit = unit.replace('@bindir@/baton-server', os.path.realpath(SERVER)).replace('Documentation=man:baton-server(1)\n', '')
        path = os.path.join(folder, 'baton-server.service')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(unit)
        done = subprocess.run(['systemd-analyze', 'verify', path], capture_output=True, text=True, check=False)
        equal((done.returncode, done.stderr), (0, ''))
        done = subprocess.run(['systemd-analyze', 'security', '--offline=true', '--threshold=20', '--no-pager', path],
                              capture_output=True, text=True, check=False)
        if 'unrecognized option' in done.stderr:
            raise Skip('this systemd-analyze cannot look at a file')
        equal(done.returncode, 0, done.stdout[-300:])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_addresses_come_through():
    """Failed sign-ins count for the client’s address, not for nginx."""
    with Server() as server, Nginx(server.port) as proxy:
        proxy.client(server).join(server.invitation, 'Ada')
        stranger = proxy.client(server)
        stranger.fails((401, 'sign-in'), 'POST', '/v1/sign-in',
                       {'name': 'Ada', 'password': 'wrong password', 'device': stranger.device})
        said = [line['detail'] for line in server.command_json('log')['lines'] if line['what'] == 'sign-in-failed']
        equal(said, ['127.0.0.1'])


def test_nginx_restarted_in_the_middle():
    with Server() as server, Nginx(server.port) as proxy:
        ada = proxy.client(server).join(server.invitation, 'Ada')
        _, stages = ada.make_board()
        live = ada.live()
        live.message('head')
        proxy.stop()
        try:
            live.message('nothing')
            check(False, 'the live channel did not end')
        except (EOFError, OSError):
            pass
        proxy.start()
        for _ in range(20):
            ada.make_card(stages[0])
        equal(ada.live().message()['head'], ada.hello()['head'])


def test_server_restarted_behind_nginx():
    with Server() as server, Nginx(server.port) as proxy:
        ada = proxy.client(server).join(server.invitation, 'Ada')
        _, stages = ada.make_board()
        server.kill()
        status, _, _ = ada.request('GET', '/v1/me', raw=True)
        equal(status, 502)
        server.start()
        ada.make_card(stages[0])


def descriptors(server):
    return len(os.listdir(f'/proc/{server.process.pid}/fd'))


def test_tls_of_our_own():
    if not shutil.which('openssl'):
        raise Skip('openssl is not installed')
    folder = tempfile.mkdtemp(prefix='baton-tls-')
    try:
        certificate, key, context = make_certificate(folder)
        with Server('--tls-cert', certificate, '--tls-key', key, **NO_LEAKS) as server:
            check(server.url.startswith('https://'), server.url)
            ada = Client(server, 'localhost', server.port, context).join(server.invitation, 'Ada')
            bob = Client(server, 'localhost', server.port, context).join(server.invite('member'), 'Bob')
            work_together(ada, bob)
            # Who says nothing, or something else, keeps nobody waiting.
            silent = [socket.create_connection((server.host, server.port)) for _ in range(50)]
            silent[0].sendall(b'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
            ada.ok('GET', '/v1/me')
            for sock in silent:
                sock.close()
            # Who goes after an answer, politely or not, leaves nothing behind.
            before = descriptors(server)
            for _ in range(20):
                sock = context.wrap_socket(socket.create_connection((server.host, server.port)), server_hostname='localhost')
                sock.sendall(b'GET /health HTTP/1.1\r\nHost: x\r\n\r\n')
                check(sock.recv(4096).startswith(b'HTTP/1.1 200'))
                sock.close()
            for _ in range(50):
                if descriptors(server) <= before:
                    break
                time.sleep(0.1)
            check(descriptors(server) <= before, f'{before} descriptors became {descriptors(server)}')
        check(threading.active_count() == 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main([test_through_nginx, test_through_caddy, test_the_systemd_unit, test_addresses_come_through, test_nginx_restarted_in_the_middle,
      test_server_restarted_behind_nginx, test_tls_of_our_own])
