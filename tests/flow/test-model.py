#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forecasts and comparisons against the same numbers computed by another hand, with Python's standard library.

  test-model.py DRIVER SOURCE_ROOT
"""
import collections
import csv
import datetime
import gzip
import itertools
import json
import math
import os
import random
import statistics
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import Skip, main  # noqa: E402

DRIVER, ROOT = map(os.path.abspath, sys.argv[1:3])
TESTS = []
GOOD, BOLD, TIMID = 1, 2, 3


def test(function):
    TESTS.append(function)
    return function


def drive(*args, numbers=()):
    text = subprocess.run([DRIVER, *map(str, args)], input=' '.join(map(str, numbers)), text=True, check=True,
                          capture_output=True).stdout
    return json.loads(text)


def near(value, expected, tolerance, what):
    assert abs(value - expected) <= tolerance, f'{what}: {value}, expected {expected} ± {tolerance}'


@test
def forecast_counts_have_the_exact_distribution():
    """Every outcome of four days enumerated: 5 ** 4 of them."""
    history = [0, 0, 1, 2, 7]
    exact = collections.Counter(map(sum, itertools.product(history, repeat=4)))
    got = collections.Counter(drive('forecast', 4, 0, 1, numbers=history)['counts'])
    assert set(got) <= set(exact), 'an outcome that cannot be'
    for value, ways in exact.items():
        p = ways / 5 ** 4
        near(got[value] / 10000, p, 4.5 * math.sqrt(p * (1 - p) / 10000), f'share of {value}')


@test
def forecast_days_have_the_exact_distribution():
    """Three items with 0 or 1 a day: the day is a negative binomial variable, C (d − 1, 2) / 2 ** d."""
    got = collections.Counter(drive('forecast', 0, 3, 8, numbers=[0, 1] * 8)['days'])
    assert min(got) == 3
    for day in range(3, 20):
        p = math.comb(day - 1, 2) / 2 ** day
        near(got[day] / 10000, p, 4.5 * math.sqrt(p * (1 - p) / 10000), f'share of day {day}')


def helpdesk():
    folders = [os.environ.get('BATON_SHARED_DATA', ''), os.path.join(ROOT, '..', 'shared', 'data'),
               os.path.join(ROOT, '..', '..', 'shared', 'data')]
    for folder in folders:
        path = os.path.join(folder, 'helpdesk-event-log.csv.gz')
        if os.path.exists(path):
            return path
    raise Skip('helpdesk-event-log.csv.gz is not here')


def throughput(path, activity):
    """Cases a day by the last time each came to this activity, zeros kept."""
    last = {}
    with gzip.open(path, 'rt', encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file):
            if row['activity'] == activity:
                day = datetime.date.fromisoformat(row['timestamp'][:10])
                last[row['case_id']] = max(day, last.get(row['case_id'], day))
    days = collections.Counter(last.values())
    first = min(days)
    return [days[first + datetime.timedelta(n)] for n in range((max(days) - first).days + 1)]


@test
def statements_are_calibrated_on_the_helpdesk_log():
    """The 85 % statements, widened as the past taught, hold in 80 to 90 % of the windows that came after; where the
    plain ones do not, it is said."""
    path = helpdesk()
    for activity in ('Closed', 'Resolve ticket'):
        days = throughput(path, activity)
        for horizon in (7, 14, 21, 28, 30, 42, 60):
            got = drive('forecast', horizon, 0, 20260301, numbers=days)
            plain = got['held'][1] / got['windows']
            safe = got['safe_held'][1] / got['safe_windows']
            print(f'# {activity}, {horizon} days, {got["windows"]} windows: 50/85/95 % statements held in '
                  f'{"/".join(format(held / got["windows"], ".1%") for held in got["held"])}, widened '
                  f'{"/".join(format(held / got["safe_windows"], ".1%") for held in got["safe_held"])}')
            for share, verdict in ((plain, got['plain']), (safe, got['safe'])):
                assert verdict == (BOLD if share < 0.80 else TIMID if share > 0.90 else GOOD), 'the verdict is not true'
            if horizon <= 30:
                assert 0.80 <= safe <= 0.90, f'{activity}, {horizon} days: widened statements held in {safe:.1%}'


def flat(*lists):
    """Each list as its length and its values."""
    return [number for values in lists for number in ([len(values), *values] if isinstance(values, list) else [values])]


def two_sided(first, second):
    """Every way of dealing the values out: how often U is at least as far from its mean."""
    values = first + second
    middle = len(first) * len(second) / 2

    def u(chosen):
        rest = [value for i, value in enumerate(values) if i not in chosen]
        return sum((values[i] > other) + (values[i] == other) / 2 for i in chosen for other in rest)

    observed = abs(u(set(range(len(first), len(values)))) - middle)
    ways = [u(set(chosen)) for chosen in itertools.combinations(range(len(values)), len(second))]
    return sum(abs(way - middle) >= observed - 1e-9 for way in ways) / len(ways)


@test
def small_rank_tests_are_counted_out():
    rng = random.Random(20260302)
    for _ in range(60):
        most = rng.choice((3, 9, 10 ** 9))
        first, second = (sorted(rng.randint(0, most) for _ in range(rng.randint(1, 6))) for _ in range(2))
        got = drive('rank', numbers=flat(first, second))
        pairs = [b - a for a in first for b in second]
        assert got['exact']
        near(got['u'], sum((d > 0) + (d == 0) / 2 for d in pairs), 0, f'U of {first} {second}')
        near(got['cliff'], sum((d > 0) - (d < 0) for d in pairs) / len(pairs), 1e-12, f'delta of {first} {second}')
        near(got['shift'], statistics.median(pairs), 0, f'shift of {first} {second}')
        near(got['p'], two_sided(first, second), 1e-12, f'p of {first} {second}')


@test
def large_rank_tests_follow_the_normal_distribution_with_ties():
    rng = random.Random(20260303)
    for n, m, most in ((40, 30, 8), (300, 250, 50), (200, 900, 10 ** 6), (60, 60, 1)):
        first = sorted(rng.randint(0, most) for _ in range(n))
        second = sorted(rng.randint(0, most) + rng.randint(0, 1) * most // 9 for _ in range(m))
        got = drive('rank', numbers=flat(first, second))
        pairs = sorted(b - a for a in first for b in second)
        ties = sum(t ** 3 - t for t in collections.Counter(first + second).values())
        u = sum((d > 0) + (d == 0) / 2 for d in pairs)
        sigma = math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
        p = 2 * statistics.NormalDist().cdf(-(abs(u - n * m / 2) - .5) / sigma)
        near(got['u'], u, 0, 'U')
        near(got['p'], min(p, 1), 1e-9, 'p')
        near(got['shift'], statistics.median(pairs), 0, 'shift')
        below = math.floor(n * m / 2 - statistics.NormalDist().inv_cdf(.975) * sigma)
        assert (got['low'], got['high']) == (pairs[below - 1], pairs[n * m - below])


@test
def exact_interval_of_the_shift_is_the_textbook_one():
    """Six against six: the tables give C = 6 for 95 %, P (U <= 5) = 0.0206 (two tails 0.0411)."""
    first, second = [1, 5, 11, 19, 29, 41], [2, 8, 17, 26, 44, 60]
    got = drive('rank', numbers=flat(first, second))
    pairs = sorted(b - a for a in first for b in second)
    assert got['bounded'] and (got['low'], got['high']) == (pairs[5], pairs[-6])
    assert not drive('rank', numbers=flat([1, 2, 3], [4, 5, 6]))['bounded'], 'three values bound nothing'


def order_statistic(values, percent):
    """The exact distribution of a resample's percentile: P (at most the j-th) = P (Binomial (n, j / n) >= k)."""
    n = len(values)
    k = max(1, math.ceil(percent / 100 * n))

    def at_most(j):
        return sum(math.comb(n, i) * (j / n) ** i * (1 - j / n) ** (n - i) for i in range(k, n + 1))

    return {values[j - 1]: at_most(j) - at_most(j - 1) for j in range(1, n + 1)}


