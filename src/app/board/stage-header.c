/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "stage-header.h"

#include "button-names.h"
#include "permits.h"
#include "sideways.h"

#include <glib/gi18n.h>

struct _BatonStageHeader
{
  GtkWidget parent_instance;

  BatonBoard *board; /* borrowed */
  BatonItem *stage;
  GtkBox *box;
  GtkLabel *name;
  GtkLabel *count;
  GtkLabel *tag;
  GtkLabel *limit;
  GtkButton *add;
  GtkMenuButton *menu;
  GtkBox *folded; /* shown alone while the column is collapsed */
  GtkButton *expand;
  BatonSideways *folded_name;
};

G_DEFINE_FINAL_TYPE (BatonStageHeader, baton_stage_header, GTK_TYPE_WIDGET)

gboolean
baton_stage_waits (BatonItem *stage)
{
  const char *kind = baton_item_text (stage, BATON_STAGE_KIND);

  return g_strcmp0 (kind, "queue") == 0 || g_strcmp0 (kind, "backlog") == 0;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Setting a tooltip asks the display where the pointer is, and waits for the answer. */
static void
set_tooltip (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

/* "3 of 4"; beyond the limit a sign says so, the colour only helps, and the words are in the tooltip. */
static void
refresh_limit (BatonStageHeader *self, guint count)
{
  gint64 limit = baton_item_int (self->stage, BATON_STAGE_WIP_LIMIT);
  gboolean hard = baton_item_int (self->stage, BATON_STAGE_WIP_HARD) != 0, over = count > limit;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->limit), limit > 0);
  if (limit <= 0)
    return;
  words = g_strdup_printf (over ? _ ("⚠ %u of %d") : _ ("%u of %d"), count, (int) limit);
  gtk_label_set_label (self->limit, words);
  set_class (GTK_WIDGET (self->limit), "over-limit", over);
  set_tooltip (GTK_WIDGET (self->limit),
      over && hard ? _ ("Over the limit of work in progress; more is refused")
      : over       ? _ ("Over the limit of work in progress; finish something before you begin more")
      : hard       ? _ ("The limit of work in progress; more is refused")
                   : _ ("The limit of work in progress; more is allowed but shown"));
}

/* The whole name, which may have no room, and whose the stage is. */
static void
refresh_name (BatonStageHeader *self)
{
  const char *name = baton_item_text (self->stage, BATON_STAGE_NAME);
  const char *role = baton_item_text (self->stage, BATON_STAGE_ROLE);
  g_autofree char *both =
      role != NULL && *role != '\0' ? g_strdup_printf ("%s · %s", name, role) : g_strdup (name);

  gtk_label_set_label (self->name, name);
  set_tooltip (GTK_WIDGET (self->name), both);
}

/* "In design, work is done here, 7 cards, over the limit of 6" */
static void
refresh_accessible (BatonStageHeader *self, guint count)
{
  int limit = (int) baton_item_int (self->stage, BATON_STAGE_WIP_LIMIT);
  g_autofree char *words = g_strdup_printf (ngettext ("%s, %s, %u card", "%s, %s, %u cards", count),
      baton_item_text (self->stage, BATON_STAGE_NAME),
      baton_stage_waits (self->stage) ? _ ("work waits here") : _ ("work is done here"), count);
  g_autofree char *all = limit <= 0 ? g_strdup (words)
                         : count > (guint) limit
                             ? g_strdup_printf (_ ("%s, over the limit of %d"), words, limit)
                             : g_strdup_printf (_ ("%s, at most %d"), words, limit);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, all, -1);
}

static gboolean
may (BatonStageHeader *self, BatonVerb verb)
{
  return baton_workspace_why_not (baton_board_workspace (self->board), verb) == NULL;
}

