/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chooser.h"

#include "notice.h"

#include <glib/gi18n.h>

/* More rows than this are not made: a person types a word instead of scrolling. */
#define MOST_ROWS 40
#define SEARCH_FROM 8

struct _BatonChooser
{
  GtkPopover parent_instance;

  BatonCardModel *model;
  BatonField field;
  gboolean several;
  BatonChoicesFunc list_func;
  BatonChooseFunc choose_func;
  BatonCreateFunc create_func; /* may be NULL */

  GtkSearchEntry *search;
  GtkWidget *scrolled;
  GtkListBox *list;
  GtkButton *create;
  char *created; /* the id of what is being made */
  GtkLabel *more;
  BatonNotice *notice;
};

G_DEFINE_FINAL_TYPE (BatonChooser, baton_chooser, GTK_TYPE_POPOVER)

void
baton_choice_free (BatonChoice *choice)
{
  g_free (choice->id);
  g_free (choice->title);
  g_free (choice->detail);
  g_free (choice->color);
  g_free (choice);
}

static GtkWidget *
text_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  /* A card's title may be very long, and a label shapes all that it is given. */
  g_autofree char *start = g_utf8_substring (text, 0, MIN (200, g_utf8_strlen (text, -1)));

  gtk_label_set_text (GTK_LABEL (label), start);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_row (BatonChooser *self, const BatonChoice *choice)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *name = NULL;

  gtk_box_append (GTK_BOX (texts), text_label (choice->title, *choice->id == '\0' ? "dim-label" : NULL));
  if (choice->detail != NULL)
    {
      gtk_box_append (GTK_BOX (texts), text_label (choice->detail, "caption"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
    }
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_opacity (tick, choice->chosen ? 1 : 0);
  gtk_box_append (GTK_BOX (box), tick);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (choice->id), g_free);
  g_object_set_data (G_OBJECT (row), "chosen", GINT_TO_POINTER (choice->chosen));
  /* Translators: an entry of a list that is ticked; %s is its name. */
  name = choice->chosen ? g_strdup_printf (_ ("%s, chosen"), choice->title) : g_strdup (choice->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static char *
typed_name (BatonChooser *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
}

static gboolean
is_offered (BatonChooser *self, const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  guint left_off;
  g_autoptr (GPtrArray) choices = self->list_func (self->model, self->field, wanted, MOST_ROWS, &left_off);

  for (guint i = 0; i < choices->len; i++)
    {
      g_autofree char *title = g_utf8_casefold (((BatonChoice *) g_ptr_array_index (choices, i))->title, -1);

      if (g_str_equal (title, wanted))
        return TRUE;
    }
  return FALSE;
}

/* What is typed and not there yet can be made on the spot. */
static void
refresh_create (BatonChooser *self)
{
  g_autofree char *name = typed_name (self);
  gboolean offered = self->create_func != NULL && *name != '\0' && !is_offered (self, name);
  g_autofree char *label = g_strdup_printf (_ ("New: “%s”"), name);

  gtk_widget_set_visible (GTK_WIDGET (self->create), offered);
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (self->create)), label);
}

static void
refresh (BatonChooser *self)
{
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  guint left_off = 0;
  g_autoptr (GPtrArray) choices = NULL;

  if (self->model == NULL)
    return;
  choices = self->list_func (self->model, self->field, g_strstrip (typed), MOST_ROWS, &left_off);
  clear_list (self->list);
  for (guint i = 0; i < choices->len; i++)
    gtk_list_box_append (self->list, create_row (self, g_ptr_array_index (choices, i)));
  if (*typed == '\0')
    gtk_widget_set_visible (
        GTK_WIDGET (self->search), self->create_func != NULL || choices->len + left_off > SEARCH_FROM);
  refresh_create (self);
  gtk_widget_set_visible (self->scrolled, choices->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), left_off > 0 || choices->len == 0);
  if (left_off > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u more; type to find it", "%u more; type to find them", left_off), left_off);

      gtk_label_set_text (self->more, text);
    }
  else if (choices->len == 0)
    gtk_label_set_text (self->more,
        *typed != '\0' ? _ ("Nothing is called like this") : _ ("There is nothing to choose from yet"));
}