@test
def percentile_intervals_have_the_exact_distribution():
    values = [0, 1, 4, 11, 23]
    enumerated = collections.Counter(sorted(drawn)[2] for drawn in itertools.product(values, repeat=5))
    for value, p in order_statistic(values, 50).items():
        near(enumerated[value] / 5 ** 5, p, 1e-12, 'the formula, against all resamples')
    rng = random.Random(20260304)
    for n, m, percent in ((5, 5, 50), (10, 14, 50), (40, 25, 85), (90, 70, 95)):
        first = sorted(rng.sample(range(10 ** 6), n))
        second = sorted(rng.sample(range(10 ** 6), m))
        exact = collections.Counter()
        for (a, p), (b, q) in itertools.product(order_statistic(first, percent).items(),
                                                order_statistic(second, percent).items()):
            exact[b - a] += p * q
        got = drive('percentile', percent, 7, numbers=flat(first, second))
        for end, share in (('low', .025), ('high', .975)):
            below = sum(p for value, p in exact.items() if value < got[end])
            up_to = below + sum(p for value, p in exact.items() if value == got[end])
            assert below - .01 <= share <= up_to + .01, f'{end} of {n}, {m}: {below:.4f} to {up_to:.4f}'


def bca(first, second, resamples=20000):
    """An own BCa interval for the difference of two ratios, acceleration by leaving one out."""
    rng = random.Random(5)
    normal = statistics.NormalDist()

    def ratio(pairs):
        return sum(a for a, _ in pairs) / sum(b for _, b in pairs)

    observed = ratio(second) - ratio(first)
    drawn = sorted(ratio(rng.choices(second, k=len(second))) - ratio(rng.choices(first, k=len(first)))
                   for _ in range(resamples))
    z = normal.inv_cdf((sum(d < observed for d in drawn) + sum(d == observed for d in drawn) / 2) / resamples)
    influences = []
    for sample, sign in ((first, -1), (second, 1)):
        left = [ratio(sample[:i] + sample[i + 1:]) for i in range(len(sample))]
        mean = statistics.fmean(left)
        influences += [sign * (mean - value) * (len(sample) - 1) / len(sample) for value in left]
    acceleration = sum(i ** 3 for i in influences) / (6 * sum(i ** 2 for i in influences) ** 1.5)
    ends = [normal.cdf(z + (z + q) / (1 - acceleration * (z + q))) for q in (-1.959964, 1.959964)]
    return [drawn[int(end * resamples)] for end in ends]


