/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "gizmo.h"

/* A bare box for CSS to draw. It takes whatever size its parent gives it, never takes the pointer and is not
 * seen by assistive technology. */
struct _BatonGizmo
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BatonGizmo, baton_gizmo, GTK_TYPE_WIDGET)

static void
baton_gizmo_class_init (BatonGizmoClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
baton_gizmo_init (BatonGizmo *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* `css_name` is the CSS node's name. */
GtkWidget *
baton_gizmo_new (const char *css_name)
{
  return g_object_new (BATON_TYPE_GIZMO, "css-name", css_name, NULL);
}
