# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes in from elsewhere: pasted files, pictures and addresses, a folder that is dropped, files of the command line.
Whatever is no photo is refused in words.

usage: test-paste.py PHOTO DRAG-SOURCE
"""
import http.server
import os
import shutil
import subprocess
import sys
import threading

from gui import Program, drag, need, run, screenshot, wait

HOME = os.environ['HOME']


class Photos(http.server.BaseHTTPRequestHandler):
    """One photo, and a page that is none."""

    asked = []

    def do_GET(self):
        Photos.asked.append((self.path, dict(self.headers)))
        with open(sys.argv[1], 'rb') as photo:
            body = photo.read() if self.path.startswith('/mug.jpg') else b'<html>no photo</html>'
        self.send_response(404 if self.path == '/gone.jpg' else 200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def paste(program, kind, data, pattern):
    """From a program that keeps it on the clipboard until the next one. Ours hears of that after a while, and a key that
    comes before finds the former content: it is pressed again, as a person would."""
    subprocess.run(['xclip', '-selection', 'clipboard', '-t', kind, '-i'], input=data, check=True)
    for _ in range(10):
        program.key('ctrl+v')
        try:
            return program.wait_for(pattern, 6)
        except SystemExit:
            pass
    raise SystemExit('not ok - timed out: ' + pattern)


def test_paste(program, origin):
    with open(sys.argv[1], 'rb') as photo:
        jpeg = photo.read()
    paste(program, 'text/uri-list', f'file://{HOME}/a b.jpg\r\n'.encode(), 'Start frame, a b.jpg')
    program.key('ctrl+n')
    program.wait_for('Start frame, empty')
    paste(program, 'image/jpeg', jpeg, 'Start frame, Pasted photo')
    print('ok 1 a file and a picture are pasted')

    program.key('ctrl+n')
    program.wait_for('Start frame, empty')
    paste(program, 'UTF8_STRING', f'{origin}/mug.jpg?size=2%2F1'.encode(), 'Start frame, mug.jpg')
    path, headers = Photos.asked[-1]
    assert path == '/mug.jpg?size=2%2F1', path
    assert not any(name.lower() == 'authorization' for name in headers), headers
    print('ok 2 an address is fetched as it stands, without a key')

    program.key('ctrl+n')
    program.wait_for('Start frame, empty')
    for text, words in ((f'{origin}/gone.jpg', r'There is no photo at .*gone.jpg.*'),
                        (f'{origin}/page.html', r'.*page.html.*is not read here.*'),
                        ('http://127.0.0.1:1/mug.jpg', r'.*127\.0\.0\.1.*'),
                        ('a mug, turning slowly', r'That is not a photo\..*')):
        paste(program, 'UTF8_STRING', text.encode(), words)
    program.wait_for('Start frame, .*')
    print('ok 3 and what is no photo is refused in words')


def drop_folder(program, folder):
    source = subprocess.Popen([sys.argv[2], folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env={**os.environ, 'GTK_A11Y': 'none'})
    window = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(source.pid)),
                  'the window to drag from').split()[-1]
    run('xdotool', 'windowmove', '--sync', program.window, '0', '0')
    run('xdotool', 'windowmove', '--sync', window, '1260', '100')
    place = dict(line.split('=') for line in run('xdotool', 'getwindowgeometry', '--shell', window).split())
    start = (int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(place['HEIGHT']) // 4)
    drag(start, program.place(program.wait_for('Start frame, empty')))
    program.wait_for('Make 4 Products?')
    source.terminate()
    source.wait()
    run('xdotool', 'windowfocus', '--sync', program.window)


def test_folder(program):
    folder = os.path.join(HOME, 'photos')
    os.makedirs(os.path.join(folder, 'within'))
    for name in ('mug 10.jpg', 'mug 2.jpg', 'cup.jpg', 'within/deep.jpg', '.hidden.jpg'):
        shutil.copy(sys.argv[1], os.path.join(folder, name))
    for name, text in (('broken.png', 'no picture'), ('notes.txt', 'no photo')):
        with open(os.path.join(folder, name), 'w') as file:
            file.write(text)
    drop_folder(program, folder)
    wait(lambda: [n for role, n in program.names() if role == 'list item' and n.endswith(('.jpg', '.png'))] ==
         ['broken.png', 'cup.jpg', 'mug 2.jpg', 'mug 10.jpg'], 'the photos of the folder, in the order people count')
    screenshot('gui-folder')
    program.press('Make 4 Products')
    program.wait_for(r'3 products made\. 1 photo could not be used: .*broken.*')
    program.wait_for('Start frame, cup.jpg')
    wait(lambda: program.find(r'Take \d.*') is None, 'no take at all')
    print('ok 4 a folder is offered as products, which spend nothing')

    program.key('F10')
    program.press('Products')
    program.wait_for('Search products')
    wait(lambda: all(program.find(name) for name in ('cup', 'mug 2', 'mug 10')), 'the products that were made')
    screenshot('gui-products')
    program.write('Search products', 'mug 1')
    wait(lambda: program.find('cup') is None, 'the search to leave out the others')
    program.click('mug 10')
    program.wait_for('Start frame, mug 10.jpg')
    print('ok 5 and each is found again')


def main():
    need('xdotool', 'openbox', 'xclip')
    shutil.copy(sys.argv[1], os.path.join(HOME, 'a b.jpg'))
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Photos)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f'http://127.0.0.1:{server.server_port}'
    program = Program(env={'INBETWEEN_BASE_URL_WAVESPEED': origin})
    program.wait_for('Try the Sample')
    test_paste(program, origin)
    program.key('ctrl+n')
    program.wait_for('Start frame, empty')
    test_folder(program)
    said = program.end()
    assert said == '', said
    print('ok 6 and the program had nothing to complain about')


print('1..6')
main()
