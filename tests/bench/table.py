# SPDX-License-Identifier: GPL-3.0-or-later
"""table.py LINES: what the benches measured, beside what must be reached."""
import json
import sys

found = {}
for line in open(sys.argv[1], encoding='utf-8'):
    entry = json.loads(line)
    found[entry.pop('bench')] = entry

# what, bench, figure, unit, most (or least), and whether more is better
ROWS = (
    ('cold start to first frame with cards', 'cold_start', 'first_cards_ms', 'ms', None, False),
    ('… an empty libadwaita window in the same run', 'cold_start', 'empty_window_ms', 'ms', None, False),
    ('… ratio', 'cold_start', 'ratio', '×', 2, False),
    ('drop: durable and in the models, p99', 'drop_durable_and_in_models', 'p99_ms', 'ms', 16, False),
    ('… work of the processor in it, all threads, p99', 'drop_processor', 'p99_ms', 'ms', 16, False),
    ('… the disk alone beside it: one flush of 32 KiB, p99', 'drop_flush_beside', 'p99_ms', 'ms', None, False),
    ('drop: the next frame, p99', 'drop_frame', 'p99_ms', 'ms', None, False),
    ('drop: model, database and frame together, p99', 'drop_work', 'p99_ms', 'ms', None, False),
    ('drop: until painted, waiting for the frame included, p99', 'drop_until_painted', 'p99_ms', 'ms', None, False),
    ('scrolling, whole frame, p50', 'scroll', 'p50_ms', 'ms', 5, False),
    ('scrolling, whole frame, p99', 'scroll', 'p99_ms', 'ms', 16, False),
    ('scrolling fast (640 px a frame), p99', 'scroll_fast', 'p99_ms', 'ms', 16, False),
    ('filter to updated models, p99', 'filter_to_models', 'p99_ms', 'ms', 30, False),
    ('search keystroke to updated models, p99', 'search_to_models', 'p99_ms', 'ms', 30, False),
    ('resident memory after opening', 'memory', 'opened_mb', 'MB', 200, False),
    ('resident memory after all that work', 'memory', 'after_work_mb', 'MB', 200, False),
    ('import of 10,000 cards with history', 'import_trello', 's', 's', 5, False),
    ('operations applied per second, bulk', 'bulk_apply', 'ops_per_s', '/s', 20000, True),
    ('import of 1,000,000 events of 100,000 cards', 'import_events', 's', 's', 10, False),
    ('… most memory', 'import_events', 'peak_mb', 'MB', 500, False),
    ('metrics of 1,000,000 events from the disk, all sections', 'metrics_cold', 'ms', 'ms', 1000, False),
    ('… another filter', 'metrics_filter', 'ms', 'ms', 150, False),
    ('… in working hours', 'metrics_filter', 'working_hours_ms', 'ms', 150, False),
    ('… one more move, p99', 'metrics_one_move', 'p99_ms', 'ms', 5, False),
    ('metrics page of that log: from a click to the last figure', 'metrics_page', 'cold_ms', 'ms', 1000, False),
    ('… another question, to the last figure', 'metrics_filter_page', 'filter_ms', 'ms', 150, False),
    ('… work of all threads for it', 'metrics_filter_page', 'filter_cpu_ms', 'ms', None, False),
    ('… longest turn of the main loop', 'metrics_filter_page', 'longest_turn_ms', 'ms', 16, False),
    ('… work of all threads for it', 'metrics_page', 'cold_cpu_ms', 'ms', None, False),
    ('… longest turn of the main loop', 'metrics_page', 'longest_turn_ms', 'ms', 16, False),
    ('scatterplot of 100,000 marks: first frame', 'scatterplot', 'frame_ms', 'ms', 50, False),
    ('… the pointer over it, at most', 'scatterplot', 'hover_ms', 'ms', 4, False),
    ('10,000 Monte Carlo runs over a year', 'forecast_year', 'ms', 'ms', 100, False),
    ('… with the backtest over four years', 'forecast_year_and_backtest', 'ms', 'ms', 100, False),
    ('simulation of a year, 20 people, three ways, 200 replications', 'simulation_year', 's', 's', 2, False),
    ('wipe of two 24-megapixel pictures while dragging the line, p99', 'compare_wipe', 'p99_ms', 'ms', 16, False),
    ('overlay while changing its opacity, p99', 'compare_overlay', 'p99_ms', 'ms', 16, False),
    ('toggle between them, p99', 'compare_toggle', 'p99_ms', 'ms', 16, False),
    ('wipe while panning at 50 %, p99', 'compare_wipe_pan', 'p99_ms', 'ms', None, False),
    ('difference while panning at 50 %, p99', 'compare_difference_pan', 'p99_ms', 'ms', 16, False),
    ('first preview of a 50-megapixel JPEG, helper started', 'preview_jpeg_50mp', 'p50_ms', 'ms', None, False),
    ('… beside gdk-pixbuf-thumbnailer -s 1024', 'preview_jpeg_50mp', 'ratio', '×', 1.3, False),
    ('first page of a 300-page PDF, helper started', 'preview_pdf_300', 'p50_ms', 'ms', None, False),
    ('… beside pdftocairo of that page', 'preview_pdf_300', 'ratio', '×', 1.3, False),
    ('a version seen before: frames until it is shown', 'preview_seen', 'frames', '', 1, False),
    ('… work for it, p99', 'preview_seen', 'p99_ms', 'ms', 16, False),
    ('thumbnails of 500 files, share of the plain decoders', 'thumbnails', 'share', '×', 0.8, True),
    ('… frame work meanwhile, p99', 'thumbnails', 'frame_p99_ms', 'ms', 8, False),
    ('adding a large file (4 GB unless told otherwise)', 'asset_add', 's', 's', None, False),
    ('… beside cp and b2sum of the same file', 'asset_add', 'share', '×', 0.7, True),
    ('… memory above idle', 'asset_add', 'memory_mb', 'MB', 64, False),
    ('the 10,001st version of an asset, durable', 'versions', 'add_one_ms', 'ms', None, False),
    ('… list of all of them', 'versions', 'list_ms', 'ms', None, False),
    ('a single move, durable, p99', 'single_move_durable', 'p99_ms', 'ms', None, False),
    ('server: durable moves per second, one client', 'server_moves_1', 'per_s', '/s', 600, True),
    ('server: … beside a bare loop of fdatasync in the same run', 'server_moves_1', 'share', '×', None, True),
    ('server: durable moves per second, 8 clients', 'server_moves_8', 'per_s', '/s', 1500, True),
    ('server: … of these refused', 'server_moves_8', 'refused', '', 0, False),
    ('server: upload of 100 MiB, hash checked', 'server_upload', 'mb_per_s', 'MB/s', 275, True),
    ('server: … beside hashing and a plain copy of it to the disk', 'server_upload', 'share', '×', None, True),
    ('server: … memory of the server', 'server_upload', 'server_mb', 'MB', 40, False),
    ('server: 2 GB sent while the link is cut every 5 s: sent twice', 'server_cut_upload', 'resent_percent', '%', 5, False),
    ('server: … memory of the client', 'server_cut_upload', 'client_mb', 'MB', 40, False),
    ('server: … memory of the server', 'server_cut_upload', 'server_mb', 'MB', 60, False),
    ('server: log of 1,000,000 operations: ready, nothing in memory', 'server_long_log', 'ready_cold_ms', 'ms', 2000, False),
    ('server: … ready after a kill', 'server_long_log', 'ready_killed_ms', 'ms', 2000, False),
    ('server: … pull of 1,000, p99', 'server_long_log', 'pull_p99_ms', 'ms', 20, False),
    ('server: 1,000 clients, 50 operations a second: push, p99', 'server_crowd', 'push_p99_ms', 'ms', 150, False),
    ('server: … seen by all, p99', 'server_crowd', 'seen_p99_ms', 'ms', 1000, False),
    ('server: … of these not seen by all', 'server_crowd', 'unseen', '', 0, False),
    ('server: … memory of the server', 'server_crowd', 'server_mb', 'MB', 250, False),
    ('shared: drop in one program to painted in another, p50', 'share_painted', 'p50_ms', 'ms', 30, False),
    ('shared: … p99', 'share_painted', 'p99_ms', 'ms', 80, False),
    ('shared: new client, 10,000 cards and 100,000 operations: usable', 'sync_new_client_usable', 'value', 's', 2, False),
    ('shared: … complete', 'sync_new_client_complete', 'value', 's', 10, False),
    ('shared: 14 days offline, 2,000 own and 50,000 foreign operations: in step', 'sync_14_days_offline__in_step', 'value',
     's', 15, False),
    ('shared: … longest turn of the main loop', 'sync_14_days_offline__longest_turn_of_the_main_loop', 'value', 'ms', 32, False),
)

print('| what | measured | must reach | |')
print('|---|---:|---:|---|')
for what, bench, figure, unit, bound, more in ROWS:
    value = found.get(bench, {}).get(figure)
    if value is None:
        print(f'| {what} | not measured | | |')
        continue
    shown = f'{value:,.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'
    wanted = '' if bound is None else f'{"≥" if more else "≤"} {bound:,} {unit}'
    verdict = '' if bound is None else 'yes' if (value >= bound if more else value <= bound) else '**no**'
    print(f'| {what} | {shown} {unit} | {wanted} | {verdict} |')
