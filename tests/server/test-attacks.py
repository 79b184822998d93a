# SPDX-License-Identifier: GPL-3.0-or-later
"""What people inside and outside may try: holding the server's memory, racing for an invitation or a quota, odd paths and
numbers, names that steer a terminal, requests that two readers would read differently.

  test-attacks.py BATON_SERVER SOURCE_ROOT
"""
import concurrent.futures
import json
import os
import socket
import time
import urllib.parse

from servertest import (NO_LEAKS, PASSWORD, Client, Server, blob_hash, check, equal, main, new_id, now, one_answer,
                        status_of, talk)


def alive(server):
    equal(status_of(talk(server, b'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')), 200)


def half_sent(client, path, length, sent=b'{'):
    sock = client.raw()
    sock.sendall((f'POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.token}\r\n'
                  f'Content-Length: {length}\r\n\r\n').encode() + sent)
    return sock


def test_one_person_does_not_hold_the_memory():
    """Somebody announces much and sends nothing of it; the others go on as if nobody did."""
    with Server() as server:
        ada, eve = server.join('Ada'), server.join('Eve', 'viewer')
        socks = [half_sent(eve, '/v1/push', 8 << 20) for _ in range(30)]
        mal = server.join('Mal', 'member')
        socks += [half_sent(mal, '/v1/push', 8 << 20) for _ in range(30)]
        time.sleep(0.5)
        large = [ada.op('board.add', rows=[ada.row('board', name=f'B{i}', description='x' * 20000)]) for i in range(100)]
        check(all('seq' in receipt for receipt in ada.push(*large)['receipts']))
        equal(server.join('Ben', 'member').role, 'member')
        check(server.resident() < 200, f'{server.resident()} MB')
        for sock in socks:
            sock.close()


def test_nobody_holds_small_requests():
    with Server() as server:
        ada = server.join('Ada')
        socks = [half_sent(ada, '/v1/hello', 16000) for _ in range(400)]
        time.sleep(0.5)
        equal(ada.ok('GET', '/v1/me')['role'], 'owner')
        Client(server).sign_in('Ada')
        for sock in socks:
            sock.close()


def test_a_role_that_changes_while_a_body_is_on_its_way():
    with Server() as server:
        ada = server.join('Ada')
        _, stages = ada.make_board()

        def late(bob, change):
            body = json.dumps(bob.push_body([bob.op('card.add', rows=[bob.row('card', stage=stages[0], title='Late')])])).encode()
            sock = half_sent(bob, '/v1/push', len(body), body[:10])
            time.sleep(0.2)
            change()
            sock.sendall(body[10:])
            return one_answer(sock)
        bob, ben = server.join('Bob', 'member'), server.join('Ben', 'member')
        got = late(bob, lambda: ada.ok('POST', f'/v1/members/{bob.person}', {'role': 'viewer'}))
        check(got[0] == 403 or b'"no":"forbidden"' in got[1], got)
        got = late(ben, lambda: ada.ok('DELETE', f'/v1/members/{ben.person}'))
        check(got[0] in (401, None), got)
        check('Late' not in json.dumps(ada.pull()), 'it came in')


def test_an_invitation_is_taken_once():
    with Server() as server:
        server.join('Ada')
        secret = urllib.parse.parse_qs(urllib.parse.urlsplit(server.invite('manager')).query)['invitation'][0]

        def take(i):
            return Client(server).request('POST', '/v1/join', {'invitation': secret, 'name': f'P{i}', 'password': PASSWORD,
                                                               'device': new_id(), 'device_name': 'x'})[0]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            got = list(pool.map(take, range(8)))
        equal(got.count(201), 1, str(got))
        equal(len(server.command('user', 'list').strip().splitlines()), 2)


