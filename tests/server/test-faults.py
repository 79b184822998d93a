# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad days of real servers: killed under load, the power gone, the disk full. BATON_TEST_SOAK=1 has many more of them."""
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from servertest import MEMORY, Client, Server, Skip, blob_hash, check, equal, main

# A full disk is a small file system of our own, which no other process sees.
if 'BATON_TEST_MOUNTS' not in os.environ and shutil.which('unshare'):
    os.environ['BATON_TEST_MOUNTS'] = '1'
    how = ['unshare', '--mount'] if os.geteuid() == 0 else ['unshare', '--mount', '--map-root-user']
    if subprocess.run([*how, 'true'], capture_output=True, check=False).returncode == 0:
        os.execvp('unshare', [*how, sys.executable, *sys.argv])

SOAK = bool(os.environ.get('BATON_TEST_SOAK'))
SEED = int(os.environ.get('BATON_TEST_SEED') or random.randrange(1 << 30))


class Mover(threading.Thread):
    """Moves its card for ever, as a client does: what was not answered is sent again under the same number."""

    def __init__(self, client, stages):
        super().__init__(daemon=True)
        self.client, self.stages, self.stop, self.failure = client, stages, False, None
        self.card, self.at = client.make_card(stages[0]), 0
        self.accepted = {}  # number → sequence, as answered

    def run(self):
        try:
            while not self.stop:
                op = self.client.move(self.card, self.stages[self.at], self.stages[1 - self.at])
                receipt = self.until_answered(op)
                if receipt is None:
                    return
                check('seq' in receipt and receipt['n'] == op['n'], f'{receipt}')
                self.accepted[op['n']] = receipt['seq']
                self.at = 1 - self.at
        except Exception as failure:
            self.failure = failure

    def until_answered(self, op):
        body = self.client.push_body([op])
        while not self.stop:
            try:
                status, answer = self.client.request('POST', '/v1/push', body)
            except (OSError, http.client.HTTPException, ValueError):
                self.client.connection = None
                time.sleep(0.01)
                continue
            if status == 200:
                return answer['receipts'][0]
            check(status in (503, 507), f'{status} {answer}')
            time.sleep(0.05)
        return None


def check_log(server, movers, client):
    """All that was answered as accepted is in the log, at its place, once; and the folder is in order."""
    seen, after = {}, 0
    while True:
        entries = client.pull(after)['entries']
        for entry in entries:
            equal(entry['seq'], after + 1, 'a gap')
            after = entry['seq']
            key = (entry['op']['dev'], entry['op']['n'])
            check(key not in seen, f'{key} twice')
            seen[key] = entry['seq']
        if not entries:
            break
    for mover in movers:
        check(mover.failure is None, str(mover.failure))
        for number, seq in mover.accepted.items():
            equal(seen.get((mover.client.device, number)), seq, f'lost: {mover.client.name} {number}')
    found = server.command_json('verify')
    check(found['ok'], str(found))
    return len(seen)


def begin(server, n=3):
    ada = server.join('Ada')
    _, stages = ada.make_board()
    clients = [ada] + [server.join(f'Member {i}', 'member') for i in range(n - 1)]
    return [Mover(client, stages[:2]) for client in clients]


def finish(movers):
    for mover in movers:
        mover.stop = True
    for mover in movers:
        mover.join(20)


def test_killed_under_load():
    """kill -9 again and again while three clients move cards and a file goes up."""
    chance = random.Random(SEED)
    print(f'# seed {SEED}')
    with Server() as server:
        movers = begin(server)
        data = os.urandom(12 << 20)
        uploader = Client(server)
        uploader.token = movers[0].client.token
        for mover in movers:
            mover.start()
        for _ in range(300 if SOAK else 25):
            time.sleep(chance.random() * 0.15)
            try:
                offset = uploader.begin_upload(data)['offset']
                if offset < len(data):
                    uploader.put(data, offset, 1 << 18)
            except Exception as problem:
                check(not isinstance(problem, AssertionError), str(problem))
                uploader.connection = None
            server.kill()
            server.start()
        time.sleep(0.5)
        finish(movers)
        total = check_log(server, movers, Client(server).sign_in('Ada'))
        print(f'# {total} operations')
        check(sum(len(mover.accepted) for mover in movers) > 50)
        uploader.upload(data)
        with open(os.path.join(server.folder, 'blobs', blob_hash(data)[:2], blob_hash(data)), 'rb') as file:
            check(file.read() == data)


