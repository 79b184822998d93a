/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "notice.h"

#include <glib/gi18n.h>

struct _BatonNotice
{
  GtkBox parent_instance;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (BatonNotice, baton_notice, GTK_TYPE_BOX)

static void
dismiss_cb (GtkButton *button, BatonNotice *self)
{
  baton_notice_say (self, NULL);
}

static void
baton_notice_class_init (BatonNoticeClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
baton_notice_init (BatonNotice *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "notice");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self), icon);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Dismiss"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_box_append (GTK_BOX (self), button);
  g_signal_connect (button, "clicked", G_CALLBACK (dismiss_cb), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
baton_notice_new (void)
{
  return g_object_new (BATON_TYPE_NOTICE, NULL);
}

void
baton_notice_say (BatonNotice *self, const char *text)
{
  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
}

const char *
baton_notice_text (BatonNotice *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (self->label) : NULL;
}

typedef struct
{
  BatonNotice *notice;
  BatonPerformedFunc func;
  GObject *owner;
} Performing;

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Performing *performing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  baton_notice_say (performing->notice, error != NULL ? error->message : NULL);
  if (performing->func != NULL)
    performing->func (performing->owner, effect);
  g_object_unref (performing->notice);
  g_object_unref (performing->owner);
  g_free (performing);
}

void
baton_notice_perform (
    BatonNotice *self, BatonWorkspace *workspace, BatonOp *op, BatonPerformedFunc func, gpointer owner)
{
  Performing *performing = g_new0 (Performing, 1);

  performing->notice = g_object_ref (self);
  performing->func = func;
  performing->owner = g_object_ref (owner != NULL ? owner : self);
  baton_workspace_perform_async (workspace, op, performed_cb, performing);
}
