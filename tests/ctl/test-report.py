#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event logs become boards, and reports about them are those of an independent reckoning: this file computes the
numbers straight from the rows, with nothing of Baton's."""
import csv
import gzip
import json
import math
import os
import random
from datetime import datetime, timedelta, timezone

from ctltest import ROOT, Skip, Workspace, check, equal, main

MAP = 'case=case,activity=activity,time=time,person=person'
KINDS = ('backlog', 'queue', 'active', 'review', 'done')
WORK = ('active', 'review')


def write_log(path, rows, header=('case', 'activity', 'time', 'person')):
    opener = gzip.open if path.endswith('.gz') else open
    with opener(path, 'wt', newline='', encoding='utf-8') as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)


def stamp(seconds):
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)).isoformat()


def import_log(ws, rows, kinds, name='Board', *more, **how):
    path = os.path.join(ws.base, how.get('file', 'log.csv'))
    write_log(path, rows)
    text = ','.join(f'{activity}={kind}' for activity, kind in kinds.items())
    return ws.json('import', 'events', path, '--board', name, '--map', MAP, '--kinds', text, *more)


# The independent reckoning.

def histories(rows):
    """case → [(seconds, activity, person)] by time, ties as they stand in the file"""
    cases = {}
    for case, activity, time, person in rows:
        seconds = datetime.fromisoformat(time).timestamp()
        cases.setdefault(case, []).append((seconds, activity, person))
    for events in cases.values():
        events.sort(key=lambda event: event[0])
    return cases


def nearest_rank(values, percent):
    values = sorted(values)
    for value in values:
        if sum(other <= value for other in values) * 100 >= percent * len(values):
            return value
    return None


def quick_rank(values, percent):
    values = sorted(values)
    return values[math.ceil(percent * len(values) / 100) - 1] if values else None


def cycle_times(rows, kinds, rank=nearest_rank):
    found, never, unfinished, lead = [], 0, 0, []
    for events in histories(rows).values():
        if kinds[events[-1][1]] != 'done':
            unfinished += 1
            continue
        end = max(time for time, activity, _ in events if kinds[activity] == 'done')
        starts = [time for time, activity, _ in events if kinds[activity] in WORK]
        lead.append(end - events[0][0])
        if starts:
            found.append(end - min(starts))
        else:
            never += 1
    return {'finished': len(found), 'percentiles': {str(p): rank(found, p) for p in (50, 70, 85, 95)},
            'mean': sum(found) / len(found) if found else None, 'never_started': never, 'unfinished': unfinished,
            'lead': {str(p): rank(lead, p) for p in (50, 70, 85, 95)}}


def handoffs(rows, kinds):
    waits = {}
    for events in histories(rows).values():
        holder, since = None, None
        for time, activity, person in events:
            kind = kinds[activity]
            person = person or None
            if kind == 'queue':
                if since is None:
                    holder, since = person, time
                continue
            if since is not None and kind != 'backlog':
                if holder and person and holder != person:
                    waits.setdefault((holder, person), []).append(time - since)
            elif kind in WORK and since is None and holder and person and holder != person:
                waits.setdefault((holder, person), []).append(0)
            since = None
            holder = None if kind in ('backlog', 'done') else person
    return waits


def in_stage(rows, at):
    counts = {}
    for events in histories(rows).values():
        past = [activity for time, activity, _ in events if time < at]
        if past:
            counts[past[-1]] = counts.get(past[-1], 0) + 1
    return counts


def same_number(found, wanted):
    if found is None or wanted is None:
        equal(found, wanted)
    else:
        check(math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-6), f'found {found}, wanted {wanted}')


def compare(ws, rows, kinds, name, rank=nearest_rank):
    found = ws.json('report', 'cycle-time', '--board', name)
    wanted = cycle_times(rows, kinds, rank)
    for key in ('finished', 'never_started', 'unfinished'):
        equal(found[key], wanted[key])
    same_number(found['mean'], wanted['mean'])
    for percent in ('50', '70', '85', '95'):
        same_number(found['percentiles'][percent], wanted['percentiles'][percent])
        same_number(found['lead']['percentiles'][percent], wanted['lead'][percent])
    edges = {(edge['from'], edge['to']): edge for edge in ws.json('report', 'handoffs', '--board', name)}
    waits = handoffs(rows, kinds)
    equal(set(edges), set(waits))
    for key, values in waits.items():
        equal(edges[key]['count'], len(values))
        same_number(edges[key]['wait']['median'], rank(values, 50))
        same_number(edges[key]['wait']['p85'], rank(values, 85))
        same_number(edges[key]['wait']['total'], sum(values))


