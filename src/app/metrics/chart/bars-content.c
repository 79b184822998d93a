/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "bars.h"

#include <math.h>

static void
part_clear (gpointer data)
{
  g_free (((BatonBarPart *) data)->name);
}

BatonBarsContent *
baton_bars_content_new (BatonAxisKind kind, gpointer data, GDestroyNotify free_data)
{
  BatonBarsContent *content = g_new0 (BatonBarsContent, 1);

  content->axis.kind = kind;
  content->axis.to = 1;
  content->rule = NAN;
  content->parts = g_array_new (FALSE, TRUE, sizeof (BatonBarPart));
  g_array_set_clear_func (content->parts, part_clear);
  content->names = g_ptr_array_new_with_free_func (g_free);
  content->notes = g_ptr_array_new_with_free_func (g_free);
  content->values = g_array_new (FALSE, TRUE, sizeof (BatonBarValue));
  content->data = data;
  content->free_data = free_data;
  return content;
}

void
baton_bars_content_free (BatonBarsContent *content)
{
  baton_axis_clear (&content->axis);
  g_array_unref (content->parts);
  g_ptr_array_unref (content->names);
  g_ptr_array_unref (content->notes);
  g_array_unref (content->values);
  g_free (content->rule_label);
  if (content->free_data != NULL)
    content->free_data (content->data);
  g_free (content);
}

void
baton_bars_add_part (BatonBarsContent *content, const char *name, BatonInk tone, BatonPattern pattern)
{
  BatonBarPart part = { g_strdup (name), tone, pattern };

  g_array_append_val (content->parts, part);
}

BatonBarValue *
baton_bars_add_row (BatonBarsContent *content, const char *name, const char *note)
{
  guint first = content->values->len;

  g_ptr_array_add (content->names, g_strdup (name));
  g_ptr_array_add (content->notes, g_strdup (note != NULL ? note : ""));
  g_array_set_size (content->values, first + content->parts->len);
  return &g_array_index (content->values, BatonBarValue, first);
}

static double
end_of_row (BatonBarsContent *content, guint row, double *low)
{
  guint n = content->parts->len;
  double sum = 0, most = 0;

  for (guint p = 0; p < n; p++)
    {
      const BatonBarValue *value = &g_array_index (content->values, BatonBarValue, row * n + p);

      if (isnan (value->value))
        continue;
      sum += value->value;
      most = MAX (most, content->ranges ? MAX (value->value, value->high) : value->value);
      *low = MIN (*low, content->ranges ? MIN (value->value, value->low) : value->value);
    }
  return content->ranges || content->beside ? most : sum;
}

/* Where only things are counted, there is no half of one on the axis. */
static gboolean
is_counted (const BatonBarsContent *content)
{
  gboolean counted = content->axis.kind == BATON_AXIS_NUMBER && !content->ranges;

  for (guint i = 0; i < content->values->len && counted; i++)
    {
      double value = g_array_index (content->values, BatonBarValue, i).value;

      counted = isnan (value) || value == floor (value);
    }
  return counted;
}

void
baton_bars_content_cover (BatonBarsContent *content)
{
  double low = 0, high = 0;

  content->axis.counted = is_counted (content);

  for (guint row = 0; row < content->names->len; row++)
    high = MAX (high, end_of_row (content, row, &low));
  if (!isnan (content->rule))
    high = MAX (high, content->rule);
  if (content->whole)
    {
      content->axis.from = 0;
      content->axis.to = 1;
    }
  else
    baton_axis_cover (&content->axis, low, high);
}
