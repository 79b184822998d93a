#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Assets, comments and reviews on the command line, with a workspace of one's own and with one that is open elsewhere."""
import csv
import hashlib
import html.parser
import json
import os
import shutil
import struct
import subprocess
import tempfile
import zlib

from ctltest import Bus, Owner, Skip, Workspace, check, equal, main


def write(ws, name, content):
    path = os.path.join(os.fsencode(ws.base), os.fsencode(name))
    with open(path, 'wb') as out:
        out.write(content)
    return path


def png(seed):
    return b'\x89PNG\r\n\x1a\n' + seed


def blake(content):
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def start(ws):
    ws.ok('init')
    board = ws.json('board', 'add', 'Campaign')['id']
    ws.ok('person', 'add', 'Ada')
    ws.ok('person', 'add', 'Tom')
    return board, ws.json('card', 'add', 'Campaign', 'Hero image')['id']


def versions(ws, card, asset=0):
    return ws.json('asset', 'list', card)[asset]['versions']


def test_versions():
    with Workspace() as ws:
        _, card = start(ws)
        first = png(b'one')
        added = ws.json('asset', 'add', 'Hero image', write(ws, 'hero.png', first).decode(), '--note', 'Sketch')
        equal((added['version'], added['name'], added['media'], added['size'], added['hash'], added['current'],
               added['new_asset'], added['parent'], added['note'], added['status']),
              (1, 'hero', 'image/png', len(first), blake(first), True, True, None, 'Sketch', 'draft'))
        again = ws.json('asset', 'add', card, write(ws, 'hero_v2.png', png(b'two')).decode())
        equal((again['version'], again['asset'], again['parent'], again['new_asset']), (2, added['asset'], 1, False))

        # Made from the first as well: a sibling, and nobody has chosen it.
        sibling = ws.json('asset', 'add', card, write(ws, 'other.png', png(b'three')).decode(), '--parent', '1')
        equal((sibling['version'], sibling['parent'], sibling['current']), (3, 1, False))
        equal(ws.json('asset', 'list', card)[0]['current'], 2)
        ws.ok('asset', 'choose', card, '3')
        equal(ws.json('asset', 'list', card)[0]['current'], 3)

        # Another kind of file is another asset; one that is named is found.
        text = ws.json('asset', 'add', card, write(ws, 'copy.md', b'# Copy\n').decode())
        equal((text['name'], text['media'], text['version']), ('copy', 'text/markdown', 1))
        named = ws.json('asset', 'add', card, write(ws, 'x.png', png(b'4')).decode(), '--asset', 'Banner')
        equal((named['name'], named['new_asset']), ('Banner', True))
        equal([asset['name'] for asset in ws.json('asset', 'list', card)], ['hero', 'copy', 'Banner'])
        check('several assets' in ws.fails(1, 'asset', 'get', card), 'which one?')


def real_png(width, height):
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    rows = zlib.compress(b''.join(b'\0' + bytes(3 * width) for _ in range(height)))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', rows) + chunk(b'IEND', b''))


def real_pdf(pages, width, height):
    objects = [b'<</Type/Catalog/Pages 2 0 R>>',
               b'<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 %d %d]>>' % (
                   pages, b' '.join(b'%d 0 R' % (3 + i) for i in range(pages)), width, height)]
    objects += [b'<</Type/Page/Parent 2 0 R>>'] * pages
    out, places = b'%PDF-1.4\n', []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj%s endobj\n' % (number, body)
    table = b''.join(b'%010d 00000 n \n' % place for place in places)
    return out + b'xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n' % (
        len(objects) + 1, table, len(objects) + 1, len(out))


def real_wav(seconds):
    samples = bytes(8000 * seconds)
    return (b'RIFF' + struct.pack('<I', 36 + len(samples)) + b'WAVEfmt ' +
            struct.pack('<IHHIIHH', 16, 1, 1, 8000, 8000, 1, 8) + b'data' + struct.pack('<I', len(samples)) + samples)


