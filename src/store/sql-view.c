/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "sql-view.h"

#include "baton-error.h"
#include "rows.h"
#include "search.h"

#include <glib/gi18n-lib.h>

/* Enough for the rows of a large board while they are worked on, some 30 MB; beyond it the memory would grow
 * with the workspace. */
#define MOST_ROWS 50000

static void
note_error (BatonSqlView *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_clear_error (&error);
}

static guint
hash_row (gconstpointer data)
{
  const BatonRow *row = data;

  return g_str_hash (row->id) ^ row->entity;
}

static gboolean
equal_rows (gconstpointer a, gconstpointer b)
{
  const BatonRow *left = a;
  const BatonRow *right = b;

  return left->entity == right->entity && g_str_equal (left->id, right->id);
}

static BatonRow *
find_row (BatonSqlView *self, BatonEntity entity, const char *id)
{
  const BatonRow wanted = { .entity = entity, .id = (char *) id };

  return g_hash_table_lookup (self->rows, &wanted);
}

static const BatonRow *
view_get (BatonView *view, BatonEntity entity, const char *id)
{
  BatonSqlView *self = (BatonSqlView *) view;
  BatonRow *row = find_row (self, entity, id);
  GError *error = NULL;

  if (row != NULL)
    return row;
  row = baton_rows_get (self->db, entity, id, &error);
  if (row != NULL)
    g_hash_table_add (self->rows, row);
  else if (error != NULL)
    note_error (self, error);
  return row;
}

static gboolean
flush_row (BatonSqlView *self, BatonRow *row, guint64 mask, GError **error)
{
  if (g_hash_table_remove (self->fresh, row))
    return baton_rows_insert (self->db, row, error);
  return mask == 0 || baton_rows_update (self->db, row, mask, error);
}

static gboolean
flush_all (BatonSqlView *self, GError **error)
{
  GHashTableIter iter;
  gpointer row, mask;

  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &row, &mask))
    {
      if (!flush_row (self, row, GPOINTER_TO_SIZE (mask), error))
        return FALSE;
      g_hash_table_iter_remove (&iter);
    }
  return TRUE;
}

gboolean
baton_sql_view_flush (BatonSqlView *view, GError **error)
{
  if (view->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&view->error));
      return FALSE;
    }
  return flush_all (view, error);
}

/* Steps a query of the rules. They take a failure for "no more rows", so it is kept for the end of the
 * operation. */
static gboolean
next_row (BatonSqlView *self, sqlite3_stmt *statement)
{
  GError *error = NULL;
  gboolean row;

  if (!baton_db_step (self->db, statement, &row, &error))
    note_error (self, error);
  return row;
}

/* Whether what has been written so far is in the tables, where queries see it. */
static gboolean
is_flushed (BatonSqlView *self)
{
  GError *error = NULL;

  if (!flush_all (self, &error))
    note_error (self, error);
  return error == NULL;
}

static sqlite3_stmt *
prepare_query (BatonSqlView *self, const char *sql)
{
  GError *error = NULL;
  sqlite3_stmt *statement = is_flushed (self) ? baton_db_prepare (self->db, sql, &error) : NULL;

  if (error != NULL)
    note_error (self, error);
  return statement;
}

static sqlite3_stmt *
prepare_made (BatonSqlView *self, guint64 key, BatonDbMakeText make)
{
  GError *error = NULL;
  sqlite3_stmt *statement = is_flushed (self) ? baton_db_prepare_made (self->db, key, make, &error) : NULL;

  if (error != NULL)
    note_error (self, error);
  return statement;
}

/* Kinds of keys for made statements; rows.c has its own. */
enum
{
  KEY_COUNT = 16,
  KEY_RANK,
  KEY_CHILDREN,
  KEY_ALL,
  KEY_BESIDE,
};

#define KEY_FIELD(key) ((BatonField) ((key) >> 40 & 0xffff))
#define KEY_REST(key) ((guint) ((key) &0xff))

static char *
make_count (guint64 key)
{
  const BatonFieldInfo *info = baton_field_info (KEY_FIELD (key));

  /* SQL-SAFE: the names are those of schema.def. */
  return g_strdup_printf ("SELECT count (*) FROM \"%s\" WHERE \"%s\" = ? AND removed IS NULL%s",
      baton_entity_info (info->entity)->name, info->name,
      info->entity == BATON_ENTITY_CARD ? " AND archived IS NULL AND coalesce (template, 0) = 0" : "");
}

