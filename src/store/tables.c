/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "tables.h"

#include "baton-error.h"
#include "op.h"

#include <glib/gi18n-lib.h>

/* Steps are released with a version and never edited afterwards; a new format is a new step. */
static const char *const steps[BATON_FORMAT] = {
  "PRAGMA application_id = 0x4241544e;" /* BATON_APPLICATION */
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
  "CREATE TABLE device (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
  "CREATE TABLE log (seq INTEGER PRIMARY KEY, device INTEGER NOT NULL REFERENCES device (id),"
  " number INTEGER NOT NULL, verb TEXT NOT NULL, person TEXT, at INTEGER NOT NULL, boot INTEGER NOT NULL,"
  " base INTEGER NOT NULL, batch TEXT, body TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (device, number)) "
  "STRICT;"
  "CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;",

  /* Sync. log: wall is the maker's own time where the server's estimate (at) is another; quality is a
   * BatonQuality; author is who pushed it, where that is not who did it. device.mine: operations of it are
   * this workspace's own. refused: what a server decided against. attention: what was refused, or replaced
   * unseen, and waits for a person; settled: the names of refused operations that a person has dealt with.
   * snapshot: the state that this workspace began with, as long as the log before it is not here. */
  "ALTER TABLE device ADD COLUMN mine INTEGER NOT NULL DEFAULT 0;"
  "UPDATE device SET mine = 1 WHERE name = (SELECT value FROM meta WHERE key = 'device');"
  "ALTER TABLE log ADD COLUMN wall INTEGER;"
  "ALTER TABLE log ADD COLUMN received INTEGER;"
  "ALTER TABLE log ADD COLUMN quality INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE log ADD COLUMN author TEXT;"
  "CREATE INDEX log_undo ON log (seq) WHERE verb IN ('op.undo', 'op.redo');"
  "CREATE INDEX log_batch ON log (batch) WHERE batch IS NOT NULL;"
  "CREATE TABLE refused (device INTEGER NOT NULL REFERENCES device (id), number INTEGER NOT NULL,"
  " hash BLOB, code TEXT NOT NULL, why TEXT, at INTEGER NOT NULL, PRIMARY KEY (device, number)) STRICT,"
  " WITHOUT ROWID;"
  "CREATE TABLE attention (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, device TEXT, number INTEGER,"
  " op TEXT NOT NULL, code TEXT, why TEXT, at INTEGER NOT NULL, detail TEXT) STRICT;"
  "CREATE TABLE settled (device TEXT NOT NULL, number INTEGER NOT NULL, how TEXT NOT NULL,"
  " at INTEGER NOT NULL, op TEXT, PRIMARY KEY (device, number)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE snapshot (part INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;",
};

/* Derived tables that are not entities. effect: what each operation changed (sum: rows.h); touch: whose
 * history it belongs to; undone: which operation was undone by which; search: one document a card, with an
 * index of first letters because those match most cards. */
static const char derived[] =
    "CREATE TABLE effect (seq INTEGER PRIMARY KEY, board TEXT, body TEXT NOT NULL, sum INTEGER NOT NULL) "
    "STRICT;"
    "CREATE TABLE touch (card TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (card, seq)) STRICT, WITHOUT "
    "ROWID;"
    "CREATE TABLE undone (seq INTEGER PRIMARY KEY, by INTEGER NOT NULL) STRICT;"
    "CREATE INDEX touch_seq ON touch (seq);"
    "CREATE INDEX undone_by ON undone (by);"
    "CREATE VIRTUAL TABLE search USING fts5 (id UNINDEXED, board UNINDEXED, title, texts, comments, names,"
    " tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2');";

