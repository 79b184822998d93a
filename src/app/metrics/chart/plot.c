/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "plot-private.h"

#include <math.h>

struct _BatonPlot
{
  BatonChart parent_instance;

  BatonPlotContent *content;
  guint64 hash;
  BatonPlotFrame frame; /* as last drawn on the screen */
  guint n_marks;
  float *x; /* of the marks, in pixels */
  float *y;
  BatonMarkGrid *grid;
};

G_DEFINE_FINAL_TYPE (BatonPlot, baton_plot, BATON_TYPE_CHART)

static gboolean
has_marks (const BatonLayer *layer)
{
  return !layer->quiet && layer->kind != BATON_LAYER_BAND && layer->kind != BATON_LAYER_AREA &&
         layer->kind != BATON_LAYER_LINE;
}

gboolean
baton_plot_locate (BatonPlot *self, guint mark, const BatonLayer **layer, guint *i)
{
  if (self->content == NULL || self->content->n_columns > 0)
    return FALSE;
  for (guint l = 0; l < self->content->layers->len; l++)
    {
      const BatonLayer *one = g_ptr_array_index (self->content->layers, l);

      if (!has_marks (one))
        continue;
      if (mark < one->n)
        {
          *layer = one;
          *i = mark;
          return TRUE;
        }
      mark -= one->n;
    }
  return FALSE;
}

static void
forget_places (BatonPlot *self)
{
  g_clear_pointer (&self->grid, baton_mark_grid_free);
  g_clear_pointer (&self->x, g_free);
  g_clear_pointer (&self->y, g_free);
}

static guint
count_marks (BatonPlot *self)
{
  guint n = 0;

  if (self->content == NULL)
    return 0;
  if (self->content->n_columns > 0)
    return self->content->n_columns;
  for (guint l = 0; l < self->content->layers->len; l++)
    {
      const BatonLayer *layer = g_ptr_array_index (self->content->layers, l);

      n += has_marks (layer) ? layer->n : 0;
    }
  return n;
}

gboolean
baton_plot_set_content (BatonPlot *self, BatonPlotContent *content)
{
  guint64 hash = content != NULL ? baton_plot_content_hash (content) : 0;
  gboolean same = self->content != NULL && content != NULL && hash == self->hash;

  g_clear_pointer (&self->content, baton_plot_content_free);
  self->content = content;
  self->hash = hash;
  if (same)
    return FALSE;
  forget_places (self);
  self->n_marks = count_marks (self);
  baton_chart_changed (BATON_CHART (self));
  return TRUE;
}

const BatonPlotContent *
baton_plot_content (BatonPlot *self)
{
  return self->content;
}

static void
place_marks (BatonPlot *self)
{
  guint n = 0;

  forget_places (self);
  self->x = g_new (float, MAX (self->n_marks, 1));
  self->y = g_new (float, MAX (self->n_marks, 1));
  for (guint l = 0; l < self->content->layers->len && self->content->n_columns == 0; l++)
    {
      const BatonLayer *layer = g_ptr_array_index (self->content->layers, l);

      for (guint i = 0; has_marks (layer) && i < layer->n; i++, n++)
        {
          self->x[n] = (float) baton_plot_x (self->content, &self->frame, layer->x[i]);
          self->y[n] = (float) baton_plot_y (self->content, &self->frame, layer->y[i]);
        }
    }
  for (guint i = 0; i < self->content->n_columns; i++)
    {
      self->x[i] = (float) baton_plot_x (self->content, &self->frame, self->content->columns[i]);
      self->y[i] = (float) self->frame.top;
    }
}

static void
plot_draw (BatonChart *chart, BatonCanvas *canvas, gboolean screen)
{
  BatonPlot *self = BATON_PLOT (chart);
  BatonPlotFrame frame;

  if (self->content == NULL)
    return;
  baton_plot_draw (self->content, canvas, &frame);
  if (!screen)
    return;
  self->frame = frame;
  place_marks (self);
}

static guint
plot_n_marks (BatonChart *chart)
{
  return BATON_PLOT (chart)->n_marks;
}

static void
bar_area (BatonPlot *self, const BatonLayer *layer, guint i, graphene_rect_t *area)
{
  double x1 = baton_plot_x (self->content, &self->frame, layer->x[i] - layer->width / 2);
  double x2 = baton_plot_x (self->content, &self->frame, layer->x[i] + layer->width / 2);
  double y1 = baton_plot_y (self->content, &self->frame, layer->y[i]);
  double y2 = baton_plot_y (
      self->content, &self->frame, layer->low != NULL ? layer->low[i] : MAX (0, self->content->y.from));

  graphene_rect_init (area, (float) x1, (float) y1, (float) MAX (1, x2 - x1), (float) MAX (1, y2 - y1));
}

static gboolean
plot_mark_area (BatonChart *chart, guint mark, graphene_rect_t *area)
{
  BatonPlot *self = BATON_PLOT (chart);
  const BatonLayer *layer;
  guint i;

  if (self->x == NULL)
    return FALSE;
  if (baton_plot_locate (self, mark, &layer, &i) && layer->kind == BATON_LAYER_BARS)
    bar_area (self, layer, i, area);
  else if (self->content->n_columns > 0)
    graphene_rect_init (area, self->x[mark] - 1, (float) self->frame.top, 2, (float) self->frame.height);
  else
    graphene_rect_init (area, self->x[mark] - (float) BATON_POINT_RADIUS,
        self->y[mark] - (float) BATON_POINT_RADIUS, 2 * (float) BATON_POINT_RADIUS,
        2 * (float) BATON_POINT_RADIUS);
  return TRUE;
}