def test_facts():
    """Pixels, pages and length are written with the version; what cannot be read leaves them 0."""
    files = (('hero.png', real_png(321, 123), (321, 123, 0, 0)), ('leaflet.pdf', real_pdf(4, 300, 150), (400, 200, 4, 0)),
             ('jingle.wav', real_wav(3), (0, 0, 0, 3000)), ('broken.png', png(b'nothing'), (0, 0, 0, 0)),
             ('copy.txt', b'Words', (0, 0, 0, 0)))
    with Workspace() as ws:
        _, card = start(ws)
        for name, content, facts in files:
            added = ws.json('asset', 'add', card, write(ws, name, content).decode(), '--asset', name)
            equal((added['width'], added['height'], added['pages'], added['duration_ms']), facts)
            listed = [asset['versions'][0] for asset in ws.json('asset', 'list', card) if asset['name'] == name][0]
            equal((listed['width'], listed['height'], listed['pages'], listed['duration_ms']), facts)


def test_facts_of_old():
    """A version that was added where there was no helper tells what its file says when somebody asks."""
    with Workspace() as ws:
        decode = ws.env.get('BATON_DECODE')
        ws.env['BATON_DECODE'] = '/nowhere/baton-decode'
        _, card = start(ws)
        ws.ok('asset', 'add', card, write(ws, 'hero.png', real_png(321, 123)).decode())
        ws.ok('asset', 'add', card, write(ws, 'gone.png', real_png(20, 10)).decode(), '--asset', 'gone')
        equal(versions(ws, card)[0]['width'], 0)
        ws.env.pop('BATON_DECODE') if decode is None else ws.env.update(BATON_DECODE=decode)
        found = {asset['name']: asset['versions'][0] for asset in ws.json('asset', 'list', card)}
        equal((found['hero']['width'], found['hero']['height']), (321, 123))
        check('321 × 123' in ws.ok('passport', card, '--format', 'markdown'), 'passport')
        os.unlink(blob(ws, found['gone']['hash']))
        found = {asset['name']: asset['versions'][0] for asset in ws.json('asset', 'list', card)}
        equal((found['gone']['width'], found['gone']['here']), (0, False))


def test_export_tells_what_is_missing():
    with Workspace() as ws:
        _, card = start(ws)
        path = os.path.join(ws.base, 'all.json')
        ws.ok('asset', 'add', card, write(ws, 'hero.png', real_png(32, 12)).decode())
        gone = ws.json('asset', 'add', card, write(ws, 'hero2.png', real_png(20, 10)).decode())['hash']
        ws.ok('export', 'json', '-o', path)
        shutil.rmtree(path + '.files')
        os.unlink(blob(ws, gone))
        status, _, err = ws.run('export', 'json', '-o', path)
        equal((status, err), (0, 'batonctl: 1 file is not on this computer and is missing from the export: '
                              '“hero2.png” (version 2, “Hero image”).\n'))
        equal(len(os.listdir(path + '.files')), 1)


def test_no_helper():
    """Without the helper files are added as ever."""
    with Workspace() as ws:
        ws.env['BATON_DECODE'] = '/nowhere/baton-decode'
        _, card = start(ws)
        added = ws.json('asset', 'add', card, write(ws, 'hero.png', real_png(32, 12)).decode())
        equal((added['width'], added['version']), (0, 1))


