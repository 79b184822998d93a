#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batonctl where things are not as they should be: odd texts, read-only folders, other programs, closed pipes."""
import json
import os
import subprocess

from ctltest import BATONCTL, Bus, Owner, Skip, Workspace, check, equal, main


def board(ws):
    ws.ok('init', '--board', 'B')
    return ws


def test_options_anywhere():
    with Workspace() as ws:
        board(ws)
        for words in (['--json', '-w', ws.folder, 'board', 'list'], ['board', 'list', '--json', '-w', ws.folder],
                      ['board', '--json', '-w', ws.folder, 'list'], ['-w', ws.folder, 'board', 'list', '--json'],
                      [f'--workspace={ws.folder}', 'board', '--json', 'list']):
            equal(json.loads(ws.ok(*words, folder=False))[0]['name'], 'B')
        ws.ok('card', 'add', 'B', '--', '--stage')
        ws.ok('card', 'add', '--', 'B', '-x')
        equal(ws.titles('B', 'To do'), ['--stage', '-x'])


def test_usage():
    with Workspace() as ws:
        ws.fails(2, 'no', 'such')
        ws.fails(2, 'boar')
        ws.fails(2, 'board', 'fly')
        ws.fails(2, '--nonsense')
        ws.fails(2, 'board', 'list', '--nonsense')
        ws.fails(2, 'board', 'list', 'extra')
        ws.fails(2, 'card', 'add')
        for words in ([], ['board'], ['card']):
            status, out, err = ws.run(*words)
            equal((status, out), (2, ''))
            check('card' in err or 'board' in err)
        check('batonctl' in ws.ok('version'))
        check('batonctl' in ws.ok('--version'))
        check('version' in ws.json('version'))


def test_missing_workspace():
    with Workspace() as ws:
        for words in (['board', 'list'], ['board', 'add', 'X'], ['undo'], ['history'], ['search', 'x'],
                      ['person', 'list']):
            check(ws.folder in ws.fails(3, *words))
        check(not os.path.exists(ws.folder), 'a failed command left a folder')


def test_odd_titles():
    titles = ['👩‍🎨 Entwurf für Ostern 🐣', 'שלום עולם', '<b>bold</b> & _(x)', '"quoted" \\ back', 'tab\tand\nline',
              '日本語の題名', '\x1b[31mred\x1b[0m', "'; DROP TABLE card; --", '%s %d %n', 'e\u0301']
    with Workspace() as ws:
        board(ws)
        for title in titles:
            equal(ws.json('card', 'add', 'B', title)['title'], title)
            ws.ok('card', 'move', title, 'Doing')
        equal(ws.titles('B', 'Doing'), titles)
        for words in (['board', 'show', 'B'], ['card', 'list'], ['history'], ['card', 'show', titles[6]]):
            check('\x1b' not in ws.ok(*words), f'{words} steers the terminal')
        equal(ws.json('verify')['ok'], True)
        # The same where the locale knows no UTF-8.
        ws.env['LC_ALL'] = 'C'
        equal(ws.titles('B', 'Doing'), titles)
        ws.ok('card', 'set', titles[0], '--brief', 'Ä 🐣', '--title', 'Ü')
        equal(ws.json('card', 'show', 'Ü')['brief'], 'Ä 🐣')


def test_bad_bytes():
    with Workspace() as ws:
        board(ws)
        for words in ([b'card', b'add', b'B', b'\xff\xfe'], [b'card', b'add', b'B', b'x', b'--brief', b'\xff']):
            done = subprocess.run([BATONCTL.encode(), b'-w', ws.folder.encode(), *words], capture_output=True,
                                  env=ws.env, check=False)
            equal(done.returncode, 2)
            done.stderr.decode()
        ws.fails(2, 'card', 'add', 'B', '-', stdin=b'\xff', raw=True)
        ws.fails(1, 'card', 'add', 'B', '')
        equal(ws.json('card', 'list'), [])


