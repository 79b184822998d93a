/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "prose.h"

struct _BatonProse
{
  GtkWidget parent_instance;
  char *text;
  PangoLayout *layout; /* as last laid out; NULL: the text or its looks have changed since */
};

G_DEFINE_FINAL_TYPE (BatonProse, baton_prose, GTK_TYPE_WIDGET)

/* What is asked for beside the chart that stands below: all the room that there is. With less, GTK 4.18
 * reckons the least height from a line that is shorter than the one that it gives. */
#define LEAST 120
#define NATURAL 1200

/* A number and its per cent sign stand on one line. */
static char *
keep_together (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " %", -1);

  return g_strjoinv ("\302\240%", parts);
}

static PangoLayout *
lay_out (BatonProse *self, int width)
{
  if (self->layout == NULL)
    {
      g_autofree char *text = keep_together (self->text);

      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
      /* Pango turns left and right for text against the widget's direction, where it is to stand all the
       * same. */
      pango_layout_set_alignment (self->layout,
          pango_layout_get_direction (self->layout, 0) == PANGO_DIRECTION_RTL ? PANGO_ALIGN_RIGHT
                                                                              : PANGO_ALIGN_LEFT);
    }
  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  return self->layout;
}

static void
forget_layout (BatonProse *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
baton_prose_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST;
      *natural = NATURAL;
      return;
    }
  pango_layout_get_pixel_size (
      lay_out (BATON_PROSE (widget), for_size > 0 ? for_size : NATURAL), NULL, &height);
  *minimum = *natural = height;
}

static void
baton_prose_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonProse *self = BATON_PROSE (widget);

  if (*self->text != '\0')
    gtk_snapshot_render_layout (
        snapshot, gtk_widget_get_style_context (widget), 0, 0, lay_out (self, gtk_widget_get_width (widget)));
}

static void
baton_prose_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (baton_prose_parent_class)->css_changed (widget, change);
  forget_layout (BATON_PROSE (widget));
}

static void
baton_prose_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (baton_prose_parent_class)->system_setting_changed (widget, setting);
  forget_layout (BATON_PROSE (widget));
}

static void
baton_prose_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  GTK_WIDGET_CLASS (baton_prose_parent_class)->direction_changed (widget, before);
  forget_layout (BATON_PROSE (widget));
}

static GtkSizeRequestMode
baton_prose_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baton_prose_finalize (GObject *object)
{
  BatonProse *self = BATON_PROSE (object);

  g_free (self->text);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (baton_prose_parent_class)->finalize (object);
}

static void
baton_prose_class_init (BatonProseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_prose_finalize;
  widget_class->measure = baton_prose_measure;
  widget_class->snapshot = baton_prose_snapshot;
  widget_class->css_changed = baton_prose_css_changed;
  widget_class->system_setting_changed = baton_prose_system_setting_changed;
  widget_class->direction_changed = baton_prose_direction_changed;
  widget_class->get_request_mode = baton_prose_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
baton_prose_init (BatonProse *self)
{
  self->text = g_strdup ("");
}

GtkWidget *
baton_prose_new (void)
{
  return g_object_new (BATON_TYPE_PROSE, NULL);
}

const char *
baton_prose_text (BatonProse *self)
{
  return self->text;
}

void
baton_prose_set_text (BatonProse *self, const char *text)
{
  if (g_str_equal (self->text, text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  forget_layout (self);
}
