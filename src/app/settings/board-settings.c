/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "groups.h"
#include "permits.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (BatonBoardSettings, baton_board_settings, ADW_TYPE_WINDOW)

/* A page that is one list of named things. */
typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  GtkWidget *(*create) (BatonBoardSettings *self); /* NULL: one list of `entity` */
  BatonEntity entity;
  gboolean colored;
  const char *description;
  const char *add;
  const char *empty;
} Page;

static const Page pages[] = {
  { "stages", N_ ("Stages"), "view-paged-symbolic", baton_board_settings_stages_new, BATON_ENTITY_STAGE,
      FALSE, NULL, NULL, NULL },
  { "channels", N_ ("Channels"), "network-transmit-symbolic", NULL, BATON_ENTITY_CHANNEL, TRUE,
      N_ ("Where the work appears. A card is one deliverable for one channel."), N_ ("New channel"),
      N_ ("No channels yet. Instagram, e-mail, print: name the places your work goes to.") },
  { "campaigns", N_ ("Campaigns"), "mail-send-symbolic", NULL, BATON_ENTITY_CAMPAIGN, TRUE,
      N_ ("What the work belongs to. Cards of one campaign can be shown as a lane."), N_ ("New campaign"),
      N_ ("No campaigns yet. With one, cards for different channels can be followed together.") },
  { "asset-types", N_ ("Asset types"), "image-x-generic-symbolic", NULL, BATON_ENTITY_ASSET_TYPE, TRUE,
      N_ ("What is made: a story, a banner, an article."), N_ ("New asset type"),
      N_ ("No asset types yet. They say what kind of thing a card delivers.") },
  { "reviews", N_ ("Reviews"), "object-select-symbolic", baton_board_settings_review_new,
      BATON_ENTITY_REVIEW_CHECK, FALSE, NULL, NULL, NULL },
  { "labels", N_ ("Labels"), "bookmark-new-symbolic", NULL, BATON_ENTITY_LABEL, TRUE,
      N_ ("Words that a card can carry several of."), N_ ("New label"),
      N_ ("No labels yet. Use them for what cuts across channels: legal check, translation.") },
  { "people", N_ ("People"), "system-users-symbolic", baton_board_settings_people_new, BATON_ENTITY_PERSON,
      FALSE, NULL, NULL, NULL },
  { "fields", N_ ("Fields"), "view-list-bullet-symbolic", NULL, BATON_ENTITY_CUSTOM_FIELD, FALSE,
      N_ ("Facts of your own that every card can have, such as a cost centre or a print run."),
      N_ ("New field"), N_ ("No fields of your own yet. Imported boards bring theirs along.") },
  { "board", N_ ("Board"), "document-properties-symbolic", baton_board_settings_board_new, BATON_ENTITY_BOARD,
      FALSE, NULL, NULL, NULL },
};

GtkWidget *
baton_board_settings_page (GtkWidget *content, const char *title, const char *description)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_group_add (baton_add_group (page, title, description), content);
  return page;
}

static GtkWidget *
create_list_page (BatonBoardSettings *self, const Page *page)
{
  BatonListWords words = { _ (page->title), _ (page->add), _ (page->empty), page->colored, NULL, NULL };

  return baton_board_settings_page (
      baton_list_editor_new (self->workspace, page->entity, baton_board_id (self->board), &words), NULL,
      _ (page->description));
}

/* A page that one's role may only look at says so. */
static GtkWidget *
for_role (BatonBoardSettings *self, const Page *page, GtkWidget *content)
{
  BatonVerb verb = baton_change_verb (page->entity, BATON_ACTION_SET);
  const char *why = baton_workspace_why_not (self->workspace, verb);
  GtkWidget *box, *label;

  if (why == NULL)
    return content;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  label = gtk_label_new (why);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "read-only-banner");
  gtk_widget_set_sensitive (content, FALSE);
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), content);
  return box;
}

static const Page *
find_page (const char *name, int *index)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (g_str_equal (pages[i].name, name))
        {
          *index = (int) i;
          return &pages[i];
        }
    }
  return NULL;
}

