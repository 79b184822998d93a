#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happened on a board goes out as event CSV, XES and ActionableAgile's table, and comes back."""
import csv
import io
import json
import os
import random
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta, timezone

from ctltest import Bus, Owner, Workspace, check, equal, main

XES = '{http://www.xes-standard.org/}'
KINDS = {'Idea': 'backlog', 'Ready': 'queue', 'Make': 'active', 'Check': 'review', 'Sent, "at last"': 'done'}


def stamp(seconds):
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)).isoformat()


def random_rows(seed):
    chance = random.Random(seed)
    rows = []
    for case in range(200):
        time = 1767225600 + chance.randrange(90 * 86400)
        for _ in range(chance.randrange(1, 9)):
            rows.append((f'<C & {case}>', chance.choice(list(KINDS)), stamp(time), chance.choice(['Anna', 'B, en', ''])))
            time += chance.choice([0, 3600, chance.randrange(5 * 86400)])
    return rows


def make(ws, rows, name):
    path = os.path.join(ws.base, 'made.csv')
    with open(path, 'w', newline='', encoding='utf-8') as out:
        writer = csv.writer(out)
        writer.writerow(('case', 'activity', 'time', 'person'))
        writer.writerows(rows)
    ws.ok('import', 'events', path, '--board', name, '--map', 'case=case,activity=activity,time=time,person=person',
          '--kinds', ','.join(f'{activity}={kind}' for activity, kind in KINDS.items()))


def by_case(rows):
    cases = {}
    for case, activity, time, person in rows:
        cases.setdefault(case, []).append((datetime.fromisoformat(time.replace('Z', '+00:00')).timestamp(), activity, person))
    return {case: sorted(events, key=lambda event: event[0]) for case, events in cases.items()}


def all_reports(ws, board):
    return [ws.json('report', report, '--board', board) for report in ('cycle-time', 'cfd', 'flow', 'handoffs', 'throughput')]


def test_events_come_back():
    seed = random.randrange(1 << 32)
    print(f'# seed {seed}')
    rows = random_rows(seed)
    with Workspace() as ws:
        make(ws, rows, 'First')
        text = ws.ok('export', 'events', 'First')
        out = list(csv.DictReader(io.StringIO(text)))
        equal(by_case([(row['case_id'], row['activity'], row['timestamp'], row['resource']) for row in out]), by_case(rows))
        path = os.path.join(ws.base, 'out.csv')
        equal(ws.json('export', 'events', 'First', '--output', path)['bytes'], len(text.encode()))
        ws.ok('import', 'events', path, '--board', 'Second', '--kinds',
              ','.join(f'{activity}={kind}' for activity, kind in KINDS.items()))
        first, second = all_reports(ws, 'First'), all_reports(ws, 'Second')
        # Stages stand as they first appear, so only what depends on their order may differ.
        equal(second[0], first[0])
        equal(second[3], first[3])
        equal(second[4], first[4])
        equal({s['name']: s['arrivals'] for s in second[1]['stages']}, {s['name']: s['arrivals'] for s in first[1]['stages']})


def test_xes():
    rows = random_rows(3)
    with Workspace() as ws:
        make(ws, rows, 'Board')
        root = ET.fromstring(ws.ok('export', 'xes', 'Board'))
        equal(root.tag, XES + 'log')
        declared = {extension.get('prefix') for extension in root.findall(XES + 'extension')}
        keys = {element.get('key') for element in root.iter() if element.get('key')}
        check({key.split(':')[0] for key in keys if ':' in key} <= declared, keys)
        found = []
        for trace in root.findall(XES + 'trace'):
            name = {child.get('key'): child.get('value') for child in trace}['concept:name']
            for event in trace.findall(XES + 'event'):
                values = {child.get('key'): child.get('value') for child in event}
                found.append((name, values['concept:name'], values['time:timestamp'], values.get('org:resource', '')))
        equal(by_case(found), by_case(rows))


