#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that everything a person reads can be translated, and is.

  po.py ROOT              lists what is wrong; exit status 1 when anything is
  po.py ROOT --write      writes po/POTFILES anew from the sources
  po.py ROOT --update     merges the present strings into the po files, for translators
  po.py --self-test

Wrong is: a source with translatable strings that po/POTFILES does not name, a name there without a file or without
a string in it, and a language of po/LINGUAS with a message that is untranslated, fuzzy, or has a broken format.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

CALL = re.compile(r'(?<![\w])(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dgettext|g_dpgettext2?)\s*\(\s*(?:NULL|GETTEXT_PACKAGE|"|[A-Za-z])')
UI = re.compile(r'translatable\s*=\s*"(?:yes|true|1)"')
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'Q_', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dgettext:2', 'g_dcgettext:2',
            'g_dpgettext2:2c,3']
FOLDERS = ('src', 'data')


def without_comments(text):
    """Also without preprocessor lines, which define _() and its like; a // inside a string stays."""
    text = re.sub(r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*', lambda match: match.group(1) or ' ', text, flags=re.S)
    return re.sub(r'^[ \t]*#.*$', '', text, flags=re.M)


def translatable(path):
    name = os.path.basename(path)
    if name.endswith(('.desktop.in', '.metainfo.xml.in')):
        return True
    if name.endswith(('.ui', '.blp')):
        with open(path, encoding='utf-8') as source:
            return bool(UI.search(source.read()))
    if name.endswith(('.c', '.h')):
        with open(path, encoding='utf-8') as source:
            return bool(CALL.search(without_comments(source.read())))
    return False


def sources(root):
    found = []
    for folder in FOLDERS:
        for here, folders, names in os.walk(os.path.join(root, folder)):
            folders.sort()
            found += [os.path.relpath(os.path.join(here, name), root) for name in names
                      if translatable(os.path.join(here, name))]
    return sorted(found)


def listed(root, name):
    with open(os.path.join(root, 'po', name), encoding='utf-8') as lines:
        return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def check_list(root):
    there, wanted = listed(root, 'POTFILES'), sources(root)
    for path in sorted(set(wanted) - set(there)):
        yield f'po/POTFILES does not name {path}, which has translatable strings'
    for path in sorted(set(there) - set(wanted)):
        why = 'has no translatable string' if os.path.exists(os.path.join(root, path)) else 'does not exist'
        yield f'po/POTFILES names {path}, which {why}'
    for path in sorted({path for path in there if there.count(path) > 1}):
        yield f'po/POTFILES names {path} twice'


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'}, check=False)
    return done.returncode, done.stdout, done.stderr


def extract(root, pot):
    """Writes a fresh POT of what POTFILES names. Returns the complaints of xgettext."""
    files = [path for path in listed(root, 'POTFILES') if os.path.exists(os.path.join(root, path))]
    if not files:
        return []
    status, _, said = run('xgettext', '--from-code=UTF-8', '--add-comments=TRANSLATORS', '--directory=' + root,
                          '--package-name=baton', '--flag=g_strdup_printf:1:c-format', '--flag=ngettext:1:pass-c-format',
                          *['--keyword=' + word for word in KEYWORDS], '--output=' + pot, *files)
    return [f'xgettext: {said.strip()}'] if status else []


def messages(po, *filters):
    """The msgids that msgattrib lets through, with where they come from."""
    _, text, _ = run('msgattrib', '--no-obsolete', *filters, po)
    for block in text.split('\n\n'):
        place = re.search(r'^#: (\S+)', block, re.M)
        words = re.search(r'^msgid ((?:".*"\n?)+)', block, re.M)
        if place and words:
            yield place.group(1), ' '.join(''.join(re.findall(r'"(.*)"', words.group(1))).split())


def check_language(root, pot, language, folder):
    po = os.path.join(root, 'po', language + '.po')
    if not os.path.exists(po):
        yield f'po/LINGUAS names {language}, but po/{language}.po does not exist'
        return
    merged = os.path.join(folder, language + '.po')
    status, _, said = run('msgmerge', '--quiet', '--no-fuzzy-matching', '--output-file=' + merged, po, pot)
    if status:
        yield f'po/{language}.po: {said.strip()}'
        return
    for what, option in (('not translated', '--untranslated'), ('fuzzy', '--only-fuzzy')):
        for place, words in messages(merged, option):
            yield f'po/{language}.po: {what}: “{words}” ({place})'
    status, _, said = run('msgfmt', '--check', '--output-file=' + os.devnull, merged)
    if status:
        yield f'po/{language}.po: {said.strip().replace(folder + os.sep, "")}'


def check(root):
    yield from check_list(root)
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'baton.pot')
        complaints = extract(root, pot)
        yield from complaints
        if complaints or not os.path.exists(pot):
            return
        for language in listed(root, 'LINGUAS'):
            yield from check_language(root, pot, language, folder)