static void
update_back (BatonBoardSettings *self)
{
  gboolean in_stage = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "stage") == 0;

  gtk_widget_set_visible (self->back_button, in_stage || adw_leaflet_get_folded (self->leaflet));
}

void
baton_board_settings_show_page (BatonBoardSettings *self, const char *name)
{
  int index = 0;
  const Page *page = find_page (name, &index);

  g_return_if_fail (page != NULL);
  /* Pages are made when they are first looked at. */
  if (gtk_stack_get_child_by_name (self->stack, name) == NULL)
    gtk_stack_add_named (self->stack,
        for_role (self, page, page->create != NULL ? page->create (self) : create_list_page (self, page)),
        name);
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_list_box_select_row (self->pages, gtk_list_box_get_row_at_index (self->pages, index));
  adw_window_title_set_title (self->title, _ (page->title));
  adw_window_title_set_subtitle (self->title, baton_board_name (self->board));
  update_back (self);
}

void
baton_board_settings_show_stage (BatonBoardSettings *self, BatonItem *stage)
{
  GtkWidget *before = gtk_stack_get_child_by_name (self->stack, "stage");
  GtkWidget *page;

  if (before != NULL)
    gtk_stack_remove (self->stack, before);
  page = baton_board_settings_stage_new (self, stage);
  gtk_stack_add_named (self->stack, page, "stage");
  gtk_stack_set_visible_child_name (self->stack, "stage");
  adw_window_title_set_title (self->title, baton_item_text (stage, BATON_STAGE_NAME));
  update_back (self);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

void
baton_board_settings_go_back (BatonBoardSettings *self)
{
  /* What is still being typed is committed by leaving it. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "stage") == 0)
    {
      baton_board_settings_show_page (self, "stages");
      gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
    }
  else if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static gboolean
back_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  baton_board_settings_go_back (BATON_BOARD_SETTINGS (widget));
  return TRUE;
}

static void
page_activated_cb (BatonBoardSettings *self, GtkListBoxRow *row)
{
  baton_board_settings_show_page (self, pages[gtk_list_box_row_get_index (row)].name);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

static void
add_page_row (BatonBoardSettings *self, const Page *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (page->title));

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (page->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_list_box_append (self->pages, row);
}

static gboolean
close_request_cb (GtkWindow *self)
{
  gtk_window_set_focus (self, NULL);
  return GDK_EVENT_PROPAGATE;
}

static void
baton_board_settings_dispose (GObject *object)
{
  BatonBoardSettings *self = BATON_BOARD_SETTINGS (object);

  g_clear_object (&self->item);
  g_clear_object (&self->board);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_board_settings_parent_class)->dispose (object);
}

static void
baton_board_settings_class_init (BatonBoardSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_board_settings_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/settings/board-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonBoardSettings, leaflet);
  gtk_widget_class_bind_template_child (widget_class, BatonBoardSettings, pages);
  gtk_widget_class_bind_template_child (widget_class, BatonBoardSettings, content);
  gtk_widget_class_bind_template_child (widget_class, BatonBoardSettings, title);
  gtk_widget_class_bind_template_child (widget_class, BatonBoardSettings, back_button);
  gtk_widget_class_bind_template_child (widget_class, BatonBoardSettings, stack);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, baton_board_settings_go_back);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, back_key_cb, NULL);
}

static void
baton_board_settings_init (BatonBoardSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    add_page_row (self, &pages[i]);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (update_back), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

void
baton_board_settings_present (BatonWindow *window)
{
  BatonBoard *board = baton_window_board (window);
  BatonBoardSettings *self;

  g_return_if_fail (board != NULL);
  self = g_object_new (BATON_TYPE_BOARD_SETTINGS, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  self->window = window;
  self->board = g_object_ref (board);
  self->workspace = g_object_ref (baton_board_workspace (board));
  self->item =
      g_object_ref (baton_workspace_lookup (self->workspace, BATON_ENTITY_BOARD, baton_board_id (board)));
  baton_board_settings_show_page (self, "stages");
  adw_leaflet_set_visible_child_name (self->leaflet, "pages");
  gtk_window_present (GTK_WINDOW (self));
}