static gint64
view_count (BatonView *view, BatonField field, const char *id)
{
  BatonSqlView *self = (BatonSqlView *) view;
  g_autoptr (BatonCachedStatement) statement =
      prepare_made (self, BATON_DB_KEY (KEY_COUNT, field, 0), make_count);

  if (statement == NULL)
    return 0;
  baton_bind_text (statement, 1, id);
  return next_row (self, statement) ? sqlite3_column_int64 (statement, 0) : 0;
}

/* The rows of the parent that is bound first; all rows of an entity without parent. */
static char *
of_parent (const BatonEntityInfo *info)
{
  return info->parent != BATON_FIELD_NONE
             ? g_strdup_printf ("\"%s\" = ?1", baton_field_info (info->parent)->name)
             : g_strdup ("?1 IS NULL");
}

static char *
make_rank (guint64 key)
{
  const BatonEntityInfo *info = baton_entity_info ((BatonEntity) KEY_FIELD (key));
  BatonNear near = (BatonNear) KEY_REST (key);
  g_autofree char *where = of_parent (info);
  const char *what = near == BATON_NEAR_FIRST || near == BATON_NEAR_ABOVE ? "min" : "max";
  const char *bound = near == BATON_NEAR_BELOW   ? " AND rank < ?2"
                      : near == BATON_NEAR_ABOVE ? " AND rank > ?2"
                                                 : "";

  /* SQL-SAFE: the names are those of schema.def. */
  return g_strdup_printf ("SELECT %s (rank) FROM \"%s\" WHERE %s%s", what, info->name, where, bound);
}

static gboolean
view_rank_near (
    BatonView *view, BatonEntity entity, const char *parent, BatonNear near, gint64 rank, gint64 *found)
{
  BatonSqlView *self = (BatonSqlView *) view;
  g_autoptr (BatonCachedStatement) statement =
      prepare_made (self, BATON_DB_KEY (KEY_RANK, entity, near), make_rank);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, parent);
  if (near == BATON_NEAR_BELOW || near == BATON_NEAR_ABOVE)
    sqlite3_bind_int64 (statement, 2, rank);
  if (!next_row (self, statement) || sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return FALSE;
  *found = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static char *
make_children (guint64 key)
{
  const BatonFieldInfo *info = baton_field_info (KEY_FIELD (key));
  const BatonEntityInfo *entity = baton_entity_info (info->entity);
  const char *order = entity->rank != BATON_FIELD_NONE ? "rank, id" : "id";

  /* SQL-SAFE: the names are those of schema.def. */
  return g_strdup_printf (
      "SELECT id FROM \"%s\" WHERE \"%s\" = ? ORDER BY %s", entity->name, info->name, order);
}

static char *
make_all (guint64 key)
{
  const BatonEntityInfo *entity = baton_entity_info (baton_field_info (KEY_FIELD (key))->entity);
  const char *order = entity->rank != BATON_FIELD_NONE ? "rank, id" : "id";

  /* SQL-SAFE: the names are those of schema.def. */
  return g_strdup_printf ("SELECT id FROM \"%s\" ORDER BY %s", entity->name, order);
}

static GPtrArray *
view_children (BatonView *view, BatonField field, const char *id)
{
  BatonSqlView *self = (BatonSqlView *) view;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BatonCachedStatement) statement =
      id != NULL ? prepare_made (self, BATON_DB_KEY (KEY_CHILDREN, field, 0), make_children)
                 : prepare_made (self, BATON_DB_KEY (KEY_ALL, field, 0), make_all);

  if (statement == NULL)
    return ids;
  if (id != NULL)
    baton_bind_text (statement, 1, id);
  while (next_row (self, statement))
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return ids;
}

/* The rows on one side of a rank, nearest first; those on the rank itself count as above it. */
static char *
make_beside (guint64 key)
{
  const BatonEntityInfo *info = baton_entity_info ((BatonEntity) KEY_FIELD (key));
  gboolean below = KEY_REST (key) == BATON_NEAR_BELOW;
  g_autofree char *where = of_parent (info);

  /* SQL-SAFE: the names are those of schema.def. */
  return g_strdup_printf ("SELECT id FROM \"%s\" WHERE %s AND rank %s ?2 ORDER BY %s LIMIT ?3", info->name,
      where, below ? "<" : ">=", below ? "rank DESC, id DESC" : "rank, id");
}

