/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-legend.h"

#include <math.h>

#define BATON_TYPE_LEGEND (baton_legend_get_type ())
G_DECLARE_FINAL_TYPE (BatonLegend, baton_legend, BATON, LEGEND, GtkWidget)

struct _BatonLegend
{
  GtkWidget parent_instance;
  GArray *entries;
};

G_DEFINE_FINAL_TYPE (BatonLegend, baton_legend, GTK_TYPE_WIDGET)

#define SAMPLE 14.0
#define LINE 20.0

static void
entry_clear (gpointer data)
{
  g_free (((BatonLegendEntry *) data)->name);
}

GArray *
baton_legend_entries_new (void)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (BatonLegendEntry));

  g_array_set_clear_func (entries, entry_clear);
  return entries;
}

void
baton_legend_add (GArray *entries, const char *name, BatonLegendSample sample, BatonInk tone,
    BatonPattern pattern, BatonShape shape)
{
  BatonLegendEntry entry = {
    .name = g_strdup (name), .sample = sample, .tone = tone, .pattern = pattern, .shape = shape
  };

  g_array_append_val (entries, entry);
}

static void
draw_sample (const BatonLegendEntry *entry, BatonCanvas *canvas, double x, double y)
{
  GdkRGBA color = baton_palette_shade (&canvas->palette, entry->tone, entry->shade, entry->n_shades);
  float at_x = (float) (x + SAMPLE / 2), at_y = (float) y;

  if (entry->sample == BATON_SAMPLE_BLOCK)
    baton_canvas_rectangle (canvas, x + 1, y - 5, SAMPLE - 3, 11, &color, entry->pattern);
  else if (entry->sample == BATON_SAMPLE_LINE)
    baton_canvas_horizontal (canvas, x, y, SAMPLE, &color, 2.5, entry->pattern != BATON_PATTERN_PLAIN);
  else
    baton_marks_draw (canvas, &at_x, &at_y, 1, entry->shape, 4, &color, x, y - 8, SAMPLE, 16);
}

double
baton_legend_draw (GArray *entries, BatonCanvas *canvas, double x, double y, double width, gboolean draw)
{
  double left = 0, top = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const BatonLegendEntry *entry = &g_array_index (entries, BatonLegendEntry, i);
      double text, at;

      baton_canvas_measure (canvas, entry->name, BATON_TEXT_SMALL, &text, NULL);
      if (left > 0 && left + SAMPLE + 5 + text > width)
        {
          left = 0;
          top += LINE;
        }
      at = canvas->mirrored ? width - left - SAMPLE : left;
      if (draw)
        {
          draw_sample (entry, canvas, x + at, y + top + LINE / 2);
          baton_canvas_text (canvas, entry->name, BATON_TEXT_SMALL, &canvas->palette.faint,
              x + (canvas->mirrored ? at - 5 : at + SAMPLE + 5), y + top + LINE / 2, canvas->mirrored ? 1 : 0,
              0.5, 0);
        }
      left += SAMPLE + 5 + text + 14;
    }
  return entries->len > 0 ? top + LINE : 0;
}

static void
baton_legend_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonLegend *self = BATON_LEGEND (widget);
  g_auto (BatonCanvas) canvas = { 0 };

  if (self->entries == NULL)
    return;
  baton_canvas_init_screen (&canvas, widget, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  baton_legend_draw (self->entries, &canvas, 0, 0, canvas.width, TRUE);
  baton_canvas_finish_to (&canvas, snapshot);
}

static void
baton_legend_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  BatonLegend *self = BATON_LEGEND (widget);
  g_auto (BatonCanvas) canvas = { 0 };

  *minimum = *natural = 0;
  if (self->entries == NULL)
    return;
  baton_canvas_init_screen (&canvas, widget, for_size > 0 ? for_size : 360, 0);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 120;
      *natural = 360;
    }
  else
    *minimum = *natural =
        (int) ceil (baton_legend_draw (self->entries, &canvas, 0, 0, canvas.width, FALSE) * canvas.zoom);
}

static GtkSizeRequestMode
baton_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baton_legend_finalize (GObject *object)
{
  g_clear_pointer (&BATON_LEGEND (object)->entries, g_array_unref);
  G_OBJECT_CLASS (baton_legend_parent_class)->finalize (object);
}

static void
baton_legend_class_init (BatonLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_legend_finalize;
  widget_class->snapshot = baton_legend_snapshot;
  widget_class->measure = baton_legend_measure;
  widget_class->get_request_mode = baton_legend_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
baton_legend_init (BatonLegend *self)
{
}

GtkWidget *
baton_legend_new (void)
{
  return g_object_new (BATON_TYPE_LEGEND, NULL);
}

static gboolean
same (GArray *a, GArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const BatonLegendEntry *x = &g_array_index (a, BatonLegendEntry, i);
      const BatonLegendEntry *y = &g_array_index (b, BatonLegendEntry, i);

      if (!g_str_equal (x->name, y->name) || x->tone != y->tone || x->shade != y->shade ||
          x->n_shades != y->n_shades || x->pattern != y->pattern || x->sample != y->sample ||
          x->shape != y->shape)
        return FALSE;
    }
  return TRUE;
}

void
baton_legend_set_entries (GtkWidget *legend, GArray *entries)
{
  BatonLegend *self = BATON_LEGEND (legend);
  gboolean unchanged = same (self->entries, entries);

  g_clear_pointer (&self->entries, g_array_unref);
  self->entries = entries;
  gtk_widget_set_visible (legend, entries != NULL && entries->len > 0);
  if (!unchanged)
    gtk_widget_queue_resize (legend);
}

GArray *
baton_legend_entries (GtkWidget *legend)
{
  return BATON_LEGEND (legend)->entries;
}
