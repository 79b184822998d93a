/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "figure-private.h"

#include "chart-export.h"
#include "toasts.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define FILE_WIDTH 820.0
#define PAD 16.0

static double
draw_paragraph (
    BatonCanvas *canvas, const char *text, const char *font, const GdkRGBA *color, double y, double width)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  int height;

  if (text == NULL || *text == '\0')
    return y;
  layout = pango_layout_new (canvas->pango);
  attributes = pango_attr_list_from_string (font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot, &GRAPHENE_POINT_INIT ((float) PAD, (float) y));
  gtk_snapshot_append_layout (canvas->snapshot, layout, color);
  gtk_snapshot_restore (canvas->snapshot);
  return y + height + 3;
}

static double
chart_height (BatonFigure *self)
{
  return self->chart != NULL && self->empty == NULL ? baton_chart_height (self->chart) : 0;
}

static double
draw_chart (BatonFigure *self, BatonCanvas *canvas, double y, double width, gboolean dark)
{
  double height = chart_height (self);
  g_autoptr (GskRenderNode) chart = height > 0 ? baton_chart_render (self->chart, width, height, dark) : NULL;

  if (chart == NULL)
    return y;
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot, &GRAPHENE_POINT_INIT ((float) PAD, (float) y));
  gtk_snapshot_append_node (canvas->snapshot, chart);
  gtk_snapshot_restore (canvas->snapshot);
  return y + height + 4;
}

static GskRenderNode *
on_ground (GskRenderNode *node, const GdkRGBA *ground, double width, double height)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gtk_snapshot_append_color (snapshot, ground, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

GskRenderNode *
baton_figure_render (BatonFigure *self, double width, gboolean dark, double *height)
{
  g_auto (BatonCanvas) canvas = { 0 };
  GArray *legend = baton_legend_entries (self->legend);
  double y = PAD, inner = width - 2 * PAD;
  g_autoptr (GskRenderNode) node = NULL;

  baton_canvas_init (&canvas, GTK_WIDGET (self), width, 0, dark);
  canvas.vector = TRUE;
  y = draw_paragraph (
      &canvas, self->answer, "0 -1 weight bold, 0 -1 scale 1.05", &canvas.palette.ink, y, inner);
  y = draw_paragraph (&canvas, self->what, "0 -1 scale 0.85", &canvas.palette.faint, y, inner);
  if (legend != NULL && self->empty == NULL)
    y += baton_legend_draw (legend, &canvas, PAD, y, inner, TRUE);
  y = draw_chart (self, &canvas, y + 4, inner, dark);
  y = draw_paragraph (&canvas, self->empty, "0 -1 scale 0.95", &canvas.palette.faint, y, inner);
  y = draw_paragraph (&canvas, self->note, "0 -1 scale 0.85", &canvas.palette.ink, y, inner);
  *height = ceil (y + PAD - 3);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&canvas.snapshot));
  return on_ground (node, &canvas.palette.ground, width, *height);
}

GBytes *
baton_figure_export (BatonFigure *self, BatonFigureFile file, GError **error)
{
  g_autoptr (BatonTable) table = file == BATON_FIGURE_CSV ? baton_figure_table (self) : NULL;
  g_autoptr (GskRenderNode) node = NULL;
  double height;
  char *csv;

  if (file == BATON_FIGURE_CSV)
    {
      csv = table != NULL ? baton_table_csv (table) : g_strdup ("");
      return g_bytes_new_take (csv, strlen (csv));
    }
  node = baton_figure_render (self, FILE_WIDTH, FALSE, &height);
  if (file == BATON_FIGURE_SVG)
    return baton_export_svg (node, FILE_WIDTH, height, error);
  return baton_export_png (node, FILE_WIDTH, height, 2, error);
}

/* The picture for programs that take pictures, the answer and the numbers for those that take text. */
static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonFigure *self = BATON_FIGURE (widget);
  double height;
  g_autoptr (GskRenderNode) node = baton_figure_render (self, FILE_WIDTH, FALSE, &height);
  g_autoptr (GdkTexture) texture = baton_export_texture (node, FILE_WIDTH, height, 2);
  g_autoptr (GdkContentProvider) both = NULL;
  g_autoptr (BatonTable) table = baton_figure_table (self);
  g_autofree char *csv = table != NULL ? baton_table_csv (table) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s\n%s", self->answer != NULL ? self->answer : "", csv);
  GdkContentProvider *providers[] = { gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture),
    gdk_content_provider_new_typed (G_TYPE_STRING, text) };

  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);
}

static void
tell (BatonFigure *self, const GError *error)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *title = g_markup_escape_text (error->message, -1);

  if (overlay != NULL)
    baton_toasts_add (ADW_TOAST_OVERLAY (overlay), adw_toast_new (title));
}

static void
save_done_cb (GtkNativeDialog *dialog, int response, BatonFigure *self)
{
  BatonFigureFile kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "kind"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      bytes = baton_figure_export (self, kind, &error);
      if (bytes == NULL || !baton_export_write (bytes, g_file_peek_path (file), &error))
        tell (self, error);
    }
  g_object_unref (dialog);
}

static void
save (BatonFigure *self, BatonFigureFile kind, const char *title, const char *suffix)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title,
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", self->name, suffix);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data (G_OBJECT (chooser), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_done_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonFigure *self = BATON_FIGURE (widget);

  if (g_str_equal (action, "figure.save-png"))
    save (self, BATON_FIGURE_PNG, _ ("Save as picture"), "png");
  else if (g_str_equal (action, "figure.save-svg"))
    save (self, BATON_FIGURE_SVG, _ ("Save as drawing"), "svg");
  else
    save (self, BATON_FIGURE_CSV, _ ("Save the numbers"), "csv");
}

static void
table_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonFigure *self = BATON_FIGURE (widget);

  baton_figure_show_table (self, !gtk_toggle_button_get_active (self->table_button));
}

static void
help_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonFigure *self = BATON_FIGURE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *uri = g_strdup_printf ("help:baton/%s", self->help);

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

void
baton_figure_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "figure.copy", NULL, copy_cb);
  gtk_widget_class_install_action (klass, "figure.save-png", NULL, save_cb);
  gtk_widget_class_install_action (klass, "figure.save-svg", NULL, save_cb);
  gtk_widget_class_install_action (klass, "figure.save-csv", NULL, save_cb);
  gtk_widget_class_install_action (klass, "figure.table", NULL, table_cb);
  gtk_widget_class_install_action (klass, "figure.help", NULL, help_cb);
}
