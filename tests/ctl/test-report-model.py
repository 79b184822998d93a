#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batonctl report forecast and compare, against numbers reckoned here straight from the rows."""
import csv
import math
import os
import random
from datetime import datetime, timedelta, timezone

from ctltest import Workspace, check, equal, main

KINDS = 'Brief=backlog,Design=active,To review=queue,Review=review,Done=done'
START = datetime(2024, 1, 1, tzinfo=timezone.utc)


def import_rows(ws, rows, name='Board'):
    path = os.path.join(ws.base, name + '.csv')
    with open(path, 'w', newline='', encoding='utf-8') as out:
        writer = csv.writer(out)
        writer.writerow(('case', 'activity', 'time', 'person'))
        writer.writerows((case, activity, time.isoformat(), person) for case, activity, time, person in rows)
    ws.ok('--json', 'import', 'events', path, '--board', name, '--map',
          'case=case,activity=activity,time=time,person=person', '--kinds', KINDS)


def history(rng, days, pace, hours):
    """pace (day) cards are begun a day; design and review take about so many hours, the queue as long again."""
    rows, n = [], 0
    for day in range(days):
        for _ in range(pace(day)):
            n += 1
            time = START + timedelta(days=day, hours=rng.uniform(6, 10))
            rows.append((f'C{n}', 'Brief', time, 'Ann'))
            for stage, person in (('Design', 'Ben'), ('To review', 'Ben'), ('Review', 'Cem')):
                time += timedelta(seconds=round(rng.expovariate(1 / hours(day)) * 1200))
                rows.append((f'C{n}', stage, time, person))
            if rng.random() < .2:
                for stage, person in (('Design', 'Ben'), ('Review', 'Cem')):
                    time += timedelta(seconds=round(rng.expovariate(1 / hours(day)) * 1200))
                    rows.append((f'C{n}', stage, time, person))
            time += timedelta(seconds=round(rng.expovariate(1 / hours(day)) * 1200))
            rows.append((f'C{n}', 'Done', time, 'Cem'))
    return rows


def cards(rows):
    """(finished, cycle, wait, reworked) of each case"""
    cases = {}
    for case, activity, time, _ in rows:
        cases.setdefault(case, []).append((time, activity))
    for events in cases.values():
        start = next(time for time, activity in events if activity in ('Design', 'Review'))
        wait = sum((after - time).total_seconds() for (time, activity), (after, _) in zip(events, events[1:])
                   if activity == 'To review')
        yield (events[-1][0], (events[-1][0] - start).total_seconds(), wait,
               sum(activity == 'Design' for _, activity in events) > 1)


def rank(values, percent):
    return sorted(values)[math.ceil(percent * len(values) / 100) - 1]


def near(found, wanted, what):
    check(abs(found - wanted) <= 1e-6 * max(1, abs(wanted)), f'{what}: {found}, wanted {wanted}')


def day_of(offset):
    return (START + timedelta(days=offset)).date().isoformat()


def test_a_steady_board_is_foreseen_exactly():
    rng = random.Random(1)
    with Workspace(TZ='UTC') as ws:
        import_rows(ws, history(rng, 400, lambda day: 2, lambda day: .2))
        found = ws.json('report', 'forecast', '--to', day_of(397), '--days', '10', '--items', '13')
        equal((found['state'], found['sample_days'], found['sample_finished']), ('ready', 91, 182))
        equal(found['first_day'], day_of(398))
        equal(found['how_many']['at_least'], {'50': 20, '85': 20, '95': 20})
        equal(found['how_many']['date'], day_of(407))
        equal(found['when']['within']['95'], {'days': 7, 'date': day_of(404)})
        equal(found['backtest']['held'], {'50': 1, '85': 1, '95': 1})
        equal(found['backtest']['verdict'], 'timid')
        until = ws.json('report', 'forecast', '--to', day_of(397), '--until', day_of(407))
        equal(until['how_many'], found['how_many'])
        check('20' in ws.ok('report', 'forecast', '--to', day_of(397), '--days', '10'))


def test_the_sample_is_the_daily_throughput():
    rng = random.Random(2)
    rows = history(rng, 250, lambda day: rng.choice((0, 0, 1, 3)), lambda day: 8)
    with Workspace(TZ='UTC') as ws:
        import_rows(ws, rows)
        first = min((time - START).days for _, _, time, _ in rows)
        for end in (40, 130, 200):
            border = START + timedelta(days=end)
            days = min(end - first, 91)
            wanted = sum(border - timedelta(days=days) <= finished < border for finished, *_ in cards(rows))
            found = ws.json('report', 'forecast', '--to', day_of(end - 1))
            equal((found['sample_days'], found['sample_finished'], found['stale']), (days, wanted, False))
            per_day = wanted / days
            check(abs(found['how_many']['at_least']['50'] - 30 * per_day) < 8, found['how_many'])
        old = ws.json('report', 'forecast')
        check(old['stale'] and old['state'] == 'ready' and old['when'] is None, old)
        equal(ws.ok('--json', 'report', 'forecast', '--seed', '5'), ws.ok('--json', 'report', 'forecast', '--seed', '5'))


