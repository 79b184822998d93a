# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of the source tree share: which files there are, a planted tree for self-tests, and the verdict."""
import os
import subprocess
import sys
import tempfile


def files(root):
    """Paths relative to root of everything that is, or is about to be, in the repository."""
    done = subprocess.run(['git', '-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                          capture_output=True, check=False) if os.path.exists(os.path.join(root, '.git')) else None
    if done and done.returncode == 0:
        names = [name.decode() for name in done.stdout.split(b'\0') if name]
    else:
        names = []
        for here, folders, found in os.walk(root):
            folders[:] = [name for name in folders if name != '.git' and
                          not os.path.exists(os.path.join(here, name, 'build.ninja'))]
            names += [os.path.relpath(os.path.join(here, name), root) for name in found]
    return sorted({name for name in names if os.path.isfile(os.path.join(root, name))})


def read(root, path):
    """The text of a file, or None when it is not text."""
    with open(os.path.join(root, path), 'rb') as source:
        data = source.read()
    if b'\0' in data:
        return None
    return data.decode(errors='replace')


def found_in(check, planted):
    with tempfile.TemporaryDirectory() as root:
        for path, text in planted.items():
            path = os.path.join(root, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as out:
                out.write(text)
        return list(check(root))


def self_test(cases):
    """Each case is (check, planted files, words of the complaint that must come, or None when none may come)."""
    bad = 0
    for check, planted, want in cases:
        found = found_in(check, planted)
        if (want is None and found) or (want is not None and not any(want in line for line in found)):
            print(f'{check.__name__}: wanted {want!r}, found {found!r}, planted {planted!r}')
            bad = 1
    print(f'{len(cases)} planted trees were looked at')
    return bad


def main(checks, cases):
    """Runs `SCRIPT CHECK ROOT` or `SCRIPT --self-test`. A complaint that starts with “note: ” does not fail."""
    if sys.argv[1:] == ['--self-test']:
        return self_test(cases)
    if len(sys.argv) != 3 or sys.argv[1] not in checks:
        print(f'usage: {sys.argv[0]} {"|".join(checks)} ROOT, or --self-test')
        return 2
    complaints = list(checks[sys.argv[1]](os.path.abspath(sys.argv[2])))
    for complaint in complaints:
        print(complaint)
    return 1 if any(not complaint.startswith('note: ') for complaint in complaints) else 0
