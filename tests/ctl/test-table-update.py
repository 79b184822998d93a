#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table that is imported again: what changed in it comes in where nobody changed it here."""
import csv
import os
import random

from ctltest import Workspace, check, equal, main

NAMES = ('Id', 'Title', 'Status', 'Owner', 'Members', 'Labels', 'Due', 'Priority', 'Channel', 'Brief', 'Budget', 'Archived')
SETS = ('Members', 'Labels')
OPTIONS = {'Title': '--title', 'Owner': '--owner', 'Due': '--due', 'Priority': '--urgency', 'Channel': '--channel',
           'Brief': '--brief'}
# The empty text stands for what is not set.
CHOICES = {'Title': ['Hero', 'Banner', 'Teaser'], 'Status': ['To do', 'Doing', 'Done'], 'Owner': ['', 'Anna', 'Ben'],
           'Members': ['Cy', 'Dora', 'Emil'], 'Labels': ['red', 'blue', 'green'], 'Due': ['', '2026-05-01', '2026-06-01'],
           'Priority': ['low', 'normal', 'high'], 'Channel': ['', 'Web', 'Print'],
           'Brief': ['', 'Short', 'Long'], 'Budget': ['', '3', '40'], 'Archived': ['no', 'yes']}


def write(ws, rows):
    path = os.path.join(ws.base, 'plan.csv')
    with open(path, 'w', newline='', encoding='utf-8') as out:
        writer = csv.writer(out)
        writer.writerow(NAMES)
        for number, row in rows.items():
            writer.writerow([number] + [';'.join(sorted(row[name])) if name in SETS else row[name] for name in NAMES[1:]])
    return path


def choose(chance, name):
    if name in SETS:
        return frozenset(one for one in CHOICES[name] if chance.random() < 0.5)
    return chance.choice(CHOICES[name])


def change_here(ws, chance, card, row):
    """Changes some fields with the commands that people use; gives the row as it is then."""
    row = dict(row)
    for name in NAMES[1:]:
        if name == 'Budget' or chance.random() < 0.7:
            continue
        new, old = choose(chance, name), row[name]
        if new == old:
            continue
        row[name] = new
        if name in OPTIONS:
            ws.ok('card', 'set', card, OPTIONS[name], new)
        elif name == 'Status':
            ws.ok('card', 'move', card, new)
        elif name == 'Archived':
            ws.ok('card', 'archive' if new == 'yes' else 'unarchive', card)
        else:
            command = 'member' if name == 'Members' else 'label'
            for gone in old - new:
                ws.ok('card', command, card, gone, '--remove')
            for come in new - old:
                ws.ok('card', command, card, come)
    return row


def merged(base, mine, theirs):
    """What the three sides give, and on how many fields both changed to different values."""
    row, both = {}, 0
    for name in NAMES[1:]:
        if name in SETS:
            row[name] = (mine[name] | (theirs[name] - base[name])) - (base[name] - theirs[name])
        elif theirs[name] in (base[name], mine[name]):
            row[name] = mine[name]
        elif mine[name] == base[name]:
            row[name] = theirs[name]
        else:
            row[name] = mine[name]
            both += 1
    return row, both


def shown(ws, card):
    found = ws.json('card', 'show', card)
    fields = {field['name']: field['text'] or '' for field in found['fields']}
    return {'Title': found['title'], 'Status': found['stage'], 'Owner': found['owner'] or '',
            'Members': frozenset(found['members']), 'Labels': frozenset(found['labels']), 'Due': (found['due'] or '')[:10],
            'Priority': found['urgency'] or 'normal', 'Channel': found['channel'] or '', 'Brief': found['brief'] or '',
            'Budget': fields.get('Budget', ''), 'Archived': 'yes' if found['archived'] else 'no'}


def told(made, what):
    return sum(line['count'] for line in made['summary'] if line['what'] == what)


def three_ways(chance):
    base = {number: {name: choose(chance, name) for name in NAMES[1:]} for number in range(1, 9)}
    # So that all people, labels, channels and stages are known to the commands.
    base[1].update({'Members': frozenset(CHOICES['Members']), 'Labels': frozenset(CHOICES['Labels']), 'Owner': 'Anna'})
    base[2].update({'Owner': 'Ben', 'Status': 'Doing', 'Channel': 'Web'})
    base[3].update({'Status': 'To do', 'Channel': 'Print'})
    base[4]['Status'] = 'Done'
    with Workspace() as ws:
        ws.ok('import', 'csv', write(ws, base))
        cards = [row['card'] for row in ws.json('history', '--verb', 'card.add')]
        equal(len(cards), 8)
        here = {number: change_here(ws, chance, cards[number - 1], row) for number, row in base.items()}
        file = {number: {name: choose(chance, name) if chance.random() < 0.3 else row[name] for name in NAMES[1:]}
                for number, row in base.items()}
        file[9] = {name: choose(chance, name) for name in NAMES[1:]}
        made = ws.json('import', 'csv', write(ws, file), '--update')
        both, touched = 0, 0
        for number, row in here.items():
            wanted, conflicts = merged(base[number], row, file[number])
            both += conflicts
            touched += wanted != row
            equal(shown(ws, cards[number - 1]), wanted, f'card {number}')
        equal(told(made, 'values changed in the file and in Baton since'), both)
        equal((told(made, 'cards'), told(made, 'cards brought up to date')), (1, touched))
        equal(ws.json('verify')['ok'], True)
        equal(ws.json('import', 'csv', write(ws, file), '--update')['operations'], 0)