static gboolean
apply_step (BatonDb *db, int version, GError **error)
{
  /* SQL-SAFE: the steps are those above. */
  g_autofree char *sql =
      g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;", steps[version], version + 1);

  if (baton_db_exec (db, sql, error))
    return TRUE;
  baton_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

/* A database without tables: one that is being created, or what is left of one. */
static gboolean
is_empty (BatonDb *db)
{
  return baton_db_int (db, "PRAGMA user_version", -1) == 0 &&
         baton_db_int (db, "SELECT count (*) FROM sqlite_schema", -1) == 0;
}

gboolean
baton_tables_recognise (BatonDb *db, gboolean create, GError **error)
{
  gint64 application = baton_db_int (db, "PRAGMA application_id", -1);

  if (application == BATON_APPLICATION || (create && is_empty (db)))
    return TRUE;
  if (application < 0)
    return baton_db_fail (db, sqlite3_extended_errcode (db->handle), error);
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CORRUPT,
      _ ("The database is damaged, or it is not one of Baton. Nothing was changed in it."));
  return FALSE;
}

gboolean
baton_tables_is_newer (BatonDb *db)
{
  return baton_db_int (db, "PRAGMA user_version", 0) > BATON_FORMAT;
}

gboolean
baton_tables_migrate (BatonDb *db, GError **error)
{
  gint64 version = baton_db_int (db, "PRAGMA user_version", -1);

  if (version < 0)
    return baton_db_fail (db, sqlite3_extended_errcode (db->handle), error);
  if (version > BATON_FORMAT)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NEWER,
          _ ("This workspace was written by a newer Baton. It can be read here, but not changed; update "
             "Baton to "
             "go on."));
      return FALSE;
    }
  for (gint64 i = version; i < BATON_FORMAT; i++)
    {
      if (!apply_step (db, (int) i, error))
        return FALSE;
    }
  return TRUE;
}

static void
append_columns (GString *sql, const BatonEntityInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonFieldInfo *field = baton_field_info (info->first + i);
      gboolean number =
          field->type == BATON_TYPE_INT || field->type == BATON_TYPE_BOOL || field->type == BATON_TYPE_TIME;

      g_string_append_printf (sql, ", \"%s\" %s", field->name, number ? "INTEGER" : "TEXT");
    }
}

/* What rows hang from in such numbers that they are looked up by it. */
static gboolean
is_owner (const BatonFieldInfo *field)
{
  if (field->type != BATON_TYPE_REF || field->entity == BATON_ENTITY_BOARD)
    return FALSE;
  return field->target == BATON_ENTITY_CARD || field->target == BATON_ENTITY_BOARD ||
         field->target == BATON_ENTITY_ASSET || field->target == BATON_ENTITY_REVIEW ||
         (field->target == BATON_ENTITY_VERSION && field->merge == BATON_MERGE_ADD_ONLY);
}

/* Rows are looked up by id, and walked in order below their parent or whatever owns them. */
static void
append_indexes (GString *sql, const BatonEntityInfo *info)
{
  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonFieldInfo *field = baton_field_info (info->first + i);
      gboolean ordered = info->parent == info->first + i && info->rank != BATON_FIELD_NONE;
      gboolean owned = is_owner (field);

      /* SQL-SAFE: the names are those of schema.def. */
      if (ordered || owned)
        /* SQL-SAFE: names come from the schema table. */
        g_string_append_printf (sql, "CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\"%s);", info->name, field->name,
            info->name, field->name, ordered ? ", rank" : "");
      /* An import asks for each row whether it is there already. SQL-SAFE: as above. */
      if (g_str_equal (field->name, "source"))
        g_string_append_printf (sql,
            "CREATE INDEX \"%s_source\" ON \"%s\" (source) WHERE source IS NOT NULL;", info->name,
            info->name);
    }
}

static char *
wanted_shape (void)
{
  return g_strdup_printf ("%d.%u", BATON_DERIVED, baton_schema_fingerprint ());
}

/* Once the log is read with new knowledge, it need not be so again. */
static gboolean
refresh_behind (BatonDb *db, GError **error)
{
  g_autofree char *behind = baton_meta_get (db, "sync.behind");

  return behind == NULL || baton_tables_note_behind (db, error);
}