def copy_files(source, target):
    """What a disk has when the power goes: each file as it is at some moment. The log ahead of the database is copied
    after it, as it would be written."""
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target, 0o700)
    for name in ('accounts.db', 'accounts.db-wal', 'workspace.db', 'workspace.db-wal'):
        if os.path.exists(os.path.join(source, name)):
            shutil.copyfile(os.path.join(source, name), os.path.join(target, name))


def test_power_cut():
    """Copies of the files at random moments, opened elsewhere: all that had been answered by then is there."""
    chance = random.Random(SEED)
    with Server() as server:
        movers = begin(server)
        for mover in movers:
            mover.start()
        place = tempfile.mkdtemp(prefix='baton-cut-')
        try:
            for _ in range(40 if SOAK else 6):
                time.sleep(0.1 + chance.random() * 0.2)
                before = [dict(mover.accepted) for mover in movers]
                copy_files(server.folder, place)
                with Server('--backup-minutes', '0', folder=place) as other:
                    client = Client(other)
                    client.token = movers[0].client.token
                    client.hello()
                    log = set()
                    while entries := client.pull(len(log))['entries']:
                        log.update((entry['op']['dev'], entry['op']['n']) for entry in entries)
                    for mover, accepted in zip(movers, before):
                        missing = [number for number in accepted if (mover.client.device, number) not in log]
                        equal(missing, [], 'answered, but not on the disk')
                    check(other.command_json('verify')['ok'])
        finally:
            shutil.rmtree(place, ignore_errors=True)
        finish(movers)
        check_log(server, movers, movers[0].client)


def test_full_disk():
    """Nothing is lost, reading goes on, it is said in words, and it ends when there is room."""
    place = tempfile.mkdtemp(prefix='baton-full-')
    if subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', place], capture_output=True,
                      check=False).returncode:
        os.rmdir(place)
        raise Skip('mounting is not permitted')
    try:
        with Server('--backup-minutes', '0', folder=os.path.join(place, 'data')) as server:
            server.may_warn = True
            ada = server.join('Ada')
            _, stages = ada.make_board()
            card = ada.make_card(stages[0])
            filler = os.path.join(place, 'filler')
            with open(filler, 'wb', buffering=0) as file:
                try:
                    while True:
                        file.write(b'x' * 4096)
                except OSError:
                    pass
            answers, i = set(), 0
            op = ada.op('card.set', ids=[card], set={'brief': 'x' * 100000})
            while 'full' not in answers and (i := i + 1) < 200:
                status, answer = ada.request('POST', '/v1/push', ada.push_body([op]))
                answers.add(answer.get('error', 'taken'))
                if status == 200:
                    op = ada.op('card.set', ids=[card], set={'brief': f'{i}' * 50000})
            check('full' in answers and status == 507 and 'disk is full' in answer['message'], f'{answers}')
            equal(ada.request('GET', '/health')[0], 503)
            status, answer = ada.request('POST', '/v1/blobs/' + blob_hash(b'x' * 500000), {'size': 500000})
            equal((status, answer['error']), (507, 'full'))
            check(ada.pull()['entries'], 'reading goes on')
            os.remove(filler)
            subprocess.run(['mount', '-o', 'remount,size=64m', place], check=True)
            equal(ada.push(op)['receipts'][0]['n'], op['n'], 'the same number, when there is room again')
            equal(ada.request('GET', '/health')[0], 200)
            ada.upload(b'x' * 500000)
            check(server.command_json('verify')['ok'])
    finally:
        subprocess.run(['umount', '-l', place], check=False)
        os.rmdir(place)


