#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables as other programs and people write them."""
import os

from ctltest import Workspace, check, equal, main

TABLE = 'Titel;Status\r\nRäder – „groß“;Offen\r\nÜ;Fertig\r\n'


def write(ws, name, data):
    path = os.path.join(ws.base, name)
    with open(path, 'wb') as out:
        out.write(data if isinstance(data, bytes) else data.encode())
    return path


def imported(data, *options, **env):
    """The stages with their cards, each with all of it."""
    with Workspace(**env) as ws:
        board = ws.json('import', 'csv', write(ws, 'table.csv', data), *options)['board']
        equal(ws.json('verify')['ok'], True)
        return [(stage['name'], [ws.json('card', 'show', card['id']) | {'due': card['due']} for card in stage['cards']])
                for stage in ws.json('board', 'show', board)['stages']]


def titles(stages):
    return [(name, [card['title'] for card in cards]) for name, cards in stages]


def cards_of(*args, **env):
    return {card['title']: card for _, cards in imported(*args, **env) for card in cards}


def test_encodings():
    wanted = [('Offen', ['Räder – „groß“']), ('Fertig', ['Ü'])]
    for encoding in ('utf-8', 'utf-8-sig', 'cp1252', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32'):
        equal(titles(imported(TABLE.encode(encoding))), wanted, encoding)


def test_what_comes_before_the_names():
    wanted = [('To do', ['A']), ('Done', ['B'])]
    for preface in ('', '\n\n', ',,\n', 'sep=,\n', '\r\n,\r\n', 'SEP=,\r\n\r\n'):
        equal(titles(imported(preface + 'Title,Status,\nA,To do\n\nB,Done\n')), wanted, repr(preface))
    equal(titles(imported('sep=|\nTitle, long|Status\nA;B|Done\n', '--map', 'title=1')), [('Done', ['A;B'])])
    with Workspace() as ws:
        said = ws.json('import', 'csv', write(ws, 't.csv', 'sep=;\n\n\nTitle;Due\nA;soon\n'))['summary']
        check([line for line in said if line['reason'] and '5' in line['reason']], said)


GROUPED = """Spring launch

To do
Name,Subitems,Person,Status,Date,Priority
Write copy,,Anna Berg,Working on it,2024-01-12,High
Lonely,,,,,

Done
Name,Subitems,Person,Status,Date,Priority
Ship it,,,Done,2024-01-22,
"""


def test_tables_in_groups():
    """A title above, and each group with its heading and the names of the columns once more: none of these is a card."""
    found = imported(GROUPED)
    equal(titles(found), [('Working on it', ['Write copy', 'Lonely']), ('Done', ['Ship it'])])
    equal(found[0][1][0]['owner'], 'Anna Berg')
    with Workspace() as ws:
        said = ws.json('import', 'csv', write(ws, 't.csv', GROUPED.replace('2024-01-22', 'soon')))['summary']
        check([line for line in said if line['reason'] and '10' in line['reason']], said)


def test_lists_without_names():
    equal(titles(imported('Write copy\nShip it\n'))[0][1], ['Write copy', 'Ship it'])
    equal(titles(imported('Task\nWrite copy\nShip it\n'))[0][1], ['Write copy', 'Ship it'])


# As written, as a due date, as a moment of creation; in Berlin.
DATES = (('2024-03-05', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('20240305', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('5.3.2024', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('5 Mar 2024', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('5. März 2024', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('March 5th, 2024', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('Tue, 05-Mar-24', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('45356', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('March 1, 2024 → March 5, 2024', '2024-03-05T22:59:59Z', '2024-03-04T23:00:00Z'),
         ('05/Mar/24 3:04 PM', '2024-03-05T14:04:00Z', '2024-03-05T14:04:00Z'),
         ('2024-03-05 15:04', '2024-03-05T14:04:00Z', '2024-03-05T14:04:00Z'),
         ('2024-07-05T15:04:00', '2024-07-05T13:04:00Z', '2024-07-05T13:04:00Z'),
         ('2024-03-05T15:04:00+05:30', '2024-03-05T09:34:00Z', '2024-03-05T09:34:00Z'),
         ('Tue Mar 05 2024 10:00:00 GMT+0200 (EET)', '2024-03-05T08:00:00Z', '2024-03-05T08:00:00Z'),
         ('45356.5', '2024-03-05T11:00:00Z', '2024-03-05T11:00:00Z'),
         ('1709650800', '2024-03-05T15:00:00Z', '2024-03-05T15:00:00Z'),
         ('1709650800000', '2024-03-05T15:00:00Z', '2024-03-05T15:00:00Z'),
         ('31 Feb 2024', None, None), ('soon', None, None), ('Mar 2024', None, None), ('99999999', None, None))


def test_dates():
    rows = ''.join(f'{i},"{text}","{text}"\n' for i, (text, _, _) in enumerate(DATES))
    cards = cards_of('Title,Due,Created\n' + rows, TZ='Europe/Berlin')
    for i, (text, due, created) in enumerate(DATES):
        equal(cards[str(i)]['due'], due, text)
        if created is not None:
            equal(cards[str(i)]['created'], created, text)


def test_nothing_is_nothing():
    for nothing in ('NULL', '(null)', 'N/A', 'n/a'):
        (stage, cards), *_ = imported(f'Title,Status,Owner,Due,Labels\nA,{nothing},{nothing},{nothing},{nothing}\n')
        equal((stage, cards[0]['owner'], cards[0]['labels']), ('To do', None, []), nothing)
    cards = cards_of('Title,Owner,Notes,Priority\nNone,None,None,None\n')
    equal((cards['None']['owner'], cards['None']['notes'], cards['None']['urgency']), (None, 'None', 'normal'))


def test_what_is_done_stands_behind():
    """A table that begins with what is done; and a row that names no stage is not done."""
    found = imported('Name,Section/Column,Assignee\nShipped it,Done,Anna Berg\nHero,In progress,"Ben Cho, Anna Berg"\nSubtask,,\n')
    equal(titles(found), [('In progress', ['Hero', 'Subtask']), ('Done', ['Shipped it'])])


def test_several_assignees():
    """Two words on each side of a comma are two people, “Weber, Jonas” is one."""
    with Workspace() as ws:
        ws.ok('import', 'csv', '--board', 'B', write(ws, 't.csv', (
            'Title,Assignee\nA,"Ben Cho, Anna Berg"\nB,"Weber, Jonas"\nC,"van der Berg, Jan"\n')))
        cards = {card['title']: ws.json('card', 'show', card['id']) for card in ws.json('card', 'list')}
        equal([cards[title]['owner'] for title in 'ABC'], ['Ben Cho', 'Weber, Jonas', 'van der Berg, Jan'])
        equal(cards['A']['members'], ['Anna Berg'])


def test_people_by_their_address():
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        ws.ok('person', 'add', 'Ada Lovelace', '--email', 'ada@example.org')
        ws.ok('import', 'csv', '--board', 'B', write(ws, 't.csv', (
            'Title,Assignee\nA,ADA@example.org\nB,Ada L. <ada@example.org>\nC,"bob@example.org, ada@example.org"\n'
            'D,"Weber, Jonas"\nE,Cy <cy@example.org>\n')))
        cards = {card['title']: ws.json('card', 'show', card['id']) for card in ws.json('card', 'list')}
        equal([cards[title]['owner'] for title in 'ABCDE'],
              ['Ada Lovelace', 'Ada Lovelace', 'bob@example.org', 'Weber, Jonas', 'Cy'])
        equal(cards['C']['members'], ['Ada Lovelace'])
        emails = {person['name']: person['email'] for person in ws.json('person', 'list')}
        equal((emails['Cy'], emails['bob@example.org'], emails['Weber, Jonas']), ('cy@example.org', 'bob@example.org', None))


def test_words_for_urgency():
    words = {'Highest': 'fast', 'Blocker': 'fast', 'P0': 'fast', 'p1': 'high', 'Major': 'high', '🔥 High': 'high',
             'Wichtig': 'high', 'Medium': 'normal', 'P2': 'normal', 'Lowest': 'low', 'trivial': 'low', 'Urgent': 'fast'}
    cards = cards_of('Title,Priority\n' + ''.join(f'{word},{word}\n' for word in words))
    equal({title: card['urgency'] for title, card in cards.items()}, words)


# What exports of other tools call their columns, and what they become.
TOOLS = {
    'jira': 'Summary=title,Issue key=custom,Issue Type=type,Status=stage,Project name=campaign,Priority=urgency,'
            'Assignee=owner,Created=created,Due date=due,Labels=labels,Labels=labels,Description=brief',
    'asana': 'Task ID=custom,Created At=created,Name=title,Section/Column=stage,Assignee=owner,Due Date=due,Tags=labels,'
             'Notes=notes,Projects=campaign',
    'github': 'Title=title,URL=custom,Assignees=members,Status=stage,Labels=labels,Milestone=campaign',
    'notion': 'Name=title,Status=stage,Assign=owner,Due=due,Tags=labels,Priority=urgency,Created time=created',
    'planner': 'Task Name=title,Bucket Name=stage,Priority=urgency,Assigned To=owner,Created Date=created,Due Date=due,'
               'Labels=labels,Description=brief',
    'linear': 'ID=custom,Team=custom,Title=title,Description=brief,Status=stage,Priority=urgency,Project=campaign,'
              'Assignee=owner,Labels=labels,Created=created,Due Date=due',
    'trello': 'Card ID=custom,Card Name=title,Card Description=brief,Labels=labels,Members=members,Due Date=due,'
              'List Name=stage,Archived=archived',
    'written together': 'taskName=title,dueDate=due,createdAt=created,assignedTo=owner,task_status=stage,Priority *=urgency',
}


def test_names_of_columns():
    with Workspace() as ws:
        for tool, wanted in TOOLS.items():
            pairs = [pair.split('=') for pair in wanted.split(',')]
            path = write(ws, 't.csv', ','.join(name for name, _ in pairs) + '\n' + ','.join('x' for _ in pairs) + '\n')
            found = ws.json('import', 'csv', '--preview', path)
            equal([[column['name'], column['role']] for column in found['columns']], pairs, tool)


def test_labels_of_several_columns_and_lists():
    cards = cards_of('Title,Labels,Labels,Tags\nA,x,"y, z","[p, ""q""]"\n')
    equal(sorted(cards['A']['labels']), ['p', 'q', 'x', 'y', 'z'])


def test_own_tables_come_back():
    with Workspace() as ws, Workspace() as other:
        ws.ok('init', '--board', 'B')
        ws.ok('person', 'add', 'Ada')
        ws.ok('card', 'add', 'B', 'A', '--due', '2026-05-01', '--owner', 'Ada')
        ws.ok('card', 'add', 'B', 'template', '--as-template')
        ws.ok('card', 'check', 'A', 'item', '--add', '--list', 'L')
        path = os.path.join(ws.base, 'B.csv')
        ws.ok('export', 'csv', 'B', '-o', path)
        other.ok('import', 'csv', path)
        cards = [other.json('card', 'show', card['id']) for card in other.json('card', 'list')]
        mine = ws.json('card', 'show', 'A')
        equal([card['title'] for card in cards], ['A'])
        for key in ('due', 'owner', 'created', 'stage', 'urgency', 'labels'):
            equal(cards[0][key], mine[key], key)
        equal([field['name'] for field in cards[0]['fields']], ['Creator'])


def test_damaged_files_beside_an_export_are_told():
    with Workspace() as ws, Workspace() as other:
        ws.ok('init', '--board', 'B')
        ws.ok('card', 'add', 'B', 'A')
        for name in ('one.txt', 'two.txt'):
            ws.ok('asset', 'add', 'A', write(ws, name, name), '--asset', name)
        path = os.path.join(ws.base, 'all.json')
        ws.ok('export', 'json', '-o', path)
        files = sorted(os.listdir(path + '.files'))
        spoilt = os.path.join(path + '.files', files[0])
        os.chmod(spoilt, 0o600)
        with open(spoilt, 'ab') as out:
            out.write(b'!')
        told = {line['what']: line['count'] for line in other.json('import', 'json', path)['summary']}
        equal((told['files'], told['damaged files']), (1, 1))
        status, out, _ = other.run('--json', 'verify')
        equal(status, 1)
        check('missing' in out, out)


def test_the_same_table_again():
    """It asks; an update brings what is new and leaves alone what is here."""
    with Workspace() as ws:
        path = write(ws, 'plan.csv', 'Title,Status\nA,To do\nB,Done\nA,Done\n')
        ws.ok('import', 'csv', path)
        err = ws.fails(1, 'import', 'csv', path)
        check('--update' in err and '--again' in err, err)
        before = ws.json('history')
        same = ws.json('import', 'csv', path, '--update')
        equal((same['operations'], ws.json('history')), (0, before))
        check('cards that are here already' in [line['what'] for line in same['summary']], same)
        ws.ok('card', 'set', 'B', '--title', 'B, renamed here')
        ws.ok('card', 'move', 'B, renamed here', 'To do')
        write(ws, 'plan.csv', 'Title,Status\nA,To do\nB,Done\nC,Doing\nA,Done\nA,Done\n')
        ws.ok('import', 'csv', path, '--update')
        equal([board['cards'] for board in ws.json('board', 'list')], [5])
        equal(sorted(card['title'] for card in ws.json('card', 'list')), ['A', 'A', 'A', 'B, renamed here', 'C'])
        equal(ws.json('card', 'show', 'B, renamed here')['stage'], 'To do')
        ws.ok('card', 'bin', 'C')
        equal(ws.json('import', 'csv', path, '--update')['operations'], 0)
        ws.ok('import', 'csv', path, '--again')
        equal(sorted(board['cards'] for board in ws.json('board', 'list')), [4, 5])
        equal(ws.json('verify')['ok'], True)


def test_rows_are_known_by_their_number():
    with Workspace() as ws:
        path = write(ws, 'issues.csv', 'Issue key,Summary,Status\nK-1,Same,Open\nK-2,Same,Open\n')
        ws.ok('import', 'csv', path)
        write(ws, 'issues.csv', 'Issue key,Summary,Status\nK-3,Same,Open\nK-2,Another title,Open\nK-1,Same,Open\n')
        ws.ok('import', 'csv', path, '--update')
        equal([card['title'] for card in ws.json('card', 'list')], ['Same', 'Another title', 'Same'])


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
