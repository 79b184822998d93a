# SPDX-License-Identifier: GPL-3.0-or-later
"""Files up and down: resumed, cut, spoiled, over quota; and small operations that a large file does not hold up."""
import os
import threading
import time

from servertest import MEMORY, Client, Server, blob_hash, check, equal, main, talk

MIB = 1 << 20


def stored(server, hash):
    return os.path.join(server.folder, 'blobs', hash[:2], hash)


def test_up_and_down():
    with Server() as server:
        ada = server.join('Ada')
        for size in (0, 1, 255, MIB, 8 * MIB, 8 * MIB + 1, 20 * MIB):
            data = os.urandom(size)
            hash = ada.upload(data) if size else None
            if not size:
                equal(ada.begin_upload(data), {'offset': 0, 'done': False})
                status, answer = ada.put(data, 0, 0)
                equal((status, answer), (200, {'offset': 0, 'done': True}), 'nothing at all')
                hash = blob_hash(data)
            with open(stored(server, hash), 'rb') as file:
                check(file.read() == data, f'{size} bytes')
            got = b''
            while len(got) < size or not size:
                status, part, headers = ada.request('GET', f'/v1/blobs/{hash}?off={len(got)}&len={3 * MIB}', raw=True)
                equal((status, headers['Baton-Size'], headers['Baton-Chunk']), (200, str(size), blob_hash(part)))
                got += part
                if not size:
                    break
            check(got == data, f'{size} bytes came back as {len(got)}')
            equal(ada.begin_upload(data), {'offset': size, 'done': True})
            equal(ada.request('HEAD', '/v1/blobs/' + hash, raw=True)[2]['Baton-Size'], str(size))
        equal(ada.request('GET', f'/v1/blobs/{hash}?off={21 * MIB}')[0], 400)
        equal(ada.request('GET', f'/v1/blobs/{hash}?off=-1')[0], 400)
        equal(ada.request('GET', f'/v1/blobs/{"0" * 64}')[0], 404)
        known = ada.ok('POST', '/v1/blobs/missing', {'hashes': [hash, '0' * 64]})
        equal(known, {'missing': ['0' * 64]})
        equal(ada.request('POST', '/v1/blobs/missing', {'hashes': ['0' * 64] * 1001})[0], 400)
        equal(ada.request('POST', '/v1/blobs/missing', {'hashes': ['../x']})[0], 400)


def test_spoiled_chunks():
    with Server() as server:
        ada = server.join('Ada')
        data = os.urandom(3 * MIB)
        hash = blob_hash(data)
        status, answer = ada.put(data, 0, MIB)
        equal((status, answer['error']), (503, 'busy'), 'not begun')
        ada.begin_upload(data)
        equal(ada.put(data, 0, MIB)[1], {'done': False, 'offset': MIB})
        status, answer = ada.put(data, MIB, MIB, blob_hash(b'something else'))
        equal((status, answer['error'], answer['offset']), (400, 'chunk', MIB))
        status, answer = ada.put(data, 2 * MIB, MIB)
        equal((status, answer['error'], answer['offset']), (409, 'offset', MIB))
        status, answer = ada.request('PUT', f'/v1/blobs/{hash}?off={MIB}', data[MIB:2 * MIB])
        equal((status, answer['error']), (400, 'bad-request'), 'no hash')
        got = talk(server, (f'PUT /v1/blobs/{hash}?off={MIB} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ada.token}\r\n'
                            f'Baton-Chunk: {hash}\r\nContent-Length: {9 * MIB}\r\n\r\n').encode())
        check(b' 413 ' in got and b'"too-large"' in got, str(got))
        status, answer = ada.request('PUT', f'/v1/blobs/{hash}?off={MIB}', b'x' * (3 * MIB),
                                     headers={'Baton-Chunk': blob_hash(b'x' * (3 * MIB))})
        equal((status, answer['error']), (400, 'bad-request'), 'more than was announced')
        while not (answer := ada.begin_upload(data))['done']:
            equal(ada.put(data, answer['offset'], MIB)[0], 200)
        check(os.path.exists(stored(server, hash)))


def test_a_file_that_is_another():
    with Server() as server:
        ada = server.join('Ada')
        said, sent = os.urandom(2 * MIB), os.urandom(2 * MIB)
        ada.begin_upload(said)
        path = f'/v1/blobs/{blob_hash(said)}?off='
        equal(ada.request('PUT', path + '0', sent[:MIB], headers={'Baton-Chunk': blob_hash(sent[:MIB])})[0], 200)
        status, answer = ada.request('PUT', path + str(MIB), sent[MIB:], headers={'Baton-Chunk': blob_hash(sent[MIB:])})
        equal((status, answer['error']), (400, 'hash'))
        check(not os.path.exists(stored(server, blob_hash(said))))
        equal(ada.begin_upload(said), {'offset': 0, 'done': False})
        ada.upload(said)


def send_part(client, data, offset, length, sent):
    """Announces a chunk, sends the first bytes of it, and cuts the line."""
    chunk = data[offset:offset + length]
    with client.raw() as sock:
        sock.sendall((f'PUT /v1/blobs/{blob_hash(data)}?off={offset} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer '
                      f'{client.token}\r\nBaton-Chunk: {blob_hash(chunk)}\r\nContent-Length: {length}\r\n\r\n').encode())
        sock.sendall(chunk[:sent])


def offset_of(client, data):
    for _ in range(50):
        status, answer = client.request('POST', '/v1/blobs/' + blob_hash(data), {'size': len(data)})
        if status == 200:
            return answer['offset']
        equal((status, answer['error']), (503, 'busy'))
        time.sleep(0.1)
    raise AssertionError('it stays busy')