def damage(path, at, length):
    """Other bytes in the place of these."""
    with open(path, 'r+b') as file:
        file.seek(at)
        old = file.read(length)
        file.seek(at)
        file.write(bytes(byte ^ 0x5a for byte in old))


def whole(client):
    """The log, or None where it cannot be read."""
    log = []
    while True:
        try:
            status, answer = client.request('GET',
                                            f'/v1/pull?epoch={client.epoch}&device={client.device}&after={len(log)}&most=500')
        except ValueError:
            return None
        if status != 200:
            check(status in (500, 503) and answer['message'], f'{status} {answer}')
            return None
        if not answer['entries']:
            return log if len(log) == answer['head'] else None
        log += answer['entries']


def test_a_damaged_page():
    """A page of the database is spoiled: it is found and told, nothing wrong is handed out, and a backup with what the
    client still has brings everything back."""
    chance = random.Random(SEED)
    print(f'# seed {SEED}')
    with Server('--backup-minutes', '0') as server:
        server.may_warn = True
        ada = server.join('Ada')
        _, stages = ada.make_board()
        for i in range(0, 400, 100):
            receipts = ada.push(*(ada.op('card.add', rows=[ada.row('card', stage=stages[0], title=f'Card {i + j}', brief='x' * 300)])
                                  for j in range(100)))['receipts']
            check(all('seq' in receipt for receipt in receipts))
        server.command('backup')
        late = [ada.op('card.add', rows=[ada.row('card', stage=stages[0], title=f'Late {j}')]) for j in range(20)]
        check(all('seq' in receipt for receipt in ada.push(*late)['receipts']))
        right = whole(ada)
        server.stop()
        database = os.path.join(server.folder, 'workspace.db')
        sound = database + '.sound'
        shutil.copyfile(database, sound)
        pages = os.path.getsize(database) // 4096
        found = handed = refused = 0
        for _ in range(60 if SOAK else 8):
            shutil.copyfile(sound, database)
            page = chance.randrange(pages)
            damage(database, page * 4096 + chance.randrange(3000), 1000)
            told = server.command_any('verify')
            found += told != 0
            try:
                server.start()
            except Exception as why:
                check('damaged' in str(why) or 'database' in str(why), str(why))
                server.process.wait(20)
                server.process = None
                refused += 1
                continue
            log = whole(ada)
            check(log is None or log == right or told != 0, f'page {page}: another log is handed out, and verify is content')
            handed += log == right
            server.kill()
        print(f'# {found} found by verify, {refused} not opened, the whole log could be read {handed} times')
        check(found > 0)
        # A backup, and the client that offers again what it had pushed since.
        server.command('restore')
        server.start()
        said = ada.hello()
        equal(said['last'], late[0]['n'] - 1, 'what the backup has')
        ada.epoch = said['epoch']
        check(all('seq' in receipt for receipt in ada.push(*late)['receipts']))
        equal([entry['op'] for entry in whole(ada)], [entry['op'] for entry in right])
        check(server.command_json('verify')['ok'])