def parse(text):
    return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()


def compare_cfd(ws, rows, name, stride):
    cfd = ws.json('report', 'cfd', '--board', name)
    for index in range(0, len(cfd['times']), stride):
        counts = in_stage(rows, parse(cfd['times'][index]))
        for stage in cfd['stages']:
            equal((stage['name'], stage['arrivals'][index] - stage['departures'][index]),
                  (stage['name'], counts.get(stage['name'], 0)))
    places = sorted(cfd['stages'], key=lambda stage: stage['place'])
    for stage, behind in zip(places, places[1:]):
        for index, height in enumerate(stage['line']):
            equal(height - behind['line'][index], stage['arrivals'][index] - stage['departures'][index])
    for stage in places:
        check(all(a <= b for a, b in zip(stage['line'], stage['line'][1:])), 'a line falls')


# Tests.

def test_by_hand():
    rows = [('1', 'Make', '2026-01-05T10:00:00Z', 'Anna'), ('1', 'Ready', '2026-01-05T12:00:00Z', 'Anna'),
            ('1', 'Check', '2026-01-05T15:00:00Z', 'Ben'), ('1', 'Sent', '2026-01-05T16:00:00Z', 'Ben'),
            ('2', 'Make', '2026-01-05T10:00:00Z', 'Anna'), ('2', 'Check', '2026-01-06T10:00:00Z', 'Ben'),
            ('3', 'Ready', '2026-01-05T10:00:00Z', 'Anna'), ('3', 'Sent', '2026-01-05T11:00:00Z', 'Anna')]
    rows = [(a, b, c.replace('Z', '+00:00'), d) for a, b, c, d in rows]
    with Workspace() as ws:
        import_log(ws, rows, {'Make': 'active', 'Ready': 'queue', 'Check': 'review', 'Sent': 'done'})
        found = ws.json('report', 'cycle-time', '--board', 'Board')
        # Card 1: 10 to 16 o'clock. Card 2 is unfinished, card 3 never was worked on.
        equal((found['finished'], found['never_started'], found['unfinished'], found['mean']), (1, 1, 1, 21600))
        equal(found['percentiles'], {'50': 21600, '70': 21600, '85': 21600, '95': 21600})
        edges = ws.json('report', 'handoffs', '--board', 'Board')
        # Anna to Ben: three hours in the queue, and once directly.
        equal(len(edges), 1)
        equal({key: edges[0][key] for key in ('from', 'to', 'count', 'wait', 'direct')},
              {'from': 'Anna', 'to': 'Ben', 'count': 2, 'wait': {'median': 0, 'p85': 10800, 'total': 10800},
               'direct': 1})
        equal([card['title'] for stage in ws.json('board', 'show', 'Board')['stages'] for card in stage['cards']],
              ['2', '1', '3'])
        age = ws.json('report', 'age', '--board', 'Board')
        # Card 2 is much older than card 1 was when it left the stage Check, six hours.
        equal([(item['title'], item['stage'], item['late'], item['behind'], item['chance_late']) for item in age['items']],
              [('2', 'Check', True, True, 1)])
        equal(age['expected'], 21600)
        equal({pace['stage']: pace['85'] for pace in age['pace']}, {'Make': 7200, 'Ready': 18000, 'Check': 21600, 'Sent': 0})
        equal(ws.json('undo')['ok'], True)
        ws.fails(3, 'report', 'cycle-time', '--board', 'Board')


