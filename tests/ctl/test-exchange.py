#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import and export by batonctl. What the files mean is tested in tests/client; here it is how the commands behave."""
import csv
import io
import json
import os

from ctltest import Bus, Owner, Workspace, check, equal, main

LISTS = ('5f0000000000000000000001', '5f0000000000000000000002')
CARD, BOARD, PERSON = '5f0000000000000000000003', '5f0000000000000000000004', '5f0000000000000000000005'


def trello(name='Räder', more=()):
    cards = [{'id': CARD, 'name': 'Schraube 🔩', 'idList': LISTS[1], 'pos': 1, 'closed': False, 'idLabels': [],
              'idMembers': [], 'idChecklists': [], 'due': None, 'desc': 'fest'}]
    cards += [{**cards[0], 'id': f'5f00000000000000000001{i:02}', 'name': title, 'pos': 2 + i, 'closed': i == 0}
              for i, title in enumerate(more)]
    return json.dumps({
        'id': BOARD, 'name': name, 'closed': False, 'members': [{'id': PERSON, 'fullName': 'Ada', 'username': 'ada'}],
        'lists': [{'id': LISTS[0], 'name': 'Offen', 'pos': 1, 'closed': False},
                  {'id': LISTS[1], 'name': 'Fertig', 'pos': 2, 'closed': False}],
        'cards': cards, 'labels': [], 'checklists': [],
        'actions': [{'id': '5f0000000000000000000006', 'idMemberCreator': PERSON, 'type': 'updateCard',
                     'date': '2020-07-05T10:00:00.000Z',
                     'data': {'card': {'id': CARD, 'name': 'Schraube 🔩'}, 'old': {'idList': LISTS[0]},
                              'listBefore': {'id': LISTS[0], 'name': 'Offen'},
                              'listAfter': {'id': LISTS[1], 'name': 'Fertig'}}}]})


def write(ws, name, text):
    path = os.path.join(ws.base, name)
    with open(path, 'w', encoding='utf-8', newline='') as out:
        out.write(text)
    return path


def test_trello():
    with Workspace() as ws:
        path = write(ws, 'board.json', trello(more=['closed', 'open']))
        made = ws.json('import', 'trello', path)
        check(made['ok'] and made['name'] == 'Räder' and made['summary'])
        board = ws.json('board', 'list')[0]
        equal((board['id'], board['stages'], board['cards'], board['archived']), (made['board'], 2, 3, 1))
        moves = ws.json('history', '--verb', 'card.move')
        equal([(move['from'], move['to'], move['at'], move['person']) for move in moves],
              [('Offen', 'Fertig', '2020-07-05T10:00:00Z', 'Ada')])
        times = [entry['at'] for entry in ws.json('history')]
        equal(times, sorted(times))
        # A second time it asks.
        err = ws.fails(1, 'import', 'trello', path)
        check('--update' in err and '--again' in err, err)
        equal(len(ws.json('board', 'list')), 1)
        write(ws, 'board.json', trello(more=['closed', 'open', 'new']))
        ws.ok('import', 'trello', path, '--update')
        equal([each['cards'] for each in ws.json('board', 'list')], [4])
        ws.ok('import', 'trello', path, '--again')
        equal([each['cards'] for each in ws.json('board', 'list')], [4, 4])
        ws.fails(2, 'import', 'trello', path, '--again', '--update')
        equal(ws.json('verify')['ok'], True)
        check('Räder' in ws.ok('undo'))
        equal(len(ws.json('board', 'list')), 1)


def test_bad_files():
    with Workspace() as ws:
        for command in ('trello', 'csv', 'json'):
            ws.fails(3, 'import', command, os.path.join(ws.base, 'nothing'))
        check(not os.path.exists(ws.folder), 'a file that is not there made a workspace')
        for command in ('trello', 'csv', 'json'):
            ws.fails(1, 'import', command, write(ws, 'headed', 'a,b\n'))
            check(not os.path.exists(ws.folder), f'a failed import of {command} made a workspace')
        ws.ok('init', '-t', 'blank', '-n', 'Here')
        for name, text in (('empty', ''), ('html', '<html>'), ('array', '[]'), ('deep', '[' * 100000),
                           ('cut', trello()[:-20])):
            for command in ('trello', 'json'):
                ws.fails(1, 'import', command, write(ws, name, text))
        equal([board['name'] for board in ws.json('board', 'list')], ['Here'])
        equal(ws.json('verify')['ok'], True)


