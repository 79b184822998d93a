# SPDX-License-Identifier: GPL-3.0-or-later
"""Workspaces that are shared, with the real programs: test-share.py BATONCTL OWNER SOURCE_ROOT BATON_SERVER"""
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

SERVER = sys.argv.pop(4)

from ctltest import BATONCTL, Skip, Workspace, check, equal, main  # noqa: E402

PASSWORD = 'a password of many words'


class Server:
    """A server in a folder of its own; may be killed and started again on the same port."""

    def __init__(self, base):
        self.data, self.port, self.process = os.path.join(base, 'server'), 0, None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SERVER, '--data', self.data, '--listen', f'127.0.0.1:{self.port}', '--json'], stdout=subprocess.PIPE)
        said = json.loads(self.process.stdout.readline())
        self.port = int(said['listen'].rsplit(':', 1)[1])
        self.invitation = said.get('invitation')

    def invite(self, role='member'):
        done = subprocess.run([SERVER, 'invite', '--role', role, '--json', '--data', self.data], capture_output=True,
                              check=True)
        return json.loads(done.stdout)['invitation']

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        self.process.wait(20)
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.kill(signal.SIGTERM)


class Team:
    """A server, Ada whose workspace is shared through it, and Bob who joined."""

    def __enter__(self):
        self.ada, self.bob = Workspace(BATON_KEYRING='no'), Workspace(BATON_KEYRING='no')
        self.server = Server(self.ada.base)
        for ws in (self.ada, self.bob):
            with open(os.path.join(ws.base, 'pw'), 'w', encoding='utf-8') as file:
                file.write(PASSWORD + '\n')
        self.ada.ok('init', '-t', 'campaign', '-n', 'Spring')
        self.card = self.ada.json('card', 'add', 'Spring', 'Hero image')['id']
        self.enter(self.ada, 'share', self.server.invitation, 'Ada')
        self.enter(self.bob, 'join', self.server.invite(), 'Bob')
        return self

    def enter(self, ws, how, link, name):
        return ws.json(how, link, '--name', name, '--password-file', os.path.join(ws.base, 'pw'))

    def __exit__(self, *problem):
        self.server.__exit__()
        self.ada.__exit__()
        self.bob.__exit__()

    def in_step(self):
        for ws in (self.ada, self.bob, self.ada):
            said = ws.json('sync')
            check(said['in_step'] and said['pending'] == 0, said)

    def equal(self):
        """Both have the same boards, and everything is in order."""
        equal(self.ada.json('board', 'show', 'Spring'), self.bob.json('board', 'show', 'Spring'))
        for ws in (self.ada, self.bob):
            check(ws.json('verify')['ok'], 'verify')


def test_share_and_join():
    with Team() as team:
        equal([board['name'] for board in team.bob.json('board', 'list')], ['Spring'])
        team.bob.ok('card', 'add', 'Spring', 'From Bob')
        team.bob.ok('card', 'move', 'Hero image', 'Ready for design')
        team.in_step()
        equal(team.ada.titles('Spring', 'Ready for design'), ['Hero image'])
        team.equal()
        # Each is somebody of their own, and the history of before is there, too.
        moves = team.ada.json('history', '--verb', 'card.move')
        equal([move['person'] for move in moves], ['Bob'])
        equal(len(team.bob.json('history', '--verb', 'card.add')), 2)


def test_refusals():
    with Team() as team:
        ws = Workspace(BATON_KEYRING='no')
        with ws:
            path = os.path.join(ws.base, 'pw')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(PASSWORD)
            ws.fails(1, 'join', 'nonsense', '--name', 'Eve', '--password-file', path)
            ws.fails(2, 'join', team.server.invitation, '--name', 'Eve')
            # Single use.
            check('invitation' in ws.fails(1, 'join', team.server.invitation, '--name', 'Eve', '--password-file', path))
            check(not os.path.exists(ws.folder), 'a refused invitation left a workspace')
            team.server.kill()
            ws.fails(1, 'join', team.server.invitation, '--name', 'Eve', '--password-file', path)
        check('answer' in team.bob.fails(1, 'sync'))
        team.bob.ok('card', 'add', 'Spring', 'Made while the server was away')
        team.server.start()
        team.in_step()
        team.equal()


