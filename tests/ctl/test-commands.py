#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of batonctl, with the keys and exit statuses that scripts rely on."""
import re

from ctltest import Workspace, check, equal, main

ID = re.compile(r'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
TIME = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$')


def campaign(ws, name='Spring'):
    ws.ok('init', '--template', 'Brand campaign', '--name', name)
    return ws


def test_init():
    with Workspace() as ws:
        made = ws.json('init', '--template', 'newsletter', '--name', 'Äpfel & Birnen')
        equal(made['folder'], ws.folder)
        equal([board['name'] for board in ws.json('board', 'list')], ['Äpfel & Birnen'])
        ws.fails(1, 'init')
    with Workspace() as ws:
        ws.fails(3, 'init', '--template', 'no such thing')
        ws.ok('init')
        equal(ws.json('board', 'list'), [])
        ws.fails(1, 'undo')


def test_default_workspace():
    with Workspace() as ws:
        ws.ok('init', folder=False)
        ws.ok('board', 'add', 'Here', folder=False)
        equal(len(ws.json('board', 'list', folder=False)), 1)
        ws.env['BATON_WORKSPACE'] = ws.folder
        ws.fails(3, 'board', 'list', folder=False)
        ws.ok('init', folder=False)
        equal(ws.json('board', 'list'), [])


def test_templates():
    with Workspace() as ws:
        templates = ws.json('template', 'list', folder=False)
        equal([each['id'] for each in templates], ['social', 'campaign', 'newsletter', 'blank'])
        ws.ok('init')
        for each in templates:
            for name in (each['id'], each['name'], each['name'].upper()):
                ws.ok('board', 'add', 'A ' + name, '--template', name)
        equal(len(ws.json('board', 'list')), 3 * len(templates))


def test_board_contract():
    with Workspace() as ws:
        campaign(ws)
        boards = ws.json('board', 'list')
        equal(boards[0], {'id': boards[0]['id'], 'name': 'Spring', 'stages': 7, 'cards': 0, 'archived': 0,
                          'board_archived': False})
        check(ID.match(boards[0]['id']))
        card = ws.json('card', 'add', 'Spring', 'Hero', '--due', '2026-05-01T17:00:00Z', '--label', 'Legal check',
                       '--label', 'Reuse')['id']
        ws.ok('card', 'add', 'Spring', 'Old')
        ws.ok('card', 'add', 'Spring', 'Gone')
        ws.ok('card', 'add', 'Spring', 'Pattern', '--as-template')
        ws.ok('card', 'archive', 'Old')
        ws.ok('card', 'bin', 'Gone')
        ws.ok('stage', 'archive', 'Spring', 'Published')
        for name in ('Spring', boards[0]['id'], 'spring'):
            board = ws.json('board', 'show', name)
            equal(board['name'], 'Spring')
            equal([stage['name'] for stage in board['stages']],
                  ['Backlog', 'Ready for design', 'In design', 'Ready for review', 'In review', 'Ready to publish',
                   'Published'])
            equal([stage['kind'] for stage in board['stages']],
                  ['backlog', 'queue', 'active', 'queue', 'review', 'queue', 'done'])
            equal([stage['archived'] for stage in board['stages']], [False] * 6 + [True])
        cards = board['stages'][0]['cards']
        equal([(each['title'], each['archived']) for each in cards], [('Hero', False), ('Old', True)])
        equal(cards[0]['id'], card)
        equal(sorted(cards[0]['labels']), ['Legal check', 'Reuse'])
        equal(cards[0]['due'], '2026-05-01T17:00:00Z')
        equal(cards[1]['due'], None)
        check(TIME.match(cards[0]['created']))
        counts = ws.json('board', 'list')[0]
        equal((counts['cards'], counts['archived']), (2, 1))


def test_board_commands():
    with Workspace() as ws:
        campaign(ws)
        ws.ok('board', 'rename', 'Spring', 'Summer')
        ws.ok('board', 'archive', 'Summer')
        equal(ws.json('board', 'list')[0]['board_archived'], True)
        check('Summer' not in ws.ok('board', 'list'))
        check('Summer' in ws.ok('board', 'list', '--all'))
        ws.ok('board', 'unarchive', 'Summer')
        ws.ok('board', 'bin', 'Summer')
        equal(ws.json('board', 'list'), [])
        ws.fails(3, 'board', 'show', 'Summer')
        ws.ok('board', 'restore', 'Summer')
        equal(ws.json('board', 'list')[0]['name'], 'Summer')
        ws.fails(1, 'board', 'add', '   ')


def test_stages():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('stage', 'add', 'B', 'Check', '--kind', 'review', '--role', 'Lead', '--wip-limit', '1', '--hard',
              '--age-limit', '2d', '--after', 'Doing')
        names = [stage['name'] for stage in ws.json('stage', 'list', 'B')]
        equal(names, ['To do', 'Doing', 'Check', 'Done'])
        check_stage = ws.json('stage', 'list', 'B')[2]
        equal((check_stage['kind'], check_stage['role'], check_stage['wip_limit'], check_stage['wip_hard'],
               check_stage['age_limit']), ('review', 'Lead', 1, True, 172800))
        ws.ok('card', 'add', 'B', 'One', '--stage', 'Check')
        check('full' in ws.fails(1, 'card', 'add', 'B', 'Two', '--stage', 'Check'))
        ws.ok('stage', 'set', 'B', 'Check', '--soft', '--name', 'Proof')
        ws.ok('card', 'add', 'B', 'Two', '--stage', 'Proof')
        ws.ok('stage', 'move', 'B', 'Proof', '--before', 'To do')
        equal([stage['name'] for stage in ws.json('stage', 'list', 'B')], ['Proof', 'To do', 'Doing', 'Done'])
        ws.fails(1, 'stage', 'remove', 'B', 'Proof')
        ws.ok('stage', 'remove', 'B', 'Proof', '--to', 'Done')
        equal(ws.titles('B', 'Done'), ['One', 'Two'])
        moves = [entry for entry in ws.json('history') if entry['verb'] == 'stage.remove']
        equal([(entry['from'], entry['to']) for entry in moves], [('Proof', 'Done')] * 2)
        ws.fails(2, 'stage', 'set', 'B', 'Done')
        ws.fails(2, 'stage', 'set', 'B', 'Done', '--wip-limit', 'many')
        ws.fails(2, 'stage', 'set', 'B', 'Done', '--hard', '--soft')
        ws.fails(2, 'stage', 'set', 'B', 'Done', '--kind', 'nonsense')
        ws.fails(3, 'stage', 'set', 'B', 'Nowhere', '--name', 'X')
        ws.ok('stage', 'archive', 'B', 'Done')
        ws.ok('stage', 'unarchive', 'B', 'Done')


def test_card_fields():
    with Workspace() as ws:
        campaign(ws)
        ws.ok('person', 'add', 'Ada', '--role', 'Designer', '--email', 'ada@example.org')
        ws.ok('campaign', 'add', 'Spring', 'Launch', '--color', '#123456')
        ws.ok('card', 'add', 'Spring', 'Hero', '--stage', 'In design', '--brief', '# Goal', '--notes', 'n',
              '--audience', 'a', '--owner', 'Ada', '--channel', 'instagram', '--campaign', 'Launch', '--type', 'Story',
              '--due', '2026-05-01', '--urgency', 'high', '--member', 'Ada')
        card = ws.json('card', 'show', 'Hero')
        wanted = {'title': 'Hero', 'board': 'Spring', 'stage': 'In design', 'brief': '# Goal', 'notes': 'n',
                  'audience': 'a', 'owner': 'Ada', 'members': ['Ada'], 'channel': 'Instagram', 'campaign': 'Launch',
                  'asset_type': 'Story', 'due': '2026-05-01T23:59:59Z', 'urgency': 'high', 'archived': False,
                  'binned': False, 'template': False}
        equal({key: card[key] for key in wanted}, wanted)
        check(isinstance(card['age'], int) and card['age'] < 60)
        ws.ok('card', 'set', 'Hero', '--title', 'Heroine', '--due', '', '--owner', '', '--brief', '-',
              stdin='line 1\nline 2\n')
        card = ws.json('card', 'show', 'Heroine')
        equal((card['due'], card['owner'], card['brief']), (None, None, 'line 1\nline 2\n'))
        fields = ws.json('history', '--verb', 'card.set')[-1]['fields']
        equal({field['field'] for field in fields}, {'title', 'due', 'owner', 'brief'})
        equal([field for field in fields if field['field'] == 'title'],
              [{'field': 'title', 'from': 'Hero', 'to': 'Heroine'}])
        equal([(field['from'], field['to']) for field in fields if field['field'] == 'owner'], [('Ada', None)])
        ws.fails(2, 'card', 'set', 'Heroine')
        ws.fails(2, 'card', 'set', 'Heroine', '--due', 'soon')
        ws.fails(3, 'card', 'set', 'Heroine', '--owner', 'Nobody')
        ws.fails(2, 'card', 'set', 'Heroine', '--urgency', 'panic')
        ws.fails(1, 'card', 'set', 'Heroine', '--title', '')
        equal(ws.json('card', 'list', '--owner', 'Ada'), [])
        equal(len(ws.json('card', 'list', '--board', 'Spring', '--stage', 'In design')), 1)
        check('Heroine' in ws.ok('card', 'show', 'Heroine'))


def test_card_moves():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ids = {title: ws.json('card', 'add', 'B', title)['id'] for title in 'abcd'}
        equal(ws.titles('B', 'To do'), list('abcd'))
        ws.ok('card', 'move', 'd', 'To do', '--before', 'a')
        equal(ws.titles('B', 'To do'), list('dabc'))
        ws.ok('card', 'move', ids['d'], 'To do', '--after', ids['b'])
        equal(ws.titles('B', 'To do'), list('abdc'))
        ws.ok('card', 'move', 'a', 'Doing')
        ws.ok('card', 'move', 'b', 'Doing', '--before', 'a')
        equal(ws.titles('B', 'Doing'), list('ba'))
        ws.ok('card', 'move', 'c', ws.json('board', 'show', 'B')['stages'][2]['id'])
        equal(ws.titles('B', 'Done'), ['c'])
        moves = ws.json('history', '--verb', 'card.move')
        equal([(entry['from'], entry['to']) for entry in moves],
              [('To do', 'To do')] * 2 + [('To do', 'Doing')] * 2 + [('To do', 'Done')])
        equal(moves[2]['card'], ids['a'])
        equal(moves[2]['card_title'], 'a')
        check(ID.match(moves[2]['from_id']) and ID.match(moves[2]['to_id']) and ID.match(moves[2]['person_id']))
        ws.fails(3, 'card', 'move', 'b', 'Nowhere')
        ws.fails(3, 'card', 'move', 'zzz', 'Done')
        check('Done' in ws.fails(3, 'card', 'move', 'b', 'Done', '--before', 'a'))
        ws.fails(2, 'card', 'move', 'b', 'Done', '--before', 'c', '--after', 'c')
        ws.fails(2, 'card', 'move', 'b')
        equal(ws.titles('B', 'Doing'), list('ba'))


def test_ambiguous():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        first = ws.json('card', 'add', 'B', 'Twin')['id']
        second = ws.json('card', 'add', 'B', 'Twin', '--stage', 'Doing')['id']
        err = ws.fails(1, 'card', 'move', 'Twin', 'Done')
        check(first in err and second in err and 'Doing' in err, err)
        ws.ok('card', 'move', second, 'Done')
        # A title as it is written wins over one that differs in case, and the bin does not count.
        ws.ok('card', 'add', 'B', 'twin')
        ws.ok('card', 'bin', first)
        ws.ok('card', 'move', 'Twin', 'Doing')
        ws.ok('board', 'add', 'C')
        ws.ok('card', 'add', 'C', 'Twin')
        ws.fails(1, 'card', 'move', 'Twin', 'Done')
        ws.ok('card', 'move', 'Twin', 'Done', '--board', 'C')
        equal(ws.titles('C', 'Done'), ['Twin'])


def test_card_parts():
    with Workspace() as ws:
        campaign(ws)
        ws.ok('person', 'add', 'Ada')
        for title in ('One', 'Two', 'Three'):
            ws.ok('card', 'add', 'Spring', title, '--stage', 'In design')
        ws.ok('card', 'label', 'One', 'Reuse', 'Evergreen')
        ws.ok('card', 'label', 'One', 'Reuse', '--remove')
        ws.ok('card', 'member', 'One', 'Ada')
        ws.ok('card', 'depend', 'One', 'Two', 'Three')
        check('wait' in ws.fails(1, 'card', 'depend', 'Three', 'One'))
        ws.ok('card', 'block', 'One', 'No photos')
        ws.ok('card', 'comment', 'One', '-', stdin='Hello\nworld')
        ws.ok('card', 'check', 'One', 'First', '--add', '--list', 'Steps')
        ws.ok('card', 'check', 'One', 'Second', '--add')
        ws.ok('card', 'check', 'One', 'First')
        ws.ok('card', 'check', 'One', 'Second')
        ws.ok('card', 'check', 'One', 'Second', '--off')
        ws.ok('card', 'tick', 'One', 'Text is proof-read')
        card = ws.json('card', 'show', 'One')
        equal(card['labels'], ['Evergreen'])
        equal(card['members'], ['Ada'])
        equal(sorted(each['title'] for each in card['waits_for']), ['Three', 'Two'])
        equal(card['blocked_reason'], 'No photos')
        equal([each['text'] for each in card['comments']], ['Hello\nworld'])
        equal([(item['text'], item['done']) for item in card['checklists'][0]['items']],
              [('First', True), ('Second', False)])
        equal(card['checklists'][0]['title'], 'Steps')
        equal([each['text'] for each in card['criteria'] if each['met']], ['Text is proof-read'])
        equal((card['items'], card['items_done']), (2, 1))
        ws.ok('card', 'unblock', 'One')
        ws.ok('card', 'check', 'One', 'Second', '--remove')
        equal(ws.json('card', 'show', 'One')['items'], 1)
        ws.fails(3, 'card', 'check', 'One', 'Nothing')
        ws.fails(3, 'card', 'label', 'One', 'No such label')
        ws.fails(2, 'card', 'label', 'One')
        history = ws.json('history', '--card', 'One')
        check(all(entry['card'] == card['id'] for entry in history))
        check({'card.add', 'card.label', 'comment.add', 'item.set', 'card.block'} <=
              {entry['verb'] for entry in history})


def test_bulk():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ids = [ws.json('card', 'add', 'B', title)['id'] for title in 'abc']
        equal(ws.json('card', 'archive', 'a', 'b', 'c')['ids'], ids)
        entries = ws.json('history', '--verb', 'card.archive')
        equal([entry['card'] for entry in entries], ids)
        equal(len({entry['seq'] for entry in entries}), 1)
        equal(len(ws.json('history', '--verb', 'card.archive', '--card', ids[1])), 1)
        ws.ok('undo')
        equal(len(ws.json('card', 'list')), 3)
        ws.fails(3, 'card', 'bin', 'a', 'zzz')
        equal(len(ws.json('card', 'list')), 3)
        ws.ok('card', 'bin', 'a', 'b')
        equal(len(ws.json('card', 'list', '--binned')), 2)
        ws.ok('card', 'restore', 'a', ids[1])
        ws.ok('card', 'unarchive', 'a')
        equal(len(ws.json('card', 'list')), 3)


def test_named_things():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        for kind in ('label', 'channel', 'campaign', 'type'):
            made = ws.json(kind, 'add', 'B', 'Ä ' + kind, '--color', '#3f76ad')
            equal(ws.json(kind, 'list', 'B'), [{'id': made['id'], 'name': 'Ä ' + kind, 'color': '#3f76ad'}])
            ws.ok(kind, 'list', 'B')
            ws.ok(kind, 'remove', 'B', 'Ä ' + kind)
            equal(ws.json(kind, 'list', 'B'), [])
            ws.fails(3, kind, 'remove', 'B', 'Ä ' + kind)


def test_people():
    with Workspace() as ws:
        ws.ok('init')
        people = ws.json('person', 'list')
        equal([person['me'] for person in people], [True])
        ws.ok('person', 'add', 'Ada', '--role', 'Lead')
        equal(ws.json('person', 'list')[1]['role'], 'Lead')
        ws.ok('person', 'list')


def test_history():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('card', 'add', 'B', 'Hero')
        ws.ok('card', 'move', 'Hero', 'Doing')
        history = ws.json('history')
        equal([entry['verb'] for entry in history], ['person.add', 'board.add', 'card.add', 'card.move'])
        for entry in history:
            check({'seq', 'at', 'person', 'verb', 'card', 'from', 'to', 'words'} <= set(entry))
            check(TIME.match(entry['at']))
        equal([entry['seq'] for entry in history], sorted(entry['seq'] for entry in history))
        equal(history[1]['card'], None)
        equal((history[2]['from'], history[2]['to'], history[2]['stage']), (None, None, 'To do'))
        me = ws.json('person', 'list')[0]['name']
        equal(history[3]['person'], me)
        equal(len(ws.json('history', '--person', me)), 4)
        equal([entry['verb'] for entry in ws.json('history', '--limit', '2')], ['card.add', 'card.move'])
        equal(len(ws.json('history', '--board', 'B')), 3)
        ws.ok('board', 'add', 'Other')
        equal(len(ws.json('history', '--board', 'B')), 3)
        check('Hero' in ws.ok('history'))
        ws.fails(2, 'history', '--verb', 'card.fly')
        ws.fails(2, 'history', '--limit', 'x')
        ws.fails(3, 'history', '--card', 'nobody')
        ws.fails(3, 'history', '--person', 'nobody')


def test_undo_redo():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('card', 'add', 'B', 'Hero')
        ws.ok('card', 'move', 'Hero', 'Doing')
        check('Hero' in ws.json('undo')['undone'])
        equal(ws.titles('B', 'To do'), ['Hero'])
        undo = ws.json('history', '--limit', '1')[0]
        equal((undo['verb'], undo['from'], undo['to']), ('op.undo', 'Doing', 'To do'))
        check('Doing' in ws.json('redo')['redone'])
        equal(ws.titles('B', 'Doing'), ['Hero'])
        ws.fails(1, 'redo')
        ws.ok('undo')
        ws.ok('undo')
        equal(ws.json('card', 'list'), [])
        ws.ok('redo')
        ws.ok('redo')
        equal(ws.titles('B', 'Doing'), ['Hero'])
        equal(ws.json('verify')['ok'], True)


def test_search():
    with Workspace() as ws:
        campaign(ws)
        hero = ws.json('card', 'add', 'Spring', 'Hero image', '--brief', 'blooming tulips')['id']
        ws.ok('board', 'add', 'Other')
        ws.ok('card', 'add', 'Other', 'Tulip')
        equal([found['id'] for found in ws.json('search', 'bloom')], [hero])
        equal(len(ws.json('search', 'tulip')), 2)
        equal([found['title'] for found in ws.json('search', 'tulip', '--board', 'Other')], ['Tulip'])
        equal(ws.json('search', 'nothing like it'), [])
        ws.json('search', '"*(AND NEAR')
        ws.ok('search', 'hero', 'image')
        ws.ok('card', 'bin', 'Tulip')
        equal(len(ws.json('search', 'tulip')), 1)


def test_keeping():
    with Workspace() as ws:
        campaign(ws)
        ws.ok('card', 'add', 'Spring', 'Hero')
        verified = ws.json('verify')
        equal((verified['ok'], verified['problems']), (True, []))
        equal(verified['operations'], len(ws.json('history')))
        ws.ok('verify')
        copy = ws.folder + '-copy.db'
        equal(ws.json('backup', copy)['backup'], copy)
        kept = ws.json('backup')['backup']
        check(kept in [each['file'] for each in ws.json('backups')])
        ws.ok('card', 'add', 'Spring', 'Later')
        restored = ws.json('restore', copy)
        check(restored['kept'].endswith('.db'))
        equal([card['title'] for card in ws.json('card', 'list')], ['Hero'])
        ws.fails(3, 'restore', ws.folder + '-nothing.db')
        with open(ws.folder + '-bad.db', 'w', encoding='utf-8') as bad:
            bad.write('no database')
        ws.fails(6, 'restore', ws.folder + '-bad.db')
        equal([card['title'] for card in ws.json('card', 'list')], ['Hero'])
        ws.ok('rebuild')
        equal(ws.json('verify')['ok'], True)
    with Workspace() as ws:
        ws.fails(3, 'rebuild')
        ws.fails(3, 'verify')
        ws.fails(3, 'backup')


def test_demo():
    with Workspace() as ws:
        made = ws.json('demo')
        equal([board['name'] for board in made], ['Spring Launch', 'Newsletter'])
        boards = {board['name']: board for board in ws.json('board', 'list')}
        live = boards['Spring Launch']['cards'] - boards['Spring Launch']['archived']
        check(45 <= live <= 85, f'{live} cards')
        equal(boards['Newsletter']['cards'], 8)
        equal(ws.json('verify')['ok'], True)
        times = [entry['at'] for entry in ws.json('history')]
        equal(times, sorted(times))
        check(len(ws.json('person', 'list')) == 9)
        for command in (('board', 'show', 'Spring Launch'), ('board', 'list'), ('card', 'list'), ('history',),
                        ('stage', 'list', 'Spring Launch'), ('search', 'pot')):
            check(ws.ok(*command))
        ws.ok('undo')
        equal(ws.json('board', 'list'), [])


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