def entered(events, order):
    """The day on which a card came to each stage for good, skipped ones with the next one's."""
    dates = {}
    for time, activity, _ in events:
        place = order.index(activity)
        dates = {name: at for name, at in dates.items() if order.index(name) <= place}
        for name in order[:place + 1]:
            dates.setdefault(name, time)
    return {name: datetime.fromtimestamp(at, timezone.utc).date().isoformat() for name, at in dates.items()}


def test_actionable_agile():
    rows = random_rows(5)
    order = []
    for _, activity, _, _ in rows:
        if activity not in order:
            order.append(activity)
    order.sort(key=lambda name: KINDS[name] == 'done')
    with Workspace() as ws:
        make(ws, rows, 'Board')
        text = ws.ok('export', 'actionable-agile', 'Board')
        table = list(csv.DictReader(io.StringIO(text)))
        equal(list(table[0])[:3 + len(order)], ['ID', 'Link', 'Title'] + order)
        cases = by_case(rows)
        equal(len(table), len(cases))
        for row in table:
            equal({name: row[name] for name in order if row[name]}, entered(cases[row['Title']], order))
        path = os.path.join(ws.base, 'agile.csv')
        with open(path, 'w', newline='', encoding='utf-8') as out:
            out.write(text)
        ws.ok('import', 'actionable-agile', path, '--board', 'Back', '--kinds',
              ','.join(f'{activity}={kind}' for activity, kind in KINDS.items()))
        again = list(csv.DictReader(io.StringIO(ws.ok('export', 'actionable-agile', 'Back'))))
        equal([[row[name] for name in ['Title'] + order] for row in again],
              [[row[name] for name in ['Title'] + order] for row in table])


def test_agile_table_by_hand():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'agile.csv')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('ID,Link,Title,Ready,Doing,Testing,Done,Team\n'
                      '1,http://x/1,One,2026-01-01,2026-01-02,2026-01-05,2026-01-08,Red\n'
                      '2,,Two,2026-01-01,2026-01-03,2026-01-03,,Blue\n')
        found = ws.json('import', 'actionable-agile', path, '--preview')
        equal([(activity['name'], activity['kind']) for activity in found['activities']],
              [('Ready', 'queue'), ('Doing', 'active'), ('Testing', 'review'), ('Done', 'done')])
        ws.ok('import', 'actionable-agile', path)
        found = ws.json('report', 'cycle-time', '--board', 'agile', '--items')
        # From 2 to 8 January.
        equal((found['finished'], found['unfinished'], found['mean']), (1, 1, 6 * 86400))
        equal(found['items'][0]['title'], 'One')
        check('"Red"' in ws.ok('export', 'csv', 'agile'))
        with open(path, 'w', encoding='utf-8') as out:
            out.write('ID,Link,Title,Doing,Done\n1,,One,3/4/2026,4/4/2026\n')
        check('--dates' in ws.fails(1, 'import', 'actionable-agile', path, '--board', 'Ambiguous'))
        ws.ok('import', 'actionable-agile', path, '--board', 'American', '--dates', 'mdy')
        equal(ws.json('report', 'cycle-time', '--board', 'American')['mean'], 31 * 86400)
        for text, word in (('ID,Link,Title,Team\n1,,One,Red\n', 'ActionableAgile'),
                           ('ID,Link,Title,Doing\n,,One,2026-01-01\n', 'Line 2'),
                           ('ID,Link,Title,Doing\n1,,One,2026-01-01\n2,,Two,\n', 'Line 3')):
            with open(path, 'w', encoding='utf-8') as out:
                out.write(text)
            check(word in ws.fails(1, 'import', 'actionable-agile', path, '--board', 'Bad'))


def test_over_the_bus():
    rows = random_rows(9)
    with Bus() as address, Workspace(DBUS_SESSION_BUS_ADDRESS=address) as ws:
        ws.ok('init')
        make(ws, rows, 'Here')
        with Owner(ws, 'bus'):
            make(ws, rows, 'There')
            equal(ws.json('report', 'cycle-time', '--board', 'There'), ws.json('report', 'cycle-time', '--board', 'Here'))