def test_conflict():
    """Both change the same card while apart: nothing is lost, a refused move waits."""
    with Team() as team:
        files = []
        for name, ws in (('ada', team.ada), ('bob', team.bob)):
            path = os.path.join(ws.base, f'{name}.md')
            with open(path, 'w', encoding='utf-8') as file:
                file.write(f'Copy by {name}.\n')
            files.append(path)
        team.ada.ok('asset', 'add', team.card, files[0], '--asset', 'Copy')
        team.in_step()
        for ws, path in ((team.ada, files[0]), (team.bob, files[1])):
            with open(path, 'a', encoding='utf-8') as file:
                file.write('Second version.\n')
            ws.ok('asset', 'add', team.card, path, '--asset', 'Copy', '--parent', '1')
        team.ada.ok('card', 'move', team.card, 'Ready for design')
        team.bob.ok('card', 'move', team.card, 'In design')
        team.ada.ok('card', 'set', team.card, '--title', 'Hero, by Ada')
        team.ada.json('sync')
        equal(team.bob.json('sync')['attention'], 1)
        team.in_step()
        team.equal()
        equal(team.ada.titles('Spring', 'Ready for design'), ['Hero, by Ada'])
        versions = team.ada.json('asset', 'list', team.card)[0]['versions']
        equal(sorted((version['parent'], version['author']) for version in versions if version['parent']),
              [(1, 'Ada'), (1, 'Bob')])
        for ws in (team.ada, team.bob):
            for version in versions:
                ws.ok('asset', 'get', team.card, '--version', str(version['version']), '-o',
                      os.path.join(ws.base, f'v{version["version"]}'))
        waiting = team.bob.json('attention', 'list')
        equal([(entry['kind'], entry['verb'], entry['reason']) for entry in waiting],
              [('refused', 'card.move', 'stale')])
        check(waiting[0]['why'], 'no words')
        check('In design' in waiting[0]['what'], waiting[0]['what'])
        team.bob.ok('attention', 'reapply', str(waiting[0]['id']))
        equal(team.bob.json('attention', 'list'), [])
        team.in_step()
        equal(team.ada.titles('Spring', 'In design'), ['Hero, by Ada'])
        team.equal()


def test_discard():
    with Team() as team:
        team.ada.ok('card', 'move', team.card, 'Ready for design')
        team.bob.ok('card', 'move', team.card, 'In design')
        team.ada.json('sync')
        team.bob.json('sync')
        waiting = team.bob.json('attention', 'list')
        team.bob.ok('attention', 'discard', str(waiting[0]['id']))
        equal(team.bob.json('attention', 'list'), [])
        team.bob.fails(3, 'attention', 'discard', '999')
        team.in_step()
        team.equal()


def test_follow():
    """sync --follow hears of others at once, and ends when it is told to."""
    with Team() as team:
        process = subprocess.Popen([sys.argv[1], '-w', team.bob.folder, '--json', 'sync', '--follow'],
                                   stdout=subprocess.PIPE, env=team.bob.env, text=True)
        line = json.loads(process.stdout.readline())
        team.ada.ok('card', 'add', 'Spring', 'Live')
        wanted = team.ada.json('sync')['cursor']
        end = time.monotonic() + 20
        while line['cursor'] < wanted or not line['in_step']:
            check(time.monotonic() < end, 'nothing was heard')
            line = json.loads(process.stdout.readline())
        # A server that goes is noticed within a moment, without anything to send.
        begun = time.monotonic()
        team.server.kill()
        while line['in_step']:
            line = json.loads(process.stdout.readline())
        check(time.monotonic() - begun < 10, f'{time.monotonic() - begun:.1f} s until it was noticed')
        print(f'# noticed after {time.monotonic() - begun:.1f} s')
        process.send_signal(signal.SIGTERM)
        equal(process.wait(20), 0)
        process.stdout.close()
        team.server.start()
        team.equal()


