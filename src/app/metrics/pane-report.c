/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "axis-time.h"
#include "chart-export.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

/* The page as PDF: A4, figures one below the other, each whole on a page. */

#define PAGE_WIDTH 595.0
#define PAGE_HEIGHT 842.0
#define MARGIN 42.0
#define FIGURE_WIDTH 760.0
#define SCALE ((PAGE_WIDTH - 2 * MARGIN) / FIGURE_WIDTH)

typedef struct
{
  cairo_t *cr;
  PangoContext *pango;
  double y;
  guint page;
} Paper;

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static double
write_text (Paper *paper, const char *text, const char *attributes, double y)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (paper->pango);
  g_autoptr (PangoAttrList) list = pango_attr_list_from_string (attributes);
  int height;

  pango_layout_set_attributes (layout, list);
  pango_layout_set_width (layout, (int) (FIGURE_WIDTH * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_save (paper->cr);
  cairo_translate (paper->cr, MARGIN, y);
  cairo_scale (paper->cr, SCALE, SCALE);
  cairo_set_source_rgb (paper->cr, 0.12, 0.12, 0.14);
  pango_cairo_show_layout (paper->cr, layout);
  cairo_restore (paper->cr);
  return height * SCALE;
}

static void
end_page (Paper *paper)
{
  g_autofree char *number = g_strdup_printf ("%u", ++paper->page);

  write_text (paper, number, "0 -1 scale 0.85", PAGE_HEIGHT - MARGIN + 10);
  cairo_show_page (paper->cr);
  paper->y = MARGIN;
}

static void
draw_title (Paper *paper, BatonMetricsPane *self)
{
  g_autofree char *period = baton_period_menu_words (self->period);
  g_autofree char *day = baton_time_day_words (self->report->view->now, self->report->view->zone, 0);
  g_autofree char *what = g_strdup_printf ("%s · %s · %s · %s", period, gtk_label_get_text (self->counts),
      self->report->hours != NULL ? _ ("working hours") : _ ("calendar time"), day);

  paper->y +=
      write_text (paper, baton_board_name (self->board), "0 -1 weight bold, 0 -1 scale 1.7", paper->y) + 2;
  paper->y += write_text (paper, what, "0 -1 scale 0.95", paper->y) + 12;
}

static void
draw_figure (Paper *paper, BatonFigure *figure, const char *heading)
{
  double height;
  g_autoptr (GskRenderNode) node = baton_figure_render (figure, FIGURE_WIDTH, FALSE, &height);

  if (paper->y + height * SCALE + (heading != NULL ? 30 : 0) > PAGE_HEIGHT - MARGIN && paper->y > MARGIN)
    end_page (paper);
  if (heading != NULL)
    paper->y += write_text (paper, heading, "0 -1 weight bold, 0 -1 scale 1.3", paper->y + 6) + 10;
  cairo_save (paper->cr);
  cairo_translate (paper->cr, MARGIN, paper->y);
  cairo_scale (paper->cr, SCALE, SCALE);
  gsk_render_node_draw (node, paper->cr);
  cairo_restore (paper->cr);
  paper->y += height * SCALE + 6;
}

static void
draw_page (Paper *paper, BatonMetricsPane *self)
{
  draw_title (paper, self);
  for (guint section = 0; section < BATON_N_SECTIONS; section++)
    {
      const char *heading = baton_section_title (section);

      if (self->columns[section] == NULL)
        continue;
      for (GtkWidget *child = gtk_widget_get_first_child (self->columns[section]); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          /* What was not simulated is no result. */
          if (!BATON_IS_FIGURE (child) || !gtk_widget_get_visible (child) ||
              (section == BATON_SECTION_WAYS && baton_figure_empty (BATON_FIGURE (child)) != NULL))
            continue;
          draw_figure (paper, BATON_FIGURE (child), heading);
          heading = NULL;
        }
    }
  end_page (paper);
}

GBytes *
baton_metrics_pane_report (BatonMetricsPane *self, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, array, PAGE_WIDTH, PAGE_HEIGHT);
  Paper paper = { cairo_create (surface), baton_canvas_font (GTK_WIDGET (self)), MARGIN, 0 };
  cairo_status_t status;

  if (self->report != NULL)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, baton_board_name (self->board));
      draw_page (&paper, self);
    }
  cairo_destroy (paper.cr);
  g_object_unref (paper.pango);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (array);
  g_byte_array_unref (array);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The report could not be drawn: %s"),
      cairo_status_to_string (status));
  return NULL;
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, BatonMetricsPane *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      bytes = baton_metrics_pane_report (self, &error);
      if (bytes != NULL && baton_export_write (bytes, g_file_peek_path (file), &error))
        baton_window_toast (self->window, _ ("The report is saved."), FALSE);
      else
        baton_window_toast_error (self->window, error);
    }
  g_object_unref (dialog);
}

void
baton_metrics_pane_save_report (BatonMetricsPane *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save the report"), GTK_WINDOW (self->window), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *name = NULL;

  if (self->report == NULL)
    {
      g_object_unref (chooser);
      return;
    }
  name = g_strdup_printf ("%s.pdf", baton_board_name (self->board));
  g_strdelimit (name, "/", '-');
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
