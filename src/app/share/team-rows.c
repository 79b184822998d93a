/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "team-rows.h"

#include "button-names.h"
#include "change.h"
#include "permits.h"
#include "when.h"

#include <glib/gi18n.h>

/* What a control of a row has to say. */
typedef struct
{
  BatonTeamAsk ask;
  BatonRosterAct act;
  char *id;
  char *name;
  BatonRole role;  /* at present, or NONE */
  BatonRole own;   /* of who asks */
  GtkWidget *list; /* a drop-down of roles, borrowed: it is in the same row; or NULL */
} Saying;

static void
saying_free (gpointer data, GClosure *closure)
{
  Saying *saying = data;

  g_free (saying->id);
  g_free (saying->name);
  g_free (saying);
}

static Saying *
saying_new (const BatonTeamAsk *ask, BatonRosterAct act, const char *id, const char *name)
{
  Saying *saying = g_new0 (Saying, 1);

  saying->ask = *ask;
  saying->act = act;
  saying->id = g_strdup (id);
  saying->name = g_strdup (name);
  return saying;
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
clicked_cb (GtkWidget *button, const Saying *saying)
{
  BatonRole role = saying->list != NULL
                       ? GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (saying->list), "first")) +
                             gtk_drop_down_get_selected (GTK_DROP_DOWN (saying->list))
                       : BATON_ROLE_NONE;

  saying->ask.wish (button, saying->act, saying->id, role, saying->name, saying->ask.data);
}

/* named: what it is called where only its symbol is seen, or where several are called the same. */
static GtkWidget *
add_button (GtkWidget *row, GtkWidget *button, const char *named, Saying *saying)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, named, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (clicked_cb), saying, saying_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* The roles that somebody of this role may give. */
static GtkWidget *
new_roles (BatonRole own, BatonRole selected, const char *named)
{
  BatonRole first = baton_roster_may_touch (own, BATON_ROLE_OWNER) ? BATON_ROLE_OWNER : BATON_ROLE_MANAGER;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *list;

  for (BatonRole role = first; role < BATON_N_ROLES; role++)
    gtk_string_list_append (titles, baton_role_title (role));
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected - first);
  gtk_widget_set_valign (list, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (list), "first", GUINT_TO_POINTER (first));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, named, -1);
  return list;
}

static void
role_chosen_cb (GtkWidget *list, GParamSpec *pspec, const Saying *saying)
{
  BatonRole role = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (list), "first")) +
                   gtk_drop_down_get_selected (GTK_DROP_DOWN (list));

  if (role != saying->role)
    saying->ask.wish (list, saying->act, saying->id, role, saying->name, saying->ask.data);
}

static void
add_member_controls (GtkWidget *row, const BatonRoster *roster, const BatonRosterMember *member,
    const char *name, const BatonTeamAsk *ask)
{
  g_autofree char *role_of = g_strdup_printf (_ ("Role of %s"), name);
  g_autofree char *removes = g_strdup_printf (_ ("Remove %s from the team"), name);
  GtkWidget *roles = new_roles (roster->role, member->role, role_of), *remove;
  Saying *saying = saying_new (ask, BATON_ROSTER_SET_ROLE, member->person, name);

  saying->role = member->role;
  g_signal_connect_data (roles, "notify::selected", G_CALLBACK (role_chosen_cb), saying, saying_free, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), roles);
  /* Nobody removes themselves: they would not see what became of it. */
  if (g_strcmp0 (member->person, roster->person) == 0)
    return;
  remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, removes);
  add_button (row, remove, removes, saying_new (ask, BATON_ROSTER_REMOVE, member->person, name));
}