static GPtrArray *
view_around (BatonView *view, BatonEntity entity, const char *parent, gint64 rank, guint reach, guint *below)
{
  static const BatonNear sides[] = { BATON_NEAR_BELOW, BATON_NEAR_ABOVE };
  BatonSqlView *self = (BatonSqlView *) view;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  *below = 0;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      gboolean is_below = sides[i] == BATON_NEAR_BELOW;
      g_autoptr (BatonCachedStatement) statement =
          prepare_made (self, BATON_DB_KEY (KEY_BESIDE, entity, sides[i]), make_beside);

      if (statement == NULL)
        break;
      baton_bind_text (statement, 1, parent);
      sqlite3_bind_int64 (statement, 2, rank);
      sqlite3_bind_int64 (statement, 3, reach);
      while (next_row (self, statement))
        g_ptr_array_insert (
            ids, is_below ? 0 : -1, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
      if (is_below)
        *below = ids->len;
    }
  return ids;
}

/* Names are part of the documents of the cards that carry them. */
static void
note_carriers (BatonSqlView *self, BatonEntity entity, const char *id)
{
  const char *sql = entity == BATON_ENTITY_LABEL
                        ? "SELECT id FROM card WHERE instr (labels, ?1) > 0"
                        : "SELECT id FROM card WHERE owner = ?1 OR instr (members, ?1) > 0";
  g_autoptr (BatonCachedStatement) statement = prepare_query (self, sql);

  if (statement == NULL)
    return;
  baton_bind_text (statement, 1, id);
  while (next_row (self, statement))
    g_hash_table_add (self->stale_documents, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
}

static gboolean
is_name (BatonField field)
{
  return field == BATON_LABEL_NAME || field == BATON_LABEL_REMOVED || field == BATON_PERSON_NAME ||
         field == BATON_PERSON_REMOVED;
}

static gboolean
is_searched (BatonField field)
{
  return (baton_field_info (field)->flags & BATON_FIELD_SEARCH) || field == BATON_CARD_LABELS ||
         field == BATON_CARD_OWNER || field == BATON_CARD_MEMBERS || field == BATON_CARD_BOARD;
}

static void
note_document (BatonSqlView *self, const BatonChange *change, const BatonRow *row)
{
  if (row->entity == BATON_ENTITY_COMMENT)
    g_hash_table_add (self->stale_documents, g_strdup (baton_row_text (row, BATON_COMMENT_CARD)));
  else if (row->entity == BATON_ENTITY_CARD && (change->created || is_searched (change->field)))
    g_hash_table_add (self->stale_documents, g_strdup (row->id));
  else if (!change->created && is_name (change->field))
    note_carriers (self, row->entity, row->id);
}

/* One write of the operation that is being applied. */
typedef struct
{
  BatonRow *row; /* held */
  BatonField field;
  BatonValue before;
  gboolean created;
} Written;

static void
clear_written (gpointer data)
{
  Written *written = data;

  baton_row_unref (written->row);
  baton_value_clear (&written->before);
}

static void
note_written (BatonSqlView *self, BatonRow *row, const BatonChange *change)
{
  Written written = { baton_row_ref (row), change->field, BATON_VALUE_INIT, change->created };

  if (!change->created)
    written.before = baton_value_copy (baton_row_value (row, change->field));
  g_array_append_val (self->journal, written);
}

static void
mark_dirty (BatonSqlView *self, BatonRow *row, BatonField field)
{
  guint64 mask = GPOINTER_TO_SIZE (g_hash_table_lookup (self->dirty, row));

  mask |= G_GUINT64_CONSTANT (1) << (field - baton_entity_info (row->entity)->first);
  g_hash_table_insert (self->dirty, row, GSIZE_TO_POINTER (mask));
}

static gboolean
view_write (BatonView *view, const BatonChange *change, GError **error)
{
  BatonSqlView *self = (BatonSqlView *) view;
  BatonRow *row = change->created ? change->row : find_row (self, change->entity, change->id);

  g_return_val_if_fail (row != NULL, FALSE);
  if (change->created)
    {
      /* The effect shows the row as it was created; ours goes on changing. */
      row = baton_row_copy (row);
      g_hash_table_add (self->rows, row);
      g_hash_table_add (self->fresh, row);
      g_hash_table_insert (self->dirty, row, GSIZE_TO_POINTER (0));
      note_written (self, row, change);
    }
  else
    {
      note_written (self, row, change);
      mark_dirty (self, row, change->field);
      baton_row_take (row, change->field, baton_value_copy (&change->after));
    }
  note_document (self, change, row);
  return TRUE;
}

/* A row that has never been: its search document goes with it. */
static gboolean
delete_row (BatonSqlView *self, BatonRow *row, GError **error)
{
  gboolean inserted = !g_hash_table_remove (self->fresh, row);
  gboolean ok = TRUE;

  g_hash_table_remove (self->dirty, row);
  if (row->entity == BATON_ENTITY_COMMENT && baton_row_text (row, BATON_COMMENT_CARD) != NULL)
    g_hash_table_add (self->stale_documents, g_strdup (baton_row_text (row, BATON_COMMENT_CARD)));
  if (inserted)
    ok = (row->entity != BATON_ENTITY_CARD || baton_search_forget (self->db, row->id, error)) &&
         baton_rows_delete (self->db, row->entity, row->id, error);
  g_hash_table_remove (self->rows, row);
  return ok;
}

static void
put_back (BatonSqlView *self, BatonRow *row, BatonField field, const BatonValue *before)
{
  const BatonChange change = { .entity = row->entity, .id = row->id, .field = field };

  mark_dirty (self, row, field);
  baton_row_take (row, field, baton_value_copy (before));
  note_document (self, &change, row);
}

gboolean
baton_sql_view_take_back (BatonSqlView *view, GError **error)
{
  gboolean ok = TRUE;

  g_clear_error (&view->error);
  for (guint i = view->journal->len; ok && i > 0; i--)
    {
      Written *written = &g_array_index (view->journal, Written, i - 1);

      if (written->created)
        ok = delete_row (view, written->row, error);
      else
        put_back (view, written->row, written->field, &written->before);
    }
  g_array_set_size (view->journal, 0);
  return ok && baton_sql_view_flush (view, error);
}

gboolean
baton_sql_view_reverse (BatonSqlView *view, const BatonChange *change, BatonRow **vanished, GError **error)
{
  BatonRow *row;

  view_get (&view->base, change->entity, change->id);
  row = find_row (view, change->entity, change->id);
  if (row == NULL)
    {
      if (baton_sql_view_flush (view, error))
        g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("The database is damaged (%s)."),
            "a row of an operation is missing");
      return FALSE;
    }
  if (!change->created)
    {
      put_back (view, row, change->field, &change->before);
      return TRUE;
    }
  if (vanished != NULL)
    *vanished = baton_row_copy (row);
  return delete_row (view, row, error);
}

