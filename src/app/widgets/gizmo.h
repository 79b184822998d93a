/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BATON_TYPE_GIZMO (baton_gizmo_get_type ())
G_DECLARE_FINAL_TYPE (BatonGizmo, baton_gizmo, BATON, GIZMO, GtkWidget)

GtkWidget *baton_gizmo_new (const char *css_name);

G_END_DECLS
