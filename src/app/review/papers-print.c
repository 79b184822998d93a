/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "papers.h"

#include "passport.h"

#include <glib/gi18n.h>

#define PAGE_WIDTH 595.276 /* of A4, which the pages are made for, in points */
#define PAGE_HEIGHT 841.89

/* Paper of another size shows the whole page, in its middle. */
static void
draw_page_cb (GtkPrintOperation *print, GtkPrintContext *context, int number, GPtrArray *pages)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context), height = gtk_print_context_get_height (context);
  double scale = MIN (width / PAGE_WIDTH, height / PAGE_HEIGHT);

  if (number < 0 || number >= (int) pages->len)
    return;
  cairo_translate (cr, (width - PAGE_WIDTH * scale) / 2, (height - PAGE_HEIGHT * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, g_ptr_array_index (pages, number), 0, 0);
  cairo_paint (cr);
}

static void
pages_unref (gpointer pages, GClosure *closure)
{
  g_ptr_array_unref (pages);
}

/* Printed to a file, it is called like the one that is saved. */
static void
name_file (GtkPrintOperation *print, BatonWorkspace *workspace, const char *card)
{
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *name = baton_papers_propose_name (workspace, card, BATON_PAPERS_PASSPORT);
  char *dot = strrchr (name, '.');

  if (dot != NULL)
    *dot = '\0';
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_operation_set_print_settings (print, settings);
}

GtkPrintOperation *
baton_papers_print_operation (BatonWorkspace *workspace, const char *card, GError **error)
{
  g_autoptr (BatonDoc) doc =
      baton_passport_doc (baton_workspace_reader (workspace), baton_workspace_blobs (workspace), card, error);
  GtkPrintOperation *print;
  GPtrArray *pages;

  if (doc == NULL)
    return NULL;
  pages = baton_doc_to_pages (doc);
  print = gtk_print_operation_new ();
  gtk_print_operation_set_job_name (print, doc->title);
  name_file (print, workspace, card);
  gtk_print_operation_set_n_pages (print, (int) pages->len);
  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  /* The pages have margins of their own. */
  gtk_print_operation_set_use_full_page (print, TRUE);
  gtk_print_operation_set_embed_page_setup (print, TRUE);
  g_signal_connect_data (print, "draw-page", G_CALLBACK (draw_page_cb), pages, pages_unref, 0);
  return print;
}

static void
done_cb (GtkPrintOperation *print, GtkPrintOperationResult result, GtkWidget *widget)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (print, &error);
  baton_papers_tell_error (widget, error);
}

void
baton_papers_print (GtkWidget *widget, BatonWorkspace *workspace, const char *card)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintOperation) print = baton_papers_print_operation (workspace, card, &error);

  if (print != NULL)
    {
      gtk_print_operation_set_allow_async (print, TRUE);
      g_signal_connect_object (print, "done", G_CALLBACK (done_cb), widget, 0);
      gtk_print_operation_run (print, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
          GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
      return;
    }
  baton_papers_tell_error (widget, error);
}