def test_a_change_is_seen_as_it_was():
    rng = random.Random(3)
    rows = history(rng, 200, lambda day: rng.choice((0, 1, 1, 2)), lambda day: 30 if day < 100 else 12)
    with Workspace(TZ='UTC') as ws:
        import_rows(ws, rows)
        found = ws.json('report', 'compare', '--before', f'{day_of(0)}..{day_of(99)}', '--after',
                        f'{day_of(110)}..{day_of(199)}')
        equal(found['verdict'], 'faster')
        border = [START + timedelta(days=offset) for offset in (0, 100, 110, 200)]
        for which, first, last in (('before', border[0], border[1]), ('after', border[2], border[3])):
            chosen = [card for card in cards(rows) if first <= card[0] < last]
            cycles = [card[1] for card in chosen]
            measures = found['measures']
            equal(measures['median']['n_' + which], len(chosen))
            for key, percent in (('median', 50), ('p85', 85), ('p95', 95)):
                near(measures[key][which], rank(cycles, percent), f'{key} {which}')
            near(measures['wait_share'][which], sum(card[2] for card in chosen) / sum(cycles), f'wait {which}')
            near(measures['rework_share'][which], sum(card[3] for card in chosen) / len(chosen), f'rework {which}')
            near(measures['throughput_per_week'][which], 7 * len(chosen) / (last - first).days, f'throughput {which}')
        test = found['rank_test']
        check(test['p'] < 1e-4 and test['cliffs_delta'] < -.3 and test['shift'] < 0 and test['high'] < 0, test)
        check('sooner' in found['words'] and found['warning'] == '')
        equal(found['measures']['satisfaction']['before'], None)


def test_a_pilot_against_its_baseline():
    rng = random.Random(4)
    with Workspace(TZ='UTC') as ws:
        import_rows(ws, history(rng, 90, lambda day: 1, lambda day: 10), 'Pilot')
        import_rows(ws, history(rng, 90, lambda day: 1, lambda day: 10), 'Usual')
        found = ws.json('report', 'compare', '--board', 'Pilot', '--baseline', 'Usual', '--satisfaction-before',
                        '4,5,4,5,4,5,4,5,4,5,4,4', '--satisfaction-after', '2,3,2,2,3,2,1,2,3,2,2,1')
        equal(found['verdict'], 'unclear')
        equal(found['measures']['satisfaction']['verdict'], 'worse')
        check(found['measures']['median']['n_before'] > 50)
        swapped = ws.json('report', 'compare', '--board', 'Usual', '--baseline', 'Pilot')
        equal(swapped['measures']['median']['before'], found['measures']['median']['after'])


def test_answers_on_the_cards():
    rng = random.Random(5)
    with Workspace(TZ='UTC') as ws:
        import_rows(ws, history(rng, 120, lambda day: 1, lambda day: 20 if day < 60 else 10))
        items = ws.json('report', 'cycle-time', '--items')['items']
        before = [item for item in items if item['finished'][:10] <= day_of(59)]
        after = [item for item in items if item['finished'][:10] >= day_of(60)]
        for item in before[:12]:
            ws.ok('card', 'set', item['card'], '--satisfaction', '5')
        for item in after[:15]:
            ws.ok('card', 'set', item['card'], '--satisfaction', '2')
        ws.ok('card', 'set', after[0]['card'], '--satisfaction', '')
        ws.fails(2, 'card', 'set', after[1]['card'], '--satisfaction', '6')
        equal(ws.json('card', 'show', after[1]['card'])['satisfaction'], '2')
        found = ws.json('report', 'compare', '--before', f'{day_of(0)}..{day_of(59)}', '--after',
                        f'{day_of(60)}..{day_of(130)}')
        measure = found['measures']['satisfaction']
        equal((measure['n_before'], measure['n_after'], measure['before'], measure['after']), (12, 14, 5, 2))
        equal(measure['verdict'], 'worse')
        check(found['at_a_cost'] and found['warning'] != '', found)
        times = ws.json('report', 'cycle-time')['times']
        equal((times['exact'], times['estimated']), (0, 0))
        check(times['recorded'] > 200, times)
        ws.ok('card', 'move', after[0]['card'], 'Brief')
        equal(ws.json('report', 'cycle-time')['times']['exact'], 1)
        order = ws.json('report', 'order')
        equal(order['findings']['finished'], len(items) - 1)
        check(sum(person['total'] for person in order['load']) > 0, order['load'])
        check(ws.ok('report', 'order') != '')


def test_bad_days():
    with Workspace(TZ='UTC') as ws:
        ws.ok('init', '--template', 'campaign')
        empty = ws.json('report', 'forecast')
        equal((empty['state'], empty['how_many'], empty['when']), ('nothing', None, None))
        check(empty['words'] != '')
        nothing = ws.json('report', 'compare')
        equal((nothing['verdict'], nothing['rank_test']), ('too_little', None))
        check(ws.ok('report', 'forecast') != '' and ws.ok('report', 'compare') != '')
        ws.fails(2, 'report', 'forecast', '--until', '1999-01-01')
        ws.fails(2, 'report', 'forecast', '--items', 'many')
        ws.fails(2, 'report', 'compare', '--before', 'yesterday')
        ws.fails(2, 'report', 'compare', '--before', '2026-02-01..2026-01-01')
        ws.fails(2, 'report', 'compare', '--satisfaction-before', '4,good')
        ws.fails(3, 'report', 'compare', '--baseline', 'Nothing')


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