def test_thousand_histories():
    seed = int(os.environ.get('BATON_TEST_SEED', random.randrange(1 << 32)))
    print(f'# seed {seed}')
    chance = random.Random(seed)
    kinds = {'Idea': 'backlog', 'Ready': 'queue', 'Make': 'active', 'To check': 'queue', 'Check': 'review',
             'Fix, again=twice': 'active', 'Done': 'done', 'Filed': 'done'}
    people = ['Anna', 'Ben', 'Çelik', 'D, E', '']
    rows = []
    for case in range(1000):
        time = 1767225600 + chance.randrange(90 * 86400)
        for _ in range(chance.randrange(1, 12)):
            rows.append((f'C{case}', chance.choice(list(kinds)), stamp(time), chance.choice(people)))
            time += chance.choice([0, 1, 3600, chance.randrange(5 * 86400)])
    chance.shuffle(rows)
    with Workspace() as ws:
        import_log(ws, rows, kinds, 'Chance', file='log.csv.gz')
        compare(ws, rows, kinds, 'Chance')
        compare_cfd(ws, rows, 'Chance', 7)
        equal(ws.json('verify')['ok'], True)


def helpdesk():
    place = os.environ.get('BATON_SHARED_DATA') or os.path.join(ROOT, '..', 'shared', 'data')
    path = os.path.join(place, 'helpdesk-event-log.csv.gz')
    if not os.path.exists(path):
        raise Skip('the helpdesk log is not here')
    with gzip.open(path, 'rt', encoding='utf-8') as source:
        rows = [(row['case_id'], row['activity'], row['timestamp'], row['resource']) for row in csv.DictReader(source)]
    return path, rows


def test_helpdesk():
    path, rows = helpdesk()
    kinds = {activity: 'active' for _, activity, _, _ in rows}
    kinds.update({'Assign seriousness': 'queue', 'Wait': 'queue', 'Resolve ticket': 'review', 'Closed': 'done',
                  'Insert ticket': 'backlog'})
    text = ','.join(f'{activity}={kind}' for activity, kind in kinds.items())
    with Workspace() as ws:
        made = ws.json('import', 'events', path, '--board', 'Help', '--map',
                       'case=case_id,activity=activity,time=timestamp,person=resource', '--kinds', text)
        summary = {line['what']: line['count'] for line in made['summary']}
        equal((summary['cards'], summary['events'], summary['stages'], summary['people']), (4580, 21348, 14, 22))
        compare(ws, rows, kinds, 'Help', quick_rank)
        found = ws.json('report', 'throughput', '--board', 'Help')
        days = {}
        for events in histories(rows).values():
            if kinds[events[-1][1]] == 'done':
                end = max(time for time, activity, _ in events if kinds[activity] == 'done')
                day = datetime.fromtimestamp(end, timezone.utc).date().isoformat()
                days[day] = days.get(day, 0) + 1
        equal({day['date']: day['finished'] for day in found['days'] if day['finished']}, days)
        equal(sum(week['finished'] for week in found['weeks']), found['finished'])
        half = ws.json('report', 'cycle-time', '--board', 'Help', '--to', '2011-12-31')['finished']
        rest = ws.json('report', 'cycle-time', '--board', 'Help', '--from', '2012-01-01')['finished']
        equal(half + rest, cycle_times(rows, kinds, quick_rank)['finished'])


def trello_rows(board, kinds):
    """What a board of Trello says of its cards, in the rows of an event log."""
    moves, made = {}, {}
    for action in board['actions']:
        data = action.get('data', {})
        if action['type'] in ('createCard', 'copyCard', 'emailCard', 'convertToCardFromCheckItem'):
            made[data['card']['id']] = action['date'].replace('Z', '+00:00')
        if action['type'] == 'updateCard' and 'listAfter' in data and 'listBefore' in data:
            moves.setdefault(data['card']['id'], []).append((action['date'], data['listBefore']['id'], data['listAfter']['id']))
    rows = []
    for card in board['cards']:
        events = sorted(moves.get(card['id'], []))
        first = events[0][1] if events else card['idList']
        rows.append((card['id'], first, made.get(card['id'], stamp(int(card['id'][:8], 16))), ''))
        rows += [(card['id'], after, date.replace('Z', '+00:00'), '') for date, _, after in events]
        if events and events[-1][2] != card['idList']:
            return None
    return [row for row in rows if row[1] in kinds]