def test_restored_server():
    """A server put back to an old backup gets everything again from those who have it."""
    with Team() as team:
        subprocess.run([SERVER, 'backup', '--data', team.server.data], check=True, capture_output=True)
        backups = os.path.join(team.server.data, 'backups')
        backup = os.path.join(backups, sorted(name for name in os.listdir(backups) if name.endswith('.db'))[-1])
        team.ada.ok('card', 'add', 'Spring', 'After the backup')
        team.in_step()
        team.bob.ok('card', 'move', 'After the backup', 'Ready for design')
        team.in_step()
        team.server.kill(signal.SIGTERM)
        subprocess.run([SERVER, 'restore', backup, '--data', team.server.data], check=True, capture_output=True)
        team.server.start()
        team.in_step()
        team.in_step()
        equal(team.bob.titles('Spring', 'Ready for design'), ['After the backup'])
        team.equal()


def roles_of(ws):
    return {member['name']: member['role'] for member in ws.json('team', 'list')['members']}


def test_team():
    """Invitations, roles and members, as far as one's own role goes."""
    with Team() as team:
        equal(roles_of(team.ada), {'Ada': 'owner', 'Bob': 'member'})
        equal(team.bob.json('team', 'list')['role'], 'member')
        check('owners and managers' in team.bob.fails(1, 'team', 'invite'))
        check('owners and managers' in team.bob.fails(1, 'team', 'role', 'Ada', 'viewer'))
        team.bob.fails(2, 'team', 'role', 'Ada', 'emperor')
        link = team.ada.json('team', 'invite', 'reviewer')['invitation']
        left = team.ada.json('team', 'invite')['invitation']
        waiting = team.ada.json('team', 'list')['invitations']
        equal([entry['role'] for entry in waiting], ['reviewer', 'member'])
        team.ada.ok('team', 'withdraw', waiting[1]['id'])
        with Workspace(BATON_KEYRING='no') as eve:
            with open(os.path.join(eve.base, 'pw'), 'w', encoding='utf-8') as file:
                file.write(PASSWORD)
            eve.fails(1, 'join', left, '--name', 'Eve', '--password-file', file.name)
            equal(team.enter(eve, 'join', link, 'Eve')['role'], 'reviewer')
            equal(team.ada.json('team', 'list')['invitations'], [])
            team.ada.ok('team', 'role', 'bob', 'manager')
            equal(roles_of(team.bob), {'Ada': 'owner', 'Bob': 'manager', 'Eve': 'reviewer'})
            check('owner' in team.bob.fails(1, 'team', 'role', 'Eve', 'owner'))
            check('owner' in team.bob.fails(1, 'team', 'remove', 'Ada'))
            check('you' in team.bob.fails(1, 'team', 'remove', 'Bob'))
            team.bob.fails(3, 'team', 'remove', 'Mallory')
            team.bob.ok('team', 'remove', 'Eve')
            eve.fails(1, 'team', 'list')
        equal(roles_of(team.ada), {'Ada': 'owner', 'Bob': 'manager'})
        # The last owner stays one.
        team.ada.fails(1, 'team', 'role', 'Ada', 'member')