void
baton_stage_header_refresh (BatonStageHeader *self)
{
  const char *id = baton_item_id (self->stage);
  const char *stage_name = baton_item_text (self->stage, BATON_STAGE_NAME);
  guint count = baton_board_count (self->board, id);
  guint shown = baton_board_count_shown (self->board, id);
  gboolean limited = baton_item_int (self->stage, BATON_STAGE_WIP_LIMIT) > 0;
  gboolean filtered = baton_board_is_filtered (self->board);
  g_autofree char *number =
      filtered ? g_strdup_printf ("%u/%u", shown, count) : g_strdup_printf ("%u", count);
  g_autofree char *expand =
      g_strdup_printf (ngettext ("Unfold “%s”, %u card", "Unfold “%s”, %u cards", count), stage_name, count);

  gtk_widget_set_visible (GTK_WIDGET (self->add), may (self, BATON_VERB_CARD_ADD));
  refresh_name (self);
  refresh_accessible (self, count);
  gtk_label_set_label (self->count, number);
  gtk_widget_set_visible (GTK_WIDGET (self->count), !limited || filtered);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->count), filtered);
  gtk_widget_set_visible (GTK_WIDGET (self->tag), baton_stage_waits (self->stage));
  if (gtk_widget_get_visible (GTK_WIDGET (self->folded)))
    {
      g_autofree char *words = g_strdup_printf ("%s  %s", stage_name, number);

      baton_sideways_set_text (self->folded_name, words);
      set_tooltip (GTK_WIDGET (self->expand), expand);
      baton_name_buttons (GTK_WIDGET (self->expand));
    }
  refresh_limit (self, count);
  if (filtered)
    gtk_widget_set_visible (GTK_WIDGET (self->limit), FALSE);
}

void
baton_stage_header_set_collapsed (BatonStageHeader *self, gboolean collapsed)
{
  gtk_widget_set_visible (GTK_WIDGET (self->box), !collapsed);
  gtk_widget_set_visible (GTK_WIDGET (self->folded), collapsed);
  baton_stage_header_refresh (self);
}

static gboolean
count_tooltip_cb (
    GtkWidget *count, int x, int y, gboolean keyboard, GtkTooltip *tooltip, BatonStageHeader *self)
{
  const char *id = baton_item_id (self->stage);
  guint all = baton_board_count (self->board, id);
  g_autofree char *words =
      g_strdup_printf (ngettext ("%u of %u card passes the filter", "%u of %u cards pass the filter", all),
          baton_board_count_shown (self->board, id), all);

  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *stage)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", stage);
  g_menu_append_item (menu, item);
}

/* Card templates of the board, each making a card in this stage. */
static GMenuModel *
templates_menu (BatonStageHeader *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GPtrArray) templates = baton_board_shelf (self->board, BATON_SHELF_TEMPLATES);

  for (guint i = 0; i < templates->len; i++)
    {
      BatonItem *template = g_ptr_array_index (templates, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (baton_item_text (template, BATON_CARD_TITLE), NULL);

      g_menu_item_set_action_and_target (
          item, "board.from-template", "(ss)", baton_item_id (template), baton_item_id (self->stage));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_menu (BatonStageHeader *self)
{
  const char *stage = baton_item_id (self->stage);
  g_autoptr (GMenuModel) templates = templates_menu (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) cards = g_menu_new ();
  g_autoptr (GMenu) column = g_menu_new ();

  if (may (self, BATON_VERB_CARD_ADD))
    add_item (cards, _ ("Add a card"), "board.add-card", stage);
  if (may (self, BATON_VERB_CARD_ADD) && g_menu_model_get_n_items (templates) > 0)
    g_menu_append_submenu (cards, _ ("Add from a template"), templates);
  add_item (cards, _ ("Select all cards"), "board.select-stage", stage);
  if (may (self, BATON_VERB_CARD_ARCHIVE))
    add_item (cards, _ ("Archive all cards"), "board.archive-stage", stage);
  add_item (column, _ ("Fold"), "board.collapse", stage);
  if (may (self, BATON_VERB_STAGE_MOVE))
    {
      add_item (column, _ ("Move towards the start"), "board.stage-earlier", stage);
      add_item (column, _ ("Move towards the end"), "board.stage-later", stage);
    }
  if (may (self, BATON_VERB_STAGE_SET))
    g_menu_append (column, _ ("Stage settings…"), "win.board-settings");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (cards));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (column));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/* Made when it opens: the templates may be others by then. */
static void
make_popup_cb (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenuModel) menu = make_menu (data);

  gtk_menu_button_set_menu_model (button, menu);
}