def test_get():
    with Workspace() as ws:
        _, card = start(ws)
        content = png(os.urandom(3000000))
        ws.ok('asset', 'add', card, write(ws, 'hero.png', content).decode())
        ws.ok('asset', 'add', card, write(ws, 'hero2.png', png(b'2')).decode())
        out = os.path.join(ws.base, 'out.png')
        got = ws.json('asset', 'get', card, '--version', '1', '-o', out)
        equal((got['version'], got['output']), (1, out))
        with open(out, 'rb') as read:
            equal(read.read(), content)
        ws.ok('board', 'set', 'Campaign', '--naming', '{card}_{asset}_v{version}_{status}')
        equal(ws.ok('asset', 'get', card, '-o', ws.base).strip(), os.path.join(ws.base, 'Hero-image_hero_v2_draft.png'))
        ws.fails(3, 'asset', 'get', card, '--version', '7', '-o', out)
        check('sign before it' in ws.fails(2, 'board', 'set', 'Campaign', '--naming', '{card}{asset}'), 'naming')


def test_bad_names():
    with Workspace() as ws:
        _, card = start(ws)
        for name in ('new\nline.png', '..png', 'a' * 251 + '.png', b'\xff\xfe.png', '%s%n.png', '-rf.png', "it's.png"):
            path = write(ws, name, png(os.urandom(8)))
            ws.ok('asset', 'add', card, '--', path)
        out = os.path.join(ws.base, 'out')
        os.mkdir(out)
        for asset in ws.json('asset', 'list', card):
            for version in asset['versions']:
                ws.ok('asset', 'get', card, '--asset', asset['id'], '--version', str(version['version']), '-o', out)
                check('/' not in version['export_name'] and '\n' not in version['export_name'], version)
        check(os.listdir(out), 'nothing came out')
        equal(os.path.commonpath([out] + [os.path.join(out, name) for name in os.listdir(out)]), out)
        ws.fails(3, 'asset', 'add', card, os.path.join(ws.base, 'missing.png'))
        ws.fails(1, 'asset', 'add', card, ws.base)
        empty = ws.json('asset', 'add', card, write(ws, 'empty.txt', b'').decode(), '--asset', 'Empty')
        equal((empty['size'], empty['media']), (0, 'application/x-zerosize'))


def blob(ws, digest):
    return os.path.join(ws.folder, 'blobs', digest[:2], digest)


def test_damage():
    with Workspace() as ws:
        _, card = start(ws)
        content = png(os.urandom(100000))
        path = write(ws, 'hero.png', content).decode()
        digest = ws.json('asset', 'add', card, path)['hash']
        ws.ok('asset', 'add', card, write(ws, 'hero2.png', png(b'two')).decode())
        equal(ws.json('verify'), {'ok': True, 'operations': 7, 'files': 2, 'problems': []})
        os.chmod(blob(ws, digest), 0o600)
        with open(blob(ws, digest), 'r+b') as file:
            file.seek(77777)
            byte = file.read(1)
            file.seek(77777)
            file.write(bytes([byte[0] ^ 1]))
        found = json.loads(ws.run('--json', 'verify')[1])
        equal((found['ok'], len(found['problems'])), (False, 1))
        check('“Hero image”: the file of “hero” v1 (hero.png) is damaged' in found['problems'][0], found)
        equal([version['damaged'] for version in versions(ws, card)], [True, False])
        check('damaged' in ws.ok('asset', 'list', card), 'told in the list')
        check('damaged' in ws.fails(6, 'asset', 'get', card, '--version', '1', '-o', os.path.join(ws.base, 'out')), 'get')
        check(not os.path.exists(os.path.join(ws.base, 'out')), 'nothing bad comes out')

        # The same file heals it, for the version that was there, too.
        ws.ok('asset', 'add', card, path)
        equal([version['damaged'] for version in versions(ws, card)], [False, False, False])
        equal(ws.json('verify')['ok'], True)
        os.unlink(blob(ws, digest))
        check('is missing' in ws.run('verify')[1], 'missing')


def test_backup_lists_files():
    with Workspace() as ws:
        _, card = start(ws)
        digest = ws.json('asset', 'add', card, write(ws, 'hero.png', png(b'one')).decode())['hash']
        path = ws.json('backup')['backup']
        with open(path[:-3] + '.b2sums', encoding='utf-8') as manifest:
            equal(manifest.read(), f'{digest}  blobs/{digest[:2]}/{digest}\n')


