/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "bars.h"

#include "chart-marks.h"

#include <math.h>
#include <string.h>

#define BAR 17.0
#define GAP 9.0

struct _BatonBars
{
  BatonChart parent_instance;
  BatonBarsContent *content;
  double left; /* where bars begin, and how long the longest may be; as last drawn on the screen */
  double width;
  double total; /* of the widget */
  gboolean mirrored;
};

G_DEFINE_FINAL_TYPE (BatonBars, baton_bars, BATON_TYPE_CHART)

static const BatonBarValue *
value_of (const BatonBarsContent *content, guint row, guint part)
{
  return &g_array_index (content->values, BatonBarValue, row * content->parts->len + part);
}

static gboolean
in_lines (const BatonBarsContent *content)
{
  return content->ranges || content->beside;
}

static double
row_height (const BatonBarsContent *content)
{
  return in_lines (content) ? content->parts->len * (BAR + 1) + GAP : BAR + GAP;
}

/* Whole bars have no axis: they all end where they end. */
static double
axis_height (const BatonBarsContent *content)
{
  return content->whole ? 0 : 24;
}

static double
top_of (const BatonBarsContent *content)
{
  return content->rule_label != NULL ? 20 : 4;
}

static double
row_total (const BatonBarsContent *content, guint row)
{
  double sum = 0;

  for (guint p = 0; p < content->parts->len; p++)
    {
      double value = value_of (content, row, p)->value;

      sum += isnan (value) ? 0 : value;
    }
  return sum;
}

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} Box;

/* Where a part lies when rows begin at left and the axis is width long. */
static Box
part_box (const BatonBarsContent *content, guint row, guint part, double left, double width)
{
  const BatonBarValue *value = value_of (content, row, part);
  double y = top_of (content) + row * row_height (content), before = 0;
  double total = content->whole ? row_total (content, row) : 1;
  double zero =
      left + width * baton_axis_place (&content->axis, content->axis.from > 0 ? content->axis.from : 0);
  double a, b;

  if (in_lines (content))
    y += part * (BAR + 1);
  if (isnan (value->value) || total <= 0)
    return (Box){ zero, y, 0, BAR };
  if (content->ranges)
    {
      a = left + width * baton_axis_place (&content->axis, value->low);
      b = left + width * baton_axis_place (&content->axis, value->high);
      return (Box){ a, y, b - a, BAR };
    }
  for (guint p = 0; p < part && !content->beside; p++)
    before += isnan (value_of (content, row, p)->value) ? 0 : value_of (content, row, p)->value;
  a = left + width * baton_axis_place (&content->axis, before / total);
  b = left + width * baton_axis_place (&content->axis, (before + value->value) / total);
  return (Box){ MIN (a, b), y, fabs (b - a), BAR };
}

static double
mirror (BatonCanvas *canvas, double x, double width)
{
  return canvas->mirrored ? canvas->width - x - width : x;
}

static void
draw_text (BatonCanvas *canvas, const char *text, BatonTextStyle style, const GdkRGBA *color, double x,
    double y, double xalign, double room)
{
  baton_canvas_text (canvas, text, style, color, mirror (canvas, x, 0), y,
      canvas->mirrored ? 1 - xalign : xalign, 0.5, room);
}

static void
find_room (const BatonBarsContent *content, BatonCanvas *canvas, double *left, double *width)
{
  double names = 0, notes = 0, w;

  for (guint i = 0; i < content->names->len; i++)
    {
      baton_canvas_measure (canvas, g_ptr_array_index (content->names, i), BATON_TEXT_PLAIN, &w, NULL);
      names = MAX (names, w);
      baton_canvas_measure (canvas, g_ptr_array_index (content->notes, i), BATON_TEXT_BOLD, &w, NULL);
      notes = MAX (notes, w);
    }
  *left = MIN (ceil (names), canvas->width * 0.38) + 12;
  *width = MAX (20, canvas->width - *left - (notes > 0 ? MIN (ceil (notes), canvas->width * 0.3) + 10 : 14));
}

static void
draw_axis (const BatonBarsContent *content, BatonCanvas *canvas, double left, double width)
{
  double bottom = canvas->height - axis_height (content);
  g_autoptr (GArray) ticks = baton_axis_ticks (&content->axis, width, 64);

  for (guint i = 0; i < ticks->len; i++)
    {
      const BatonAxisTick *tick = &g_array_index (ticks, BatonAxisTick, i);
      double x = left + width * baton_axis_place (&content->axis, tick->value), label;

      baton_canvas_vertical (canvas, mirror (canvas, x, 0), 0, bottom, &canvas->palette.grid, 1, FALSE);
      baton_canvas_measure (canvas, tick->label, BATON_TEXT_SMALL, &label, NULL);
      draw_text (canvas, tick->label, BATON_TEXT_SMALL, &canvas->palette.faint,
          MIN (x, canvas->width - label / 2), bottom + 12, 0.5, 0);
    }
}

