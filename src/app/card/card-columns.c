/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-columns.h"

#define MARGIN 18
#define GAP 18
#define COLUMN_GAP 36
#define WIDE_FROM 760
#define WIDEST 1080
#define WIDEST_NARROW 640

enum
{
  HEAD,
  FACTS,
  BODY,
  HISTORY,
  N_PARTS,
};

struct _BatonCardColumns
{
  GtkWidget parent_instance;
  GtkWidget *parts[N_PARTS];
  gboolean wide;
};

G_DEFINE_FINAL_TYPE (BatonCardColumns, baton_card_columns, GTK_TYPE_WIDGET)

typedef struct
{
  int x, y, width, height;
} Place;

static int
height_for (GtkWidget *part, int width)
{
  int height;

  gtk_widget_measure (part, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static void
put (Place *places, int part, int x, int *y, int width, GtkWidget *widget)
{
  places[part] = (Place){ x, *y, width, height_for (widget, width) };
  if (places[part].height > 0)
    *y += places[part].height + GAP;
}

/* Where the parts go at a width; gives the height of it all. */
static int
arrange (BatonCardColumns *self, int width, Place places[N_PARTS])
{
  gboolean wide = width >= WIDE_FROM;
  int content = MIN (width, wide ? WIDEST : WIDEST_NARROW) - 2 * MARGIN;
  int x = (width - content) / 2;
  int y = 12;
  int left, right_x, left_y, right_y;

  put (places, HEAD, x, &y, content, self->parts[HEAD]);
  if (!wide)
    {
      put (places, FACTS, x, &y, content, self->parts[FACTS]);
      put (places, BODY, x, &y, content, self->parts[BODY]);
      put (places, HISTORY, x, &y, content, self->parts[HISTORY]);
      return y;
    }
  left = (content - COLUMN_GAP) * 3 / 5;
  right_x = x + left + COLUMN_GAP;
  left_y = right_y = y + 6;
  put (places, BODY, x, &left_y, left, self->parts[BODY]);
  put (places, FACTS, right_x, &right_y, content - left - COLUMN_GAP, self->parts[FACTS]);
  put (places, HISTORY, right_x, &right_y, content - left - COLUMN_GAP, self->parts[HISTORY]);
  return MAX (left_y, right_y);
}

static GtkSizeRequestMode
baton_card_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baton_card_columns_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BatonCardColumns *self = BATON_CARD_COLUMNS (widget);
  Place places[N_PARTS];

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      if (for_size < 0)
        gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
      *minimum = *natural = arrange (self, for_size, places);
      return;
    }
  for (int i = 0; i < N_PARTS; i++)
    {
      int part_minimum;

      gtk_widget_measure (self->parts[i], GTK_ORIENTATION_HORIZONTAL, -1, &part_minimum, NULL, NULL, NULL);
      *minimum = MAX (*minimum, part_minimum + 2 * MARGIN);
    }
  *natural = MAX (*minimum, 360);
}

static void
baton_card_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonCardColumns *self = BATON_CARD_COLUMNS (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Place places[N_PARTS];

  self->wide = width >= WIDE_FROM;
  arrange (self, width, places);
  for (int i = 0; i < N_PARTS; i++)
    {
      GtkAllocation allocation = { rtl ? width - places[i].x - places[i].width : places[i].x, places[i].y,
        places[i].width, places[i].height };

      gtk_widget_size_allocate (self->parts[i], &allocation, -1);
    }
}

static void
baton_card_columns_dispose (GObject *object)
{
  BatonCardColumns *self = BATON_CARD_COLUMNS (object);

  for (int i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->parts[i], gtk_widget_unparent);
  G_OBJECT_CLASS (baton_card_columns_parent_class)->dispose (object);
}

static void
baton_card_columns_class_init (BatonCardColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_card_columns_dispose;
  widget_class->get_request_mode = baton_card_columns_get_request_mode;
  widget_class->measure = baton_card_columns_measure;
  widget_class->size_allocate = baton_card_columns_size_allocate;
}

static void
baton_card_columns_init (BatonCardColumns *self)
{
}

GtkWidget *
baton_card_columns_new (GtkWidget *head, GtkWidget *facts, GtkWidget *body, GtkWidget *history)
{
  BatonCardColumns *self = g_object_new (BATON_TYPE_CARD_COLUMNS, NULL);
  GtkWidget *parts[N_PARTS] = { head, facts, body, history };

  for (int i = 0; i < N_PARTS; i++)
    {
      self->parts[i] = parts[i];
      gtk_widget_set_parent (parts[i], GTK_WIDGET (self));
    }
  return GTK_WIDGET (self);
}

gboolean
baton_card_columns_is_wide (BatonCardColumns *self)
{
  return self->wide;
}
