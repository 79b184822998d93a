#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The help and the manual say what there is, all of it and nothing else."""
import os
import re
import shutil
import subprocess

from ctltest import BATONCTL, ROOT, Skip, Workspace, check, equal, main

# Beside batonctl, which is in src/ctl of the build.
BUILD = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(BATONCTL))))
PAGES = ('batonctl.1', 'baton.1', 'baton-server.1')


def page(name):
    with open(os.path.join(ROOT, 'data', 'man', name), encoding='utf-8') as source:
        return source.read()


def plain(text):
    return text.replace('\\-', '-').replace('\\fB', '').replace('\\fI', '').replace('\\fR', '')


def commands(ws):
    found = []
    for line in ws.ok('--help', folder=False).splitlines():
        match = re.match(r'  ((?:[a-z]+ )?[a-z-]+)  +\S', line)
        if match:
            found.append(match.group(1))
    return found


def test_help_of_every_command():
    with Workspace() as ws:
        names = commands(ws)
        check(len(names) > 40, names)
        equal(len(names), len(set(names)))
        for name in names:
            text = ws.ok(*name.split(), '--help', folder=False)
            check('batonctl' in text and name in text and '--workspace' in text, text)
            equal(ws.ok('--help', *name.split(), folder=False), text)
        for group in {name.split()[0] for name in names if ' ' in name}:
            text = ws.ok(group, '--help', folder=False)
            for name in names:
                check(bool(re.search(rf'^  {name} ', text, re.M)) == name.startswith(group + ' '), f'{group} --help and {name}')


# What stands for an argument in English and is another word in German.
ENGLISH = ('CARD', 'STAGE', 'FILE', 'TITLE', 'LABEL', 'ROLE', 'DEVICE', 'INVITATION', 'CRITERION', 'CHANNEL', 'CAMPAIGN',
           'TYPE', 'DECISION', 'REASON', 'ITEM', 'OTHER', 'STATE', 'REVIEWER', 'DIR', 'COMMAND')


def translatable_locale():
    """The C library of Debian 13 translates nothing in C.UTF-8."""
    known = subprocess.run(['locale', '-a'], capture_output=True, check=False).stdout.decode().split()
    named = [name for name in known if name.lower().endswith(('.utf8', '.utf-8')) and not name.startswith('C.')]
    old = os.confstr('CS_GNU_LIBC_VERSION').split()[1] < '2.40'
    if not named and not old:
        raise Skip('no locale but C.UTF-8 is installed')
    return named[0] if named else 'C.UTF-8'


def test_help_is_translated_whole():
    translations = os.path.join(BUILD, 'po')
    if not os.path.exists(os.path.join(translations, 'de', 'LC_MESSAGES', 'baton.mo')):
        raise Skip('the translations are not built')
    with Workspace(BATON_LOCALEDIR=translations, LC_ALL=translatable_locale(), LANGUAGE='de') as ws:
        check('Aufruf' in ws.ok('--help', folder=False), 'no German here')
        for name in commands(ws):
            words = re.findall(r'\b[A-Z]{2,}\b', ws.ok(*name.split(), '--help', folder=False))
            check(not set(words) & set(ENGLISH), f'{name}: {set(words) & set(ENGLISH)}')
        check('KARTE PHASE' in ws.fails(2, 'card', 'move'))


def test_manual_names_every_command_and_option():
    text = plain(page('batonctl.1'))
    with Workspace() as ws:
        names = commands(ws)
        for name in names:
            check(re.search(rf'^\.BI? "?{name}( "|$)', text, re.M), f'the manual does not tell of “{name}”')
            for option in re.findall(r'--[a-z][a-z-]+', ws.ok(*name.split(), '--help', folder=False)):
                check(option in text, f'the manual does not tell of {option} of “{name}”')
        told_of = text[text.index('.SH COMMANDS'):text.index('.SH EXIT')]
        for told in re.findall(r'^\.BI? "?([a-z]+(?: [a-z-]+)?)(?: "|$)', told_of, re.M):
            check(told in names, f'the manual tells of “{told}”, which is not there')


def test_manual_names_every_exit_status():
    text = page('batonctl.1')
    for status in range(7):
        check(re.search(rf'^\.B {status}$', text, re.M), f'exit status {status}')


def test_manual_of_the_app_names_its_options():
    text = plain(page('baton.1'))
    with open(os.path.join(ROOT, 'src', 'app', 'shell', 'application.c'), encoding='utf-8') as source:
        options = re.findall(r'^    { "([a-z-]+)", ', source.read(), re.M)
    check(options)
    for option in options:
        check('--' + option in text, f'baton.1 does not tell of --{option}')


def test_examples_run():
    text = plain(page('batonctl.1'))
    examples = text[text.index('.SH EXAMPLES'):].split('.EX\n')[1].split('.EE')[0]
    check(examples.count('\n') >= 5, examples)
    with Workspace() as ws:
        with open(os.path.join(ws.base, 'board.json'), 'w', encoding='utf-8') as out:
            out.write('{"id": "5e0a0f400000000000000001", "name": "B", "lists": [], "cards": []}')
        done = subprocess.run(['sh', '-euc', examples], cwd=ws.base, capture_output=True, check=False, timeout=240,
                              env={**ws.env, 'PATH': os.path.dirname(os.path.abspath(BATONCTL)) + ':' + os.environ['PATH']})
        equal((done.returncode, done.stderr), (0, b''))
        check(b'card.move' in done.stdout and b'Hero image' in done.stdout, done.stdout)


def test_see_also_names_each_other():
    for name in PAGES:
        also = plain(page(name)).split('.SH SEE ALSO')[1]
        for other in PAGES:
            check((other[:-2] + ' (1)' in also) == (other != name), f'{name} and {other}')


def test_manuals_are_well_formed():
    if not shutil.which('man'):
        raise Skip('man is not installed')
    for name in PAGES:
        done = subprocess.run(['man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', '-Z',
                               os.path.join(ROOT, 'data', 'man', name)], capture_output=True, check=False,
                              env={**os.environ, 'MANWIDTH': '100'})
        equal((done.returncode, done.stderr.decode()), (0, ''))


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