/* The list is made anew; the keyboard stays where it was. */
static void
refresh_in_place (BatonChooser *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  int index = row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->list))
                  ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row))
                  : -1;
  GtkListBoxRow *again;

  refresh (self);
  again = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  if (again != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (again));
}

static void
chosen_cb (gpointer owner, const BatonEffect *effect)
{
  BatonChooser *self = owner;

  if (effect == NULL || self->model == NULL)
    return;
  if (self->several)
    refresh_in_place (self);
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
choose (BatonChooser *self, const char *id, gboolean chosen)
{
  BatonOp *op = self->several || !chosen ? self->choose_func (self->model, self->field, id, !chosen) : NULL;

  if (op != NULL)
    baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, chosen_cb, self);
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonChooser *self)
{
  choose (self, g_object_get_data (G_OBJECT (row), "id"),
      GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "chosen")));
}

void
baton_chooser_choose (BatonChooser *self, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (g_str_equal (g_object_get_data (G_OBJECT (row), "id"), id))
        {
          row_activated_cb (self->list, GTK_LIST_BOX_ROW (row), self);
          return;
        }
    }
  choose (self, id, FALSE);
}

const char *
baton_chooser_refusal (BatonChooser *self)
{
  return baton_notice_text (self->notice);
}

static void
created_cb (gpointer owner, const BatonEffect *effect)
{
  BatonChooser *self = owner;
  g_autofree char *id = g_steal_pointer (&self->created);

  if (effect == NULL || self->model == NULL || id == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  choose (self, id, FALSE);
}

void
baton_chooser_create (BatonChooser *self)
{
  g_autofree char *name = typed_name (self);
  BatonOp *op;

  if (self->model == NULL || self->create_func == NULL || self->created != NULL || *name == '\0')
    return;
  op = self->create_func (self->model, self->field, name, &self->created);
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, created_cb, self);
}

/* Enter in the search takes the first that was found, or makes what was typed. */
static void
search_activate_cb (GtkSearchEntry *entry, BatonChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row != NULL)
    row_activated_cb (self->list, row, self);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->create)))
    baton_chooser_create (self);
}

static gboolean
search_key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (key != GDK_KEY_Down || row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

static void
stop_search_cb (GtkSearchEntry *entry, BatonChooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
show_cb (BatonChooser *self)
{
  baton_notice_say (self->notice, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  refresh (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self->search)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
baton_chooser_dispose (GObject *object)
{
  g_clear_object (&BATON_CHOOSER (object)->model);
  g_clear_pointer (&BATON_CHOOSER (object)->created, g_free);
  G_OBJECT_CLASS (baton_chooser_parent_class)->dispose (object);
}

static void
baton_chooser_class_init (BatonChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_chooser_dispose;
}

static void
add_search (BatonChooser *self, GtkWidget *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (refresh), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}

static void
add_create (BatonChooser *self, GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  self->create = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_child (self->create, label);
  gtk_button_set_has_frame (self->create, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->create), FALSE);
  g_signal_connect_swapped (self->create, "clicked", G_CALLBACK (baton_chooser_create), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->create));
}

/* The space bar ticks, as in every list of things to tick; GtkListBox itself knows only Enter. */
static void
add_space (BatonChooser *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                                               gtk_signal_action_new ("activate-cursor-row")));
  gtk_widget_add_controller (GTK_WIDGET (self->list), shortcuts);
}

static void
baton_chooser_init (BatonChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_size_request (box, 240, -1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "chooser");
  add_search (self, box);
  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  add_space (self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->scrolled);
  add_create (self, box);
  self->more = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->more, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->more), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->more));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect (self, "map", G_CALLBACK (show_cb), NULL);
}

GtkWidget *
baton_chooser_new (BatonCardModel *model, BatonField field, const char *title, gboolean several,
    BatonChoicesFunc list, BatonChooseFunc choose_func, BatonCreateFunc create)
{
  BatonChooser *self = g_object_new (BATON_TYPE_CHOOSER, NULL);

  self->model = g_object_ref (model);
  self->field = field;
  self->several = several;
  self->list_func = list;
  self->choose_func = choose_func;
  self->create_func = create;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set (self->search, "placeholder-text", title, NULL);
  return GTK_WIDGET (self);
}
