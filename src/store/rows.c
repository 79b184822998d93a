/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "rows.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

/* As FNV-1a (Fowler, Noll, Vo), 64 bits, but numbers in one step: every step can be turned round, so that no
 * single changed byte or number goes unseen. It is against disks, not against people. */
static guint64
mix (guint64 sum, guint64 what)
{
  return (sum ^ what) * G_GUINT64_CONSTANT (0x100000001b3);
}

static guint64
mix_text (guint64 sum, const char *text)
{
  if (text == NULL)
    return mix (sum, 0xff);
  for (; *text != '\0'; text++)
    sum = mix (sum, (guint8) *text);
  return mix (sum, 0);
}

#define BASIS G_GUINT64_CONSTANT (0xcbf29ce484222325)

static gint64
sum_of_row (const BatonRow *row)
{
  guint64 sum = mix_text (BASIS, row->id);

  for (guint i = 0; i < row->n_fields; i++)
    {
      const BatonValue *value = &row->values[i];

      sum = mix (sum, value->kind);
      if (value->kind == BATON_VALUE_INT)
        sum = mix (sum, (guint64) value->number);
      else if (value->kind == BATON_VALUE_TEXT)
        sum = mix_text (sum, value->text);
    }
  return (gint64) sum;
}

gint64
baton_rows_effect_sum (const char *board, const char *body)
{
  return (gint64) mix_text (mix_text (BASIS, board), body);
}

gboolean
baton_rows_fail_sum (const char *table, const char *id, GError **error)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT,
      _ ("A row was damaged on the disk and is not used (%s %s). Nothing was changed; the log is another "
         "part of "
         "the database, and with Baton closed “batonctl rebuild” makes all rows anew from it."),
      table, id);
  return FALSE;
}

gboolean
baton_rows_check (sqlite3_stmt *statement, const BatonRow *row, GError **error)
{
  return sqlite3_column_int64 (statement, 1 + (int) row->n_fields) == sum_of_row (row) ||
         baton_rows_fail_sum (baton_entity_info (row->entity)->name, row->id, error);
}

static void
bind_value (sqlite3_stmt *statement, int index, const BatonValue *value)
{
  switch (value->kind)
    {
    case BATON_VALUE_INT:
      sqlite3_bind_int64 (statement, index, value->number);
      break;
    case BATON_VALUE_TEXT:
      sqlite3_bind_text (
          statement, index, value->text, (int) g_ref_string_length (value->text), SQLITE_STATIC);
      break;
    case BATON_VALUE_NONE:
    default:
      sqlite3_bind_null (statement, index);
      break;
    }
}

static BatonValue
column_value (sqlite3_stmt *statement, int column)
{
  int type = sqlite3_column_type (statement, column);

  if (type == SQLITE_INTEGER)
    return baton_value_int (sqlite3_column_int64 (statement, column));
  if (type == SQLITE_TEXT)
    return baton_value_text ((const char *) sqlite3_column_text (statement, column));
  return baton_value_none ();
}

static gboolean
is_selected (BatonField field, gboolean face_only)
{
  return !face_only || (baton_field_info (field)->flags & (BATON_FIELD_FACE | BATON_FIELD_COUNT));
}

static char *
build_select (BatonEntity entity, gboolean face_only)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  GString *sql = g_string_new ("SELECT id");

  for (guint i = 0; i < info->n_fields; i++)
    {
      if (is_selected (info->first + i, face_only))
        g_string_append_printf (sql, ", \"%s\"", baton_field_info (info->first + i)->name);
    }
  g_string_append_printf (sql, "%s FROM \"%s\"", face_only ? "" : ", sum", info->name);
  return g_string_free (sql, FALSE);
}

const char *
baton_rows_select (BatonEntity entity, gboolean face_only)
{
  static gsize ready = 0;
  static char *selects[2][BATON_N_ENTITIES];

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < BATON_N_ENTITIES; i++)
        {
          selects[0][i] = build_select (i, FALSE);
          selects[1][i] = build_select (i, TRUE);
        }
      g_once_init_leave (&ready, 1);
    }
  return selects[face_only ? 1 : 0][entity];
}

BatonRow *
baton_rows_read (sqlite3_stmt *statement, BatonEntity entity, gboolean face_only)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  BatonRow *row = baton_row_new (entity, (const char *) sqlite3_column_text (statement, 0));
  int column = 1;

  for (guint i = 0; i < info->n_fields; i++)
    {
      if (is_selected (info->first + i, face_only))
        row->values[i] = column_value (statement, column++);
    }
  return row;
}