def test_role_is_known_here():
    """What a role forbids is refused at once, in words, and never becomes something that waits."""
    with Team() as team:
        pending = lambda: team.bob.json('sync')['pending'] + team.bob.json('sync')['attention']  # noqa: E731
        check('role' in team.bob.fails(1, 'board', 'add', 'Mine'))
        team.bob.ok('card', 'set', team.card, '--title', 'By a member')
        team.in_step()
        team.ada.ok('team', 'role', 'Bob', 'reviewer')
        team.in_step()
        check('role' in team.bob.fails(1, 'card', 'set', team.card, '--title', 'By a reviewer'))
        check('role' in team.bob.fails(1, 'card', 'add', 'Spring', 'Nor this'))
        team.bob.ok('comment', 'add', team.card, 'But this')
        team.in_step()
        team.ada.ok('team', 'role', 'Bob', 'viewer')
        team.in_step()
        check('role' in team.bob.fails(1, 'comment', 'add', team.card, 'Never'))
        check('role' in team.bob.fails(1, 'undo'))
        equal((pending(), team.bob.json('attention', 'list')), (0, []))
        team.equal()


def test_devices_and_sign_out():
    with Team() as team:
        path = os.path.join(team.bob.base, 'pw')
        mine = team.bob.json('devices', 'list')
        equal([(entry['here'], bool(entry['name']), bool(entry['seen'])) for entry in mine], [(True, True, True)])
        team.bob.fails(2, 'devices', 'revoke', mine[0]['id'])
        team.bob.fails(3, 'devices', 'revoke', team.ada.json('devices', 'list')[0]['id'])
        team.bob.ok('card', 'add', 'Spring', 'Not sent')
        check('not been sent' in team.bob.fails(1, 'sign-out'))
        team.bob.ok('sign-out', '--even-pending')
        check('signed in' in team.bob.fails(1, 'team', 'list'))
        equal(len(team.bob.json('card', 'list')), 2)
        team.bob.ok('sign-in', '--name', 'Bob', '--password-file', path)
        team.in_step()
        team.equal()
        # A server that is away does not keep anybody signed in here.
        team.server.kill()
        team.bob.ok('sign-out')
        team.bob.fails(1, 'sync')
        team.server.start()


def test_role_lowered_while_changes_wait():
    """What a member did offline waits for them as a viewer; what others do goes on coming; with the role back it is done."""
    with Team() as team:
        team.bob.ok('card', 'add', 'Spring', 'Made as a member')
        team.bob.ok('card', 'move', 'Hero image', 'In design')
        team.ada.ok('team', 'role', 'Bob', 'viewer')
        team.ada.ok('card', 'add', 'Spring', 'Meanwhile')
        team.ada.json('sync')
        said = team.bob.json('sync')
        equal((said['in_step'], said['pending'], said['attention']), (True, 0, 2))
        titles = [card['title'] for card in team.bob.json('card', 'list')]
        check('Meanwhile' in titles and 'Made as a member' not in titles, titles)
        waiting = team.bob.json('attention', 'list')
        equal([entry['reason'] for entry in waiting], ['forbidden', 'forbidden'])
        team.bob.fails(1, 'card', 'add', 'Spring', 'As a viewer')
        team.ada.ok('team', 'role', 'Bob', 'member')
        team.bob.json('sync')
        for entry in waiting:
            team.bob.ok('attention', 'reapply', str(entry['id']))
        team.in_step()
        equal(sorted(card['title'] for card in team.ada.json('card', 'list')), ['Hero image', 'Made as a member', 'Meanwhile'])
        equal(team.ada.titles('Spring', 'In design'), ['Hero image'])


def test_what_failed_leaves_nothing():
    """Also where the folder is named by a relative path."""
    with Workspace(BATON_KEYRING='no') as ws:
        path = os.path.join(ws.base, 'pw')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(PASSWORD + '\n')
        for folder in ('new', './new', os.path.join(ws.base, 'new')):
            done = subprocess.run([os.path.abspath(BATONCTL), '-w', folder, 'join', 'https://localhost:1/join#' + 'x' * 43, '--name',
                                   'Bob', '--password-file', path], capture_output=True, text=True, check=False, cwd=ws.base,
                                  env={**os.environ, 'BATON_KEYRING': 'no'})
            check(done.returncode == 1 and 'CRITICAL' not in done.stderr and 'no server' in done.stderr, f'{done}')
            check(not os.path.exists(os.path.join(ws.base, 'new')), f'{folder} was left')