static void
draw_rule (const BatonBarsContent *content, BatonCanvas *canvas, double left, double width)
{
  double x = left + width * baton_axis_place (&content->axis, content->rule);

  if (isnan (content->rule))
    return;
  baton_canvas_vertical (canvas, mirror (canvas, x, 0), content->rule_label != NULL ? 16 : 0,
      canvas->height - axis_height (content) - (content->rule_label != NULL ? 16 : 0), &canvas->palette.ink,
      1.2, TRUE);
  if (content->rule_label != NULL)
    draw_text (canvas, content->rule_label, BATON_TEXT_SMALL, &canvas->palette.ink, x, 8,
        x > canvas->width - 60 ? 1 : 0.5, 0);
}

static void
draw_range (const BatonBarsContent *content, BatonCanvas *canvas, guint row, guint part, const Box *box,
    double left, double width)
{
  const BatonBarPart *style = &g_array_index (content->parts, BatonBarPart, part);
  const BatonBarValue *value = value_of (content, row, part);
  GdkRGBA color = canvas->palette.tones[style->tone];
  double x = left + width * baton_axis_place (&content->axis, value->value), middle = box->y + BAR / 2;
  float at = (float) mirror (canvas, x, 0), y = (float) middle;

  baton_canvas_horizontal (canvas, mirror (canvas, box->x, box->width), middle, box->width, &color, 3, FALSE);
  color.alpha = 1;
  baton_marks_draw (canvas, &at, &y, 1, (BatonShape) (part % 4), 5, &color, at - 8, middle - 8, 16, 16);
}

static void
draw_row (const BatonBarsContent *content, BatonCanvas *canvas, guint row, double left, double width)
{
  double middle = top_of (content) + row * row_height (content) + (row_height (content) - GAP) / 2;
  const char *note = g_ptr_array_index (content->notes, row);
  double end = left;

  draw_text (canvas, g_ptr_array_index (content->names, row), BATON_TEXT_PLAIN, &canvas->palette.ink, 0,
      middle, 0, left - 12);
  for (guint p = 0; p < content->parts->len; p++)
    {
      const BatonBarPart *style = &g_array_index (content->parts, BatonBarPart, p);
      Box box = part_box (content, row, p, left, width);

      if (isnan (value_of (content, row, p)->value))
        continue;
      if (content->ranges)
        draw_range (content, canvas, row, p, &box, left, width);
      else
        baton_canvas_rectangle (canvas, mirror (canvas, box.x, box.width), box.y, box.width, box.height,
            &canvas->palette.tones[style->tone], style->pattern);
      end = MAX (end, box.x + box.width);
    }
  if (*note != '\0')
    draw_text (canvas, note, BATON_TEXT_BOLD, &canvas->palette.ink,
        content->whole ? left + width + 10 : end + 8, middle, 0, MAX (20, canvas->width - end - 8));
}

static void
bars_draw (BatonChart *chart, BatonCanvas *canvas, gboolean screen)
{
  BatonBars *self = BATON_BARS (chart);
  double left, width;

  if (self->content == NULL)
    return;
  find_room (self->content, canvas, &left, &width);
  if (!self->content->whole)
    draw_axis (self->content, canvas, left, width);
  for (guint row = 0; row < self->content->names->len; row++)
    draw_row (self->content, canvas, row, left, width);
  draw_rule (self->content, canvas, left, width);
  if (!screen)
    return;
  self->left = left;
  self->width = width;
  self->total = canvas->width;
  self->mirrored = canvas->mirrored;
}

static guint
bars_n_marks (BatonChart *chart)
{
  BatonBars *self = BATON_BARS (chart);

  return self->content != NULL ? self->content->values->len : 0;
}

static gboolean
bars_mark_area (BatonChart *chart, guint mark, graphene_rect_t *area)
{
  BatonBars *self = BATON_BARS (chart);
  guint n = self->content->parts->len;
  Box box;

  if (self->width <= 0)
    return FALSE;
  box = part_box (self->content, mark / n, mark % n, self->left, self->width);
  if (self->mirrored)
    box.x = self->total - box.x - box.width;
  graphene_rect_init (area, (float) box.x, (float) box.y, (float) MAX (box.width, 1), (float) box.height);
  return TRUE;
}

