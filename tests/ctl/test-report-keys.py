#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys and the options of the reports are those of the manual, and so are the units."""
import os
import re

from ctltest import ROOT, Workspace, check, equal, main

REPORTS = {'cycle-time': ['--items'], 'age': [], 'throughput': [], 'cfd': [], 'flow': [], 'handoffs': ['--split', 'channel', '--split', 'type'],
           'forecast': [], 'order': [], 'compare': []}
# Words in quotes that are values, not keys.
VALUES = {'sync', 'async', 'ready', 'few', 'nothing', 'good', 'bold', 'timid', 'unknown', 'faster', 'slower', 'unclear',
          'too_little', 'better', 'worse', 'fair', 'poor'}
# Of simulate: what a team from a board has and an example has not.
FIT = {'alike', 'alike_words', 'cards', 'distance', 'pickup_minutes', 'seen', 'simulated', 'verdict', 'visits'}


def manual(command):
    with open(os.path.join(ROOT, 'data', 'man', 'batonctl.1'), encoding='utf-8') as source:
        text = source.read().replace('\\-', '-')
    return re.search(rf'^\.B {command}\n(.*?)(?=^\.TP\n\.BI? (?!--)|^\.S[HS])', text, re.M | re.S).group(1)


def documented(command):
    return set(re.findall(r'"([^"]+)"', manual(command))) - VALUES


def keys(value, into):
    if isinstance(value, dict):
        into.update(value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        keys(inner, into)
    return into


def texts(value, path=''):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, path)
    elif isinstance(value, str):
        yield path, value


def test_keys():
    with Workspace() as ws:
        ws.ok('demo')
        for report, more in REPORTS.items():
            found = ws.json('report', report, '--board', 'Spring Launch', *more)
            equal(keys(found, set()), documented(f'report {report}'), report)
            for key, text in texts(found):
                if key in ('date', 'first_day'):
                    check(re.fullmatch(r'\d{4}-\d\d-\d\d', text), (report, key, text))
                elif key in ('times', 'finished', 'in_order') or re.match(r'\d{4}-\d\d', text):
                    check(re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z', text), (report, key, text))
        found = ws.json('simulate', '--scenario', 'social', '-n', '3', '--decouple')
        found.pop('team')
        real = {key for key in keys(found, set()) if not key.isdigit()}
        equal(real | FIT | {'team'}, {key for key in documented('simulate') if not key.isdigit()})


def test_options():
    """Every report has them, and each one narrows or refuses."""
    with Workspace() as ws:
        ws.ok('demo')
        for report in REPORTS:
            def run(*options):
                return ws.run('--json', 'report', report, '--board', 'Spring Launch', *options)
            for options in (('--from', '2020-01-01', '--to', '2030-01-01'), ('--channel', 'Instagram'), ('--campaign', ''),
                            ('--owner', ''), ('--type', ''), ('--asset-type', ''), ('--urgency', 'fast'), ('--hours', 'working'),
                            ('--hours', 'calendar'), ('--working-hours',), ('--channel', 'Instagram', '--channel', '')):
                status, _, err = run(*options)
                equal(status, 0, f'{report} {options}: {err}')
            equal(run('--hours', 'working')[1] == '', False)
            for options, wanted in ((('--hours', 'lunch'), 2), (('--urgency', 'soonish'), 2), (('--channel', 'Nowhere'), 3),
                                    (('--from', 'soon'), 2), (('--from', '2026-02-30'), 2),
                                    (('--from', '2026-05-02', '--to', '2026-05-01'), 2), (('--owner', 'Nobody'), 3)):
                equal(run(*options)[0], wanted, f'{report} {options}')
        same = ws.json('report', 'cycle-time', '--board', 'Spring Launch', '--hours', 'working')
        equal(same, ws.json('report', 'cycle-time', '--board', 'Spring Launch', '--working-hours'))
        check(same['hours'] != ws.json('report', 'cycle-time', '--board', 'Spring Launch')['hours'], same)


def test_bad_values():
    """What the command line says wrongly is a matter of its use: exit status 2, whatever the command."""
    with Workspace() as ws:
        ws.ok('init', '--board', 'B')
        stage = ws.json('board', 'show', 'B')['stages'][0]['name']
        ws.ok('card', 'add', 'B', 'Card')
        table = os.path.join(ws.base, 'table.csv')
        with open(table, 'w', encoding='utf-8') as out:
            out.write('case,activity,time\na,b,2026-01-01\n')
        before = ws.json('history')
        for command in (
                ('card', 'add', 'B', 'X', '--urgency', 'soonish'), ('card', 'set', 'Card', '--urgency', 'soonish'),
                ('card', 'set', 'Card', '--satisfaction', '6'), ('card', 'set', 'Card', '--due', 'soon'),
                ('stage', 'add', 'B', 'X', '--kind', 'heap'), ('stage', 'set', 'B', stage, '--kind', 'heap'),
                ('stage', 'set', 'B', stage, '--limit', 'few'), ('stage', 'set', 'B', stage, '--age-limit', 'long'),
                ('stage', 'set', 'B', stage, '--hard', '--soft'),
                ('import', 'csv', table, '--map', 'nonsense'), ('import', 'csv', table, '--map', 'heap=case'),
                ('import', 'csv', table, '--encoding', 'klingon'), ('import', 'csv', table, '--dates', 'ymd'),
                ('import', 'csv', table, '--delimiter', 'xx'), ('import', 'csv', table, '--update', '--again'),
                ('import', 'events', table, '--map', 'nonsense'), ('import', 'events', table, '--map', 'case=nowhere'),
                ('import', 'events', table, '--kinds', 'b=heap'), ('import', 'events', table, '--kinds', 'nowhere=done'),
                ('import', 'events', table, '--zone', 'Mars/Base'), ('import', 'events', table, '--dates', 'ymd'),
                ('history', '--verb', 'card.fly'), ('history', '--limit', 'few'),
                ('report', 'handoffs', '--by', 'weather'), ('report', 'handoffs', '--split', 'weather'),
                ('report', 'forecast', '--days', 'many'), ('report', 'forecast', '--seed', 'x'), ('report', 'forecast', '--until', 'soon'),
                ('report', 'compare', '--before', 'then'), ('report', 'compare', '--seed', 'x'),
                ('report', 'compare', '--satisfaction-before', 'high', '--satisfaction-after', '3'),
                ('simulate', '--scenario', 'social', '--ways', 'sideways'), ('simulate', '--scenario', 'social', '-n', 'many'),
                ('simulate', '--scenario', 'social', '--seed', 'x'), ('simulate', '--scenario', 'social', '--days', 'x')):
            ws.fails(2, *command)
        equal(ws.json('history'), before)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