def test_a_second_device():
    """The address, the name and the password are enough for who has an account; nothing else is told a password."""
    with Team() as team, Workspace(BATON_KEYRING='no') as home:
        with open(os.path.join(home.base, 'pw'), 'w', encoding='utf-8') as file:
            file.write(PASSWORD + '\n')
        address = f'http://127.0.0.1:{team.server.port}'
        check('No password was sent' in home.fails(1, 'join', address + '/elsewhere', '--name', 'Bob', '--password-file',
                                                   os.path.join(home.base, 'pw')))
        check(home.fails(1, 'join', address, '--name', 'Nobody', '--password-file', os.path.join(home.base, 'pw')))
        check('complete' in home.fails(1, 'join', address + '/join', '--name', 'Bob', '--password-file',
                                       os.path.join(home.base, 'pw')))
        said = team.enter(home, 'join', address, 'Bob')
        equal((said['role'], said['person']), ('member', team.bob.json('team', 'list')['members'][1]['person']))
        equal(len(home.json('devices', 'list')), 2)
        home.ok('card', 'add', 'Spring', 'From home')
        home.json('sync')
        team.in_step()
        check('From home' in str(team.bob.json('card', 'list')))
        # What one device did, the other takes for its own person's.
        equal([entry['person'] for entry in team.bob.json('history', '--verb', 'card.add')][-1], 'Bob')
        team.bob.ok('devices', 'revoke', next(d['id'] for d in team.bob.json('devices', 'list') if not d['here']))
        check('sign' in home.fails(1, 'sync').lower())


def timed(ws, limit, *more, ready=False):
    """A sync that has no time to become ready, or hardly any: a quick machine may be ready in it."""
    begun = time.monotonic()
    status, _, said = ws.run('sync', '--timeout', str(limit), *more)
    took = time.monotonic() - begun
    check((ready and status == 0) or (status == 1 and 'too long' in said), f'{status}: {said}')
    check(took < limit + 3, f'told to give up after {limit} s, it took {took:.1f} s')
    print(f'# {took:.1f} s of {limit} s')


