/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "link-list.h"

#include "markdown.h"
#include "notice.h"
#include "reveal-editor.h"
#include "section.h"

#include <glib/gi18n.h>

typedef struct
{
  BatonCardModel *model;
  GtkWidget *box;
  GtkWidget *heading;
  GtkWidget *list;
  BatonNotice *notice;
} Links;

static void
links_free (gpointer data)
{
  Links *self = data;

  g_object_unref (self->model);
  g_free (self);
}

static void
remove_cb (GtkButton *button, Links *self)
{
  BatonOp *op = baton_op_new (BATON_VERB_LINK_REMOVE);

  baton_op_add_id (op, g_object_get_data (G_OBJECT (button), "id"));
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, NULL, self->box);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  BatonItem *link = g_object_get_data (G_OBJECT (row), "item");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  const char *url = baton_item_text (link, BATON_LINK_URL);

  if (baton_markdown_is_safe_uri (url))
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, url, GDK_CURRENT_TIME);
}

/* The address without its scheme is enough to know where it leads. */
static char *
short_url (const char *url)
{
  const char *rest = strstr (url, "://");
  g_autofree char *start = g_strndup (rest != NULL ? rest + 3 : url, 200);

  return g_utf8_make_valid (start, -1);
}

static void
update_row (GtkListBoxRow *row)
{
  BatonItem *link = g_object_get_data (G_OBJECT (row), "item");
  GtkLabel *title_label = g_object_get_data (G_OBJECT (row), "title");
  GtkLabel *url_label = g_object_get_data (G_OBJECT (row), "url");
  const char *title = baton_item_text (link, BATON_LINK_TITLE);
  const char *url = baton_item_text (link, BATON_LINK_URL);
  g_autofree char *address = short_url (url);
  g_autofree char *start = g_strndup (title != NULL ? title : "", 300);
  g_autofree char *valid = g_utf8_make_valid (start, -1);
  gboolean titled = title != NULL && *title != '\0' && !g_str_equal (title, url);
  g_autofree char *tooltip = g_strndup (url, 500);
  g_autofree char *name = g_strdup_printf (_ ("Open %s"), titled ? valid : address);

  gtk_label_set_text (title_label, titled ? valid : address);
  gtk_label_set_text (url_label, address);
  gtk_widget_set_visible (GTK_WIDGET (url_label), titled);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), tooltip);
  gtk_list_box_row_set_activatable (row, baton_markdown_is_safe_uri (url));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
ellipsized (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    {
      gtk_widget_add_css_class (label, style);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

static GtkWidget *
create_row (gpointer object, gpointer data)
{
  Links *self = data;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = ellipsized (NULL);
  GtkWidget *url = ellipsized ("caption");
  GtkWidget *remove = baton_icon_button ("user-trash-symbolic", _ ("Remove this link"));
  GtkWidget *icon = gtk_image_new_from_icon_name ("insert-link-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), url);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  g_object_set_data_full (G_OBJECT (remove), "id", g_strdup (baton_item_id (object)), g_free);
  gtk_widget_set_visible (remove, baton_card_model_can_edit (self->model));
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "quiet");
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (object), g_object_unref);
  g_object_set_data (G_OBJECT (row), "title", title);
  g_object_set_data (G_OBJECT (row), "url", url);
  g_signal_connect_object (object, "changed", G_CALLBACK (update_row), row, G_CONNECT_SWAPPED);
  update_row (GTK_LIST_BOX_ROW (row));
  return row;
}

/* "example.com/brief" is an address to people. */
static BatonOp *
add_link_op (BatonCardModel *model, const char *text, char **refusal)
{
  g_autofree char *url = NULL;
  g_autofree char *id = NULL;
  BatonOp *op;
  BatonRow *row;

  if (baton_markdown_is_safe_uri (text))
    url = g_strdup (text);
  else if (strchr (text, ':') == NULL && strchr (text, ' ') == NULL && strchr (text, '.') != NULL)
    url = g_strconcat ("https://", text, NULL);
  else
    {
      *refusal = g_strdup (
          _ ("This is not an address that can be opened. It starts with https://, http:// or mailto:."));
      return NULL;
    }
  op = baton_op_new (BATON_VERB_LINK_ADD);
  id = baton_store_new_id ();
  row = baton_op_add_row (op, BATON_ENTITY_LINK, id);
  baton_row_set_text (row, BATON_LINK_CARD, baton_card_model_id (model));
  baton_row_set_text (row, BATON_LINK_URL, url);
  return op;
}

static void
update_cb (GtkWidget *box)
{
  Links *self = g_object_get_data (G_OBJECT (box), "links");
  guint n = baton_column_size (baton_card_model_links (self->model));

  gtk_widget_set_visible (self->heading, n > 0);
  gtk_widget_set_visible (self->list, n > 0);
}

GtkWidget *
baton_link_list_new (BatonCardModel *model)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Links *self = g_new0 (Links, 1);
  GListModel *links = G_LIST_MODEL (baton_card_model_links (model));

  self->model = g_object_ref (model);
  self->box = box;
  g_object_set_data_full (G_OBJECT (box), "links", self, links_free);
  self->heading = baton_section_heading (_ ("Links"));
  gtk_box_append (GTK_BOX (box), self->heading);
  self->notice = BATON_NOTICE (baton_notice_new ());
  self->list = baton_section_list (_ ("Links"), links, create_row, self);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), NULL);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  if (baton_card_model_can_edit (model))
    gtk_box_append (GTK_BOX (box),
        baton_reveal_editor_new (model, "link", _ ("Add a link"), _ ("Address, https://…"), add_link_op));
  g_signal_connect_object (links, "items-changed", G_CALLBACK (update_cb), box, G_CONNECT_SWAPPED);
  update_cb (box);
  return box;
}
