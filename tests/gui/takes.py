# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of takes share: takes that are there without being made one by one, and what the store says of them."""
import glob
import hashlib
import os
import shutil
import sqlite3
import subprocess
import uuid

FOLDER = os.path.join(os.environ['XDG_DATA_HOME'], 'inbetween')


def slow_down(store, clip):
    """The clip of 30 pictures a second becomes one of 2, which costs a machine without a graphics card nothing to show."""
    path = os.path.join(FOLDER, clip)
    subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=size=320x320:rate=2:duration=5',
                    '-pix_fmt', 'yuv420p', path], check=True)
    store.execute('UPDATE jobs SET proxy = NULL, width = 320, height = 320, n_frames = 10, fps_n = 2, fps_d = 1, size = ?',
                  (os.path.getsize(path),))


def make_takes(photo, prompts, name='Bottle', slow=False):
    """One clip by the local engine, and a take more for each of the words: copies of it. prompts: {take: words}, from 2.
    slow: for tests that do not look at the stage."""
    subprocess.run([os.environ['INBETWEEN_CLI'], 'generate', photo, '--prompt', 'fast push in, linear',
                    '--framing', '1:1', '--product', name], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    store = sqlite3.connect(os.path.join(FOLDER, 'inbetween.db'))
    store.row_factory = sqlite3.Row
    if slow:
        slow_down(store, store.execute('SELECT clip FROM jobs').fetchone()[0])
    first = dict(store.execute('SELECT * FROM jobs').fetchone())
    for take, prompt in prompts.items():
        row = {**first, 'id': str(uuid.uuid4()), 'batch_id': str(uuid.uuid4()), 'take': take, 'prompt': prompt,
               'created_us': first['created_us'] + take, 'change': first['change'] + take}
        row['clip'] = first['clip'].replace('.mp4', f'-{take}.mp4')
        shutil.copy(os.path.join(FOLDER, first['clip']), os.path.join(FOLDER, row['clip']))
        row = {k: v for k, v in row.items() if v is not None}
        store.execute(f'INSERT INTO jobs ({",".join(row)}) VALUES ({",".join("?" * len(row))})', list(row.values()))
    store.commit()
    store.close()


def find_clip():
    return glob.glob(os.path.join(FOLDER, 'clips', '*', '*', '*.mp4'))[0]


def query(sql, *values):
    store = sqlite3.connect(f'file:{FOLDER}/inbetween.db?mode=ro', uri=True, timeout=10)
    try:
        return store.execute(sql, values).fetchall()
    finally:
        store.close()


def read_rows():
    """What matters of the ledger: the takes that are not hidden with all a person gave them, and the products that hold
    something, with their forms."""
    takes = query('SELECT * FROM (SELECT product_id, take, name, mark, state, prompt, provider, clip FROM jobs '
                  'WHERE deleted_us = 0) ORDER BY product_id, take')
    products = query("SELECT id, name, draft FROM products WHERE name <> '' ORDER BY id")
    return takes, products


def digest(*values):
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]
