/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "id.h"

#include <glib/gi18n.h>

#define MOST_CANDIDATES 10

const char *
ctl_row_name (const BatonRow *row)
{
  static const char *const fields[] = { "title", "name", "text", "url" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      BatonField field = baton_field_find (row->entity, fields[i]);
      const char *text = field != BATON_FIELD_NONE ? baton_row_text (row, field) : NULL;

      if (text != NULL)
        return text;
    }
  return "";
}

gboolean
ctl_is_removed (const BatonRow *row)
{
  return baton_row_int (row, baton_entity_removed (row->entity)) != 0;
}

const char *
ctl_name (Ctl *ctl, BatonEntity entity, const char *id)
{
  g_autoptr (BatonRow) row = NULL;
  char *name;

  if (id == NULL)
    return "";
  name = g_hash_table_lookup (ctl->names, id);
  if (name != NULL)
    return name;
  row = baton_reader_row (ctl->reader, entity, id);
  name = g_strdup (row != NULL ? ctl_row_name (row) : "");
  g_hash_table_insert (ctl->names, g_strdup (id), name);
  return name;
}

GPtrArray *
ctl_rows (Ctl *ctl, BatonEntity entity, BatonField parent, const char *id, GError **error)
{
  GPtrArray *rows = baton_reader_rows (ctl->reader, entity, parent, id, TRUE, error);

  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    {
      if (ctl_is_removed (g_ptr_array_index (rows, i - 1)))
        g_ptr_array_remove_index (rows, i - 1);
    }
  return rows;
}

static const char *
none_like_it (BatonEntity entity)
{
  switch ((int) entity)
    {
    case BATON_ENTITY_BOARD:
      return _ ("There is no board “%s”.");
    case BATON_ENTITY_STAGE:
      return _ ("There is no stage “%s” on this board.");
    case BATON_ENTITY_CARD:
      return _ ("There is no card “%s”.");
    case BATON_ENTITY_PERSON:
      return _ ("There is no person “%s”.");
    case BATON_ENTITY_LABEL:
      return _ ("There is no label “%s” on this board.");
    case BATON_ENTITY_CHANNEL:
      return _ ("There is no channel “%s” on this board.");
    case BATON_ENTITY_CAMPAIGN:
      return _ ("There is no campaign “%s” on this board.");
    case BATON_ENTITY_ASSET_TYPE:
      return _ ("There is no asset type “%s” on this board.");
    default:
      return _ ("There is no “%s” here.");
    }
}

static void
no_such_row (BatonEntity entity, const char *text, GError **error)
{
  g_autofree char *name = ctl_short (text, 80);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, none_like_it (entity), name);
#pragma GCC diagnostic pop
}

/* Where a candidate is, so that a person sees which one they mean. */
static char *
whereabouts (Ctl *ctl, const BatonRow *row)
{
  if (row->entity != BATON_ENTITY_CARD)
    return ctl_short (ctl_row_name (row), 60);
  return g_strdup_printf ("%s · %s%s",
      ctl_name (ctl, BATON_ENTITY_BOARD, baton_row_text (row, BATON_CARD_BOARD)),
      ctl_name (ctl, BATON_ENTITY_STAGE, baton_row_text (row, BATON_CARD_STAGE)),
      baton_row_int (row, BATON_CARD_ARCHIVED) != 0 ? _ (" (archived)") : "");
}

static void
several_rows (Ctl *ctl, GPtrArray *found, const char *text, GError **error)
{
  g_autofree char *name = ctl_short (text, 80);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < found->len && i < MOST_CANDIDATES; i++)
    {
      const BatonRow *row = g_ptr_array_index (found, i);
      g_autofree char *where = whereabouts (ctl, row);

      g_string_append_printf (list, "\n  %s  %s", row->id, where);
    }
  if (found->len > MOST_CANDIDATES)
    g_string_append (list, "\n  …");
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” fits %u of them. Name one by its id:%s"),
      name, found->len, list->str);
}

static GPtrArray *
rows_named (GPtrArray *rows, const char *text, gboolean removed, gboolean fold)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autofree char *folded = fold ? g_utf8_casefold (text, -1) : NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);
      const char *name = ctl_row_name (row);
      g_autofree char *folded_name = fold ? g_utf8_casefold (name, -1) : NULL;

      if (ctl_is_removed (row) == removed && g_str_equal (fold ? folded_name : name, fold ? folded : text))
        g_ptr_array_add (found, row);
    }
  return found;
}

/* As it is written, else in any case. */
static BatonRow *
choose (Ctl *ctl, BatonEntity entity, GPtrArray *rows, const char *text, gboolean removed, GError **error)
{
  g_autoptr (GPtrArray) found = rows_named (rows, text, removed, FALSE);

  if (found->len == 0)
    {
      g_ptr_array_unref (found);
      found = rows_named (rows, text, removed, TRUE);
    }
  if (found->len == 1)
    return baton_row_ref (g_ptr_array_index (found, 0));
  if (found->len == 0)
    no_such_row (entity, text, error);
  else
    several_rows (ctl, found, text, error);
  return NULL;
}

static BatonRow *
find (Ctl *ctl, BatonEntity entity, BatonField parent, const char *parent_id, const char *text,
    gboolean removed, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  BatonRow *row;

  if (baton_id_is_valid (text))
    {
      row = baton_reader_row (ctl->reader, entity, text);
      if (row != NULL && (parent_id == NULL || g_strcmp0 (baton_row_text (row, parent), parent_id) == 0))
        return row;
      g_clear_pointer (&row, baton_row_unref);
    }
  rows = baton_reader_rows (
      ctl->reader, entity, parent_id != NULL ? parent : BATON_FIELD_NONE, parent_id, TRUE, error);
  return rows != NULL ? choose (ctl, entity, rows, text, removed, error) : NULL;
}

BatonRow *
ctl_find_board (Ctl *ctl, const char *text, GError **error)
{
  return find (ctl, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, text, FALSE, error);
}

BatonRow *
ctl_find_stage (Ctl *ctl, const char *board, const char *text, GError **error)
{
  return find (ctl, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board, text, FALSE, error);
}

BatonRow *
ctl_find_card (Ctl *ctl, const char *board, const char *text, GError **error)
{
  return find (ctl, BATON_ENTITY_CARD, BATON_CARD_BOARD, board, text, FALSE, error);
}

BatonRow *
ctl_find_person (Ctl *ctl, const char *text, GError **error)
{
  return find (ctl, BATON_ENTITY_PERSON, BATON_FIELD_NONE, NULL, text, FALSE, error);
}

BatonRow *
ctl_find_below (Ctl *ctl, BatonField parent, const char *parent_id, const char *text, GError **error)
{
  return find (ctl, baton_field_info (parent)->entity, parent, parent_id, text, FALSE, error);
}

BatonRow *
ctl_find_removed (Ctl *ctl, BatonEntity entity, const char *text, GError **error)
{
  return find (ctl, entity, BATON_FIELD_NONE, NULL, text, TRUE, error);
}