BatonSqlView *
baton_sql_view_new (BatonDb *db)
{
  BatonSqlView *self = g_new0 (BatonSqlView, 1);

  G_STATIC_ASSERT (sizeof (gsize) == sizeof (guint64)); /* masks live in pointers */
  self->base = (BatonView){ view_get, view_count, view_rank_near, view_children, view_around, view_write };
  self->db = db;
  self->rows = g_hash_table_new_full (hash_row, equal_rows, (GDestroyNotify) baton_row_unref, NULL);
  self->dirty = g_hash_table_new (NULL, NULL);
  self->fresh = g_hash_table_new (NULL, NULL);
  self->stale_documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->journal = g_array_new (FALSE, FALSE, sizeof (Written));
  g_array_set_clear_func (self->journal, clear_written);
  return self;
}

void
baton_sql_view_free (BatonSqlView *view)
{
  g_array_unref (view->journal);
  g_hash_table_unref (view->dirty);
  g_hash_table_unref (view->fresh);
  g_hash_table_unref (view->rows);
  g_hash_table_unref (view->stale_documents);
  g_clear_error (&view->error);
  g_free (view);
}

void
baton_sql_view_commit (BatonSqlView *view)
{
  g_array_set_size (view->journal, 0);
  if (g_hash_table_size (view->rows) > MOST_ROWS)
    g_hash_table_remove_all (view->rows);
}

void
baton_sql_view_clear (BatonSqlView *view)
{
  g_array_set_size (view->journal, 0);
  g_hash_table_remove_all (view->dirty);
  g_hash_table_remove_all (view->fresh);
  g_clear_error (&view->error);
  g_hash_table_remove_all (view->rows);
  g_hash_table_remove_all (view->stale_documents);
}
