/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "naive.h"

#include "test-slow.h"

#include <string.h>

static void
items_changed_cb (BatonColumn *column, guint position, guint removed, guint added, Naive *naive)
{
  GPtrArray *shadow = g_hash_table_lookup (naive->shadows, column);

  naive->signals++;
  naive->removed += removed;
  naive->added += added;
  g_assert_cmpuint (position + removed, <=, shadow->len);
  if (removed > 0)
    g_ptr_array_remove_range (shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (
        shadow, (int) (position + i), g_object_ref (baton_column_peek (column, position + i)));
  g_assert_cmpuint (shadow->len, ==, baton_column_size (column));
}

static GPtrArray *
shadow_of (Naive *naive, BatonColumn *column)
{
  GPtrArray *shadow = g_hash_table_lookup (naive->shadows, column);

  if (shadow != NULL)
    return shadow;
  shadow = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < baton_column_size (column); i++)
    g_ptr_array_add (shadow, g_object_ref (baton_column_peek (column, i)));
  g_hash_table_insert (naive->shadows, g_object_ref (column), shadow);
  g_signal_connect (column, "items-changed", G_CALLBACK (items_changed_cb), naive);
  return shadow;
}

static void
reloaded_cb (BatonWorkspace *workspace, Naive *naive)
{
  naive->reloads++;
}

Naive *
naive_new (void)
{
  Naive *naive = g_new0 (Naive, 1);
  g_autoptr (GError) error = NULL;

  naive->folder = baton_test_folder_new ();
  naive->shadows = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_ptr_array_unref);
  naive->workspace = baton_workspace_open (naive->folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  naive->ids = baton_test_board_new (77);
  baton_workspace_perform_batch (
      naive->workspace, baton_test_board_ops (naive->ids, g_get_real_time ()), NULL, NULL, &error);
  g_assert_no_error (error);
  baton_workspace_set_me (naive->workspace, naive->ids->people[0], &error);
  g_assert_no_error (error);
  naive->board = baton_board_open (naive->workspace, naive->ids->board, &error);
  g_assert_no_error (error);
  g_signal_connect (naive->workspace, "reloaded", G_CALLBACK (reloaded_cb), naive);
  naive_check (naive, "as it was opened");
  return naive;
}

void
naive_free (Naive *naive)
{
  GHashTableIter iter;
  gpointer column;

  g_hash_table_iter_init (&iter, naive->shadows);
  while (g_hash_table_iter_next (&iter, &column, NULL))
    g_signal_handlers_disconnect_by_data (column, naive);
  g_hash_table_unref (naive->shadows);
  g_signal_handlers_disconnect_by_data (naive->workspace, naive);
  g_object_unref (naive->board);
  baton_workspace_close (naive->workspace);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (naive->workspace);
  baton_test_folder_remove (naive->folder);
  baton_test_board_free (naive->ids);
  g_free (naive->folder);
  g_free (naive);
}

gboolean
naive_try (Naive *naive, BatonOp *op, GError **error)
{
  return baton_workspace_perform (naive->workspace, op, NULL, error);
}

void
naive_do (Naive *naive, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  naive_try (naive, op, &error);
  g_assert_no_error (error);
}

void
naive_forget (Naive *naive)
{
  naive->signals = naive->removed = naive->added = 0;
}

/* The second opinion: slow, and from the database alone. */
typedef struct
{
  Naive *naive;
  BatonReader *reader;
  GHashTable *rows;  /* id → BatonRow, all that matters */
  GHashTable *found; /* of the text, or NULL */
  GPtrArray *cards;  /* BatonRow, by rank */
  BatonFilterClock clock;
} Opinion;

static void
add_rows (Opinion *opinion, BatonEntity entity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (opinion->reader, entity, BATON_FIELD_NONE, NULL, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (opinion->rows, row->id, baton_row_ref (row));
      if (entity == BATON_ENTITY_CARD)
        g_ptr_array_add (opinion->cards, row);
    }
}

static int
by_rank (gconstpointer a, gconstpointer b)
{
  const BatonRow *row_a = *(BatonRow *const *) a;
  const BatonRow *row_b = *(BatonRow *const *) b;
  gint64 rank_a = baton_row_int (row_a, BATON_CARD_RANK);
  gint64 rank_b = baton_row_int (row_b, BATON_CARD_RANK);

  return rank_a < rank_b ? -1 : rank_a > rank_b ? 1 : strcmp (row_a->id, row_b->id);
}