def test_a_damaged_word():
    """One letter of one operation is another, and the page is as good as ever: it is not handed out, verify finds it, and
    who asks is told in words."""
    with Server('--backup-minutes', '0') as server:
        server.may_warn = True
        ada = server.join('Ada')
        _, stages = ada.make_board()
        ops = [ada.op('card.add', rows=[ada.row('card', stage=stages[0], title=f'Card {i}', brief=f'Marked {i:04} ' + 'x' * 200)])
               for i in range(200)]
        check(all('seq' in receipt for receipt in ada.push(*ops)['receipts']))
        right = whole(ada)
        place = next(entry['seq'] for entry in right if 'Marked 0120' in json.dumps(entry))
        server.stop()
        database = os.path.join(server.folder, 'workspace.db')
        with open(database, 'rb') as file:
            data = file.read()
        check(b'Marked 0120' in data)
        with open(database, 'wb') as file:
            file.write(data.replace(b'Marked 0120', b'Marked 0121'))
        check(server.command_any('verify') != 0, 'verify is content')
        server.start()

        def pull(after):
            return ada.request('GET', f'/v1/pull?epoch={ada.epoch}&device={ada.device}&after={after}&most=1000')
        status, answer = pull(0)
        equal((status, answer['entries']), (200, right[:place - 1]), 'what lies before it')
        status, answer = pull(place - 1)
        equal((status, answer['error']), (500, 'failed'))
        check(str(place) in answer['message'] and 'damaged' in answer['message'], answer['message'])
        equal(pull(place)[1]['entries'], right[place:], 'what lies behind it')
        status, answer = ada.request('GET', f'/v1/history?epoch={ada.epoch}&before={place + 1}&most=10')
        equal((status, answer['error']), (500, 'failed'))
        # Work goes on being accepted, and receipts are given.
        more = ada.op('card.add', rows=[ada.row('card', stage=stages[0], title='Later')])
        check('seq' in ada.push(more)['receipts'][0])


def test_a_damaged_blob():
    """A file that is spoiled on the server's disk is found, asked for again, and whole again."""
    with Server('--backup-minutes', '0') as server:
        server.may_warn = True
        ada = server.join('Ada')
        _, stages = ada.make_board()
        card, asset = ada.make_card(stages[0]), ada.row('asset', name='Hero')
        data = os.urandom(3 << 20)
        hash = ada.upload(data)
        asset['set']['card'] = card
        version = ada.row('version', asset=asset['id'], author=ada.person, file='hero.bin', blob=hash, size=len(data))
        check('seq' in ada.do('asset.add', rows=[asset]) and 'seq' in ada.do('version.add', rows=[version]))
        check(server.command_json('verify')['ok'])
        damage(os.path.join(server.folder, 'blobs', hash[:2], hash), 1 << 20, 16)
        told = server.command_any('verify', '--deep')
        check(told != 0, 'verify does not see it')
        equal(ada.ok('POST', '/v1/blobs/missing', {'hashes': [hash]}), {'missing': [hash]})
        equal(ada.upload(data), hash)
        check(server.command_json('verify', '--deep')['ok'])
        got = b''
        while len(got) < len(data):
            got += ada.request('GET', f'/v1/blobs/{hash}?off={len(got)}&len={1 << 20}', raw=True)[1]
        check(got == data)


def test_clock_a_day_off():
    """A client whose clock is wrong is corrected by what it says its clock is now."""
    with Server() as server:
        ada = server.join('Ada')
        _, stages = ada.make_board()
        op = ada.op('card.add', rows=[ada.row('card', stage=stages[0], title='Tomorrow')])
        op['at'] += 86400 * 10**6
        body = ada.push_body([op])
        body['wall'] += 86400 * 10**6
        del body['ops'][0]['age']
        ada.ok('POST', '/v1/push', body)
        entry = ada.pull()['entries'][-1]
        check(abs(entry['at'] - entry['received']) < 60 * 10**6 and entry['q'] in ('corrected', 'clamped'), str(entry))


def test_a_crowd_comes_back():
    """1,000 clients that connect in the same moment are all served."""
    with Server() as server:
        ada = server.join('Ada')
        lives = [ada.live() for _ in range(1000)]
        for live in lives:
            equal(live.message()['t'], 'head')
        server.kill()
        server.start()
        begin = time.monotonic()
        again = [ada.live() for _ in range(1000)]
        for live in again:
            equal(live.message()['t'], 'head')
        check(time.monotonic() - begin < 30)
        check(server.resident() < 250 * MEMORY, f'{server.resident()} MB')
        for live in lives + again:
            live.close()


main([test_killed_under_load, test_power_cut, test_full_disk, test_a_damaged_page, test_a_damaged_word, test_a_damaged_blob, test_clock_a_day_off, test_a_crowd_comes_back])
