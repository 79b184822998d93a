#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""batonctl simulate: the examples, files, and what it refuses."""
import json
import os
import signal
import subprocess

from ctltest import BATONCTL, Skip, Workspace, check, equal, main

QUICK = ('--replications', '20', '--days', '200')
CLAIMS = {'social': (36 * 3600, 18 * 3600), 'brand': (10 * 86400, 6 * 86400), 'start-up': (5 * 86400, 3 * 86400),
          'launch': (8 * 86400, 3 * 86400)}


def way(result, name):
    return next(entry for entry in result['ways'] if entry['way'] == name)


def test_examples_are_listed():
    with Workspace() as ws:
        equal([entry['scenario'] for entry in ws.json('simulate')], list(CLAIMS))
        for name in CLAIMS:
            check(name in ws.ok('simulate'))


def test_examples_begin_where_it_is_said():
    """The linear way takes about the time that is told as “before”; queues are quicker, by how much they say."""
    with Workspace() as ws:
        for name, (before, after) in CLAIMS.items():
            found = ws.json('simulate', '--scenario', name, '--replications', '60')
            linear, asynchronous = way(found, 'linear'), way(found, 'async')
            median = linear['cycle_time']['median']['value']
            equal((found['claim']['before'], found['claim']['after']), (before, after))
            check(0.85 < median / before < 1.15, f'{name}: linear median {median}, told {before}')
            check(asynchronous['saving'] > 0.2, f'{name}: {asynchronous["saving"]}')
            check(abs(asynchronous['saving'] - (1 - asynchronous['cycle_time']['median']['value'] / median)) < 1e-9)
            check(not linear['overloaded'] and found['claim_words'] != '', name)
            for entry in found['ways']:
                times = entry['cycle_time']
                check(times['median']['low'] <= times['median']['value'] <= times['median']['high'], name)
                check(times['percentiles']['50'] <= times['percentiles']['85'] <= times['percentiles']['95'], name)
                check(0 <= entry['wait_share']['value'] <= 1, name)
                check(abs(sum(stage['wait_share'] for stage in entry['stages']) - 1) < 1e-9, name)
            check(len(found['absence']['ways']) == 3, name)


def test_a_seed_gives_the_same_answer():
    with Workspace() as ws:
        first = ws.ok('--json', 'simulate', '--scenario', 'social', *QUICK, '--seed', '7')
        equal(ws.ok('--json', 'simulate', '--scenario', 'social', *QUICK, '--seed', '7'), first)
        other = ws.ok('--json', 'simulate', '--scenario', 'social', *QUICK, '--seed', '8')
        check(other != first)
        equal(json.loads(other)['seed'], 8)


def test_a_printed_team_gives_what_the_example_gives():
    with Workspace() as ws:
        for name in CLAIMS:
            printed = ws.ok('simulate', '--scenario', name, '--print-team')
            equal(ws.ok('simulate', '--file', '-', '--print-team', stdin=printed), printed)
            equal(ws.json('simulate', '--file', '-', *QUICK, stdin=printed), ws.json('simulate', '--scenario', name, *QUICK))


def test_a_mixture_follows_its_marks():
    with Workspace() as ws:
        team = json.loads(ws.ok('simulate', '--scenario', 'brand', '--print-team'))
        for stage in team['stages']:
            stage['way'] = 'linear'
        found = ws.json('simulate', '--file', '-', '--ways', 'linear,mixed,async', *QUICK, stdin=json.dumps(team))
        equal(way(found, 'mixed')['cycle_time'], way(found, 'linear')['cycle_time'])
        for stage in team['stages'][3:]:
            stage['way'] = 'async'
        found = ws.json('simulate', '--file', '-', '--ways', 'linear,mixed,async', *QUICK, stdin=json.dumps(team))
        means = [way(found, name)['cycle_time']['mean']['value'] for name in ('async', 'mixed', 'linear')]
        check(means[0] < means[1] < means[2], means)


def test_handoffs_one_by_one():
    with Workspace() as ws:
        found = ws.json('simulate', '--scenario', 'brand', '--decouple', *QUICK)
        equal([entry['stage'] for entry in found['decouple']],
              [entry['name'] for entry in found['ways'][0]['stages']][1:])
        check(max(entry['saved']['value'] for entry in found['decouple']) > 0)
        equal(ws.json('simulate', '--scenario', 'brand', *QUICK)['decouple'], None)
        check('→' in ws.ok('simulate', '--scenario', 'brand', '--decouple', *QUICK))


