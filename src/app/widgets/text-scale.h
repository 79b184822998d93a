/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How large the person wants texts to be: 1 as they are made, 2 twice as large. What is measured in pixels
 * and holds words grows with it. */
double baton_text_scale (GtkWidget *widget);

G_END_DECLS
