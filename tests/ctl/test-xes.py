#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event logs as other tools write them: XES (IEEE 1849), lifecycles, encodings; and what is wrong in them."""
import csv
import gzip
import io
import os
import random
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import quoteattr

from ctltest import Workspace, check, equal, main

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">\n'
KEYS = {'person': 'org:resource', 'state': 'lifecycle:transition'}


def attribute(key, value, kind='string', inside=''):
    return f'<{kind} key={quoteattr(key)} value={quoteattr(value)}>{inside}</{kind}>\n'


def event(activity, time, more='', **others):
    return ('<event>\n' + attribute('concept:name', activity) + attribute('time:timestamp', time, 'date') +
            ''.join(attribute(KEYS[key], value) for key, value in others.items()) + more + '</event>\n')


def trace(name, *events, more=''):
    return '<trace>\n' + (attribute('concept:name', name) if name is not None else '') + more + ''.join(events) + '</trace>\n'


def write(ws, name, text):
    path = os.path.join(ws.base, name)
    with open(path, 'wb') as out:
        out.write(text if isinstance(text, bytes) else text.encode())
    return path


def steps(ws, board='Board'):
    """What each case did, from the history."""
    found = {}
    for row in ws.json('history', '--board', board):
        if 'step' in row:
            found.setdefault(row['card_title'], []).append((row['to'] or row['stage'], row['at'], row['person']))
    return found


def told(made, what):
    return sum(line['count'] for line in made['summary'] if line['what'] == what)


def load(ws, text, *more, name='log.xes', board='Board'):
    return ws.json('import', 'events', write(ws, name, text), '--board', board, *more)


def test_traces_become_cards():
    text = HEAD + ('<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>\n'
                   '<global scope="event"><string key="concept:name" value="nothing"/></global>\n'
                   '<classifier name="Activity" keys="concept:name"/>\n' + attribute('concept:name', 'A log') + trace(
                       'One & <only>', event('Draft', '2026-01-01T10:00:00.250+02:00', person='Anna'),
                       event('Prüfen', '2026-01-02T10:00:00Z', more=attribute('cost', '12.5', 'float'), person='Ben'),
                       event('Prüfen', '2026-01-03T10:00:00Z', more=attribute('cost', '13', 'float')),
                       more=attribute('channel', 'Web') + attribute('budget', '3', 'int', attribute('unit', 'EUR'))) +
                   trace('Two', event('Draft', '2026-01-02T00:00:00Z'))) + '</log>\n'
    with Workspace() as ws:
        made = load(ws, text)
        equal(steps(ws), {'One & <only>': [('Draft', '2026-01-01T08:00:00.250Z', 'Anna'), ('Prüfen', '2026-01-02T10:00:00Z', 'Ben'),
                                           ('Prüfen', '2026-01-03T10:00:00Z', None)],
                          'Two': [('Draft', '2026-01-02T00:00:00Z', None)]})
        card = ws.json('card', 'show', 'One & <only>')
        equal((card['channel'], {field['name']: field['text'] for field in card['fields']}),
              ('Web', {'budget': '3', 'cost': '13'}))
        equal((told(made, 'cards'), told(made, 'events'), told(made, 'attributes of attributes')), (2, 4, 1))
        columns = ws.json('import', 'events', os.path.join(ws.base, 'log.xes'), '--preview')['columns']
        equal([(one['name'], one['role']) for one in columns],
              [('case:concept:name', 'case'), ('concept:name', 'activity'), ('time:timestamp', 'time'),
               ('org:resource', 'person'), ('lifecycle:transition', 'lifecycle'), ('case:channel', 'channel'),
               ('case:budget', 'custom'), ('cost', 'custom')])
        made = ws.json('import', 'events', os.path.join(ws.base, 'log.xes'), '--board', 'By cost', '--skip-broken', '--map',
                       'activity=cost')
        equal([stage['name'] for stage in ws.json('board', 'show', 'By cost')['stages']], ['12.5', '13'])