def test_long_titles():
    with Workspace() as ws:
        board(ws)
        ascii_title, emoji_title = 'x' * 100000, '🐣' * 100000
        for title in (ascii_title, emoji_title):
            ws.ok('card', 'add', 'B', '-', stdin=title + '\n')
        cards = ws.json('board', 'show', 'B')['stages'][0]['cards']
        equal([card['title'] for card in cards], [ascii_title, emoji_title])
        check(len(ws.ok('board', 'show', 'B')) < 2000)
        check(len(ws.ok('history')) < 4000)
        ws.ok('card', 'move', ascii_title, 'Doing')
        check(len(ws.fails(3, 'card', 'move', 'y' * 100000, 'Doing')) < 1000)
        ws.fails(1, 'card', 'add', 'B', '-', stdin='x' * 2000000)
        equal(ws.json('verify')['ok'], True)


def test_read_only_folder():
    if os.geteuid() == 0 and not os.path.exists('/usr/bin/setpriv'):
        raise Skip('root can write everywhere')
    with Workspace() as ws:
        board(ws)
        ws.ok('card', 'add', 'B', 'Hero')
        subprocess.run(['chmod', '-R', 'a-w', ws.folder], check=True)
        os.chmod(ws.base, 0o777)
        before = ['/usr/bin/setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] if os.geteuid() == 0 else []

        def run(*words):
            subprocess.run(['chmod', '-R', 'a+rX', ws.folder], check=True)
            done = subprocess.run([*before, BATONCTL, '-w', ws.folder, *words], capture_output=True, env=ws.env,
                                  check=False)
            return done.returncode, done.stdout.decode(), done.stderr.decode()

        status, out, err = run('--json', 'board', 'list')
        if 'ermission denied' in err and BATONCTL in err:
            raise Skip('nobody else may run the program here')
        equal((status, err), (0, ''))
        equal(json.loads(out)[0]['cards'], 1)
        status, out, err = run('card', 'add', 'B', 'Two')
        equal((status, out), (5, ''))
        check('read' in err, err)
        status, out, err = run('--json', 'verify')
        equal((status, json.loads(out)['ok']), (0, True))


def test_locked():
    with Workspace() as ws:
        board(ws)
        with Owner(ws):
            equal(ws.json('board', 'list')[0]['name'], 'B')
            for words in (['card', 'add', 'B', 'Hero'], ['undo'], ['demo']):
                err = ws.fails(4, *words)
                check('open in another program (and it does not answer)' in err and ws.folder in err, err)
            for words in (['rebuild'], ['restore', ws.folder + '/workspace.db']):
                check('open in another program' in ws.fails(4, *words))
            ws.ok('backup')
            equal(ws.json('verify')['ok'], True)
        ws.ok('card', 'add', 'B', 'Hero')


def test_bus():
    with Bus() as address, Workspace(DBUS_SESSION_BUS_ADDRESS=address) as ws:
        board(ws)
        with Owner(ws, 'bus'):
            hero = ws.json('card', 'add', 'B', 'Hero 🐣', '--brief', 'x' * 50000)['id']
            ws.ok('card', 'move', 'Hero 🐣', 'Doing')
            equal(ws.titles('B', 'Doing'), ['Hero 🐣'])
            check('Hero' in ws.json('undo')['undone'])
            equal(ws.titles('B', 'To do'), ['Hero 🐣'])
            ws.ok('redo')
            # A refusal is the same sentence and exit status as without the other program.
            ws.ok('stage', 'set', 'B', 'Done', '--wip-limit', '1', '--hard')
            ws.ok('card', 'add', 'B', 'Full', '--stage', 'Done')
            check('“Done” is full' in ws.fails(1, 'card', 'move', hero, 'Done'))
            ws.fails(3, 'card', 'move', 'Nobody', 'Done')
            ws.fails(1, 'redo')
            # Whom the other program speaks for made them, at a time that the other program gave.
            entries = ws.json('history', '--limit', '1')
            equal(entries[0]['person'], ws.json('person', 'list')[0]['name'])
            # Thousands at once.
            ws.ok('demo')
            check(len(ws.json('board', 'list')) == 3)
            equal(ws.json('verify')['ok'], True)
            ws.fails(4, 'rebuild')
        equal(ws.titles('B', 'Doing'), ['Hero 🐣'])
        equal(ws.json('verify')['ok'], True)


def test_bus_without_answer():
    with Bus() as address, Workspace(DBUS_SESSION_BUS_ADDRESS=address) as ws:
        board(ws)
        with Owner(ws, 'mute'):
            equal(ws.json('board', 'list')[0]['name'], 'B')
            check('does not answer' in ws.fails(4, 'card', 'add', 'B', 'Hero'))
        equal(ws.json('card', 'list'), [])


def test_bus_refuses_undo_in_disguise():
    if not os.path.exists('/usr/bin/gdbus'):
        raise Skip('gdbus is not installed')
    with Bus() as address, Workspace(DBUS_SESSION_BUS_ADDRESS=address) as ws:
        board(ws)
        with Owner(ws, 'bus'):
            names = subprocess.run(['gdbus', 'call', '--session', '-d', 'org.freedesktop.DBus', '-o', '/', '-m',
                                    'org.freedesktop.DBus.ListNames'], capture_output=True, env=ws.env, check=True)
            name = [word for word in names.stdout.decode().split("'") if '.Workspace.w' in word][0]
            path = '/' + name.replace('.', '/')
            for text in ('{"verb":"op.undo","targets":[],"changes":[]}', '{"verb":"card.fly"}', 'nonsense', '{}',
                         '{"verb":"card.bin","ids":["x"]}', '[' * 5000):
                done = subprocess.run(['gdbus', 'call', '--session', '-d', name, '-o', path, '-m',
                                       'io.github.batonboard.Baton.Workspace1.Perform', json.dumps(text)],
                                      capture_output=True, env=ws.env, check=False)
                check(done.returncode != 0 and b'Baton.Error' in done.stderr, done.stderr.decode())
            equal(len(ws.json('history')), 2)


def test_side_by_side():
    """Two commands at the same moment wait for each other."""
    with Workspace() as ws:
        board(ws)
        running = [subprocess.Popen([BATONCTL, '-w', ws.folder, 'card', 'add', 'B', f'Card {i}'], env=ws.env,
                                    stdout=subprocess.DEVNULL) for i in range(12)]
        equal([process.wait(30) for process in running], [0] * 12)
        equal(len(ws.json('card', 'list')), 12)
        equal(ws.json('verify')['ok'], True)


def test_broken_pipe():
    with Workspace() as ws:
        ws.ok('demo')
        for words in (['--json', 'history'], ['history']):
            process = subprocess.Popen([BATONCTL, '-w', ws.folder, *words], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env=ws.env)
            process.stdout.read(10)
            process.stdout.close()
            err = process.stderr.read().decode()
            process.stderr.close()
            equal((process.wait(20), err), (1, ''))


def test_full_disk():
    if not os.path.exists('/dev/full'):
        raise Skip('no /dev/full')
    with Workspace() as ws:
        board(ws)
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([BATONCTL, '-w', ws.folder, 'board', 'list'], stdout=full, stderr=subprocess.PIPE,
                                  env=ws.env, check=False)
        equal(done.returncode, 1)
        check(b'could not be written' in done.stderr)


def test_damaged():
    with Workspace() as ws:
        board(ws)
        equal(sorted(os.listdir(ws.folder)), ['lock', 'workspace.db'])
        path = os.path.join(ws.folder, 'workspace.db')
        with open(path, 'r+b') as database:
            database.write(b'x' * 4096)
        ws.fails(6, 'board', 'list')
        status, out, err = ws.run('--json', 'verify')
        equal(status, 1)
        answer = json.loads(out)
        equal(answer['ok'], False)
        check(answer['problems'])


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
