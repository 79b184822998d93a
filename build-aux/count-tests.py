#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what `meson test` ran and closes with one plain line.

  count-tests.py TESTLOG.json
  count-tests.py --self-test

A test that speaks TAP counts with each of its subtests, any other counts as one. A TAP test that died, timed out
or broke its plan counts as failed even when every line it managed to print was an `ok`. Names of what failed and
what was skipped come first; the last line is `N passed, N failed`, with `, N skipped` when there are any. The exit
status is 0 only when something passed and nothing failed.
"""
import json
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b\s*(\d+)?\s*(?:- )?([^#]*)(?:#\s*(\w+)\S*\s*(.*))?$')
TAP_PLAN = re.compile(r'^1\.\.(\d+)', re.M)
GOOD = {'OK', 'EXPECTEDFAIL'}


class Count:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, [], []

    def add_tap(self, name, result, text):
        failed_before = len(self.failed)
        seen = 0
        for line in text.splitlines():
            match = TAP_LINE.match(line)
            if not match:
                continue
            seen += 1
            bad, _, what, directive, reason = match.groups()
            directive = (directive or '').upper()
            label = f'{name}: {what.strip()}'
            if directive == 'SKIP':
                self.skipped.append(f'{label} ({reason.strip() or "no reason given"})')
            elif bad and directive != 'TODO':
                self.failed.append(label)
            else:
                self.passed += 1
        if result == 'SKIP' and seen == 0:
            reason = re.search(r'^1\.\.0\s*#\s*skip\S*\s*(.*)', text, re.I | re.M)
            self.skipped.append(f'{name} ({reason.group(1) if reason else "no reason given"})')
        elif result not in GOOD and result != 'SKIP' and len(self.failed) == failed_before:
            self.failed.append(f'{name}: {result.lower()} after {seen} subtests')

    def add_plain(self, name, result, text):
        if result in GOOD:
            self.passed += 1
        elif result == 'SKIP':
            lines = text.strip().splitlines()
            self.skipped.append(f'{name} ({lines[-1] if lines else "no reason given"})')
        else:
            self.failed.append(f'{name}: {result.lower()}')

    def add(self, record):
        name, result = record['name'], record['result']
        text = record.get('stdout') or ''
        if TAP_PLAN.search(text):
            self.add_tap(name, result, text)
        else:
            self.add_plain(name, result, text + (record.get('stderr') or ''))

    def line(self):
        line = f'{self.passed} passed, {len(self.failed)} failed'
        return f'{line}, {len(self.skipped)} skipped' if self.skipped else line

    def good(self):
        return self.passed > 0 and not self.failed


def count(lines):
    total = Count()
    for line in lines:
        if line.strip():
            total.add(json.loads(line))
    return total


def self_test():
    def of(*records):
        return count(json.dumps(r) for r in records)

    plain = {'name': 'a', 'result': 'OK', 'stdout': 'fine'}
    tap = {'name': 't', 'result': 'OK', 'stdout': 'TAP version 13\nok 1 /x\nok 2 /y # SKIP no disk\n1..2\n'}
    died = {'name': 'd', 'result': 'ERROR', 'stdout': '1..3\nok 1 /x\n'}
    broken = {'name': 'b', 'result': 'FAIL', 'stdout': '1..2\nok 1 /x\nnot ok 2 - /y\n'}
    todo = {'name': 'o', 'result': 'OK', 'stdout': '1..1\nnot ok 1 /x # TODO later\n'}
    none = {'name': 'n', 'result': 'SKIP', 'stdout': '1..0 # SKIP no Xvfb\n'}
    late = {'name': 'l', 'result': 'TIMEOUT', 'stdout': ''}
    skip = {'name': 's', 'result': 'SKIP', 'stdout': '', 'stderr': 'no tool'}
    wants = [
        (of(plain), '1 passed, 0 failed', True),
        (of(plain, tap), '2 passed, 0 failed, 1 skipped', True),
        (of(died), '1 passed, 1 failed', False),
        (of(broken), '1 passed, 1 failed', False),
        (of(todo), '1 passed, 0 failed', True),
        (of(none), '0 passed, 0 failed, 1 skipped', False),
        (of(late), '0 passed, 1 failed', False),
        (of(skip, plain), '1 passed, 0 failed, 1 skipped', True),
        (of(), '0 passed, 0 failed', False),
    ]
    bad = [(got.line(), want) for got, want, good in wants if got.line() != want or got.good() != good]
    for got, want in bad:
        print(f'counted “{got}”, wanted “{want}”')
    return 1 if bad else 0


def main():
    if sys.argv[1:] == ['--self-test']:
        return self_test()
    try:
        with open(sys.argv[1], encoding='utf-8') as log:
            total = count(log)
    except FileNotFoundError:
        total = Count()
    for label in total.skipped:
        print('skipped', label)
    for label in total.failed:
        print('failed ', label)
    print(total.line())
    return 0 if total.good() else 1


if __name__ == '__main__':
    sys.exit(main())
