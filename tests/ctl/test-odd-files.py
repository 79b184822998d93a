#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boards of Trello as nobody expects them, and places for answers that are no files."""
import json
import os
import signal
import sqlite3
import stat
import subprocess
import time

from ctltest import BATONCTL, Workspace, check, equal, main


def oid(number, born='5e0a0f40'):
    return born + f'{number:016x}'


TODO, DONE, GONE, CARD, ADA = oid(2), oid(3), oid(4), oid(5), oid(6)


def board(cards=(), actions=(), **more):
    return {'id': oid(1), 'name': 'Odd', 'members': [{'id': ADA, 'fullName': 'Ada', 'username': 'ada'}],
            'lists': [{'id': TODO, 'name': 'To do', 'pos': 1}, {'id': DONE, 'name': 'Done', 'pos': 2}],
            'cards': list(cards) or [{'id': CARD, 'name': 'Card', 'idList': TODO, 'pos': 1}],
            'actions': [{'id': oid(100 + i), 'type': kind, 'date': date, 'idMemberCreator': ADA,
                         'data': {'card': {'id': CARD, 'name': 'Card'}, **data}}
                        for i, (kind, date, data) in enumerate(actions)], **more}


def moved(date, before, after):
    return ('updateCard', date, {'old': {'idList': before}, 'listBefore': {'id': before, 'name': 'x'},
                                 'listAfter': {'id': after, 'name': 'y'}})


def write(ws, name, text):
    path = os.path.join(ws.base, name)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text if isinstance(text, str) else json.dumps(text))
    return path


def moves_of(what):
    with Workspace() as ws:
        ws.ok('import', 'trello', write(ws, 'board.json', what))
        equal(ws.json('verify')['ok'], True)
        card = ws.json('card', 'list')[0]['id']
        return (ws.json('card', 'show', card)['created'],
                [(move['at'], move['from'], move['to']) for move in ws.json('history', '--verb', 'card.move')])


def test_a_list_in_between_that_is_gone():
    """What is known on both sides of the gap is told, at its true time."""
    equal(moves_of(board(actions=[moved('2020-03-01T00:00:00.000Z', GONE, TODO),
                                  moved('2020-02-01T00:00:00.000Z', DONE, GONE)]))[1],
          [('2020-03-01T00:00:00Z', 'Done', 'To do')])
    equal(moves_of(board(actions=[moved('2020-02-01T00:00:00.000Z', GONE, TODO)]))[1], [])


def test_a_card_that_went_to_another_board_and_came_back():
    there = ('moveCardFromBoard', '2020-03-01T00:00:00Z', {'boardTarget': {'id': 'b'}, 'list': {'id': DONE}})
    back = ('moveCardToBoard', '2020-04-01T00:00:00Z', {'boardSource': {'id': 'b'}, 'list': {'id': TODO}})
    made = ('createCard', '2020-02-01T00:00:00Z', {'list': {'id': DONE}})
    equal(moves_of(board(actions=[back, there, made])),
          ('2020-02-01T00:00:00Z', [('2020-04-01T00:00:00Z', 'Done', 'To do')]))
    # Leaving is not being made: where nothing else tells, the id does.
    equal(moves_of(board(actions=[there]))[0], '2019-12-30T14:52:48Z')


def test_positions_as_javascript_writes_them():
    cards = [{'id': oid(10 + i), 'name': f'{i}', 'idList': TODO, 'pos': pos}
             for i, pos in enumerate([36893488147419103232, 1e300, 0.5, '7', -3])]
    with Workspace() as ws:
        ws.ok('import', 'trello', write(ws, 'board.json', board(cards)))
        equal(ws.titles('Odd', 'To do'), ['4', '2', '3', '0', '1'])


def test_the_summary_tells_what_stays_behind():
    items = [{'id': oid(31), 'name': 'i', 'state': 'complete', 'due': '2020-01-01T00:00:00.000Z', 'idMember': ADA}]
    what = board([{'id': CARD, 'name': 'Card', 'idList': TODO, 'pos': 1},
                  {'id': oid(7), 'name': 'Template', 'idList': TODO, 'pos': 2, 'isTemplate': True}],
                 checklists=[{'id': oid(30), 'idCard': CARD, 'name': 'K', 'checkItems': items}])
    with Workspace() as ws:
        told = {line['what']: line for line in ws.json('import', 'trello', write(ws, 'b.json', what))['summary']}
        for name in ('due dates of checklist items', 'people of checklist items', 'card templates'):
            check(name in told and told[name]['count'] == 1 and told[name]['reason'], told)
        equal([card['title'] for card in ws.json('card', 'list', '--templates')], ['Template'])


def test_a_history_that_trello_cut():
    """Trello puts at most 1,000 actions into a file: with so many, nobody knows what was before."""
    for count in (999, 1000):
        actions = [('commentCard', f'2024-01-01T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000Z', {'text': f'{n}'})
                   for n in range(count)]
        with Workspace() as ws:
            told = ws.json('import', 'trello', write(ws, 'b.json', board(actions=actions)))['summary']
            equal(any('1,000 actions' in (line['reason'] or '') for line in told), count == 1000)


