/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "filter.h"

#include "baton-error.h"
#include "json.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

static const char *const kind_names[BATON_N_FILTERS] = { "owner", "channel", "campaign", "asset_type",
  "label", "urgency", "due", "blocked", "kind" };

BatonFilter *
baton_filter_new (void)
{
  BatonFilter *filter = g_new0 (BatonFilter, 1);

  for (guint i = 0; i < BATON_N_FILTERS; i++)
    filter->values[i] = g_ptr_array_new_with_free_func (g_free);
  return filter;
}

BatonFilter *
baton_filter_copy (const BatonFilter *filter)
{
  BatonFilter *copy = baton_filter_new ();

  for (guint i = 0; i < BATON_N_FILTERS; i++)
    {
      for (guint j = 0; j < filter->values[i]->len; j++)
        g_ptr_array_add (copy->values[i], g_strdup (g_ptr_array_index (filter->values[i], j)));
    }
  copy->text = g_strdup (filter->text);
  return copy;
}

void
baton_filter_free (BatonFilter *filter)
{
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    g_ptr_array_unref (filter->values[i]);
  g_free (filter->text);
  g_free (filter);
}

const char *
baton_filter_kind_name (BatonFilterKind kind)
{
  g_return_val_if_fail (kind < BATON_N_FILTERS, NULL);
  return kind_names[kind];
}

gboolean
baton_filter_is_empty (const BatonFilter *filter)
{
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    {
      if (filter->values[i]->len > 0)
        return FALSE;
    }
  return filter->text == NULL;
}

gboolean
baton_filter_is_used (const BatonFilter *filter, BatonFilterKind kind)
{
  return filter->values[kind]->len > 0;
}

gboolean
baton_filter_equal (const BatonFilter *a, const BatonFilter *b)
{
  g_autofree char *text_a = baton_filter_to_json (a);
  g_autofree char *text_b = baton_filter_to_json (b);

  return g_str_equal (text_a, text_b);
}

gboolean
baton_filter_has (const BatonFilter *filter, BatonFilterKind kind, const char *value)
{
  return g_ptr_array_find_with_equal_func (filter->values[kind], value, g_str_equal, NULL);
}

void
baton_filter_set (BatonFilter *filter, BatonFilterKind kind, const char *value, gboolean on)
{
  guint index;
  gboolean there = g_ptr_array_find_with_equal_func (filter->values[kind], value, g_str_equal, &index);

  if (on && !there)
    g_ptr_array_add (filter->values[kind], g_strdup (value));
  else if (!on && there)
    g_ptr_array_remove_index (filter->values[kind], index);
}

void
baton_filter_set_text (BatonFilter *filter, const char *text)
{
  g_free (filter->text);
  filter->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

char *
baton_filter_to_json (const BatonFilter *filter)
{
  GString *out = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    {
      if (filter->values[i]->len == 0)
        continue;
      baton_json_begin_array (&json, kind_names[i]);
      for (guint j = 0; j < filter->values[i]->len; j++)
        baton_json_string (&json, NULL, g_ptr_array_index (filter->values[i], j));
      baton_json_end_array (&json);
    }
  if (filter->text != NULL)
    baton_json_string (&json, "text", filter->text);
  baton_json_end_object (&json);
  return g_string_free (out, FALSE);
}

BatonFilter *
baton_filter_from_json (const char *text, GError **error)
{
  json_error_t problem;
  g_autoptr (json_t) root = json_loads (text, JSON_REJECT_DUPLICATES, &problem);
  g_autoptr (BatonFilter) filter = baton_filter_new ();

  if (!json_is_object (root))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_CODEC, _ ("This saved filter cannot be read."));
      return NULL;
    }
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    {
      size_t index;
      json_t *value;

      json_array_foreach (json_object_get (root, kind_names[i]), index, value)
        {
          if (json_is_string (value))
            baton_filter_set (filter, i, json_string_value (value), TRUE);
        }
    }
  baton_filter_set_text (filter, json_string_value (json_object_get (root, "text")));
  return g_steal_pointer (&filter);
}

BatonFilterClock
baton_filter_clock (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) midnight = NULL;
  g_autoptr (GDateTime) tomorrow = NULL;
  g_autoptr (GDateTime) next_week = NULL;

  midnight = g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
      g_date_time_get_day_of_month (time), 0, 0, 0);
  tomorrow = g_date_time_add_days (midnight, 1);
  next_week = g_date_time_add_days (midnight, 7);
  return (BatonFilterClock){ now, g_date_time_to_unix (tomorrow) * G_USEC_PER_SEC,
    g_date_time_to_unix (next_week) * G_USEC_PER_SEC };
}

static gboolean
meets_ref (const GPtrArray *values, const char *id)
{
  if (values->len == 0)
    return TRUE;
  return g_ptr_array_find_with_equal_func ((GPtrArray *) values, id != NULL ? id : "", g_str_equal, NULL);
}

static gboolean
meets_labels (const GPtrArray *values, BatonItem *card)
{
  const char *labels = baton_item_text (card, BATON_CARD_LABELS);

  for (guint i = 0; i < values->len; i++)
    {
      const char *value = g_ptr_array_index (values, i);

      if (*value == '\0' ? labels == NULL : baton_set_contains (labels, value))
        return TRUE;
    }
  return values->len == 0;
}

static const char *
due_class (const BatonFilterClock *clock, gint64 due)
{
  if (due == 0)
    return "none";
  if (due < clock->now)
    return "overdue";
  if (due < clock->end_of_today)
    return "today";
  return due < clock->end_of_week ? "week" : "later";
}

gboolean
baton_filter_matches (const BatonFilter *filter, const BatonFilterClock *clock, BatonItem *card,
    gboolean blocked, const char *kind)
{
  static const BatonField refs[] = { BATON_CARD_OWNER, BATON_CARD_CHANNEL, BATON_CARD_CAMPAIGN,
    BATON_CARD_ASSET_TYPE };

  for (guint i = 0; i < G_N_ELEMENTS (refs); i++)
    {
      if (!meets_ref (filter->values[BATON_FILTER_OWNER + i], baton_item_text (card, refs[i])))
        return FALSE;
    }
  return meets_labels (filter->values[BATON_FILTER_LABEL], card) &&
         meets_ref (filter->values[BATON_FILTER_URGENCY], baton_item_text (card, BATON_CARD_URGENCY)) &&
         meets_ref (
             filter->values[BATON_FILTER_DUE], due_class (clock, baton_item_int (card, BATON_CARD_DUE))) &&
         meets_ref (filter->values[BATON_FILTER_BLOCKED], blocked ? "yes" : "no") &&
         meets_ref (filter->values[BATON_FILTER_KIND], kind);
}