static GtkWidget *
append_label (GtkBox *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_box_append (box, label);
  return label;
}

static void
build (BatonStageHeader *self)
{
  const char *stage = baton_item_id (self->stage);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  self->name = GTK_LABEL (append_label (self->box, "heading"));
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->name, 0);
  self->count = GTK_LABEL (append_label (self->box, "stage-count"));
  g_signal_connect (self->count, "query-tooltip", G_CALLBACK (count_tooltip_cb), self);
  self->tag = GTK_LABEL (append_label (self->box, "stage-tag"));
  gtk_label_set_label (self->tag, _ ("waits"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->tag), _ ("Work waits here until someone pulls it"));
  self->limit = GTK_LABEL (append_label (self->box, "stage-count"));
  gtk_label_set_ellipsize (self->limit, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->limit), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->limit), GTK_ALIGN_START);

  self->add = GTK_BUTTON (gtk_button_new_from_icon_name ("list-add-symbolic"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), _ ("Add a card here"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "board.add-card");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", stage);
  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (self->menu, make_popup_cb, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _ ("Menu of this stage"));
  gtk_box_append (self->box, GTK_WIDGET (self->add));
  gtk_box_append (self->box, GTK_WIDGET (self->menu));
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  gtk_widget_set_halign (GTK_WIDGET (self->add), GTK_ALIGN_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->add), TRUE);

  self->expand = GTK_BUTTON (gtk_button_new_from_icon_name ("pan-end-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->expand), "flat");
  gtk_widget_set_halign (GTK_WIDGET (self->expand), GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->expand), "board.collapse");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->expand), "s", stage);
  self->folded_name = BATON_SIDEWAYS (baton_sideways_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->folded_name), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->folded_name), "heading");
  self->folded = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (self->folded, GTK_WIDGET (self->expand));
  gtk_box_append (self->folded, GTK_WIDGET (self->folded_name));
  gtk_widget_set_parent (GTK_WIDGET (self->folded), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->folded), FALSE);
  baton_name_buttons (GTK_WIDGET (self));
}

static void
stage_changed_cb (BatonItem *stage, BatonStageHeader *self)
{
  baton_stage_header_refresh (self);
}

static void
baton_stage_header_dispose (GObject *object)
{
  BatonStageHeader *self = BATON_STAGE_HEADER (object);

  if (self->stage != NULL)
    g_signal_handlers_disconnect_by_data (self->stage, self);
  g_clear_object (&self->stage);
  g_clear_pointer ((GtkWidget **) &self->box, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->folded, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_stage_header_parent_class)->dispose (object);
}

static void
baton_stage_header_class_init (BatonStageHeaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_stage_header_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "stageheader");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baton_stage_header_init (BatonStageHeader *self)
{
}

GtkWidget *
baton_stage_header_new (BatonBoard *board, BatonItem *stage)
{
  BatonStageHeader *self = g_object_new (BATON_TYPE_STAGE_HEADER, NULL);

  self->board = board;
  self->stage = g_object_ref (stage);
  build (self);
  g_signal_connect (stage, "changed", G_CALLBACK (stage_changed_cb), self);
  baton_stage_header_refresh (self);
  return GTK_WIDGET (self);
}

BatonItem *
baton_stage_header_stage (BatonStageHeader *self)
{
  return self->stage;
}
