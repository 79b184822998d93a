# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of baton-server share: a server on a folder of one's own, people who joined it, raw sockets, and TAP.

  test-X.py BATON_SERVER SOURCE_ROOT
"""
import base64
import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What tests take from here.
from tap import Failed, Skip, check, equal, is_sanitized, main  # noqa: E402,F401

SERVER, ROOT = sys.argv[1:3]
SANITIZED = is_sanitized(SERVER)
# Where the sanitizer’s own memory would be measured, and where what leaks is not ours.
MEMORY = 100 if SANITIZED else 1
NO_LEAKS = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'} if SANITIZED else {}
PASSWORD = 'correct horse battery'


def new_id():
    """A UUIDv7."""
    raw = bytearray(int(time.time() * 1000).to_bytes(6, 'big') + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0f
    raw[8] = 0x80 | raw[8] & 0x3f
    return str(uuid.UUID(bytes=bytes(raw)))


def now():
    return int(time.time() * 1e6)


def blob_hash(data):
    return hashlib.blake2b(data, digest_size=32).hexdigest()


class Server:
    def __init__(self, *options, folder=None, port=0, **env):
        self.base = None if folder else tempfile.mkdtemp(prefix='baton-server-')
        self.folder = folder or os.path.join(self.base, 'data')
        self.options = options
        self.port = port
        self.env = {**os.environ, 'G_DEBUG': 'fatal-criticals', **env}
        self.process = None
        self.may_warn = False

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            if self.base:
                shutil.rmtree(self.base, ignore_errors=True)

    def start(self, listen=None):
        self.log = tempfile.TemporaryFile()
        words = [SERVER, '--data', self.folder, '--listen', listen or f'127.0.0.1:{self.port}', '--json', *self.options]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log, env=self.env)
        line = self.process.stdout.readline()
        check(line, f'the server did not start: {self.said()}')
        said = json.loads(line)
        self.url, self.invitation = said['listen'], said['invitation']
        where = urllib.parse.urlsplit(self.url)
        self.host, self.port = where.hostname, where.port
        return self

    def said(self):
        self.log.seek(0)
        return self.log.read().decode()

    def stop(self, wanted=0):
        if not self.process:
            return
        self.process.terminate()
        status = self.process.wait(20)
        said = self.said()
        self.process.stdout.close()
        self.process = None
        equal(status, wanted, f'exit status; it said {said}')
        check('CRITICAL' not in said and ('WARNING' not in said or self.may_warn), said)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self.process.stdout.close()
        self.process = None

    def command(self, *words, status=0, stdin=None):
        done = subprocess.run([SERVER, *words, '--data', self.folder], capture_output=True, text=True, check=False,
                              env=self.env, input=stdin, timeout=240)
        equal(done.returncode, status, f'{words}: {done.stdout} {done.stderr}')
        return done.stdout if status == 0 or done.stdout else done.stderr

    def command_any(self, *words):
        """The exit status of a command that may fail."""
        return subprocess.run([SERVER, *words, '--data', self.folder], capture_output=True, check=False, env=self.env,
                              timeout=240).returncode

    def command_json(self, *words, **more):
        return json.loads(self.command(*words, '--json', **more))

    def invite(self, role):
        return self.command_json('invite', '--role', role)['invitation']

    def join(self, name, role=None, invitation=None, **more):
        return Client(self).join(invitation or (self.invite(role) if role else self.invitation), name, **more)

    def resident(self):
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith('VmHWM'))


class Client:
    """One device of one person."""

    def __init__(self, server, host=None, port=None, context=None):
        self.server, self.host, self.port, self.context = server, host, port, context
        self.device, self.number, self.token, self.person, self.epoch, self.cursor = new_id(), 0, None, None, None, 0
        self.connection = None

    def connect(self):
        host, port = self.host or self.server.host, self.port or self.server.port
        if self.context:
            return http.client.HTTPSConnection(host, port, timeout=120, context=self.context)
        return http.client.HTTPConnection(host, port, timeout=120)

    def request(self, method, path, body=None, headers=None, token=True, raw=False):
        """(status, JSON) or, raw, (status, bytes, headers)."""
        headers = dict(headers or {})
        if token and self.token:
            headers['Authorization'] = 'Bearer ' + (self.token if token is True else token)
            headers.setdefault('Baton-Protocol', '2')
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        for again in (True, False):
            self.connection = self.connection or self.connect()
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                data = answer.read()
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError, ssl.SSLEOFError):
                self.connection = None
                if not again:
                    raise
        if answer.headers.get('Connection') == 'close':
            self.connection = None
        if raw:
            return answer.status, data, answer.headers
        return answer.status, json.loads(data) if data else None

    def ok(self, method, path, body=None, **more):
        status, answer = self.request(method, path, body, **more)
        check(status in (200, 201, 204), f'{method} {path}: {status} {answer}')
        return answer

    def fails(self, wanted, method, path, body=None, **more):
        status, answer = self.request(method, path, body, **more)
        equal((status, answer and answer.get('error')), wanted, f'{method} {path}')
        check(answer is None or answer.get('message'), f'{path}: no sentence')
        return answer

    def join(self, link, name, password=PASSWORD, **more):
        secret = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)['invitation'][0]
        answer = self.ok('POST', '/v1/join', {'invitation': secret, 'name': name, 'password': password,
                                              'device': self.device, 'device_name': 'test', **more})
        return self.take(answer, name)

    def sign_in(self, name, password=PASSWORD):
        return self.take(self.ok('POST', '/v1/sign-in', {'name': name, 'password': password, 'device': self.device,
                                                         'device_name': 'test'}, token=False), name)

    def take(self, answer, name):
        self.name, self.token, self.person, self.role = name, answer['token'], answer['person'], answer['role']
        self.hello()
        return self

    def hello(self):
        answer = self.ok('POST', '/v1/hello', {'protocols': [2, 1], 'device': self.device})
        self.epoch, self.number = answer['epoch'], answer['last']
        return answer

    def op(self, verb, **values):
        self.number += 1
        return {'v': 1, 'dev': self.device, 'n': self.number, 'verb': verb, 'person': self.person, 'at': now(), 'boot': 1,
                'base': self.cursor, **values}

    def push_body(self, ops, **more):
        return {'device': self.device, 'epoch': self.epoch, 'wall': now(), 'ops': [{'op': op, 'age': 0} for op in ops], **more}

    def push(self, *ops, **more):
        return self.ok('POST', '/v1/push', self.push_body(ops, **more))

    def do(self, verb, **values):
        """One operation; the receipt."""
        return self.push(self.op(verb, **values))['receipts'][0]

    def row(self, entity, id=None, **values):
        return {'e': entity, 'id': id or new_id(), 'set': values}

    def make_board(self):
        board, stages = self.row('board', name='Campaign'), []
        check('seq' in self.do('board.add', rows=[board]))
        for kind in ('queue', 'active', 'done'):
            stage = self.row('stage', board=board['id'], name=kind, kind=kind)
            check('seq' in self.do('stage.add', rows=[stage]))
            stages.append(stage['id'])
        return board['id'], stages

    def make_card(self, stage, title='Hero image'):
        card = self.row('card', stage=stage, title=title)
        receipt = self.do('card.add', rows=[card])
        check('seq' in receipt, f'{receipt}')
        return card['id']

    def move(self, card, source, target):
        return self.op('card.move', ids=[card], **{'from': [source], 'to': target})

    def pull(self, after=0, most=2000):
        return self.ok('GET', f'/v1/pull?epoch={self.epoch}&device={self.device}&after={after}&most={most}')

    def begin_upload(self, data):
        return self.ok('POST', '/v1/blobs/' + blob_hash(data), {'size': len(data)})

    def put(self, data, offset, length, chunk_hash=None):
        chunk = data[offset:offset + length]
        return self.request('PUT', f'/v1/blobs/{blob_hash(data)}?off={offset}', chunk,
                            headers={'Baton-Chunk': chunk_hash or blob_hash(chunk)})

    def upload(self, data, chunk=8 << 20):
        answer = self.begin_upload(data)
        while not answer['done']:
            status, answer = self.put(data, answer['offset'], chunk)
            equal(status, 200, str(answer))
        return blob_hash(data)

    def raw(self):
        sock = socket.create_connection((self.host or self.server.host, self.port or self.server.port), timeout=120)
        return self.context.wrap_socket(sock, server_hostname='localhost') if self.context else sock

    def live(self):
        return Live(self)


class Live:
    """The live channel, byte by byte."""

    def __init__(self, client, headers=''):
        self.sock = client.raw()
        key = base64.b64encode(os.urandom(16)).decode()
        self.sock.sendall((f'GET /v1/live HTTP/1.1\r\nHost: {client.host or "x"}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                           f'Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: baton\r\n'
                           f'Authorization: Bearer {client.token}\r\n{headers}\r\n').encode())
        self.data = b''
        head = self.until(b'\r\n\r\n')
        self.head = head.decode()
        if ' 101 ' not in self.head:
            return
        wanted = base64.b64encode(hashlib.sha1((key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').encode()).digest())
        check(f'sec-websocket-accept: {wanted.decode()}'.lower() in self.head.lower() and wanted.decode() in self.head, self.head)
        check('sec-websocket-extensions' not in self.head.lower(), self.head)

    def more(self):
        got = self.sock.recv(65536)
        if not got:
            raise EOFError
        self.data += got

    def until(self, mark):
        while mark not in self.data:
            self.more()
        head, self.data = self.data.split(mark, 1)
        return head

    def take(self, length):
        while len(self.data) < length:
            self.more()
        got, self.data = self.data[:length], self.data[length:]
        return got

    def frame(self):
        """(kind, payload)"""
        first, second = self.take(2)
        length = second & 0x7f
        check(not second & 0x80, 'a server does not mask')
        if length == 126:
            length = struct.unpack('>H', self.take(2))[0]
        elif length == 127:
            length = struct.unpack('>Q', self.take(8))[0]
        return first & 0x0f, self.take(length)

    def message(self, kind=None, seconds=30):
        """The next message, of this kind."""
        self.sock.settimeout(seconds)
        while True:
            opcode, payload = self.frame()
            check(opcode == 1, f'frame {opcode} {payload}')
            found = json.loads(payload)
            if found['t'] in ('head', 'tail'):
                # The first member is the sum of all that follows it.
                said, rest = payload.split(b',', 1)
                equal(json.loads(said + b'}'), {'sum': hashlib.blake2b(rest, digest_size=32).hexdigest()})
            if kind is None or found['t'] == kind:
                return found

    def close_code(self, seconds=30):
        """The code that the server closes with, whatever it says before."""
        self.sock.settimeout(seconds)
        while True:
            opcode, payload = self.frame()
            if opcode == 8:
                return struct.unpack('>H', payload[:2])[0]

    def send_frame(self, first, payload, mask=True, length=None):
        size = len(payload) if length is None else length
        if size < 126:
            head = struct.pack('>BB', first, (0x80 if mask else 0) | size)
        elif size < 65536:
            head = struct.pack('>BBH', first, (0x80 if mask else 0) | 126, size)
        else:
            head = struct.pack('>BBQ', first, (0x80 if mask else 0) | 127, size)
        key = os.urandom(4) if mask else b''
        if mask:
            payload = bytes(byte ^ key[i & 3] for i, byte in enumerate(payload))
        self.sock.sendall(head + key + payload)

    def send(self, message):
        self.send_frame(0x81, json.dumps(message).encode())

    def close(self):
        self.sock.close()


def talk(server, request, seconds=30, limit=1 << 20):
    """Sends bytes as they are; everything that comes back until the server closes."""
    with socket.create_connection((server.host, server.port), timeout=seconds) as sock:
        try:
            sock.sendall(request)
        except (BrokenPipeError, ConnectionResetError):
            pass
        got = b''
        try:
            while len(got) < limit:
                data = sock.recv(65536)
                if not data:
                    break
                got += data
        except (ConnectionResetError, TimeoutError, socket.timeout):
            pass
        return got


def one_answer(sock):
    """(status, body) of the answer that comes now, whole, however it is cut up on its way; (None, b'') when there is none."""
    sock.settimeout(30)
    answer = http.client.HTTPResponse(sock)
    try:
        answer.begin()
        return answer.status, answer.read()
    except (ConnectionError, http.client.HTTPException):
        return None, b''


def status_of(answer):
    return int(answer.split(b' ', 2)[1]) if answer.startswith(b'HTTP/1.') else None
