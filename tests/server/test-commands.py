# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator does, while the server runs and while it does not: and going back to a backup."""
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading

from servertest import SERVER, Client, Server, blob_hash, check, equal, main


def test_invite_and_people():
    with Server() as server:
        for running in (True, False):
            made = server.command_json('invite', '--role', 'reviewer')
            check(made['invitation'].startswith('baton://join?server=') and made['role'] == 'reviewer', str(made))
            check(made['web'].startswith(server.url + '/join#'), str(made))
            check('baton://join' in server.command('invite', '--role', 'viewer'))
            server.command('invite', '--role', 'king', status=1)
            if running:
                ada = server.join('Ada')
                bob = server.join('Bob', 'member')
            listed = server.command_json('user', 'list')['members']
            equal([(member['name'], member['role']) for member in listed],
                  [('Ada', 'owner'), ('Bob', 'member' if running else 'manager')])
            server.command('role', 'Bob', 'manager')
            server.command('role', 'Nobody', 'manager', status=3)
            equal(len(server.command_json('user', 'devices', 'Ada')['devices']), 1)
            status = server.command_json('status')
            equal((status['running'], status['head'], status['members']), (running, 2, 2))
            if running:
                server.stop()
        server.command('user', 'remove', 'Bob')
        equal(server.command_json('revoke', 'Ada')['revoked'], 1)
        server.start()
        equal([ada.request('GET', '/v1/me')[0], bob.request('GET', '/v1/me')[0]], [401, 401])
        said = [line['what'] for line in server.command_json('log')['lines']]
        for what in ('start', 'invite', 'join', 'sign-in', 'role', 'remove', 'revoke'):
            check(what in said, f'{what} is not in {said}')
        check('console' in server.command('log', '-n', '5'))
        check(server.command_json('verify')['ok'])


def test_wrong_words():
    with Server() as server:
        server.command('user', 'remove', status=2)
        server.command('role', 'Ada', status=2)
        server.command('revoke', status=2)
        server.command('invite', '--frobnicate', status=2)
        for words in ((), ('frobnicate',), ('--data',), ('invite',)):
            done = subprocess.run([SERVER, *words], capture_output=True, text=True, check=False, timeout=20)
            check(done.returncode == 2 and done.stderr and not done.stdout.startswith('{'), f'{words}: {done}')
        nowhere = tempfile.mkdtemp()
        done = subprocess.run([SERVER, 'status', '--data', nowhere], capture_output=True, text=True, check=False)
        equal((done.returncode, os.listdir(nowhere)), (3, []), done.stderr)
        os.rmdir(nowhere)


def test_each_command_says_what_it_takes():
    """--help names its arguments and only what it knows; anything else is refused with status 2 and a sentence."""
    with Server() as server:
        for name, known, unknown in (('invite', '--role', '--deep'), ('user', 'password NAME', '--role'),
                                     ('role', 'NAME ROLE', '--role='), ('revoke', '[DEVICE]', '--lines'),
                                     ('backup', 'check it', '--deep'), ('restore', '[BACKUP]', '--deep'),
                                     ('verify', '--deep', '--role'), ('status', '--json', '--role'), ('log', '--lines', '--deep')):
            said = server.command(name, '--help')
            check(known in said and unknown not in said, said)
            check('what to do with' in server.command(name, 'a', 'b', 'c', status=2), name)
        server.command('status', '--role', 'owner', status=2)
        server.command('log', '-n', 'x', status=2)
        check('running' in server.command_json('status'))


def test_one_server_a_folder():
    with Server() as server:
        done = subprocess.run([SERVER, '--data', server.folder, '--listen', '127.0.0.1:0'], capture_output=True, text=True,
                              check=False, timeout=20)
        check(done.returncode == 1 and 'open in another program' in done.stderr, str(done))
        server.command('restore', status=3)  # there is no backup yet
        server.command('backup')
        check('open in another program' in server.command('restore', status=1))