def test_names_of_traces():
    with Workspace() as ws:
        made = load(ws, HEAD + trace('A', event('x', '2026-01-01T00:00:00Z')) + trace(None, event('x', '2026-01-02T00:00:00Z')) +
                    trace('A', event('x', '2026-01-03T00:00:00Z')) + trace('Empty') +
                    event('x', '2026-01-03T00:00:00Z') + '</log>')
        equal(sorted(steps(ws)), ['A', 'A (2)', 'Case 2'])
        equal([told(made, what) for what in ('traces without a name', 'traces with a name that another has',
                                             'traces without events', 'events outside of traces')], [1, 1, 1, 1])


def test_lifecycles():
    """An activity begins with its start, or with its end where no start is told."""
    rows = [('Apply', 'COMPLETE', 0), ('Check', 'SCHEDULE', 1), ('Check', 'START', 2), ('Call', 'START', 3),
            ('Check', 'SUSPEND', 3), ('Check', 'COMPLETE', 4), ('Call', 'COMPLETE', 5), ('Check', 'COMPLETE', 6),
            ('Sign', 'Waiting for customer', 7)]
    wanted = [('Apply', 0), ('Check', 2), ('Call', 3), ('Check', 6), ('Sign', 7)]
    xes = HEAD + trace('One', *(event(a, f'2026-01-01T0{n}:00:00Z', state=state) for a, state, n in rows)) + '</log>'
    table = 'case,lifecycle:transition,time,activity\n' + ''.join(
        f'One,{state.lower()},2026-01-01T0{n}:00:00Z,{a}\n' for a, state, n in reversed(rows))
    # In a table of the reverse order, those of one instant stand the other way round, too.
    table = table.replace('03:00:00Z,Check', '03:00:01Z,Check')
    with Workspace() as ws:
        for board, name, text in (('Board', 'log.xes', xes), ('Table', 'log.csv', table)):
            made = load(ws, text, name=name, board=board)
            equal([(a, int(at[11:13])) for a, at, _ in steps(ws, board)['One']], wanted)
            equal(told(made, 'events of a lifecycle'), 4)
        load(ws, HEAD + trace('Only', event('x', '2026-01-01T00:00:00Z', state='schedule')) + '</log>', board='Third')
        equal(len(steps(ws, 'Third')['Only']), 1)


def test_round_trip():
    seed = random.randrange(1 << 32)
    print(f'# seed {seed}')
    chance = random.Random(seed)
    rows = []
    for case in range(100):
        time = datetime(1950 + chance.randrange(200), 1, 1, tzinfo=timezone.utc)
        for _ in range(chance.randrange(1, 9)):
            rows.append((f'C "{case}" <&\' ü😀', chance.choice(['Idea', 'Make & <do>', 'Sent\u2028']), time.isoformat(),
                         chance.choice(['Anna', 'B, "en', ''])))
            time += timedelta(milliseconds=chance.choice([0, 1, 3600000, chance.randrange(5 * 86400000)]))
    table = io.StringIO()
    csv.writer(table).writerows([('case', 'activity', 'time', 'person')] + rows)
    with Workspace() as ws:
        load(ws, table.getvalue(), name='log.csv')
        first = ws.ok('export', 'xes', 'Board')
        made = load(ws, gzip.compress(first.encode()), name='log.xes.gz', board='Again')
        equal((told(made, 'cards'), told(made, 'events')), (100, len(rows)))
        equal(ws.ok('export', 'xes', 'Again').replace('"Again"', '"Board"'), first)
        equal(steps(ws, 'Again'), steps(ws))
        equal(ws.json('verify')['ok'], True)


