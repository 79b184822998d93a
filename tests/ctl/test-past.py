#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The past of an imported event log stands in the history, as if the cards had lived here."""
import csv
import gzip
import os
import random
from datetime import datetime, timedelta, timezone

from ctltest import ROOT, Skip, Workspace, check, equal, main

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
KEYS = {'seq', 'at', 'person', 'person_id', 'verb', 'card', 'card_title', 'from', 'from_id', 'to', 'to_id', 'undone',
        'words'}


def seconds(text):
    return (datetime.fromisoformat(text.replace('Z', '+00:00')) - EPOCH) // timedelta(seconds=1)


def wanted_of(rows):
    """What each case did, told from the file alone: (case, time, person, verb, from, to)."""
    cases = {}
    for case, activity, time, person in rows:
        cases.setdefault(case, []).append((seconds(time), activity, person or None))
    told = []
    for case, events in cases.items():
        before = None
        for time, activity, person in sorted(events, key=lambda event: event[0]):
            told.append((case, time, person, 'card.add' if before is None else 'card.move', before, activity))
            before = activity
    return told


def found_of(history):
    return [(row['card_title'], seconds(row['at']), row['person'], row['verb'], row['from'], row['to'] or row.get('stage'))
            for row in history if row['verb'] in ('card.add', 'card.move')]


def key(row):
    return tuple(str(part) for part in row)


def compare(ws, rows, board):
    history = ws.json('history', '--board', board)
    equal(sorted(found_of(history), key=key), sorted(wanted_of(rows), key=key))
    check(all(KEYS <= set(row) for row in history), 'a key is missing')
    order = [(seconds(row['at']), row['seq'], row.get('step', 0)) for row in history]
    equal(order, sorted(order))
    moves = ws.json('history', '--board', board, '--verb', 'card.move')
    equal(moves, [row for row in history if row['verb'] == 'card.move'])
    equal(ws.json('history', '--board', board, '--verb', 'card.add'), [row for row in history if row['verb'] == 'card.add'])
    return history


def write(ws, rows):
    path = os.path.join(ws.base, 'log.csv')
    with open(path, 'w', newline='', encoding='utf-8') as out:
        writer = csv.writer(out)
        writer.writerow(('case', 'activity', 'time', 'person'))
        writer.writerows(rows)
    return path


def test_random_logs():
    seed = random.randrange(1 << 32)
    print(f'# seed {seed}')
    chance = random.Random(seed)
    rows = []
    for case in range(150):
        # From before 1970 to behind 2100, with events of one instant.
        time = chance.choice([-86400 * 400, 0, 1767225600, 4102444800]) + chance.randrange(90 * 86400)
        for _ in range(chance.randrange(1, 9)):
            rows.append((f'Case {case}', chance.choice('ABCD'), (EPOCH + timedelta(seconds=time)).isoformat(),
                         chance.choice(['Anna', 'Ben', ''])))
            time += chance.choice([0, 3600, chance.randrange(5 * 86400)])
    with Workspace() as ws:
        ws.ok('import', 'events', write(ws, rows), '--board', 'Board')
        history = compare(ws, rows, 'Board')
        one = ws.json('history', '--card', 'Case 7')
        equal([row['card_title'] for row in one], ['Case 7'] * len([row for row in rows if row[0] == 'Case 7']))
        equal([row['step'] for row in one], list(range(1, len(one) + 1)))
        equal(len({row['seq'] for row in one}), 1)
        equal(ws.json('history', '--person', 'Anna', '--board', 'Board'),
              [row for row in history if row['person'] == 'Anna'])
        for number in (1, 7, 400):
            latest = sorted(history, key=lambda row: (row['seq'], row.get('step', 0)))[-number:]
            equal(sorted(ws.json('history', '--board', 'Board', '--limit', str(number)), key=lambda row: row['words']),
                  sorted(latest, key=lambda row: row['words']))
        equal(ws.json('verify')['ok'], True)


def test_goes_on_here():
    rows = [('One', 'A', '2026-01-01T10:00:00Z', 'Anna'), ('One', 'B', '2026-01-02T10:00:00+02:00', ''),
            ('One', 'B', '2026-01-03T10:00:00Z', 'Ben'), ('Two', 'A', '2026-01-02T09:00:00Z', 'Ben')]
    with Workspace() as ws:
        ws.ok('import', 'events', write(ws, rows), '--board', 'Board')
        ws.ok('card', 'move', 'One', 'A')
        history = ws.json('history', '--card', 'One')
        equal([(row['at'][:10], row['person'], row['verb'], row['from'], row['to']) for row in history[:3]],
              [('2026-01-01', 'Anna', 'card.add', None, None), ('2026-01-02', None, 'card.move', 'A', 'B'),
               ('2026-01-03', 'Ben', 'card.move', 'B', 'B')])
        equal(history[0]['stage'], 'A')
        equal(history[1]['at'], '2026-01-02T08:00:00Z')
        equal((history[3]['verb'], history[3]['from'], history[3]['to'], 'step' in history[3]), ('card.move', 'B', 'A', False))
        equal([row['card_title'] for row in ws.json('history', '--board', 'Board') if 'step' in row],
              ['One', 'One', 'Two', 'One'])
        words = ws.ok('history', '--card', 'One').splitlines()
        equal(len(words), 4)
        check('once more' in words[2], words)
        # What was brought can be taken back; then it is marked as undone, step by step.
        ws.ok('undo')
        ws.ok('undo')
        check(all(row['undone'] for row in ws.json('history', '--card', history[0]['card']) if 'step' in row))
        passport = ws.json('passport', history[0]['card'])
        equal([(one['from'], one['to'], one['stayed_hours']) for one in passport['handoffs']][:1], [('A', 'B', 22.0)])


def test_helpdesk():
    place = os.environ.get('BATON_SHARED_DATA') or os.path.join(ROOT, '..', 'shared', 'data')
    path = os.path.join(place, 'helpdesk-event-log.csv.gz')
    if not os.path.exists(path):
        raise Skip('the helpdesk log is not here')
    with gzip.open(path, 'rt', encoding='utf-8') as source:
        rows = [(row['case_id'], row['activity'], row['timestamp'], row['resource']) for row in csv.DictReader(source)]
    with Workspace() as ws:
        ws.ok('import', 'events', path, '--board', 'Help', '--map',
              'case=case_id,activity=activity,time=timestamp,person=resource')
        history = compare(ws, rows, 'Help')
        equal(len([row for row in history if row['verb'] == 'card.add']), 4580)
        equal(len([row for row in history if row['verb'] in ('card.add', 'card.move')]), 21348)


main([test_random_logs, test_goes_on_here, test_helpdesk])
