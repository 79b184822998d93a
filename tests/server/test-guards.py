# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by raw sockets: each guard of the server is tried by what it guards against."""
import json
import os
import socket
import struct
import threading
import time

from servertest import MEMORY, NO_LEAKS, Failed, Live, Server, Skip, blob_hash, check, equal, main, now, status_of, talk

HOST = b'Host: x\r\n'


def answers(server, request, wanted, seconds=5):
    got = talk(server, request, seconds)
    equal(status_of(got), wanted, f'{request[:80]!r} → {got[:200]!r}')
    return got


def alive(server):
    got = talk(server, b'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    equal(status_of(got), 200, 'health')


def test_headers():
    with Server() as server:
        for request, wanted in (
                (b'GET /health HTTP/1.0\r\nHost: x\r\n\r\n', 505),
                (b'GET /health HTTP/1.1\r\n\r\n', 400),
                (b'GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 400),
                (b'GET /health HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n', 400),
                (b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n', 411),
                (b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n{}x', 411),
                (b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}', 415),
                (b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nExpect: magic\r\nContent-Length: 2\r\n\r\n{}', 417),
                (b'GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n', 404),
                (b'GET /v1/../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n', 404),
                (b'GET /v1/%2e%2e/%2e%2e/workspace.db HTTP/1.1\r\nHost: x\r\n\r\n', 404),
                (b'GET /v1/blobs/..%2f..%2fworkspace.db HTTP/1.1\r\nHost: x\r\n\r\n', 404),
                (b'GET /' + b'a' * 600 + b' HTTP/1.1\r\nHost: x\r\n\r\n', 404),
                (b'PATCH /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n', 405),
                (b'GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n', 405),
                (b'GET /v1/me HTTP/1.1\r\nHost: x\r\n\r\n', 401),
                (b'GET /v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n', 400)):
            answers(server, request, wanted)
        alive(server)


def test_two_lengths_are_no_request():
    """Two lengths let a proxy and a server see two different requests. (libsoup forgets to free the path of such.)"""
    with Server(**NO_LEAKS) as server:
        for lengths in (b'Content-Length: 2\r\nContent-Length: 3\r\n', b'Content-Length: 2, 3\r\n',
                        b'Content-Length: -1\r\n', b'Content-Length: 0x2\r\n', b'Content-Length: 99999999999999999999\r\n'):
            got = talk(server, b'POST /v1/hello HTTP/1.1\r\nHost: x\r\n' + lengths + b'\r\n{}GET /health HTTP/1.1\r\n'
                       b'Host: x\r\n\r\n', 3)
            check(status_of(got) in (400, 413, 501, None), f'{lengths} → {got[:100]}')
            check(got.count(b'HTTP/1.1 ') <= 1, f'smuggled: {got}')
        alive(server)


def test_range_is_not_served():
    with Server() as server:
        ranges = b'Range: bytes=' + b','.join(b'0-' for _ in range(1000)) + b'\r\n'
        got = answers(server, b'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n' + ranges + b'\r\n', 200)
        check(b'multipart' not in got and len(got) < 2000, f'{got[:300]}')


def test_large_headers():
    with Server() as server:
        before = server.resident()
        talk(server, b'GET /health HTTP/1.1\r\nHost: x\r\n' + b'X: ' + b'a' * (8 << 20), 5)
        talk(server, b'GET /health HTTP/1.1\r\nHost: x\r\n' + b'X: a\r\n' * (1 << 20), 5)
        check(server.resident() < before + 20 * MEMORY, f'{before} MB → {server.resident()} MB')
        alive(server)


def test_large_bodies_are_not_read():
    with Server() as server:
        before = server.resident()
        for path in (b'/v1/join', b'/v1/sign-in', b'/v1/hello', b'/v1/push', b'/health'):
            method = b'GET ' if path == b'/health' else b'POST '
            begin = time.monotonic()
            got = talk(server, method + path + b' HTTP/1.1\r\nHost: x\r\nContent-Length: 536870912\r\n\r\n' +
                       b'x' * (4 << 20), 30)
            check(status_of(got) in (401, 413), f'{path} {got[:100]}')
            check(time.monotonic() - begin < 25, 'the server went on reading')
        check(server.resident() < before + 10 * MEMORY, f'{before} MB → {server.resident()} MB')
        alive(server)


def test_bodies_that_wait_are_bounded():
    """Announcing bodies must not cost memory for what never comes, nor hold the server up."""
    with Server() as server:
        ada = server.join('Ada')
        head = (f'POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ada.token}\r\n'
                'Content-Length: 8388608\r\n\r\n{').encode()
        socks, busy = [], 0
        for _ in range(40):
            sock = socket.create_connection((server.host, server.port), timeout=5)
            sock.sendall(head)
            socks.append(sock)
        for sock in socks:
            sock.setblocking(False)
        end = time.monotonic() + 30
        while busy < 20 and time.monotonic() < end:
            time.sleep(0.1)
            for sock in socks:
                try:
                    busy += b' 503 ' in sock.recv(200)
                except BlockingIOError:
                    pass
        check(busy >= 20, f'{busy} of 40 were turned away')
        for sock in socks:
            sock.close()
        time.sleep(0.5)
        equal(ada.request('GET', '/v1/me')[0], 200)
        ada.push(ada.op('board.add', rows=[ada.row('board', name='B')]))


def test_json():
    with Server() as server:
        ada = server.join('Ada')
        for body in (b'', b'null', b'[]', b'{', b'{}x', b'{"protocols":[2],"protocols":[1]}', b'\xff\xfe{}',
                     b'[' * 100000, b'{"a":' * 50000 + b'1' + b'}' * 50000, b'{"protocols":' + b'[' * 40 + b']' * 40 + b'}',
                     b'{"protocols":[1e400]}', b'{"a":"\\ud800"}', b'{"a":"' + b'\\' * 999 + b'"}'):
            body = body[:16000]
            status, answer = ada.request('POST', '/v1/hello', body)
            check(status in (400, 426), f'{body[:40]}: {status} {answer}')
            equal(ada.request('POST', '/v1/push', body)[0], 400, str(body[:40]))
            equal(ada.request('POST', '/v1/sign-in', body)[0], 400, str(body[:40]))
        alive(server)


def test_slow_requests_do_not_keep_others_out():
    """Half-sent requests occupy their connections and nothing else."""
    with Server() as server:
        socks = []
        for _ in range(300):
            sock = socket.create_connection((server.host, server.port), timeout=5)
            sock.sendall(b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nContent-Le')
            socks.append(sock)
        begin = time.monotonic()
        alive(server)
        check(time.monotonic() - begin < 5, 'the others wait')
        for sock in socks:
            sock.close()


def test_pipelined_and_garbage():
    with Server() as server:
        got = talk(server, (b'GET /health HTTP/1.1\r\nHost: x\r\n\r\n') * 50 +
                   b'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 5)
        equal(got.count(b'HTTP/1.1 200'), 51)
        for garbage in (b'\x16\x03\x01\x02\x00' + os.urandom(500), os.urandom(4000), b'\r\n' * 4000, b'\0' * 1000,
                        b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'):
            talk(server, garbage, 1)
        alive(server)


def live_client(server):
    return server.join('Ada')


def test_websocket_handshake():
    with Server() as server:
        ada = live_client(server)
        live = Live(ada, 'Sec-WebSocket-Extensions: permessage-deflate\r\n')
        check(' 101 ' in live.head and 'deflate' not in live.head, live.head)
        equal(live.message()['t'], 'head')
        live.close()
        plain = f'GET /v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ada.token}\r\n'
        for more in ('', 'Upgrade: websocket\r\n', 'Upgrade: websocket\r\nConnection: Upgrade\r\n',
                     'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: abc\r\n',
                     'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n'
                     'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'):
            answers(server, (plain + more + '\r\n').encode(), 400)
        ada.token = 'x' * 43
        check(' 401 ' in Live(ada).head)


def test_websocket_frames():
    with Server() as server:
        ada = live_client(server)
        text = b'{"t":"ping"}'

        def code(send):
            live = Live(ada)
            live.message('head')
            send(live)
            found = live.close_code()
            live.close()
            return found

        equal(code(lambda live: live.send_frame(0x81, text, mask=False)), 1002, 'no mask')
        equal(code(lambda live: live.send_frame(0xc1, text)), 1002, 'compressed, which was not agreed on')
        equal(code(lambda live: live.send_frame(0x82, text)), 1003, 'binary')
        equal(code(lambda live: live.send_frame(0x83, text)), 1002, 'unknown kind')
        equal(code(lambda live: live.send_frame(0x89, b'x' * 200)), 1002, 'a long ping')
        equal(code(lambda live: live.send_frame(0x09, b'x')), 1002, 'a ping in pieces')
        equal(code(lambda live: live.send_frame(0x80, text)), 1002, 'the end of nothing')
        equal(code(lambda live: live.send_frame(0x81, b'\xff\xfe')), 1007, 'no text')
        equal(code(lambda live: live.send_frame(0x81, b'x' * 65537)), 1009, 'too long')
        equal(code(lambda live: live.send_frame(0x81, b'x', length=1 << 62)), 1009, 'far too long')
        equal(code(lambda live: live.send_frame(0x88, struct.pack('>H', 1000))), 1000, 'good-bye')

        def fragments(live):
            live.send_frame(0x01, b'a' * 1000)
            for _ in range(200):
                try:
                    live.send_frame(0x00, b'a' * 1000)
                except (BrokenPipeError, ConnectionResetError):
                    return
        equal(code(fragments), 1009, 'many small pieces')
        equal(code(lambda live: (live.send_frame(0x01, b'a'), live.send_frame(0x01, b'a'))), 1002, 'a new one inside')

        live = Live(ada)
        live.send_frame(0x01, text[:5])
        live.send_frame(0x89, b'still there?')
        live.send_frame(0x00, text[5:9])
        live.send_frame(0x80, text[9:])
        kinds = {}
        while len(kinds) < 2:
            kind, payload = live.frame()
            if kind == 10 or b'pong' in payload:
                kinds[kind] = payload
        equal(kinds[10], b'still there?')
        check(b'"pong"' in kinds[1], str(kinds))
        for junk in (b'[]', b'{"t":7}', b'{"t":"at","board":"../x"}', b'{"t":"at","board":7}', b'[' * 5000, b'null', b''):
            live.send_frame(0x81, junk)
        live.send({'t': 'ping'})
        live.message('pong')
        live.close()


def test_a_live_client_that_does_not_read_is_dropped():
    with Server() as server:
        ada = live_client(server)
        deaf = ada.raw()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        live = Live(ada)
        deaf.sendall(f'GET /v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: '
                     f'AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer {ada.token}\r\n\r\n'
                     .encode())
        before = server.resident()
        reader = threading.Thread(target=drain, args=(live,), daemon=True)
        reader.start()
        for i in range(400):
            ada.push(ada.op('board.add', rows=[ada.row('board', name='x' * 25000)]))
        dropped = [line for line in ada.request('GET', '/metrics', raw=True)[1].decode().splitlines()
                   if line.startswith('baton_live_dropped_total')]
        equal(dropped, ['baton_live_dropped_total 1'])
        check(server.resident() < before + 30 * MEMORY, f'{before} → {server.resident()} MB')
        deaf.close()
        live.close()


def drain(live):
    try:
        while True:
            live.frame()
    except (EOFError, OSError):
        pass


def test_files_are_only_downloaded():
    with Server() as server:
        ada = server.join('Ada')
        data = b'<html><script>alert(1)</script>'
        hash = ada.upload(data)
        status, got, headers = ada.request('GET', f'/v1/blobs/{hash}', raw=True)
        equal((status, got), (200, data))
        for name, wanted in (('Content-Type', 'application/octet-stream'), ('Content-Disposition', 'attachment'),
                             ('X-Content-Type-Options', 'nosniff'), ('Content-Security-Policy', 'sandbox')):
            equal(headers[name], wanted, name)
        for name in ('..', '.', 'workspace.db', 'a' * 63, 'A' * 64, 'g' * 64, 'a' * 65, hash + '.part', 'incoming'):
            check(ada.request('GET', f'/v1/blobs/{name}')[0] == 404, name)
            check(ada.request('POST', f'/v1/blobs/{name}', {'size': 1})[0] == 404, name)


def test_nothing_secret_is_written():
    with Server() as server:
        ada = server.join('Ada', password='Only Ada knows this')
        ada.fails((401, 'sign-in'), 'POST', '/v1/sign-in',
                  {'name': 'Ada', 'password': 'Only Bob knows that', 'device': ada.device})
        secret = server.invitation.split('invitation=')[1]
        token = ada.token
        server.stop()
        check('Only' not in server.said() and token not in server.said())
        for name in os.listdir(server.folder):
            path = os.path.join(server.folder, name)
            if os.path.isfile(path):
                with open(path, 'rb') as file:
                    data = file.read()
                for text in ('Only Ada knows this', 'Only Bob knows that', secret, token):
                    check(text.encode() not in data, f'{text} is in {name}')
                equal(os.stat(path).st_mode & 0o077, 0, name)


def other_address():
    """One of this machine that is not its loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(('192.0.2.254', 9))
            return sock.getsockname()[0]
        except OSError as why:
            raise Skip('there is no network') from why


def test_who_sends_no_requests_is_shut_out():
    address = other_address()
    with Server('--insecure-lan', **NO_LEAKS) as server:
        server.stop()
        server.start('0.0.0.0:0')
        server.host = address
        taken = 0
        for _ in range(70):
            try:
                taken += b' 400 ' in talk(server, b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 3\r\n\r\n{}', 3)
            except OSError:
                pass
        check(50 <= taken <= 55, f'{taken} were taken')
        equal(talk(server, b'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'), b'')
        server.host = '127.0.0.1'
        alive(server)


def test_closed_connections_are_given_back():
    """Whoever goes, with or without having asked something, leaves nothing open behind."""
    with Server() as server:
        def descriptors():
            return len(os.listdir(f'/proc/{server.process.pid}/fd'))
        before = descriptors()
        for words in (b'', b'GET /health HTTP/1.1\r\nHost: x\r\n\r\n', b'GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /he',
                      b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{'):
            for how in ('close', 'half', 'reset'):
                socks = [socket.create_connection((server.host, server.port), timeout=5) for _ in range(20)]
                for sock in socks:
                    sock.sendall(words)
                    if words.startswith(b'GET'):
                        check(sock.recv(4096).startswith(b'HTTP/1.1 200'), 'no answer')
                    if how == 'reset':
                        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                    if how == 'half':
                        sock.shutdown(socket.SHUT_WR)
                    else:
                        sock.close()
                for _ in range(50):
                    if descriptors() <= before:
                        break
                    time.sleep(0.1)
                equal(descriptors(), before, f'{how} after {words[:20]}')
                for sock in socks:
                    sock.close()


def test_listening():
    """What a network could read along asks for TLS, or for it said in words."""
    with Server() as server:
        server.stop()
        for listen in ('0.0.0.0:0', '[::]:0', '*:0'):
            try:
                server.start(listen)
            except Failed as why:
                check('--insecure-lan' in str(why) and '--tls-cert' in str(why), str(why))
                server.process.wait(10)
                server.process = None
            else:
                raise Failed(f'{listen} was taken')
        server.options = ('--insecure-lan',)
        server.start('0.0.0.0:0')
        check(server.invitation.startswith('baton://join?server=http%3A%2F%2F'), server.invitation)
        server.stop()
        server.options = ('--public-url', 'https://baton.example.org/')
        server.start('127.0.0.1:0')
        check('server=https%3A%2F%2Fbaton.example.org&' in server.invitation, server.invitation)


main([test_headers, test_two_lengths_are_no_request, test_range_is_not_served, test_large_headers,
      test_large_bodies_are_not_read, test_bodies_that_wait_are_bounded, test_json,
      test_slow_requests_do_not_keep_others_out, test_pipelined_and_garbage, test_websocket_handshake,
      test_websocket_frames, test_a_live_client_that_does_not_read_is_dropped, test_files_are_only_downloaded,
      test_nothing_secret_is_written,
      test_who_sends_no_requests_is_shut_out,
      test_closed_connections_are_given_back, test_listening])
