/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "search.h"

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
bind_folded (sqlite3_stmt *statement, int index, const unsigned char *text)
{
  char *folded = baton_search_fold ((const char *) text);

  return sqlite3_bind_text (statement, index, folded, -1, g_free) == SQLITE_OK;
}

static gboolean
index_card (BatonDb *db, const char *card, GError **error)
{
  sqlite3_stmt *remove =
      baton_db_prepare (db, "DELETE FROM search WHERE rowid = (SELECT rowid FROM card WHERE id = ?)", error);
  sqlite3_stmt *read = baton_db_prepare (db,
      "SELECT c.rowid, c.board, c.title, concat_texts.text, (SELECT group_concat (text, char (10)) FROM"
      " (SELECT text FROM comment WHERE card = c.id AND removed IS NULL ORDER BY created, id)),"
      " (SELECT group_concat (name, char (10)) FROM (SELECT name FROM label WHERE instr (c.labels, id) > 0"
      " UNION ALL SELECT name FROM person WHERE id = c.owner OR instr (c.members, id) > 0 ORDER BY name))"
      " FROM card c, (SELECT coalesce (brief, '') || char (10) || coalesce (notes, '') || char (10) ||"
      " coalesce (audience, '') AS text FROM card WHERE id = ?1) AS concat_texts WHERE c.id = ?1",
      error);
  sqlite3_stmt *write = baton_db_prepare (db,
      "INSERT INTO search (rowid, id, board, title, texts, comments, names) VALUES (?, ?, ?, ?, ?, ?, ?)",
      error);
  gboolean row;

  if (remove == NULL || read == NULL || write == NULL)
    return FALSE;
  baton_bind_text (remove, 1, card);
  baton_bind_text (read, 1, card);
  if (!baton_db_run (db, remove, error) || !baton_db_step (db, read, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  sqlite3_bind_int64 (write, 1, sqlite3_column_int64 (read, 0));
  baton_bind_text (write, 2, card);
  sqlite3_bind_text (write, 3, (const char *) sqlite3_column_text (read, 1), -1, SQLITE_TRANSIENT);
  for (int i = 2; i < 6; i++)
    bind_folded (write, i + 2, sqlite3_column_text (read, i));
  sqlite3_reset (read);
  return baton_db_run (db, write, error);
}

gboolean
baton_search_index (BatonDb *db, GHashTable *cards, GError **error)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, cards);
  while (g_hash_table_iter_next (&iter, &card, NULL))
    {
      if (!index_card (db, card, error))
        return FALSE;
    }
  g_hash_table_remove_all (cards);
  return TRUE;
}
