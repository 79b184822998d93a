# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test written in Python shares: checks that say what was found, and TAP."""
import sys
import traceback


class Failed(Exception):
    pass


class Skip(Exception):
    pass


def check(condition, why='a check failed'):
    if not condition:
        raise Failed(why)


def equal(found, wanted, why=''):
    if found != wanted:
        raise Failed(f'{why}{": " if why else ""}found {found!r}, wanted {wanted!r}')


def is_sanitized(program):
    """Whether it is built with the address sanitizer, which takes memory and time of its own."""
    with open(program, 'rb') as file:
        return b'__asan_init' in file.read()


def main(tests):
    """Runs the functions in their order; the exit status says whether all passed."""
    print(f'1..{len(tests)}')
    bad = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace('test_', '').replace('_', ' ')
        try:
            test()
            print(f'ok {number} - {name}', flush=True)
        except Skip as reason:
            print(f'ok {number} - {name} # SKIP {reason}', flush=True)
        except Exception:
            bad = 1
            print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='')
            print(f'not ok {number} - {name}', flush=True)
    sys.exit(bad)