static Opinion *
form_opinion (Naive *naive)
{
  static const BatonEntity entities[] = { BATON_ENTITY_CARD, BATON_ENTITY_STAGE, BATON_ENTITY_CHANNEL,
    BATON_ENTITY_CAMPAIGN, BATON_ENTITY_ASSET_TYPE, BATON_ENTITY_PERSON };
  Opinion *opinion = g_new0 (Opinion, 1);
  const BatonFilter *filter = baton_board_filter (naive->board);

  opinion->naive = naive;
  opinion->reader = baton_workspace_reader (naive->workspace);
  opinion->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) baton_row_unref);
  opinion->cards = g_ptr_array_new ();
  opinion->clock = baton_filter_clock (g_get_real_time ());
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    add_rows (opinion, entities[i]);
  g_ptr_array_sort (opinion->cards, by_rank);
  if (filter->text != NULL)
    {
      g_autoptr (GPtrArray) ids =
          baton_reader_search (opinion->reader, filter->text, naive->ids->board, NULL);

      opinion->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < ids->len; i++)
        g_hash_table_add (opinion->found, g_strdup (g_ptr_array_index (ids, i)));
    }
  return opinion;
}

static void
opinion_free (Opinion *opinion)
{
  g_hash_table_unref (opinion->rows);
  g_clear_pointer (&opinion->found, g_hash_table_unref);
  g_ptr_array_unref (opinion->cards);
  g_free (opinion);
}

static gboolean
is_gone (Opinion *opinion, const char *id)
{
  BatonRow *row = id != NULL ? g_hash_table_lookup (opinion->rows, id) : NULL;

  return row == NULL || baton_row_int (row, baton_entity_removed (row->entity)) != 0;
}

static gboolean
counts (Opinion *opinion, BatonRow *card)
{
  return baton_row_int (card, BATON_CARD_REMOVED) == 0 && baton_row_int (card, BATON_CARD_ARCHIVED) == 0 &&
         baton_row_int (card, BATON_CARD_TEMPLATE) == 0 &&
         g_strcmp0 (baton_row_text (card, BATON_CARD_BOARD), opinion->naive->ids->board) == 0;
}

static const char *
kind_of (Opinion *opinion, BatonRow *card)
{
  BatonRow *stage = g_hash_table_lookup (opinion->rows, baton_row_text (card, BATON_CARD_STAGE));

  return baton_row_text (stage, BATON_STAGE_KIND);
}

