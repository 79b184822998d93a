#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every file of the repository for what no reviewer should have to look for.

  files.py spdx ROOT    the licence line
  files.py words ROOT   words of one machine: its paths, its helpers, its package hosts
  files.py size ROOT    a file is one idea: a note from 600 lines, a failure from 800; a note on long functions
  files.py shell ROOT   shell scripts parse, and are executable when they have a #! line
  files.py --self-test
"""
import os
import posixpath
import re
import subprocess
import sys

import tree

SPDX = 'SPDX-License-Identifier: '
C_SPDX = '/* SPDX-License-Identifier: GPL-3.0-or-later */'
LICENSED = ('.c', '.h', '.ui', '.css', '.py', '.sh', '.xml', '.xml.in', '.svg', '.page', '.yml', '.yaml', 'meson.build',
            '.editorconfig')
COUNTED = ('.c', '.h', '.ui', '.css', '.py', '.sh')
NOTE_LINES, FAIL_LINES, LONG_FUNCTION = 600, 800, 60

# With a bracket in each, so that this file does not name them itself.
WORDS = re.compile(r'(?<![\w.$}])/wor[k]/|\bsub-?agen[t]s?\b|\bclaud[e]\b|\banthropi[c]\b|\bchatgp[t]\b|'
                   r'\b(deb|ftp|security|snapshot|cdn-fastly)\.debian\.or[g]|archive\.ubuntu\.co[m]|'
                   r'\bregistry\.npmj[s]\b|\bpypi\.or[g]|\bproxy\.golan[g]\b|\bcrates\.i[o]\b', re.I)
# Boards of other people are test data as they came.
AS_THEY_CAME = ('.json', '.csv', '.gz', '.db')


def spdx(root):
    for path in tree.files(root):
        name = posixpath.basename(path)
        text = tree.read(root, path)
        if text is None or '/data/' in path and path.startswith('tests/'):
            continue
        head = text.splitlines()[:4]
        if path.endswith(('.c', '.h')):
            if not head or head[0] != C_SPDX:
                yield f'{path}: the first line must be {C_SPDX}'
        elif path.endswith(LICENSED) or name in LICENSED or text.startswith('#!'):
            if not any(SPDX in line for line in head):
                yield f'{path}: no {SPDX.strip()} in its first lines'


def words(root):
    for path in tree.files(root):
        text = tree.read(root, path)
        if text is None or path.endswith(AS_THEY_CAME) or path == 'COPYING':
            continue
        for number, line in enumerate(text.splitlines(), 1):
            match = WORDS.search(line)
            if match:
                yield f'{path}:{number}: “{match.group(0)}” means nothing to a reader elsewhere'


def long_functions(text):
    """(line, name, length) of each C function with a body of more than LONG_FUNCTION lines, in GNU layout."""
    start, name, before = 0, '', ''
    for number, line in enumerate(text.splitlines(), 1):
        if line == '{':
            start, name = number, before
        elif line == '}' and start:
            if number - start - 1 > LONG_FUNCTION:
                yield start, name, number - start - 1
            start = 0
        match = re.match(r'(\w+)\s*\(', line)
        before = match.group(1) if match else before


def size(root):
    for path in tree.files(root):
        if not path.endswith(COUNTED):
            continue
        text = tree.read(root, path) or ''
        lines = text.count('\n')
        if lines >= FAIL_LINES:
            yield f'{path}: {lines} lines; split it by role'
        elif lines >= NOTE_LINES:
            yield f'note: {path}: {lines} lines, about to need splitting'
        if path.startswith('src/') and path.endswith('.c'):
            for number, name, length in long_functions(text):
                yield f'note: {path}:{number}: {name} () has {length} lines'


def shell(root):
    for path in tree.files(root):
        text = tree.read(root, path) or ''
        if not re.match(r'#!.*\b(ba)?sh\b', text) and not path.endswith('.sh'):
            continue
        full = os.path.join(root, path)
        done = subprocess.run(['bash', '-n', full], capture_output=True, text=True, check=False)
        if done.returncode:
            yield f'{path}: {done.stderr.strip()}'
        if text.startswith('#!') and not os.access(full, os.X_OK):
            yield f'{path}: has a #! line but is not executable'


CASES = [
    (spdx, {'src/core/a.c': C_SPDX + '\n'}, None),
    (spdx, {'src/core/a.c': 'int a;\n'}, 'src/core/a.c: the first line'),
    (spdx, {'src/app/a.ui': '<interface/>\n'}, 'src/app/a.ui: no SPDX'),
    (spdx, {'tool': '#!/bin/sh\nexit\n'}, 'tool: no SPDX'),
    (spdx, {'README.md': 'Baton\n', 'tests/store/data/x.ui': ''}, None),
    (words, {'README.md': 'look at /wor' + 'k/shared\n'}, 'README.md:1: “/wor' + 'k/” means nothing'),
    (words, {'a/b.c': '\nfrom deb' + '.debian.org\n'}, 'a/b.c:2:'),
    (words, {'a.md': 'the network/wor' + 'k/life, ${dir}/wor' + 'k/x\n'}, None),
    (size, {'src/core/a.c': 'x\n' * 599}, None),
    (size, {'src/core/a.c': 'x\n' * 600}, 'note: src/core/a.c: 600 lines'),
    (size, {'src/core/a.c': 'x\n' * 800}, 'src/core/a.c: 800 lines; split'),
    (size, {'src/core/a.c': 'void\nlong_one (int a)\n{\n' + '  x;\n' * 61 + '}\n'}, 'a.c:3: long_one () has 61 lines'),
    (shell, {'a.sh': 'if true; then\n'}, 'a.sh: '),
    (shell, {'tool': '#!/bin/sh\ntrue\n'}, 'not executable'),
]

if __name__ == '__main__':
    sys.exit(tree.main({'spdx': spdx, 'words': words, 'size': size, 'shell': shell}, CASES))
