/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "asset-section-private.h"

#include "section.h"
#include "uploads.h"

#include <glib/gi18n.h>

/* Progress of the files that are on their way to one card, and the sentence of those that failed. */

static void
update_row (BatonUpload *upload, GtkWidget *row)
{
  GtkWidget *bar = g_object_get_data (G_OBJECT (row), "bar");
  GtkWidget *words = g_object_get_data (G_OBJECT (row), "words");
  GtkWidget *cancel = g_object_get_data (G_OBJECT (row), "cancel");
  const char *problem = baton_upload_problem (upload);
  const char *name = problem != NULL ? _ ("Put away") : _ ("Cancel");
  g_autofree char *text = problem != NULL ? g_strdup_printf ("%s: %s", baton_upload_name (upload), problem)
                                          : g_strdup (baton_upload_name (upload));

  gtk_label_set_text (GTK_LABEL (words), text);
  gtk_widget_set_visible (bar, problem == NULL);
  if (baton_upload_fraction (upload) >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), baton_upload_fraction (upload));
  gtk_widget_set_tooltip_text (cancel, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (problem != NULL)
    gtk_widget_add_css_class (row, "notice");
}

static GtkWidget *
create_row (BatonUpload *upload)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *words = baton_wrapped_label (NULL, NULL);
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *cancel = baton_icon_button ("window-close-symbolic", _ ("Cancel"));

  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (texts), bar);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), cancel);
  g_object_set_data (G_OBJECT (row), "bar", bar);
  g_object_set_data (G_OBJECT (row), "words", words);
  g_object_set_data (G_OBJECT (row), "cancel", cancel);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (baton_upload_cancel), upload, G_CONNECT_SWAPPED);
  g_signal_connect_object (upload, "changed", G_CALLBACK (update_row), row, 0);
  update_row (upload, row);
  return row;
}

static void
refill (GListModel *model, guint position, guint removed, guint added, GtkWidget *box)
{
  const char *card = g_object_get_data (G_OBJECT (box), "card");
  GtkWidget *child;
  gboolean any = FALSE;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BatonUpload) upload = g_list_model_get_item (model, i);

      if (g_strcmp0 (baton_upload_card (upload), card) != 0)
        continue;
      gtk_box_append (GTK_BOX (box), create_row (upload));
      any = TRUE;
    }
  gtk_widget_set_visible (box, any);
}

GtkWidget *
baton_asset_uploads_new (BatonCardModel *model)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_object_set_data_full (G_OBJECT (box), "card", g_strdup (baton_card_model_id (model)), g_free);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Files on their way"), -1);
  g_signal_connect_object (baton_uploads (), "items-changed", G_CALLBACK (refill), box, 0);
  refill (baton_uploads (), 0, 0, 0, box);
  return box;
}