def test_encodings():
    rows = 'case;activity;time;person\nÄ1;Prüfen;2026-01-01T10:00:00Z;Jürgen\nÄ1;Fertig;2026-01-02T10:00:00Z;Łukasz\n'
    latin = rows.replace('Łukasz', 'Çelik')
    xes = (HEAD + trace('Ä1', event('Prüfen', '2026-01-01T10:00:00Z')) + '</log>')
    with Workspace() as ws:
        for number, (text, code, encoding, told_as) in enumerate((
                (rows, 'utf-8-sig', 'UTF-8', None), (rows, 'utf-16', 'UTF-16LE', 'UTF-16LE'), (rows, 'utf-16-be', 'UTF-16BE', 'UTF-16BE'),
                (rows.replace('\n', '\r\n'), 'utf-16-le', 'UTF-16LE', 'UTF-16LE'), (latin, 'cp1252', 'WINDOWS-1252', 'Windows-1252'),
                (rows, 'utf-32', 'UTF-32LE', 'UTF-32LE'))):
            for pack in (False, True):
                board = f'Board {number}{pack}'
                data = text.encode(code)
                path = write(ws, 'log.csv', gzip.compress(data) if pack else data)
                equal(ws.json('import', 'events', path, '--preview')['encoding'], encoding)
                made = ws.json('import', 'events', path, '--board', board)
                last = 'Çelik' if code == 'cp1252' else 'Łukasz'
                equal([(a, p) for a, _, p in steps(ws, board)['Ä1']], [('Prüfen', 'Jürgen'), ('Fertig', last)])
                reasons = [line['reason'] or '' for line in made['summary']]
                equal(any(told_as in reason for reason in reasons) if told_as else
                      not any('read as' in reason or 'taken as W' in reason for reason in reasons), True, code)
        for number, (text, code) in enumerate(((xes.replace('UTF-8', 'ISO-8859-1'), 'latin-1'), (xes.replace('UTF-8', 'UTF-16'), 'utf-16'),
                                               (xes.replace('UTF-8', 'windows-1252'), 'cp1252'), (xes, 'utf-8-sig'))):
            load(ws, text.encode(code), board=f'XES {number}')
            equal(list(steps(ws, f'XES {number}')), ['Ä1'])


def test_long_text_in_utf_16():
    """Pieces end within characters and records."""
    rows = 'case,activity,time,note\n' + ''.join(f'C{n},Do,2026-01-01T10:00:00Z,"😀 ü\n{"x" * (n % 97)}"\n' for n in range(20000))
    with Workspace() as ws:
        made = load(ws, rows.encode('utf-16'), name='log.csv')
        equal(told(made, 'cards'), 20000)
        equal({f['name']: f['text'] for f in ws.json('card', 'show', 'C96')['fields']}['note'], '😀 ü\n' + 'x' * 96)


def bad(ws, text, *words, name='bad.xes', more=()):
    error = ws.fails(1, 'import', 'events', write(ws, name, text), *more)
    for word in words:
        check(word in error, f'{word!r} is not in {error!r}')
    check(not os.path.exists(ws.folder), f'something is left behind after {words}')