def refused(*words, **more):
    done = subprocess.run([SERVER, *words], capture_output=True, text=True, check=False, timeout=20, **more)
    equal(done.returncode, 1, f'{words}: {done.stdout} {done.stderr}')
    return done.stderr


def test_where_it_cannot_begin():
    """A port that is taken or not allowed, a name without an address, a folder that cannot be written: what is the
    matter, and what to do."""
    base = tempfile.mkdtemp(prefix='baton-server-')
    try:
        folder = os.path.join(base, 'data')
        with socket.create_server(('127.0.0.1', 0)) as taken:
            port = taken.getsockname()[1]
            said = refused('--data', folder, '--listen', f'127.0.0.1:{port}')
            check('Another program listens' in said and str(port) in said and '--listen' in said, said)
        said = refused('--data', folder, '--insecure-lan', '--listen', 'no-such-name.invalid:8470')
        check('no-such-name.invalid' in said and 'cannot listen' in said, said)
        nobody = {'user': 65534} if os.geteuid() == 0 else {}
        with open('/proc/sys/net/ipv4/ip_unprivileged_port_start', encoding='ascii') as first:
            low = int(first.read()) - 1
        os.chmod(base, 0o777)
        if low > 0:
            said = refused('--data', os.path.join(base, 'other'), '--listen', f'127.0.0.1:{low}', **nobody)
            check('may not listen' in said and '1023' in said, said)
        locked = os.path.join(base, 'locked')
        os.mkdir(locked, 0o555)
        said = refused('--data', locked, '--listen', '127.0.0.1:0', **nobody)
        check('cannot be written' in said and locked in said and 'damaged' not in said, said)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def test_the_socket_is_for_its_owner():
    with Server() as server:
        path = os.path.join(server.folder, 'admin.sock')
        equal(os.stat(path).st_mode & 0o777, 0o600)
        equal(os.stat(server.folder).st_mode & 0o077, 0)
        for junk in (b'\n', b'[]\n', b'{"do":"frobnicate"}\n', b'{"do":7}\n', b'{"do":"invite","role":null}\n',
                     b'{"do":"password","name":"Ada"}\n', b'x' * 200000 + b'\n'):
            with socket.socket(socket.AF_UNIX) as sock:
                sock.connect(path)
                try:
                    sock.sendall(junk)
                    answer = sock.recv(65536)
                except (BrokenPipeError, ConnectionResetError):
                    answer = b''
                check(not answer or 'error' in json.loads(answer), f'{junk[:40]} → {answer}')
        server.command('status')


def test_a_long_folder_name():
    base = tempfile.mkdtemp(prefix='baton-long-')
    try:
        folder = os.path.join(base, 'x' * 120, 'y' * 120)
        os.makedirs(folder, 0o700)
        with Server(folder=folder) as server:
            equal(server.command_json('status')['running'], True)
    finally:
        shutil.rmtree(base)