def test_comments():
    with Workspace() as ws:
        _, card = start(ws)
        ws.ok('asset', 'add', card, write(ws, 'hero.png', png(b'one')).decode())
        first = ws.json('comment', 'add', card, 'Larger, please', '--pin', '0.25,0.5', '--mention', 'Ada')['id']
        ws.ok('comment', 'add', card, 'Why?', '--reply-to', first)
        ws.ok('comment', 'add', card, 'This part', '--shape', 'rectangle', '--place', '0.1,0.1 0.4,0.3', '--page', '2')
        found = ws.json('comment', 'list', card)
        equal([(c['text'], c['version'], c['shape'], c['place'], c['page'], c['reply_to'], c['mentions']) for c in found],
              [('Larger, please', 1, 'point', '0.25,0.5', 0, None, ['Ada']), ('Why?', None, 'none', None, 0, first, []),
               ('This part', 1, 'rectangle', '0.1,0.1 0.4,0.3', 2, None, [])])
        ws.ok('comment', 'resolve', first)
        equal(len(ws.json('comment', 'list', card, '--unresolved')), 2)
        ws.ok('comment', 'reopen', first)
        equal(len(ws.json('comment', 'list', card, '--unresolved')), 3)
        ws.fails(2, 'comment', 'add', card, 'Outside', '--pin', '1.5,0.5')
        ws.ok('asset', 'add', card, write(ws, 'hero2.png', png(b'two')).decode())
        check('newer version' in ws.fails(1, 'comment', 'add', card, 'Late', '--pin', '0.5,0.5', '--version', '1'), 'old')


def test_reviews():
    with Workspace() as ws:
        board, card = start(ws)
        ws.ok('type', 'add', 'Campaign', 'Image')
        ws.ok('check', 'add', 'Campaign', 'Image', 'Brand colours correct')
        equal([c['text'] for c in ws.json('check', 'list', 'Campaign', 'Image')], ['Brand colours correct'])
        ws.ok('card', 'set', card, '--type', 'Image')
        stages = [stage['name'] for stage in ws.json('stage', 'list', 'Campaign')]
        ws.ok('board', 'set', 'Campaign', '--on-changes', stages[0], '--on-approved', stages[-1])
        ws.ok('asset', 'add', card, write(ws, 'hero.png', png(b'one')).decode())
        ws.fails(2, 'review', 'request', card)
        request = ws.json('review', 'request', card, '--reviewer', 'Ada', '--reviewer', 'Tom', '--needed', 'any',
                          '--window', '24h')
        equal((request['version'], request['reviewers'], request['needed'], request['status']),
              (1, ['Ada', 'Tom'], 1, 'in_review'))
        equal(ws.json('review', 'queue'), [])
        queue = ws.json('review', 'queue', '--as', 'Ada')
        equal([(item['title'], item['version'], item['late']) for item in queue], [('Hero image', 1, False)])
        check('note' in ws.fails(1, 'review', 'answer', card, 'Brand colours correct', 'failed', '--as', 'Ada'), 'note')
        ws.ok('review', 'answer', card, 'Brand colours correct', 'failed', '--as', 'Ada', '--note', 'Old red')
        check('cannot be approved' in ws.fails(1, 'review', 'decide', card, 'approved', '--as', 'Ada'), 'failed')
        decided = ws.json('review', 'decide', card, 'changes-requested', '--as', 'Ada', '--note', 'The new red')
        equal((decided['status'], decided['outcome'], decided['stage'], decided['reworks']),
              ('changes_requested', 'changes_requested', stages[0], 1))
        equal(ws.json('review', 'queue', '--as', 'Tom'), [])
        ws.ok('asset', 'add', card, write(ws, 'hero2.png', png(b'two')).decode())
        ws.ok('review', 'request', card, 'Tom')
        ws.ok('review', 'excuse', card, '--as', 'Tom', '--to', 'Ada', '--reason', 'At a shoot')
        equal(ws.json('review', 'queue', '--as', 'Tom'), [])
        equal(ws.json('review', 'decide', card, 'approve', '--as', 'Ada')['stage'], stages[-1])
        check('approved' in ws.fails(1, 'asset', 'bin', card, '2'), 'approved')
        ws.ok('asset', 'bin', card, '2', '--reason', 'Rights expired')
        equal(ws.json('asset', 'list', card)[0]['current'], 1)
        ws.ok('asset', 'restore', card, '2')
        ws.ok('undo')
        equal(ws.json('asset', 'list', card, '--binned')[0]['versions'][1]['binned'], True)


