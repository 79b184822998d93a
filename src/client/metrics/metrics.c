/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "metrics.h"

#include "metrics-private.h"
#include <glib/gi18n-lib.h>

static void
names_init (BatonMetricsNames *names)
{
  names->ids = g_ptr_array_new_with_free_func (g_free);
  names->names = g_ptr_array_new_with_free_func (g_free);
  names->indexes = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
names_clear (BatonMetricsNames *names)
{
  g_hash_table_unref (names->indexes);
  g_ptr_array_unref (names->ids);
  g_ptr_array_unref (names->names);
}

guint32
baton_metrics_names_add (BatonMetricsNames *names, const char *id, const char *name)
{
  g_ptr_array_add (names->ids, g_strdup (id));
  g_ptr_array_add (names->names, g_strdup (name != NULL ? name : ""));
  g_hash_table_insert (names->indexes, g_ptr_array_index (names->ids, names->ids->len - 1),
      GUINT_TO_POINTER (names->ids->len));
  return names->ids->len - 1;
}

guint32
baton_metrics_index (const BatonMetricsNames *names, const char *id)
{
  guint index = id != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (names->indexes, id)) : 0;

  return index > 0 ? index - 1 : BATON_FLOW_NONE;
}

const char *
baton_metrics_name (const BatonMetricsNames *names, guint32 index)
{
  return index < names->names->len ? g_ptr_array_index (names->names, index) : "";
}

const BatonMetricsNames *
baton_metrics_dim (const BatonMetrics *metrics, BatonFlowDim dim)
{
  return dim == BATON_FLOW_OWNER_DIM ? &metrics->people : &metrics->dims[dim];
}

static BatonMetrics *
metrics_new (const char *board)
{
  BatonMetrics *metrics = g_new0 (BatonMetrics, 1);

  metrics->board = g_strdup (board);
  metrics->cards = g_ptr_array_new_with_free_func (g_free);
  metrics->card_ids = g_hash_table_new (g_str_hash, g_str_equal);
  names_init (&metrics->stages);
  names_init (&metrics->people);
  names_init (&metrics->roles);
  names_init (&metrics->reasons);
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    {
      names_init (&metrics->dims[i]);
      metrics->used[i] = g_byte_array_new ();
    }
  return metrics;
}

void
baton_metrics_free (BatonMetrics *metrics)
{
  g_clear_pointer (&metrics->flow, baton_flow_free);
  g_hash_table_unref (metrics->card_ids);
  g_ptr_array_unref (metrics->cards);
  names_clear (&metrics->stages);
  names_clear (&metrics->people);
  names_clear (&metrics->roles);
  names_clear (&metrics->reasons);
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    {
      names_clear (&metrics->dims[i]);
      g_byte_array_unref (metrics->used[i]);
    }
  g_clear_pointer (&metrics->zone, g_time_zone_unref);
  g_free (metrics->board);
  g_free (metrics->name);
  g_free (metrics->hours);
  g_free (metrics);
}

static BatonFlowKind
kind_of (const char *name)
{
  static const char *const kinds[] = { "backlog", "queue", "active", "review", "done" };

  for (BatonFlowKind kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      if (g_strcmp0 (name, kinds[kind]) == 0)
        return kind;
    }
  return BATON_FLOW_ACTIVE;
}

static gboolean
load_board (BatonMetrics *self, BatonReader *reader, GError **error)
{
  g_autoptr (BatonRow) board = baton_reader_row (reader, BATON_ENTITY_BOARD, self->board);
  const char *hours, *zone;
  gint64 window;

  if (board == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("The board is not here any more."));
      return FALSE;
    }
  self->name = g_strdup (baton_row_text (board, BATON_BOARD_NAME));
  hours = baton_row_text (board, BATON_BOARD_WORKING_HOURS);
  self->own_hours = baton_flow_hours_valid (hours);
  self->hours = g_strdup (self->own_hours ? hours : BATON_FLOW_USUAL_HOURS);
  zone = baton_row_text (board, BATON_BOARD_TIME_ZONE);
  self->zone = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();
  window = baton_row_int (board, BATON_BOARD_REVIEW_HOURS);
  self->review_window = (window > 0 ? window : 24) * 3600 * G_USEC_PER_SEC;
  return TRUE;
}

/* Removed stages too: cards have been in them. */
static gboolean
load_stages (BatonMetrics *self, BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, self->board, TRUE, error);
  g_autoptr (GArray) stages = g_array_new (FALSE, TRUE, sizeof (BatonFlowStage));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      BatonFlowStage stage = { .kind = kind_of (baton_row_text (row, BATON_STAGE_KIND)),
        .removed = baton_row_int (row, BATON_STAGE_REMOVED) != 0,
        .wip_limit = (guint) baton_row_int (row, BATON_STAGE_WIP_LIMIT),
        .age_limit = baton_row_int (row, BATON_STAGE_AGE_LIMIT) * G_USEC_PER_SEC };

      baton_metrics_names_add (&self->stages, row->id, baton_row_text (row, BATON_STAGE_NAME));
      g_array_append_val (stages, stage);
    }
  if (rows == NULL)
    return FALSE;
  self->flow = baton_flow_new ((const BatonFlowStage *) (gpointer) stages->data, stages->len);
  return TRUE;
}

static gboolean
load_people (BatonMetrics *self, BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_PERSON, BATON_FIELD_NONE, NULL, TRUE, error);
  g_autoptr (GArray) roles = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      const char *role = baton_row_text (row, BATON_PERSON_ROLE);
      guint32 index = baton_metrics_index (&self->roles, role);

      if (role != NULL && index == BATON_FLOW_NONE)
        index = baton_metrics_names_add (&self->roles, role, role);
      g_array_append_val (roles, index);
      baton_metrics_names_add (&self->people, row->id, baton_row_text (row, BATON_PERSON_NAME));
    }
  baton_flow_set_roles (self->flow, (const guint32 *) (gpointer) roles->data, roles->len);
  return rows != NULL;
}