def test_one_name_is_taken_once():
    """Two people with invitations of their own ask for the same name at the same moment."""
    with Server() as server:
        server.join('Ada')
        secrets = [urllib.parse.parse_qs(urllib.parse.urlsplit(server.invite('member')).query)['invitation'][0]
                   for _ in range(6)]

        def take(pair):
            i, secret = pair
            return Client(server).request('POST', '/v1/join', {
                'invitation': secret, 'name': ('Bob', 'BOB', ' bob ', 'bob', 'Bob', 'bOb')[i], 'password': PASSWORD,
                'device': new_id(), 'device_name': 'x'})[0]
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            got = list(pool.map(take, enumerate(secrets)))
        equal(got.count(201), 1, str(got))
        check(all(status in (201, 400, 409, 429) for status in got), str(got))


def test_quotas_are_not_outrun():
    """Files that are begun at the same time count before they have arrived."""
    with Server('--max-person', '3') as server:
        ada = server.join('Ada')
        datas = [os.urandom(1 << 20) for _ in range(8)]

        def send(data):
            client = Client(server)
            client.token, client.device = ada.token, ada.device
            status, answer = client.request('POST', '/v1/blobs/' + blob_hash(data), {'size': len(data)})
            if status != 200:
                return status
            return client.put(data, answer['offset'], len(data))[0]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            got = list(pool.map(send, datas))
        check(got.count(200) <= 3, str(got))
        check(all(status in (200, 409, 507) for status in got), str(got))
        alive(server)


def test_odd_paths():
    with Server() as server:
        ada = server.join('Ada')
        real = ada.upload(b'hello')
        secret = os.path.join(server.folder, 'accounts.db')
        for path in ('/v1/blobs/../../../../etc/passwd', '/v1/blobs/..%2f..%2faccounts.db', '/v1/blobs/%2e%2e/accounts.db',
                     '/v1/blobs/' + real.upper(), '/v1/blobs/' + real + '/', '/v1/blobs/' + real + '%00', '/v1/blobs//' + real,
                     '/v1/blobs/' + real[:63], '/v1/blobs/' + real + '0', '/v1/blobs/' + secret, '//v1/blobs/' + real,
                     '/v1/blobs/' + 'g' * 64, '/v1/blobs/' + real + ';x', '/v1/blobs/' + 'a' * 5000,
                     '/v1/snapshot/../../x/0', '/v1/devices/..', '/V1/ME'):
            for method in ('GET', 'HEAD', 'POST', 'PUT'):
                body = b'{"size":5}' if method == 'POST' else b'hello' if method == 'PUT' else None
                status = ada.request(method, path, body, raw=True)[0]
                check(status in (400, 404, 405), f'{method} {path}: {status}')
        for target in (b'http://evil/v1/me', b'*', b'v1/me', b'/v1/me#x', b'/v1/me?\x01'):
            got = talk(server, b'GET ' + target + b' HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', seconds=3)
            check(b'200 OK' not in got.split(b'\r\n')[0], f'{target}: {got[:80]}')
        alive(server)


def test_odd_numbers():
    with Server() as server:
        ada = server.join('Ada')
        data = os.urandom(1000)
        name = blob_hash(data)
        for size in ('-1', '1e3', '1.0', '99999999999999999999', '9223372036854775807', 'true', 'null', '"5"', '[]', '{}',
                     '1e400', '-0', '0x10', '4294967297'):
            status, answer = ada.request('POST', '/v1/blobs/' + name, ('{"size":%s}' % size).encode())
            check(status in (400, 413, 507) or (size == '-0' and status == 200), f'{size}: {status} {answer}')
        ada.begin_upload(data)
        for off in ('-1', '1', '1000', '1001', '9223372036854775807', '9223372036854775808', 'x', '', '0x0', '1e2'):
            status = ada.request('PUT', f'/v1/blobs/{name}?off={urllib.parse.quote(off)}', data,
                                 headers={'Baton-Chunk': name})[0]
            check(status in (400, 409, 413), f'off={off}: {status}')
        equal(ada.upload(data), name)
        for query in ('off=-1&len=1', 'off=0&len=-1', 'off=1001&len=1', 'off=9223372036854775807&len=9223372036854775807',
                      'off=x', 'len=x', 'off=0&len=99999999999999999999', 'off=0&off=5&len=1'):
            status = ada.request('GET', f'/v1/blobs/{name}?{query}', raw=True)[0]
            check(status in (200, 400, 404, 416), f'{query}: {status}')
        for query in ('after=-1', 'after=x', 'most=-1', 'most=0', 'most=99999999999', 'after=9223372036854775808'):
            status = ada.request('GET', f'/v1/pull?epoch={ada.epoch}&device={ada.device}&{query}')[0]
            check(status in (200, 400, 409), f'{query}: {status}')
        equal(ada.request('GET', f'/v1/pull?epoch={ada.epoch}&device={ada.device}&after=9223372036854775807')[1]['error'],
              'ahead')
        for before in ('-5', '0', '9223372036854775807', 'x'):
            status = ada.request('GET', f'/v1/history?epoch={ada.epoch}&before={before}&most=5')[0]
            check(status in (200, 400), f'before={before}: {status}')
        alive(server)


