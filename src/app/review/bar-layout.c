/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "bar-layout.h"

#define SPACING 9
#define LINE_SPACING 6
#define MOST 16

typedef struct
{
  GtkWidget *children[MOST]; /* of the first line */
  GtkRequestedSize sizes[MOST];
  guint n;
  GtkWidget *last; /* that may be below; NULL: hidden */
  int minimum, natural;
  int last_minimum, last_natural;
} Row;

static Row
read_row (GtkWidget *bar)
{
  Row row = { .last = gtk_widget_get_last_child (bar) };

  for (GtkWidget *child = gtk_widget_get_first_child (bar); child != row.last && row.n < MOST - 1;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkRequestedSize *size = &row.sizes[row.n];

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (
          child, GTK_ORIENTATION_HORIZONTAL, -1, &size->minimum_size, &size->natural_size, NULL, NULL);
      row.minimum += size->minimum_size + (row.n > 0 ? SPACING : 0);
      row.natural += size->natural_size + (row.n > 0 ? SPACING : 0);
      row.children[row.n++] = child;
    }
  if (row.last != NULL && gtk_widget_should_layout (row.last))
    gtk_widget_measure (
        row.last, GTK_ORIENTATION_HORIZONTAL, -1, &row.last_minimum, &row.last_natural, NULL, NULL);
  else
    row.last = NULL;
  return row;
}

/* The last one joins the others where it fits as a whole. */
static gboolean
join (Row *row, int width)
{
  if (row->last == NULL || row->natural + (row->n > 0 ? SPACING : 0) + row->last_natural > width)
    return FALSE;
  row->sizes[row->n] =
      (GtkRequestedSize){ .minimum_size = row->last_natural, .natural_size = row->last_natural };
  row->minimum += row->last_natural + (row->n > 0 ? SPACING : 0);
  row->children[row->n++] = row->last;
  row->last = NULL;
  return TRUE;
}

static void
share_out (Row *row, int width)
{
  int left = gtk_distribute_natural_allocation (MAX (width - row->minimum, 0), row->n, row->sizes);

  if (row->n > 0)
    row->sizes[0].minimum_size += left;
}

static int
line_height (const Row *row)
{
  int height = 0;

  for (guint i = 0; i < row->n; i++)
    {
      int natural;

      gtk_widget_measure (
          row->children[i], GTK_ORIENTATION_VERTICAL, row->sizes[i].minimum_size, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
    }
  return height;
}

static int
last_height (const Row *row, int width)
{
  int natural = 0;

  if (row->last != NULL && row->last_natural > 0)
    gtk_widget_measure (row->last, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
measure (GtkWidget *bar, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  Row row = read_row (bar);
  int width = for_size < 0 ? G_MAXINT / 2 : for_size, below;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (row.minimum, row.last_minimum);
      *natural = row.natural + row.last_natural + (row.n > 0 && row.last_natural > 0 ? SPACING : 0);
      return;
    }
  join (&row, width);
  share_out (&row, width);
  below = last_height (&row, width);
  *minimum = *natural = line_height (&row) + (below > 0 ? below + LINE_SPACING : 0);
}

static void
allocate (GtkWidget *bar, int width, int height, int baseline)
{
  Row row = read_row (bar);
  gboolean mirrored = gtk_widget_get_direction (bar) == GTK_TEXT_DIR_RTL;
  int x = 0, line, below;

  join (&row, width);
  share_out (&row, width);
  below = last_height (&row, width);
  line = MAX (height - (below > 0 ? below + LINE_SPACING : 0), 0);
  for (guint i = 0; i < row.n; i++)
    {
      int own = row.sizes[i].minimum_size;

      gtk_widget_size_allocate (
          row.children[i], &(GtkAllocation){ mirrored ? width - x - own : x, 0, own, line }, -1);
      x += own + SPACING;
    }
  if (row.last != NULL)
    gtk_widget_size_allocate (row.last, &(GtkAllocation){ 0, height - below, width, below }, -1);
}

static GtkSizeRequestMode
request_mode (GtkWidget *bar)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

GtkLayoutManager *
baton_bar_layout_new (void)
{
  return gtk_custom_layout_new (request_mode, measure, allocate);
}
