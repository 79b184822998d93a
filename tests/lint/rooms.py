#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that each room of src/ sees only what it may see.

  rooms.py includes ROOT   headers of other rooms and of libraries
  rooms.py pure ROOT       core and flow have no I/O, no clock and no randomness of their own
  rooms.py sql ROOT        SQL only in the store, and none there that is put together from text
  rooms.py --self-test
"""
import posixpath
import re
import sys

import tree

# A room may include its own headers and those of the rooms named here.
SEES = {
    'core': (),
    'flow': ('core',),
    'store': ('core',),
    'client': ('core', 'flow', 'store', 'decode'),
    'server': ('core', 'store'),
    'decode': (),
    'app': ('core', 'flow', 'client', 'decode'),
    'ctl': ('core', 'flow', 'client'),
}

# Where the headers of a library may be included: a room, or a folder in one.
LIBRARIES = [
    (re.compile(r'^(gtk|gdk|gsk|graphene)[-/.\w]*|^adwaita\.h$'), ('app',)),
    (re.compile(r'^libsoup/'), ('client', 'server')),
    (re.compile(r'^sqlite3\w*\.h$'), ('store',)),
    (re.compile(r'^jansson\w*\.h$'), ('core', 'client', 'server', 'ctl')),
]
GDK_PIXBUF = re.compile(r'^gdk-pixbuf/')

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:<([^>]+)>|"([^"]+)")')
IMPURE = re.compile(r'\b(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|time|clock_gettime|gettimeofday|'
                    r'g_random_\w+|g_rand_\w+|randombytes_\w+|rand|random|g_uuid_string_random|g_file_\w+|fopen|open|'
                    r'g_get_user_\w+|g_get_home_dir|g_getenv|getenv)\s*\(')
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*', re.S)
STRING = re.compile(r'"((?:\\.|[^"\\\n])*)"')
SQL = re.compile(r'^\s*(SELECT\s.+|INSERT\s+(OR\s+\w+\s+)?INTO\b.*|UPDATE\s+\w+\s+SET\b.*|DELETE\s+FROM\b.*|'
                 r'(CREATE|ALTER|DROP)\s+(TABLE|INDEX|TRIGGER|VIEW|VIRTUAL)\b.*|PRAGMA\s+\w+.*|BEGIN\s+IMMEDIATE.*)$')
SQL_TEXT = re.compile(r'%[-+0-9.]*(s|q|Q|w|[.\w]*d|li|lu|z)')


def sources(root):
    return [path for path in tree.files(root) if path.startswith('src/') and path.endswith(('.c', '.h'))]


def room_of(path):
    parts = path.split('/')
    return parts[1] if len(parts) > 2 else None


def code_lines(root, path):
    """The lines of a source with their numbers, its comments blanked out and its strings kept."""
    def blank(match):
        return match.group(1) or '\n' * match.group(0).count('\n') or ' '

    return enumerate(COMMENT.sub(blank, tree.read(root, path) or '').splitlines(), 1)


def rooms_holding(header, path, everything):
    """The rooms in which an #include "header" from path can be found; its own room first when it is there."""
    near = posixpath.normpath(posixpath.join(posixpath.dirname(path), header))
    if near in everything:
        return [room_of(near)]
    rooms = {room_of(name) for name in everything if name.endswith('/' + posixpath.normpath(header).lstrip('./'))}
    return [room_of(path)] if room_of(path) in rooms else sorted(room for room in rooms if room)


def check_room_header(path, header, everything):
    room = room_of(path)
    may = (room, *SEES[room])
    rooms = rooms_holding(header, path, everything)
    if rooms and not any(other in may for other in rooms):
        sees = ', '.join(SEES[room]) or 'nothing but itself'
        return f'{room} must not include “{header}” of {rooms[0]}; it sees {sees}'
    return None


def check_library_header(path, header):
    if GDK_PIXBUF.match(header):
        return None
    for library, places in LIBRARIES:
        if library.match(header) and not any(path.startswith(f'src/{place}/') for place in places):
            return f'<{header}> belongs in {", ".join(places)} alone'
    return None


def twins(everything):
    """Headers of one name in two places: an #include does not say which is meant."""
    first = {}
    for path in sorted(everything):
        name = posixpath.basename(path)
        if name.endswith('.h') and first.setdefault(name, path) != path:
            yield f'{path}: {first[name]} has this name already'


def includes(root):
    everything = set(sources(root))
    yield from twins(everything)
    for path in sorted(everything):
        room = room_of(path)
        if room is None:
            continue
        if room not in SEES:
            yield f'{path}: there is no room “{room}”; a new one needs a line in tests/lint/rooms.py'
            continue
        for number, line in code_lines(root, path):
            match = INCLUDE.match(line)
            if match:
                complaint = check_library_header(path, match.group(1) or match.group(2)) or \
                    check_room_header(path, match.group(1) or match.group(2), everything)
                if complaint:
                    yield f'{path}:{number}: {complaint}'


