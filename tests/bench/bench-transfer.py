#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A download to disk beside curl, and an upload as base64, in one run on one machine.

usage: bench-transfer.py BENCH-TRANSFER [--megabytes N] [--rounds N]
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

MEGABYTE = 1024 * 1024
PHOTO = 10_000_000


class Server:
    """Serves one file as often as asked, and swallows what is posted."""

    def __init__(self, file):
        self.file = file
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=16)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                if not piece:
                    return
                data += piece
            head, body = data.split(b"\r\n\r\n", 1)
            if head.startswith(b"POST"):
                left = int(re.search(rb"(?i)content-length: *(\d+)", head)[1]) - len(body)
                while left > 0:
                    left -= len(connection.recv(MEGABYTE))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                return
            name = "small" if b" /small " in head else "large"
            with open(self.file[name], "rb") as file:
                size = os.fstat(file.fileno()).st_size
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n"
                                   b"Content-Length: %d\r\n\r\n" % size)
                connection.sendfile(file)


def run(arguments):
    """Wall seconds, processor seconds and what one command says of its memory."""
    started = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{arguments[0]} failed")
    peak = int(said) if said.strip().isdigit() else 0
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, peak


def make_file(path, size):
    block = os.urandom(MEGABYTE)
    with open(path, "wb") as file:
        while size > 0:
            size -= file.write(block[:size])
    return path


def median(rows):
    return [statistics.median(column) for column in zip(*rows)]


def bench_download(program, server, folder, rounds):
    target = os.path.join(folder, "target")
    commands = {
        # the program syncs at its end, so curl's file is synced within its time, too
        "ours": [program, "download", f"{server.url}/large", target],
        "curl": ["sh", "-c", 'curl -s -o "$1" "$0" && sync "$1"', f"{server.url}/large", target],
        "curl, no sync": ["curl", "-s", "-o", target, f"{server.url}/large"],
    }
    rows = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            rows[name].append(run(command))
            os.unlink(target)
    base = run([program, "download", f"{server.url}/small", target])[2]
    os.unlink(target)
    for name, measured in rows.items():
        wall, cpu, _ = median(measured)
        print(f"{name:14} wall {wall:6.2f} s  cpu {cpu:5.2f} s")
    ours, curl = median(rows["ours"]), median(rows["curl"])
    print(f"download: wall {ours[0] / curl[0]:.2f}x, cpu {ours[1] / curl[1]:.2f}x of curl's, "
          f"{ours[2]:.0f} KiB, {ours[2] - base:+.0f} KiB over a download of one byte")


def bench_upload(program, server, folder):
    small = make_file(os.path.join(folder, "small-photo"), 3)
    photo = make_file(os.path.join(folder, "photo"), PHOTO)
    base = median([run([program, "upload", server.url, small]) for _ in range(3)])
    wall, cpu, rss = median([run([program, "upload", server.url, photo]) for _ in range(3)])
    encoder = median([run(["sh", "-c", 'base64 -w0 "$0" > /dev/null', photo]) for _ in range(3)])
    print(f"upload of 10 MB as base64: wall {wall:.3f} s, cpu {(cpu - base[1]) * 1000:.0f} ms over an empty one "
          f"(coreutils base64: {encoder[1] * 1000:.0f} ms), {rss - base[2]:+.0f} KiB over an upload of 3 bytes")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print("load", *os.getloadavg())
    with tempfile.TemporaryDirectory(dir=os.environ.get("INB_BENCH_FOLDER")) as folder:
        server = Server({"large": make_file(os.path.join(folder, "large"), arguments.megabytes * MEGABYTE),
                         "small": make_file(os.path.join(folder, "small"), 1)})
        bench_download(arguments.program, server, folder, arguments.rounds)
        bench_upload(arguments.program, server, folder)
    print("load", *os.getloadavg())


if __name__ == "__main__":
    main()
