#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes about a video as PDF: the frame of each moment with what was drawn upon it, and a sentence where there is
none."""
import os
import shutil
import subprocess
import tempfile

from ctltest import Skip, Workspace, check, equal, main

SECOND = (('red', (255, 0, 0)), ('0x00ff00', (0, 255, 0)), ('blue', (0, 0, 255)), ('white', (255, 255, 255)))


def need(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Skip(f'{program} is not installed')


def ffmpeg(path, *words):
    subprocess.run(['ffmpeg', '-loglevel', 'quiet', '-y', *words, path], check=True)
    return path


def video(folder, name='film.mp4'):
    """A second of each colour, with pictures that depend on earlier ones."""
    need('ffmpeg', 'pdfimages', 'pdftoppm', 'pdftotext')
    words = []
    for colour, _ in SECOND:
        words += ['-f', 'lavfi', '-i', f'color=c={colour}:s=320x180:r=25:d=1']
    return ffmpeg(os.path.join(folder, name), *words, '-filter_complex', '[0][1][2][3]concat=n=4[v]', '-map', '[v]',
                  '-pix_fmt', 'yuv420p', '-g', '40')


def start(ws, path, *comments):
    ws.ok('init')
    ws.ok('board', 'add', 'Campaign')
    ws.ok('card', 'add', 'Campaign', 'Film')
    added = ws.json('asset', 'add', 'Film', path)
    for shape, place in comments:
        ws.ok('comment', 'add', 'Film', f'{shape} {place}', '--shape', shape, '--place', place)
    return added['hash']


def notes(ws):
    out = os.path.join(ws.base, 'notes.pdf')
    ws.ok('review', 'notes', 'Film', '--format', 'pdf', '-o', out)
    return out


def read_ppm(path):
    with open(path, 'rb') as file:
        kind, size, _, pixels = file.read().split(b'\n', 3)
    equal(kind, b'P6')
    return (*map(int, size.split()), pixels)


def pixel(picture, along, down):
    width, height, pixels = picture
    at = (int(height * down) * width + int(width * along)) * 3
    return tuple(pixels[at:at + 3])


def is_near(found, wanted):
    return all(abs(a - b) < 24 for a, b in zip(found, wanted))


def frames(ws):
    """The pictures in the file, in order."""
    prefix = os.path.join(ws.base, 'image')
    subprocess.run(['pdfimages', notes(ws), prefix], check=True)
    return [read_ppm(os.path.join(ws.base, name)) for name in sorted(os.listdir(ws.base)) if name.startswith('image-')]


def said(ws):
    text = subprocess.run(['pdftotext', notes(ws), '-'], capture_output=True, check=True).stdout.decode()
    return ' '.join(text.split())


def colours(ws):
    return [pixel(frame, 0.5, 0.5) for frame in frames(ws)]


def test_frames():
    with Workspace() as ws:
        start(ws, video(ws.base), ('point', '0.5,0.5@0.52'), ('rectangle', '0.2,0.2 0.4,0.5@1.5'), ('moment', '2.5'),
              ('arrow', '0.1,0.1 0.9,0.9@1.5'), ('range', '3.2-3.6'), ('point', '0.5,0.5@99'))
        found = colours(ws)
        # What begins at one moment shares a frame; beyond the end there is the last one.
        wanted = [SECOND[i][1] for i in (0, 1, 2, 3, 3)]
        equal(len(found), len(wanted))
        for one, other in zip(found, wanted):
            check(is_near(one, other), f'{found} instead of {wanted}')
        text = said(ws)
        check('0:01.50' in text and '0:03.20–0:03.60' in text and 'Not shown' not in text, text)


def test_marks_upon_frames():
    """The rectangle and its pin are red, where they are in the picture."""
    with Workspace() as ws:
        start(ws, video(ws.base), ('rectangle', '0.25,0.25 0.75,0.75@1.5'))
        subprocess.run(['pdftoppm', '-r', '144', notes(ws), os.path.join(ws.base, 'page')], check=True)
        width, height, pixels = read_ppm(os.path.join(ws.base, 'page-1.ppm'))

        def at(x, y):
            return tuple(pixels[(y * width + x) * 3:(y * width + x) * 3 + 3])
        green = [(x, y) for y in range(0, height, 2) for x in range(0, width, 2) if is_near(at(x, y), (0, 255, 0))]
        left, right = min(x for x, _ in green), max(x for x, _ in green)
        top, bottom = min(y for _, y in green), max(y for _, y in green)
        for share in (0.3, 0.4, 0.5, 0.6, 0.7):
            x, y = int(left + (right - left) * share), int(top + (bottom - top) * 0.75)
            check(any(at(x, y + i)[0] > 150 and at(x, y + i)[1] < 90 for i in range(-4, 5)), f'no line at {x}, {y}')
            check(is_near(at(x, int(top + (bottom - top) * 0.85)), (0, 255, 0)), 'the frame below it')


def test_without_sandbox():
    with tempfile.TemporaryDirectory() as folder:
        refused = os.path.join(folder, 'bwrap')
        with open(refused, 'w', encoding='ascii') as script:
            script.write('#!/bin/sh\nexit 1\n')
        os.chmod(refused, 0o755)
        with Workspace(PATH=f'{folder}:{os.environ["PATH"]}') as ws:
            start(ws, video(ws.base), ('point', '0.5,0.5@2.5'))
            check(is_near(colours(ws)[0], SECOND[2][1]), 'the frame')


def test_no_helper():
    with Workspace(BATON_PLAY='/bin/true') as ws:
        start(ws, video(ws.base), ('point', '0.5,0.5@2.5'), ('moment', '1'))
        equal(frames(ws), [])
        text = said(ws)
        equal(text.count('Not shown here: the program that reads videos (baton-play) did not start.'), 2)
        check('0:02.50' in text and 'film.mp4' in text, text)


def test_bad_files():
    """Cut off, something else under its name, empty, and gone: a sentence each, and no long wait."""
    with Workspace() as ws:
        whole = open(video(ws.base), 'rb').read()
        for content in (whole[:len(whole) // 2], b'%PDF-1.4\nnothing', os.urandom(5000), b''):
            path = os.path.join(ws.base, 'bad.mp4')
            with open(path, 'wb') as file:
                file.write(content)
            shutil.rmtree(ws.folder, ignore_errors=True)
            start(ws, path, ('moment', '1'))
            text = said(ws)
            check('Not shown here: ' in text and 'bad.mp4' in text and 'moment 1' in text, text)


def test_damaged_and_missing():
    with Workspace() as ws:
        digest = start(ws, video(ws.base), ('moment', '1'))
        blob = next(os.path.join(folder, name) for folder, _, names in os.walk(ws.folder) for name in names
                    if (os.path.basename(folder) + name).endswith(digest) or name == digest)
        os.chmod(blob, 0o600)
        with open(blob, 'r+b') as file:
            file.seek(3000)
            byte = file.read(1)
            file.seek(3000)
            file.write(bytes([byte[0] ^ 1]))
        ws.run('verify')
        check('the file of this version is damaged on this computer' in said(ws), said(ws))
        equal(frames(ws), [])
        os.unlink(blob)
        ws.run('verify')
        check('the file of this version is not on this computer' in said(ws), said(ws))


def test_sound():
    """There is nothing to be seen of a sound, and nothing to be said about that."""
    with Workspace() as ws:
        need('ffmpeg', 'pdftotext', 'pdfimages')
        path = ffmpeg(os.path.join(ws.base, 'jingle.wav'), '-f', 'lavfi', '-i', 'sine=frequency=440:duration=2')
        start(ws, path, ('moment', '1'))
        text = said(ws)
        check('0:01.00' in text and 'Not shown' not in text, text)
        equal(frames(ws), [])


if __name__ == '__main__':
    main([value for name, value in list(globals().items()) if name.startswith('test_')])
