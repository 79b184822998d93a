/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "columns-layout.h"

#include "chart-canvas.h"

struct _BatonColumnsLayout
{
  GtkLayoutManager parent_instance;
  int least;
  int spacing;
  int height; /* as last laid out */
};

G_DEFINE_FINAL_TYPE (BatonColumnsLayout, baton_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

#define MOST 3

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);
  return n;
}

static int
columns_for (BatonColumnsLayout *self, GtkWidget *widget, int width)
{
  int least = (int) (self->least * baton_canvas_zoom (widget));
  int n = (width + self->spacing) / (least + self->spacing);

  return CLAMP (n, 1, (int) MAX (1, MIN (MOST, count_children (widget))));
}

/* The next child that takes part, from this one on. */
static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static const char wide_key[] = "baton-columns-wide";

static gboolean
is_wide (GtkWidget *child)
{
  return g_object_get_data (G_OBJECT (child), wide_key) != NULL;
}

void
baton_columns_set_wide (GtkWidget *child, gboolean wide)
{
  if (wide == is_wide (child))
    return;
  g_object_set_data (G_OBJECT (child), wide_key, GINT_TO_POINTER (wide));
  gtk_widget_queue_resize (child);
}

/* How many stand in the row that begins with this child. */
static int
count_row (GtkWidget *child, int columns)
{
  int n = 1;

  if (is_wide (child))
    return 1;
  for (child = next_shown (gtk_widget_get_next_sibling (child));
       child != NULL && n < columns && !is_wide (child);
       child = next_shown (gtk_widget_get_next_sibling (child)))
    n++;
  return n;
}

/* Goes through the rows; with allocate the children get their places. The height of all. */
static int
lay_out (BatonColumnsLayout *self, GtkWidget *widget, int width, gboolean allocate)
{
  int columns = columns_for (self, widget, width), y = 0;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *first = next_shown (gtk_widget_get_first_child (widget));

  while (first != NULL)
    {
      GtkWidget *child = first;
      int n = count_row (first, columns), height = 0, least, natural;
      int each = (width - (n - 1) * self->spacing) / n;

      for (int i = 0; i < n; i++, child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, each, &least, &natural, NULL, NULL);
          height = MAX (height, natural);
        }
      child = first;
      for (int i = 0; i < n; i++, child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int x = i * (each + self->spacing);

          if (allocate)
            gtk_widget_size_allocate (
                child, &(GtkAllocation){ mirrored ? width - x - each : x, y, each, height }, -1);
        }
      first = child;
      y += height + self->spacing;
    }
  return MAX (0, y - self->spacing);
}

static void
columns_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
    int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  BatonColumnsLayout *self = BATON_COLUMNS_LAYOUT (manager);
  int least, own;

  *minimum = *natural = 0;
  /* Without a width nobody is going to use the answer: the page scrolls. Every width costs the shaping of all
   * its text. */
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = for_size > 0 ? lay_out (self, widget, for_size, FALSE) : self->height;
      return;
    }
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &own, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, own);
    }
}

static void
columns_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  BatonColumnsLayout *self = BATON_COLUMNS_LAYOUT (manager);

  self->height = lay_out (self, widget, width, TRUE);
}

static GtkSizeRequestMode
columns_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baton_columns_layout_class_init (BatonColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = columns_measure;
  layout_class->allocate = columns_allocate;
  layout_class->get_request_mode = columns_get_request_mode;
}

static void
baton_columns_layout_init (BatonColumnsLayout *self)
{
}

GtkWidget *
baton_columns_box_new (int least, int spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  BatonColumnsLayout *layout = g_object_new (BATON_TYPE_COLUMNS_LAYOUT, NULL);

  layout->least = least;
  layout->spacing = spacing;
  gtk_widget_set_layout_manager (box, GTK_LAYOUT_MANAGER (layout));
  return box;
}