def large(count):
    cards = [{'id': oid(1000 + i), 'name': f'Card {i}', 'idList': TODO, 'pos': i} for i in range(count)]
    return board(cards)


def interrupted(ws, path, number):
    """The exit status of an import that gets a signal as soon as it writes."""
    program = subprocess.Popen([BATONCTL, '-w', ws.folder, 'import', 'trello', path], env=ws.env,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not os.path.exists(os.path.join(ws.folder, 'workspace.db-wal')) and time.monotonic() < until:
        time.sleep(0.002)
    program.send_signal(number)
    out, err = program.communicate(timeout=240)
    if program.returncode != 0:
        equal((program.returncode, out), (-number, b''))
        check(b'Cancelled' in err, err)
    return program.returncode


def test_interrupted_imports_leave_nothing():
    met = 0
    with Workspace() as ws:
        path = write(ws, 'large.json', large(12000))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if interrupted(ws, path, number) == 0:
                break
            met += 1
            check(not os.path.exists(ws.folder), 'an interrupted import left its workspace')
    with Workspace() as ws:
        path = write(ws, 'large.json', large(12000))
        ws.ok('init', '--board', 'Mine')
        if interrupted(ws, path, signal.SIGINT) != 0:
            met += 1
            equal([each['name'] for each in ws.json('board', 'list')], ['Mine'])
        equal(ws.json('verify')['ok'], True)
    check(met > 0, 'every import was over before the signal came')


def test_a_workspace_that_was_not_finished():
    """Killed while it was made, it can be made again. A real one that was emptied stays damaged."""
    for size in (0, 4096):
        with Workspace() as ws:
            os.mkdir(ws.folder)
            database = sqlite3.connect(os.path.join(ws.folder, 'workspace.db'))
            if size > 0:
                database.execute('PRAGMA user_version = 0')
                database.execute('VACUUM')
            database.close()
            equal(os.path.getsize(os.path.join(ws.folder, 'workspace.db')), size)
            ws.fails(6, 'board', 'list')
            ws.ok('init', '--board', 'B')
            equal(ws.json('verify')['ok'], True)
            ws.ok('backup')
            with open(os.path.join(ws.folder, 'workspace.db'), 'wb'):
                pass
            ws.fails(1, 'init')
            ws.fails(6, 'board', 'list')


EXPORTS = (['export', 'csv', 'B'], ['export', 'json'], ['export', 'xes', 'B'], ['export', 'events', 'B'],
           ['passport', 'Card'], ['passport', 'Card', '--format', 'pdf'], ['review', 'notes', 'Card'])


def test_answers_go_where_they_are_sent():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('card', 'add', 'B', 'Card')
        for words in EXPORTS:
            # A pipe is written into, never replaced.
            pipe = os.path.join(ws.base, 'pipe')
            os.mkfifo(pipe)
            reader = subprocess.Popen(['cat', pipe], stdout=subprocess.PIPE)
            ws.ok(*words, '--output', pipe)
            check(len(reader.communicate(timeout=120)[0]) > 20, words)
            check(stat.S_ISFIFO(os.stat(pipe).st_mode), f'{words} replaced a pipe')
            os.unlink(pipe)
            # A link stays.
            real, link = os.path.join(ws.base, 'real'), os.path.join(ws.base, 'link')
            os.symlink(real, link)
            ws.ok(*words, '-o', link)
            ws.ok(*words, '-o', link)
            check(os.path.islink(link) and os.path.getsize(real) > 20, words)
            os.unlink(link)
            os.unlink(real)
            # What cannot be written is told in words.
            for place in (ws.base, os.path.join(ws.base, 'nowhere', 'x')):
                err = ws.fails(1, *words, '-o', place)
                check(place in err and 'g_' not in err and 'rename' not in err, err)
            check(not [name for name in os.listdir(ws.base) if 'baton' in name], os.listdir(ws.base))
        equal(ws.ok('export', 'csv', 'B', '-o', '-'), ws.ok('export', 'csv', 'B'))
        check(not os.path.exists('-'), '“-” is no file')


def test_versions_go_to_pipes():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('card', 'add', 'B', 'Card')
        ws.ok('asset', 'add', 'Card', write(ws, 'copy.txt', 'words\n' * 100000))
        for place in ('-', '/dev/stdout'):
            check(ws.ok('asset', 'get', 'Card', '-o', place) == 'words\n' * 100000, place)
        ws.fails(2, '--json', 'asset', 'get', 'Card', '-o', '-')


def test_an_empty_name_is_no_folder():
    with Workspace() as ws:
        for words in (['init'], ['board', 'list'], ['demo']):
            done = subprocess.run([os.path.abspath(BATONCTL), '-w', '', *words], cwd=ws.base, env=ws.env, capture_output=True,
                                  check=False, timeout=120)
            equal((done.returncode, done.stdout), (2, b''))
        check(not os.path.exists(os.path.join(ws.base, 'workspace.db')), 'a workspace in the present folder')


def test_files_whose_names_are_no_text():
    with Workspace() as ws:
        path = os.path.join(os.fsencode(ws.base), b'r\xe4der.csv')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('Title\nOne\n')
        ws.ok('import', 'csv', os.fsdecode(path))
        equal(ws.json('board', 'list')[0]['cards'], 1)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
