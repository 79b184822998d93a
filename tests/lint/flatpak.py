#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the Flatpak manifest as far as that goes without a network.

  flatpak.py ROOT

Every dependency that meson.build names must come from the runtime or from a module of the manifest, every module
must pin what it fetches, and flatpak-builder, where it is installed, must understand every key.
"""
import os
import re
import shutil
import subprocess
import sys

APP_ID = 'io.github.batonboard.Baton'
# pkg-config names that org.gnome.Platform has, and the module that brings each other one.
RUNTIME = {'glib-2.0', 'gio-2.0', 'gio-unix-2.0', 'gobject-2.0', 'gmodule-2.0', 'gtk4', 'gtk4-unix-print', 'gtk4-x11',
           'gtk4-wayland', 'libadwaita-1', 'sqlite3', 'gdk-pixbuf-2.0', 'librsvg-2.0', 'pango', 'pangocairo', 'cairo',
           'gstreamer-1.0', 'gstreamer-app-1.0', 'gstreamer-base-1.0', 'gstreamer-pbutils-1.0', 'gstreamer-video-1.0',
           'libsoup-3.0', 'libsecret-1', 'x11', 'lcms2', 'libjpeg', 'libpng', 'libtiff-4', 'libwebp', 'libwebpdemux', 'cairo-pdf'}
MODULES = {'jansson': 'jansson', 'libsodium': 'libsodium', 'libcmark': 'cmark', 'poppler-glib': 'poppler'}


def dependencies(root):
    for here, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != 'tests' and not name.startswith(('.', 'build'))]
        if 'meson.build' in names:
            with open(os.path.join(here, 'meson.build'), encoding='utf-8') as source:
                yield from re.findall(r"\bdependency\s*\(\s*'([^']+)'", source.read())


def check_dependencies(root, modules):
    for name in sorted(set(dependencies(root))):
        if name in RUNTIME:
            continue
        if name not in MODULES:
            yield f'meson.build needs {name}; say in tests/lint/flatpak.py whether the runtime or which module has it'
        elif MODULES[name] not in modules:
            yield f'meson.build needs {name}, but the manifest has no module “{MODULES[name]}”'


def check_sources(module):
    name = module.get('name', '?')
    if not module.get('sources'):
        yield f'module {name} has no sources'
    for source in module.get('sources', []):
        kind = source.get('type')
        if kind == 'git' and not (source.get('url', '').startswith('https://') and ('tag' in source or 'commit' in source)):
            yield f'module {name}: a git source wants an https url and a tag or commit'
        if kind == 'archive' and not (source.get('url', '').startswith('https://') and 'sha256' in source):
            yield f'module {name}: an archive wants an https url and a sha256'


def check_builder(path):
    if not shutil.which('flatpak-builder'):
        return
    done = subprocess.run(['flatpak-builder', '--show-manifest', path], capture_output=True, text=True, check=False,
                          env={**os.environ, 'G_DEBUG': 'fatal-warnings'})
    if done.returncode:
        yield f'flatpak-builder: {done.stderr.strip() or "does not understand the manifest"}'


def check(root, yaml):
    path = os.path.join(root, 'flatpak', APP_ID + '.yml')
    with open(path, encoding='utf-8') as source:
        manifest = yaml.safe_load(source)
    if manifest.get('id') != APP_ID or manifest.get('command') != 'baton':
        yield 'the id or the command of the manifest is not that of Baton'
    modules = {module['name']: module for module in manifest.get('modules', [])}
    if list(modules)[-1:] != ['baton']:
        yield 'the last module must be baton itself'
    yield from check_dependencies(root, modules)
    for module in modules.values():
        yield from check_sources(module)
    yield from check_builder(path)


def main():
    try:
        import yaml
    except ImportError:
        print('python3-yaml is not installed')
        return 77
    complaints = list(check(os.path.abspath(sys.argv[1]), yaml))
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