static gboolean
load_names (BatonMetrics *self, BatonReader *reader, BatonFlowDim dim, BatonField board, BatonField name,
    GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, baton_field_info (board)->entity, board, self->board, TRUE, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);

      baton_metrics_names_add (&self->dims[dim], row->id, baton_row_text (row, name));
    }
  return rows != NULL;
}

static void
load_urgencies (BatonMetrics *self)
{
  const char *const *choices = baton_field_info (BATON_CARD_URGENCY)->choices;

  for (guint i = 0; choices[i] != NULL; i++)
    baton_metrics_names_add (&self->dims[BATON_FLOW_URGENCY], choices[i], choices[i]);
  self->flow->fast = baton_metrics_index (&self->dims[BATON_FLOW_URGENCY], "fast");
}

static gboolean
load_all_names (BatonMetrics *self, BatonReader *reader, GError **error)
{
  load_urgencies (self);
  return load_people (self, reader, error) &&
         load_names (self, reader, BATON_FLOW_CHANNEL, BATON_CHANNEL_BOARD, BATON_CHANNEL_NAME, error) &&
         load_names (self, reader, BATON_FLOW_CAMPAIGN, BATON_CAMPAIGN_BOARD, BATON_CAMPAIGN_NAME, error) &&
         load_names (
             self, reader, BATON_FLOW_ASSET_TYPE, BATON_ASSET_TYPE_BOARD, BATON_ASSET_TYPE_NAME, error);
}

/* People's ids and the names of roles are told apart by what is known. */
static gboolean
read_mark (BatonMetrics *self, const BatonRow *row, BatonFlowMark *mark)
{
  const char *giver = baton_row_text (row, BATON_HANDOFF_GIVER),
             *taker = baton_row_text (row, BATON_HANDOFF_TAKER);
  const char *channel = baton_row_text (row, BATON_HANDOFF_CHANNEL);
  const char *type = baton_row_text (row, BATON_HANDOFF_ASSET_TYPE);
  const char *said = baton_row_text (row, BATON_HANDOFF_MARK);

  mark->of_roles = baton_metrics_index (&self->people, giver) == BATON_FLOW_NONE;
  mark->from = baton_metrics_index (mark->of_roles ? &self->roles : &self->people, giver);
  mark->to = baton_metrics_index (mark->of_roles ? &self->roles : &self->people, taker);
  mark->channel = baton_metrics_index (&self->dims[BATON_FLOW_CHANNEL], channel);
  mark->asset_type = baton_metrics_index (&self->dims[BATON_FLOW_ASSET_TYPE], type);
  mark->sync = g_strcmp0 (said, "sync") == 0;
  return (mark->sync || g_strcmp0 (said, "async") == 0) && mark->from != BATON_FLOW_NONE &&
         mark->to != BATON_FLOW_NONE && (channel == NULL) == (mark->channel == BATON_FLOW_NONE) &&
         (type == NULL) == (mark->asset_type == BATON_FLOW_NONE);
}

static gboolean
load_marks (BatonMetrics *self, BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_HANDOFF, BATON_HANDOFF_BOARD, self->board, FALSE, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BatonFlowMark mark;

      if (read_mark (self, g_ptr_array_index (rows, i), &mark))
        g_array_append_val (self->flow->marks, mark);
    }
  return rows != NULL;
}

BatonMetrics *
baton_metrics_load (BatonReader *reader, const char *board, GError **error)
{
  g_autoptr (BatonMetrics) self = metrics_new (board);
  gboolean ok;

  g_return_val_if_fail (reader != NULL && board != NULL, NULL);
  if (!baton_reader_hold (reader, error))
    return NULL;
  ok = load_board (self, reader, error) && load_stages (self, reader, error) &&
       load_all_names (self, reader, error) && load_marks (self, reader, error) &&
       baton_metrics_load_cards (self, reader, NULL, error) &&
       baton_metrics_load_reviews (self, reader, error) && baton_metrics_load_mentions (self, reader, error);
  baton_reader_release (reader);
  return ok ? g_steal_pointer (&self) : NULL;
}

gpointer
baton_metrics_query (BatonReader *reader, gpointer board, GCancellable *cancellable, GError **error)
{
  return baton_metrics_load (reader, board, error);
}

/* The clock of working hours from the first event until now; NULL when the text has no hour to work. */
static BatonFlowHours *
hours_until (const BatonMetrics *metrics, gint64 now)
{
  gint64 first, last;

  if (!baton_flow_span (metrics->flow, &first, &last))
    first = last = now;
  return baton_flow_hours_new (metrics->hours, metrics->zone, MIN (first, now), MAX (last, now));
}

BatonFlowReviews *
baton_metrics_reviews (const BatonMetrics *metrics, const BatonFlowView *view)
{
  gboolean by_visits = metrics->flow->reviews->len == 0;
  g_autoptr (BatonFlowHours) hours =
      metrics->own_hours && by_visits ? hours_until (metrics, view->now) : NULL;

  return baton_flow_reviews_new (view, metrics->review_window, hours);
}

BatonFlowView *
baton_metrics_view (BatonMetrics *metrics, gint64 now, gboolean working, BatonFlowHours **hours)
{
  BatonFlowView *view = baton_flow_view_new (metrics->flow, now, metrics->zone);

  if (!working)
    return view;
  *hours = hours_until (metrics, now);
  view->hours = *hours;
  return view;
}