def pure(root):
    for path in sources(root):
        if room_of(path) not in ('core', 'flow'):
            continue
        for number, line in code_lines(root, path):
            match = IMPURE.search(STRING.sub('""', line))
            if match:
                yield f'{path}:{number}: {match.group(1)} () does I/O or asks a clock or chance; hand the value in'


def sql(root):
    for path in sources(root):
        in_store = room_of(path) == 'store'
        for number, line in code_lines(root, path):
            if not in_store and re.search(r'\bsqlite3_\w+\s*\(', line):
                yield f'{path}:{number}: SQLite is spoken to in src/store alone'
            for match in STRING.finditer(line):
                text = match.group(1)
                if not SQL.match(text):
                    continue
                if not in_store:
                    yield f'{path}:{number}: SQL belongs in src/store: “{text[:50]}”'
                elif SQL_TEXT.search(text):
                    original = (tree.read(root, path) or '').splitlines()
                    if not any('SQL-SAFE:' in near for near in original[max(0, number - 4):number]):
                        yield (f'{path}:{number}: SQL put together from text; bind the value, or say just above in a '
                               f'“SQL-SAFE:” comment why only names of ours can get in: “{text[:50]}”')


CASES = [
    (includes, {'src/core/a.h': '', 'src/store/b.c': '#include "core/a.h"\n#include "b.h"\n', 'src/store/b.h': ''}, None),
    (includes, {'src/store/s.h': '', 'src/core/a.c': '#include "s.h"\n'}, 'src/core/a.c:1: core must not include'),
    (includes, {'src/store/s.h': '', 'src/app/board/a.c': '\n#include "store/s.h"\n'}, 'src/app/board/a.c:2: app must'),
    (includes, {'src/store/s.h': '', 'src/ctl/a.c': '#include "../store/s.h"\n'}, 'ctl must not include'),
    (includes, {'src/app/w.h': '', 'src/client/a.c': '#include "w.h"\n'}, 'client must not include'),
    (includes, {'src/flow/f.h': '', 'src/store/a.c': '#include "f.h"\n'}, 'store must not include'),
    (includes, {'src/client/u.h': '', 'src/server/u.h': ''}, 'src/server/u.h: src/client/u.h has this name already'),
    (includes, {'src/core/a.c': '#include <gtk/gtk.h>\n'}, '<gtk/gtk.h> belongs in app alone'),
    (includes, {'src/client/a.c': '#include <gdk-pixbuf/gdk-pixbuf.h>\n'}, None),
    (includes, {'src/client/a.c': '#include <adwaita.h>\n'}, 'belongs in app alone'),
    (includes, {'src/app/a.c': '#  include <libsoup/soup.h>\n'}, 'belongs in client, server alone'),
    (includes, {'src/client/a.c': '#include <sqlite3.h>\n'}, 'belongs in store alone'),
    (includes, {'src/client/exchange/a.c': '#include <jansson.h>\n'}, None),
    (includes, {'src/flow/a.c': '#include <jansson.h>\n'}, 'belongs in core, client'),
    (includes, {'src/client/a.c': '/* #include <sqlite3.h> */\n'}, None),
    (includes, {'src/attic/a.c': '\n'}, 'there is no room “attic”'),
    (pure, {'src/core/a.c': 'x = g_get_real_time ();\n'}, 'src/core/a.c:1: g_get_real_time'),
    (pure, {'src/core/a.c': '/* never time (NULL) */ say ("time (s)"); board_time (x);\n'}, None),
    (pure, {'src/client/a.c': 'x = g_get_real_time ();\n'}, None),
    (sql, {'src/client/a.c': 'run ("SELECT id FROM card");\n'}, 'SQL belongs in src/store'),
    (sql, {'src/app/a.c': 'say (_("Select a card")); say ("UPDATE");\n'}, None),
    (sql, {'src/client/a.c': 'sqlite3_exec (db, x, 0, 0, 0);\n'}, 'in src/store alone'),
    (sql, {'src/store/a.c': 'run ("SELECT id FROM card WHERE id = ?");\n'}, None),
    (sql, {'src/store/a.c': 'f ("DELETE FROM %s", t);\n'}, 'put together from text'),
    (sql, {'src/store/a.c': '/* SQL-SAFE: a table of ours */\nf ("DELETE FROM %s", t);\n'}, None),
]

if __name__ == '__main__':
    sys.exit(tree.main({'includes': includes, 'pure': pure, 'sql': sql}, CASES))