/* Kinds of keys for made statements; sql-view.c has its own. */
enum
{
  KEY_GET = 1,
  KEY_INSERT,
  KEY_UPDATE,
  KEY_DELETE,
};

#define KEY_ENTITY(key) ((BatonEntity) ((key) >> 40 & 0xffff))
#define KEY_MASK(key) ((key) & ((G_GUINT64_CONSTANT (1) << 40) - 1))

static char *
make_get (guint64 key)
{
  return g_strconcat (baton_rows_select (KEY_ENTITY (key), FALSE), " WHERE id = ?", NULL);
}

static BatonRow *
get (BatonDb *db, BatonEntity entity, const char *id, gboolean checked, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare_made (db, BATON_DB_KEY (KEY_GET, entity, 0), make_get, error);
  BatonRow *row;
  gboolean found;

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, id);
  if (!baton_db_step (db, statement, &found, error) || !found)
    return NULL;
  row = baton_rows_read (statement, entity, FALSE);
  if (checked && !baton_rows_check (statement, row, error))
    g_clear_pointer (&row, baton_row_unref);
  sqlite3_reset (statement);
  return row;
}

BatonRow *
baton_rows_get (BatonDb *db, BatonEntity entity, const char *id, GError **error)
{
  return get (db, entity, id, TRUE, error);
}

BatonRow *
baton_rows_look (BatonDb *db, BatonEntity entity, const char *id)
{
  return get (db, entity, id, FALSE, NULL);
}

static char *
make_insert (guint64 key)
{
  const BatonEntityInfo *info = baton_entity_info (KEY_ENTITY (key));
  GString *sql = g_string_new (NULL);

  /* SQL-SAFE: the name is one of schema.def. */
  g_string_append_printf (sql, "INSERT INTO \"%s\" VALUES (?, ?", info->name);
  for (guint i = 0; i < info->n_fields; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

gboolean
baton_rows_insert (BatonDb *db, const BatonRow *row, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare_made (db, BATON_DB_KEY (KEY_INSERT, row->entity, 0), make_insert, error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, row->id);
  for (guint i = 0; i < baton_entity_info (row->entity)->n_fields; i++)
    bind_value (statement, (int) i + 2, &row->values[i]);
  sqlite3_bind_int64 (statement, (int) row->n_fields + 2, sum_of_row (row));
  return baton_db_run (db, statement, error);
}

static char *
make_update (guint64 key)
{
  const BatonEntityInfo *info = baton_entity_info (KEY_ENTITY (key));
  GString *sql = g_string_new (NULL);

  /* SQL-SAFE: the names are those of schema.def. */
  g_string_append_printf (sql, "UPDATE \"%s\" SET sum = ?", info->name);
  for (guint i = 0; i < info->n_fields; i++)
    {
      if (!(KEY_MASK (key) & (G_GUINT64_CONSTANT (1) << i)))
        continue;
      g_string_append_printf (sql, ", \"%s\" = ?", baton_field_info (info->first + i)->name);
    }
  g_string_append (sql, " WHERE id = ?");
  return g_string_free (sql, FALSE);
}

gboolean
baton_rows_update (BatonDb *db, const BatonRow *row, guint64 mask, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare_made (db, BATON_DB_KEY (KEY_UPDATE, row->entity, mask), make_update, error);
  int index = 2;

  g_return_val_if_fail (KEY_MASK (mask) == mask, FALSE); /* an entity has at most 40 fields */
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, sum_of_row (row));
  for (guint i = 0; i < baton_entity_info (row->entity)->n_fields; i++)
    {
      if (mask & (G_GUINT64_CONSTANT (1) << i))
        bind_value (statement, index++, &row->values[i]);
    }
  baton_bind_text (statement, index, row->id);
  return baton_db_run (db, statement, error);
}

static char *
make_delete (guint64 key)
{
  /* SQL-SAFE: the name is one of schema.def. */
  return g_strdup_printf ("DELETE FROM \"%s\" WHERE id = ?", baton_entity_info (KEY_ENTITY (key))->name);
}

gboolean
baton_rows_delete (BatonDb *db, BatonEntity entity, const char *id, GError **error)
{
  sqlite3_stmt *statement =
      baton_db_prepare_made (db, BATON_DB_KEY (KEY_DELETE, entity, 0), make_delete, error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, id);
  return baton_db_run (db, statement, error);
}