def test_random_three_ways():
    seed = random.randrange(1 << 32)
    print(f'# seed {seed}')
    for turn in range(4):
        three_ways(random.Random(seed + turn))


def test_renamed_here():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'plan.csv')

        def table(text):
            with open(path, 'w', encoding='utf-8') as out:
                out.write('Id,Title,Status,Owner,Channel,Label\n' + text)
        table('1,A,To do,Anna,Web,red\n2,B,Doing,Ben,Print,\n')
        ws.ok('import', 'csv', path)
        ws.ok('stage', 'set', 'plan', 'Doing', '--name', 'In work')
        before = ws.json('history')
        equal(ws.json('import', 'csv', path, '--update')['operations'], 0)
        equal(ws.json('history'), before)
        # A card comes into the stage by the name that the file still has for it.
        table('1,A,Doing,Anna,Web,red\n2,B,Doing,Ben,Print,\n3,C,Doing,Ben,Print,\n')
        ws.ok('import', 'csv', path, '--update')
        equal(sorted(ws.titles('plan', 'In work')), ['A', 'B', 'C'])
        equal([stage['name'] for stage in ws.json('board', 'show', 'plan')['stages']], ['To do', 'In work'])


def test_both_sides_are_told_with_the_line():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'plan.csv')

        def table(*titles, stage='To do'):
            with open(path, 'w', encoding='utf-8') as out:
                out.write('Id,Title,Status\n' + ''.join(f'{n},{t},{stage}\n' for n, t in enumerate(titles)))
        table('A', 'B', 'C')
        ws.ok('import', 'csv', path)
        ws.ok('card', 'set', 'B', '--title', 'B here')
        ws.ok('card', 'bin', 'C')
        table('A there', 'B there', 'C there')
        made = ws.json('import', 'csv', path, '--update')
        equal(sorted(card['title'] for card in ws.json('card', 'list')), ['A there', 'B here'])
        lines = {line['what']: line for line in made['summary']}
        check(lines['values changed in the file and in Baton since']['reason'].endswith('in these lines: 3.'), made)
        equal(lines['cards in the bin']['count'], 1)
        equal(lines['cards brought up to date']['count'], 1)
        # An undo takes all of it back, and the next update brings it again.
        ws.ok('undo')
        equal(sorted(card['title'] for card in ws.json('card', 'list')), ['A', 'B here'])
        ws.ok('import', 'csv', path, '--update')
        equal(sorted(card['title'] for card in ws.json('card', 'list')), ['A there', 'B here'])
        equal(ws.json('verify')['ok'], True)


def test_a_limit_that_refuses():
    """All or nothing when a stage would be too full in the end; what only passes by on the way is no reason."""
    with Workspace() as ws:
        path = os.path.join(ws.base, 'plan.csv')

        def table(*rows):
            with open(path, 'w', encoding='utf-8') as out:
                out.write('Id,Title,Status\n' + ''.join(f'{row}\n' for row in rows))
        table('1,A,To do', '2,B,To do', '3,C,To do', '4,D,Doing', '5,E,Done')
        ws.ok('import', 'csv', path)
        ws.ok('stage', 'set', 'plan', 'Doing', '--wip-limit', '2', '--hard')
        before = ws.json('board', 'show', 'plan')
        table('1,A new,Doing', '2,B,Doing', '3,C,To do', '4,D,Doing', '5,E,Done')
        error = ws.fails(1, 'import', 'csv', path, '--update')
        check('“Doing” is full' in error and 'Nothing was imported.' in error, error)
        equal(ws.json('board', 'show', 'plan'), before)
        # D goes on further down in the file than those that take its place, and a new card comes before all of them.
        table('9,New,Doing', '1,A new,Doing', '2,B,To do', '3,C,To do', '4,D,Done', '5,E,Done')
        ws.ok('import', 'csv', path, '--update')
        equal((sorted(ws.titles('plan', 'Doing')), sorted(ws.titles('plan', 'Done'))), (['A new', 'New'], ['D', 'E']))
        equal(ws.json('verify')['ok'], True)
        # Into a stage that the table brings along.
        table('9,New,Doing', '1,A new,Shipped', '2,B,Doing', '3,C,To do', '4,D,Done', '5,E,Done')
        ws.ok('import', 'csv', path, '--update')
        equal((sorted(ws.titles('plan', 'Doing')), ws.titles('plan', 'Shipped')), (['B', 'New'], ['A new']))


def test_cards_of_people_are_left_alone():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'plan.csv')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('Title,Status,Brief\nA,To do,from the file\nB,Done,\n')
        ws.ok('init', '--board', 'Plan')
        ws.ok('card', 'add', 'Plan', 'A')
        made = ws.json('import', 'csv', path, '--board', 'Plan', '--update')
        equal(ws.json('card', 'show', 'A')['brief'], None)
        equal((told(made, 'cards'), told(made, 'cards that are here already')), (1, 1))


def test_ten_thousand_rows():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'plan.csv')

        def table(word):
            with open(path, 'w', encoding='utf-8') as out:
                out.write('Id,Title,Status,Brief\n' + ''.join(f'{n},Card {n},To do,{word} {n % 7}\n' for n in range(10000)))
        table('old')
        ws.ok('import', 'csv', path)
        table('new')
        equal(told(ws.json('import', 'csv', path, '--update'), 'cards brought up to date'), 10000)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