def test_a_line_that_is_cut():
    """What has arrived is kept, also over a restart; at most a chunk is sent twice."""
    with Server() as server:
        ada = server.join('Ada')
        data = os.urandom(30 * MIB)
        ada.begin_upload(data)
        sent = at = 0
        for i in range(6):
            ask = 5 * MIB
            send_part(ada, data, at, min(ask, len(data) - at), 3 * MIB)
            sent += 3 * MIB
            before, at = at, offset_of(ada, data)
            check(before <= at <= before + 3 * MIB, f'{before} → {at}')
            if i % 2:
                server.kill()
                server.start()
                equal(offset_of(ada, data), at, 'after a restart')
        while at < len(data):
            status, answer = ada.put(data, at, 8 * MIB)
            equal(status, 200)
            sent += answer['offset'] - at
            at = answer['offset']
        check(answer['done'] and sent <= len(data) + 8 * MIB, f'{sent} sent for {len(data)}')
        with open(stored(server, blob_hash(data)), 'rb') as file:
            check(file.read() == data)


def test_quotas():
    with Server('--max-file', '4', '--max-person', '6', '--max-workspace', '9') as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')

        def refused(client, size):
            status, answer = client.request('POST', '/v1/blobs/' + blob_hash(os.urandom(9)), {'size': size})
            equal((status, answer['error']), (507, 'quota'), str(answer))
            return answer['message']
        check('larger' in refused(ada, 4 * MIB + 1))
        ada.upload(os.urandom(4 * MIB))
        check('one person' in refused(ada, 3 * MIB))
        bob.upload(os.urandom(4 * MIB))
        check('used up' in refused(bob, 2 * MIB))
        server.stop()
        server.start()
        check('one person' in refused(ada, 3 * MIB))


def test_what_was_begun_counts():
    """Also after a restart, until it arrives or nobody goes on with it for a week: then it goes."""
    with Server('--max-person', '6', '--max-workspace', '9') as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')
        data, other = os.urandom(5 * MIB), os.urandom(3 * MIB)
        ada.begin_upload(data)
        equal(ada.put(data, 0, MIB)[0], 200)

        def begin(client, data):
            return client.request('POST', '/v1/blobs/' + blob_hash(data), {'size': len(data)})[0]
        equal(begin(ada, other), 507)
        for how in (server.stop, server.kill):
            how()
            server.start()
            equal((begin(ada, other), begin(bob, os.urandom(5 * MIB))), (507, 507), 'five of six, five of nine')
            equal(ada.begin_upload(data)['offset'], MIB, 'and it goes on')
        ada.upload(data)
        equal((begin(ada, other), begin(bob, other)), (507, 200), 'what has arrived counts once')
        bob.upload(other)
        # Nobody went on with it for a week.
        with Server('--max-person', '6') as old:
            carl = old.join('Carl')
            carl.begin_upload(data)
            carl.put(data, 0, MIB)
            equal(begin(carl, other), 507)
            old.stop()
            incoming = os.path.join(old.folder, 'blobs', 'incoming')
            parts = os.listdir(incoming)
            equal(len(parts), 1)
            week_ago = time.time() - 8 * 86400
            os.utime(os.path.join(incoming, parts[0]), (week_ago, week_ago))
            old.start()
            equal((begin(carl, other), len(os.listdir(incoming))), (200, 1))


def test_memory_and_small_operations():
    """Several large files at once cost a few MB, and moves go on beside them."""
    with Server() as server:
        ada = server.join('Ada')
        _, stages = ada.make_board()
        files = [os.urandom(64 * MIB) for _ in range(3)]
        helpers = [Client(server) for _ in files]
        for helper in helpers:
            helper.token = ada.token
        threads = [threading.Thread(target=helper.upload, args=(data,)) for helper, data in zip(helpers, files)]
        for thread in threads:
            thread.start()
        took = []
        while any(thread.is_alive() for thread in threads):
            begin = time.monotonic()
            ada.make_card(stages[0])
            took.append(time.monotonic() - begin)
        took.sort()
        check(took[len(took) // 2] < 0.5 and server.resident() < 60 * MEMORY,
              f'median {took[len(took) // 2]} s of {len(took)}; {server.resident()} MB')
        for data in files:
            check(os.path.getsize(stored(server, blob_hash(data))) == len(data))


def test_who_comes_back_takes_over():
    """A line that hangs is given up when the same device begins again."""
    with Server() as server:
        ada = server.join('Ada')
        data = os.urandom(2 * MIB)
        ada.begin_upload(data)
        hanging = ada.raw()
        hanging.sendall((f'PUT /v1/blobs/{blob_hash(data)}?off=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ada.token}\r\n'
                         f'Baton-Chunk: {blob_hash(data)}\r\nContent-Length: {len(data)}\r\nExpect: 100-continue\r\n\r\n')
                        .encode())
        check(hanging.recv(100).startswith(b'HTTP/1.1 100 '), 'Expect')
        hanging.sendall(data[:1000])
        begin = time.monotonic()
        equal(offset_of(ada, data), 1000)
        check(time.monotonic() - begin < 3)
        ada.upload(data)
        hanging.close()


main([test_up_and_down, test_spoiled_chunks, test_a_file_that_is_another, test_a_line_that_is_cut, test_quotas, test_what_was_begun_counts,
      test_memory_and_small_operations, test_who_comes_back_takes_over])
