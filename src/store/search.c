/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "search.h"

#include "value.h"

#include <stdlib.h>
#include <string.h>

static gboolean
is_spaceless (gunichar c)
{
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xff66 && c <= 0xff9f) || (c >= 0x20000 && c <= 0x3ffff) || (c >= 0x0e00 && c <= 0x0eff);
}

char *
baton_search_fold (const char *text)
{
  GString *out;

  if (text == NULL)
    return g_strdup ("");
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_spaceless (c))
        g_string_append_c (out, ' ');
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
      if (is_spaceless (c))
        g_string_append_c (out, ' ');
    }
  return g_string_free (out, FALSE);
}

/* A typed word becomes a quoted FTS5 phrase; in a script without spaces its characters become the phrase's
 * words. */
static void
append_phrase (GString *out, const char *word)
{
  g_autofree char *folded = baton_search_fold (word);

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_c (out, '"');
  for (const char *p = folded; *p != '\0'; p++)
    g_string_append_c (out, *p == '"' ? ' ' : *p);
  g_string_append (out, "\"*");
}

static gboolean
has_word (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
}

char *
baton_search_expression (const char *typed)
{
  g_auto (GStrv) words = NULL;
  GString *out = g_string_new (NULL);

  if (g_utf8_validate (typed, -1, NULL))
    {
      words = g_strsplit_set (typed, " \t\r\n", -1);
      for (guint i = 0; words[i] != NULL; i++)
        {
          if (has_word (words[i]))
            append_phrase (out, words[i]);
        }
    }
  return g_string_free (out, out->len == 0);
}

static gboolean
bind_folded (sqlite3_stmt *statement, int index, const char *text)
{
  char *folded = baton_search_fold (text);

  return sqlite3_bind_text (statement, index, folded, -1, g_free) == SQLITE_OK;
}

/* Adds the names of these labels or people, without those that were removed. */
static gboolean
append_names (BatonDb *db, GString *names, const char *sql, const char *set, GError **error)
{
  g_auto (GStrv) ids = baton_set_split (set);
  gboolean row;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      sqlite3_stmt *statement = baton_db_prepare (db, sql, error);

      if (statement == NULL)
        return FALSE;
      baton_bind_text (statement, 1, ids[i]);
      if (!baton_db_step (db, statement, &row, error))
        return FALSE;
      if (row)
        g_string_append_printf (names, "%s\n", (const char *) sqlite3_column_text (statement, 0));
      sqlite3_reset (statement);
    }
  return TRUE;
}

static gboolean
append_comments (BatonDb *db, GString *comments, const char *card, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (
      db, "SELECT text FROM comment WHERE card = ? AND removed IS NULL ORDER BY created, id", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, card);
  while (baton_db_step (db, statement, &row, error))
    {
      if (!row)
        return TRUE;
      g_string_append_printf (comments, "%s\n", (const char *) sqlite3_column_text (statement, 0));
    }
  return FALSE;
}

static gboolean
write_document (BatonDb *db, sqlite3_stmt *card, const char *id, GError **error)
{
  g_autoptr (GString) comments = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  sqlite3_stmt *write = baton_db_prepare (db,
      "INSERT INTO search (rowid, id, board, title, texts, comments, names) VALUES (?, ?, ?, ?, ?, ?, ?)",
      error);
  const char *label = "SELECT name FROM label WHERE id = ? AND removed IS NULL";
  const char *person = "SELECT name FROM person WHERE id = ? AND removed IS NULL";

  if (write == NULL || !append_comments (db, comments, id, error) ||
      !append_names (db, names, label, (const char *) sqlite3_column_text (card, 4), error) ||
      !append_names (db, names, person, (const char *) sqlite3_column_text (card, 5), error) ||
      !append_names (db, names, person, (const char *) sqlite3_column_text (card, 6), error))
    return FALSE;
  sqlite3_bind_int64 (write, 1, sqlite3_column_int64 (card, 0));
  baton_bind_text (write, 2, id);
  baton_bind_text (write, 3, (const char *) sqlite3_column_text (card, 1));
  bind_folded (write, 4, (const char *) sqlite3_column_text (card, 2));
  bind_folded (write, 5, (const char *) sqlite3_column_text (card, 3));
  bind_folded (write, 6, comments->str);
  bind_folded (write, 7, names->str);
  return baton_db_run (db, write, error);
}

static gboolean
index_card (BatonDb *db, const char *id, GError **error)
{
  sqlite3_stmt *remove =
      baton_db_prepare (db, "DELETE FROM search WHERE rowid = (SELECT rowid FROM card WHERE id = ?)", error);
  sqlite3_stmt *card = baton_db_prepare (db,
      "SELECT rowid, board, title, coalesce (brief, '') || char (10) || coalesce (notes, '') || char (10) ||"
      " coalesce (audience, ''), labels, owner, members FROM card WHERE id = ?",
      error);
  gboolean row;
  gboolean ok;

  if (remove == NULL || card == NULL)
    return FALSE;
  baton_bind_text (remove, 1, id);
  baton_bind_text (card, 1, id);
  if (!baton_db_run (db, remove, error) || !baton_db_step (db, card, &row, error))
    return FALSE;
  ok = !row || write_document (db, card, id, error);
  sqlite3_reset (card);
  return ok;
}

static int
compare_ids (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* In the order of their ids, which is nearly that of their row numbers: the index writes out all it has
 * gathered whenever a smaller number comes after a greater one. */
gboolean
baton_search_index (BatonDb *db, GHashTable *cards, GError **error)
{
  guint n;
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (cards, &n);

  qsort (ids, n, sizeof *ids, compare_ids);
  for (guint i = 0; i < n; i++)
    {
      if (!baton_db_go_on (db, error) || !index_card (db, ids[i], error))
        return FALSE;
    }
  g_hash_table_remove_all (cards);
  return TRUE;
}

gboolean
baton_search_forget (BatonDb *db, const char *card, GError **error)
{
  sqlite3_stmt *remove =
      baton_db_prepare (db, "DELETE FROM search WHERE rowid = (SELECT rowid FROM card WHERE id = ?)", error);

  if (remove == NULL)
    return FALSE;
  baton_bind_text (remove, 1, card);
  return baton_db_run (db, remove, error);
}
