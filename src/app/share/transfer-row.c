/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "transfer-row.h"

#include <glib/gi18n.h>

struct _BatonTransferRow
{
  GtkBox parent_instance;

  BatonFiles *files;
  BatonFileTransfer *transfer;
  GtkImage *way;
  GtkLabel *name, *card, *words;
  GtkProgressBar *bar;
  GtkButton *retry, *cancel;
};

G_DEFINE_FINAL_TYPE (BatonTransferRow, baton_transfer_row, GTK_TYPE_BOX)

static const char *
symbol_of (BatonFileTransfer *transfer)
{
  switch (baton_file_transfer_state (transfer))
    {
    case BATON_FILE_FAILED:
      return "dialog-warning-symbolic";
    case BATON_FILE_DONE:
      return "object-select-symbolic";
    case BATON_FILE_TRAVELS:
    case BATON_FILE_WAITS:
    case BATON_FILE_AWAY:
    case BATON_FILE_GIVEN_UP:
    default:
      return baton_file_transfer_way (transfer) == BATON_BLOB_UP ? "network-transmit-symbolic"
                                                                 : "network-receive-symbolic";
    }
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
refresh (BatonTransferRow *self)
{
  BatonFileTransfer *transfer = self->transfer;
  BatonFileState state = baton_file_transfer_state (transfer);
  const char *way =
      baton_file_transfer_way (transfer) == BATON_BLOB_UP ? _ ("To the server") : _ ("To this computer");
  g_autofree char *words = baton_file_transfer_words (transfer);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", baton_file_transfer_name (transfer), way, words);
  gint64 size = baton_file_transfer_size (transfer), done = baton_file_transfer_done (transfer);
  gboolean begun = state == BATON_FILE_TRAVELS || (done > 0 && state == BATON_FILE_WAITS);

  gtk_image_set_from_icon_name (self->way, symbol_of (transfer));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->way), way);
  set_class (GTK_WIDGET (self->way), "warning", state == BATON_FILE_FAILED);
  gtk_label_set_text (self->words, words);
  set_class (GTK_WIDGET (self->words), "dim-label", state != BATON_FILE_FAILED);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), begun);
  gtk_progress_bar_set_fraction (self->bar, size > 0 ? CLAMP ((double) done / (double) size, 0, 1) : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), baton_file_transfer_can_retry (transfer));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), baton_file_transfer_can_cancel (transfer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
retry_cb (BatonTransferRow *self)
{
  baton_files_retry (self->files, self->transfer);
}

static void
cancel_cb (BatonTransferRow *self)
{
  baton_files_cancel (self->files, self->transfer);
}

void
baton_transfer_row_bind (BatonTransferRow *self, BatonFileTransfer *transfer)
{
  const char *title;

  if (self->transfer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->transfer, self);
      g_signal_handlers_disconnect_by_data (self->files, self);
    }
  g_set_object (&self->transfer, transfer);
  if (transfer == NULL)
    return;
  g_signal_connect_swapped (transfer, "changed", G_CALLBACK (refresh), self);
  /* Paused and connected are said of all. */
  g_signal_connect_swapped (self->files, "changed", G_CALLBACK (refresh), self);
  title = baton_file_transfer_title (transfer);
  gtk_label_set_text (self->name, baton_file_transfer_name (transfer));
  gtk_label_set_text (self->card, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->card), title != NULL);
  refresh (self);
}

static GtkLabel *
new_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkButton *
new_button (BatonTransferRow *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self), button);
  return GTK_BUTTON (button);
}

static void
baton_transfer_row_dispose (GObject *object)
{
  BatonTransferRow *self = BATON_TRANSFER_ROW (object);

  baton_transfer_row_bind (self, NULL);
  g_clear_object (&self->files);
  G_OBJECT_CLASS (baton_transfer_row_parent_class)->dispose (object);
}

static void
baton_transfer_row_class_init (BatonTransferRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_transfer_row_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "transfer");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baton_transfer_row_init (BatonTransferRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->way = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->way), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->way));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self), box);
  self->name = new_label (box, "heading");
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_MIDDLE);
  self->card = new_label (box, "caption");
  gtk_label_set_ellipsize (self->card, PANGO_ELLIPSIZE_END);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  self->words = new_label (box, "caption");
  gtk_label_set_wrap (self->words, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "numeric");
  self->retry = new_button (self, "view-refresh-symbolic", _ ("Try again"), G_CALLBACK (retry_cb));
  self->cancel = new_button (self, "window-close-symbolic", _ ("Do not fetch it"), G_CALLBACK (cancel_cb));
}

GtkWidget *
baton_transfer_row_new (BatonFiles *files)
{
  BatonTransferRow *self = g_object_new (BATON_TYPE_TRANSFER_ROW, NULL);

  self->files = g_object_ref (files);
  return GTK_WIDGET (self);
}
