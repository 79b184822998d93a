/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "notes-private.h"

#include "mark-geometry.h"

#include <glib/gi18n-lib.h>

/* " · 0:12.48" of what was said about a moment of a video or sound, " · 0:12.48–0:15.00" about a stretch. */
static char *
moment_words (const BatonRow *row)
{
  g_autoptr (BatonMark) mark = baton_mark_parse (baton_mark_shape (baton_row_text (row, BATON_COMMENT_SHAPE)),
      baton_row_text (row, BATON_COMMENT_PLACE));
  int from, to;

  if (mark == NULL || !baton_mark_has_time (mark))
    return g_strdup ("");
  from = (int) (mark->from * 100 + 0.5);
  to = (int) (mark->to * 100 + 0.5);
  if (mark->shape != BATON_MARK_RANGE)
    return g_strdup_printf (" · %d:%02d.%02d", from / 6000, from / 100 % 60, from % 100);
  return g_strdup_printf (" · %d:%02d.%02d–%d:%02d.%02d", from / 6000, from / 100 % 60, from % 100, to / 6000,
      to / 100 % 60, to % 100);
}

static void
put_comment (BatonPdf *pdf, const BatonPassport *passport, const BatonRow *row, const char *number, double x)
{
  const char *author =
      baton_names_get (passport->names, BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_AUTHOR));
  g_autofree char *at = baton_passport_time (baton_row_int (row, BATON_COMMENT_CREATED));
  g_autofree char *moment = moment_words (row);
  g_autofree char *head = g_strdup_printf ("%s  %s · %s%s%s%s", number, author, at, moment,
      baton_row_int (row, BATON_COMMENT_RESOLVED) != 0 ? " · " : "",
      baton_row_int (row, BATON_COMMENT_RESOLVED) != 0 ? _ ("settled") : "");
  g_autoptr (PangoLayout) title = baton_pdf_layout (pdf, head, 8.5, TRUE, baton_pdf_inner_width (pdf) - x);
  g_autoptr (PangoLayout) text = baton_pdf_layout (
      pdf, baton_row_text (row, BATON_COMMENT_TEXT), 9.5, FALSE, baton_pdf_inner_width (pdf) - x);

  baton_pdf_need (pdf, baton_pdf_layout_height (title) + 14);
  baton_pdf_put (pdf, title, x);
  baton_pdf_put (pdf, text, x);
  pdf->y += 6;
}

static void
put_answers (BatonPdf *pdf, const BatonPassport *passport, GPtrArray *comments, const char *to,
    const char *number, double x)
{
  guint n = 0;

  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (comments, i);
      g_autofree char *own = NULL;

      if (g_strcmp0 (baton_row_text (row, BATON_COMMENT_REPLY_TO), to) != 0)
        continue;
      own = g_strdup_printf ("%s.%u", number, ++n);
      put_comment (pdf, passport, row, own, MIN (x, 120));
      put_answers (pdf, passport, comments, row->id, own, x + 16);
    }
}

/* Page by page: the picture with its marks, then what was said; of a video, moment by moment. */
static void
put_notes (BatonPdf *pdf, const BatonPassport *passport, GPtrArray *comments, const BatonRow *version,
    GPtrArray *notes)
{
  g_autoptr (BatonNotePictures) pictures =
      version != NULL ? baton_note_pictures_new (pdf, passport->blobs, version, notes) : NULL;
  gint64 page = -1;

  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);
      g_autofree char *number = g_strdup_printf ("%u", note->number);

      if (note->page != page && pictures != NULL)
        baton_note_pictures_put_page (pictures, note->page);
      page = note->page;
      if (pictures != NULL)
        baton_note_pictures_put_moment (pictures, i);
      put_comment (pdf, passport, note->comment, number, 0);
      put_answers (pdf, passport, comments, note->comment->id, number, 16);
    }
}

static void
put_heading (BatonPdf *pdf, const char *text, int level)
{
  BatonDocBlock block = { BATON_DOC_HEADING, level, (char *) text, NULL };

  baton_pdf_block (pdf, &block);
}

static void
put_version (BatonPdf *pdf, const BatonPassport *passport, GPtrArray *comments, const BatonRow *version)
{
  g_autoptr (GPtrArray) notes = baton_notes_of (comments, version->id);
  g_autofree char *heading = NULL;

  if (notes->len == 0)
    return;
  heading = g_strdup_printf ("%s · %s", baton_names_get (passport->names, BATON_ENTITY_VERSION, version->id),
      baton_words_status (baton_row_text (version, BATON_VERSION_STATUS)));
  put_heading (pdf, heading, 2);
  put_notes (pdf, passport, comments, version, notes);
}

gboolean
baton_notes_write_pdf (
    BatonReader *reader, BatonBlobs *blobs, const char *card, const char *path, GError **error)
{
  g_auto (BatonPassport) passport = { NULL };
  g_autoptr (GPtrArray) comments = NULL;
  g_autoptr (GPtrArray) assets = NULL;
  g_autoptr (GPtrArray) general = NULL;
  g_autofree char *title = NULL;
  BatonPdf *pdf;

  if (!baton_passport_open (&passport, reader, blobs, card, error))
    return FALSE;
  comments = baton_passport_rows (&passport, BATON_COMMENT_CARD, card);
  assets = baton_passport_rows (&passport, BATON_ASSET_CARD, card);
  general = baton_notes_of (comments, NULL);
  title = g_strdup_printf (_ ("Review notes: %s"), baton_row_text (passport.card, BATON_CARD_TITLE));
  pdf = baton_pdf_new (path, title);
  put_heading (pdf, title, 1);
  for (guint i = 0; i < assets->len; i++)
    {
      g_autoptr (GPtrArray) versions =
          baton_passport_versions (&passport, ((BatonRow *) g_ptr_array_index (assets, i))->id);

      for (guint j = 0; j < versions->len; j++)
        put_version (pdf, &passport, comments, g_ptr_array_index (versions, j));
    }
  if (general->len > 0)
    put_heading (pdf, _ ("About the card"), 2);
  put_notes (pdf, &passport, comments, NULL, general);
  return baton_pdf_finish (pdf, path, error);
}
