/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A spin button on a page that scrolls: the wheel moves the page, not the number that happens to lie under
 * the pointer. */
GtkWidget *baton_quiet_spin_new (double low, double high, double step);

G_END_DECLS