TABLE = 'Titel;Status;Wer;Bis\nEins;Offen;Ada;24.12.2026\n"Zwei; mit Strich";Fertig;;\n'


def test_csv():
    with Workspace() as ws:
        path = write(ws, 'aufgaben.csv', TABLE)
        look = ws.json('import', 'csv', path, '--preview', '--map', 'title=Titel,stage=Status,owner=Wer,due=Bis')
        equal((look['delimiter'], look['header'], look['dates']), (';', True, 'dmy'))
        equal([column['role'] for column in look['columns']], ['title', 'stage', 'owner', 'due'])
        equal(look['rows'][1][0], 'Zwei; mit Strich')
        check(not os.path.exists(ws.folder), 'a preview made a workspace')
        ws.ok('import', 'csv', path, '--preview')
        ws.ok('import', 'csv', path, '--map', 'title=Titel,stage=Status,owner=Wer,due=Bis')
        board = ws.json('board', 'show', 'aufgaben')
        equal([(stage['name'], [card['title'] for card in stage['cards']]) for stage in board['stages']],
              [('Offen', ['Eins']), ('Fertig', ['Zwei; mit Strich'])])
        check(board['stages'][0]['cards'][0]['due'].startswith('2026-12-24'))
        ws.ok('board', 'add', 'Da')
        ws.ok('import', 'csv', path, '--board', 'Da', '--map', 'title=1,stage=2')
        equal({each['name']: each['cards'] for each in ws.json('board', 'list')}['Da'], 2)
        ws.fails(2, 'import', 'csv', path, '--map', 'nonsense=Titel')
        ws.fails(2, 'import', 'csv', path, '--dates', 'soon')
        ws.fails(2, 'import', 'csv', path, '--delimiter', 'xy')
        ws.fails(2, 'import', 'csv', path, '--header', '--no-header')


def test_export_csv():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('card', 'add', 'B', 'a "quoted", title\nof two lines', '--stage', 'Doing')
        ws.ok('card', 'add', 'B', '=1+1')
        rows = list(csv.reader(io.StringIO(ws.ok('export', 'csv', 'B'))))
        equal(len(rows), 3)
        check(any('a "quoted", title\nof two lines' in row for row in rows))
        check(any('=1+1' in row for row in rows))
        path = os.path.join(ws.base, 'out.csv')
        equal(ws.json('export', 'csv', 'B', '--safe', '-o', path)['file'], path)
        with open(path, encoding='utf-8', newline='') as table:
            check(any("'=1+1" in row for row in csv.reader(table)))
        ws.fails(2, '--json', 'export', 'csv', 'B')
        ws.fails(3, 'export', 'csv', 'Nowhere')
        ws.fails(1, 'export', 'csv', 'B', '-o', '/nowhere/at/all')


def everything(ws):
    return [ws.json('history'), [ws.json('board', 'show', board['id']) for board in ws.json('board', 'list')],
            [ws.json('card', 'show', card['id']) | {'age': 0} for card in ws.json('card', 'list')]]


def test_json_there_and_back():
    with Workspace() as ws, Workspace() as other:
        ws.ok('demo')
        ws.ok('undo')
        ws.ok('redo')
        path = os.path.join(ws.base, 'all.json')
        ws.ok('export', 'json', '-o', path)
        equal(json.loads(ws.ok('export', 'json'))['format'], 'baton')
        check(other.json('import', 'json', path)['ok'])
        equal(everything(other), everything(ws))
        equal(other.json('verify')['ok'], True)
        other.fails(1, 'import', 'json', path)


def test_over_the_bus():
    with Bus() as address, Workspace(DBUS_SESSION_BUS_ADDRESS=address) as ws:
        ws.ok('init')
        path = write(ws, 'board.json', trello())
        with Owner(ws, 'bus'):
            ws.ok('import', 'trello', path)
            equal(ws.json('board', 'list')[0]['cards'], 1)
            moves = ws.json('history', '--verb', 'card.move')
            equal((moves[0]['at'], moves[0]['person']), ('2020-07-05T10:00:00Z', 'Ada'))
            ws.fails(1, 'import', 'trello', path)
            ws.ok('export', 'json')
        equal(ws.json('verify')['ok'], True)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