def write(root):
    with open(os.path.join(root, 'po', 'POTFILES'), 'w', encoding='utf-8') as out:
        out.write('# Written by tests/lint/po.py . --write\n' + ''.join(path + '\n' for path in sources(root)))


def update(root):
    write(root)
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'baton.pot')
        for complaint in extract(root, pot):
            print(complaint)
        for language in listed(root, 'LINGUAS'):
            run('msgmerge', '--quiet', '--update', '--backup=none', '--no-fuzzy-matching', '--no-location',
                os.path.join(root, 'po', language + '.po'), pot)


HEADER = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n'
          '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n')


def self_test():
    def tree(folder, files):
        for path, text in files.items():
            path = os.path.join(folder, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as out:
                out.write(text)

    good = {
        'po/POTFILES': 'src/a.c\n', 'po/LINGUAS': 'de\n',
        'src/a.c': 'char *f (void) { return _("Open"); }\n',
        'po/de.po': HEADER + 'msgid "Open"\nmsgstr "Öffnen"\n',
        'data/x.txt': '',
    }
    cases = [
        ({}, None),
        ({'src/b.ui': '<property translatable="yes">Hi</property>'}, 'does not name src/b.ui'),
        ({'src/b.c': 'ngettext ("a", "b", n);\n'}, 'does not name src/b.c'),
        ({'src/b.c': 'f ("http://x", _(\n"a"));\n'}, 'does not name src/b.c'),
        ({'src/b.c': '/* _("no") */ int my_ (int a);\n#define _(s) s\n'}, None),
        ({'po/POTFILES': 'src/a.c\nsrc/gone.c\n'}, 'src/gone.c, which does not exist'),
        ({'po/de.po': HEADER}, 'not translated: “Open” (src/a.c:1)'),
        ({'po/de.po': HEADER + '#, fuzzy\nmsgid "Open"\nmsgstr "Auf"\n'}, 'fuzzy: “Open”'),
        ({'src/a.c': 'f (_("%d cards"), n);\n',
          'po/de.po': HEADER + '#, c-format\nmsgid "%d cards"\nmsgstr "%s Karten"\n'}, 'format'),
    ]
    bad = 0
    for files, want in cases:
        with tempfile.TemporaryDirectory() as folder:
            tree(folder, {**good, **files})
            found = list(check(folder))
        if (want is None and found) or (want is not None and not any(want in line for line in found)):
            print(f'wanted {want!r}, found {found!r}')
            bad = 1
    return bad


def main():
    if not shutil.which('msgmerge'):
        print('gettext is not installed')
        return 77
    if sys.argv[1:] == ['--self-test']:
        return self_test()
    root = os.path.abspath(sys.argv[1])
    if sys.argv[2:] == ['--write']:
        write(root)
        return 0
    if sys.argv[2:] == ['--update']:
        update(root)
        return 0
    wrong = list(check(root))
    for line in wrong:
        print(line)
    if wrong:
        print(f'{len(wrong)} wrong. `tests/lint/po.py . --write` lists the sources, `--update` merges the strings.')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
