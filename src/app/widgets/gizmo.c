/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "gizmo.h"

/* A bare box for CSS to draw: a node name, and a picture stretched over it if one is set. It takes whatever
 * size its parent gives it, never takes the pointer and is not seen by assistive technology. */
struct _BatonGizmo
{
  GtkWidget parent_instance;
  GdkPaintable *paintable;
};

G_DEFINE_FINAL_TYPE (BatonGizmo, baton_gizmo, GTK_TYPE_WIDGET)

static void
baton_gizmo_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonGizmo *self = BATON_GIZMO (widget);

  if (self->paintable != NULL)
    gdk_paintable_snapshot (
        self->paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static void
baton_gizmo_dispose (GObject *object)
{
  g_clear_object (&BATON_GIZMO (object)->paintable);
  G_OBJECT_CLASS (baton_gizmo_parent_class)->dispose (object);
}

static void
baton_gizmo_class_init (BatonGizmoClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_gizmo_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = baton_gizmo_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
baton_gizmo_init (BatonGizmo *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
baton_gizmo_new (const char *css_name)
{
  return g_object_new (BATON_TYPE_GIZMO, "css-name", css_name, NULL);
}

/* Takes a reference of its own; NULL for none. The picture is taken as still. */
void
baton_gizmo_set_paintable (BatonGizmo *self, GdkPaintable *paintable)
{
  g_return_if_fail (BATON_IS_GIZMO (self));

  if (g_set_object (&self->paintable, paintable))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
