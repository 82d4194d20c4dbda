# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job by hand: a photo is dragged from another program, a sentence typed, Ctrl+Return pressed, and a clip plays.

usage: test-drop-to-clip.py PHOTO DRAG-SOURCE
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import time

from gui import Program, drag, need, run, screenshot, wait

WIDTH = 192  # px of the copies that are compared


def read_frames(clip):
    """Every frame of the clip, small and grey."""
    probe = json.loads(run('ffprobe', '-v', 'error', '-select_streams', 'v', '-show_streams',
                           '-of', 'json', clip))['streams'][0]
    height = WIDTH * probe['height'] // probe['width']
    raw = subprocess.check_output(['ffmpeg', '-v', 'error', '-i', clip, '-vf',
                                   f'scale={WIDTH}:{height}:flags=area,format=gray',
                                   '-f', 'rawvideo', '-'])
    size = WIDTH * height
    return height, [raw[i:i + size] for i in range(0, len(raw), size)]


def find_picture(grey, width, height):
    """Where the picture lies on the stage: what is not of the colour in its upper left corner."""
    stage = grey[2 * width + 2]
    rows = [y for y in range(height)
            if any(abs(v - stage) > 3 for v in grey[y * width + width // 4:y * width + width * 3 // 4])]
    columns = [x for x in range(width)
               if any(abs(v - stage) > 3 for v in grey[width * (height // 4) + x:width * (height * 3 // 4):width])]
    return columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


def read_stage(program, node, height, name):
    """The picture as it stands on the screen, small and grey, without the stage around it."""
    path = screenshot(name)
    left, top, box_width, box_height = program.box(node)
    grey = subprocess.check_output(['convert', path, '-crop', f'{box_width}x{box_height}+{left}+{top}', '+repage',
                                    '-colorspace', 'Gray', '-depth', '8', 'gray:-'])
    dx, dy, w, h = find_picture(grey, box_width, box_height)
    return subprocess.check_output(['convert', path, '-crop', f'{w}x{h}+{left + dx}+{top + dy}', '+repage',
                                    '-filter', 'Box', '-resize', f'{WIDTH}x{height}!',
                                    '-colorspace', 'Gray', '-depth', '8', 'gray:-'])


def find_frame(picture, frames):
    """Which frame is on the screen, from 1, by its pixels alone."""
    def distance(frame):
        return sum((a - b) * (a - b) for a, b in zip(picture, frame, strict=True))
    return min(range(len(frames)), key=lambda i: distance(frames[i])) + 1


def read_label(program):
    name = program.wait_for(r'Frame \d+ of .*').get_name()
    return int(re.search(r'\d+', name).group())


def settled(program, node, height, frames, after):
    """Whether the label names the frame that the pixels show."""
    label = read_label(program)
    number = find_frame(read_stage(program, node, height, 'gui-paused'), frames)
    print(f'# {after}: the label says {label}, the pixels {number}')
    return abs(label - number) <= 1


def main():
    need('xdotool', 'openbox', 'ffmpeg', 'ffprobe', 'import', 'convert')
    photo = os.path.join(os.environ['HOME'], 'bottle.jpg')
    shutil.copy(sys.argv[1], photo)

    program = Program()
    program.wait_for('Try the Sample')
    screenshot('gui-first-run')
    source = subprocess.Popen([sys.argv[2], photo], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env={**os.environ, 'GTK_A11Y': 'none'})
    window = wait(lambda: run('xdotool', 'search', '--onlyvisible', '--pid', str(source.pid)),
                  'the window to drag from').split()[-1]
    run('xdotool', 'windowmove', '--sync', program.window, '0', '0')
    run('xdotool', 'windowmove', '--sync', window, '1260', '100')
    time.sleep(.3)
    place = dict(line.split('=') for line in
                 run('xdotool', 'getwindowgeometry', '--shell', window).split())
    start = (int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(place['HEIGHT']) // 4)
    drag(start, program.place(program.wait_for('Start frame, empty')), 'gui-dragging')
    dropped = time.monotonic()
    program.wait_for('Start frame, bottle.jpg')
    print(f'# drop to preview: {(time.monotonic() - dropped) * 1000:.0f} ms')
    source.terminate()
    source.wait()
    run('xdotool', 'windowfocus', '--sync', program.window)
    screenshot('gui-composer')

    program.key('ctrl+l')
    program.type('fast push in, linear')  # at an even pace each frame differs from the next
    prompt = program.wait_for('Prompt')
    wait(lambda: any('20/2500' == n for _, n in program.names()), 'the typed words in the form')
    assert prompt is not None
    program.key('ctrl+Return')
    asked = time.monotonic()
    program.wait_for(r'Take 1, (Preparing|Waiting|Rendering|Checking).*')
    program.wait_for(r'Take 1, Rendering.*', 30)
    screenshot('gui-rendering')
    program.wait_for(r'Take 1, Done, 5 seconds, Local engine', 200)
    stage = program.wait_for('Clip of take 1')
    print(f'# Ctrl+Return to a finished clip: {time.monotonic() - asked:.1f} s')

    clips = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'inbetween', 'clips', '*', '*', '*.mp4'))
    assert len(clips) == 1, clips
    height, frames = read_frames(clips[0])
    assert len(frames) == 150, len(frames)

    # it plays: the number read from the pixels goes on
    seen = []
    for i in range(4):
        seen.append(find_frame(read_stage(program, stage, height, f'gui-playing-{i}'), frames))
        time.sleep(.3)
    print(f'# frames seen while it played: {seen}')
    assert len(set(seen)) >= 3, seen

    # it stands still: the pixels are the frame that the label names
    program.click('Clip of take 1')
    time.sleep(.5)
    for key in ('', 'Right', 'Right', 'Home', 'End'):
        if key:
            program.key(key)
            time.sleep(.5)
        wait(lambda: settled(program, stage, height, frames, key or 'click'), f'one frame after {key or "the click"}', 30)
    assert read_label(program) == 150

    program.key('ctrl+q')
    wait(lambda: program.process.poll() is not None, 'the end of the program')
    assert program.process.returncode == 0, program.process.returncode
    said = program.end()
    assert said == '', said
    print('ok 1 a photo that is dropped becomes a clip that plays')


print('1..1')
main()
