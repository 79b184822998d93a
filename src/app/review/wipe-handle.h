/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line between two versions, with a grip: dragged by the pointer, moved by the arrow keys (with Shift
 * further), Home and End; a slider for assistive technology.
 *
 * Signals:
 *   dragged (double x)       the pointer wants it at x of its parent
 *   stepped (double by)      a key moves it by a fraction; ±2: all the way */
#define BATON_TYPE_WIPE_HANDLE (baton_wipe_handle_get_type ())
G_DECLARE_FINAL_TYPE (BatonWipeHandle, baton_wipe_handle, BATON, WIPE_HANDLE, GtkWidget)

#define BATON_WIPE_HANDLE_WIDTH 28

GtkWidget *baton_wipe_handle_new (void);
void baton_wipe_handle_tell (BatonWipeHandle *self, double position);

G_END_DECLS
