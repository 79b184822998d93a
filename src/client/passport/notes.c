/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "notes-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
note_free (gpointer data)
{
  BatonNote *note = data;

  g_clear_pointer (&note->mark, baton_mark_free);
  g_free (note);
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  const BatonNote *left = *(BatonNote *const *) a;
  const BatonNote *right = *(BatonNote *const *) b;
  gint64 one = baton_row_int (left->comment, BATON_COMMENT_CREATED);
  gint64 other = baton_row_int (right->comment, BATON_COMMENT_CREATED);

  if (left->page != right->page)
    return left->page < right->page ? -1 : 1;
  return one != other ? (one < other ? -1 : 1) : strcmp (left->comment->id, right->comment->id);
}

GPtrArray *
baton_notes_of (GPtrArray *comments, const char *version)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (note_free);

  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (comments, i);
      BatonNote *note;

      if (g_strcmp0 (baton_row_text (row, BATON_COMMENT_VERSION), version) != 0 ||
          baton_row_text (row, BATON_COMMENT_REPLY_TO) != NULL)
        continue;
      note = g_new0 (BatonNote, 1);
      note->comment = row;
      /* A file without pages has one. */
      note->page = MAX (baton_row_int (row, BATON_COMMENT_PAGE), 1);
      note->mark = baton_mark_parse (baton_mark_shape (baton_row_text (row, BATON_COMMENT_SHAPE)),
          baton_row_text (row, BATON_COMMENT_PLACE));
      g_ptr_array_add (notes, note);
    }
  g_ptr_array_sort (notes, compare_notes);
  for (guint i = 0; i < notes->len; i++)
    ((BatonNote *) g_ptr_array_index (notes, i))->number = i + 1;
  return notes;
}

/* RFC 4180, and nothing that a spreadsheet would calculate. */
static void
append_cell (GString *out, const char *text, gboolean last)
{
  g_string_append_c (out, '"');
  if (text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (out, '\'');
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append (out, last ? "\"\r\n" : "\",");
}

static void
append_comment (const BatonPassport *passport, GString *out, const BatonRow *asset, const BatonRow *version,
    const BatonRow *row, const char *number)
{
  g_autofree char *v = version != NULL
                           ? g_strdup_printf ("%d", (int) baton_row_int (version, BATON_VERSION_NUMBER))
                           : g_strdup ("");
  gint64 page = baton_row_int (row, BATON_COMMENT_PAGE);
  g_autofree char *p = page > 0 ? g_strdup_printf ("%d", (int) page) : g_strdup ("");
  g_autofree char *at = baton_passport_time (baton_row_int (row, BATON_COMMENT_CREATED));
  g_autofree char *resolved = baton_passport_time (baton_row_int (row, BATON_COMMENT_RESOLVED));
  const char *cells[] = { asset != NULL ? baton_row_text (asset, BATON_ASSET_NAME) : "", v, number, p,
    baton_row_text (row, BATON_COMMENT_SHAPE), baton_row_text (row, BATON_COMMENT_PLACE),
    baton_names_get (passport->names, BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_AUTHOR)), at,
    baton_row_text (row, BATON_COMMENT_TEXT), resolved,
    baton_names_get (passport->names, BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_RESOLVER)) };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    append_cell (out, cells[i], i + 1 == G_N_ELEMENTS (cells));
}

/* An answer is numbered after what it answers: 3.1, 3.2. */
static void
append_answers (const BatonPassport *passport, GString *out, GPtrArray *comments, const BatonRow *asset,
    const BatonRow *version, const BatonRow *to, const char *number)
{
  guint n = 0;

  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (comments, i);
      g_autofree char *own = NULL;

      if (g_strcmp0 (baton_row_text (row, BATON_COMMENT_REPLY_TO), to->id) != 0)
        continue;
      own = g_strdup_printf ("%s.%u", number, ++n);
      append_comment (passport, out, asset, version, row, own);
      append_answers (passport, out, comments, asset, version, row, own);
    }
}

static void
append_notes (const BatonPassport *passport, GString *out, GPtrArray *comments, const BatonRow *asset,
    const BatonRow *version)
{
  g_autoptr (GPtrArray) notes = baton_notes_of (comments, version != NULL ? version->id : NULL);

  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);
      g_autofree char *number = g_strdup_printf ("%u", note->number);

      append_comment (passport, out, asset, version, note->comment, number);
      append_answers (passport, out, comments, asset, version, note->comment, number);
    }
}

char *
baton_notes_csv (BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error)
{
  static const char *const headers[] = { "Asset", "Version", "Number", "Page", "Shape", "Place", "Author",
    "At", "Comment", "Resolved", "Resolver" };
  g_auto (BatonPassport) passport = { NULL };
  g_autoptr (GPtrArray) comments = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  GString *out;

  if (!baton_passport_open (&passport, reader, blobs, card, error))
    return NULL;
  comments = baton_passport_rows (&passport, BATON_COMMENT_CARD, card);
  assets = baton_passport_rows (&passport, BATON_ASSET_CARD, card);
  out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    append_cell (out, headers[i], i + 1 == G_N_ELEMENTS (headers));
  append_notes (&passport, out, comments, NULL, NULL);
  for (guint i = 0; i < assets->len; i++)
    {
      const BatonRow *asset = g_ptr_array_index (assets, i);
      g_autoptr (GPtrArray) versions = baton_passport_versions (&passport, asset->id);

      for (guint j = 0; j < versions->len; j++)
        append_notes (&passport, out, comments, asset, g_ptr_array_index (versions, j));
    }
  return g_string_free (out, FALSE);
}