gboolean
baton_tables_create_derived (BatonDb *db, GError **error)
{
  g_autoptr (GString) sql = g_string_new (derived);
  g_autofree char *shape = wanted_shape ();

  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    {
      const BatonEntityInfo *info = baton_entity_info (i);

      /* SQL-SAFE: the names are those of schema.def. */
      g_string_append_printf (sql, "CREATE TABLE \"%s\" (id TEXT PRIMARY KEY NOT NULL", info->name);
      append_columns (sql, info);
      g_string_append (sql, ", sum INTEGER NOT NULL) STRICT;");
      append_indexes (sql, info);
    }
  return baton_db_exec (db, sql->str, error) && baton_meta_set (db, "shape", shape, error) &&
         refresh_behind (db, error);
}

gboolean
baton_tables_drop_derived (BatonDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = baton_db_prepare (db,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      " AND name NOT LIKE 'search_%' AND name NOT IN ('meta', 'device', 'log', 'draft',"
      " 'refused', 'attention', 'settled', 'snapshot')",
      error);

  if (statement == NULL)
    return FALSE;
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_reset (statement);
  for (guint i = 0; i < names->len; i++)
    {
      /* SQL-SAFE: the names come from the database's own list of tables. */
      g_autofree char *sql = g_strdup_printf ("DROP TABLE \"%s\"", (char *) g_ptr_array_index (names, i));

      if (!baton_db_exec (db, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* What this Baton knows: its verbs and fields. */
static char *
known_shape (void)
{
  g_autoptr (GString) verbs = g_string_new (NULL);

  for (guint i = 0; i < BATON_N_VERBS; i++)
    g_string_append (verbs, baton_verb_info (i)->name);
  return g_strdup_printf ("%u.%u", baton_schema_fingerprint (), g_str_hash (verbs->str));
}

gboolean
baton_tables_note_behind (BatonDb *db, GError **error)
{
  g_autofree char *known = known_shape ();

  return baton_meta_set (db, "sync.behind", known, error);
}

gboolean
baton_tables_derived_current (BatonDb *db)
{
  g_autofree char *shape = baton_meta_get (db, "shape");
  g_autofree char *wanted = wanted_shape ();
  g_autofree char *behind = baton_meta_get (db, "sync.behind");
  g_autofree char *known = behind != NULL ? known_shape () : NULL;

  return g_strcmp0 (shape, wanted) == 0 && g_strcmp0 (behind, known) == 0;
}

GPtrArray *
baton_tables_derived_queries (gint64 above)
{
  GPtrArray *queries = g_ptr_array_new_with_free_func (g_free);
  long long from = above;

  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    g_ptr_array_add (
        /* SQL-SAFE: names come from the schema table. */
        queries, g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY id", baton_entity_info (i)->name));
  /* SQL-SAFE: a number. */
  g_ptr_array_add (queries, g_strdup_printf ("SELECT * FROM effect WHERE seq > %lld ORDER BY seq", from));
  /* SQL-SAFE: a number. */
  g_ptr_array_add (
      queries, g_strdup_printf ("SELECT * FROM touch WHERE seq > %lld ORDER BY card, seq", from));
  /* SQL-SAFE: a number. */
  g_ptr_array_add (queries, g_strdup_printf ("SELECT * FROM undone WHERE seq > %lld ORDER BY seq", from));
  g_ptr_array_add (queries, g_strdup ("SELECT * FROM search ORDER BY id"));
  return queries;
}

char *
baton_meta_get (BatonDb *db, const char *key)
{
  return baton_db_text (db, "SELECT value FROM meta WHERE key = ?", key);
}

gboolean
baton_meta_set (BatonDb *db, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (db,
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      error);

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, key);
  baton_bind_text (statement, 2, value);
  return baton_db_run (db, statement, error);
}