def import_cards(ws, n, who):
    path = os.path.join(ws.base, 'events.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('case,activity,time,person,channel\n')
        for i in range(n):
            file.write(f'{who}{i},To do,2026-01-01T10:00:00Z,p,Web\n')
    ws.ok('import', 'events', path)


def test_inbox():
    """Everything that needs a person, as scripts read it, and nothing that does not."""
    with Team() as team:
        team.in_step()
        equal(team.bob.json('inbox'), [])
        check('Nothing' in team.bob.ok('inbox'))
        team.ada.ok('comment', 'add', team.card, '@Bob which blue?', '--mention', 'Bob')
        team.bob.ok('card', 'set', team.card, '--title', 'By Bob')
        team.ada.json('sync')
        team.bob.json('sync')
        # Ada has not seen Bob’s title; and she moves what Bob moves.
        team.ada.ok('card', 'set', team.card, '--title', 'By Ada')
        team.ada.ok('card', 'move', team.card, 'Ready for design')
        team.bob.ok('card', 'move', team.card, 'In design')
        team.in_step()
        found = {entry['kind']: entry for entry in team.bob.json('inbox')}
        equal(sorted(found), ['mention', 'refused', 'replaced'])
        equal([entry['kind'] for entry in team.bob.json('inbox')][0], 'refused')
        for entry in found.values():
            equal((entry['card'], entry['title']), (team.card, 'By Ada'))
        equal((found['mention']['person'], found['mention']['text']), ('Ada', '@Bob which blue?'))
        equal(found['replaced']['what'], 'Ada replaced what you had written in “By Ada” (title)')
        equal(found['replaced']['text'], 'You had written: By Bob')
        listed = team.bob.ok('attention', 'list')
        check('Ada replaced what you had written' in listed and 'You had written: By Bob' in listed, listed)
        check('Not done' in found['refused']['what'], found['refused'])
        check('Ada calls you' in team.bob.ok('inbox'))
        # The numbers are those that “attention” takes.
        team.bob.ok('attention', 'reapply', str(found['replaced']['id']))
        team.bob.ok('attention', 'discard', str(found['refused']['id']))
        team.bob.ok('comment', 'add', team.card, 'The dark one.')
        equal(team.bob.json('inbox'), [])
        team.in_step()
        equal(team.ada.json('card', 'show', team.card)['title'], 'By Bob')
        equal([entry['kind'] for entry in team.ada.json('inbox')], [])
        equal(team.ada.json('inbox', '--person', 'Bob'), [])
        team.ada.fails(3, 'inbox', '--person', 'Nobody')


def test_time_limit_of_changes():
    """However much there is to be applied, a limit is kept, and what was begun is as if it had not been."""
    with Team() as team:
        team.ada.ok('team', 'role', 'Bob', 'manager')
        team.bob.json('sync')
        import_cards(team.bob, 1000, 'b')
        import_cards(team.ada, 5000, 'a')
        team.ada.json('sync')
        for limit in (1, 1):
            timed(team.bob, limit, ready=True)
            check(team.bob.json('verify')['ok'], 'verify')
        check(len(team.bob.json('card', 'list')) >= 1000)
        team.in_step()
        equal(len(team.ada.json('card', 'list')), 6001)
        team.equal()


def test_time_limit_of_files():
    with Team() as team:
        path = os.path.join(team.ada.base, 'large.bin')
        with open(path, 'wb') as file:
            file.write(os.urandom(1500000))
        team.ada.ok('asset', 'add', team.card, path)
        timed(team.ada, 1, '--limit', '40K')
        team.ada.json('sync')
        timed(team.bob, 1, '--limit', '40K')
        # What has arrived is not fetched again.
        said = team.bob.json('sync')
        equal((said['downloaded'], said['in_step']), (1, True))
        team.equal()


def test_time_limit_of_silence():
    """A server that takes the connection and says nothing."""
    with Team() as team, socket.socket() as silent:
        team.server.kill()
        silent.bind(('127.0.0.1', team.server.port))
        silent.listen(16)
        timed(team.bob, 1)
        begun = time.monotonic()
        follower = subprocess.Popen([BATONCTL, '-w', team.bob.folder, 'sync', '--follow'], env=team.bob.env,
                                    stdout=subprocess.DEVNULL)
        time.sleep(1)
        follower.terminate()
        equal(follower.wait(20), 0)
        check(time.monotonic() - begun < 6, 'it did not end when it was told to')


def test_signed_out():
    with Team() as team:
        os.unlink(os.path.join(team.bob.folder, 'token'))
        check('signed in' in team.bob.fails(1, 'sync'))
        path = os.path.join(team.bob.base, 'pw')
        team.bob.ok('card', 'add', 'Spring', 'While signed out')
        team.bob.ok('sign-in', '--name', 'Bob', '--password-file', path)
        team.in_step()
        team.equal()


def make_certificate(folder, begin, end):
    """Of localhost, signed by itself, good between two times (YYMMDDHHMMSSZ). Names of files in the folder."""
    with open(os.path.join(folder, 'ca.conf'), 'w', encoding='utf-8') as file:
        file.write('[ca]\ndefault_ca=us\n[us]\nnew_certs_dir=.\ndatabase=index.txt\nserial=serial\ndefault_md=sha256\n'
                   'policy=any\nx509_extensions=names\n[any]\ncommonName=supplied\n'
                   '[names]\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n')
    for name, text in (('index.txt', ''), ('serial', '01\n')):
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write(text)
    for words in (('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost',
                   '-keyout', 'key.pem', '-out', 'wish.pem'),
                  ('ca', '-batch', '-selfsign', '-config', 'ca.conf', '-keyfile', 'key.pem', '-in', 'wish.pem', '-out',
                   'cert.pem', '-startdate', begin, '-enddate', end, '-notext')):
        subprocess.run(['openssl', *words], check=True, capture_output=True, cwd=folder)
    return 'cert.pem', 'key.pem'


def test_certificates_and_clocks():
    """A certificate that is too old, or not good yet by a clock that is behind, is spoken of with today's date; the file
    with the authorities may be named from where one stands."""
    if not shutil.which('openssl'):
        raise Skip('openssl is not installed')
    with Workspace(BATON_KEYRING='no') as ws:
        with open(os.path.join(ws.base, 'pw'), 'w', encoding='utf-8') as file:
            file.write(PASSWORD)
        for begin, end, wanted in (('200101000000Z', '210101000000Z', 'not valid on'),
                                   ('950101000000Z', '491231000000Z', 'broke')):
            certificate, key = make_certificate(ws.base, begin, end)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(os.path.join(ws.base, certificate), os.path.join(ws.base, key))
            with socket.create_server(('127.0.0.1', 0)) as listening:
                def greet():
                    try:
                        context.wrap_socket(listening.accept()[0], server_side=True).close()
                    except OSError:
                        pass
                greeting = threading.Thread(target=greet, daemon=True)
                greeting.start()
                address = f'https://localhost:{listening.getsockname()[1]}'
                done = subprocess.run([os.path.abspath(BATONCTL), '-w', ws.folder, 'join', address, '--name', 'Eve',
                                       '--password-file', 'pw', '--ca', certificate], capture_output=True, env=ws.env,
                                      cwd=ws.base, check=False, text=True, timeout=240)
                greeting.join()
            check(done.returncode == 1 and 'WARNING' not in done.stderr, done.stderr)
            check(wanted in done.stderr, done.stderr)


class Elsewhen(http.server.BaseHTTPRequestHandler):
    """Hands on what it is asked, and says that it is another time."""
    server_port, shift = 0, 0

    def hand_on(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        there = http.client.HTTPConnection('127.0.0.1', Elsewhen.server_port, timeout=120)
        there.request(self.command, self.path, body or None, {name: value for name, value in self.headers.items()
                                                             if name not in ('Host', 'Connection')})
        answer = there.getresponse()
        said = re.sub(rb'"time":(\d+)', lambda found: b'"time":%d' % (int(found[1]) + Elsewhen.shift), answer.read())
        there.close()
        self.send_response(answer.status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(said)))
        try:
            self.end_headers()
            self.wfile.write(said)
        except OSError:
            pass  # who asked has gone

    do_GET = do_POST = hand_on

    def log_message(self, *_):
        pass


def test_clock_years_off():
    """A computer whose clock is years off is told so, with both times; one that agrees is not."""
    with Team() as team, http.server.ThreadingHTTPServer(('127.0.0.1', 0), Elsewhen) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        Elsewhen.server_port, Elsewhen.shift = team.server.port, 0
        with Workspace(BATON_KEYRING='no') as ws:
            with open(os.path.join(ws.base, 'pw'), 'w', encoding='utf-8') as file:
                file.write(PASSWORD)
            link = team.server.invite().replace(str(team.server.port), str(other.server_port))
            check('clock' not in ws.ok('join', link, '--name', 'Eve', '--password-file', os.path.join(ws.base, 'pw')))
            check(abs(ws.json('sync')['clock_off']) < 200)
            for years in (3, -3):
                Elsewhen.shift = years * 365 * 86400 * 1000000
                check('shown wrong here' in ws.ok('sync'), years)
                check(abs(ws.json('sync')['clock_off'] - years * 365 * 86400) < 200, years)
            Elsewhen.shift = 0
            check('clock' not in ws.ok('sync'))
        other.shutdown()


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