def test_trello():
    place = os.environ.get('BATON_SHARED_DATA') or os.path.join(ROOT, '..', 'shared', 'data')
    paths = [os.path.join(place, f'trello-{name}.json') for name in ('clipkit', 'encriptador')]
    if not all(os.path.exists(path) for path in paths):
        raise Skip('the boards of Trello are not here')
    for path in paths:
        with Workspace() as ws, open(path, encoding='utf-8') as source:
            board = json.load(source)
            name = ws.json('import', 'trello', path)['name']
            # The kinds that the import chose, by the names of the lists, those in the archive too.
            chosen = {stage['name']: stage['kind'] for stage in ws.json('report', 'cfd', '--board', name)['stages']}
            kinds = {one['id']: chosen[one['name']] for one in board['lists'] if one['name'] in chosen}
            rows = trello_rows(board, kinds)
            check(rows, 'the file is not as this test expects')
            found, wanted = ws.json('report', 'cycle-time', '--board', name), cycle_times(rows, kinds)
            for key in ('finished', 'never_started', 'unfinished'):
                equal((key, found[key]), (key, wanted[key]))
            for percent in ('50', '70', '85', '95'):
                same_number(found['percentiles'][percent], wanted['percentiles'][percent])
            same_number(found['mean'], wanted['mean'])


def test_proposals():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'tickets.csv')
        write_log(path, [('a', 'New', '2026-01-01 10:00', 'P', 'x'), ('a', 'In progress', '2026-01-02 10:00', 'P', 'y'),
                         ('a', 'Waiting for customer', '2026-01-03 10:00', 'P', ''),
                         ('a', 'Bye', '2026-01-04 10:00', 'P', '')],
                  ('Case ID', 'Activity', 'Complete Timestamp', 'Resource', 'Region'))
        found = ws.json('import', 'events', path, '--preview')
        equal([column['role'] for column in found['columns']], ['case', 'activity', 'time', 'person', 'custom'])
        equal([activity['kind'] for activity in found['activities']], ['queue', 'active', 'queue', 'done'])
        made = ws.json('import', 'events', path)
        equal(made['name'], 'tickets')
        check(any(line['reason'] and 'UTC' in line['reason'] for line in made['summary']), made)
        check(any(line['reason'] and 'proposed' in line['reason'] for line in made['summary']), made)
        # One card from 2 to 4 January; the field has the latest value.
        equal(ws.json('report', 'cycle-time')['mean'], 2 * 86400)
        check('"y"' in ws.ok('export', 'csv', 'tickets'))
        ws.fails(1, 'import', 'events', path)
        ws.ok('import', 'events', path, '--again')


def bad(ws, text, *words, name='bad.csv', status=1, more=()):
    path = os.path.join(ws.base, name)
    with open(path, 'wb') as out:
        out.write(text if isinstance(text, bytes) else text.encode())
    error = ws.fails(status, 'import', 'events', path, *more)
    for word in words:
        check(word in error, f'{word!r} is not in {error!r}')
    return path


def test_a_column_that_is_no_activity():
    """A stage for each of thousands of values would be no board."""
    with Workspace() as ws:
        path = os.path.join(ws.base, 'many.csv')
        for count in (1000, 1001):
            write_log(path, [('a', f'Step {n}', stamp(n), '') for n in range(count)])
            if count > 1000:
                error = ws.fails(1, 'import', 'events', path, '--board', f'{count}')
                check('1001' in error and 'Nothing was imported' in error, error)
            else:
                ws.ok('import', 'events', path, '--board', f'{count}')
                equal(len(ws.json('stage', 'list', '1000')), 1000)