def test_what_only_half_arrived_is_nobodys():
    """A file that is still on its way cannot be read, nor spoiled for good by somebody else who knows its name."""
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')
        data = os.urandom(200000)
        name = blob_hash(data)
        ada.begin_upload(data)
        equal(ada.put(data, 0, 100000)[0], 200)
        equal(bob.request('GET', f'/v1/blobs/{name}?off=0&len=1000', raw=True)[0], 404)
        equal(bob.request('HEAD', f'/v1/blobs/{name}', raw=True)[0], 404)
        # Bob goes on with rubbish of the same length, and with another length.
        status, answer = bob.request('POST', f'/v1/blobs/{name}', {'size': len(data)})
        check(status in (200, 409), f'{status} {answer}')
        rubbish = os.urandom(100000)
        bob.request('PUT', f'/v1/blobs/{name}?off=100000', rubbish, headers={'Baton-Chunk': blob_hash(rubbish)})
        bob.request('POST', f'/v1/blobs/{name}', {'size': 5})
        equal(bob.request('GET', f'/v1/blobs/{name}?off=0&len=10', raw=True)[0], 404)
        for _ in range(3):
            answer = ada.begin_upload(data)
            while not answer['done']:
                status, answer = ada.put(data, answer['offset'], 100000)
                if status != 200:
                    break
            if answer.get('done'):
                break
        check(answer.get('done'), str(answer))
        got = bob.request('GET', f'/v1/blobs/{name}?off=0&len={len(data)}', raw=True)[1]
        check(got == data, 'another file')


def test_names_do_not_steer():
    """Names are shown in terminals and in the log: nothing in them moves a cursor or begins a line."""
    with Server() as server:
        server.join('Ada')
        for name in ('Eve\nowner', 'Eve\x1b[2J', 'Eve\x00', '\u202eevE', '', ' ', '\u200b', 'x' * 5000, 'Eve\r', '\x9b31mEve'):
            secret = urllib.parse.parse_qs(urllib.parse.urlsplit(server.invite('viewer')).query)['invitation'][0]
            status, _ = Client(server).request('POST', '/v1/join', {'invitation': secret, 'name': name, 'password': PASSWORD,
                                                                    'device': new_id(), 'device_name': 'a\x1b[2Jb\nc\x9b2J'})
            check(status in (201, 400), f'{name!r}: {status}')
        equal([line.split()[0] for line in server.command('user', 'list').splitlines()].count('owner'), 1)
        for words in (('user', 'list'), ('log',), ('status',)):
            said = server.command(*words)
            check(not any(ord(char) < 32 and char not in '\n\t' or 0x7f <= ord(char) < 0xa0 for char in said),
                  f'{words}: {said!r}')