def test_nothing_to_export():
    with Workspace() as ws:
        ws.ok('init')
        ws.ok('board', 'add', 'Empty')
        equal(len(ws.ok('export', 'events', 'Empty').splitlines()), 1)
        equal(ET.fromstring(ws.ok('export', 'xes', 'Empty')).findall(XES + 'trace'), [])
        ws.ok('export', 'actionable-agile', 'Empty')
        ws.fails(3, 'export', 'xes', 'Nowhere')
        ws.fails(2, 'export', 'xes', 'Empty', '--json')


WRITTEN = (('05/Jan/24 3:04 PM', '2024-01-05T15:04:00Z'), ('05/Jan/24 12:04 AM', '2024-01-05T00:04:00Z'),
           ('5 January 2024, 15:04:05', '2024-01-05T15:04:05Z'), ('Jan 5, 2024 15:04', '2024-01-05T15:04:00Z'),
           ('January 5th, 2024 3:04 pm', '2024-01-05T15:04:00Z'), ('05-JAN-2024 15:04:05.250', '2024-01-05T15:04:05Z'),
           ('5. März 2024 15:04', '2024-03-05T15:04:00Z'), ('2024-Jan-05 15:04', '2024-01-05T15:04:00Z'),
           ('05/Jan/24', '2024-01-05T00:00:00Z'), ('31-Dec-69 23:00', '2069-12-31T23:00:00Z'))
ZONED = (('Fri, 05 Jan 2024 15:04:05 +0100', '2024-01-05T14:04:05Z'), ('05/Jan/2024:15:04:05 -0500', '2024-01-05T20:04:05Z'),
         ('5 Jan 2024 15:04 UTC', '2024-01-05T15:04:00Z'))
NO_TIMES = ('05/01/24 10:00', '5 Jan 10:00:00', '10 Jan 05:10:00', 'Jan 2024', '31 Feb 2024', '5 Jan 2024 13:04 PM',
            '5 Foo 2024', '5 Jan 2024 25:00', '5 Jan 2024 10:00 CEST')


def test_months_that_are_written_out():
    """A month by its name leaves no doubt which number is the day, so nobody has to say how dates are written."""
    with Workspace(TZ='UTC') as ws:
        path = os.path.join(ws.base, 'written.csv')

        def write(times):
            with open(path, 'w', newline='', encoding='utf-8') as out:
                writer = csv.writer(out)
                writer.writerow(('case', 'activity', 'time'))
                for n, time in enumerate(times):
                    writer.writerows(((n, 'Work', time), (n, 'Done', time)))

        for name, cases in (('Plain', WRITTEN), ('Zoned', ZONED)):
            write([text for text, _ in cases])
            ws.ok('import', 'events', path, '--board', name)
            out = list(csv.DictReader(io.StringIO(ws.ok('export', 'events', name))))
            equal([row['timestamp'][:19] + 'Z' for row in out if row['activity'] == 'Work'],
                  [wanted for _, wanted in cases])
        for text in NO_TIMES:
            write([text])
            check('Line 2' in ws.fails(1, 'import', 'events', path, '--board', 'None'), text)


HEADS = ('case,activity,time', 'Case_ID,Activity_Name,Complete_Timestamp', 'CaseID,ActivityID,CompleteTimestamp',
         'case:concept:name,concept:name,time:timestamp', 'Ticket-ID,Event Name,EventTime', 'Case Key,Step,End.Time')


def test_columns_by_any_of_their_names():
    """Capitals and what stands between words make no other name; milliseconds may stand behind a third colon."""
    with Workspace(TZ='UTC') as ws:
        path = os.path.join(ws.base, 'heads.csv')
        for n, head in enumerate(HEADS):
            with open(path, 'w', encoding='utf-8') as out:
                out.write(head + '\n7,Work,2011-10-01 00:38:44:250\n7,Done,2011-10-13 00:38:44:750\n')
            ws.ok('import', 'events', path, '--board', f'Heads {n}')
            report = json.loads(ws.ok('report', 'cycle-time', '--board', f'Heads {n}', '--json'))
            equal((report['finished'], report['percentiles']['50']), (1, 12 * 86400 + 0.5), head)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
