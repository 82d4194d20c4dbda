# SPDX-License-Identifier: GPL-3.0-or-later
"""The price on the button is the one in the ledger, to the cent, for every kind of order; Undo takes each back unsent.

usage: test-price.py
"""
from gui import need, screenshot, wait
from ordering import StandIn, Tap, answer, cli, make_photo, open_form, read_rows, run_test, set_day_cap

# provider, model, [(seconds, takes, what the button reads)]
ORDERS = [
    ('Local engine', None, [(5, 1, 'Generate · free'), (10, 3, 'Generate 3 clips · free')]),
    ('WaveSpeedAI', None, [(5, 1, 'Generate · $0.35'), (5, 3, 'Generate 3 clips · $1.05'),
                           (10, 1, 'Generate · $0.70'), (10, 4, 'Generate 4 clips · $2.80')]),
    ('eachlabs', None, [(5, 2, 'Generate 2 clips · $0.70'), (10, 1, 'Generate · $0.70'),
                        (10, 3, 'Generate 3 clips · $2.10')]),
    ('fal.ai', None, [(5, 1, 'Generate · $0.35'), (5, 4, 'Generate 4 clips · $1.40'),
                      (10, 2, 'Generate 2 clips · $1.40')]),
    ('Kling AI', 'Kling 2.5 Turbo Pro', [(5, 1, 'Generate · $0.35'), (10, 4, 'Generate 4 clips · $2.80')]),
    ('Kling AI', 'Kling 2.5 Turbo Standard', [(5, 1, 'Generate · $0.21'), (5, 3, 'Generate 3 clips · $0.63'),
                                              (10, 1, 'Generate · $0.42')]),
    ('Novita AI', None, [(5, 1, 'Generate · price not published'), (5, 2, 'Generate 2 clips · price not published')]),
    ('Vercel AI Gateway', None, [(10, 1, 'Generate · price not published')]),
    ('Replicate', None, [(10, 3, 'Generate 3 clips · price not published')]),
]


def name_price(micros):
    if micros is None:
        return 'price not published'
    return 'free' if micros == 0 else f'${micros / 1e6:.2f}'


def order_and_undo(program, form, text, takes):
    """What our ledger says of the order that the button read as `text`."""
    before = {row['id'] for row in read_rows()}
    form.order()
    if 'not published' in text:
        answer(program, r'Generate without knowing the price\?', 'Spend on .*')
    elif text.endswith('free'):
        wait(lambda: len(read_rows()) == len(before) + takes, 'rows of the order', 30)
        for row in read_rows():
            if row['id'] not in before:
                cli('jobs', 'cancel', row['id'])
        return [row for row in read_rows() if row['id'] not in before]
    program.key('ctrl+z')
    wait(lambda: len(read_rows()) == len(before) + takes, 'rows of the order', 30)
    rows = [row for row in read_rows() if row['id'] not in before]
    wait(lambda: all(row['state'] == 'CANCELLED_UNSENT' for row in read_rows()), 'an order taken back', 30)
    return rows


def main():
    need('xdotool', 'openbox', 'convert', 'import')
    tap = Tap()
    with StandIn() as stand:
        set_day_cap('none')
        program, form = open_form(stand, make_photo('mug.png'))
        n = 0
        for provider, model, orders in ORDERS:
            form.choose('Provider', provider)
            if model:
                form.choose('Model', model)
            for seconds, takes, text in orders:
                n += 1
                form.check(f'Duration {seconds} seconds')
                form.check(f'{takes} takes?')
                form.wait_button(text)
                if n == 4:
                    screenshot('gui-price')
                # words of its own: the same order again is another test
                form.write_prompt(f'slow push in, {n}')
                rows = order_and_undo(program, form, text, takes)
                estimates = [row['estimate_micros'] for row in rows]
                total = None if None in estimates else sum(estimates)
                tap.ok(len(rows) == takes and text.endswith(name_price(total)),
                       f'{provider}, {seconds} s, {takes}: “{text}” is what the ledger says', estimates)
        ledger = stand.ledger()
        tap.ok(ledger['billed'] == 0 and all(s['submits'] == 0 for s in ledger['services'].values()),
               f'{n} orders that were taken back: nothing was sent', ledger['services'])
        said = program.end()
        tap.ok(said == '', 'the program said nothing', said)
    tap.end()


run_test(main)
