/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of text turned by a quarter, read from the top down, for what is too narrow for words. */
#define BATON_TYPE_SIDEWAYS (baton_sideways_get_type ())
G_DECLARE_FINAL_TYPE (BatonSideways, baton_sideways, BATON, SIDEWAYS, GtkWidget)

GtkWidget *baton_sideways_new (void);
void baton_sideways_set_text (BatonSideways *self, const char *text);

G_END_DECLS