/* In its bar, or, for a row of one bar, anywhere in the row. */
static guint
bars_mark_at (BatonChart *chart, double x, double y)
{
  BatonBars *self = BATON_BARS (chart);
  guint n = bars_n_marks (chart), parts = n > 0 ? self->content->parts->len : 1;

  for (guint mark = 0; mark < n; mark++)
    {
      graphene_rect_t area;

      if (!bars_mark_area (chart, mark, &area) || y < area.origin.y - 2 ||
          y > area.origin.y + area.size.height + 2)
        continue;
      if (parts == 1 || in_lines (self->content) ||
          (x >= area.origin.x && x <= area.origin.x + area.size.width &&
              !isnan (value_of (self->content, mark / parts, mark % parts)->value)))
        return mark;
    }
  return BATON_NO_MARK;
}

static char *
bars_mark_words (BatonChart *chart, guint mark)
{
  const BatonBarsContent *content = BATON_BARS (chart)->content;
  guint n = content->parts->len;
  const BatonBarValue *value = value_of (content, mark / n, mark % n);
  g_autofree char *words = NULL;

  if (content->words != NULL)
    return content->words (content->data, mark / n, mark % n);
  words = isnan (value->value) ? g_strdup ("–") : baton_axis_words (&content->axis, value->value);
  if (n == 1)
    return g_strdup_printf ("%s\n%s", (char *) g_ptr_array_index (content->names, mark / n), words);
  return g_strdup_printf ("%s\n%s: %s", (char *) g_ptr_array_index (content->names, mark / n),
      g_array_index (content->parts, BatonBarPart, mark % n).name, words);
}

/* Up and down from row to row, left and right from part to part. */
static guint
bars_step (BatonChart *chart, guint mark, GtkDirectionType direction)
{
  guint n = bars_n_marks (chart), parts = BATON_BARS (chart)->content->parts->len;

  if (direction == GTK_DIR_UP)
    return mark >= parts ? mark - parts : mark;
  if (direction == GTK_DIR_DOWN)
    return mark + parts < n ? mark + parts : mark;
  if (direction == GTK_DIR_LEFT)
    return mark > 0 ? mark - 1 : mark;
  return mark + 1 < n ? mark + 1 : mark;
}

static gboolean
same_texts (GPtrArray *a, GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    same = g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i));
  return same;
}

static gboolean
same_parts (const BatonBarsContent *a, const BatonBarsContent *b)
{
  gboolean same = a->parts->len == b->parts->len;

  for (guint i = 0; same && i < a->parts->len; i++)
    {
      const BatonBarPart *one = &g_array_index (a->parts, BatonBarPart, i);
      const BatonBarPart *other = &g_array_index (b->parts, BatonBarPart, i);

      same = g_strcmp0 (one->name, other->name) == 0 && one->tone == other->tone &&
             one->pattern == other->pattern;
    }
  return same;
}

static gboolean
same (const BatonBarsContent *a, const BatonBarsContent *b)
{
  return a != NULL && b != NULL && same_texts (a->names, b->names) && same_texts (a->notes, b->notes) &&
         same_parts (a, b) && a->values->len == b->values->len &&
         memcmp (a->values->data, b->values->data, a->values->len * sizeof (BatonBarValue)) == 0 &&
         a->axis.kind == b->axis.kind && a->axis.from == b->axis.from && a->axis.to == b->axis.to &&
         a->axis.day == b->axis.day && a->whole == b->whole && a->ranges == b->ranges &&
         a->beside == b->beside && memcmp (&a->rule, &b->rule, sizeof (double)) == 0 &&
         g_strcmp0 (a->rule_label, b->rule_label) == 0;
}

gboolean
baton_bars_set_content (BatonBars *self, BatonBarsContent *content)
{
  gboolean unchanged = same (self->content, content);

  g_clear_pointer (&self->content, baton_bars_content_free);
  self->content = content;
  if (unchanged)
    return FALSE;
  if (content != NULL)
    baton_chart_set_size (BATON_CHART (self), 260,
        (int) ceil (top_of (content) + content->names->len * row_height (content) + axis_height (content)));
  baton_chart_changed (BATON_CHART (self));
  return TRUE;
}

const BatonBarsContent *
baton_bars_content (BatonBars *self)
{
  return self->content;
}

static void
baton_bars_dispose (GObject *object)
{
  g_clear_pointer (&BATON_BARS (object)->content, baton_bars_content_free);
  G_OBJECT_CLASS (baton_bars_parent_class)->dispose (object);
}

static void
baton_bars_class_init (BatonBarsClass *klass)
{
  BatonChartClass *chart_class = BATON_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_bars_dispose;
  chart_class->mirrors = TRUE;
  chart_class->draw = bars_draw;
  chart_class->n_marks = bars_n_marks;
  chart_class->mark_area = bars_mark_area;
  chart_class->mark_at = bars_mark_at;
  chart_class->mark_words = bars_mark_words;
  chart_class->step = bars_step;
}

static void
baton_bars_init (BatonBars *self)
{
}

BatonBars *
baton_bars_new (void)
{
  return g_object_new (BATON_TYPE_BARS, NULL);
}
