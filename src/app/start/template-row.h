/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that offers a board template: its stages as a small picture and by name. */
GtkWidget *baton_template_row_new (const char *id);
const char *baton_template_row_id (GtkWidget *row);

G_END_DECLS