def test_bad_files():
    good = 'case,activity,time,person\na,Make,2026-01-01T10:00:00Z,P\n'
    with Workspace() as ws:
        bad(ws, '', 'empty')
        bad(ws, 'case,activity,person\na,Make,P\n', 'time')
        bad(ws, good + 'b,Make,soon,P\n', 'Line 3', 'soon')
        bad(ws, good + 'b,Make\n', 'Line 3')
        bad(ws, good + ',Make,2026-01-01T10:00:00Z,P\n', 'Line 3', 'case')
        bad(ws, good + 'b,,2026-01-01T10:00:00Z,P\n', 'Line 3', 'activity')
        bad(ws, good + 'b,Make,2026-02-30T10:00:00Z,P\n', 'Line 3')
        bad(ws, good + 'b,Make,2026-01-01T10:00:00,P\n', 'Line 3', 'line 2', 'zone')
        bad(ws, good + 'b,"Make,2026-01-01T10:00:00Z,P\n', 'line 3')
        bad(ws, 'case,activity,time\na,Make,03/04/2026 10:00\n', 'Line 2', '--dates')
        bad(ws, gzip.compress((good * 1000).encode())[:-40], 'packed', name='bad.csv.gz')
        bad(ws, b'\x1f\x8bnothing of the kind', 'packed', name='bad2.csv.gz')
        bad(ws, good + 'b,Make,2026-01-01T10:00:00Z,P\n' * 40001, '“b”', '40000')
        bad(ws, good, 'queue', status=2, more=('--kinds', 'Make=nothing'))
        bad(ws, good, 'Sleep', status=2, more=('--kinds', 'Sleep=queue'))
        bad(ws, good, 'Nothing', status=2, more=('--map', 'case=Nothing'))
        bad(ws, good, 'zone', status=2, more=('--zone', 'Mars/Olympus'))
        equal(os.path.exists(os.path.join(ws.folder, 'workspace.db')), False)
        path = bad(ws, good + 'b,Make,soon,P\nc,Make,2026-01-01T10:00:00Z,P\n', 'Line 3')
        made = ws.json('import', 'events', path, '--skip-broken')
        check(any(line['reason'] and ': 3.' in line['reason'] for line in made['summary']), made)
        equal(ws.json('report', 'cycle-time')['unfinished'], 2)


def test_zones_and_dates():
    with Workspace() as ws:
        path = os.path.join(ws.base, 'zones.csv')
        # The clocks go forward between the two: ten hours, not eleven.
        write_log(path, [('a', 'Make', '28.03.2026 23:00:00', 'P'), ('a', 'Done', '29.03.2026 10:00:00', 'P')])
        ws.ok('import', 'events', path, '--zone', 'Europe/Berlin', '--dates', 'dmy')
        equal(ws.json('report', 'cycle-time', '--board', 'zones')['mean'], 10 * 3600)
        write_log(path, [('a', 'Make', '2026-03-01T10:00:00+02:00', 'P'), ('a', 'Done', '2026-03-01T10:00:00Z', 'P')])
        ws.ok('import', 'events', path, '--board', 'offsets')
        equal(ws.json('report', 'cycle-time', '--board', 'offsets')['mean'], 2 * 3600)
        # Packed in several pieces, as some programs do.
        text = 'case,activity,time,person\na,Make,2026-03-01T10:00:00Z,P\na,Done,2026-03-01T13:00:00Z,P\n'
        with open(path + '.gz', 'wb') as out:
            out.write(gzip.compress(text[:50].encode()) + gzip.compress(text[50:].encode()) + bytes(70000))
        ws.ok('import', 'events', path + '.gz', '--board', 'pieces')
        equal(ws.json('report', 'cycle-time', '--board', 'pieces')['mean'], 3 * 3600)
        # Out of order, at one instant, 1970 and 2150.
        write_log(path, [('a', 'Done', '2150-01-01T00:00:00Z', 'P'), ('a', 'Make', '1970-01-01T00:00:00Z', 'P'),
                         ('b', 'Make', '1999-12-31T00:00:00Z', 'P'), ('b', 'Done', '1999-12-31T00:00:00Z', 'P')])
        ws.ok('import', 'events', path, '--board', 'far')
        found = ws.json('report', 'cycle-time', '--board', 'far')
        equal(found['finished'], 2)
        equal(found['percentiles']['50'], 0)
        equal(found['percentiles']['95'], (datetime(2150, 1, 1) - datetime(1970, 1, 1)).total_seconds())
        for report in ('age', 'throughput', 'cfd', 'flow', 'handoffs'):
            check('NaN' not in ws.ok('--json', 'report', report, '--board', 'far'))
            ws.ok('report', report, '--board', 'far', '--working-hours')


