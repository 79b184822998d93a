/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>

/* The files of the sample: drawn here, so that they are ours, small, and different from version to version.
 */

#define SIDE 480
#define PAGE_WIDTH 420.0
#define PAGE_HEIGHT 298.0

static const double palettes[][3] = { { 0.69, 0.32, 0.50 }, { 0.25, 0.46, 0.68 }, { 0.39, 0.50, 0.22 },
  { 0.18, 0.52, 0.49 }, { 0.61, 0.42, 0.20 }, { 0.46, 0.40, 0.68 } };

static const double *
palette (const SampleCard *card, guint version)
{
  return palettes[(g_str_hash (card->theme->name) + version) % G_N_ELEMENTS (palettes)];
}

static void
draw_text (cairo_t *cairo, const char *text, double size, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, DejaVu Sans, Sans Bold");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
}

/* A sun over hills with the message below: larger, and in other colours, with every version. */
static void
draw_motif (cairo_t *cairo, const SampleCard *card, guint version, double width, double height)
{
  const double *colour = palette (card, version);
  cairo_pattern_t *sky = cairo_pattern_create_linear (0, 0, 0, height);
  double sun = height * (0.1 + 0.05 * version);

  cairo_pattern_add_color_stop_rgb (sky, 0, 0.5 + colour[0] / 2, 0.5 + colour[1] / 2, 0.5 + colour[2] / 2);
  cairo_pattern_add_color_stop_rgb (sky, 1, colour[0], colour[1], colour[2]);
  cairo_set_source (cairo, sky);
  cairo_paint (cairo);
  cairo_pattern_destroy (sky);
  cairo_set_source_rgb (cairo, 1, 0.88, 0.55);
  cairo_arc (cairo, width * 0.72, height * 0.3, sun, 0, 2 * G_PI);
  cairo_fill (cairo);
  for (guint i = 0; i < 3; i++)
    {
      double shade = 0.85 - 0.22 * i;

      cairo_set_source_rgb (cairo, colour[0] * shade, colour[1] * shade, colour[2] * shade);
      cairo_move_to (cairo, 0, height);
      for (double x = 0; x <= width; x += width / 40)
        cairo_line_to (
            cairo, x, height * (0.55 + 0.1 * i + 0.06 * sin (x / width * (5 + 2 * i) + i * 2 + version)));
      cairo_line_to (cairo, width, height);
      cairo_close_path (cairo);
      cairo_fill (cairo);
    }
  cairo_set_source_rgb (cairo, 1, 1, 1);
  draw_text (cairo, _ (card->theme->name), height * (0.075 + 0.01 * version), width * 0.07, height * 0.68,
      width * 0.86);
  draw_text (cairo, _ (card->what->name), height * 0.045, width * 0.07, height * 0.88, width * 0.86);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_picture (const SampleCard *card, guint version)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE * 3 / 4);
  cairo_t *cairo = cairo_create (surface);

  draw_motif (cairo, card, version, SIDE, SIDE * 3 / 4);
  cairo_destroy (cairo);
  cairo_surface_write_to_png_stream (surface, append, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
make_print (const SampleCard *card, guint version)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_t *cairo = cairo_create (surface);

  draw_motif (cairo, card, version, PAGE_WIDTH, PAGE_HEIGHT);
  cairo_show_page (cairo);
  cairo_set_source_rgb (cairo, 0.15, 0.15, 0.15);
  draw_text (cairo, _ (card->theme->message), 20, 30, 40, PAGE_WIDTH - 60);
  draw_text (cairo, _ (card->theme->audience), 11, 30, 150, PAGE_WIDTH - 60);
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* Three frames of a storyboard. */
static GBytes *
make_storyboard (const SampleCard *card, guint version)
{
  const double *colour = palette (card, version);
  GString *out = g_string_new (NULL);
  g_autofree char *name = g_markup_escape_text (_ (card->theme->name), -1);
  int red = (int) (colour[0] * 255);
  int green = (int) (colour[1] * 255);
  int blue = (int) (colour[2] * 255);

  g_string_append (out,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 240\" width=\"640\" height=\"240\">\n"
      "<rect width=\"640\" height=\"240\" fill=\"#f6f5f4\"/>\n");
  for (int i = 0; i < 3; i++)
    g_string_append_printf (out,
        "<rect x=\"%d\" y=\"20\" width=\"190\" height=\"160\" rx=\"8\" fill=\"rgb(%d,%d,%d)\"/>\n"
        "<circle cx=\"%d\" cy=\"%d\" r=\"%u\" fill=\"#ffe08c\"/>\n"
        "<text x=\"%d\" y=\"210\" font-family=\"sans-serif\" font-size=\"15\" fill=\"#333\">%d · %s</text>\n",
        15 + 208 * i, red, green, blue, 70 + 208 * i + 30 * i, 120 - 25 * i, 18 + 6 * version, 20 + 208 * i,
        i + 1, name);
  g_string_append (out, "</svg>\n");
  return g_string_free_to_bytes (out);
}

static GBytes *
make_copy (const SampleCard *card, guint version)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (
      out, "# %s\n\n*%s*\n\n%s\n\n", _ (card->theme->name), _ (card->what->name), _ (card->theme->message));
  if (version > 1)
    g_string_append_printf (out, "%s\n\n", _ (card->theme->audience));
  if (version > 2)
    g_string_append_printf (out, "> %s\n\n", _ (card->theme->notes));
  g_string_append_printf (out, "- %s\n", _ (card->what->format));
  return g_string_free_to_bytes (out);
}

GBytes *
sample_file (const SampleCard *card, guint version, const char **extension, const char **media)
{
  switch (card->what->maker)
    {
    case TOM:
      *extension = ".md";
      *media = "text/markdown";
      return make_copy (card, version);
    case CLAIRE:
      *extension = ".pdf";
      *media = "application/pdf";
      return make_print (card, version);
    case LUCIA:
      *extension = ".svg";
      *media = "image/svg+xml";
      return make_storyboard (card, version);
    default:
      *extension = ".png";
      *media = "image/png";
      return make_picture (card, version);
    }
}