/* The column that is nearest, by halving. */
static guint
find_column (BatonPlot *self, double x)
{
  guint low = 0, high = self->n_marks - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->x[middle] < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 && x - self->x[low - 1] < self->x[low] - x ? low - 1 : low;
}

/* A bar is found anywhere in its column, even where it is too low to be hit. */
static guint
find_bar (BatonPlot *self, double x, double y)
{
  guint found = BATON_NO_MARK, first = 0;

  for (guint l = 0; l < self->content->layers->len; l++)
    {
      const BatonLayer *layer = g_ptr_array_index (self->content->layers, l);

      for (guint i = 0; layer->kind == BATON_LAYER_BARS && has_marks (layer) && i < layer->n; i++)
        {
          graphene_rect_t area;

          bar_area (self, layer, i, &area);
          if (x < area.origin.x || x >= area.origin.x + area.size.width)
            continue;
          if (found == BATON_NO_MARK || (y >= area.origin.y && y < area.origin.y + area.size.height))
            found = first + i;
        }
      first += has_marks (layer) ? layer->n : 0;
    }
  return found;
}

static guint
plot_mark_at (BatonChart *chart, double x, double y)
{
  BatonPlot *self = BATON_PLOT (chart);
  guint found;

  if (self->x == NULL || self->n_marks == 0 || x < self->frame.left - 6 ||
      x > self->frame.left + self->frame.width + 6 || y < self->frame.top - 6 ||
      y > self->frame.top + self->frame.height + 6)
    return BATON_NO_MARK;
  if (self->content->n_columns > 0)
    return find_column (self, x);
  if (self->grid == NULL)
    self->grid = baton_mark_grid_new (self->x, self->y, self->n_marks,
        self->frame.left + self->frame.width + 10, self->frame.top + self->frame.height + 10);
  found = find_bar (self, x, y);
  return found != BATON_NO_MARK ? found : baton_mark_grid_find (self->grid, x, y, 12);
}

static char *
plot_mark_words (BatonChart *chart, guint mark)
{
  BatonPlot *self = BATON_PLOT (chart);
  const BatonLayer *layer;
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  guint i;

  if (self->content == NULL)
    return g_strdup ("");
  if (self->content->n_columns > 0)
    return self->content->column_words (self->content->data, mark);
  if (!baton_plot_locate (self, mark, &layer, &i))
    return g_strdup ("");
  if (layer->words != NULL)
    return layer->words (self->content->data, i);
  x = baton_axis_words (&self->content->x, layer->x[i]);
  y = baton_axis_words (&self->content->y, layer->y[i]);
  return g_strdup_printf ("%s\n%s", x, y);
}

/* Up and down lead to the mark that is next in height. */
static guint
next_in_height (BatonPlot *self, guint mark, gboolean up)
{
  const BatonLayer *here, *layer;
  guint i, j, best = mark;
  double y, best_y = up ? G_MAXDOUBLE : -G_MAXDOUBLE;

  if (!baton_plot_locate (self, mark, &here, &i))
    return mark;
  y = here->y[i];
  for (guint other = 0; other < self->n_marks; other++)
    {
      double height;

      if (other == mark || !baton_plot_locate (self, other, &layer, &j))
        continue;
      height = layer->y[j];
      /* Of marks of one height, the later ones are above. */
      if (up ? height > y || (height == y && other > mark) : height < y || (height == y && other < mark))
        {
          gboolean nearer = up ? height < best_y : height > best_y || (height == best_y && other > best);

          best = nearer ? other : best;
          best_y = nearer ? height : best_y;
        }
    }
  return best;
}

static guint
plot_step (BatonChart *chart, guint mark, GtkDirectionType direction)
{
  BatonPlot *self = BATON_PLOT (chart);
  guint next = direction == GTK_DIR_LEFT && mark > 0 ? mark - 1 : mark;

  if (direction == GTK_DIR_RIGHT && mark + 1 < self->n_marks)
    next = mark + 1;
  if (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
    return next;
  return self->content->n_columns == 0 ? next_in_height (self, mark, direction == GTK_DIR_UP) : mark;
}

static void
draw_column (BatonPlot *self, BatonCanvas *canvas, guint column)
{
  baton_canvas_vertical (
      canvas, self->x[column], self->frame.top, self->frame.height, &canvas->palette.ink, 1.5, FALSE);
}

static void
plot_draw_current (BatonChart *chart, BatonCanvas *canvas, guint mark)
{
  BatonPlot *self = BATON_PLOT (chart);

  if (self->x != NULL && self->content->n_columns > 0)
    draw_column (self, canvas, mark);
  else
    BATON_CHART_CLASS (baton_plot_parent_class)->draw_current (chart, canvas, mark);
}

static void
baton_plot_dispose (GObject *object)
{
  BatonPlot *self = BATON_PLOT (object);

  forget_places (self);
  self->n_marks = 0;
  g_clear_pointer (&self->content, baton_plot_content_free);
  G_OBJECT_CLASS (baton_plot_parent_class)->dispose (object);
}

static void
baton_plot_class_init (BatonPlotClass *klass)
{
  BatonChartClass *chart_class = BATON_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_plot_dispose;
  chart_class->draw = plot_draw;
  chart_class->n_marks = plot_n_marks;
  chart_class->mark_area = plot_mark_area;
  chart_class->mark_at = plot_mark_at;
  chart_class->mark_words = plot_mark_words;
  chart_class->step = plot_step;
  chart_class->draw_current = plot_draw_current;
}

static void
baton_plot_init (BatonPlot *self)
{
}

BatonPlot *
baton_plot_new (void)
{
  return g_object_new (BATON_TYPE_PLOT, NULL);
}