def test_bad_files():
    good = HEAD + trace('One', event('x', '2026-01-01T00:00:00Z'))
    many = good + ''.join(trace(f'T{n}', event('x', '2026-01-01T00:00:00Z')) for n in range(2000))
    with Workspace() as ws:
        bad(ws, good, 'Line', 'ends too early')
        bad(ws, many, 'Line 14', 'ends too early')
        bad(ws, many + '<trace><string key="a" val', 'ends too early')
        bad(ws, many + '</trace></log>', 'Line', 'damaged')
        bad(ws, good + '</log><log/>', 'follows')
        bad(ws, gzip.compress(many.encode())[:-30], 'packed')
        bad(ws, HEAD + trace('One', '<event>' + attribute('concept:name', 'x') + '</event>') + '</log>', 'Line 5', 'no time')
        bad(ws, HEAD + trace('One', event('x', 'soon')) + '</log>', 'Line 5', 'soon')
        bad(ws, HEAD + trace('One', '<event>' + attribute('time:timestamp', '2026-01-01T00:00:00Z', 'date') + '</event>') + '</log>',
            'Line 5', 'no activity')
        bad(ws, HEAD + trace('One', event('x', '2026-01-01T00:00:00Z'), event('x', '2026-01-01T00:00:00')) + '</log>', 'zone', 'Line 9')
        bad(ws, HEAD + '</log>', 'no event')
        bad(ws, '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'no event log', 'svg')
        bad(ws, HEAD + '<trace>' + '<list key="a"><values>' * 5000 + '</values></list>' * 5000 + '</trace></log>', 'nested')
        bad(ws, '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<log><trace><string key="concept:name" value="&b;"/>'
            '<event/></trace></log>', 'damaged', 'Line 2')
        bad(ws, '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<log><trace><string key="concept:name" value="&x;"/>'
            '</trace></log>', 'damaged')
        bad(ws, HEAD + trace('One', event('x' * (20 << 20), '2026-01-01T00:00:00Z')) + '</log>', 'longer than')
        bad(ws, (HEAD + trace('Ä', event('x', '2026-01-01T00:00:00Z')) + '</log>').encode('cp1252'), 'damaged', 'Line')
        bad(ws, good.replace('UTF-8', 'x-klingon'), 'X-KLINGON')
        bad(ws, 'case,activity,time\nü,x,2026-01-01\n'.encode('utf-16')[:-3] + b'\xdc', 'UTF-16LE', name='bad.csv')
        made = load(ws, HEAD + trace('One', event('x', '2026-01-01T00:00:00Z'), event('y', 'soon')) + '</log>', '--skip-broken')
        equal((told(made, 'events'), told(made, 'lines')), (1, 1))


def test_more_attributes_than_fields():
    with Workspace() as ws:
        made = load(ws, HEAD + trace('One', event('x', '2026-01-01T00:00:00Z', more=''.join(
            attribute(f'a{n}', 'v') for n in range(300)))) + '</log>')
        equal(told(made, 'values of attributes beyond the 200th'), 105)


def test_times_without_a_zone_are_counted():
    with Workspace() as ws:
        rows = 'case,activity,time\n' + ''.join(f'C{n},x,2026-01-01 10:00\n' for n in range(7))
        equal(told(load(ws, rows, name='log.csv'), 'times without a zone'), 7)
        equal(told(load(ws, rows, '--zone', 'Europe/Berlin', name='log.csv', board='B'), 'times without a zone'), 0)
        mixed = rows + 'C9,x,2026-01-01T10:00:00Z\n'
        equal(told(load(ws, mixed, '--zone', 'Europe/Berlin', name='log.csv', board='C'), 'times without a zone'), 0)


def test_times_of_many_tools():
    """All of them are 5 January 2024, 9:00:00 UTC, and half a second where they say so."""
    with Workspace() as ws:
        for number, (text, half, *more) in enumerate((
                ('2024-01-05T09:00:00Z', ''), ('2024-01-05 10:00:00 +0100', ''), ('2024-1-5 9:00', ''),
                ('2024/01/05 09:00:00.500', '.500'), ('20240105T090000Z', ''), ('20240105T100000.5+01:00', '.500'),
                ('1704445200', ''), ('1704445200000', ''), ('1704445200.5', '.500'), ('1704445200500.0', '.500'),
                ('1704445200500000', '.500'), ('05.01.2024 09:00', '', '--dates', 'dmy'), ('5.1.2024 9:00:00', '', '--dates', 'dmy'),
                ('1/5/2024 9:00 AM', '', '--dates', 'mdy'), ('2024-01-05 10:00:00,500', '.500', '--zone', 'Europe/Berlin'))):
            for mark in (',', ';', '\t'):
                cell = f'"{text}"' if mark in text else text
                rows = f'\ufeffCase ID{mark}"Activity"{mark}Complete Timestamp\r\n"One"{mark}x{mark}{cell}\r\n'
                board = f'{number} {ord(mark)}'
                load(ws, rows, *more, name='log.csv', board=board)
                equal(steps(ws, board)['One'][0][1], f'2024-01-05T09:00:00{half}Z', text)
        for text in ('2024-13-01 9:00', '20240105T250000Z', '1704445200.', '20240105', '2024-1-', '123456789'):
            bad_time = write(ws, 'bad.csv', f'case,activity,time\nOne,x,{text}\n')
            check('Line 2' in ws.fails(1, 'import', 'events', bad_time, '--board', text), text)


def test_many_traces():
    def text():
        yield HEAD
        for number in range(20000):
            yield trace(f'T{number}', *(event(f'A{step % 7}', f'2026-01-{step + 1:02d}T10:00:00Z', person='P') for step in range(5)))
        yield '</log>'
    with Workspace() as ws:
        made = load(ws, ''.join(text()))
        equal((told(made, 'cards'), told(made, 'events')), (20000, 100000))


def test_many_traces_of_one_name():
    """The number behind the name is not searched for from the beginning: that took a minute."""
    n = 30000
    one = trace('Same', event('Draft', '2026-01-01T10:00:00Z'))
    with Workspace() as ws:
        made = ws.json('import', 'events', write(ws, 'log.xes', HEAD + one * n + '</log>\n'), '--board', 'Board')
        equal(told(made, 'cards'), n)
        equal(len(set(steps(ws))), n)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