class Page(html.parser.HTMLParser):
    """The text of a page; what is opened must be closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.text = []
        self.feed(text)
        self.close()
        equal(self.open, [])

    def handle_starttag(self, tag, attrs):
        check(tag not in ('script', 'img', 'iframe'), tag)
        if tag != 'meta':
            self.open.append(tag)

    def handle_endtag(self, tag):
        equal(self.open.pop(), tag)

    def handle_data(self, data):
        self.text.append(data)


def make_passport(ws):
    _, card = start(ws)
    other = ws.json('card', 'add', 'Campaign', 'Legal check')['id']
    ws.ok('card', 'depend', card, other)
    ws.ok('card', 'set', card, '--brief', 'Show the *new* bottle.\n<script>alert(1)</script>', '--notes', 'Logo | top right')
    ws.ok('type', 'add', 'Campaign', 'Image')
    ws.ok('check', 'add', 'Campaign', 'Image', 'Brand colours correct')
    ws.ok('card', 'set', card, '--type', 'Image')
    ws.ok('card', 'move', card, ws.json('stage', 'list', 'Campaign')[1]['name'])
    ws.ok('asset', 'add', card, write(ws, 'hero.png', png(b'one')).decode(), '--note', 'Sketch')
    digest = ws.json('asset', 'add', card, write(ws, 'hero2.png', png(b'two')).decode(), '--note', 'Größer')['hash']
    ws.ok('comment', 'add', card, '=1+1 "larger"', '--pin', '0.25,0.5')
    ws.ok('review', 'request', card, 'Ada')
    ws.ok('review', 'answer', card, 'Brand colours correct', 'complete', '--as', 'Ada')
    ws.ok('review', 'decide', card, 'approved-with-changes', '--as', 'Ada', '--note', 'Only the red')
    return card, digest


TOLD = ('Hero image', 'Campaign', 'hero v2', 'Sketch', 'Größer', 'Approved with changes', 'Only the red',
        'Brand colours correct', 'Complete', 'Legal check', 'Waits for', 'Show the', 'Logo', 'Handoffs')


def test_passport():
    with Workspace() as ws:
        card, digest = make_passport(ws)
        text = ws.ok('passport', card, '--format', 'markdown')
        for told in TOLD:
            check(told in text, f'{told} in {text}')
        check(digest in text and '# Hero image' in text, text)
        page = ws.ok('passport', card, '--format', 'html')
        text = ' '.join(Page(page).text)
        for told in TOLD + ('<script>alert(1)</script>',):
            check(told in text, f'{told} in {page}')
        data = json.loads(ws.ok('passport', card, '--format', 'json'))
        equal(data, ws.json('passport', card))
        equal([v['version'] for v in data['assets'][0]['versions']], [2, 1])
        equal((data['reviews'][0]['outcome'], data['reviews'][0]['criteria'][0]['state']),
              ('approved_with_changes', 'complete'))
        equal([c['title'] for c in data['waits_for']], ['Legal check'])
        equal(len(data['handoffs']), 1)
        out = os.path.join(ws.base, 'passport.pdf')
        equal(ws.ok('passport', card, '--format', 'pdf', '-o', out).strip(), out)
        if shutil.which('pdftotext'):
            text = subprocess.run(['pdftotext', '-layout', out, '-'], capture_output=True, check=True).stdout.decode()
            for told in TOLD:
                check(told in text, f'{told} in {text}')
        ws.fails(2, 'passport', card, '--format', 'docx')
        check(ws.run('passport', card, '--format', 'pdf', '-o', '/nowhere/at/all.pdf')[0] != 0, 'no such folder')


def test_notes():
    with Workspace() as ws:
        card, _ = make_passport(ws)
        first = ws.json('comment', 'list', card)[0]['id']
        ws.ok('comment', 'add', card, 'Done, see v3', '--reply-to', first)
        ws.ok('comment', 'add', card, 'About the whole card')
        rows = list(csv.reader(ws.ok('review', 'notes', card).splitlines()))
        equal([(row[0], row[1], row[2], row[4], row[5], row[8]) for row in rows[1:]],
              [('', '', '1', '', '', 'About the whole card'), ('hero', '2', '1', 'point', '0.25,0.5', '\'=1+1 "larger"'),
               ('hero', '2', '1.1', '', '', 'Done, see v3')])
        out = os.path.join(ws.base, 'notes.pdf')
        ws.ok('review', 'notes', card, '--format', 'pdf', '-o', out)
        if shutil.which('pdftotext'):
            text = subprocess.run(['pdftotext', '-layout', out, '-'], capture_output=True, check=True).stdout.decode()
            for told in ('Review notes: Hero image', 'hero v2', '=1+1 "larger"', 'Done, see v3', 'About the card'):
                check(told in text, f'{told} in {text}')


def real_png(width, height):
    """One that decodes, in one colour."""
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    rows = (b'\0' + b'\x20\x80\xc0' * width) * height
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def pictures_in_notes(**env):
    with Workspace(**env) as ws:
        _, card = start(ws)
        ws.ok('asset', 'add', card, write(ws, 'hero.png', real_png(64, 48)).decode())
        ws.ok('comment', 'add', card, 'Larger', '--pin', '0.5,0.5')
        out = os.path.join(ws.base, 'notes.pdf')
        ws.ok('review', 'notes', card, '--format', 'pdf', '-o', out)
        listed = subprocess.run(['pdfimages', '-list', out], capture_output=True, check=True).stdout.decode()
        return [line.split()[3:5] for line in listed.splitlines()[2:]]


def test_notes_pictures():
    """Pages are drawn in the notes, also where bubblewrap is there and not allowed."""
    if not shutil.which('pdfimages'):
        raise Skip('pdfimages is not installed')
    with tempfile.TemporaryDirectory() as folder:
        refused = os.path.join(folder, 'bwrap')
        with open(refused, 'w', encoding='ascii') as script:
            script.write('#!/bin/sh\nexit 1\n')
        os.chmod(refused, 0o755)
        check(['64', '48'] in pictures_in_notes(), 'the picture in the notes')
        check(['64', '48'] in pictures_in_notes(PATH=f'{folder}:{os.environ["PATH"]}'), 'the picture without bubblewrap')


def test_bus():
    """The content goes in beside the program that has the workspace open, and the operation through it."""
    with Bus() as address, Workspace(DBUS_SESSION_BUS_ADDRESS=address) as ws:
        _, card = start(ws)
        with Owner(ws, 'bus'):
            added = ws.json('asset', 'add', card, write(ws, 'hero.png', png(b'one')).decode())
            equal((added['version'], added['here'], added['current']), (1, True, True))
            ws.ok('comment', 'add', card, 'Larger', '--pin', '0.5,0.5')
            ws.ok('review', 'request', card, 'Ada')
            equal(ws.json('review', 'decide', card, 'approved', '--as', 'Ada')['outcome'], 'approved')
        equal(versions(ws, card)[0]['status'], 'approved')


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