def test_backup_and_restore():
    with Server('--backup-minutes', '0') as server:
        ada = server.join('Ada')
        _, stages = ada.make_board()
        kept = ada.make_card(stages[0], 'Before')
        hash = ada.upload(b'a file')
        asset = ada.row('asset', card=kept, name='Hero')
        check('seq' in ada.do('asset.add', rows=[asset]))
        version = ada.row('version', asset=asset['id'], file='hero.txt', blob=hash, size=6, media='text/plain')
        check('seq' in ada.do('version.add', rows=[version]))
        gone = ada.row('version', asset=asset['id'], file='x.txt', blob=blob_hash(b'not here'), size=8, media='text/plain')
        check('seq' in ada.do('version.add', rows=[gone]))
        made = server.command_json('backup')
        equal((made['seq'], made['blobs'], made['missing']), (ada.hello()['head'], 2, 1))
        equal(ada.hello()['backup'], made['seq'])
        with open(made['path'][:-3] + '.blobs', encoding='utf-8') as file:
            equal(sorted(line.split()[0] for line in file), sorted([hash, gone['set']['blob']]))
        done = subprocess.run(['b2sum', '-l', '256', '-c', '--ignore-missing', made['path'][:-3] + '.blobs'],
                              cwd=server.folder, capture_output=True, text=True, check=False)
        equal(done.returncode, 0, done.stdout + done.stderr)
        check('has not arrived' in server.command('verify', status=4))
        bob = server.join('Bob', 'member')
        bob.make_card(stages[0], 'After')
        old = ada.hello()
        server.command('user', 'remove', 'Bob')
        server.stop()
        restored = server.command_json('restore')
        check(restored['seq'] == made['seq'] and os.path.exists(restored['kept']), str(restored))
        server.start()
        new = ada.hello()
        check(new['epoch'] != old['epoch'] and new['head'] == made['seq'] and new['backup'] <= made['seq'], str(new))
        equal([item[0] for item in new['lineage']], [old['epoch'], new['epoch']])
        status, answer = ada.request('GET', f'/v1/pull?epoch={old["epoch"]}&after=0&most=1')
        equal((status, answer['error'], answer['epoch']), (409, 'epoch', new['epoch']))
        equal(bob.request('GET', '/v1/me')[0], 401, 'who was shut out stays out')
        ada.epoch = new['epoch']
        ada.make_card(stages[0], 'And on')
        equal(server.command_json('log')['lines'][-2]['what'], 'restore')


def test_backups_while_others_work():
    with Server() as server:
        ada = server.join('Ada')
        _, stages = ada.make_board()
        stop = threading.Event()
        made = []

        def work():
            while not stop.is_set():
                made.append(ada.make_card(stages[0]))
        worker = threading.Thread(target=work)
        worker.start()
        seqs = [server.command_json('backup')['seq'] for _ in range(5)]
        check(server.command_json('verify')['ok'])
        stop.set()
        worker.join()
        check(seqs == sorted(seqs) and len(made) > 10, f'{seqs} {len(made)}')


def test_verify_sees():
    with Server() as server:
        ada = server.join('Ada')
        hash = ada.upload(b'the file')
        _, stages = ada.make_board()
        card = ada.make_card(stages[0])
        asset = ada.row('asset', card=card, name='Hero')
        ada.do('asset.add', rows=[asset])
        check('seq' in ada.do('version.add', rows=[ada.row('version', asset=asset['id'], file='x', blob=hash, size=8)]))
        equal(server.command_json('verify', '--deep')['problems'], [])
        server.stop()
        path = os.path.join(server.folder, 'blobs', hash[:2], hash)
        os.chmod(path, 0o600)
        with open(path, 'r+b') as file:
            file.write(b'THE')
        equal(server.command_json('verify')['problems'], [])
        found = json.loads(server.command('verify', '--deep', '--json', status=4))
        equal(len(found['problems']), 1, str(found))
        with sqlite3.connect(os.path.join(server.folder, 'accounts.db')) as database:
            database.execute("UPDATE audit SET who = 'somebody else' WHERE seq = 2")
        database.close()
        found = json.loads(server.command('verify', '--json', status=4))
        check(any('Line 2' in problem for problem in found['problems']), str(found))
        with sqlite3.connect(os.path.join(server.folder, 'workspace.db')) as database:
            database.execute("UPDATE log SET body = replace (body, 'Hero', 'Zero')")
        database.close()
        found = json.loads(server.command('verify', '--json', status=4))
        check(len(found['problems']) >= 2, str(found))
        Client(server)


main([test_invite_and_people, test_wrong_words, test_each_command_says_what_it_takes, test_one_server_a_folder,
      test_where_it_cannot_begin, test_the_socket_is_for_its_owner, test_a_long_folder_name, test_backup_and_restore, test_backups_while_others_work, test_verify_sees])