GtkWidget *
baton_team_member_row (
    const BatonRoster *roster, const BatonRosterMember *member, const char *known, const BatonTeamAsk *ask)
{
  gboolean me = g_strcmp0 (member->person, roster->person) == 0;
  const char *name = known != NULL ? known : member->name;
  g_autofree char *title = me ? g_strdup_printf (_ ("%s (you)"), name) : g_strdup (name);
  g_autofree char *renamed =
      g_strcmp0 (name, member->name) != 0
          ? g_strdup_printf (_ ("%s. Signs in as “%s”"), baton_role_words (member->role), member->name)
          : NULL;
  GtkWidget *row = new_row (title, renamed != NULL ? renamed : baton_role_words (member->role)), *label;

  if (baton_roster_may_touch (roster->role, member->role))
    {
      add_member_controls (row, roster, member, name, ask);
      return row;
    }
  label = gtk_label_new (baton_role_title (member->role));
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static const char *
name_of (const BatonRoster *roster, const char *person)
{
  for (guint i = 0; i < roster->members->len; i++)
    {
      const BatonRosterMember *member = g_ptr_array_index (roster->members, i);

      if (g_strcmp0 (member->person, person) == 0)
        return member->name;
    }
  return NULL;
}

GtkWidget *
baton_team_invitation_row (
    const BatonRoster *roster, const BatonRosterInvitation *invitation, const BatonTeamAsk *ask)
{
  const char *role = baton_role_title (invitation->role), *by = name_of (roster, invitation->by);
  g_autofree char *until = baton_when_exact (invitation->expires);
  g_autofree char *subtitle = by != NULL ? g_strdup_printf (_ ("Open until %s · made by %s"), until, by)
                                         : g_strdup_printf (_ ("Open until %s"), until);
  g_autofree char *withdraws = g_strdup_printf (_ ("Withdraw the invitation: %s, %s"), role, subtitle);
  GtkWidget *row = new_row (role, subtitle);

  add_button (row, gtk_button_new_with_label (_ ("Withdraw")), withdraws,
      saying_new (ask, BATON_ROSTER_WITHDRAW, invitation->id, role));
  return row;
}

GtkWidget *
baton_team_device_row (const BatonRosterDevice *device, const BatonTeamAsk *ask)
{
  const char *name = device->name != NULL && *device->name != '\0' ? device->name : _ ("A device");
  g_autofree char *ago = baton_when_relative (device->seen, g_get_real_time ());
  g_autofree char *seen = g_strdup_printf (_ ("Last seen %s"), ago);
  g_autofree char *signs_out = g_strdup_printf (_ ("Sign out %s"), name);
  g_autofree char *exact = baton_when_exact (device->seen);
  GtkWidget *row = new_row (name, device->here ? _ ("This device") : seen);
  GtkWidget *button = gtk_button_new_with_label (_ ("Sign out…"));

  gtk_widget_set_tooltip_text (row, exact);
  if (!device->here)
    {
      add_button (row, button, signs_out, saying_new (ask, BATON_ROSTER_REVOKE, device->id, name));
      return row;
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Sign out this device"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "team.sign-out");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
copy_cb (GtkWidget *button, const char *link)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), link);
  baton_change_toast (button, _ ("The link is copied."));
}

static void
free_link (gpointer data, GClosure *closure)
{
  g_free (data);
}

/* A line that ends in the middle of a link has no hyphen there: whoever types it would type that, too. */
static void
break_without_hyphens (GtkWidget *below)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (GTK_IS_LABEL (below))
    gtk_label_set_attributes (GTK_LABEL (below), attributes);
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    break_without_hyphens (child);
}

GtkWidget *
baton_team_link_row (const char *link)
{
  GtkWidget *row = new_row (link, _ ("It works once and for 72 hours, and is shown only now."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Copy"));

  baton_name_buttons (button);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), TRUE);
  break_without_hyphens (row);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (copy_cb), g_strdup (link), free_link, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

GtkWidget *
baton_team_invite_row (BatonRole own, const BatonTeamAsk *ask)
{
  GtkWidget *row = new_row (_ ("New invitation"), _ ("A link for one person, with the role that they get"));
  GtkWidget *roles = new_roles (own, BATON_ROLE_MEMBER, _ ("Role of the new member"));
  Saying *saying = saying_new (ask, BATON_ROSTER_INVITE, NULL, NULL);

  saying->list = roles;
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), roles);
  add_button (row, gtk_button_new_with_label (_ ("Make")), _ ("Make an invitation"), saying);
  return row;
}