def test_nothing():
    with Workspace() as ws:
        ws.ok('init')
        ws.ok('board', 'add', 'Empty')
        found = ws.json('report', 'cycle-time', '--board', 'Empty')
        equal((found['finished'], found['mean'], found['percentiles']['50']), (0, None, None))
        equal(ws.json('report', 'handoffs', '--board', 'Empty'), [])
        for report in ('cycle-time', 'age', 'throughput', 'cfd', 'flow', 'handoffs'):
            ws.ok('report', report, '--board', 'Empty')
            ws.ok('--json', 'report', report, '--board', 'Empty', '--from', '2026-01-01', '--to', '2026-01-31')
        ws.fails(3, 'report', 'flow', '--board', 'Empty', '--channel', 'None such')
        ws.fails(2, 'report', 'flow', '--board', 'Empty', '--from', '2026-02-01', '--to', '2026-01-01')
        ws.fails(2, 'report', 'flow', '--board', 'Empty', '--from', 'soon')
        ws.fails(2, 'report', 'handoffs', '--board', 'Empty', '--by', 'weather')


def test_live_board():
    """What is done on a board by hand is measured like what was imported."""
    with Workspace() as ws:
        ws.ok('demo')
        board = ws.json('board', 'list')[0]['name']
        found = ws.json('report', 'cycle-time', '--board', board)
        check(found['finished'] > 10 and found['unfinished'] > 10, found)
        flow = ws.json('report', 'flow', '--board', board)
        parts = flow['time']
        spent = parts['active'] + parts['waiting'] + parts['blocked']
        same_number(spent, found['mean'] * found['finished'])
        same_number(spent + parts['before_start'], found['lead']['mean'] * found['lead']['finished'])
        check(0 < parts['flow_efficiency'] < 1, parts)
        channels = [channel['name'] for channel in parts['channels']]
        equal(sum(ws.json('report', 'cycle-time', '--board', board, '--channel', name)['finished'] for name in channels),
              found['finished'])
        check(flow['bottleneck'][0]['queue'] is not None, flow['bottleneck'])
        check(ws.json('report', 'handoffs', '--board', board, '--by', 'role', '--split', 'channel'))
        # An undone move did not happen.
        card = ws.json('card', 'list', '--board', board)[0]
        before = ws.json('report', 'handoffs', '--board', board), ws.json('report', 'flow', '--board', board)
        ws.ok('card', 'move', card['id'], 'In design')
        ws.ok('undo')
        after = ws.json('report', 'handoffs', '--board', board), ws.json('report', 'flow', '--board', board)
        equal(after[0], before[0])
        equal(after[1]['first_pass_yield'], before[1]['first_pass_yield'])


def test_marks():
    """What a team decides about a handoff stands in the map, once, and goes with an undo."""
    with Workspace() as ws:
        ws.ok('demo')
        board = ws.json('board', 'list')[0]['name']
        by_role = ('report', 'handoffs', '--board', board, '--by', 'role')
        before = ws.json(*by_role)
        edge = next(edge for edge in before if edge['from'] and edge['to'])
        check(not edge['marked'] and edge['mode'] == edge['measured'], edge)
        other = 'async' if edge['measured'] == 'sync' else 'sync'

        def found(*split):
            return [one for one in ws.json(*by_role, *split)
                    if (one['from'], one['to']) == (edge['from'], edge['to'])]
        ws.ok('handoff', 'mark', board, edge['from'], edge['to'], other)
        equal([(one['mode'], one['measured'], one['marked']) for one in found()], [(other, edge['measured'], True)])
        # A second mark takes the place of the first; one of a channel says nothing of the others.
        ws.ok('handoff', 'mark', board, edge['from'], edge['to'], edge['measured'])
        equal(found()[0]['mode'], edge['measured'])
        ws.ok('undo')
        equal(found()[0]['mode'], other)
        ws.ok('handoff', 'mark', board, edge['from'], edge['to'], 'measured')
        equal(ws.json(*by_role), before)
        channel = next(one['channel'] for one in found('--split', 'channel') if one['channel'])
        ws.ok('handoff', 'mark', board, edge['from'], edge['to'], other, '--channel', channel)
        for one in found('--split', 'channel'):
            equal(one['marked'], one['channel'] == channel)
        equal(ws.json(*by_role), before)
        check('handoff' in ws.json('undo')['undone'])
        ws.fails(2, 'handoff', 'mark', board, edge['from'], edge['to'], 'perhaps')
        ws.fails(3, 'handoff', 'mark', board, 'Nobody at all', edge['to'], 'sync')


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
