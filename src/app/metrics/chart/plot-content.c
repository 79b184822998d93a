/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "plot-content.h"

#include <string.h>

static void
layer_free (gpointer data)
{
  BatonLayer *layer = data;

  g_free (layer->name);
  g_free (layer->x);
  g_free (layer->y);
  g_free (layer->low);
  g_free (layer->high);
  g_free (layer->odd);
  g_free (layer);
}

static void
rule_clear (gpointer data)
{
  g_free (((BatonRule *) data)->label);
}

BatonPlotContent *
baton_plot_content_new (BatonAxisKind x, BatonAxisKind y, gpointer data, GDestroyNotify free_data)
{
  BatonPlotContent *content = g_new0 (BatonPlotContent, 1);

  content->x.kind = x;
  content->y.kind = y;
  content->x.to = content->y.to = 1;
  content->layers = g_ptr_array_new_with_free_func (layer_free);
  content->rules = g_array_new (FALSE, FALSE, sizeof (BatonRule));
  g_array_set_clear_func (content->rules, rule_clear);
  content->data = data;
  content->free_data = free_data;
  return content;
}

void
baton_plot_content_free (BatonPlotContent *content)
{
  baton_axis_clear (&content->x);
  baton_axis_clear (&content->y);
  g_ptr_array_unref (content->layers);
  g_array_unref (content->rules);
  g_free (content->columns);
  if (content->free_data != NULL)
    content->free_data (content->data);
  g_free (content);
}

BatonLayer *
baton_plot_add_layer (
    BatonPlotContent *content, BatonLayerKind kind, const char *name, guint n, BatonInk tone)
{
  BatonLayer *layer = g_new0 (BatonLayer, 1);

  layer->kind = kind;
  layer->name = g_strdup (name);
  layer->tone = tone;
  layer->n = n;
  layer->x = g_new0 (double, n);
  layer->y = g_new0 (double, n);
  g_ptr_array_add (content->layers, layer);
  return layer;
}

double *
baton_layer_low (BatonLayer *layer)
{
  if (layer->low == NULL)
    layer->low = g_new0 (double, layer->n);
  return layer->low;
}

double *
baton_layer_high (BatonLayer *layer)
{
  if (layer->high == NULL)
    layer->high = g_new0 (double, layer->n);
  return layer->high;
}

guint8 *
baton_layer_odd (BatonLayer *layer)
{
  if (layer->odd == NULL)
    layer->odd = g_new0 (guint8, layer->n);
  return layer->odd;
}

void
baton_plot_add_rule (
    BatonPlotContent *content, gboolean vertical, double at, const char *label, BatonInk tone)
{
  BatonRule rule = { at, g_strdup (label), vertical, tone };

  g_array_append_val (content->rules, rule);
}

double *
baton_plot_set_columns (BatonPlotContent *content, guint n, BatonMarkWords words)
{
  g_free (content->columns);
  content->n_columns = n;
  content->columns = g_new0 (double, n);
  content->column_words = words;
  return content->columns;
}

/* FNV-1a, eight bytes at a time. */
static void
mix (guint64 *hash, const void *data, gsize size)
{
  const guint8 *bytes = data;
  guint64 word;

  for (; size >= 8; size -= 8, bytes += 8)
    {
      memcpy (&word, bytes, 8);
      *hash = (*hash ^ word) * G_GUINT64_CONSTANT (1099511628211);
      *hash ^= *hash >> 29;
    }
  for (; size > 0; size--)
    *hash = (*hash ^ *bytes++) * G_GUINT64_CONSTANT (1099511628211);
}

static void
mix_text (guint64 *hash, const char *text)
{
  mix (hash, text != NULL ? text : "\1", text != NULL ? strlen (text) + 1 : 1);
}

static void
mix_doubles (guint64 *hash, const double *values, guint n)
{
  if (values != NULL)
    mix (hash, values, n * sizeof (double));
}

static void
mix_axis (guint64 *hash, const BatonAxis *axis)
{
  const double numbers[] = { axis->kind, axis->from, axis->to, axis->log, axis->day };

  mix_doubles (hash, numbers, G_N_ELEMENTS (numbers));
  if (axis->zone != NULL)
    mix_text (hash, g_time_zone_get_identifier (axis->zone));
  for (guint i = 0; axis->names != NULL && axis->names[i] != NULL; i++)
    mix_text (hash, axis->names[i]);
}

static void
mix_layer (guint64 *hash, const BatonLayer *layer)
{
  const double numbers[] = { layer->kind, layer->tone, layer->shade, layer->n_shades, layer->pattern,
    layer->shape, layer->quiet, layer->dashed, layer->width, layer->n };

  mix_doubles (hash, numbers, G_N_ELEMENTS (numbers));
  mix_text (hash, layer->name);
  mix_doubles (hash, layer->x, layer->n);
  mix_doubles (hash, layer->y, layer->n);
  mix_doubles (hash, layer->low, layer->n);
  mix_doubles (hash, layer->high, layer->n);
  if (layer->odd != NULL)
    mix (hash, layer->odd, layer->n);
}

guint64
baton_plot_content_hash (const BatonPlotContent *content)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  mix_axis (&hash, &content->x);
  mix_axis (&hash, &content->y);
  for (guint i = 0; i < content->layers->len; i++)
    mix_layer (&hash, g_ptr_array_index (content->layers, i));
  for (guint i = 0; i < content->rules->len; i++)
    {
      const BatonRule *rule = &g_array_index (content->rules, BatonRule, i);
      const double numbers[] = { rule->at, rule->vertical, rule->tone };

      mix_doubles (&hash, numbers, G_N_ELEMENTS (numbers));
      mix_text (&hash, rule->label);
    }
  mix_doubles (&hash, content->columns, content->n_columns);
  return hash;
}