@test
def ratio_intervals_are_those_of_another_bca():
    rng = random.Random(20260305)
    first = [(rng.lognormvariate(1, 1.2), 0) for _ in range(30)]
    first = [(a, a + rng.lognormvariate(1, 1)) for a, _ in first]
    second = [(a, a + rng.lognormvariate(2, 1)) for a in (rng.lognormvariate(1, 1.2) for _ in range(24))]
    low, high = bca(first, second)
    got = drive('ratio', 3, numbers=flat([a for a, _ in first], [b for _, b in first], [a for a, _ in second],
                                         [b for _, b in second]))
    near(got['low'], low, .06 * (high - low), 'low')
    near(got['high'], high, .06 * (high - low), 'high')


@test
def throughput_intervals_keep_weeks_together():
    """Five a day and free weekends: whole weeks do not vary, so the change is certain, while single days would say
    ± 0.9. What varies from week to week is seen."""
    weeks = [5, 5, 5, 5, 5, 0, 0] * 8
    got = drive('days', 1, numbers=flat(weeks, [2 * day for day in weeks]))
    near(got['low'], 25 / 7, 1e-9, 'low')
    near(got['high'], 25 / 7, 1e-9, 'high')
    rng = random.Random(9)
    first = [rng.randint(0, 6) * 3 for _ in range(40)]
    got = drive('days', 1, numbers=flat(first, first))
    assert got['low'] < 0 < got['high']