def test_requests_that_two_would_read_differently():
    """A proxy in front must see the same requests as we do: whatever it might read otherwise is answered once and closed.
    (libsoup forgets to free the path of such.)"""
    with Server(**NO_LEAKS) as server:
        inner = b'GET /health HTTP/1.1\r\nHost: x\r\n\r\n'
        for head in (b'Transfer-Encoding: chunked\r\nContent-Length: 5', b'Transfer-Encoding : chunked',
                     b'Transfer-Encoding:\tchunked', b'Transfer-Encoding: xchunked', b'Transfer-Encoding: identity, chunked',
                     b'Content-Length: +5', b'Content-Length: 5, 5', b'Content-Length: 5\r\nContent-Length: 5',
                     b'Content-Length: 0x5', b'Content-Length: -1', b'Content-Length: 5 5', b'Content-Length: 18446744073709551621',
                     b'Content-Length : 5'):
            got = talk(server, b'POST /v1/hello HTTP/1.1\r\nHost: x\r\n' + head + b'\r\n\r\n0\r\n\r\n' + inner, seconds=2)
            check(b'"ok"' not in got and got.count(b'HTTP/1.1 200') == 0, f'{head}: {got[:300]}')
        chunk = b'5;' + b'x' * (1 << 20) + b'\r\nhello\r\n0\r\n\r\n'
        before = server.resident()
        got = talk(server, b'POST /v1/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk, seconds=3)
        check(status_of(got) == 411, got[:80])
        check(server.resident() - before < 30, 'memory')
        got = talk(server, b'GET /health HTTP/1.1\r\nHost: x\r\n' + b''.join(b'X-%d: y\r\n' % i for i in range(20000)) + b'\r\n',
                   seconds=5)
        check(status_of(got) in (None, 400, 413, 431), got[:80])
        alive(server)


def test_presence_carries_nothing_else():
    """What a client says of where it is reaches everybody: ids and nothing more, and a viewer may look."""
    with Server() as server:
        ada, eve = server.join('Ada'), server.join('Eve', 'viewer')
        watch, live = ada.live(), eve.live()
        watch.message('head')
        for board in ('x' * 20000, '<script>', 5, None, [], {'a': 1}, new_id() + '"'):
            live.send({'t': 'at', 'board': board, 'card': board})
        card = new_id()
        live.send({'t': 'at', 'board': new_id(), 'card': card, 'extra': 'x' * 1000})
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            text = json.dumps(watch.message('presence'))
            check('xxx' not in text and 'script' not in text and len(text) < 2000, text[:300])
            if card in text:
                break
        check(card in text, 'it was never told')
        # Nothing is done by talking.
        for text in ({'t': 'push', 'ops': []}, {'t': 'tail', 'entries': []}, {'t': 'role', 'role': 'owner'}, {'t': 5}, {}):
            live.send(text)
        live.send({'t': 'ping'})
        live.message('pong')
        equal(eve.ok('GET', '/v1/me')['role'], 'viewer')
        watch.close()
        live.close()


def test_an_operation_of_somebody_else():
    """Said again by another account, under its own device, or in the name of somebody else."""
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')
        op = ada.op('board.add', rows=[ada.row('board', name='Mine')])
        check('seq' in ada.push(op)['receipts'][0])
        status, answer = bob.request('POST', '/v1/push', {'device': ada.device, 'epoch': bob.epoch, 'wall': now(),
                                                          'ops': [{'op': op}]})
        check(status in (400, 403), f'{status} {answer}')
        # The envelope's device and the operation's must be the same.
        stolen = {**op, 'n': bob.number + 1}
        status, answer = bob.request('POST', '/v1/push', bob.push_body([stolen]))
        check(status in (400, 403) or answer['receipts'][0].get('no') in ('forbidden', 'invalid'), f'{status} {answer}')
        forged = bob.op('card.set', ids=[new_id()], person=ada.person)
        status, answer = bob.request('POST', '/v1/push', bob.push_body([forged]))
        check(status in (400, 403) or 'no' in answer['receipts'][0], f'{status} {answer}')
        equal(len([entry for entry in ada.pull()['entries'] if entry['op']['verb'] == 'board.add']), 1)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
