/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "notes-private.h"

#include "mark-geometry.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_PICTURE_HEIGHT 380.0
#define PIN_RADIUS 7.0

static void
set_mark_colour (cairo_t *cairo)
{
  cairo_set_source_rgb (cairo, 0.88, 0.1, 0.14);
}

static void
draw_pin (cairo_t *cairo, double x, double y, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  cairo_text_extents_t extents;

  cairo_arc (cairo, x, y, PIN_RADIUS, 0, 2 * G_PI);
  set_mark_colour (cairo);
  cairo_fill_preserve (cairo);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_set_line_width (cairo, 1);
  cairo_stroke (cairo);
  cairo_select_font_face (cairo, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cairo, number < 100 ? 8 : 6);
  cairo_text_extents (cairo, text, &extents);
  cairo_move_to (cairo, x - extents.x_advance / 2, y + extents.height / 2);
  cairo_show_text (cairo, text);
}

static void
draw_arrow_head (cairo_t *cairo, const double from[2], const double to[2])
{
  double angle = atan2 (to[1] - from[1], to[0] - from[0]);

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cairo, to[0], to[1]);
      cairo_line_to (cairo, to[0] - 9 * cos (angle + side * 0.45), to[1] - 9 * sin (angle + side * 0.45));
    }
}

static void
draw_mark (cairo_t *cairo, const BatonNote *note, const cairo_rectangle_t *box)
{
  guint n = note->mark != NULL ? note->mark->points->len : 0;
  double before[2] = { 0, 0 };
  double at[2] = { 0, 0 };
  double first[2] = { 0, 0 };

  for (guint i = 0; i < n; i++)
    {
      const BatonMarkPoint *point = &g_array_index (note->mark->points, BatonMarkPoint, i);

      before[0] = at[0];
      before[1] = at[1];
      at[0] = box->x + point->x * box->width;
      at[1] = box->y + point->y * box->height;
      if (i == 0)
        {
          first[0] = at[0];
          first[1] = at[1];
          cairo_move_to (cairo, at[0], at[1]);
        }
      else if (note->mark->shape == BATON_MARK_RECTANGLE)
        cairo_rectangle (cairo, before[0], before[1], at[0] - before[0], at[1] - before[1]);
      else
        cairo_line_to (cairo, at[0], at[1]);
    }
  if (n == 0)
    return;
  if (note->mark->shape == BATON_MARK_ARROW)
    draw_arrow_head (cairo, before, at);
  set_mark_colour (cairo);
  cairo_set_line_width (cairo, 1.6);
  cairo_stroke (cairo);
  draw_pin (cairo, first[0], first[1], note->number);
}

/* What was drawn upon a frame of a video lies on no page. */
static gboolean
is_on_page (const BatonNote *note)
{
  return note->mark != NULL && note->mark->points->len > 0 && !note->mark->timed;
}

void
baton_notes_draw_marks (cairo_t *cairo, GPtrArray *notes, gint64 page, const cairo_rectangle_t *box)
{
  cairo_save (cairo);
  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);

      if (note->page == page && is_on_page (note))
        draw_mark (cairo, note, box);
    }
  cairo_restore (cairo);
}

/* The size at which a page is shown: its own proportions as far as they are known. */
static cairo_rectangle_t
place_picture (BatonPdf *pdf, const BatonRow *version, cairo_surface_t *picture)
{
  double width = picture != NULL ? cairo_image_surface_get_width (picture)
                                 : (double) baton_row_int (version, BATON_VERSION_WIDTH);
  double height = picture != NULL ? cairo_image_surface_get_height (picture)
                                  : (double) baton_row_int (version, BATON_VERSION_HEIGHT);
  double inner = baton_pdf_inner_width (pdf);
  double scale;

  if (width < 1 || height < 1)
    {
      width = 4;
      height = 3;
    }
  scale = MIN (inner / width, MOST_PICTURE_HEIGHT / height);
  baton_pdf_need (pdf, height * scale + 40);
  return (cairo_rectangle_t){ BATON_PDF_MARGIN + (inner - width * scale) / 2, pdf->y, width * scale,
    height * scale };
}

static void
paint_picture (BatonPdf *pdf, cairo_surface_t *picture, const cairo_rectangle_t *box)
{
  cairo_save (pdf->cairo);
  if (picture != NULL)
    {
      cairo_translate (pdf->cairo, box->x, box->y);
      cairo_scale (pdf->cairo, box->width / cairo_image_surface_get_width (picture),
          box->height / cairo_image_surface_get_height (picture));
      cairo_set_source_surface (pdf->cairo, picture, 0, 0);
      cairo_paint (pdf->cairo);
    }
  cairo_restore (pdf->cairo);
  cairo_rectangle (pdf->cairo, box->x, box->y, box->width, box->height);
  cairo_set_source_rgb (pdf->cairo, 0.6, 0.6, 0.6);
  cairo_set_line_width (pdf->cairo, 0.5);
  cairo_stroke (pdf->cairo);
}

static void
put_file_facts (BatonPdf *pdf, const BatonRow *version, const cairo_rectangle_t *box)
{
  g_autofree char *size = g_format_size ((guint64) baton_row_int (version, BATON_VERSION_SIZE));
  g_autofree char *text = g_strdup_printf ("%s · %s · %s", baton_row_text (version, BATON_VERSION_FILE),
      baton_row_text (version, BATON_VERSION_MEDIA), size);
  g_autoptr (PangoLayout) layout = baton_pdf_layout (pdf, text, 9, FALSE, box->width - 20);

  cairo_set_source_rgb (pdf->cairo, 0.45, 0.45, 0.45);
  cairo_move_to (pdf->cairo, box->x + 10, box->y + 10);
  pango_cairo_show_layout (pdf->cairo, layout);
}

static gboolean
has_marks (GPtrArray *notes, gint64 page)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);

      if (note->page == page && is_on_page (note))
        return TRUE;
    }
  return FALSE;
}

static void
put_page (
    BatonPdf *pdf, const BatonPassport *passport, const BatonRow *version, GPtrArray *notes, gint64 page)
{
  const char *hash = baton_row_text (version, BATON_VERSION_BLOB);
  g_autofree char *path = baton_blobs_path (passport->blobs, hash);
  cairo_surface_t *picture = NULL;
  cairo_rectangle_t box;

  if (!has_marks (notes, page))
    return;
  if (baton_blobs_has (passport->blobs, hash))
    picture = baton_page_picture (
        path, (int) MAX (page - 1, 0), baton_pdf_inner_width (pdf) * 2, MOST_PICTURE_HEIGHT * 2);
  box = place_picture (pdf, version, picture);
  paint_picture (pdf, picture, &box);
  if (picture == NULL)
    put_file_facts (pdf, version, &box);
  baton_notes_draw_marks (pdf->cairo, notes, page, &box);
  g_clear_pointer (&picture, cairo_surface_destroy);
  pdf->y = box.y + box.height + 12;
}

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

/* Page by page: the picture with its marks, then what was said. */
static void
put_notes (BatonPdf *pdf, const BatonPassport *passport, GPtrArray *comments, const BatonRow *version,
    GPtrArray *notes)
{
  gint64 page = -1;

  for (guint i = 0; i < notes->len; i++)
    {
      const BatonNote *note = g_ptr_array_index (notes, i);
      g_autofree char *number = g_strdup_printf ("%u", note->number);

      if (note->page != page && version != NULL)
        {
          page = note->page;
          put_page (pdf, passport, version, notes, page);
        }
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
