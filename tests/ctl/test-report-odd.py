#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd logs, and the sample board: every figure of the reports against a second reckoning, made from the definitions of
flow/README.md alone. A card is a list of stays here, working time is looked up quarter of an hour by quarter of an hour,
and a percentile is found by counting, so that a mistake would have to be made twice in two ways."""
import csv
import os
import random
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ctltest import Skip, Workspace, check, equal, main

SECOND = 10 ** 6
QUARTER = 900 * SECOND
DAY = 86400 * SECOND
WORK = ('active', 'review')
STAGES = {'Idea': 'backlog', 'Ready': 'queue', 'Make': 'active', 'To check': 'queue', 'Check': 'review', 'Polish': 'active',
          'Sent': 'done', 'Filed': 'done'}


# Reading times: no library knows the file better than the file.

def moment(text):
    """Microseconds since 1970 of an ISO time with its offset."""
    found = re.fullmatch(r'(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)', text)
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    part = int((found[7] or '0').ljust(6, '0')[:6])
    offset = 0 if found[8] == 'Z' else int(found[8][0] + '1') * (int(found[8][1:3]) * 60 + int(found[8][-2:]))
    days = date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    return ((days * 1440 + hour * 60 + minute - offset) * 60 + second) * SECOND + part


def zone(name):
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        raise Skip('no time zones are installed') from None


def local(at, where):
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=at)).astimezone(where)


class Clock:
    """How long was worked between two moments. hours: {weekday (Monday is 0): [(first minute, last minute)]}; None: all."""

    def __init__(self, where, hours):
        self.where, self.hours, self.days = where, hours, {}

    def works(self, at):
        here = local(at, self.where)
        minute = here.hour * 60 + here.minute
        return any(first <= minute < last for first, last in self.hours.get(here.weekday(), ()))

    def day(self, number):
        """The quarters of this day of UTC in which somebody works."""
        if number not in self.days:
            self.days[number] = [at for at in range(number * DAY, (number + 1) * DAY, QUARTER) if self.works(at)]
        return self.days[number]

    def between(self, a, b):
        if self.hours is None or b <= a:
            return b - a
        total = 0
        for number in range(a // DAY, b // DAY + 1):
            if a <= number * DAY and (number + 1) * DAY <= b:
                total += len(self.day(number)) * QUARTER
                continue
            total += sum(max(0, min(b, at + QUARTER) - max(a, at)) for at in self.day(number))
        return total


# What the definitions say of one card.

class Card:
    def __init__(self, events, kinds, created=None):
        """events: (moment, stage, person, what) in the order of the file; what: enter, block, unblock"""
        self.events = sorted(events, key=lambda event: event[0])
        self.kinds = kinds
        enters = [(at, stage, person) for at, stage, person, what in self.events if what == 'enter']
        self.created = enters[0][0] if created is None else min(created, enters[0][0])
        self.enters = enters
        # Visits: (stage, came, left); to be told again where the card is is none.
        self.visits = []
        for at, stage, _ in enters:
            if self.visits and self.visits[-1][0] == stage:
                continue
            if self.visits:
                self.visits[-1][2] = at
            self.visits.append([stage, at, None])
        starts = [at for at, stage, _ in enters if kinds[stage] in WORK]
        self.start = min(starts, default=None)
        self.finished = None
        if kinds[enters[-1][1]] == 'done':
            self.finished = max(at for at, stage, _ in enters if kinds[stage] == 'done')
        self.stage = enters[-1][1]

    def blocks(self):
        begun, spans = None, []
        for at, _, _, what in self.events:
            if what == 'block' and begun is None:
                begun = at
            elif what == 'unblock' and begun is not None:
                spans.append((begun, at))
                begun = None
        return spans + ([(begun, None)] if begun is not None else [])

    def waits(self):
        """(giver, taker, from, to, directly) of each wait that ended in work or done, and of what went from hand to hand."""
        runs, queued = [], None
        kinds = [self.kinds[stage] for _, stage, _ in self.enters]
        for (at, _, person), kind, before in zip(self.enters, kinds, [None] + list(zip(kinds, self.enters))):
            if kind == 'queue':
                queued = queued or (at, person)
                continue
            if queued and kind != 'backlog':
                runs.append((queued[1], person, queued[0], at, False))
            elif kind in WORK and before and before[0] in WORK:
                runs.append((before[1][2], person, at, at, True))
            queued = None
        return runs


def counted_rank(values, percent):
    """The smallest of them that at least so many per cent do not exceed."""
    values = sorted(values)
    return next((value for i, value in enumerate(values) if 100 * (bisect_left(values, value + 1)) >= percent * len(values)), None)


def seconds(value):
    return None if value is None else value / SECOND


def same(found, wanted, what):
    if found is None or wanted is None:
        equal(found, None if wanted is None else float(wanted), what)
    else:
        check(abs(found - float(wanted)) <= 1e-6 + 1e-9 * abs(float(wanted)), f'{what}: found {found}, wanted {float(wanted)}')


def same_sample(found, values, what):
    for percent in (50, 70, 85, 95):
        same(found['percentiles'][str(percent)], seconds(counted_rank(values, percent)), f'{what}, {percent} %')
    same(found['mean'], Fraction(sum(values), len(values) * SECOND) if values else None, f'{what}, mean')


class Board:
    """A board as the reports should see it."""

    def __init__(self, cards, kinds, order, clock):
        """cards: of those that count; order: stages, those of kind done behind the others"""
        self.cards, self.kinds, self.order, self.clock = cards, kinds, order, clock
        self.done = [card for card in cards if card.finished is not None]
        self.timed = [card for card in self.done if card.start is not None]

    def cycle(self, card):
        return self.clock.between(card.start, card.finished)

    def check_times(self, found):
        equal((found['finished'], found['never_started'], found['unfinished']),
              (len(self.timed), len(self.done) - len(self.timed), len(self.cards) - len(self.done)))
        started = sum(card.finished is None and card.start is not None for card in self.cards)
        equal((found['in_progress'] + found['not_started']), len(self.cards) - len(self.done))
        equal(found['in_progress'], started)
        same_sample(found, [self.cycle(card) for card in self.timed], 'cycle time')
        same_sample(found['lead'], [self.clock.between(card.created, card.finished) for card in self.done], 'lead time')
        equal(found['lead']['finished'], len(self.done))

    def check_throughput(self, found, where):
        days = Counter(local(card.finished, where).date() for card in self.done)
        equal({day['date']: day['finished'] for day in found['days'] if day['finished']},
              {day.isoformat(): n for day, n in days.items()})
        weeks = Counter()
        for day, n in days.items():
            weeks[day - timedelta(days=day.weekday())] += n
        equal({week['date']: week['finished'] for week in found['weeks'] if week['finished']},
              {day.isoformat(): n for day, n in weeks.items()})
        listed = [date.fromisoformat(day['date']) for day in found['days']]
        check(all(b - a == timedelta(days=1) for a, b in zip(listed, listed[1:])), 'a day is missing, or there twice')

    def check_cfd(self, found, stride=1):
        times = [moment(text) for text in found['times']]
        places = sorted(found['stages'], key=lambda stage: stage['place'])
        equal([stage['name'] for stage in places], self.order)
        moves = {name: ([], []) for name in self.order}
        for card in self.cards:
            for stage, came, left in card.visits:
                moves[stage][0].append(came)
                if left is not None:
                    moves[stage][1].append(left)
        for came, left in moves.values():
            came.sort(), left.sort()
        for stage in found['stages']:
            came, left = moves[stage['name']]
            for i in range(0, len(times), stride):
                equal((stage['arrivals'][i], stage['departures'][i]),
                      (bisect_left(came, times[i]), bisect_left(left, times[i])), f'{stage["name"]} at {found["times"][i]}')
        for stage, behind in zip(places, places[1:]):
            for i, height in enumerate(stage['line']):
                inside = stage['arrivals'][i] - stage['departures'][i]
                equal(height - behind['line'][i], inside, f'gap of {stage["name"]} at {found["times"][i]}')
        for stage in places:
            check(all(a <= b for a, b in zip(stage['line'], stage['line'][1:])), f'the line of {stage["name"]} falls')
        # From the first place that is no backlog to the first that is done.
        kinds = [stage['kind'] for stage in places]
        first = next(n for n, kind in enumerate(kinds) if kind != 'backlog')
        under_way = places[first:kinds.index('done')]
        for i, wip in enumerate(found['wip']):
            equal(wip, sum(stage['arrivals'][i] - stage['departures'][i] for stage in under_way), found['times'][i])

    def spent(self):
        """stage → active, waiting, blocked, before; visits, cards"""
        total = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
        for card in self.timed:
            seen = set()
            for n, (stage, came, left) in enumerate(card.visits):
                if came > card.finished:
                    break
                row = total[stage]
                row[4] += 1
                row[5] += stage not in seen
                seen.add(stage)
                came = card.created if n == 0 else came
                left = card.finished if left is None else min(left, card.finished)
                cut = min(max(card.start, came), left)
                row[3] += self.clock.between(came, cut)
                held = sum(self.clock.between(max(cut, a), min(left, left if b is None else b)) for a, b in card.blocks()
                           if max(cut, a) < min(left, left if b is None else b))
                row[2] += held
                row[0 if self.kinds[stage] in WORK else 1] += self.clock.between(cut, left) - held
        return total

    def check_where(self, found):
        total = self.spent()
        for stage in found['stages']:
            wanted = total[stage['name']]
            for key, value in zip(('active', 'waiting', 'blocked', 'before_start'), wanted):
                same(stage[key], seconds(value), f'{key} in {stage["name"]}')
            equal((stage['visits'], stage['cards']), tuple(wanted[4:]), stage['name'])
        sums = [sum(row[i] for row in total.values()) for i in range(4)]
        for key, value in zip(('active', 'waiting', 'blocked', 'before_start'), sums):
            same(found[key], seconds(value), key)
        # The parts make up the whole.
        equal(sum(sums[:3]), sum(self.cycle(card) for card in self.timed))
        equal(sum(sums), sum(self.clock.between(card.created, card.finished) for card in self.timed))
        same(found['flow_efficiency'], Fraction(sums[0], sum(sums[:3])) if sum(sums[:3]) else None, 'flow efficiency')

    def check_quality(self, found):
        left, passed, rework = Counter(), Counter(), Counter()
        place = {name: n for n, name in enumerate(self.order)}
        for card in self.cards:
            times = Counter(visit[0] for visit in card.visits)
            back = set()
            for (stage, *_), (behind, *_) in zip(card.visits, card.visits[1:]):
                if place[behind] < place[stage]:
                    back.add(stage)
                    if self.kinds[behind] in WORK:
                        rework[stage, behind] += 1
            for stage, n in times.items():
                if not (card.stage == stage and n == 1):
                    left[stage] += 1
                    passed[stage] += n == 1 and stage not in back
        rolled, any_stage = Fraction(1), False
        for row in found['first_pass_yield']['stages']:
            name = row['name']
            equal((row['left'], row['passed']), (left[name], passed[name]), f'yield of {name}')
            if self.kinds[name] in WORK and left[name]:
                rolled, any_stage = rolled * Fraction(passed[name], left[name]), True
        same(found['first_pass_yield']['rolled'], rolled if any_stage else None, 'rolled yield')
        told = Counter()
        for row in found['rework']:
            told[row['from'], row['to']] += row['count']
        equal(told, rework)

    def check_reviews(self, found, window, window_clock, now):
        turnaround, in_time, still, overdue, changes = [], 0, 0, 0, 0
        place = {name: n for n, name in enumerate(self.order)}
        for card in self.cards:
            i = 0
            while i < len(card.visits):
                if self.kinds[card.visits[i][0]] != 'review':
                    i += 1
                    continue
                first = i
                while first > 0 and self.kinds[card.visits[first - 1][0]] == 'queue':
                    first -= 1
                while i + 1 < len(card.visits) and self.kinds[card.visits[i + 1][0]] == 'review':
                    i += 1
                asked, closed = card.visits[first][1], card.visits[i][2]
                if closed is None:
                    still += 1
                    overdue += window_clock.between(asked, now) > window
                else:
                    turnaround.append(self.clock.between(asked, closed))
                    in_time += window_clock.between(asked, closed) <= window
                    changes += place[card.visits[i + 1][0]] < place[card.visits[i][0]]
                i += 1
        equal(found['from_requests'], False)
        same_sample(found, turnaround, 'review')
        equal({key: found[key] for key in ('closed', 'with_window', 'in_time', 'open', 'overdue', 'changes_requested')},
              {'closed': len(turnaround), 'with_window': len(turnaround), 'in_time': in_time, 'open': still,
               'overdue': overdue, 'changes_requested': changes})

    def check_handoffs(self, found):
        edges, direct, waiting = defaultdict(list), Counter(), 0
        for card in self.cards:
            for giver, taker, since, until, at_once in card.waits():
                wait = self.clock.between(since, until)
                waiting += wait
                if giver and taker and giver != taker:
                    edges[giver, taker].append(wait)
                    direct[giver, taker] += at_once
        equal({(row['from'], row['to']) for row in found}, set(edges))
        for row in found:
            waits = edges[row['from'], row['to']]
            what = f'{row["from"]} to {row["to"]}'
            equal((row['count'], row['direct']), (len(waits), direct[row['from'], row['to']]), what)
            same(row['wait']['median'], seconds(counted_rank(waits, 50)), what)
            same(row['wait']['p85'], seconds(counted_rank(waits, 85)), what)
            same(row['wait']['total'], seconds(sum(waits)), what)
            same(row['share'], Fraction(sum(waits), waiting) if waiting else 0, what)
            equal(row['measured'], 'sync' if 2 * row['direct'] > row['count'] else 'async', what)

    def check_age(self, found, now):
        """now is when the question was put; the answer is a little younger."""
        cycles = [self.cycle(card) for card in self.timed]
        expected = counted_rank(cycles, 85)
        same(found['expected'], seconds(expected), 'expected')
        open_cards = [card for card in self.cards if card.finished is None and card.start is not None]
        equal(len(found['items']), len(open_cards))
        wanted = sorted((self.clock.between(card.start, now), self.clock.between(card.visits[-1][1], now), card.stage)
                        for card in open_cards)
        told = sorted((item['age'], item['in_stage'], item['stage']) for item in found['items'])
        for (age, here, stage), (wanted_age, wanted_here, wanted_stage) in zip(told, wanted):
            equal(stage, wanted_stage)
            check(0 <= age - wanted_age / SECOND < 120 and 0 <= here - wanted_here / SECOND < 120, (age, wanted_age / SECOND))
        for item in found['items']:
            longer = [cycle for cycle in cycles if cycle > item['age'] * SECOND]
            if item['late']:
                check(expected is not None and item['age'] * SECOND >= expected and item['chance_late'] == 1, item)
            elif item['chance_late'] is not None and longer:
                same(item['chance_late'], Fraction(sum(cycle > expected for cycle in longer), len(longer)), item['title'])

    def check_all(self, ws, name, where, window=None, window_clock=None):
        more = ['--board', name] + ([] if self.clock.hours is None else ['--hours', 'working'])
        self.check_times(ws.json('report', 'cycle-time', *more))
        self.check_throughput(ws.json('report', 'throughput', *more), where)
        flow = ws.json('report', 'flow', *more)
        self.check_where(flow['time'])
        self.check_quality(flow)
        now = int(datetime.now(timezone.utc).timestamp()) * SECOND
        if window is not None:
            self.check_reviews(flow['review'], window, window_clock, now)
        self.check_handoffs(ws.json('report', 'handoffs', *more))
        return ws.json('report', 'cfd', *more), now


# The logs.

def tell(at, chance):
    """The same moment in one of many zones."""
    offset = chance.choice((0, 60, 120, -300, 330, 345, 765, -570))
    there = datetime(1970, 1, 1) + timedelta(microseconds=at, minutes=offset)
    sign = '-' if offset < 0 else '+'
    colon = chance.choice((':', ''))
    written = 'Z' if offset == 0 else f'{sign}{abs(offset) // 60:02}{colon}{abs(offset) % 60:02}'
    return there.isoformat(sep=chance.choice('T ')) + ('.0' if chance.random() < .1 and there.microsecond == 0 else '') + written


def odd_log(chance, begin, days, cases):
    """Cards that skip, come back, end forty times and all at once, in no order of the file."""
    names = list(STAGES)
    people = ['Ann', 'Ben', 'Çelik', 'D, E', '']
    rows = []
    at_once = begin + days * DAY // 2
    for case in range(cases):
        at = begin + chance.randrange(days * DAY // SECOND) * SECOND
        told = []
        if case < 40:  # forty that end on one instant
            told = [(at_once - chance.randrange(1, 40) * QUARTER, 'Make'), (at_once, 'Sent')]
        elif case == 40:  # one that ends forty times
            told = [(at + n * 7 * 3600 * SECOND, 'Sent' if n % 2 else 'Check') for n in range(80)]
        elif case == 41:  # one that is told to be done again and again
            told = [(at, 'Make')] + [(at + n * DAY, 'Sent') for n in range(1, 6)]
        elif case == 42:
            told = [(at, 'Sent')]
        elif case == 43:  # everything at one instant
            told = [(at, name) for name in names]
        else:
            for _ in range(chance.randrange(1, 14)):
                told.append((at, chance.choice(names)))
                at += chance.choice((0, 1, 59 * SECOND, 3600 * SECOND, 3 * DAY, chance.randrange(9 * DAY)))
        rows += [(f'C{case}', name, tell(at, chance), chance.choice(people)) for at, name in told]
    chance.shuffle(rows)
    return rows


def read_rows(rows):
    """Cards and the order of the stages, straight from the rows."""
    told, order = defaultdict(list), []
    for case, name, time, person in rows:
        told[case].append((moment(time), name, person or None, 'enter'))
        if name not in order:
            order.append(name)
    order.sort(key=lambda name: STAGES[name] == 'done')
    return [Card(events, STAGES) for events in told.values()], order


def import_rows(ws, rows, name):
    path = os.path.join(ws.base, f'{name}.csv')
    with open(path, 'w', newline='', encoding='utf-8') as out:
        csv.writer(out).writerows([('case', 'activity', 'time', 'person'), *rows])
    ws.ok('import', 'events', path, '--board', name, '--map', 'case=case,activity=activity,time=time,person=person', '--kinds',
          ','.join(f'{stage}={STAGES[stage]}' for stage in {row[1] for row in rows}))


HOURS = {0: [(540, 750), (780, 1020)], 1: [(540, 750), (780, 1020)], 2: [(0, 180)], 3: [(540, 1020)], 6: [(60, 240)]}
HOURS_TEXT = '1,2 09:00-12:30; 1,2 13:00-17:00; 3 00:00-03:00; 4 09:00-17:00; 7 01:00-04:00'


def odd(zone_name, begin, days, cases=160):
    seed = int(os.environ.get('BATON_TEST_SEED', random.randrange(1 << 32)))
    print(f'# seed {seed}')
    chance = random.Random(seed)
    where = zone(zone_name)
    rows = odd_log(chance, moment(begin), days, cases)
    cards, order = read_rows(rows)
    with Workspace(TZ=zone_name) as ws:
        import_rows(ws, rows, 'Odd')
        working = Clock(where, HOURS)
        always = Clock(where, None)
        for hours_are_set in (False, True):
            if hours_are_set:
                ws.ok('board', 'set', 'Odd', '--working-hours', HOURS_TEXT, '--time-zone', zone_name, '--review-hours', '9')
            window, window_clock = (9 * 3600 * SECOND, working) if hours_are_set else (DAY, always)
            for clock in (always, working) if hours_are_set else (always,):
                board = Board(cards, STAGES, order, clock)
                cfd, now = board.check_all(ws, 'Odd', where, window, window_clock)
                if clock is always:
                    board.check_cfd(cfd, 3)
                if moment(begin) + 2 * days * DAY < now:
                    more = [] if clock is always else ['--hours', 'working']
                    board.check_age(ws.json('report', 'age', '--board', 'Odd', *more), now)


def test_summer_time_in_berlin():
    odd('Europe/Berlin', '2025-03-10T00:00:00Z', 260)


def test_summer_time_of_half_an_hour():
    odd('Australia/Lord_Howe', '2025-09-20T00:00:00Z', 60)


def test_the_beginning_of_time():
    odd('America/New_York', '1970-01-01T05:00:00Z', 40)


def test_a_far_year():
    odd('Asia/Kathmandu', '2150-02-01T00:00:00Z', 50)


def test_one_card_for_a_hundred_and_eighty_years():
    """In calendar time; the days between are there, too."""
    rows = [('1', 'Make', '1970-01-01T00:00:00Z', 'Ann'), ('1', 'To check', '1970-01-02T00:00:00Z', 'Ann'),
            ('1', 'Check', '2150-01-01T00:00:00Z', 'Ben'), ('1', 'Sent', '2150-01-01T01:00:00Z', 'Ben')]
    cards, order = read_rows(rows)
    with Workspace(TZ='UTC') as ws:
        import_rows(ws, rows, 'Long')
        board = Board(cards, STAGES, order, Clock(timezone.utc, None))
        cfd, _ = board.check_all(ws, 'Long', timezone.utc, DAY, Clock(timezone.utc, None))
        board.check_cfd(cfd, 997)


def test_times_without_a_zone():
    """Hours that come twice are the later ones, hours that are left out are counted on as if they were there."""
    where = zone('Europe/Berlin')
    cases = (('2025-03-30 01:30', 0), ('2025-03-30 02:30', 0), ('2025-03-30 03:30', 0), ('2025-10-26 01:30', 0),
             ('2025-10-26 02:30', 1), ('2025-10-26 03:30', 0))
    with Workspace(TZ='UTC') as ws:
        path = os.path.join(ws.base, 'zone.csv')
        with open(path, 'w', encoding='utf-8') as out:
            out.write('case,activity,time\n' + ''.join(f'{n},Make,{text}\n' for n, (text, _) in enumerate(cases)))
        ws.ok('import', 'events', path, '--board', 'Zone', '--zone', 'Europe/Berlin')
        told = [row['timestamp'] for row in csv.DictReader(ws.ok('export', 'events', 'Zone').splitlines())]
        wanted = [datetime.fromisoformat(text).replace(tzinfo=where, fold=fold).timestamp() for text, fold in cases]
        equal([moment(text) / SECOND for text in told], wanted)


def test_the_sample_board():
    """Blocked through nights and weekends, sent back, archived, binned: read off the history, in both kinds of hours."""
    with Workspace(TZ='Europe/Berlin') as ws:
        ws.ok('demo')
        name = 'Spring Launch'
        history = ws.json('history', '--board', name)
        stages = ws.json('stage', 'list', name)
        kinds = {stage['name']: stage['kind'] for stage in stages}
        order = [stage['name'] for stage in stages]
        told = defaultdict(list)
        for row in history:
            what = {'card.add': 'enter', 'card.move': 'enter', 'card.block': 'block', 'card.unblock': 'unblock'}.get(row['verb'])
            if what:
                told[row['card']].append((moment(row['at']), row.get('stage') or row['to'], row['person'], what))
        uncounted = {card['id'] for which in ('--binned', '--templates') for card in ws.json('card', 'list', which)}
        check(len(uncounted) >= 2, 'nothing is binned')
        cards = [Card(events, kinds) for card, events in told.items() if card not in uncounted]
        check(sum(len(card.blocks()) for card in cards) > 5, 'nothing was blocked')
        where = zone('Europe/Berlin')
        weekdays = {day: [(540, 1080)] for day in range(5)}
        for clock in (Clock(where, None), Clock(where, weekdays)):
            board = Board(cards, kinds, order, clock)
            board.check_all(ws, name, where)


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