def test_a_small_team_by_hand():
    """One person who is always there, one card at a time, an hour each: nothing waits once it has begun."""
    team = {'people': [{'name': 'Ann', 'roles': ['All'], 'weekdays': [1, 2, 3, 4, 5, 6, 7], 'from': '00:00', 'to': '24:00'}],
            'stages': [{'name': 'Work', 'role': 'All', 'work': {'kind': 'fixed', 'hours': 1}}],
            'arrivals_per_week': 84, 'any_time': True}
    with Workspace() as ws:
        found = ws.json('simulate', '--file', '-', '--ways', 'async', *QUICK, '--away', 'Ann', stdin=json.dumps(team))
        entry = found['ways'][0]
        equal(entry['cycle_time']['median'], {'value': 3600, 'low': 3600, 'high': 3600})
        equal(entry['wait_share']['value'], 0)
        check(abs(entry['people'][0]['load'] - 0.5) < 0.02, entry['people'])
        equal(found['claim'], None)
        equal(entry['saving'], None)
        equal(found['absence']['person'], 'Ann')


def test_the_team_of_a_board():
    """The sample campaign gives a team whose simulation is like its past; its file gives the same predictions."""
    with Workspace() as ws:
        ws.ok('demo')
        found = ws.json('simulate', '--board', 'Spring Launch', *QUICK)
        fit = found['fit']
        check(fit['verdict'] in ('good', 'fair'), fit)
        check(found['present'] in ('linear', 'hybrid', 'async'))
        best = min(fit['ways'], key=lambda entry: entry['distance'])
        equal(best['way'], found['present'])
        seen = ws.json('report', 'cycle-time', '--board', 'Spring Launch')
        check(abs(best['median']['seen'] - seen['percentiles']['50']) < 1, best)
        check(abs(best['p85']['seen'] - seen['percentiles']['85']) < 1, best)
        equal(fit['cards'], seen['finished'])
        team = ws.ok('simulate', '--board', 'Spring Launch', '--print-team')
        again = ws.json('simulate', '--file', '-', *QUICK, stdin=team)
        for mine, other in zip(again['ways'], found['ways']):
            ratio = mine['cycle_time']['median']['value'] / other['cycle_time']['median']['value']
            check(0.97 < ratio < 1.03, (mine['way'], ratio))
        check('20' in ws.fails(1, 'simulate', '--board', 'Newsletter'))
        ws.fails(3, 'simulate', '--board', 'Nothing')


def test_progress_and_interrupt():
    """On a terminal it says how far it is; Ctrl+C ends it soon, with a word and without half an answer."""
    try:
        master, terminal = os.openpty()
    except OSError as error:
        raise Skip('there are no terminals here') from error
    with Workspace() as ws:
        program = subprocess.Popen([BATONCTL, 'simulate', '--scenario', 'launch', '--replications', '2000'],
                                   stdout=subprocess.PIPE, stderr=terminal, env=ws.env)
        os.close(terminal)
        said = b''
        while b'%' not in said:
            said += os.read(master, 4096)
        program.send_signal(signal.SIGINT)
        out, _ = program.communicate(timeout=120)
        try:
            while True:
                more = os.read(master, 4096)
                said += more
                if not more:
                    break
        except OSError:
            pass
        os.close(master)
        equal((program.returncode, out), (-signal.SIGINT, b''))
        check('stopped' in said.decode(), said)


def test_what_is_refused():
    with Workspace() as ws:
        check('brand' in ws.fails(2, 'simulate', '--scenario', 'nothing'))
        ws.fails(2, 'simulate', '--scenario', 'social', '--file', 'x')
        ws.fails(2, 'simulate', '--scenario', 'social', '--ways', 'quick')
        ws.fails(2, 'simulate', '--scenario', 'social', '--replications', 'many')
        ws.fails(2, 'simulate', '--scenario', 'social', '--replications', '1')
        ws.fails(2, 'simulate', '--scenario', 'social', '--away', 'Nobody')
        ws.fails(1, 'simulate', '--file', '/nowhere/team.json')
        check('line 1' in ws.fails(1, 'simulate', '--file', '-', stdin='{'))
        check('“focsu”' in ws.fails(1, 'simulate', '--file', '-', stdin='{"people":[{"name":"A","focsu":1}]}'))
        check('people 1' in ws.fails(1, 'simulate', '--file', '-', stdin='{"people":[{"from":"9 o\'clock"}]}'))
        check('stages 1' in ws.fails(1, 'simulate', '--file', '-', stdin='{"stages":[{"name":"A","role":"B","work":{}}]}'))
        for nonsense in ('[]', '{}', '{"people":3}', '{"people":[7]}', '{"name":"x","stages":[]}', '"team"',
                         '{"stages":[{"role":"A","work":{"kind":"fixed","hours":-1}}],"people":[{"roles":["A"]}]}',
                         '{"stages":[{"role":"A","work":{"kind":"lognormal","median_hours":1}}],"people":[{"roles":["A"]}]}'):
            ws.fails(1, 'simulate', '--file', '-', stdin=nonsense)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
