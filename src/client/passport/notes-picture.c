/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "notes-private.h"

#include "media.h"
#include "play-line.h"

#include <glib/gi18n-lib.h>

#define MOST_PICTURE_HEIGHT 380.0
#define DETAIL 2 /* pixels a point */

struct _BatonNotePictures
{
  BatonPdf *pdf;
  BatonBlobs *blobs;
  const BatonRow *version;
  GPtrArray *notes;
  BatonPlayLine *line; /* NULL until the first frame is wanted */
};

BatonNotePictures *
baton_note_pictures_new (BatonPdf *pdf, BatonBlobs *blobs, const BatonRow *version, GPtrArray *notes)
{
  BatonNotePictures *self = g_new0 (BatonNotePictures, 1);

  self->pdf = pdf;
  self->blobs = blobs;
  self->version = version;
  self->notes = notes;
  return self;
}

void
baton_note_pictures_free (BatonNotePictures *self)
{
  g_clear_pointer (&self->line, baton_play_line_close);
  g_free (self);
}

static const char *
hash_of (BatonNotePictures *self)
{
  return baton_row_text (self->version, BATON_VERSION_BLOB);
}

/* The size at which a page is shown: its own proportions as far as they are known. */
static cairo_rectangle_t
place_picture (BatonNotePictures *self, cairo_surface_t *picture)
{
  double width = picture != NULL ? cairo_image_surface_get_width (picture)
                                 : (double) baton_row_int (self->version, BATON_VERSION_WIDTH);
  double height = picture != NULL ? cairo_image_surface_get_height (picture)
                                  : (double) baton_row_int (self->version, BATON_VERSION_HEIGHT);
  double inner = baton_pdf_inner_width (self->pdf);
  double scale;

  if (width < 1 || height < 1)
    {
      width = 4;
      height = 3;
    }
  scale = MIN (inner / width, MOST_PICTURE_HEIGHT / height);
  baton_pdf_need (self->pdf, height * scale + 40);
  return (cairo_rectangle_t){ BATON_PDF_MARGIN + (inner - width * scale) / 2, self->pdf->y, width * scale,
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

/* Why there is no picture. status: of reading it. */
static const char *
reason (BatonNotePictures *self, BatonDecodeStatus status)
{
  g_autofree char *path = baton_blobs_path (self->blobs, hash_of (self));

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return _ ("Not shown here: the file of this version is not on this computer.");
  if (!baton_blobs_has (self->blobs, hash_of (self)))
    return _ ("Not shown here: the file of this version is damaged on this computer.");
  if (status == BATON_DECODE_NO_HELPER)
    return _ ("Not shown here: the program that reads videos (baton-play) did not start.");
  if (status == BATON_DECODE_UNKNOWN)
    return _ ("Not shown here: this video cannot be played on this computer.");
  if (status == BATON_DECODE_TIMEOUT)
    return _ ("Not shown here: reading the file took too long and was stopped.");
  return _ ("Not shown here: the file could not be read.");
}

/* Which file it would be of, and why it is not there. Transfer full. */
static PangoLayout *
reason_layout (BatonNotePictures *self, BatonDecodeStatus status, double width)
{
  g_autofree char *size = g_format_size ((guint64) baton_row_int (self->version, BATON_VERSION_SIZE));
  g_autofree char *text =
      g_strdup_printf ("%s · %s · %s\n%s", baton_row_text (self->version, BATON_VERSION_FILE),
          baton_row_text (self->version, BATON_VERSION_MEDIA), size, reason (self, status));

  return baton_pdf_layout (self->pdf, text, 9, FALSE, width);
}

/* In the place of a picture that marks lie upon. */
static void
put_reason (BatonNotePictures *self, const cairo_rectangle_t *box, BatonDecodeStatus status)
{
  g_autoptr (PangoLayout) layout = reason_layout (self, status, box->width - 20);

  cairo_set_source_rgb (self->pdf->cairo, 0.35, 0.35, 0.35);
  cairo_move_to (self->pdf->cairo, box->x + 10, box->y + 10);
  pango_cairo_show_layout (self->pdf->cairo, layout);
}

/* Takes the picture, which may be NULL; gives the rectangle that it lies in. */
static cairo_rectangle_t
put_picture (BatonNotePictures *self, cairo_surface_t *picture, BatonDecodeStatus status)
{
  cairo_rectangle_t box = place_picture (self, picture);

  paint_picture (self->pdf, picture, &box);
  if (picture == NULL)
    put_reason (self, &box, status);
  g_clear_pointer (&picture, cairo_surface_destroy);
  self->pdf->y = box.y + box.height + 12;
  return box;
}

void
baton_note_pictures_put_page (BatonNotePictures *self, gint64 page)
{
  g_autofree char *path = baton_blobs_path (self->blobs, hash_of (self));
  cairo_surface_t *picture = NULL;
  cairo_rectangle_t box;

  if (!baton_notes_have_marks (self->notes, page))
    return;
  if (baton_blobs_has (self->blobs, hash_of (self)))
    picture = baton_page_picture (path, (int) MAX (page - 1, 0), baton_pdf_inner_width (self->pdf) * DETAIL,
        MOST_PICTURE_HEIGHT * DETAIL);
  box = put_picture (self, picture, BATON_DECODE_DAMAGED);
  baton_notes_draw_marks (self->pdf->cairo, self->notes, page, &box);
}

/* The one that an earlier note belongs to was drawn with it. */
static gboolean
is_drawn (BatonNotePictures *self, guint note)
{
  for (guint i = 0; i < note; i++)
    {
      if (baton_notes_same_moment (g_ptr_array_index (self->notes, i), g_ptr_array_index (self->notes, note)))
        return TRUE;
    }
  return FALSE;
}

static cairo_surface_t *
read_frame (BatonNotePictures *self, double seconds, BatonDecodeStatus *status)
{
  g_autofree char *path = baton_blobs_path (self->blobs, hash_of (self));
  cairo_surface_t *frame;

  *status = BATON_DECODE_NO_FILE;
  if (!baton_blobs_has (self->blobs, hash_of (self)))
    return NULL;
  if (self->line == NULL)
    self->line = baton_play_line_open (
        path, (int) (baton_pdf_inner_width (self->pdf) * DETAIL), (int) (MOST_PICTURE_HEIGHT * DETAIL));
  frame = baton_play_line_frame (self->line, seconds);
  *status = baton_play_line_status (self->line);
  return frame;
}

void
baton_note_pictures_put_moment (BatonNotePictures *self, guint note)
{
  const BatonNote *moment = g_ptr_array_index (self->notes, note);
  const char *media = baton_row_text (self->version, BATON_VERSION_MEDIA);
  BatonDecodeStatus status;
  cairo_surface_t *frame;
  cairo_rectangle_t box;

  if (!baton_note_is_in_time (moment) || is_drawn (self, note) ||
      g_str_equal (baton_media_kind (media), "audio"))
    return;
  frame = read_frame (self, moment->mark->from, &status);
  if (frame == NULL && !baton_notes_draw_upon (self->notes, moment))
    {
      g_autoptr (PangoLayout) layout = reason_layout (self, status, baton_pdf_inner_width (self->pdf));

      baton_pdf_put (self->pdf, layout, 0);
      self->pdf->y += 4;
      return;
    }
  box = put_picture (self, frame, status);
  baton_notes_draw_moment (self->pdf->cairo, self->notes, moment, &box);
}
