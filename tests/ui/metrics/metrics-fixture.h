/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-fixture.h"
#include "pane.h"

G_BEGIN_DECLS

/* The metrics view of the fixture's window; what is returned is borrowed. */
BatonMetricsPane *metrics_open (Fixture *f);
BatonChart *metrics_chart (BatonMetricsPane *pane, const char *figure);
guint metrics_marks (BatonMetricsPane *pane, const char *figure);

/* A card from one of the board's stages to another. */
void metrics_move (Fixture *f, const char *card, guint from, guint to);

/* For fixture_new_with: the sample campaign; and its board with the view settled. */
void metrics_fill_sample (BatonWorkspace *workspace, BatonTestBoard *ids);
BatonMetricsPane *metrics_open_sample (Fixture *f);

/* A key on a chart; whether it was taken. */
gboolean metrics_press (BatonChart *chart, guint key);
/* The modal window that is open, or NULL. */
GtkWidget *metrics_dialog (void);

G_END_DECLS