@test
def share_intervals_are_newcombes():
    """Examples of his table II, method 10."""
    for numbers, low, high in (((48, 80, 56, 70), .0524, .3339), ((5, 56, 0, 29), None, None), ((0, 10, 10, 10), .6075, 1)):
        got = drive('share', numbers=numbers)
        if low is not None:
            near(got['low'], low, .0001, f'low of {numbers}')
            near(got['high'], high, .0001, f'high of {numbers}')
        else:
            near(got['high'], .0381, .0001, f'high of {numbers}')
            near(got['low'], -.1926, .0001, f'low of {numbers}')


HOUR = 3600 * 10 ** 6


def period(rng, n, scale, wait, satisfaction, days=56):
    cycle = [int(scale * rng.lognormvariate(0, .6) * HOUR) for _ in range(n)]
    return (cycle, [int(time * wait) for time in cycle], n // 10, [rng.randint(0, 3) for _ in range(days)],
            [rng.gauss(satisfaction, .7) for _ in range(n // 2)])


@test
def verdicts_say_what_was_planted():
    rng = random.Random(20260306)
    slow = period(rng, 60, 40, .5, 4.2)
    fast = period(rng, 60, 20, .3, 4.2)
    sad = period(rng, 60, 20, .3, 2.9)
    few = period(rng, 6, 20, .3, 4.2)
    got = drive('compare', 1, numbers=flat(*slow, *fast))
    assert got['verdict'] == 2 and 'sooner' in got['words'], got['words']
    assert got['measures'][0]['verdict'] == 2 and got['measures'][3]['verdict'] == 2
    near(got['measures'][0]['before'], sorted(slow[0])[29], 0, 'median before')
    near(got['measures'][1]['after'], sorted(fast[0])[50], 0, '85th percentile after')
    near(got['measures'][4]['before'], sum(slow[3]) / 8, 1e-9, 'cards a week')
    assert 'may be chance' in got['warning'], 'a little less satisfied, by chance'
    got = drive('compare', 1, numbers=flat(*fast, *slow))
    assert got['verdict'] == 3 and 'longer' in got['words'] and got['warning'] == ''
    got = drive('compare', 1, numbers=flat(*slow, *sad))
    assert got['verdict'] == 2 and 'less satisfied' in got['warning'], got['warning']
    got = drive('compare', 1, numbers=flat(*slow, *few))
    assert got['verdict'] == 0 and '6 after' in got['words'] and not got['measures'][0]['bounded']
    got = drive('compare', 1, numbers=flat([], [], 0, [], [], *few))
    assert got['verdict'] == 0 and not any(measure['known'] for measure in got['measures'])


@test
def intervals_hold_the_truth_about_as_often_as_they_say():
    """Two periods of the same work, 200 times: the 95 % intervals of the change hold 0 in 91 to 99 %."""
    rng = random.Random(20260307)
    held = collections.Counter()
    false_alarms = 0
    for _ in range(200):
        got = drive('compare', 1, numbers=flat(*period(rng, 40, 30, .4, 4), *period(rng, 30, 30, .4, 4)))
        false_alarms += got['verdict'] != 1
        for kind in (0, 1, 4, 6):
            held[kind] += got['measures'][kind]['low'] <= 0 <= got['measures'][kind]['high']
    print(f'# held: {dict(held)} of 200, {false_alarms} false alarms of the rank test')
    assert all(182 <= held[kind] <= 198 for kind in held), dict(held)
    assert 2 <= false_alarms <= 19


if __name__ == '__main__':
    main(TESTS)