static gboolean
is_blocked (Opinion *opinion, BatonRow *card)
{
  g_auto (GStrv) blockers = baton_set_split (baton_row_text (card, BATON_CARD_BLOCKERS));

  if (baton_row_text (card, BATON_CARD_BLOCKED_REASON) != NULL)
    return TRUE;
  for (guint i = 0; blockers[i] != NULL; i++)
    {
      BatonRow *blocker = g_hash_table_lookup (opinion->rows, blockers[i]);

      if (baton_row_int (blocker, BATON_CARD_REMOVED) == 0 &&
          baton_row_int (blocker, BATON_CARD_ARCHIVED) == 0 &&
          !g_str_equal (kind_of (opinion, blocker), "done"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
asks_for (const BatonFilter *filter, BatonFilterKind kind, const char *value)
{
  gboolean met = filter->values[kind]->len == 0;

  for (guint i = 0; i < filter->values[kind]->len; i++)
    met = met || g_str_equal (filter->values[kind]->pdata[i], value != NULL ? value : "");
  return met;
}

static gboolean
asks_for_labels (const BatonFilter *filter, BatonRow *card)
{
  g_auto (GStrv) labels = baton_set_split (baton_row_text (card, BATON_CARD_LABELS));

  if (labels[0] == NULL)
    return asks_for (filter, BATON_FILTER_LABEL, "");
  for (guint i = 0; labels[i] != NULL; i++)
    {
      if (asks_for (filter, BATON_FILTER_LABEL, labels[i]))
        return TRUE;
    }
  return FALSE;
}

static const char *
due_of (Opinion *opinion, BatonRow *card)
{
  gint64 due = baton_row_int (card, BATON_CARD_DUE);

  return due == 0                            ? "none"
         : due < opinion->clock.now          ? "overdue"
         : due < opinion->clock.end_of_today ? "today"
         : due < opinion->clock.end_of_week  ? "week"
                                             : "later";
}

static gboolean
passes (Opinion *opinion, BatonRow *card)
{
  const BatonFilter *filter = baton_board_filter (opinion->naive->board);

  return (opinion->found == NULL || g_hash_table_contains (opinion->found, card->id)) &&
         asks_for (filter, BATON_FILTER_OWNER, baton_row_text (card, BATON_CARD_OWNER)) &&
         asks_for (filter, BATON_FILTER_CHANNEL, baton_row_text (card, BATON_CARD_CHANNEL)) &&
         asks_for (filter, BATON_FILTER_CAMPAIGN, baton_row_text (card, BATON_CARD_CAMPAIGN)) &&
         asks_for (filter, BATON_FILTER_ASSET_TYPE, baton_row_text (card, BATON_CARD_ASSET_TYPE)) &&
         asks_for (filter, BATON_FILTER_URGENCY, baton_row_text (card, BATON_CARD_URGENCY)) &&
         asks_for_labels (filter, card) && asks_for (filter, BATON_FILTER_DUE, due_of (opinion, card)) &&
         asks_for (filter, BATON_FILTER_BLOCKED, is_blocked (opinion, card) ? "yes" : "no") &&
         asks_for (filter, BATON_FILTER_KIND, kind_of (opinion, card));
}

static const char *
lane_of (Opinion *opinion, BatonRow *card)
{
  static const BatonField fields[] = { [BATON_LANES_CHANNEL] = BATON_CARD_CHANNEL,
    [BATON_LANES_CAMPAIGN] = BATON_CARD_CAMPAIGN,
    [BATON_LANES_OWNER] = BATON_CARD_OWNER,
    [BATON_LANES_ASSET_TYPE] = BATON_CARD_ASSET_TYPE,
    [BATON_LANES_URGENCY] = BATON_CARD_URGENCY };
  BatonLanes lanes = baton_board_lanes (opinion->naive->board);
  const char *value = lanes != BATON_LANES_NONE ? baton_row_text (card, fields[lanes]) : NULL;

  if (lanes == BATON_LANES_URGENCY)
    return value != NULL ? value : "normal";
  return is_gone (opinion, value) ? "" : value;
}

static char *
compare_cell (Opinion *opinion, const char *stage, const char *lane, guint *shown)
{
  BatonColumn *cell = baton_board_cell (opinion->naive->board, stage, lane);
  GPtrArray *shadow = shadow_of (opinion->naive, cell);
  guint position = 0;

  *shown += baton_column_size (cell);
  for (guint i = 0; i < opinion->cards->len; i++)
    {
      BatonRow *card = g_ptr_array_index (opinion->cards, i);
      BatonItem *item = baton_column_peek (cell, position);

      if (!counts (opinion, card) || g_strcmp0 (baton_row_text (card, BATON_CARD_STAGE), stage) != 0 ||
          !passes (opinion, card) || g_strcmp0 (lane_of (opinion, card), lane) != 0)
        continue;
      if (item == NULL || !g_str_equal (baton_item_id (item), card->id))
        return g_strdup_printf ("stage %s, lane “%s”, position %u: should be %s, is %s", stage, lane,
            position, card->id, item != NULL ? baton_item_id (item) : "the end");
      if (g_ptr_array_index (shadow, position) != item)
        return g_strdup_printf ("stage %s, position %u: items-changed did not say so", stage, position);
      if (g_strcmp0 (baton_item_text (item, BATON_CARD_TITLE), baton_row_text (card, BATON_CARD_TITLE)) != 0)
        return g_strdup_printf ("%s: the title is an old one", card->id);
      if (baton_board_is_blocked (opinion->naive->board, item, NULL) != is_blocked (opinion, card))
        return g_strdup_printf ("%s: blocked is wrong", card->id);
      position++;
    }
  if (position != baton_column_size (cell))
    return g_strdup_printf (
        "stage %s, lane “%s”: %u cards too many", stage, lane, baton_column_size (cell) - position);
  return NULL;
}

static char *
compare_counts (Opinion *opinion, const char *stage, guint shown)
{
  BatonBoard *board = opinion->naive->board;
  guint n = 0;

  for (guint i = 0; i < opinion->cards->len; i++)
    {
      BatonRow *card = g_ptr_array_index (opinion->cards, i);

      n += counts (opinion, card) && g_strcmp0 (baton_row_text (card, BATON_CARD_STAGE), stage) == 0;
    }
  if (baton_board_count (board, stage) != n)
    return g_strdup_printf ("stage %s: counts %u, has %u", stage, baton_board_count (board, stage), n);
  if (baton_board_count_shown (board, stage) != shown)
    return g_strdup_printf (
        "stage %s: says that it shows %u, shows %u", stage, baton_board_count_shown (board, stage), shown);
  return NULL;
}

/* Every card that passes must have a lane to be in. */
static char *
compare_lanes (Opinion *opinion)
{
  BatonBoard *board = opinion->naive->board;

  for (guint i = 0; i < opinion->cards->len; i++)
    {
      BatonRow *card = g_ptr_array_index (opinion->cards, i);
      gboolean found = FALSE;

      for (guint j = 0; j < baton_board_n_lanes (board); j++)
        found = found || g_str_equal (baton_board_lane_key (board, j), lane_of (opinion, card));
      if (!found && counts (opinion, card))
        return g_strdup_printf ("%s: there is no lane “%s”", card->id, lane_of (opinion, card));
    }
  return NULL;
}

static char *
compare_stages (Opinion *opinion)
{
  BatonBoard *board = opinion->naive->board;
  BatonColumn *stages = baton_board_stages (board);
  guint live = 0;

  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      const char *stage = baton_item_id (baton_column_peek (stages, i));
      guint shown = 0;
      char *problem = NULL;

      if (i > 0 && baton_item_int (baton_column_peek (stages, i - 1), BATON_STAGE_RANK) >
                       baton_item_int (baton_column_peek (stages, i), BATON_STAGE_RANK))
        return g_strdup_printf ("stage %s is not in its place", stage);
      for (guint j = 0; j < baton_board_n_lanes (board) && problem == NULL; j++)
        problem = compare_cell (opinion, stage, baton_board_lane_key (board, j), &shown);
      if (problem == NULL)
        problem = compare_counts (opinion, stage, shown);
      if (problem != NULL)
        return problem;
      live++;
    }
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, opinion->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (((BatonRow *) row)->entity == BATON_ENTITY_STAGE && !is_gone (opinion, ((BatonRow *) row)->id) &&
          g_strcmp0 (baton_row_text (row, BATON_STAGE_BOARD), opinion->naive->ids->board) == 0)
        live--;
    }
  return live == 0 ? NULL : g_strdup ("not every stage is listed");
}

char *
naive_difference (Naive *naive)
{
  Opinion *opinion = form_opinion (naive);
  char *problem = compare_lanes (opinion);

  if (problem == NULL)
    problem = compare_stages (opinion);
  opinion_free (opinion);
  return problem;
}

void
naive_check (Naive *naive, const char *what)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  g_autofree char *problem = naive_difference (naive);

  /* Only the text part of a filter is answered later, and what came from elsewhere or was much at once. */
  while (problem != NULL &&
         (baton_board_filter (naive->board)->text != NULL || baton_board_is_reading (naive->board) ||
             baton_workspace_is_following (naive->workspace)) &&
         g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_free (problem);
      problem = naive_difference (naive);
    }
  if (problem != NULL)
    g_error ("%s: %s", what, problem);
}

char *
naive_cell (Naive *naive, const char *stage, const char *lane)
{
  BatonColumn *cell = baton_board_cell (naive->board, stage, lane);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < baton_column_size (cell); i++)
    g_string_append_printf (
        out, "%s%s", i > 0 ? " " : "", baton_item_text (baton_column_peek (cell, i), BATON_CARD_TITLE));
  return g_string_free (out, FALSE);
}

#define PATIENCE (30 * BATON_TEST_SLOWNESS)

void
naive_wait (gboolean (*done) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;

  while (!done (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("It did not happen within %d seconds.", PATIENCE);
      g_main_context_iteration (NULL, FALSE);
    }
}
